"""Exports that the unit makes for itself."""
