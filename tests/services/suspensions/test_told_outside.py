"""A step that says that somebody outside the unit was told of a suspension is in the log of disclosures, and goes with the step."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionEvent, SuspensionEventKind
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import by_hand, statement_lines, told
from pupil_desk.services.disclosures.told import Days
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.unit import settings
from tests.services.exports.made import DAY, Unit

LAW = "A law demands it: Article 6(1)(c). Education Act 2002, section 51A, and SI 2012/1033"
KINDS = {  # as the log calls them where the notice names none of that kind
    SuspensionEventKind.TOLD_LA: "Local authority",
    SuspensionEventKind.TOLD_SOCIAL_WORKER: "Social worker",
    SuspensionEventKind.TOLD_VIRTUAL_HEAD: "Virtual school head",
}


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    made = unit.pupil("Quill", "Bea", date(2012, 5, 6), looked_after=True)
    decisions.decide(unit.desk, Suspension(pupil_id=made.id, category="SUSP", start=DAY, session="PM", sessions=4, reason_1="DB"))
    return made


def set_to(unit: Unit, **items: str) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, **items))  # type: ignore[arg-type]


def tick(desk: Desk, pupil: Pupil, kind: SuspensionEventKind, *, done: bool = True) -> None:
    (case,) = decisions.overview(desk, pupil.id).cases
    decisions.record_event(
        desk, SuspensionEvent(pupil_id=pupil.id, decision=case.suspension.decision, kind=kind, on=date(2026, 11, 23), done=done)
    )


def log(unit: Unit, pupil: Pupil) -> list[told.LoggedDisclosure]:
    return list(reversed(told.log(unit.desk, pupil_id=pupil.id)))


def test_each_of_the_three_writes_its_line_on_the_law_that_has_it_told(unit: Unit, pupil: Pupil) -> None:
    office = unit.as_role(Role.OFFICE)
    for kind in KINDS:
        tick(office, pupil, kind)
    lines = log(unit, pupil)
    assert [line.recipient for line in lines] == list(KINDS.values())
    for line in lines:
        assert (line.way, line.day, line.law, line.may_know) == ("Not recorded how", date(2026, 11, 23), LAW, True)
        assert line.fields == ("name and date of birth", "suspensions and exclusions")
        assert line.told_by_id == office.user.id


def test_whom_the_notice_names_is_told_by_that_name(unit: Unit, pupil: Pupil) -> None:
    set_to(unit, told_social_care="Larkfield social care", told_virtual_school="Larkfield virtual school")
    for kind in KINDS:
        tick(unit.desk, pupil, kind)
    labels = [register()[name].label for name in ("authority", "social-care", "virtual-school")]
    assert [line.recipient for line in log(unit, pupil)] == labels


def test_the_statement_for_the_family_tells_all_three(unit: Unit, pupil: Pupil) -> None:
    for kind in KINDS:
        tick(unit.desk, pupil, kind)
    found = statement_lines.from_log(unit.desk, pupil.id, Days(DAY.replace(month=1), DAY))
    assert {line.kind for line in found.told} == set(KINDS.values())
    assert (found.rows, found.undecided, found.kept_back) == (3, 0, 0)


def test_with_the_step_its_line_is_taken_back_and_stays_to_be_seen(unit: Unit, pupil: Pupil) -> None:
    tick(unit.desk, pupil, SuspensionEventKind.TOLD_LA)
    tick(unit.desk, pupil, SuspensionEventKind.TOLD_LA, done=False)
    (line,) = log(unit, pupil)
    assert line.struck == "The step of the suspension was taken back"
    tick(unit.desk, pupil, SuspensionEventKind.TOLD_LA)
    assert [bool(line.struck) for line in log(unit, pupil)] == [True, False]


def test_a_line_struck_out_by_hand_is_not_struck_out_again(unit: Unit, pupil: Pupil) -> None:
    tick(unit.desk, pupil, SuspensionEventKind.TOLD_LA)
    by_hand.strike(unit.desk, log(unit, pupil)[0].seq, "Of another pupil")
    tick(unit.desk, pupil, SuspensionEventKind.TOLD_LA, done=False)
    assert [line.struck for line in log(unit, pupil)] == ["Of another pupil"]


@pytest.mark.parametrize(
    "kind", [SuspensionEventKind.TOLD_PARENTS, SuspensionEventKind.LETTER, SuspensionEventKind.TOLD_BOARD, SuspensionEventKind.DAY_SIX]
)
def test_what_stays_with_the_family_and_the_unit_is_no_disclosure(unit: Unit, pupil: Pupil, kind: SuspensionEventKind) -> None:
    tick(unit.desk, pupil, kind)
    assert log(unit, pupil) == []


def test_a_unit_that_the_law_does_not_cover_tells_whom_its_notice_names_and_nobody_else(unit: Unit, pupil: Pupil) -> None:
    set_to(unit, kind="independent-ap")
    with pytest.raises(WrongUse, match="Settings"):
        tick(unit.desk, pupil, SuspensionEventKind.TOLD_LA)
    assert decisions.overview(unit.desk, pupil.id).cases[0].step(SuspensionEventKind.TOLD_LA) is None
    set_to(unit, told_schools="Larkfield High")
    tick(unit.desk, pupil, SuspensionEventKind.TOLD_LA)
    (line,) = log(unit, pupil)
    assert (line.recipient, line.law) == (register()["main-school"].label, register()["main-school"].law)
