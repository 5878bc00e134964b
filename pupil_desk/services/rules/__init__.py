"""Packs of rules: newer law than the program ships with, as signed data: read in, shown, put in force, taken back."""
