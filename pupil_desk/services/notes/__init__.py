"""Notes, and who may read the restricted ones."""
