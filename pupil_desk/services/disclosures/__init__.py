"""What was told to others: written as it is told, read as a log, and stated to families."""
