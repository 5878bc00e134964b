"""The unit: its file, users, settings, school year, drafts and log."""
