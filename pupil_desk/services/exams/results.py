"""The result of an exam entry: it is kept among the assessments, begun there from the entry, and found again by what it was begun with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.exams.exam import ON_DEMAND, WITHDRAWN, ExamEntry
from pupil_desk.domain.learning.assessment import RESULT, Assessment, school_year_end
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams.recording import series_words
from pupil_desk.services.learning import assessments
from pupil_desk.services.learning.assessments import AssessmentStanding
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several

FROM_EXAM = "exam:"
"""Before the id of an entry in a place: the result of that entry is to be entered."""
_BEGINS = {"january": 1, "march": 3, "summer": 5, "november": 11}
"""The month in which a series begins; one on demand may be in any."""
_ENDS = {"january": (1, 31), "march": (3, 31), "summer": (6, 30), "november": (11, 30)}
"""The month and the day on which a series ends; one on demand may be on the last of its year."""
_OF_EXAMS = ("GCSE", "FS ", "ELC", "VOC", "UNIT")
"""How the components begin that a board or an awarding body gives a result in."""
_GRADES = re.compile(r"\(\s*9\s*(?:-|–|to)\s*1\s*\)", re.IGNORECASE)
_SKILLS = re.compile(r"(?:functional skills?|fs)\b", re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:(?:entry(?: level)? ?|e)([1-3])|(?:level ?|l)([12]))\b", re.IGNORECASE)
_DOUBLE = re.compile(r"combined science\b", re.IGNORECASE)
"""A double award: its results are of two figures, such as 43."""


def begun_from(desk: Desk, entry_id: str) -> dict[str, Any]:
    """What a result takes over from its entry; nothing where there is no such entry. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    entry = several.get(desk.vault, ExamEntry, entry_id)
    return _taken_over(entry) if entry is not None else {}


def _taken_over(entry: ExamEntry) -> dict[str, Any]:
    component, subject = parted(entry.qualification)
    return {
        "stage": "KS4" if component is not None else None,
        "subject": subject,
        "component": component,
        "year": max(_school_years(entry)) if entry.series != ON_DEMAND or entry.day else entry.year,
        "date": None,
        "method": "TT",
        "status": RESULT,
    }


def parted(qualification: str) -> tuple[str | None, str]:
    """A qualification as boards name them, in its component and its subject: «GCSE (9-1) Mathematics» is GCSE and MAT.

    Where no component is told apart, None and the whole of it, or the subject that is called so.
    """
    component, remainder = _component_of(" ".join(_GRADES.sub(" ", qualification).split()))
    subject = remainder if component is not None else qualification
    code = codelist("assessment_subject").match(subject)
    return component, code.code if code is not None else subject


def _component_of(text: str) -> tuple[str | None, str]:
    if _SKILLS.match(text) and (level := _LEVEL.search(text)):
        subject = " ".join(_LEVEL.sub(" ", _SKILLS.sub("", text)).split()).strip(" ,-–:")
        return (f"FS E{level[1]}" if level[1] else f"FS L{level[2]}", subject) if subject else (None, text)
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        code = codelist("assessment_component").match(" ".join(words[:count]).strip(",:"))
        if code is not None and code.code.startswith(_OF_EXAMS):
            subject = " ".join(words[count:])
            return "GCSE DOUBLE" if code.code == "GCSE" and _DOUBLE.match(subject) else code.code, subject
    return None, text


def _school_years(entry: ExamEntry) -> set[int]:
    """The years in which the school year of an entry may end: one on demand without a day may be in either half of its year."""
    if entry.series == ON_DEMAND and entry.day is None:
        return {entry.year, entry.year + 1}
    return {school_year_end(first_day(entry))}


def first_day(entry: ExamEntry) -> date:
    """The day before which nothing of an entry is sat: its own, else the first of the month in which its series begins."""
    return entry.day or date(entry.year, _BEGINS.get(entry.series, 1), 1)


def last_day(entry: ExamEntry) -> date:
    """The day after which an entry is over: its own, else the last of its series."""
    return entry.day or date(entry.year, *_ENDS.get(entry.series, (12, 31)))


@dataclass(frozen=True, slots=True)
class ExamMatching:
    """The entries of a pupil beside the results that count, or did before a later series: which is of which, and what has no other half.

    ``result_of`` is by the id of an entry, ``entries_of`` by that of a result; ``without_result`` are entries whose exam is over with all its papers, one of each
    qualification and series, ``without_entry`` results of exams.
    """

    result_of: Mapping[str, Assessment]
    entries_of: Mapping[str, tuple[ExamEntry, ...]]
    without_result: tuple[ExamEntry, ...]
    without_entry: tuple[Assessment, ...]


def matched(desk: Desk, pupil_id: str) -> ExamMatching:
    """The entries and the results of a pupil, each by the other, as they are now: nothing is kept of it, so a result that is corrected is that of its entry at once.

    A result is that of an entry by component, subject and series. One that a later series took the place of is still that of its own entry.
    Where a result has no date, and may be of either of two series of one school year, it is said of neither. Raises NotAllowed.
    """
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    entries = [entry for entry in several.of_pupil(desk.vault, ExamEntry, pupil_id) if entry.status != WITHDRAWN]
    stands = (AssessmentStanding.CURRENT, AssessmentStanding.EARLIER)
    results = [row.record for row in assessments.history(desk, pupil_id) if row.standing in stands and row.record.status == RESULT]
    result_of = {entry.id: result for entry in entries if (result := _result_of(entry, entries, results)) is not None}
    entries_of = {result.id: tuple(entry for entry in entries if _is_of(result, entry, entries)) for result in results}
    open_entries = _open_of(entries, result_of, desk.today)
    exam_results = [result for result in results if (result.component or "").startswith(_OF_EXAMS)]
    return ExamMatching(result_of, entries_of, tuple(open_entries), tuple(result for result in exam_results if not entries_of[result.id]))


def without_result(entries: Sequence[ExamEntry], results: Sequence[Assessment], day: date) -> list[ExamEntry]:
    """Of a pupil's entries those whose exam was over before a day with all its papers and of which no result is among these, one of each qualification and series."""
    standing = [entry for entry in entries if entry.status != WITHDRAWN]
    result_of = {entry.id: result for entry in standing if (result := _result_of(entry, standing, results)) is not None}
    return _open_of(standing, result_of, day)


def _open_of(entries: Sequence[ExamEntry], result_of: Mapping[str, Assessment], day: date) -> list[ExamEntry]:
    entries_by_exam: dict[tuple[object, ...], list[ExamEntry]] = {}
    for entry in entries:
        entries_by_exam.setdefault((_names(entry.qualification), entry.series, entry.year), []).append(entry)
    return [
        papers[0] for papers in entries_by_exam.values() if all(paper.id not in result_of and last_day(paper) < day for paper in papers)
    ]


def _result_of(entry: ExamEntry, entries: Sequence[ExamEntry], results: Sequence[Assessment]) -> Assessment | None:
    own_results = [result for result in results if _is_of(result, entry, entries)]
    return max(own_results, key=lambda row: row.date or date.min) if own_results else None


def _is_of(result: Assessment, entry: ExamEntry, entries: Sequence[ExamEntry]) -> bool:
    rivals = [rival for rival in entries if _names(rival.qualification) == _names(entry.qualification)]
    return _is_named(result, entry) and _is_of_series(result, entry, rivals)


def unmatched_words(matching: ExamMatching) -> list[str]:
    """Sentences about what has no other half: exams that are over without a result, and results of exams without an entry."""
    open_entries, other_results = matching.without_result, matching.without_entry
    words = []
    if open_entries:
        names = [f"{entry.qualification} ({series_words(entry.series, entry.year)})" for entry in open_entries]
        words.append(_("No result is on file of {exams}.").format(exams=join_words(names)))
    if other_results:
        names = [_("{title}: {result}").format(title=result.title, result=result.result) for result in other_results]
        words.append(_("Under Assessments, without an entry here: {results}.").format(results="; ".join(names)))
    return words


def _names(qualification: str) -> tuple[str, str]:
    component, subject = parted(qualification)
    return fold(component or ""), fold(subject)


def _is_named(row: Assessment, entry: ExamEntry) -> bool:
    return (fold(row.component or ""), fold(row.subject)) == _names(entry.qualification)


def _is_of_series(row: Assessment, entry: ExamEntry, rivals: Sequence[ExamEntry]) -> bool:
    """Whether a result is that of the series of an entry: of its school year, and of those series begun by its date of the last."""
    if row.year not in _school_years(entry):
        return False
    begins: dict[tuple[str, int], date] = {}
    for rival in (entry, *(rival for rival in rivals if row.year in _school_years(rival))):
        series = (rival.series, rival.year)
        begins[series] = min(first_day(rival), begins.get(series, date.max))
    if row.date is None:
        return len(begins) == 1
    begun_series = [series for series, day in begins.items() if day <= row.date]
    return bool(begun_series) and max(begun_series, key=lambda series: begins[series]) == (entry.series, entry.year)
