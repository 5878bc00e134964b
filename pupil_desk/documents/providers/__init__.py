"""Papers about places that the unit buys."""
