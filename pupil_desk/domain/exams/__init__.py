"""Exams: entries, access arrangements, and who may have the results."""
