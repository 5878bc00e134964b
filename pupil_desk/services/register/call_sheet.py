"""The call sheet of a session: who is absent without a reason by the marks that are saved, and whom to call about each."""

from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers.day import call_sheet as layout
from pupil_desk.documents.papers.day.call_sheet import AbsentPupil
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.pupils.protection import PaperKind, is_place_secret
from pupil_desk.domain.register.attendance import CODES, Session
from pupil_desk.services import register
from pupil_desk.services.care.cards import callers_on_paper
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.register import RegisterRow, calling, unexplained
from pupil_desk.services.register.calling import WITHOUT_REASON
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, protections

LYING, BASE = layout.LYING, layout.BASE


@dataclass(frozen=True, slots=True)
class CallSheet:
    """The sheet of a session: the story, its title, the guard of those whom it names, and how many they are."""

    story: list[Block]
    title: str
    guard: Guard
    day: date
    session: Session
    number: int


def paper(desk: Desk, day: date, session: Session) -> CallSheet:
    """The sheet; that each record was looked at is logged, and the print by ``log_print``. Raises NotAllowed."""
    desk.require(Action.CONTACT_SHEET)
    rows = [row for row in register.view(desk, day, day).rows if _code(row, day, session) in WITHOUT_REASON]
    ids = [row.pupil_id for row in rows]
    notes = {to_call.pupil_id: to_call.notes_of_contact for to_call in calling.to_call(desk, ids, day, session)}
    workers = unexplained.workers(desk, ids, day)
    people, protected = contacts.by_pupil(desk.vault, ids), protections.by_pupil(desk.vault, desk.today)
    absent = [
        AbsentPupil(
            name=named_with_boxes(row.name, row.ref),
            mark=codelist(CODES).label_of(_code(row, day, session)),
            callers=callers_on_paper(PaperKind.CALL_SHEET, people[row.pupil_id], protected[row.pupil_id]),
            worker=workers.get(row.pupil_id, ""),
            notes=notes[row.pupil_id],
            protected=is_place_secret(protected[row.pupil_id]),
        )
        for row in rows
    ]
    halves = {Session.AM: _("morning"), Session.PM: _("afternoon")}
    when = _("{day}, {half}").format(day=show_date(day), half=halves[session])
    now = desk.clock.now().astimezone()
    imprint = _("{unit}. Made on {day} at {time} by {user}. Keep it locked away, and shred it once the calls are entered.")
    imprint = imprint.format(unit=desk.settings.name, day=show_date(now.date()), time=f"{now:%H:%M}", user=desk.user.name)
    return CallSheet(
        story=layout.story(when, absent, imprint),
        title=_("Call sheet"),
        guard=guard(desk, ids, "call sheet"),
        day=day,
        session=session,
        number=len(rows),
    )


def _code(row: RegisterRow, day: date, session: Session) -> str:
    cell = row.cells.get((day, session))
    return (cell.code or "") if cell is not None else ""


def log_print(desk: Desk, sheet: CallSheet) -> None:
    """Log that the sheet was printed or written: of which session, and how many it names."""
    desk.log(Action.CONTACT_SHEET, "register", "", f"call sheet of {sheet.day}, {sheet.session}: {sheet.number} absent")
