"""Needs and health in the record."""
