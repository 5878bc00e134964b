"""Accidents: what happened to a pupil, the first aid given, who was told, and whether it must be reported under RIDDOR."""
