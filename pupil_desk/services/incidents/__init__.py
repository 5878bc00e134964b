"""Incidents: recording, signing, telling the parents, and what is still to be done."""
