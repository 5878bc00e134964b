"""Lists and tables, and finding in them."""
