"""What waits for somebody today: lists, deadlines, and what comes up."""
