"""Letters and reports to households."""
