"""Exams of a pupil: entries, access arrangements and who may have the results, each added and corrected."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.exams.exam import (
    PLANNED,
    ExamArrangement,
    ExamEntry,
    ResultsCollector,
    check_arrangement,
    check_collector,
    check_entry,
    clashes,
    not_approved,
)
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import several

SWITCH = "enters_exams"
"""The setting by which a unit that enters nobody for exams switches them off."""
_SHARE = re.compile(r"\d+%")


@dataclass(frozen=True, slots=True)
class PupilExams:
    """What is held of a pupil's exams: the entries in order of time, those without a day last."""

    entries: tuple[ExamEntry, ...]
    arrangements: tuple[ExamArrangement, ...]
    collectors: tuple[ResultsCollector, ...]


def of_pupil(desk: Desk, pupil_id: str) -> PupilExams:
    """A pupil's exams. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    vault = desk.vault
    return PupilExams(
        entries=tuple(several.of_pupil(vault, ExamEntry, pupil_id)),
        arrangements=tuple(several.of_pupil(vault, ExamArrangement, pupil_id)),
        collectors=tuple(several.of_pupil(vault, ResultsCollector, pupil_id)),
    )


def add_entry(desk: Desk, entry: ExamEntry) -> Changed:
    """Keep a new entry. Raises Refused, NotAllowed; WrongUse where the unit enters nobody."""
    require_use(desk, SWITCH)
    return further.add(desk, "exam_entry", entry, check_entry, news=())


def save_entry(desk: Desk, entry: ExamEntry) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse, NotAllowed."""
    return further.save(desk, "exam_entry", entry, check_entry, news=())


def add_arrangement(desk: Desk, arrangement: ExamArrangement) -> Changed:
    """Keep a new access arrangement. Raises Refused, NotAllowed; WrongUse where the unit enters nobody."""
    require_use(desk, SWITCH)
    return further.add(desk, "exam_arrangement", arrangement, check_arrangement, news=())


def save_arrangement(desk: Desk, arrangement: ExamArrangement) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse, NotAllowed."""
    return further.save(desk, "exam_arrangement", arrangement, check_arrangement, news=())


def collector_problems(desk: Desk, collector: ResultsCollector) -> tuple[Problem, ...]:
    """What is wrong across the items of who may have the results."""
    pupil = pupil_of(desk.vault, collector.pupil_id)
    return check_collector(collector, (pupil.legal_name, pupil.full_name), desk.today)


def add_collector(desk: Desk, collector: ResultsCollector) -> Changed:
    """Keep who may have the results. Raises Refused, NotAllowed; WrongUse where the unit enters nobody."""
    require_use(desk, SWITCH)
    return further.add(desk, "exam_collector", collector, lambda row: collector_problems(desk, row), news=())


def save_collector(desk: Desk, collector: ResultsCollector) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse, NotAllowed."""
    return further.save(desk, "exam_collector", collector, lambda row: collector_problems(desk, row), news=())


def next_entry(entries: Sequence[ExamEntry], year: int) -> dict[str, Any]:
    """What a further entry of the pupil begins with: what is the same for all of a candidate. ``year`` is for the first one."""
    if not entries:
        return {"series": "summer", "year": year, "status": "planned"}
    last = entries[-1]
    names = ("series", "year", "board", "status", "centre", "candidate_number", "uci")
    return {name: getattr(last, name) for name in names}


def series_words(series: str, year: int) -> str:
    """«Summer 2027»."""
    return _("{series} {year}").format(series=codelist("exam_series").label_of(series), year=year)


def paper_words(entry: ExamEntry) -> str:
    """The qualification with the paper: «GCSE Mathematics, 8300/1F»."""
    return _("{qualification}, {code}").format(qualification=entry.qualification, code=entry.component or entry.entry_code)


def with_whether_entered(paper: str, entry: ExamEntry) -> str:
    """The paper, and of one that nobody has entered with the board yet that it is so."""
    return _("{paper}: planned, not entered yet").format(paper=paper) if entry.status == PLANNED else paper


def arrangement_words(arrangement: ExamArrangement) -> str:
    """The kind with its detail: «Reader: all papers»; a detail that is the kind’s own share and no more, such as «25%», is not said again."""
    kind, detail = codelist("exam_arrangement").label_of(arrangement.kind), arrangement.detail or ""
    is_said = "".join(detail.split()) in _SHARE.findall("".join(kind.split()))
    return kind if is_said or not detail else _("{kind}: {detail}").format(kind=kind, detail=detail)


def _told_apart(arrangement: ExamArrangement) -> str:
    """The kind with its detail, and from when to when it is approved: a pupil may have two of a kind."""
    words, since, until = arrangement_words(arrangement), arrangement.approved_from, arrangement.approved_until
    if since is None:
        return words
    if until is None:
        return _("{arrangement} (approved from {since})").format(arrangement=words, since=short_date(since))
    return _("{arrangement} (approved from {since} to {until})").format(arrangement=words, since=short_date(since), until=short_date(until))


def what_to_settle(exams: PupilExams, today: date) -> list[str]:
    """Sentences about exams from today on: papers in one session, and arrangements that are not approved on the day of an exam."""
    words, to_come = [], [entry for entry in exams.entries if entry.day and entry.day >= today]
    for (day, session), entries in clashes(to_come).items():
        half = codelist("session").label_of(session)
        papers = join_words([paper_words(entry) for entry in entries])
        words.append(_("{papers} are in one session: {day}, {half}.").format(papers=papers, day=short_date(day), half=half.lower()))
    uncovered = not_approved(to_come, exams.arrangements)
    about_approval = _("Not approved for the exam on {day}: {arrangement}.")
    return words + sorted(
        about_approval.format(day=short_date(uncovered[arrangement.id]), arrangement=_told_apart(arrangement))
        for arrangement in exams.arrangements
        if arrangement.id in uncovered
    )
