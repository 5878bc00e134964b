"""Notes in the record."""
