"""Special needs, care and health, and the cards that first aid reads."""
