"""Papers for main and commissioning schools."""
