"""Parts of a record that tell what was done about something, step by step."""
