"""What is kept of an export that was made, and compared with today."""
