"""What is true, whatever the screen or the file: pure, no input or output."""
