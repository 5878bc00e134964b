"""Scanned forms: their pages, codes and boxes."""
