"""Requests that the law lets people make about data, and complaints: received, handled, answered with letters, and closed."""
