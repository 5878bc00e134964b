"""Papers about the unit's own duties, and the log of breaches."""
