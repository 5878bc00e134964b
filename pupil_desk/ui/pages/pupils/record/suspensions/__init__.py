"""Suspensions in the record."""
