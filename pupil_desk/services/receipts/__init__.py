"""Receipts that can be proved: sealed as they are made, and checked later with the unit's file or with its seal alone."""
