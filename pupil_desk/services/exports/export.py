"""What an export is: for whom, on what law, which items in which columns, and who goes into it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.rulefiles import OfRules
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.exports.several_recipients import AgreedPasswords, RecipientChoice
from pupil_desk.services.roles import Action


class Format(StrEnum):
    """In what form the file is; the value is that of the command line, and the ending of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    XML = "xml"
    PDF = "pdf"


class Lock(StrEnum):
    """How the file is locked for the road."""

    ZIP = "zip"
    XLSX = "xlsx"
    PDF = "pdf"


class Option(StrEnum):
    """What may be asked of an export beside the day; the value is the command line's word for it."""

    PUPILS = "for"
    PERIOD = "since"
    PROVIDER = "provider"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of the file: its heading, and the item of the catalogue that stands in it, ``record.attribute``.

    ``item`` is «» for one that tells nothing of the pupil, such as the number of the unit: ``words`` then say what stands in it whenever the file
    has a row, «» where it stays empty. ``further`` are the other items that it is made of.
    """

    heading: str
    item: str
    words: str = ""
    further: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """Every item that it is made of."""
        return (self.item, *self.further) if self.item else ()


@dataclass(frozen=True, slots=True)
class ExportSheet:
    """A table of the export. ``name`` tells it from the others: it stands in the file's name, or on the tab.

    ``values`` is true where each row is one value of the pupil's file, the row's key saying which, and not a line about the pupil.
    ``rows`` are those that tell of no pupil; they stand before the pupils'. ``explains``: the sheet explains the others, and is no data itself.
    ``is_compared`` is false where the rows tell of the program's own doings, such as what was told to whom: with another day's they are not
    compared.
    """

    name: str
    columns: tuple[ExportColumn, ...]
    values: bool = False
    rows: tuple[tuple[Cell, ...], ...] = ()
    explains: bool = False
    is_compared: bool = True


class ExportRow(NamedTuple):
    """A row: its cells in the order of its sheet's columns, and the number of that sheet.

    ``key`` tells it from the same pupil's other rows on the sheet, such as a day or an element's path."""

    cells: tuple[Cell, ...]
    key: str = ""
    sheet: int = 0


@dataclass(frozen=True, slots=True)
class ExportedPupil:
    """One pupil told: how much and who decided it, the items that go, and the rows.

    ``protections`` are those of a protected pupil, who goes in only because a data officer confirmed the row by name. ``recipient`` is who is told where it is not the export's own, such as one provider of several.
    ``part`` tells which file of several the rows stand in; it is text for a name of a file, and names nobody. ``withheld`` are items on file that a
    rule keeps back, ``kept_out`` what else of the record is, in words.
    ``rows`` may make each row anew as it is looked at: whoever goes through them keeps none. ``stays`` are those that the authority is told of by it, so that they are not due again.
    """

    pupil: Pupil
    reason: str
    items: tuple[str, ...]
    rows: Sequence[ExportRow]
    _: KW_ONLY
    level: str = "full"
    decided_by: str = "rule"
    protections: tuple[Protection, ...] = ()
    recipient: str | None = None
    part: str = ""
    stays: tuple[Enrolment, ...] = ()
    withheld: tuple[str, ...] = ()
    kept_out: tuple[str, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether a protected pupil was confirmed by name: another does not come so far."""
        return bool(self.protections)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pupil who might have been in the file and is not: why, as the screen says it, and in words that name nobody, as a receipt may.

    ``protections`` are those for which alone a pupil stays out, until a data officer confirms the row by name. ``items_named`` are the items that
    stand in the file all the same: the name alone, where the file is of no use without it. ``part`` tells out of which file of several the pupil
    is left; of one who is in none of them, or with a receiver who has no file, no file says anything.
    """

    pupil: Pupil
    reason: str
    receipt_reason: str
    protections: tuple[Protection, ...] = ()
    items_named: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What an export's own rules find in a record before anything is written. ``item`` is the field to open, ``record.attribute``.

    One that ``stops`` keeps the pupil out of the file (and stands among those left out); another only warns. One that is ``unsent`` names what is
    held of a pupil who goes, and is not in the file. Of one that ``asks`` a person is asked before the file is made.
    """

    pupil: Pupil
    item: str
    words: str
    stops: bool = False
    unsent: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """Everyone whom the export covers, by name, each either told or left out; the sheets, what its rules find, and a census's reference day.

    ``spec`` is the specification with the version that this file is, where the export's own words leave it open.
    """

    sheets: tuple[ExportSheet, ...]
    exported: list[ExportedPupil] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    reference_day: date | None = None
    spec: str = ""

    @property
    def asking(self) -> list[Problem]:
        """What a person is asked about first, of those who go."""
        return [problem for problem in self.problems if problem.asks]

    def lines(self, sheet: int = 0, part: str | None = None) -> Iterator[tuple[Cell, ...]]:
        """The rows of a sheet; with ``part``, those of that part alone."""
        yield from self.sheets[sheet].rows
        selected = (exported for exported in self.exported if part in (None, exported.part))
        yield from (row.cells for exported in selected for row in exported.rows if row.sheet == sheet)


def single(columns: tuple[ExportColumn, ...]) -> tuple[ExportSheet, ...]:
    """The sheets of an export that has but one."""
    return (ExportSheet("", columns),)


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both counted."""

    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked of an export. ``day`` is the day that a rule is judged on, ``confirm`` the ids of protected pupils confirmed by name.

    ``period`` is set for an export that tells of one. ``pupils`` are the ids of those who alone are asked for, None for all who
    are due. A person's word that they go is enough, due or not, unless they are ``looked_at`` only: then they go as they would among all.
    ``provider`` is the one asked for, None for all. ``format`` is set where a format tells more than the export's own does,
    and what goes is known by it; None is the export's own. ``compared_export_id`` is the id of an export made that is compared with today: what it told
    of counts as not told yet. ``holder`` is the organisation that takes it, «» where that is not asked or not said.
    """

    day: date
    confirm: frozenset[str] = frozenset()
    period: Period | None = None
    pupils: frozenset[str] | None = None
    provider: str | None = None
    format: Format | None = None
    compared_export_id: str = ""
    looked_at: bool = False
    holder: str = ""

    @property
    def by_name(self) -> bool:
        """Whether somebody asks for these pupils by name, due or not."""
        return self.pupils is not None and not self.looked_at

    @property
    def judged_on(self) -> str:
        """The day that it is judged on, or the period that it tells of, for a person."""
        if self.period is None:
            return show_date(self.day)
        return _("{since} to {until}").format(since=show_date(self.period.since), until=show_date(self.period.until))


@dataclass(frozen=True, slots=True)
class FieldWritten:
    """A column of a table, or an element, as it was written: its heading or path, the items that it is made of, words where there is no item, and whether any row has a value in it."""

    heading: str
    items: tuple[str, ...]
    words: str
    filled: bool


@dataclass(frozen=True, slots=True)
class TableWritten:
    """A table of a file as it was written: its name, «» for the only one, how many rows, and its fields."""

    name: str
    rows: int
    fields: tuple[FieldWritten, ...]


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is to be written: its name, which names nobody, its bytes, and the tables that were written in it, counted as they were.

    The name has no folder, or one that the export makes for its files. ``apart`` names the lock that it goes under by itself, such as
    that of restricted notes; «» for the lock of all. ``part`` is that of the pupils in it, where the told stand in parts.
    """

    name: str
    data: bytes
    apart: str = ""
    tables: tuple[TableWritten, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """What a layout works from. ``stem`` begins the name of each file, unless a specification fixes the names."""

    desk: Desk
    export: "Export"
    ask: Ask
    selection: Selection
    stem: str
    moment: datetime

    @property
    def format(self) -> Format:
        return self.ask.format or self.export.format


type Select = Callable[[Desk, Ask], Selection]
"""Who goes into the file, and with what."""
type Layout = Callable[[Writing], list[NewFile]]
"""The files of a selection, not locked. Nothing due may give no file at all."""
type Keep = Callable[[Work, str, tuple[str, ...]], None]
"""What an export keeps of its own, in the transaction that keeps its receipt: by its id, and the names of its files before any lock."""
type Question = Callable[[Desk], str]
"""What a person is asked before it is made, in sentences."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """One export. ``recipient_key`` is its recipient's name in the register (``domain.sharing.recipients``), or the export's own where the unit has
    made it for somebody else, ``own_recipient``, whom the notice names with it.

    What a file of rules lays down is given as a function that reads it. ``items`` are all that it can ever carry; the privacy notice's annex names them under ``recipient``.
    ``covers`` says in a sentence whom it covers, by enrolment and dates. ``name`` begins the file's name too, and names nobody.
    ``action`` is what a role must include to make it. ``layouts`` are its formats, the one it has unless asked first.
    ``spec`` names the specification that it follows, with its version, and how sure we are of it. ``upload`` is true where the
    receiver's upload takes only a plain file: then the window proposes a plain one. One that tells of a period has ``usual``,
    the period up to a day, which ``usual_title`` names, and offers so many ``earlier_weeks``; one with several recipients has ``recipients``, and ``agreed`` where each has one password for good. ``locks_each_file`` is true where the files go to different recipients: then
    each is locked by itself. ``keep`` is for one that has something of its own to keep. ``names`` is the pattern of its files' names
    where a specification fixes them. ``once`` is true where who was told of is as a rule not due again, and ``same_day`` where the day
    chooses what it is, as that of a census: by both an export is compared with today. ``flags`` are items of health of which it says whether there is something,
    ``totals`` those of which it tells totals alone. ``question`` is for one that asks first who will hold it. ``in_full`` is true where everything on file goes: then no field is named, for there are too many.
    ``switch`` is the setting by which a unit that does not use it switches it off (``UnitSettings.uses``).
    """

    name: str
    title: str
    recipient_key: str
    law: OfRules[str] = OfRules()
    basis: OfRules[Basis] = OfRules()
    purpose: str
    items: OfRules[tuple[str, ...]] = OfRules()
    covers: str
    select: Select
    layouts: Mapping[Format, Layout]
    action: Action = Action.EXPORT
    options: frozenset[Option] = frozenset()
    usual: Callable[[date], Period] | None = None
    usual_title: str = _("The school year so far")
    earlier_weeks: int = 0
    recipients: RecipientChoice | None = None
    agreed: AgreedPasswords | None = None
    locks_each_file: bool = False
    spec: OfRules[str] = OfRules("")
    upload: bool = False
    keep: Keep | None = None
    names: str = ""
    once: bool = False
    same_day: bool = False
    flags: OfRules[frozenset[str]] = OfRules(frozenset())
    totals: frozenset[str] = frozenset()
    own_recipient: str = ""
    question: Question | None = None
    in_full: bool = False
    switch: str = ""

    @property
    def recipient(self) -> str:
        """For whom it is, as the log and the notice name them."""
        return self.own_recipient or register()[self.recipient_key].label

    @property
    def format(self) -> Format:
        """The format that it has unless another is asked for."""
        return next(iter(self.layouts))
