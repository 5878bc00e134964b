"""Papers seen before they are printed, and printed."""
