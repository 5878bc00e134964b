"""Papers kept in the record."""
