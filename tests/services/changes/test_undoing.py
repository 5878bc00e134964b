"""An act is undone by a further one: what still is as the act left it goes back, what is not is told, and nothing is lost."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.care.health import Dose, HealthItem, Medicine
from pupil_desk.domain.care.needs import CarePeriod, SenPeriod
from pupil_desk.domain.exams.exam import ResultsCollector
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Move, Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import changes, records, register, sheet
from pupil_desk.services.care import health, needs
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams import recording as exam_records
from pupil_desk.services.imports import run as imports
from pupil_desk.services.learning import assessments
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.transport import journeys
from pupil_desk.store.rows import several
from tests.services.exports.made import DAY, Unit, new_unit

BORN = date(2011, 2, 1)


@pytest.fixture
def ann(unit: Unit) -> Pupil:
    return unit.pupil("Hall", "Ann", BORN, town="Larkfield", sen_provision="K")


def last(desk: Desk) -> str:
    return changes.recent(desk, limit=1)[0].key


def now(unit: Unit, pupil: Pupil) -> Pupil:
    return pupils.record(unit.desk, pupil.id).pupil


def all_of(unit: Unit, pupil: Pupil) -> list[Any]:
    """Every record of a pupil that can be changed."""
    found: list[Any] = [now(unit, pupil)]
    for kind in sorted(several.CHANGING, key=lambda one: one.__name__):
        found += several.of_pupil(unit.desk.vault, kind, pupil.id)
    return found


def test_a_changed_value_goes_back_and_both_changes_stay_in_the_history(unit: Unit, ann: Pupil) -> None:
    pupils.save_pupil(unit.desk, dataclasses.replace(ann, town="Ware", email="ann@example.org"))
    undone = changes.undo(unit.desk, last(unit.desk))
    assert [(line.label, line.before, line.after) for line in undone.lines] == [
        ("Town", "Ware", "Larkfield"),
        ("E-mail", "ann@example.org", ""),
    ]
    assert undone.left == ()
    assert undone.changed.ids == {ann.id}
    assert now(unit, ann) == ann
    rows = unit.desk.vault.rows("SELECT item, old, new, source FROM amendment WHERE item = 'town' ORDER BY seq")
    assert [tuple(row) for row in rows] == [("town", "Larkfield", "Ware", "form"), ("town", "Ware", "Larkfield", "undo")]
    assert ("undo", ann.id, "2 changes") in unit.log()


def test_what_was_changed_since_stays_and_is_told(unit: Unit, ann: Pupil) -> None:
    pupils.save_pupil(unit.desk, dataclasses.replace(ann, town="Ware", email="ann@example.org"))
    act = last(unit.desk)
    pupils.save_pupil(unit.desk, dataclasses.replace(now(unit, ann), town="Hertford"))
    undone = changes.undo(unit.desk, act)
    assert [line.label for line in undone.lines] == ["E-mail"]
    assert [(left.pupil, left.label, left.reason) for left in undone.left] == [
        ("Hall, Ann", "Town", "Changed since; it says now: Hertford.")
    ]
    assert (now(unit, ann).town, now(unit, ann).email) == ("Hertford", None)


def test_what_is_found_by_follows(unit: Unit, ann: Pupil) -> None:
    pupils.save_pupil(unit.desk, dataclasses.replace(ann, surname="Quill"))
    changes.undo(unit.desk, last(unit.desk))
    assert [row[0] for row in pupils.listing(unit.desk, find="hall")] == [ann.id]
    assert [row[2] for row in pupils.listing(unit.desk)] == ["Hall"]


def test_a_rehearsal_says_the_same_and_changes_nothing(unit: Unit, ann: Pupil) -> None:
    contacts.add_contact(unit.desk, Contact(pupil_id=ann.id, surname="Hall", relationship="PAM"))
    records_then = all_of(unit, ann)
    before = unit.count("amendment"), unit.log()
    would = changes.would_undo(unit.desk, last(unit.desk))
    assert [(line.record, line.after) for line in would.lines] == [("Contact", "Taken away")]
    assert (unit.count("amendment"), unit.log()) == before
    assert all_of(unit, ann) == records_then
    assert changes.undo(unit.desk, last(unit.desk)).lines == would.lines


def test_an_addition_goes_and_an_undo_of_the_undo_brings_it_back_whole(unit: Unit, ann: Pupil) -> None:
    contact = contacts.add_contact(unit.desk, Contact(pupil_id=ann.id, surname="Hall", relationship="PAM", order=2, lives_with=False))
    changes.undo(unit.desk, last(unit.desk))
    assert pupils.record(unit.desk, ann.id).contacts == []
    changes.undo(unit.desk, last(unit.desk))
    assert pupils.record(unit.desk, ann.id).contacts == [contact]


def test_an_addition_changed_since_stays(unit: Unit, ann: Pupil) -> None:
    contact = contacts.add_contact(unit.desk, Contact(pupil_id=ann.id, surname="Hall", relationship="PAM"))
    act = last(unit.desk)
    contacts.save_contact(unit.desk, dataclasses.replace(contact, forename="Eve"))
    assert [left.reason for left in changes.undo(unit.desk, act).left] == ["It was changed since: forename."]
    changes.undo(unit.desk, changes.recent(unit.desk)[1].key if changes.recent(unit.desk)[0].key == act else last(unit.desk))
    assert [line.after for line in changes.undo(unit.desk, act).lines] == ["Taken away"]


def test_what_something_refers_to_stays(unit: Unit, ann: Pupil) -> None:
    health.add_medicine(unit.desk, Medicine(pupil_id=ann.id, name="Salbutamol", dose="2 puffs", taken="by-mouth", consented_by="Mother"))
    act = last(unit.desk)
    (medicine,) = several.of_pupil(unit.desk.vault, Medicine, ann.id)
    with unit.desk.vault.transaction():
        dose = Dose(
            id="d", pupil_id=ann.id, medicine_id=medicine.id, given_on=DAY, given_time="12:00", amount="2", given_by="Sam", was_given=True
        )
        several.add(unit.desk.vault, dose, at="2026-11-24", recorded_by=unit.desk.user.id)
    assert [left.reason for left in changes.undo(unit.desk, act).left] == ["Something else refers to it: dose."]


def test_a_pupil_and_a_stay_are_not_taken_from_the_register(unit: Unit, ann: Pupil) -> None:
    undone = changes.undo(unit.desk, last(unit.desk))
    assert undone.lines == ()
    assert [left.reason[:33] for left in undone.left] == ["A pupil who was added stays on fi"]
    pupils.add_stay(unit.desk, Enrolment(pupil_id=ann.id, status="G", start_date=date(2025, 9, 2), end_date=date(2025, 10, 1)))
    assert [left.reason[:35] for left in changes.undo(unit.desk, last(unit.desk)).left] == ["A stay stands in the admission regi"]


def test_what_would_be_against_the_rules_now_is_left_and_the_rest_goes_on(unit: Unit, ann: Pupil) -> None:
    upn = "Y919110026001"
    bea = unit.pupil("Quill", "Bea", BORN)
    pupils.save_pupil(unit.desk, dataclasses.replace(ann, upn=upn))
    pupils.save_pupil(unit.desk, dataclasses.replace(now(unit, ann), upn=None, town="Ware"))
    act = last(unit.desk)
    pupils.save_pupil(unit.desk, dataclasses.replace(bea, upn=upn))
    undone = changes.undo(unit.desk, act)
    assert {(left.label, left.reason) for left in undone.left} == {
        ("UPN", "Another pupil has this UPN now."),
        ("Town", "Another pupil has this UPN now."),
    }
    assert now(unit, ann).town == "Ware"


def test_what_no_page_would_keep_comes_back_by_no_undo(unit: Unit, ann: Pupil) -> None:
    """What one act said, and a later one rests upon: the days of a journey, and to whom an envelope with results may go."""
    desk = unit.desk
    exam_records.add_collector(desk, ResultsCollector(pupil_id=ann.id, series="summer", year=2026))
    (envelope,) = exam_records.of_pupil(desk, ann.id).collectors
    named = dataclasses.replace(envelope, collector="Jo Hart", named_on=date(2026, 8, 1))
    exam_records.save_collector(desk, named)
    naming = last(desk)
    exam_records.save_collector(desk, dataclasses.replace(named, handed_to="Jo Hart", handed_on=date(2026, 8, 20)))
    journeys.add(desk, Journey(pupil_id=ann.id, route="Route 3", start_date=date(2026, 12, 1), days="Mon-Fri", pick_up="The corner"))
    (ride,) = journeys.of_pupil(desk, ann.id)
    earlier = dataclasses.replace(ride, start_date=date(2026, 11, 1))
    journeys.save(desk, earlier)
    starting = last(desk)
    journeys.save(desk, dataclasses.replace(earlier, end_date=date(2026, 11, 15)))
    for act, reason in ((naming, "may be handed to Ann Hall, or to whom"), (starting, "The last day is before the first")):
        undone = changes.undo(desk, act)
        assert undone.lines == ()
        assert all(reason in left.reason for left in undone.left)
    assert exam_records.of_pupil(desk, ann.id).collectors[0].collector == "Jo Hart"
    assert journeys.of_pupil(desk, ann.id)[0].start_date == date(2026, 11, 1)


def test_a_further_period_goes_and_the_one_before_and_the_row_are_as_they_were(unit: Unit, ann: Pupil) -> None:
    before = all_of(unit, ann)
    needs.add_period(unit.desk, SenPeriod(pupil_id=ann.id, provision="E", start_date=DAY - timedelta(days=3)))
    assert now(unit, ann).sen_provision == "E"
    after = all_of(unit, ann)
    changes.undo(unit.desk, last(unit.desk))
    assert all_of(unit, ann) == before
    changes.undo(unit.desk, last(unit.desk))
    assert all_of(unit, ann) == after


def test_an_import_is_undone_over_all_its_pupils(unit: Unit, ann: Pupil) -> None:
    bea = unit.pupil("Quill", "Bea", BORN, town="Ware")
    text = "surname,forename,dob,town,sen_provision\nHall,Ann,2011-02-01,Coldharbour,E\nQuill,Bea,2011-02-01,Coldharbour,K\n"
    before = [all_of(unit, ann), all_of(unit, bea)]
    imports.run_import(unit.desk, "pupils", text.encode(), "pupils.csv")
    act = changes.recent(unit.desk, limit=1)[0]
    assert (act.source, act.subject) == ("import", "2 pupils")
    undone = changes.undo(unit.desk, act.key)
    assert undone.left == ()
    assert [all_of(unit, ann), all_of(unit, bea)] == before


def test_a_correction_of_an_assessment_is_corrected_back(unit: Unit, ann: Pupil) -> None:
    assessments.add(
        unit.desk,
        Assessment(pupil_id=ann.id, stage="KS4", subject="maths", method="TA", component="gcse", result="4", date=date(2026, 11, 6)),
    )
    (entry,) = assessments.current(unit.desk, ann.id)
    assessments.correct(unit.desk, dataclasses.replace(entry, result="5"))
    assert changes.undo(unit.desk, last(unit.desk)).left == ()
    assert [one.result for one in assessments.current(unit.desk, ann.id)] == ["4"]
    assert len(assessments.history(unit.desk, ann.id)) == 3
    changes.undo(unit.desk, last(unit.desk))
    assert [one.result for one in assessments.current(unit.desk, ann.id)] == ["5"]


def test_one_undoes_ones_own_and_a_senior_role_anothers(unit: Unit, ann: Pupil) -> None:
    office, head = unit.as_role(Role.OFFICE), unit.as_role(Role.ASSISTANT_HEAD)
    pupils.save_pupil(unit.desk, dataclasses.replace(ann, town="Ware"))
    act = last(unit.desk)
    assert changes.recent(office, limit=1)[0].why_not.startswith("Another person did this")
    for do in (changes.undo, changes.would_undo):
        with pytest.raises(NotAllowed):
            do(office, act)
    changes.undo(head, act)
    assert unit.log()[-1][0] == "undo-of-another"
    pupils.save_pupil(office, dataclasses.replace(now(unit, ann), town="Hertford"))
    changes.undo(office, last(office))
    assert now(unit, ann).town == "Larkfield"


def test_marks_are_told_and_amended_in_the_register(unit: Unit, ann: Pupil) -> None:
    register.mark(
        unit.desk,
        [
            Mark(pupil_id=ann.id, day=date(2026, 11, 23), session=session, code="/" if session is Session.AM else "\\")
            for session in Session
        ],
    )
    act = next(act for act in changes.recent(unit.desk) if act.kinds == ("mark",))
    assert act.summary == "2 marks entered in the register"
    assert act.why_not.startswith("A mark is never taken back.")
    with pytest.raises(WrongUse):
        changes.undo(unit.desk, act.key)


def test_only_some_records_of_an_act(unit: Unit, ann: Pupil) -> None:
    bea = unit.pupil("Quill", "Bea", BORN, town="Ware")
    imports.run_import(
        unit.desk, "pupils", b"surname,forename,dob,town\nHall,Ann,2011-02-01,Coldharbour\nQuill,Bea,2011-02-01,Coldharbour\n", "p.csv"
    )
    changes.undo(unit.desk, last(unit.desk), only=[bea.id])
    assert (now(unit, ann).town, now(unit, bea).town) == ("Coldharbour", "Ware")


def test_a_move_undone_takes_the_earlier_address_back_and_the_sheet_says_why(unit: Unit, ann: Pupil) -> None:
    pupils.save_pupil(unit.desk, dataclasses.replace(ann, town="Ware"), move=Move(DAY))
    assert [address.town for address in pupils.earlier_addresses(unit.desk, ann.id)] == ["Larkfield"]
    undone = changes.undo(unit.desk, last(unit.desk))
    assert now(unit, ann).town == "Larkfield"
    assert not undone.left
    assert pupils.earlier_addresses(unit.desk, ann.id) == []
    (told,) = next(section for section in sheet.everything(unit.desk, ann.id) if section.name == "former_addresses").entries
    assert told.facts[0][1:] == ("Taken back, and counts no more, because", "The move was undone", "The move was undone")


# -- any series of edits and undos

Edit = Callable[[Unit, Pupil, int], object]


def _town(unit: Unit, pupil: Pupil, number: int) -> object:
    return pupils.save_pupil(
        unit.desk, dataclasses.replace(now(unit, pupil), town=("Ware", None, "Hertford")[number % 3], email=f"a{number}@example.org")
    )


def _provision(unit: Unit, pupil: Pupil, number: int) -> object:
    return pupils.save_pupil(unit.desk, dataclasses.replace(now(unit, pupil), sen_provision=(None, "K", "E")[number % 3]))


def _contact(unit: Unit, pupil: Pupil, number: int) -> object:
    held = pupils.record(unit.desk, pupil.id).contacts
    if held and number % 2:
        return contacts.save_contact(
            unit.desk, dataclasses.replace(held[number % len(held)], forename=f"N{number}", lives_with=bool(number % 3))
        )
    return contacts.add_contact(unit.desk, Contact(pupil_id=pupil.id, surname=f"C{number}", relationship="PAM", order=number))


def _care(unit: Unit, pupil: Pupil, number: int) -> object:
    start = DAY - timedelta(days=30 + number)
    held = [row for row in several.of_pupil(unit.desk.vault, CarePeriod, pupil.id) if row.end_date is None]
    if held:
        row = held[0]
        end = max(row.start_date or start, DAY - timedelta(days=number))
        return needs.save_care(unit.desk, dataclasses.replace(row, end_date=end))
    taken = [row.end_date for row in several.of_pupil(unit.desk.vault, CarePeriod, pupil.id) if row.end_date]
    if taken:
        return _town(unit, pupil, number)
    return needs.add_care(unit.desk, CarePeriod(pupil_id=pupil.id, kind="LAC", authority="919", start_date=start))


def _health(unit: Unit, pupil: Pupil, number: int) -> object:
    return health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind="allergy", what=f"Nuts {number}"))


EDITS: tuple[Edit, ...] = (_town, _provision, _contact, _care, _health)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unit]:
    made = new_unit(Path(tmp_path_factory.mktemp("undoing")) / "unit" / "unit.pupildesk")
    yield made
    made.desk.vault.close()


def _history(unit: Unit) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in unit.desk.vault.rows("SELECT * FROM amendment ORDER BY seq")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(EDITS)), st.integers(0, 9)), min_size=1, max_size=8))
def test_no_series_of_edits_and_undos_loses_anything_and_the_last_act_undone_restores_the_record(
    shared: Unit, steps: list[tuple[int, int]]
) -> None:
    pupil = shared.pupil("Hall", "Ann", BORN, town="Larkfield")
    for which, number in steps:
        history, before, acts = _history(shared), all_of(shared, pupil), len(changes.recent(shared.desk, pupil_ids=[pupil.id]))
        if which < len(EDITS):
            EDITS[which](shared, pupil, number)
        else:
            mine = changes.recent(shared.desk, pupil_ids=[pupil.id])
            changes.undo(shared.desk, mine[number % len(mine)].key)
        assert _history(shared)[: len(history)] == history, "what was said is never lost"
        if len(changes.recent(shared.desk, pupil_ids=[pupil.id])) > acts:
            after = all_of(shared, pupil)
            assert changes.undo(shared.desk, last(shared.desk)).left == ()
            assert all_of(shared, pupil) == before, "the last act undone restores the record"
            changes.undo(shared.desk, last(shared.desk))
            assert all_of(shared, pupil) == after, "and an undo is undone alike"
    assert records.get(shared.desk.vault, "pupil", pupil.id) is not None


@pytest.mark.parametrize("only", [(), ("nobody",)])
def test_asked_to_undo_nothing_of_an_act_it_says_so(unit: Unit, ann: Pupil, only: tuple[str, ...]) -> None:
    pupils.save_pupil(unit.desk, dataclasses.replace(ann, town="Ware"))
    with pytest.raises(WrongUse, match="None of the records"):
        changes.undo(unit.desk, last(unit.desk), only=only)
    assert now(unit, ann).town == "Ware"
