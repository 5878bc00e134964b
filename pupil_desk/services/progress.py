"""How long work says how far it is."""

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""What long work calls: done, total, in words. It may raise to stop the work."""
