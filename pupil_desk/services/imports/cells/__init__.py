"""Cells as other programs write them: telephone numbers, and columns that tell of a contact."""
