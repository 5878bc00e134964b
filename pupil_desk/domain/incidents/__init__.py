"""Incidents: what happened, what was done, and who must be told of it."""
