"""Suspensions and permanent exclusions: the limits, steps and reviews that the law sets."""
