"""The result of an exam entry: it is kept among the assessments, begun there from the entry, and found again by what it was begun with."""

from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold
from pupil_desk.domain.exams.exam import ExamEntry
from pupil_desk.domain.learning.assessment import RESULT
from pupil_desk.services.desk import Desk
from pupil_desk.services.learning import assessments
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several

FROM_EXAM = "exam:"
"""Before the id of an entry in a place: the result of that entry is to be entered."""


def begun_from(desk: Desk, entry_id: str) -> dict[str, Any]:
    """What a result takes over from its entry; nothing where there is no such entry. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    entry = several.get(desk.vault, ExamEntry, entry_id)
    return _taken_over(entry) if entry is not None else {}


def _taken_over(entry: ExamEntry) -> dict[str, Any]:
    """A qualification that begins with the name of a component, such as GCSE, is told apart into that and the subject."""
    first, _space, remainder = entry.qualification.partition(" ")
    component = codelist("assessment_component").get(first.upper()) if remainder else None
    subject = remainder if component is not None else entry.qualification
    code = codelist("assessment_subject").match(subject)
    return {
        "stage": "KS4" if component is not None else None,
        "subject": code.code if code is not None else subject,
        "component": component.code if component is not None else None,
        "year": entry.year,
        "date": None,
        "method": "TT",
        "status": RESULT,
    }


def result_on_file(desk: Desk, entry: ExamEntry) -> str:
    """The result that counts of what was entered for, such as «5»; empty where none is on file. Raises NotAllowed."""
    begun_values = _taken_over(entry)
    for history_entry in assessments.history(desk, entry.pupil_id):
        row = history_entry.record
        is_of_entry = (row.status, row.year, fold(row.component or "")) == (RESULT, entry.year, fold(begun_values["component"] or ""))
        if history_entry.current and is_of_entry and fold(row.subject) == fold(begun_values["subject"]):
            return row.result
    return ""
