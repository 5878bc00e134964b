"""What is due today, and the deadlines to come."""
