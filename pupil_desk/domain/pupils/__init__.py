"""The pupil with the family, stays, addresses and protections."""
