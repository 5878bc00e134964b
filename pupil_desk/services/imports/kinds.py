"""What a kind of import is: its columns, how a row finds its record, and what would be kept of it.

A new kind is one file with an ``ImportKind`` and its line in ``IMPORTS``; a type of record that is kept in a way of its own has its line in ``keeping``.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from pupil_desk.basics.rulefiles import OfRules
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, Kind, item_named
from pupil_desk.domain.catalogue.validation import Problem, show
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil, address_lines
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Vault

THEIRS, MINE = "theirs", "mine"
SAME, NEW, LEFT_OUT_ROW = "update", "new", "left-out"
"""What a person says of a row whose pupil may be one who is here: it is, or another one, or nothing of the row is taken. In place of ``SAME`` stands
the id of the pupil where it is said of one row.
"""
POSSIBLE_MATCH = "possible_match"  # the code of what a person must pick


class Fate(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Order(StrEnum):
    """What a column such as «Court Order» says in a row."""

    NONE = ""
    YES = "yes"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A record that a row brings beside its own, as understood: a contact of the pupil in a transfer file.

    ``name`` is its own in the row, ``place`` where it stands in the file.
    """

    name: str
    record: type
    values: Mapping[str, Any]
    place: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as understood: its number in the file, the filled cells as they stand (``texts``), what they mean (``values``).

    ``parts`` are further records in it, ``remarks`` what is said of it beside its cells, ``not_taken`` values that have no place
    here, ``leaves`` all values of a file that is no table, ``is_partial`` whether the file says that it tells a part of a record, and
    tells neither address nor contact of the pupil, such as results alone: these five stay when a cell is mended.
    """

    number: int
    texts: Mapping[str, str]
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    order: Order = Order.NONE
    parts: tuple[ReadPart, ...] = ()
    remarks: tuple[Problem, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()
    leaves: tuple[Any, ...] = ()
    is_partial: bool = False

    @property
    def stops(self) -> bool:
        """Whether a cell of it refuses the row."""
        return any(problem.stops for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that says other than what is held. ``accept`` is whose word is kept: ``theirs`` or ``mine``.

    ``is_record`` marks a record that is not here, to be taken or left; ``lines`` are of an address, which is one decision: each of its attributes as
    the file tells it, and None for a line of before that it does not tell: such lines are ``lost``, by their names, if the file is believed. What is
    held stays where it is ``by_hand``, unless a person picks the file's word in this very row. Of an address ``other`` are the attributes of those lines
    by which it is another one: its first line, its postcode. ``why`` is why what is held stays, as a part of a sentence, where the kind says so.
    """

    item: Item
    old: Any
    new: Any
    accept: str = THEIRS
    is_record: bool = False
    lines: Mapping[str, Any] | None = None
    lost: tuple[str, ...] = ()
    by_hand: bool = False
    other: frozenset[str] = frozenset()
    why: str = ""

    @property
    def column(self) -> str:
        """The column's name in the contract."""
        return self.item.name

    @property
    def old_text(self) -> str:
        """What is held, in words."""
        return show(self.item, self.old)

    @property
    def new_text(self) -> str:
        """What the file says, in words."""
        return show(self.item, self.new)


def differs(item: Item, old: Any, new: Any) -> bool:
    """Whether a cell says other than what is held. One that only lost a letter, its blanks or its first 0 on the way does not."""
    if old == new or not isinstance(old, str):
        return bool(old != new)
    if item.kind is Kind.PHONE:
        return _digits(old) != "0" + _digits(new) and "".join(old.split()) != "".join(str(new).split())
    return "?" not in new or len(old) != len(new) or any(was != now != "?" for was, now in zip(old, new, strict=True))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


@dataclass(frozen=True, slots=True)
class Write:
    """A record to keep: a new one (``old`` is None), or one to put in place of ``old``."""

    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of one row. Rows of one ``key`` speak of one thing; ``contents`` is what they say of it.

    ``further_records`` are, in words, the further records that go in with a new one; ``not_taken`` the values of the row that no
    record will say. ``further_writes`` are those of its writes that go in though an earlier row says the same of the pupil: a second contact. ``alike`` are pupils here whom the row may be about, by name and date of birth alone, and ``answer`` is what holds of
    it, as ``Judging.answer_for`` has it. ``is_set_aside`` marks a row of which nothing is taken: a person left it out, or has yet to say whom it is about,
    or it is left out unless a person says otherwise, for which ``problems`` say why.
    """

    fate: Fate
    pupil_id: str = ""
    contact_id: str | None = None
    key: Any = None
    contents: Any = None
    problems: tuple[Problem, ...] = ()
    differences: tuple[Difference, ...] = ()
    writes: tuple[Write, ...] = ()
    further_records: tuple[str, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()
    further_writes: tuple[Write, ...] = ()
    alike: tuple[Pupil, ...] = ()
    answer: str = ""
    is_set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Judging:
    """What a row is judged by: the day, the columns the file has, and whose word is kept of each cell that differs.

    ``answers`` say of single rows whom they are about, ``same_name`` of all others that may be about a pupil who is here.
    ``lacked`` are the actions that the role of who reads the file in does not include.
    """

    today: date
    columns: frozenset[str]
    accept: str = THEIRS
    picks: Mapping[tuple[int, str], str] | None = None
    answers: Mapping[int, str] | None = None
    same_name: str = ""
    lacked: frozenset[Action] = frozenset()

    def answer_for(self, row: int) -> str:
        """Whom a row is about, as a person says: ``SAME`` or the id of a pupil, ``NEW``, ``LEFT_OUT_ROW``; «» where nobody has."""
        return (self.answers or {}).get(row, self.same_name)

    def accept_for(self, row: int, column: str) -> str:
        """Whose word is kept of a cell: as picked for it, else as for the whole file."""
        return (self.picks or {}).get((row, column), self.accept)

    def asked_for(self, row: int, column: str) -> str:
        """Whose word is kept of a cell by which something dear is lost: the file's only where a person picks it."""
        return (self.picks or {}).get((row, column), MINE)

    def _decided(self, row: int, item: Item, *, by_hand: bool) -> dict[str, Any]:
        """Whose word is kept of a cell, and whether it takes a person to keep the file's."""
        return {"accept": (self.asked_for if by_hand else self.accept_for)(row, item.name), "by_hand": by_hand}

    def told_apart(
        self,
        row: int,
        items: Mapping[str, Item],
        old: Any,
        values: Mapping[str, Any],
        *,
        told: Mapping[str, Any] | None = None,
        dear: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[Difference, ...]:
        """The cells of a row that say other than a record, another address as one; ``items`` and ``values`` are by the attributes of the record.

        ``told`` is all that the row tells of it, where that is more than ``values``; what is held of ``dear`` stays unless a person picks otherwise, each with why.
        """
        found = {name: value for name, value in values.items() if differs(items[name], getattr(old, name), value)}
        has_address = items.keys() >= set(ADDRESS)  # a placement has a postcode alone
        moved = {
            name
            for name in _TELLS_A_MOVE
            if has_address and name in found and getattr(old, name) and not _is_same_line(name, old, found[name])
        }
        cells = tuple(
            Difference(
                items[name], getattr(old, name), value, **self._decided(row, items[name], by_hand=name in dear), why=dear.get(name, "")
            )
            for name, value in found.items()
            if not (moved and name in ADDRESS)
        )
        why = next((dear[name] for name in ADDRESS if name in dear), "")
        return (*cells, self._address_told(row, items, old, values if told is None else told, moved, why=why)) if moved else cells

    def _address_told(
        self, row: int, items: Mapping[str, Item], old: Any, told: Mapping[str, Any], moved: Iterable[str], *, why: str
    ) -> Difference:
        """Another address: with lines of both it would be nobody's, and where the file tells a part of it alone, what is held stays unless a person
        picks otherwise."""
        item = items["address_1"]
        lines = {name: told.get(name) for name in ADDRESS}
        lines |= {name: getattr(old, name) for name, line in lines.items() if line and not differs(items[name], getattr(old, name), line)}
        decided = self._decided(row, item, by_hand=bool(why) or not _is_whole(lines, old))
        lost = tuple(item_named(Pupil, name).label for name, line in lines.items() if getattr(old, name) and not line)
        whole = dataclasses.replace(item, label=item.label.replace(item_named(Pupil, "address_1").label, _("Address")))
        new = ", ".join(filter(None, lines.values()))
        return Difference(whole, ", ".join(address_lines(old)), new, **decided, lines=lines, lost=lost, other=frozenset(moved), why=why)


_TELLS_A_MOVE = ("address_1", "postcode")


def _is_same_line(name: str, old: Any, line: Any) -> bool:
    """Whether a line of an address is the one held, but for case, accents, commas and full stops; a postcode, but for its blank."""
    was, now = (fold(str(text or "").replace(",", " ").replace(".", " ")) for text in (getattr(old, name), line))
    return was == now or (name == "postcode" and was.replace(" ", "") == now.replace(" ", ""))


def _is_whole(lines: Mapping[str, Any], old: Any) -> bool:
    """Whether the first line and the postcode are told, and, where one of them is that held, each line that is held: it would be lost."""
    is_near = any(_is_same_line(name, old, lines[name]) for name in _TELLS_A_MOVE)
    return all(lines[name] or (name not in _TELLS_A_MOVE and not (is_near and getattr(old, name))) for name in ADDRESS)


def believed(differences: Iterable[Difference]) -> dict[str, Any]:
    """By column, what is kept of the file's word."""
    return {difference.column: difference.new for difference in differences if difference.accept == THEIRS}


def writes_over(old: Any, differences: Sequence[Difference], names: Mapping[str, str] | None = None) -> tuple[Write, ...]:
    """The record with what is to be believed in it; nothing where all stays. ``names`` are its attributes by column, where they differ."""
    accepted = {(names or {}).get(column, column): value for column, value in believed(differences).items()}
    for difference in differences:
        if difference.lines is not None and difference.accept == THEIRS:
            accepted |= difference.lines
    return (Write(old, dataclasses.replace(old, **accepted)),) if accepted else ()


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that is no table, as its kind reads it: its rows, what is wrong with the whole of it, and a sentence about it.

    ``not_taken`` are values that stand in no row.
    """

    rows: tuple[ReadRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    description: str = ""
    not_taken: tuple[NotTaken, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReader:
    """How a kind reads files that are no tables: whether bytes of that name are its own, and what they tell this unit on this day.

    ``is_surely`` is whether bytes are of this kind beyond doubt, whatever they were taken for: it is asked only to say so.
    """

    owns: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, UnitSettings, date], FileRead]
    is_surely: Callable[[bytes], bool] = lambda _source: False


@dataclass(frozen=True, kw_only=True)
class ImportKind[H]:
    """One kind of import.

    ``hold`` reads what rows are compared with, once; ``plan`` judges one row and writes nothing. Where a row changes where later
    ones belong, ``fresh`` makes a view for one judging, ``look_over`` tells it of all rows that nobody left out, and ``note`` of one that will go in. ``as_held`` gives a row
    whose cells refuse it without what refuses those that are held so by the pupil whom it is about, as far as a person has said. ``needs`` is the action that a row asks of a role
    beside the import itself; ``shown_by`` is the action without which a row is refused, and nothing of what is held shown beside it; ``quiet`` are warnings that are of no use in this kind. ``file`` reads what is no table, else None;
    ``switch`` is the setting by which a unit that does not use it switches it off; ``is_guessed`` is false where a file of these headings may be of
    another kind as well, so that a person must say that it is this one;
    ``accept`` is whose word is kept where nobody says; ``expected`` are columns that a file must have though a cell may be empty; ``brings_contacts`` is whether a row may hold contacts of its pupil beside.
    """

    name: str
    label: str
    columns: OfRules[tuple[Item, ...]] = OfRules()
    hold: Callable[[Vault], H]
    plan: Callable[[H, ReadRow, Judging], Plan]
    fresh: Callable[[H], H] = lambda stored: stored
    note: Callable[[H, Plan], None] = lambda _stored, _plan: None
    look_over: Callable[[H, Sequence[ReadRow]], None] = lambda _stored, _rows: None
    as_held: Callable[[H, ReadRow, Judging], ReadRow] = lambda _stored, row, _judging: row
    needs: Callable[[ReadRow], Action | None] = lambda _row: None
    shown_by: Callable[[ReadRow], Action | None] = lambda _row: None
    quiet: frozenset[str] = frozenset()
    file: FileReader | None = None
    accept: str = THEIRS
    expected: frozenset[str] = frozenset()
    brings_contacts: bool = False
    switch: str = ""
    is_guessed: bool = True

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that a file must have."""
        return tuple(item.name for item in self.columns if item.required)

    def column(self, name: str) -> Item:
        """The item of a column. Raises KeyError when there is none, which is a bug."""
        return next(item for item in self.columns if item.name == name)


def refused_plan(*problems: Problem) -> Plan:
    """The plan for a row that does not go in."""
    return Plan(Fate.REFUSED, problems=problems)
