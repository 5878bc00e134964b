"""The attendance register: marks, totals, the school year, and what is returned of them."""
