"""The unit itself: its settings, kind, regulator and staff."""
