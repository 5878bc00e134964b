"""What the unit's own exports may hold."""
