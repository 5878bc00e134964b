"""Providers at which the unit buys places: who they are, the checks that were seen, the sessions that a pupil is expected there, and what they return."""
