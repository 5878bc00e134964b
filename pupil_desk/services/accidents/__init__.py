"""The accident book: recording, what is left to do, and its papers."""
