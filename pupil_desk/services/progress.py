"""How long work says how far it is."""

from collections.abc import Callable

type Progress = Callable[[int, int, str], None]
"""What long work calls: done, total, in words. It may raise to stop the work."""


def unwatched(_finished: int, _total: int, _words: str) -> None:
    """The progress of work that nobody watches."""
