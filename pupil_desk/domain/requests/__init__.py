"""Requests about a pupil's data: cases with their clock and steps, and what a copy withholds."""
