"""Translations of the letters and forms of the unit: which papers there are, what is in use, and the sheet for a translator."""
