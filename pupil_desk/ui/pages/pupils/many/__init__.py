"""Papers about several pupils: class list, labels, letters."""
