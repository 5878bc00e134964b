"""Assessments, learning after 14, and destinations."""
