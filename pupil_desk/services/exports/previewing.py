"""Who would receive what, before anything is written: of one export every pupil, and of one pupil every export.

All of it is what the export itself selects, so that what is seen is what would go.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.sharing import heard_recipients
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.exports import all_exports, export_named
from pupil_desk.services.exports.contents import FULL, beside_items, item_word, withheld_words, words_of
from pupil_desk.services.exports.export import Ask, Export, ExportedPupil, LeftOut, Option, Problem
from pupil_desk.services.exports.making import ExportOrder, ask_of
from pupil_desk.services.quality.looking import PAGES, PARTS
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import sharing
from pupil_desk.services.sharing.sharing import PreviewRow
from pupil_desk.store.tables import contacts, enrolments


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One pupil and one receiver: the level that goes («» for left out), who decided, why, the items, and the protections in the way.

    ``recipient`` is who is told where it is not the export's own. ``held_back`` is true of a protected pupil who would go, but was not
    confirmed by name. ``in_short`` says why one is left out in words that name nobody. ``goes`` and ``kept_back`` are in words what
    goes and what does not, as the receipt names them.
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
    goes: tuple[str, ...] = ()
    kept_back: tuple[str, ...] = ()

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
    lines: list[PreviewLine]
    problems: list[Problem]

    @property
    def pupils(self) -> int:
        return len({line.pupil.id for line in self.lines if line.level})

    @property
    def sentence(self) -> str:
        """«27 pupils (20 minimum, 7 full), 4 left out: a parent’s word (3); protected, and not confirmed by name (1).»"""
        words = count_of(self.pupils, _("pupil"), _("pupils"))
        levels = Counter(line.level for line in self.lines if line.level)
        if set(levels) - {FULL}:
            labels = codelist("level")
            detail = ", ".join(f"{number:,} {labels.label_of(level).lower()}" for level, number in sorted(levels.items(), reverse=True))
            words = _("{pupils} ({levels})").format(pupils=words, levels=detail)
        if not self.lines:
            return _("Nobody is in it today.")
        reason_counts = Counter(line.in_short for line in self.lines if not line.level)
        if not reason_counts:
            return _("{pupils}, nobody left out.").format(pupils=words)
        detail = "; ".join(f"{reason} ({number:,})" for reason, number in reason_counts.most_common())
        return _("{pupils}, {left} left out: {why}.").format(pupils=words, left=f"{reason_counts.total():,}", why=detail)


def preview(desk: Desk, name: str, order: ExportOrder) -> Preview:
    """What an export would hold if it were made so. Of the order only what it asks is read: no reason is needed yet.

    Raises NotAllowed; WrongUse (no such export, or what it cannot be asked).
    """
    desk.require(Action.PREVIEW_SHARING)
    export = export_named(desk, name)
    return _preview(desk, export, ask_of(desk, export, order))


def _preview(desk: Desk, export: Export, ask: Ask) -> Preview:
    rows_by_pupil = {row.pupil.id: row for row in sharing.preview(desk, export.name, ask.day)} if export.name in heard_recipients() else {}
    selection = export.select(desk, ask)
    beside = beside_items(selection)
    exported_lines = [_exported_line(export, exported, beside) for exported in selection.exported]
    left = [_left_out(export, entry, rows_by_pupil.get(entry.pupil.id)) for entry in selection.left_out]
    return Preview(export, ask, [*exported_lines, *left], sorted(selection.problems, key=lambda problem: not problem.stops))


def _exported_line(export: Export, exported: ExportedPupil, beside: Sequence[str]) -> PreviewLine:
    return PreviewLine(
        exported.pupil,
        exported.level,
        exported.decided_by,
        exported.reason,
        exported.items,
        withheld=exported.withheld,
        protections=exported.protections,
        held_back=False,
        recipient=exported.recipient if exported.recipient not in (None, export.recipient) else "",
        goes=(*words_of(export, exported.items), *beside),
        kept_back=tuple(withheld_words(export, exported)),
    )


def _left_out(export: Export, left: LeftOut, row: PreviewRow | None) -> PreviewLine:
    """Of one whom the rule of sharing judges all is withheld that a receiver could be told."""
    decided_by = row.decision.decided_by if row is not None else ""
    everything = {*row.decision.items, *row.withheld} if row is not None else ()
    withheld = tuple(item for item in export.items if item in everything)
    protections = left.protections or (row.protections if row is not None else ())
    return PreviewLine(
        left.pupil,
        "",
        decided_by,
        left.reason,
        (),
        withheld=withheld,
        protections=protections,
        held_back=bool(left.protections),
        in_short=left.receipt_reason,
        kept_back=tuple(dict.fromkeys(map(item_word, withheld))),
    )


@dataclass(frozen=True, slots=True)
class PupilPreview:
    """What one export would tell of one pupil; no lines where it does not cover the pupil today."""

    export: Export
    lines: tuple[PreviewLine, ...]

    @property
    def id(self) -> str:
        return self.export.name


def of_pupil(desk: Desk, pupil_id: str, *, progress: Progress = unwatched) -> list[PupilPreview]:
    """What every recipient would get of one pupil today, in the order of the exports: as if each export were made now, as it is usually made.

    Raises NotAllowed.
    """
    desk.require(Action.PREVIEW_SHARING, "pupil", pupil_id)
    previews, exports = [], all_exports(desk)
    for number, export in enumerate(exports):
        progress(number, len(exports), _("Looking who may be told what"))
        ask = ask_of(desk, export, ExportOrder(reason=""))
        if Option.PUPILS in export.options:
            ask = replace(ask, pupils=frozenset({pupil_id}), looked_at=True)
        lines = _preview(desk, export, ask).lines
        previews.append(PupilPreview(export, tuple(line for line in lines if line.pupil.id == pupil_id)))
    return previews


@dataclass(frozen=True, slots=True)
class ProblemField:
    """Where something is put right: the page of the window, the part of the record's page, the kind of record, its identity, and the item."""

    page: str
    part: str = ""
    kind: str = ""
    record_id: str = ""
    item: str = ""


def field_of(desk: Desk, problem: Problem) -> ProblemField:
    """Where a problem is put right: of several stays or contacts at the one that counts, the latest or the first."""
    kind, _dot, item = problem.item.partition(".")
    if kind in PAGES:
        return ProblemField(PAGES[kind])
    record_id = ""
    if kind == "enrolment":
        stays = enrolments.of_pupil(desk.vault, problem.pupil.id)
        record_id = max(stays, key=lambda stay: stay.start_date or date.min).id if stays else ""
    elif kind == "contact":
        people = contacts.of_pupil(desk.vault, problem.pupil.id)
        record_id = people[0].id if people else ""
    return ProblemField("pupils", PARTS.get(kind, ""), kind, record_id, item)
