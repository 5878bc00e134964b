"""Who would receive what, before anything is written: of one export every pupil, and of one pupil every export.

All of it is what the export itself selects, so that what is seen is what would go.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.sharing import RECIPIENTS
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import all_exports, export_named
from pupil_desk.services.exports.export import Ask, Export, ExportedPupil, LeftOut, Option, Problem
from pupil_desk.services.exports.making import ExportOrder, ask_of
from pupil_desk.services.progress import Progress
from pupil_desk.services.quality.looking import PAGES, PARTS
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import sharing
from pupil_desk.services.sharing.sharing import PreviewRow
from pupil_desk.store.tables import contacts, enrolments

_FULL = "full"


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil and one receiver: the level that goes («» for left out), who decided, why, the items, and the protections in the way.

    ``recipient`` is who is told where it is not the export's own. ``held_back`` is true of a protected pupil who would go, but was not
    confirmed by name. ``in_short`` says why one is left out in words that name nobody. ``flags`` are the export's.
    """

    pupil: Pupil
    level: str
    decided_by: str
    reason: str
    items: tuple[str, ...]
    withheld: tuple[str, ...]
    protections: tuple[Protection, ...]
    held_back: bool
    recipient: str = ""
    in_short: str = ""
    flags: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The pupil's, with the receiver's where there are several."""
        return f"{self.pupil.id}|{self.recipient}" if self.recipient else self.pupil.id

    @property
    def confirmable(self) -> bool:
        """Whether only a data officer's word stands between this pupil and the file."""
        return self.held_back or (bool(self.protections) and bool(self.level))


@dataclass(frozen=True, slots=True)
class Preview:
    """What an export would hold: those who go, then those left out, each by name; and what its own rules find in the records."""

    export: Export
    ask: Ask
    lines: list[Line]
    problems: list[Problem]

    @property
    def pupils(self) -> int:
        """How many pupils go."""
        return len({line.pupil.id for line in self.lines if line.level})

    @property
    def sentence(self) -> str:
        """«27 pupils (20 minimum, 7 full), 4 left out: a parent’s word (3); protected, and not confirmed by name (1).»"""
        words = count_of(self.pupils, _("pupil"), _("pupils"))
        levels = Counter(line.level for line in self.lines if line.level)
        if set(levels) - {_FULL}:
            labels = codelist("level")
            shown = ", ".join(f"{number:,} {labels.label_of(level).lower()}" for level, number in sorted(levels.items(), reverse=True))
            words = _("{pupils} ({levels})").format(pupils=words, levels=shown)
        if not self.lines:
            return _("Nobody is in it today.")
        why = Counter(line.in_short for line in self.lines if not line.level)
        if not why:
            return _("{pupils}, nobody left out.").format(pupils=words)
        shown = "; ".join(f"{reason} ({number:,})" for reason, number in why.most_common())
        return _("{pupils}, {left} left out: {why}.").format(pupils=words, left=f"{why.total():,}", why=shown)


def preview(desk: Desk, name: str, order: ExportOrder) -> Preview:
    """What an export would hold if it were made so. Of the order only what it asks is read: no reason is needed yet.

    Raises NotAllowed; WrongUse (no such export, or what it cannot be asked).
    """
    desk.require(Action.PREVIEW_SHARING)
    export = export_named(desk, name)
    return _preview(desk, export, ask_of(desk, export, order))


def _preview(desk: Desk, export: Export, ask: Ask) -> Preview:
    judged = {row.pupil.id: row for row in sharing.preview(desk, export.name, ask.day)} if export.name in RECIPIENTS else {}
    selection = export.select(desk, ask)
    told = [_told(export, one, judged.get(one.pupil.id)) for one in selection.told]
    left = [_left_out(export, one, judged.get(one.pupil.id)) for one in selection.left_out]
    return Preview(export, ask, [*told, *left], sorted(selection.problems, key=lambda problem: not problem.stops))


def _told(export: Export, told: ExportedPupil, row: PreviewRow | None) -> Line:
    return Line(
        told.pupil, told.level, told.decided_by, told.reason, told.items, _withheld(export, told, row), told.protections, held_back=False,
        recipient=told.recipient if told.recipient not in (None, export.recipient) else "", flags=export.flags,
    )  # fmt: skip


def _withheld(export: Export, told: ExportedPupil, row: PreviewRow | None) -> tuple[str, ...]:
    """What a rule keeps back. Of a pupil who goes in full nothing is kept back: what does not go is not on file."""
    if row is not None:
        return row.withheld
    return () if told.level == _FULL else tuple(item for item in export.items if item not in told.items)


def _left_out(export: Export, left: LeftOut, row: PreviewRow | None) -> Line:
    """Of one whom the rule of sharing judges all is withheld that a receiver could be told."""
    by = row.decision.decided_by if row is not None else ""
    everything = {*row.decision.items, *row.withheld} if row is not None else ()
    withheld = tuple(item for item in export.items if item in everything)
    protections = left.protections or (row.protections if row is not None else ())
    return Line(left.pupil, "", by, left.reason, (), withheld, protections, held_back=bool(left.protections), in_short=left.receipt_reason)


@dataclass(frozen=True, slots=True)
class Receiver:
    """What one export would tell of one pupil; no lines where it does not cover the pupil today."""

    export: Export
    lines: tuple[Line, ...]

    @property
    def id(self) -> str:
        """The export's name."""
        return self.export.name


def of_pupil(desk: Desk, pupil_id: str, *, progress: Progress | None = None) -> list[Receiver]:
    """What every recipient would get of one pupil today, in the order of the exports: as if each export were made now, as it is usually made.

    Raises NotAllowed.
    """
    desk.require(Action.PREVIEW_SHARING, "pupil", pupil_id)
    found, exports = [], all_exports(desk)
    for number, export in enumerate(exports):
        if progress is not None:
            progress(number, len(exports), _("Looking who may be told what"))
        ask = ask_of(desk, export, ExportOrder(reason=""))
        if Option.PUPILS in export.options:
            ask = replace(ask, pupils=frozenset({pupil_id}), looked_at=True)
        lines = _preview(desk, export, ask).lines
        found.append(Receiver(export, tuple(line for line in lines if line.pupil.id == pupil_id)))
    return found


@dataclass(frozen=True, slots=True)
class Field:
    """Where something is put right: the page of the window, the part of the record's page, the kind of record, its identity, and the item."""

    page: str
    part: str = ""
    kind: str = ""
    record_id: str = ""
    item: str = ""


def field_of(desk: Desk, problem: Problem) -> Field:
    """Where a problem is put right: of several stays or contacts at the one that counts, the latest or the first."""
    kind, _dot, item = problem.item.partition(".")
    if kind in PAGES:
        return Field(PAGES[kind])
    record_id = ""
    if kind == "enrolment":
        stays = enrolments.of_pupil(desk.vault, problem.pupil.id)
        record_id = max(stays, key=lambda stay: stay.start_date or date.min).id if stays else ""
    elif kind == "contact":
        people = contacts.of_pupil(desk.vault, problem.pupil.id)
        record_id = people[0].id if people else ""
    return Field("pupils", PARTS.get(kind, ""), kind, record_id, item)
