"""Registers that came back from the scanner: what each page proposes, what is doubtful, what clashes with the register; confirmed by a person in one act."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.words import _
from pupil_desk.documents.scans import reading
from pupil_desk.documents.scans.geometry import Lie
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.register.paper_marks import BoxInk, Doubt, ReadMark, SheetBox, by_session, read_marks
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms.printing import page_of
from pupil_desk.services.paper_forms.reading import KIND as SCAN
from pupil_desk.services.pupils import namesakes
from pupil_desk.services.register.marking import PAPER, checked, keep_marks
from pupil_desk.services.register.sheets.printing import KIND
from pupil_desk.services.register.taking_back import take_back
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import pupils, register_sheets, scans

type SessionKey = tuple[int, date, Session]
"""The row of a pupil on the page, the day, the session."""


@dataclass(frozen=True, slots=True)
class SheetSession:
    """One session of one pupil as the page has it. ``codes`` are those that have a box, ``standing`` is what the register says of it already,
    ``is_planned`` that this was entered ahead and waits to be confirmed.
    """

    place: int
    pupil_id: str
    pupil: str
    day: date
    session: Session
    codes: tuple[str, ...]
    read: ReadMark
    standing: str = ""
    is_planned: bool = False

    @property
    def key(self) -> SessionKey:
        return self.place, self.day, self.session

    @property
    def mark_key(self) -> tuple[str, date, Session]:
        """Of which mark of the register it tells."""
        return self.pupil_id, self.day, self.session

    @property
    def clashes(self) -> bool:
        """Whether the register says something else than the page."""
        return bool(self.standing and self.read.code and self.standing != self.read.code)

    @property
    def is_asked(self) -> bool:
        """Whether a person has to say: the page is doubtful, or the register says otherwise."""
        return self.read.doubt is not None or self.clashes

    @property
    def proposal(self) -> str:
        """The code that is kept unless a person says otherwise; empty for none."""
        return "" if self.is_asked else self.read.code


@dataclass(frozen=True, slots=True)
class WaitingSheet:
    """One page that came back, with every session on it, pupil by pupil."""

    id: str
    scan_id: str
    title: str
    first: date
    last: date
    read_on: date
    sessions: tuple[SheetSession, ...]

    @property
    def asked(self) -> tuple[SheetSession, ...]:
        """The sessions of which a person has to say what holds."""
        return tuple(session for session in self.sessions if session.is_asked)

    @property
    def blank(self) -> tuple[SheetSession, ...]:
        """The sessions of which neither the page nor the register says anything."""
        return tuple(session for session in self.sessions if not session.read.code and session.read.doubt is None and not session.standing)


@dataclass(frozen=True, slots=True)
class ConfirmedSheet:
    """What was confirmed, so that it can be taken back at once: the act, how many marks, and the page as it waited."""

    changed: Changed
    act: str
    sheet_id: str
    marks: int
    page: Mapping[str, object]
    pupils: tuple[tuple[int, str], ...]
    batch: Mapping[str, object]


def waiting(desk: Desk, scan_id: str | None = None) -> list[WaitingSheet]:
    """Every page that waits, in the order in which they were read, or one of them alone. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    rows = [row for row in scans.of_sheets(desk.vault) if scan_id in (None, row["id"])]
    if not rows:
        return []
    sheets = register_sheets.some(desk.vault, {row["sheet_id"] for row in rows})
    on_sheet = register_sheets.pupils_on(desk.vault)
    ids = {pupil_id for sheet_id in sheets for _place, pupil_id in on_sheet.get(sheet_id, ())}
    alike = namesakes.told_apart_shortly(desk).keys()
    names = {
        pupil.id: f"{pupil.surname_first} ({pupil.ref})" if pupil.id in alike else pupil.surname_first
        for pupil in pupils.some(desk.vault, ids)
    }
    spans = {sheet_id: (date.fromisoformat(sheet["first"]), date.fromisoformat(sheet["last"])) for sheet_id, sheet in sheets.items()}
    rows_by_span = {span: {row.pupil_id: row for row in register.view(desk, *span).rows} for span in set(spans.values())}
    return [
        _waiting(row, sheets[row["sheet_id"]], dict(on_sheet.get(row["sheet_id"], ())), names, rows_by_span[spans[row["sheet_id"]]])
        for row in rows
    ]


def _waiting(
    page: Row, sheet: Row, pupils_by_place: Mapping[int, str], names: Mapping[str, str], rows: Mapping[str, register.RegisterRow]
) -> WaitingSheet:
    first, last = date.fromisoformat(sheet["first"]), date.fromisoformat(sheet["last"])
    return WaitingSheet(
        id=sheet["id"],
        scan_id=page["id"],
        title=sheet["title"],
        first=first,
        last=last,
        read_on=local_time(page["at"]).date(),
        sessions=_unlike_asked(list(_sessions(page, pupils_by_place, names, rows))),
    )


def _sessions(
    page: Row, pupils_by_place: Mapping[int, str], names: Mapping[str, str], rows: Mapping[str, register.RegisterRow]
) -> Iterator[SheetSession]:
    inks = {SheetBox.of_key(key): BoxInk(*numbers) if numbers else None for key, numbers in json.loads(page["ink"]).items()}
    marks = read_marks(inks)
    for key, boxes in by_session(inks).items():
        place, day, session = key
        pupil_id = pupils_by_place.get(place, "")
        if pupil_id not in names:  # whose record is gone
            continue
        row, mark = rows.get(pupil_id), marks[key]
        if (mark.code or mark.doubt) and (row is None or day not in row.on_register):
            mark = ReadMark(doubt=Doubt.NOT_ON_REGISTER)
        cell = row.cells.get((day, session)) if row is not None else None
        yield SheetSession(
            place=place,
            pupil_id=pupil_id,
            pupil=names[pupil_id],
            day=day,
            session=session,
            codes=tuple(box.code for box in boxes),
            read=mark,
            standing=(cell.code if cell is not None else None) or "",
            is_planned=cell is not None and cell.is_planned,
        )


def _unlike_asked(sessions: Sequence[SheetSession]) -> tuple[SheetSession, ...]:
    """Of a pupil in two rows, as after two records were merged: sessions in which the rows say different things are asked."""
    marks_by_mark_key: dict[tuple[str, date, Session], set[ReadMark]] = {}
    for session in sessions:
        marks_by_mark_key.setdefault(session.mark_key, set()).add(session.read)
    return tuple(
        replace(session, read=ReadMark(doubt=Doubt.UNLIKE)) if len(marks_by_mark_key[session.mark_key]) > 1 else session
        for session in sessions
    )


def picture(desk: Desk, scan_id: str) -> bytes:
    """The picture of a page, a JPEG. Raises NotAllowed; WrongUse when it is gone."""
    desk.require(Action.READ_RECORD)
    return required(scans.picture(desk.vault, scan_id), _gone())


def strips(desk: Desk, sheet: WaitingSheet, sessions: tuple[SheetSession, ...]) -> dict[SessionKey, bytes]:
    """The boxes of these sessions, each row of boxes cut out of the picture with what stands round it: a PNG by session."""
    desk.require(Action.READ_RECORD)
    (row,) = register_sheets.some(desk.vault, {sheet.id}).values()
    page, data = scans.get(desk.vault, sheet.scan_id), scans.picture(desk.vault, sheet.scan_id)
    if page is None or not data:
        return {}
    boxes = page_of(row["code"], row["layout"]).boxes
    squares = {
        session.key: [boxes[SheetBox(session.place, session.day, session.session, code).key] for code in session.codes]
        for session in sessions
    }
    return reading.strips(data, Lie(tuple(json.loads(page["lie"]))), squares)


def confirm(desk: Desk, sheet: WaitingSheet, answers: Mapping[SessionKey, str]) -> ConfirmedSheet:
    """Keep the marks of a page: one transaction, logged. ``answers`` are what a person says of sessions, an empty text for no mark.

    What is not among them is kept as proposed. Where the register said something else, the person's answer is an amendment.
    Raises Refused: a session that is asked and not answered, a mark that cannot be entered; NotAllowed; WrongUse when the page is gone.
    """
    desk.require(Action.EDIT_RECORD)
    if any(session.is_asked and session.key not in answers for session in sheet.sessions):
        raise WrongUse(_("Something on this page is not clear. Say first what holds, or that there is no mark."))
    codes = {session: answers.get(session.key, session.proposal) for session in sheet.sessions}
    code_by_mark_key: dict[tuple[str, date, Session], str] = {}
    for session, code in codes.items():
        if code_by_mark_key.setdefault(session.mark_key, code) != code:
            raise WrongUse(_("{pupil} stands on this page twice. Say the same in both rows.").format(pupil=session.pupil))
    marks = checked(
        desk,
        [
            Mark(pupil_id=session.pupil_id, day=session.day, session=session.session, code=code)
            for session, code in codes.items()
            if code and (code != session.standing or session.is_planned)
        ],
    )
    with desk.act(Action.EDIT_RECORD, "register", sheet.id, f"paper register, {len(marks)} marks") as work:
        page, batch = required(scans.page_and_batch(desk.vault, sheet.scan_id), _gone())
        if sheet not in waiting(desk, sheet.scan_id):
            raise WrongUse(_("The register was changed since this page was shown. Look at the page again."))
        pupils_then = tuple(register_sheets.pupils_on(desk.vault).get(sheet.id, ()))
        keep_marks(work, marks, reason=_("As marked on the paper register"), source=PAPER)
        register_sheets.confirm(desk.vault, [sheet.id], work.act)
        scans.remove(desk.vault, [sheet.scan_id])
    changed = Changed.of("mark", KIND, SCAN, ids=tuple(sorted({mark.pupil_id for mark in marks})))
    return ConfirmedSheet(changed, work.act, sheet.id, len(marks), page=page, pupils=pupils_then, batch=batch)


def undo(desk: Desk, confirmed: ConfirmedSheet) -> Changed:
    """Take back what has just been confirmed: the register says what it said before, and the page waits again.

    Where somebody who stood on it is gone from it, such as by an erasure, the picture does not come back. Raises NotAllowed, WrongUse.
    """
    with desk.act(Action.UNDO, "register", confirmed.act, "paper register") as work:
        outcome = take_back(work, confirmed.act, _("Undone at once"))
        if outcome and all(mark.code is None for mark in outcome):
            raise WrongUse(_("These marks were changed since. Look at the register again."))
        register_sheets.confirm(desk.vault, [confirmed.sheet_id], None)
        if tuple(register_sheets.pupils_on(desk.vault).get(confirmed.sheet_id, ())) == confirmed.pupils:
            if not scans.has_batch(desk.vault, str(confirmed.batch["id"])):
                scans.add_batch(desk.vault, confirmed.batch)
            scans.add_pages(desk.vault, [confirmed.page])
    return Changed.of("mark", KIND, SCAN, ids=tuple(sorted({mark.pupil_id for mark in outcome})))


def _gone() -> str:
    return _("That page is no longer there: somebody has dealt with it. Look at the list again.")
