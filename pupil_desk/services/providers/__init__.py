"""Providers at which the unit buys places: who they are, the checks seen, what they return, what they cost, and the sheet that tells them of a pupil."""
