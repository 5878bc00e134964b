"""The register on paper: printed to be marked by hand, read back from the scanner, and confirmed by a person before any mark counts."""
