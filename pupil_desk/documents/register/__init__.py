"""Papers about the register that are not the register itself."""
