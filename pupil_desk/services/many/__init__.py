"""Papers for several pupils at once: class lists, labels, data-check slips."""
