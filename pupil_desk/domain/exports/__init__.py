"""What the unit's own exports may hold, and small numbers."""
