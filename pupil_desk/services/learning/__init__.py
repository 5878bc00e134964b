"""Assessments, reviews, learning after 14, and destinations."""
