"""Suspensions and permanent exclusions: decided, marked, told by letter, reviewed."""
