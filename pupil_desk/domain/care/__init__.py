"""Special needs, care and health."""
