"""The groups by which the register is narrowed and printed: year groups, tutor groups, sites, subject sets, main schools and routes.

Which kinds there are is the list below; which groups there are is what the records of the pupils on the register say.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.services.register.looking import RegisterRow


@dataclass(frozen=True, slots=True)
class GroupKind:
    """One kind of group: its ``name`` leads the keys of its groups, ``title`` says what it is, ``groups`` are those of one pupil."""

    name: str
    title: str
    groups: Callable[[RegisterRow], Iterable[str]]
    codes: str = ""

    def label(self, group: str) -> str:
        """The group in words."""
        return codelist(self.codes).label_of(group) if self.codes else group

    def sort_key(self, group: str) -> tuple[int, str]:
        """In the order of its code list, else by name."""
        codes = list(codelist(self.codes).codes) if self.codes else []
        return (codes.index(group) if group in codes else len(codes), fold(group))


ROUTE = "route"
"""Of a route: what is printed by it goes to whoever drives."""
KINDS: tuple[GroupKind, ...] = (
    GroupKind("year", _("Year group"), lambda row: [row.year_group] if row.year_group else [], "year_group"),
    GroupKind("tutor", _("Tutor group"), lambda row: [row.tutor_group] if row.tutor_group else []),
    GroupKind("site", _("Site"), lambda row: [row.site] if row.site else []),
    GroupKind("set", _("Subject set"), lambda row: row.subject_sets),
    GroupKind("school", _("Main school"), lambda row: [row.main_school] if row.main_school else []),
    GroupKind(ROUTE, _("Route"), lambda row: row.routes),
)
"""In the order in which they are offered."""


def groups_of(rows: Sequence[RegisterRow]) -> list[tuple[str, str]]:
    """The groups of these pupils: key and words, kind by kind. A group that two spell with other capitals is one."""
    groups = []
    for kind in KINDS:
        spelled: dict[str, str] = {}
        for row in rows:
            for group in kind.groups(row):
                spelled.setdefault(fold(group), group)
        ordered = sorted(spelled.values(), key=kind.sort_key)
        groups += [(f"{kind.name}:{fold(group)}", _words(kind, group)) for group in ordered]
    return groups


def _words(kind: GroupKind, group: str) -> str:
    """A year group and a school say what they are; a name that somebody gave a group is told with its kind."""
    return kind.label(group) if kind.name in ("year", "school") else _("{kind}: {group}").format(kind=kind.title, group=group)


def route_of(key: str) -> str:
    """The name of the route, folded, that a group's key means; empty for another group."""
    name, _colon, folded = key.partition(":")
    return folded if name == ROUTE else ""


def in_group(row: RegisterRow, key: str) -> bool:
    """Whether a pupil is of a group; all are of the one without a key."""
    if not key:
        return True
    name, _colon, folded = key.partition(":")
    return any(fold(group) == folded for kind in KINDS if kind.name == name for group in kind.groups(row))
