"""Assessments, scales and reviews in the record."""
