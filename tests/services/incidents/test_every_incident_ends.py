"""Whatever is done about an incident, and in whatever order: it leaves Home when each parent was told of the account as it is signed, or it is withheld
with a reason, and the authority was told where nobody else can be; and not before. Reckoned a second time, from the rows in the file."""

import contextlib
import dataclasses
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import Known
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.incidents.incident import IncidentEvent, IncidentEventKind
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.home import home
from pupil_desk.services.incidents import recording
from tests.services.exports.made import DAY, Unit
from tests.services.incidents.test_recording import entries_of

TOLD = ("day", "time", "place", "account", "led_to_it", "tried", "force", "seclusion", "restraint", "search", "force_kind", "force_degree", "began",
        "minutes", "force_minutes", "seclusion_minutes", "restraint_minutes", "search_for", "search_by", "search_found", "necessary", "injury", "first_aid", "support")  # fmt: skip
"""What a report tells a parent, as a person would write it down."""


def last(unit: Unit, entry_id: str, kind: str, contact_id: str | None = None) -> Any | None:
    """The row that stands of that kind, unless it was taken back."""
    rows = unit.desk.vault.rows(
        "SELECT * FROM incident_event WHERE entry_id = ? AND kind = ? AND contact_id IS ? ORDER BY seq DESC LIMIT 1", (entry_id, kind, contact_id)
    )  # fmt: skip
    return rows[0] if rows and rows[0]["done"] else None


def has_ended(unit: Unit, entry_id: str, parents: list[Contact]) -> bool:
    """By the rows alone."""
    rows = unit.desk.vault.rows("SELECT * FROM incident WHERE entry_id = ? ORDER BY seq", (entry_id,))
    wordings, now = {row["id"]: row for row in rows}, rows[-1]
    names = [name for name in now.keys() if name not in ("id", "seq", "at", "recorded_by", "act")]  # noqa: SIM118 - a row is no mapping
    signed = last(unit, entry_id, "signed")
    if signed is None or not signed["who"] or [wordings[signed["wording"]][name] for name in names] != [now[name] for name in names]:
        return False
    if not all(last(unit, entry_id, kind) for kind in ("debrief-pupil", "debrief-staff")):
        return False
    withheld = 0
    for parent in parents:
        report, kept_back = (last(unit, entry_id, kind, parent.id) for kind in ("reported", "withheld"))
        if kept_back is not None:  # whatever was told before, from then on nothing is
            if not (kept_back["who"] and kept_back["note"]):
                return False
            withheld += 1
        elif report is None or any(wordings[report["wording"]][name] != now[name] for name in TOLD):
            return False
    return withheld < len(parents) or last(unit, entry_id, "told-authority") is not None


def family(unit: Unit, number: int, pick: random.Random) -> tuple[Pupil, list[Contact]]:
    """A pupil with up to three parents."""
    pupil = unit.pupil(f"Quill{number}", "Bea", date(2012, 5, 6))
    names = ("Ada", "Ned", "Una")[: pick.choice((0, 1, 1, 2, 2, 3))]
    return pupil, [unit.contact(pupil, pupil.surname, forename=name, parental_responsibility=True) for name in names]


def something(unit: Unit, entry_id: str, parents: list[Contact], pick: random.Random) -> None:
    """One thing done about it, often what is refused."""
    case = next(case for case in recording.of_pupil(unit.desk, _owner(unit, entry_id)) if case.now.entry_id == entry_id)
    if pick.random() < 0.05:
        changed: dict[str, Any] = pick.choice(({"account": f"It went on {pick.randrange(3)}."}, {"needs": pick.choice(("ADHD", "None known"))}, {"injury": None}, {"injury": "None"}))  # fmt: skip
        recording.amend(unit.desk, [dataclasses.replace(case.now, **changed)])
        return
    kind = pick.choice([*IncidentEventKind, IncidentEventKind.REPORTED, IncidentEventKind.SIGNED])
    whom = pick.choice(parents).id if parents and kind in ("reported", "withheld") else None
    event = IncidentEvent(
        entry_id=entry_id, pupil_id=case.now.pupil_id, kind=kind, on=DAY, contact_id=whom, done=pick.random() > 0.04,
        who=pick.choice(("Jo Marsh", "Jo Marsh", "Jo Marsh", None)), note=pick.choice(("Said so.", "Said so.", "Said so.", None)), way=pick.choice(("hand", "hand", None)),
    )  # fmt: skip
    recording.record(unit.desk, [event])


def _owner(unit: Unit, entry_id: str) -> str:
    row = unit.desk.vault.first_row("SELECT pupil_id FROM incident WHERE entry_id = ?", (entry_id,))
    assert row is not None
    return str(row["pupil_id"])


def on_home(unit: Unit, pupil: Pupil, *, days: int = 0) -> list[bool]:
    """Whether each line of Home about a pupil's incident is late, so many days on."""
    desk = dataclasses.replace(unit.desk, clock=FixedClock(datetime(2026, 11, 24, 15, tzinfo=UTC) + timedelta(days=days)))
    return [line.late for line in home.tasks(desk).incidents if line.name == pupil.full_name]


@pytest.mark.parametrize("number", [10, pytest.param(100, marks=pytest.mark.torture)])
def test_it_leaves_home_when_everybody_was_told_or_withheld_from_with_a_reason_and_not_before(unit: Unit, number: int) -> None:
    pick, ended = random.Random(18), 0
    for place in range(number):
        pupil, parents = family(unit, place, pick)
        recording.enter(unit.desk, entries_of([pupil]))
        (case,) = recording.of_pupil(unit.desk, pupil.id)
        before = False
        for _step in range(pick.randrange(120)):
            with contextlib.suppress(Known, Refused):
                something(unit, case.now.entry_id, parents, pick)
            over = has_ended(unit, case.now.entry_id, parents)
            if over != before or pick.random() < 0.15:
                assert bool(on_home(unit, pupil)) is not over
            before = over
        ended += before
        assert any(on_home(unit, pupil, days=40)) is not before, "what is not done in its time is on Home as late"
    assert number / 5 < ended < number
