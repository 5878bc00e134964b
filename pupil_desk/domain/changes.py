"""News: what a service changed, so that each page can decide whether to look again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changed:
    """The kinds of record that changed, and the ids of the pupils concerned; no ids means any."""

    kinds: frozenset[str]
    ids: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *kinds: str, ids: tuple[str, ...] = ()) -> "Changed":
        """Shorthand for one."""
        return cls(frozenset(kinds), frozenset(ids))
