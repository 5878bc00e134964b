"""PDFs and pictures read back: drawn, weighed, proved, and taken apart."""
