"""Figures of the unit: how small numbers are hidden."""
