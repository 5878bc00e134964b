"""The second key: what restricted notes are encrypted under besides the file's own key, and who holds it."""
