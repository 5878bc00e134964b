"""Words kept apart in a sentence that is still a string: what Unicode puts round those that find their own direction."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

ISOLATE, _END = "\u2068", "\u2069"
_SIGNS = frozenset((ISOLATE, _END))


def isolated(words: str) -> str:
    """Words that find their own direction in the sentence into which they are filled."""
    return f"{ISOLATE}{words}{_END}"


def in_pieces(runs: Sequence[Any]) -> tuple[Any, ...]:
    """The runs (``blocks.Run``) in order, those that have words; what is isolated in one is a run apart."""
    if all(_SIGNS.isdisjoint(run.text) for run in runs):
        return tuple(run for run in runs if run.text)
    return tuple(_pieces(runs))


def _pieces(runs: Sequence[Any]) -> Iterator[Any]:
    depth = 0
    for run in runs:
        stretch = ""
        for sign in run.text:
            if sign not in _SIGNS:
                stretch += sign
                continue
            if stretch:
                yield replace(run, text=stretch, is_apart=run.is_apart or depth > 0)
            stretch, depth = "", max(0, depth + (1 if sign == ISOLATE else -1))
        if stretch:
            yield replace(run, text=stretch, is_apart=run.is_apart or depth > 0)
