"""Exams of a pupil: recording, clashes and papers."""
