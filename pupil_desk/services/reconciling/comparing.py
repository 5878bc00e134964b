"""The marks that the school system exports, beside ours: where the two differ, session by session. Looking changes nothing.

The file is read as marks are read everywhere, by the import of attendance, headings and codes alike. Compared are the sessions of which the file
has any mark at all: a week that it does not have is no difference. A session that has begun and that neither marks is none either.
Minutes late are compared where the file says them.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Self

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import PRESENT_AM, PRESENT_PM, Mark, Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import run
from pupil_desk.services.imports.people import People
from pupil_desk.services.imports.proposal import Proposal
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import pupils, standing

_KIND = "attendance"
_PRESENT = frozenset({PRESENT_AM, PRESENT_PM})
_LONGEST = 366  # days from the first to the last of a file
type CodeAndMinutes = tuple[str, int | None]
"""A code, empty for no mark, and how many minutes late."""
_NO_MARK: CodeAndMinutes = ("", None)
type Key = tuple[str, date, Session]
"""The pupil's id, the day and the session."""


class Settled(Enum):
    """What a person made of a difference."""

    OPEN = _("not settled")
    THEIRS = _("the school system was right: changed here")
    OURS = _("we were right: to be corrected in the school system")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDifference:
    """One session of which the two do not say the same. A code is empty where that register has no mark.

    ``is_unread`` says of theirs that the file has a row of the session, or may have one, which could not be read.
    """

    pupil_id: str
    name: str
    ref: str
    day: date
    session: Session
    their_code: str
    our_code: str
    their_minutes: int | None = None
    our_minutes: int | None = None
    settled: Settled = Settled.OPEN
    is_unread: bool = False

    @property
    def their_words(self) -> str:
        """What stands in the place of their code where there is none."""
        return _("could not be read") if self.is_unread else _("no mark")

    @property
    def id(self) -> str:
        return f"{self.pupil_id}|{self.day}|{self.session}"

    @property
    def key(self) -> Key:
        """Of which session it is."""
        return self.pupil_id, self.day, self.session


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterComparison:
    """What was compared: the first and the last day of the file, how many sessions of pupils, the differences, and what of the file could not be read.

    ``left_out`` are the pupils of whom no row was read where a row is about nobody here, for it may be about one of them.
    """

    first: date
    last: date
    compared: int
    differences: tuple[RegisterDifference, ...]
    unread_rows: tuple[str, ...] = ()
    left_out: tuple[Pupil, ...] = ()

    def left_out_words(self, spelled: Callable[[str, str], str] = lambda name, _ref: name) -> str:
        """Who was not compared, and why; nothing where everybody was. ``spelled`` writes a name, with our reference at hand."""
        words = _("Not compared, as no row of theirs was read and a row that names nobody here may be theirs: {names}.")
        return words.format(names="; ".join(spelled(pupil.surname_first, pupil.ref) for pupil in self.left_out)) if self.left_out else ""

    @property
    def still_open(self) -> tuple[RegisterDifference, ...]:
        """Those that nobody has settled."""
        return tuple(difference for difference in self.differences if difference.settled is Settled.OPEN)


def compare(desk: Desk, source: bytes, file_name: str = "") -> RegisterComparison:
    """The bytes of an export of marks, as a table or a workbook, beside our register. Writes nothing.

    Raises NotAllowed, and WrongUse for a file that cannot be read as marks, that has none, or that spans more than a year.
    """
    desk.require(Action.READ_RECORD, "register")
    proposal = run.propose(desk, _KIND, source, file_name)
    if not proposal.readable:
        raise WrongUse(" ".join(problem.message for problem in proposal.file_problems if problem.stops))
    codes_there = _their_codes(proposal)
    if not codes_there:
        raise WrongUse(_("No mark could be read in this file. Look at it with Import, which says of each row why."))
    first, last = min(day for _pupil, day, _half in codes_there), max(day for _pupil, day, _half in codes_there)
    if (last - first).days >= _LONGEST:
        raise WrongUse(_("The file has days more than a year apart. Export the week again."))
    codes_here = _our_codes(desk, first, last, {(day, half) for _pupil, day, half in codes_there})
    unread = _Unread.of(desk, proposal)
    known_ids = {key[0] for key in codes_there} | {pupil_id for pupil_id, _day, _half in unread.sessions}
    left_out_ids = {key[0] for key in codes_here} - known_ids if unread.of_nobody else set()
    keys = sorted(key for key in {*codes_there, *codes_here} if key[0] not in left_out_ids)
    differing = [key for key in keys if not _says_the_same(codes_there.get(key, _NO_MARK), codes_here.get(key, _NO_MARK))]
    people = pupils.some_by_id(desk.vault, {key[0] for key in differing} | left_out_ids)
    differences = [
        RegisterDifference(
            pupil_id=pupil_id,
            name=people[pupil_id].surname_first,
            ref=people[pupil_id].ref,
            day=day,
            session=half,
            their_code=their_mark[0],
            our_code=our_mark[0],
            their_minutes=their_mark[1],
            our_minutes=our_mark[1],
            is_unread=not their_mark[0] and unread.has((pupil_id, day, half)),
        )
        for pupil_id, day, half in differing
        if pupil_id in people
        for their_mark, our_mark in [(codes_there.get((pupil_id, day, half), _NO_MARK), codes_here.get((pupil_id, day, half), _NO_MARK))]
    ]
    differences.sort(key=lambda difference: (difference.day, difference.name, difference.ref, difference.session))
    return RegisterComparison(
        first=first,
        last=last,
        compared=len(keys),
        differences=tuple(differences),
        unread_rows=_refused(proposal),
        left_out=tuple(
            sorted((people[pupil_id] for pupil_id in left_out_ids if pupil_id in people), key=lambda one: (one.surname_first, one.ref))
        ),
    )


@dataclass(frozen=True, slots=True)
class _Unread:
    """Of which sessions a row could not be read: pupil, and day and session where the row says them. ``of_nobody``: one names nobody here."""

    sessions: frozenset[tuple[str, date | None, str | None]]
    of_nobody: bool

    @classmethod
    def of(cls, desk: Desk, proposal: Proposal) -> Self:
        unread_values = [row.read.values for row in proposal.rows if not isinstance(row.plan.contents, Mark)]
        if not unread_values:
            return cls(frozenset(), of_nobody=False)
        people = People.on_file(desk.vault)
        places = [(people.with_number(values.get("upn") or ""), values.get("date"), values.get("session")) for values in unread_values]
        sessions = frozenset((pupil.id, day, half) for pupil, day, half in places if pupil is not None)
        return cls(sessions, of_nobody=any(pupil is None for pupil, _day, _half in places))

    def has(self, key: Key) -> bool:
        """Whether a row that could not be read is about the session, or may be."""
        return any(key[0] == pupil_id and day in (None, key[1]) and half in (None, key[2]) for pupil_id, day, half in self.sessions)


def _their_codes(proposal: Proposal) -> dict[Key, CodeAndMinutes]:
    """What the file says, by session; of a session that it names twice, the last row."""
    marks = [row.plan.contents for row in proposal.rows if isinstance(row.plan.contents, Mark)]
    return {mark.key: (mark.code, mark.minutes_late) for mark in marks}


def _refused(proposal: Proposal) -> tuple[str, ...]:
    """The rows of which nothing could be read, each with its number and why."""
    return tuple(
        _("Row {number}: {why}").format(number=row.number, why=" ".join(problem.message for problem in row.problems if problem.stops))
        for row in proposal.rows
        if not isinstance(row.plan.contents, Mark)
    )


def _our_codes(desk: Desk, first: date, last: date, sessions: set[tuple[date, Session]]) -> dict[Key, CodeAndMinutes]:
    """What our register says of those sessions, of everybody."""
    codes: dict[Key, CodeAndMinutes] = {}
    for pupil_id, marks in standing.by_pupil(desk.vault, first, last).items():
        for day, session, code, minutes, _note in marks:
            key = (pupil_id, date.fromisoformat(day), Session(session))
            if key[1:] in sessions and code:
                codes[key] = (code, minutes)
    return codes


def _says_the_same(their_mark: CodeAndMinutes, our_mark: CodeAndMinutes) -> bool:
    """Whether two marks say one thing: some systems write one sign for present, in the morning and in the afternoon, and not all say minutes."""
    same_code = their_mark[0] == our_mark[0] or {their_mark[0], our_mark[0]} <= _PRESENT
    return same_code and their_mark[1] in (None, our_mark[1])


def settle(desk: Desk, comparison: RegisterComparison, ids: Sequence[str], settled: Settled) -> tuple[RegisterComparison, Changed]:
    """Settle these differences alike. Where the school system was right its code is entered here, as an amendment with that reason.

    Raises Refused, NotAllowed; WrongUse where our register no longer says what was compared, or the school system has no mark to be taken.
    """
    chosen_rows = [difference for difference in comparison.differences if difference.id in set(ids)]
    changed = _take_theirs(desk, chosen_rows) if settled is Settled.THEIRS else Changed.of()
    differences = (
        dataclasses.replace(difference, settled=settled) if difference in chosen_rows else difference
        for difference in comparison.differences
    )
    return dataclasses.replace(comparison, differences=tuple(differences)), changed


def _take_theirs(desk: Desk, differences: Sequence[RegisterDifference]) -> Changed:
    if any(not difference.their_code for difference in differences):
        raise WrongUse(_("The file has no mark of that session that could be taken."))
    days = [difference.day for difference in differences]
    sessions = {(difference.day, difference.session) for difference in differences}
    now: Mapping[Key, CodeAndMinutes] = _our_codes(desk, min(days), max(days), sessions) if days else {}
    for difference in differences:
        if now.get(difference.key, _NO_MARK) != (difference.our_code, difference.our_minutes):
            words = _("{pupil}, {day}: our register was changed since. Compare the file again.")
            raise WrongUse(words.format(pupil=difference.name, day=short_date(difference.day)))
    marks = [
        Mark(
            pupil_id=difference.pupil_id,
            day=difference.day,
            session=difference.session,
            code=difference.their_code,
            minutes_late=difference.their_minutes,
        )
        for difference in differences
    ]
    return register.mark(desk, marks, reason=_("As the school system has it"))


def reopen(comparison: RegisterComparison, ids: Sequence[str]) -> RegisterComparison:
    """These differences as nobody had settled them."""
    differences = (
        dataclasses.replace(difference, settled=Settled.OPEN) if difference.id in set(ids) else difference
        for difference in comparison.differences
    )
    return dataclasses.replace(comparison, differences=tuple(differences))
