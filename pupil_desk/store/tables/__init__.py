"""Plain SQL, one file a table or a subject."""
