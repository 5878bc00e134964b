"""The pupil's record: read, kept, found, listed, changed."""
