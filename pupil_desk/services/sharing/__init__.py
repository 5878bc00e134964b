"""Sharing preferences: what families and pupils said, and who has not answered."""
