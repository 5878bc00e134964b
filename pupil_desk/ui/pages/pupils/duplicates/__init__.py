"""Duplicates: found, compared, merged."""
