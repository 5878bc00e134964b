"""Duplicates: found by the program, and merged, parted again or set apart by a person alone."""
