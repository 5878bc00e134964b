"""Plans: kept in versions, what is done about them, what is due, and their papers."""
