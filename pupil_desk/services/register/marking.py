"""Entering marks and amending them (SI 2024/208, regulation 6): first entries go in, another word later is an amendment with its reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import attributes_of
from pupil_desk.domain.catalogue.validation import Problem, Refused, gathered, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.attendance import Mark, Session, check_mark, only_when_begun, started, too_soon, unknown_year
from pupil_desk.domain.register.calendar import SchoolCalendar, beyond_known_years
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import register as store
from pupil_desk.store.tables.register import StandingMark

FORM, PAPER = "form", "paper"
_LONGEST_REASON = 255  # characters


@dataclass(slots=True)
class _Sorted:
    """Marks by what becomes of them. Of an amendment the number that it will have among those of its session."""

    first: list[Mark] = field(default_factory=list)
    amended: list[tuple[Mark, int]] = field(default_factory=list)
    confirmed: list[tuple[Mark, int]] = field(default_factory=list)
    reentered: list[tuple[Mark, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.first or self.amended or self.confirmed or self.reentered)


def begun_sessions(desk: Desk) -> "Begun":
    """Which sessions have begun at this moment."""
    return Begun(desk)


class Begun:
    """Tells of a session whether it has begun, by the unit's own times."""

    def __init__(self, desk: Desk) -> None:
        self._moment = desk.clock.now().astimezone()
        self._starts = desk.settings.session_starts

    def __call__(self, day: date, session: Session) -> bool:
        return started(day, session, self._moment, self._starts)


def mark(desk: Desk, marks: Sequence[Mark], *, reason: str = "") -> Changed:
    """Enter marks: one transaction. Where an entry says something else, the mark is an amendment and needs the reason.

    The same code over a planned entry confirms it when the session has begun. Raises Refused: a code that is seen for a session
    that has not begun, a pupil not on the register or a unit closed that day, no reason for an amendment.
    """
    marks, has_begun, reason = checked(desk, marks), begun_sessions(desk), tidy(reason)
    sorted_ = _sort(desk, marks, has_begun)
    if not sorted_:
        return Changed.of()
    if sorted_.amended and not reason:
        message = _("An entry is changed. Enter the reason: the register shows it beside the first entry.")
        raise Refused((Problem("reason", "missing", message),))
    if len(reason) > _LONGEST_REASON:
        raise Refused((Problem("reason", "too_long", _("The reason is too long: use at most 255 characters.")),))
    pupils = {mark.pupil_id for mark in marks}
    object_id = pupils.copy().pop() if len(pupils) == 1 else ""
    with desk.act(Action.EDIT_RECORD, "register", object_id, _counts(sorted_)) as work:
        _keep(work, sorted_, has_begun, reason=reason, source=FORM)
    return Changed.of("mark", ids=tuple(sorted(pupils)))


def checked(desk: Desk, marks: Iterable[Mark]) -> list[Mark]:
    """These marks, tidied, of each session the last. Raises Refused for one that cannot be entered."""
    today, tidied_by_words, marks_by_key = desk.today, dict[tuple[object, ...], Mark](), dict[tuple[str, date, Session], Mark]()
    for mark in marks:
        words = _words_of(mark)
        if words not in tidied_by_words:
            tidied_by_words[words] = _tidied(mark, today)
        tidied_mark = replace(tidied_by_words[words], pupil_id=mark.pupil_id)
        marks_by_key[tidied_mark.key] = tidied_mark
    tidied_marks = list(marks_by_key.values())
    refuse(_problems(desk, tidied_marks, begun_sessions(desk)))
    return tidied_marks


_words_of = attrgetter(*(name for name in attributes_of(Mark) if name != "pupil_id"))
"""What a mark says, whoever it is of: most of a class have the same, which is looked at once."""


def _tidied(mark: Mark, today: date) -> Mark:
    mark = tidied(mark, today)
    session = next((candidate for candidate in Session if candidate == mark.session), mark.session)  # from a text, too
    return mark if session is mark.session else replace(mark, session=session)


def keep_marks(work: Work, marks: Iterable[Mark], *, reason: str, source: str) -> None:
    """Within a transaction: keep checked marks, first ones as entries, others as amendments with the reason; the same word again is passed over.

    ``source`` is «form», «import», «suspension» or «paper».
    """
    marks = list({mark.key: mark for mark in marks}.values())
    has_begun = begun_sessions(work.desk)
    sorted_ = _sort(work.desk, marks, has_begun)
    if sorted_:
        _keep(work, sorted_, has_begun, reason=reason, source=source)


def _problems(desk: Desk, marks: Sequence[Mark], has_begun: Begun) -> Iterator[Problem]:
    from pupil_desk.services.unit.calendars import school_calendar

    if not marks:
        return
    calendar = school_calendar(desk.vault)
    days = sorted({entry.day for entry in marks})
    stays = _days_on_register(desk, {entry.pupil_id for entry in marks}, days)
    problems_by_words: dict[tuple[object, ...], tuple[Problem, ...]] = {}
    for mark in marks:
        words = _words_of(mark)
        if words not in problems_by_words:
            problems_by_words[words] = _problems_of_words(mark, calendar, desk.today, has_begun)
        yield from problems_by_words[words]
        if (mark.pupil_id, mark.day) not in stays:
            message = _("The pupil is not on the register on {day}.").format(day=show_date(mark.day))
            yield Problem("day", "not_on_register", message)


@gathered
def _problems_of_words(mark: Mark, calendar: SchoolCalendar, today: date, has_begun: Begun) -> Iterator[Problem]:
    """What is wrong with a mark whoever it is of."""
    yield from problems_of(mark, today)
    yield from check_mark(mark)
    if only_when_begun(mark.code) and not has_begun(mark.day, mark.session):
        yield too_soon(mark)
    if beyond_known_years(mark.day, calendar.terms, today):
        yield unknown_year(mark.day, "day")
    elif not calendar.is_open(mark.day) and mark.code != "#":
        message = _("The unit is closed on {day}.").format(day=show_date(mark.day))
        yield Problem("day", "closed", message)


def _days_on_register(desk: Desk, pupil_ids: set[str], days: Sequence[date]) -> set[tuple[str, date]]:
    texts = [(day, day.isoformat()) for day in days]
    return {
        (row["id"], day)
        for row in store.stays_of(desk.vault, pupil_ids, days[0], days[-1])
        for day, text in texts
        if (row["start_date"] or text) <= text <= (row["end_date"] or text)
    }


def _sort(desk: Desk, marks: Sequence[Mark], has_begun: Begun) -> _Sorted:
    sorted_ = _Sorted()
    if not marks:
        return sorted_
    standing = store.standing(desk.vault, marks)
    taken_back = store.taken_back(desk.vault, min(entry.day for entry in marks), max(entry.day for entry in marks))
    for mark in marks:
        standing_mark = standing.get(mark.key)
        if standing_mark is None and mark.key in taken_back:
            sorted_.reentered.append((mark, taken_back[mark.key] + 1))
        elif standing_mark is None:
            sorted_.first.append(mark)
        elif says_otherwise(mark, standing_mark):
            sorted_.amended.append((_with_what_it_leaves(mark, standing_mark), standing_mark.amended + 1))
        elif standing_mark.is_planned and has_begun(mark.day, mark.session):
            sorted_.confirmed.append((_with_what_it_leaves(mark, standing_mark), standing_mark.amended + 1))
    return sorted_


def _with_what_it_leaves(mark: Mark, standing_mark: StandingMark) -> Mark:
    """A mark of the same code keeps the minutes and the note that it does not tell."""
    if mark.code != standing_mark.code:
        return mark
    minutes = standing_mark.minutes_late if mark.minutes_late is None else mark.minutes_late
    return replace(mark, minutes_late=minutes, note=mark.note or standing_mark.note)


def says_otherwise(mark: Mark, standing_mark: StandingMark) -> bool:
    """Whether a mark differs from what stands; what it does not tell of minutes and note stays with the same code."""
    if mark.code != standing_mark.code:
        return True
    return mark.minutes_late not in (None, standing_mark.minutes_late) or mark.note not in (None, standing_mark.note)


def _keep(work: Work, sorted_: _Sorted, has_begun: Begun, *, reason: str, source: str) -> None:
    vault, user = work.desk.vault, work.desk.user
    number = len(sorted_.first) + len(sorted_.amended) + len(sorted_.confirmed) + len(sorted_.reentered)
    entering = store.begin_entering(vault, name=user.name, title=user.role.label, marks=number, **work.provenance(source))
    store.add_marks(vault, [(mark, not has_begun(mark.day, mark.session)) for mark in sorted_.first], entering)
    amended = [(mark, not has_begun(mark.day, mark.session), number, reason) for mark, number in sorted_.amended]
    confirmed = [(mark, False, number, _("Confirmed")) for mark, number in sorted_.confirmed]
    words = _("Entered after the mark before had been taken back")
    reentered = [(mark, not has_begun(mark.day, mark.session), number, words) for mark, number in sorted_.reentered]
    store.add_amendments(vault, amended + confirmed + reentered, entering)


def _counts(sorted_: _Sorted) -> str:
    return f"{len(sorted_.first) + len(sorted_.reentered)} entered, {len(sorted_.amended)} amended, {len(sorted_.confirmed)} confirmed"
