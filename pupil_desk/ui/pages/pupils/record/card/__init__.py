"""The pupil at a glance: the first part of the record."""
