"""Freezing the program into a folder, and what becomes of that folder: an installer for Windows, an archive for Linux."""
