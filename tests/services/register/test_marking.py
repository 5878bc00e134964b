"""First entries go in; another word is an amendment that keeps the original, says why, and names who made it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session, totals_of
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register
from pupil_desk.store.file.errors import StoreFault
from tests.services.exports.made import Unit

TODAY = date(2026, 11, 24)
Marked = Callable[..., Mark]


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_a_first_entry_goes_in_and_is_seen(unit: Unit, una: Pupil, marked: Marked) -> None:
    news = register.mark(unit.as_role(Role.OFFICE), [marked(una, "L", minutes_late=12, note="Bus")])
    assert news.kinds == {"mark"}
    assert news.ids == {una.id}
    (row,) = register.view(unit.desk, TODAY, TODAY).rows
    assert (row.name, row.status) == ("Ash, Una", "C")
    cell = row.cells[TODAY, Session.AM]
    assert (cell.code, cell.amended, cell.is_planned, cell.late, cell.minutes_late, cell.note) == ("L", False, False, False, 12, "Bus")
    (entry,) = register.entries(unit.desk, una.id, TODAY, Session.AM)
    assert (entry.code, entry.reason, entry.name, entry.title) == ("L", "", "Colleague office", "Office")


def test_another_code_needs_a_reason_and_keeps_the_original(unit: Unit, una: Pupil, marked: Marked) -> None:
    register.mark(unit.desk, [marked(una, "N")])
    with pytest.raises(Refused) as refused:
        register.mark(unit.desk, [marked(una, "I")])
    assert codes_of(refused) == {"missing"}
    register.mark(unit.as_role(Role.OFFICE), [marked(una, "I")], reason="  The mother\n rang ")
    first, second = register.entries(unit.desk, una.id, TODAY, Session.AM)
    assert (first.code, first.name, first.title) == ("N", "Ann Officer", "Data officer")
    assert (second.code, second.reason, second.name, second.title) == ("I", "The mother rang", "Colleague office", "Office")
    (row,) = register.view(unit.desk, TODAY, TODAY).rows
    assert (row.cells[TODAY, Session.AM].code, row.cells[TODAY, Session.AM].amended) == ("I", True)


def test_the_same_word_again_changes_nothing_not_even_the_log(unit: Unit, una: Pupil, marked: Marked) -> None:
    register.mark(unit.desk, [marked(una, "L", minutes_late=5, note="Bus")])
    before = unit.log()
    assert not register.mark(unit.desk, [marked(una, "L")]).kinds
    assert unit.log() == before


def test_minutes_put_right_keep_the_note(unit: Unit, una: Pupil, marked: Marked) -> None:
    register.mark(unit.desk, [marked(una, "L", minutes_late=5, note="Bus")])
    register.mark(unit.desk, [marked(una, "L", minutes_late=15)], reason="Misread")
    last = register.entries(unit.desk, una.id, TODAY, Session.AM)[-1]
    assert (last.minutes_late, last.note) == (15, "Bus")


def test_what_is_seen_waits_for_its_session(unit: Unit, una: Pupil, marked: Marked) -> None:
    with pytest.raises(Refused) as refused:  # it is five past ten
        register.mark(unit.desk, [marked(una, "/"), marked(una, "\\", half="PM")])
    assert codes_of(refused) == {"future_date"}
    assert unit.count("mark") == 0


def test_a_planned_mark_is_confirmed_when_its_session_has_begun(unit: Unit, una: Pupil, marked: Marked) -> None:
    plan = marked(una, "C2", half="PM")
    register.mark(unit.desk, [plan])
    (row,) = register.view(unit.desk, TODAY, TODAY).rows
    assert row.cells[TODAY, Session.PM].is_planned
    register.mark(unit.desk, [plan])
    assert unit.count("mark_amendment") == 0
    afternoon = replace(unit.desk, clock=FixedClock(datetime(2026, 11, 24, 13, 30, tzinfo=UTC)))
    register.mark(afternoon, [plan])
    first, confirmed = register.entries(unit.desk, una.id, TODAY, Session.PM)
    assert (first.is_planned, confirmed.is_planned, confirmed.code, confirmed.reason) == (True, False, "C2", "Confirmed")


def test_a_session_filled_in_afterwards_says_so(unit: Unit, una: Pupil, marked: Marked) -> None:
    register.mark(unit.desk, [marked(una, "/", day=23)])
    monday = date(2026, 11, 23)
    (row,) = register.view(unit.desk, monday, monday).rows
    assert row.cells[monday, Session.AM].late


def test_no_mark_on_a_closed_day_or_before_the_pupil_came(unit: Unit, una: Pupil, marked: Marked) -> None:
    with pytest.raises(Refused) as refused:
        register.mark(unit.desk, [marked(una, "C2", day=27)])
    assert codes_of(refused) == {"closed"}
    with pytest.raises(Refused) as refused:
        register.mark(unit.desk, [Mark(pupil_id=una.id, day=date(2026, 7, 1), session=Session.AM, code="#")])
    assert codes_of(refused) == {"not_on_register"}


def test_marking_a_class_is_one_log_row_without_a_name(unit: Unit, marked: Marked) -> None:
    pupils = [unit.pupil(f"Ash{letter}", "Una", date(2012, 1, 5)) for letter in "abc"]
    before = len(unit.log())
    register.mark(unit.desk, [marked(pupil, "/") for pupil in pupils])
    assert unit.log()[before:] == [("edit-record", "", "3 entered, 0 amended, 0 confirmed")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mark SET code = '/'",
        "DELETE FROM mark",
        "INSERT OR REPLACE INTO mark SELECT pupil_id, day, session, '/', NULL, NULL, 0, entering FROM mark",
        "UPDATE mark_amendment SET reason = 'x'",
        "DELETE FROM mark_amendment",
        "INSERT OR REPLACE INTO mark_amendment SELECT pupil_id, day, session, number, '/', NULL, NULL, 0, 'x', entering FROM mark_amendment",
        "UPDATE entering SET name = 'Someone else'",
        "DELETE FROM entering",
        "INSERT OR REPLACE INTO entering SELECT id, at, \"by\", 'Someone else', title, source, act, marks FROM entering",
    ],
)
def test_the_file_itself_refuses_to_change_an_entry(unit: Unit, una: Pupil, marked: Marked, statement: str) -> None:
    register.mark(unit.desk, [marked(una, "N")])
    register.mark(unit.desk, [marked(una, "I")], reason="Rang")
    held = [tuple(row) for row in unit.desk.vault.rows("SELECT * FROM mark")]
    with pytest.raises(StoreFault, match="append-only"), unit.desk.vault.transaction():
        unit.desk.vault.execute(statement)
    assert [tuple(row) for row in unit.desk.vault.rows("SELECT * FROM mark")] == held


def test_an_erasure_order_lets_go_of_that_pupils_entries_alone(unit: Unit, una: Pupil, marked: Marked) -> None:
    other = unit.pupil("Birch", "Bo", date(2012, 1, 5))
    register.mark(unit.desk, [marked(una, "/"), marked(other, "/")])
    vault = unit.desk.vault
    with vault.transaction():
        vault.execute(
            "INSERT INTO erasure_order (id, pupil_id, opened_at, authority, opened_by) VALUES ('o', ?, 'now', 'a court', 'officer')",
            (una.id,),
        )
        vault.execute("DELETE FROM mark WHERE pupil_id = ?", (una.id,))
    with pytest.raises(StoreFault, match="append-only"), vault.transaction():
        vault.execute("DELETE FROM mark")
    assert unit.count("mark") == 1


_CODE = st.sampled_from(["/", "I", "N", "O", "D", "C2", "B", "Y1", "L"])
_WORD = st.tuples(st.sampled_from([16, 17, 18, 19]), st.sampled_from(list(Session)), _CODE)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(_WORD, min_size=1, max_size=25))
def test_no_series_of_amendments_loses_an_original_entry(unit: Unit, words: list[tuple[int, Session, str]]) -> None:
    una = unit.pupil("Ash", "Una", date(2012, 1, 5))  # a new one for each series
    said: dict[tuple[date, Session], list[str]] = {}
    for day, session, code in words:
        key = (date(2026, 11, day), session)
        register.mark(unit.desk, [Mark(pupil_id=una.id, day=key[0], session=session, code=code)], reason="Put right")
        entries = said.setdefault(key, [])
        if not entries or entries[-1] != code:
            entries.append(code)
    for (day, session), codes in said.items():
        assert [entry.code for entry in register.entries(unit.desk, una.id, day, session)] == codes
    found = {one.pupil.id: one for one in register.totals(unit.desk, date(2026, 11, 16), date(2026, 11, 19))}[una.id]
    right = totals_of([codes[-1] for codes in said.values()])
    assert (found.rows, found.possible, found.attended, found.authorised, found.unauthorised) == (
        right.rows,
        right.possible,
        right.attended,
        right.authorised,
        right.unauthorised,
    )


def test_what_is_planned_can_be_taken_out_until_its_session_begins_and_undone(unit: Unit, una: Pupil, marked: Marked) -> None:
    place = (una.id, date(2026, 11, 25), Session.AM)
    register.mark(unit.desk, [marked(una, "D", day=25)])
    assert register.take_out_planned(unit.as_role(Role.OFFICE), *place).kinds == {"mark"}
    (row,) = register.view(unit.desk, date(2026, 11, 25), date(2026, 11, 25)).rows
    assert (date(2026, 11, 25), Session.AM) not in row.cells
    planned, taken_out = register.entries(unit.desk, *place)
    assert (planned.code, taken_out.code, taken_out.reason, taken_out.name) == ("D", "", "Planned no longer", "Colleague office")
    with pytest.raises(Refused) as refused:
        register.take_out_planned(unit.desk, *place)
    assert codes_of(refused) == {"not_planned"}


def test_an_entry_of_a_session_that_has_begun_is_never_taken_out(unit: Unit, una: Pupil, marked: Marked) -> None:
    register.mark(unit.desk, [marked(una, "D")])
    with pytest.raises(Refused) as refused:
        register.take_out_planned(unit.desk, una.id, TODAY, Session.AM)
    assert codes_of(refused) == {"not_planned"}
    assert [entry.code for entry in register.entries(unit.desk, una.id, TODAY, Session.AM)] == ["D"]
