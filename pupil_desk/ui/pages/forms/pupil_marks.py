"""What a register that came back says, in words: a line a pupil, and a session with why it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services.register.sheets.waiting import SessionKey, SheetSession, WaitingSheet

_DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
_NOTHING, _OPEN = "–", "?"


@dataclass(frozen=True, slots=True)
class PupilMarks:
    """One pupil of the page: the sessions, and their codes in words."""

    id: str
    pupil: str
    words: str
    sessions: tuple[SheetSession, ...]


def marks_of(sheet: WaitingSheet, answers: Mapping[SessionKey, str]) -> list[PupilMarks]:
    """The pupils of a page, each with what will be kept: a question mark for what is still to be decided."""
    sessions_by_place: dict[int, list[SheetSession]] = {}
    for session in sheet.sessions:
        sessions_by_place.setdefault(session.place, []).append(session)
    return [
        PupilMarks(sessions[0].pupil_id, sessions[0].pupil, _line(sessions, answers), tuple(sessions))
        for sessions in sessions_by_place.values()
    ]


def _line(sessions: list[SheetSession], answers: Mapping[SessionKey, str]) -> str:
    codes_by_day: dict[str, list[str]] = {}
    for session in sessions:
        codes_by_day.setdefault(_DAYS[session.day.weekday()], []).append(_code(session, answers))
    return "   ".join(f"{day} {' '.join(codes)}" for day, codes in codes_by_day.items())


def _code(session: SheetSession, answers: Mapping[SessionKey, str]) -> str:
    if session.key in answers:
        return answers[session.key] or session.standing or _NOTHING
    return _OPEN if session.is_asked else session.proposal or session.standing or _NOTHING


def session_words(session: SheetSession) -> str:
    """Whom and which session a question is about, and why it is asked."""
    half = _("morning") if session.session is Session.AM else _("afternoon")
    whom = _("{pupil}, {day} {date}, {half}").format(
        pupil=session.pupil, day=_DAYS[session.day.weekday()], date=short_date(session.day), half=half
    )
    if session.read.doubt is not None:
        return _("{whom}: {why}").format(whom=whom, why=session.read.doubt.words)
    if session.clashes:
        return _("{whom}: the page says {read}, the register {standing}").format(
            whom=whom, read=session.read.code, standing=session.standing
        )
    return whom
