"""What stands over the lists of a page, and folds in a low window."""
