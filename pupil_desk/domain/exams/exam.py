"""Exams of a pupil: entries, access arrangements, and to whom the results may be handed.

Results themselves are kept among the assessments once they are out. The last character of a UCI is a check character, whose rule the Joint
Council shows in a calculator alone: we read no text of it, so that its form is checked here and the character is not.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from pupil_desk.basics.clock import read_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

_EXAMS = Facts(Section.EXAMS, Category.ASSESSMENTS, Purpose.PROGRESS, Basis.PUBLIC_TASK)
_fact = partial(item, facts=_EXAMS)
_of_health = partial(item, facts=dataclasses.replace(_EXAMS, special=Special.HEALTH))
_UCI = re.compile(r"\d{5}[0-9A-Z]\d{6}[A-Z]", re.ASCII)
_CENTRE, _CANDIDATE = re.compile(r"\d{5}", re.ASCII), re.compile(r"\d{4}", re.ASCII)
_TIERED = re.compile(r"\d([FH])", re.ASCII)
PLANNED, WITHDRAWN = "planned", "withdrawn"
"""Of the code list of how an entry stands: it is not made with the board yet, and the pupil sits no such paper."""
ON_DEMAND = "any"
"""Of the code list of series: a paper may be sat several times in a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamEntry:
    """One paper, or a whole qualification, for which the pupil is entered; one with a ``day`` stands in the candidate's timetable."""

    id: str = ""
    pupil_id: str = ""
    series: str = _fact(_("Exam series"), Kind.CODE, codes="exam_series", required=True, heads=("season", "exam season"))
    year: int = _fact(_("Year of the series"), Kind.NUMBER, required=True, heads=("exam year", "series year"))
    board: str = _fact(_("Exam board"), Kind.CODE, codes="exam_board", required=True, heads=("awarding body", "awarding organisation"))
    qualification: str = _fact(
        _("Qualification"),
        Kind.NAME,
        required=True,
        hint=_("Such as GCSE Mathematics"),
        heads=("qualification title", "qualification name", "option title", "exam title"),
    )
    entry_code: str = _fact(
        _("Entry code"),
        Kind.NAME,
        required=True,
        longest=20,
        hint=_("As in the board’s list, such as 8300F"),
        heads=("option code", "entry option code", "option entry code", "syllabus code"),
    )
    component: str | None = _fact(
        _("Paper or component"), Kind.NAME, longest=40, hint=_("Such as 8300/1F"), heads=("component code", "paper", "unit code")
    )
    tier: str | None = _fact(_("Tier"), Kind.CODE, codes="exam_tier", heads=("tier of entry",))
    status: str = _fact(_("How the entry stands"), Kind.CODE, codes="exam_entry_status", required=True, heads=("entry status",))
    day: date | None = _fact(_("Day of the exam"), Kind.DATE, heads=("exam date",))
    session: str | None = _fact(_("Session of the exam"), Kind.CODE, codes="session", heads=("exam session", "am/pm"))
    starts: str | None = _fact(_("Starts at"), Kind.TEXT, longest=5, hint=_("Such as 9:00"), heads=("start time", "exam start time"))
    minutes: int | None = _fact(_("Minutes, without extra time"), Kind.NUMBER, heads=("duration", "duration in minutes"))
    room: str | None = _fact(_("Room and seat"), Kind.NAME, heads=("exam room", "room", "seat"))
    centre: str | None = _fact(
        _("Exam centre number"),
        Kind.NAME,
        longest=5,
        hint=_("5 digits; of another centre where the pupil sits it there"),
        heads=("centre number", "centre no"),
    )
    candidate_number: str | None = _fact(
        _("Candidate number"), Kind.NAME, longest=4, hint=_("4 digits"), heads=("candidate no", "exam number")
    )
    uci: str | None = _fact(
        _("Unique candidate identifier (UCI)"),
        Kind.NAME,
        longest=13,
        hint=_("13 characters, the last one a letter; ask the school before"),
        heads=("unique candidate identifier",),
    )
    note: str | None = _fact(_("Note about the entry"), Kind.TEXT)

    @property
    def sitting(self) -> tuple[date, str] | None:
        """The day and the session in which it is sat; None where one of them is not known, or it was withdrawn."""
        return (self.day, self.session) if self.day and self.session and self.status != WITHDRAWN else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamArrangement:
    """One access arrangement, from when to when it is approved, and what shows the need."""

    id: str = ""
    pupil_id: str = ""
    kind: str = _of_health(
        _("Access arrangement"), Kind.CODE, codes="exam_arrangement", required=True, heads=("arrangement", "access arrangement type")
    )
    detail: str | None = _of_health(
        _("More exactly"), Kind.TEXT, hint=_("Such as 25 %, or in which subjects"), heads=("arrangement details",)
    )
    evidence: str | None = _of_health(_("Evidence"), Kind.CODE, codes="exam_evidence", heads=("evidence type",))
    evidence_on: date | None = _of_health(_("Day of the evidence"), Kind.DATE, heads=("evidence date", "date of evidence"))
    approved_from: date | None = _of_health(
        _("Approved from"),
        Kind.DATE,
        hint=_("Or decided here from, where the board leaves it to the centre"),
        heads=("approval date", "date approved"),
    )
    approved_until: date | None = _of_health(_("Approved until"), Kind.DATE, heads=("approval expiry", "expiry date", "approval expires"))
    reference: str | None = _of_health(_("Reference of the approval"), Kind.NAME, heads=("approval reference", "application reference"))

    def holds_on(self, day: date) -> bool:
        """Whether it is approved for an exam on that day."""
        return self.approved_from is not None and self.approved_from <= day and (self.approved_until is None or day <= self.approved_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsCollector:
    """Somebody whom the candidate named in writing, to whom the results may be handed; and when they were handed to whom."""

    id: str = ""
    pupil_id: str = ""
    series: str = _fact(_("Results of the series"), Kind.CODE, codes="exam_series", required=True)
    year: int = _fact(_("Year of the results"), Kind.NUMBER, required=True)
    collector: str | None = _fact(_("Who may collect them beside the pupil"), Kind.NAME, hint=_("Empty: the pupil alone"))
    named_on: date | None = _fact(_("Named in writing on"), Kind.DATE)
    handed_on: date | None = _fact(_("Envelope handed over on"), Kind.DATE)
    handed_to: str | None = _fact(_("Envelope handed to"), Kind.NAME)
    proof: str | None = _fact(_("Shown as proof"), Kind.NAME, hint=_("Such as a passport"))


@gathered
def check_entry(entry: ExamEntry) -> Iterator[Problem]:
    """What is wrong across the items of an entry."""
    if not 2000 <= entry.year <= 2100:
        yield Problem("year", "out_of_range", _("Enter the year with four digits, such as 2027."))
    if entry.starts and read_time(entry.starts) is None:
        yield Problem("starts", "bad_time", _("Write the time like 9:00 or 13:30."))
    if entry.tier and (
        contradicting := [code for code in (entry.component, entry.entry_code) if code and tier_of_code(code) not in ("", entry.tier)]
    ):
        words = _("{code} is of the {tier} tier, as its last letter says. Correct one of the two, unless the board means something else.")
        tier = codelist("exam_tier").label_of(tier_of_code(contradicting[0])).lower()
        yield Problem.warning("tier", "other_tier", words.format(code=contradicting[0], tier=tier))
    if entry.minutes is not None and not 1 <= entry.minutes <= 600:
        yield Problem("minutes", "out_of_range", _("Enter how many minutes the paper takes, from 1 to 600."))
    if (entry.day is None) != (entry.session is None):
        yield Problem("session" if entry.day else "day", "half_a_day", _("Enter both the day and the session, or neither."))
    for name, form, words in (
        ("centre", _CENTRE, _("An exam centre number has 5 digits.")),
        ("candidate_number", _CANDIDATE, _("A candidate number has 4 digits, such as 0042.")),
        (
            "uci",
            _UCI,
            _("A UCI has 13 characters: 12 digits, the sixth of which may be a capital letter, and a capital letter at the end."),
        ),
    ):
        value = getattr(entry, name)
        if value and form.fullmatch(value) is None:
            yield Problem(name, "bad_form", words)


def tier_of_code(code: str) -> str:
    """The tier that the last letter of an entry code or a paper names: «F» of 8300/1F, «H» of 1MA1/2H; empty where it names none.

    So AQA writes tiered papers (its specification 8300, 5.1, read) and Pearson (from memory); OCR and WJEC number theirs, of which nothing is said.
    """
    match = _TIERED.fullmatch(code.strip().upper()[-2:])
    return match[1] if match is not None else ""


@gathered
def check_arrangement(arrangement: ExamArrangement) -> Iterator[Problem]:
    """What is wrong across the items of an access arrangement."""
    first, last = arrangement.approved_from, arrangement.approved_until
    if first and last and last < first:
        yield Problem("approved_until", "ends_before_start", _("The last day is before the first. Correct one of the two."))
    if last and first is None:
        yield Problem("approved_from", "missing", _("Enter from when it is approved."))


@gathered
def check_collector(collector: ResultsCollector, pupil_names: Sequence[str], today: date) -> Iterator[Problem]:
    """What is wrong across the items: an envelope goes to the pupil, or to whom the pupil named in writing before. ``pupil_names`` are the pupil's,
    that on papers first."""
    if not 2000 <= collector.year <= 2100:
        yield Problem("year", "out_of_range", _("Enter the year with four digits, such as 2027."))
    if collector.collector and collector.named_on is None:
        yield Problem(
            "named_on", "missing", _("Enter when the pupil named this person in writing. Without that nobody else may have the results.")
        )
    if (collector.handed_on is None) != (collector.handed_to is None):
        missing = "handed_to" if collector.handed_to is None else "handed_on"
        yield Problem(missing, "half_handed", _("Enter both when the envelope was handed over, and to whom."))
    for name in ("named_on", "handed_on"):
        value = getattr(collector, name)
        if value is not None and value > today:
            yield Problem(name, "future_date", _("This day is still to come. Enter the day when it happened."))
    is_other = collector.handed_to is not None and collector.handed_to.casefold() not in {name.casefold() for name in pupil_names}
    if is_other and collector.named_on and collector.handed_on and collector.handed_on < collector.named_on:
        yield Problem("handed_on", "before_named", _("The pupil named this person in writing after that day. Correct one of the two."))
    allowed = {name.casefold() for name in (*pupil_names, collector.collector or "") if name}
    if collector.handed_to and collector.handed_to.casefold() not in allowed:
        words = _("The envelope may be handed to {pupil}, or to whom the pupil named in writing. Enter that name, or correct who it was.")
        yield Problem("handed_to", "not_allowed", words.format(pupil=pupil_names[0]))


def clashes(entries: Iterable[ExamEntry]) -> Mapping[tuple[date, str], tuple[ExamEntry, ...]]:
    """The sessions of one pupil in which more than one paper is sat, in order of time, each with its papers."""
    by_sitting: dict[tuple[date, str], list[ExamEntry]] = {}
    for entry in entries:
        if entry.sitting is not None:
            by_sitting.setdefault(entry.sitting, []).append(entry)
    return {sitting: tuple(by_sitting[sitting]) for sitting in sorted(by_sitting) if len(by_sitting[sitting]) > 1}


def not_approved(entries: Iterable[ExamEntry], arrangements: Iterable[ExamArrangement]) -> Mapping[str, date]:
    """The arrangements, by id, that are not approved on the day of some exam, each with the first such day."""
    days = sorted({entry.day for entry in entries if entry.day and entry.status != WITHDRAWN})
    uncovered = ((arrangement.id, next((day for day in days if not arrangement.holds_on(day)), None)) for arrangement in arrangements)
    return {arrangement_id: day for arrangement_id, day in uncovered if day is not None}
