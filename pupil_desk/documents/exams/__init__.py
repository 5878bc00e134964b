"""Papers about exams."""
