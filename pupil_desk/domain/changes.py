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

    def __or__(self, further: "Changed") -> "Changed":
        """Both; where what changed of one of them may concern anybody, so may the two."""
        is_any = any(changed.kinds and not changed.ids for changed in (self, further))
        return Changed(self.kinds | further.kinds, frozenset() if is_any else self.ids | further.ids)
