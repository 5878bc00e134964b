"""Papers of one day, made in the morning and shredded in the evening."""
