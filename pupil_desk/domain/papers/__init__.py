"""Papers and notes that are kept: what may be kept, and of what kind."""
