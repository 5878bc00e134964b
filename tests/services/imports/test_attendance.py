"""Marks come in by file: the first word is an entry, another one an amendment, and none is lost."""

from datetime import date

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils import pupils
from tests.services.imports.made import ANN, as_office, counts, table, told

DAY = date(2026, 11, 23)
HEAD = "upn | date | session | code | minutes_late | note\n"


def _ann(desk: Desk) -> Pupil:
    stay = Enrolment(status="C", start_date=date(2024, 9, 2))
    return pupils.add_pupil(desk, Pupil(surname="Ash", forename="Ann", dob=date(2012, 1, 5), upn=ANN), stay)


def test_marks_come_in_and_say_where_they_came_from(desk: Desk) -> None:
    ann = _ann(desk)
    outcome = run_import(as_office(desk), "attendance", table(f"{HEAD}{ANN} | 23/11/2026 | am | L | 12 | Bus"))
    assert counts(outcome) == (1, 1, 0, 0, 0)
    (entry,) = register.entries(desk, ann.id, DAY, Session.AM)
    assert (entry.code, entry.minutes_late, entry.note, entry.source, entry.title) == ("L", 12, "Bus", "import", "Office")


def test_another_word_amends_and_an_empty_cell_leaves_what_is_held(desk: Desk) -> None:
    ann = _ann(desk)
    run_import(desk, "attendance", table(f"{HEAD}{ANN} | 23/11/2026 | AM | N | | Rang"))
    assert counts(run_import(desk, "attendance", table(f"{HEAD}{ANN} | 23/11/2026 | AM | I | |"), accept="mine")) == (1, 0, 0, 1, 0)
    changing = table(f"{HEAD}{ANN} | 23/11/2026 | AM | I | |")
    assert counts(run_import(desk, "attendance", changing)) == (1, 0, 1, 0, 0)
    first, second = register.entries(desk, ann.id, DAY, Session.AM)
    assert (first.code, second.code, second.note, second.reason) == ("N", "I", "Rang", "Read from a file")
    assert counts(run_import(desk, "attendance", changing)) == (1, 0, 0, 1, 0)


def test_a_mark_that_is_seen_waits_for_its_day_and_a_planned_one_does_not(desk: Desk) -> None:
    _ann(desk)
    outcome = run_import(desk, "attendance", table(f"{HEAD}{ANN} | 25/11/2026 | AM | / | |\n{ANN} | 25/11/2026 | PM | C2 | |"))
    assert counts(outcome) == (2, 1, 0, 0, 1)
    assert told(outcome) == {(2, "date", "future_date", "error")}


def test_a_day_after_every_known_school_year_is_refused(desk: Desk) -> None:
    _ann(desk)
    outcome = run_import(
        desk,
        "attendance",
        table(f"{HEAD}{ANN} | 03/09/2036 | AM | C2 | |\n{ANN} | 21/07/2027 | AM | C2 | |\n{ANN} | 03/09/2025 | AM | / | |"),
    )
    assert counts(outcome) == (3, 2, 0, 0, 1)
    assert told(outcome) == {(2, "date", "future_date", "error")}


def test_a_withdrawn_code_is_good_for_its_own_days(desk: Desk) -> None:
    _ann(desk)
    rows = f"{HEAD}{ANN} | 16/07/2024 | AM | H | |\n{ANN} | 02/09/2024 | AM | H | |"
    assert told(run_import(desk, "attendance", table(rows))) == {(3, "code", "retired_code", "error")}
