"""Papers about how pupils come and go."""
