"""Plans: what was agreed for a pupil, in versions, with their reviews."""
