"""Each kind of record is among what an office does in any order, and whatever is kept of one can be taken back: a new kind that is not is named here."""

import contextlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics.errors import Known
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.services import changes, records
from pupil_desk.store.rows import several
from tests.rules.test_sections import tables_with_pupils
from tests.services.exports.made import Unit, new_unit
from tests.services.office import ACTS, Office


@cache
def every() -> frozenset[str]:
    """Every table that has a pupil's data; a kind of record has a table of its name."""
    return tables_with_pupils() | set(RECORDS)


ELSEWHERE = frozenset(
    {
        "wish_step", "notice_issue", "notice_acknowledgement", "care_period", "disability", "health_none", "details_check", "timetable", "suspension",
        "suspension_session", "suspension_event", "learning", "destination", "not_taken", "school_attended", "attendance_total", "letter_sent",
        "paper_form", "report_comment", "pack_made", "legal_hold", "request_case", "request_event", "request_letter", "consent_event",
        "consent_competence", "consent_invitation",
        "assessment_withdrawal", "choice_reversal", "consent_reversal", "disclosure_strike", "draft", "erasure_order", "erasure_step", "export_row",
        "notice_acknowledgement_reversal", "notice_copy", "notice_issue_reversal", "pack_dropped", "pack_mark", "pack_sealed", "pack_section",
        "paper_form_asked", "paper_form_page", "paper_form_step", "protection_lift", "pupil_mistaken", "returned", "scan_page",
    }
)  # fmt: skip
"""Tables that the office of these tests does not fill: each has orders of its own in the tests of its subject. None is added to them."""
MOST_ROUNDS = 15
"""Of all acts: what is done is drawn, so that two or three are enough, and now and then a few more."""
STAYS = frozenset({"pupil", "enrolment", "attachment"})
"""What is changed back and never taken away by undoing: who came, when, and a paper, which is set aside."""
CORRECTED = frozenset(records.kinds()) - ELSEWHERE - STAYS
CHANGED = frozenset({"pupil", "contact", "accident", "exam_entry", "school_place", "journey"})
"""Those of which the office changes one that stands."""
TAKEN_BACK: Mapping[str, str] = {
    "protection": "pupils.protections.lift_protection", "choice": "sharing.sharing.take_back", "wish_step": "sharing.wishes.take_back",
    "notice_issue": "notices.families.take_given_back", "notice_acknowledgement": "notices.families.take_back",
    "dose": "care.dose_log.give_dose", "assessment": "learning.assessments.withdraw", "mark": "register.taking_back.undo_marks",
    "absence_step": "register.absence_steps.take_back", "leave_request": "leave.recording.strike", "suspension": "suspensions.decisions.undo",
    "suspension_session": "suspensions.decisions.undo", "suspension_event": "suspensions.decisions.correct",
    "incident": "incidents.recording.undo", "incident_event": "incidents.recording.record",
    "plan": "plans.recording.undo", "plan_step": "plans.recording.take_back", "safeguarding_entry": "safeguarding.writing.strike",
    "former_address": "changes.undo", "note": "notes.notes.strike", "letter_sent": "", "paper_form": "",
    "target_review": "learning.reviews.strike", "report_comment": "learning.reviews.strike", "pack": "packs.deciding.drop", "pack_made": "",
    "legal_hold": "holds.lift", "request_case": "requests.receiving.correct", "request_event": "requests.handling.take_back", "request_letter": "",
    "consent_event": "consents.recording.take_back", "consent_competence": "consents.recording.find", "consent_invitation": "consents.occasions.take_off",
}  # fmt: skip
"""By kind that only grows: what of the services takes one back. Empty: it says that something left the house, which nothing undoes."""


@dataclass
class Done:
    """What a run of all acts came to, by kind."""

    entered: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)
    changed_back: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """Every act some times over; each that can be undone is undone, and done again."""
    unit = new_unit(Path(tmp_path_factory.mktemp("kinds")) / "unit" / "unit.pupildesk")
    office, so_far = Office(unit, random.Random(5)), Done()
    acts = [act for act in ACTS if act not in ("erase", "other_colleague", "take_pupil_away", "undo")]
    for act in ("add_pupil", *(act for _round in range(MOST_ROUNDS) for act in acts)):
        if so_far.entered >= every() - ELSEWHERE and so_far.undone >= CORRECTED and so_far.changed_back >= CHANGED:
            break
        before, earlier = held(unit), {one.key for one in changes.recent(unit.desk, limit=6)}
        with contextlib.suppress(Known, Refused):
            getattr(office, act)()
        so_far.entered |= {name for name in every() - so_far.entered if unit.count(name)}
        new = [one for one in changes.recent(unit.desk, limit=3) if one.key not in earlier]
        if len(new) == 1 and not new[0].why_not:
            kinds, after = undone(unit, new[0].key, before), held(unit)
            so_far.undone |= kinds
            so_far.changed_back |= {kind for kind in kinds if len(after[kind]) == len(before[kind])}
    yield so_far
    unit.desk.vault.close()


def held(unit: Unit) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in each table that is corrected; of merged records whose it is, for what is put back goes to the one that is kept."""
    kept = {row["id"]: row["same_as"] or row["id"] for row in unit.desk.vault.rows("SELECT id, same_as FROM pupil")}
    tables = ["pupil", *(several.TABLES[kind] for kind in several.CHANGING)]
    rows = {name: unit.desk.vault.rows(f'SELECT * FROM "{name}" ORDER BY id') for name in tables}
    return {name: [tuple(kept.get(value, value) for value in row) if name != "pupil" else tuple(row) for row in of_table] for name, of_table in rows.items()}  # fmt: skip


def undone(unit: Unit, key: str, before: dict[str, list[tuple[Any, ...]]]) -> set[str]:
    """The kinds of which an act was undone whole, and done again; it is left done. None where something stays, which is told."""
    after = held(unit)
    if changes.would_undo(unit.desk, key).left:
        return set()
    again = changes.undo(unit.desk, key).act
    assert held(unit) == before, changes.of_act(unit.desk, key)
    if changes.undo(unit.desk, again).left:
        return set()
    assert held(unit) == after
    return {kind for kind in before if before[kind] != after[kind]}


def test_each_kind_of_record_is_entered_in_the_odd_orders(done: Done) -> None:
    missing = every() - ELSEWHERE - done.entered
    assert not missing, f"{sorted(missing)}: let an act of tests/services/office.py or office_week.py enter one"
    assert every() >= ELSEWHERE


def test_what_is_entered_of_each_kind_that_is_corrected_is_undone_and_done_again(done: Done) -> None:
    assert not CORRECTED - done.undone, sorted(CORRECTED - done.undone)
    assert not CHANGED - done.changed_back, sorted(CHANGED - done.changed_back)


def test_each_kind_that_only_grows_has_something_that_takes_one_back() -> None:
    assert set(TAKEN_BACK) == set(RECORDS) - set(records.kinds()), (
        "say in TAKEN_BACK what of the services takes back one entered by mistake"
    )
    for kind, place in TAKEN_BACK.items():
        module, _dot, function = place.rpartition(".")
        assert not place or callable(getattr(import_module(f"pupil_desk.services.{module}"), function)), kind
