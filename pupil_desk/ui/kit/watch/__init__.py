"""Watching the PC: idle time, locks, sticks, the clipboard."""
