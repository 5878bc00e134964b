"""Papers of a plan."""
