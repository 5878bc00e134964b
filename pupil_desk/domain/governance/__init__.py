"""Breaches, retention, holds and erasure."""
