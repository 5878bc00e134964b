"""Papers of the accident book."""
