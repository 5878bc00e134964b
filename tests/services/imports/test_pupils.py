"""Rows of pupils: how each finds its pupil, and what is then kept.

The enrolment columns: what they make of a new pupil's stay, and of the stays on file.
"""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pupil_desk.basics.text import tidy
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.cells.stay_columns import first_stay, stay_of_row
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.proposal import pick
from pupil_desk.services.imports.run import keep, propose, run_import
from pupil_desk.store.rows import amendments
from pupil_desk.store.tables import enrolments, pupils
from tests.services.imports.made import ANN, BEN, CAT, OTHER_TEMPORARY, TEMPORARY, counts, csv_of, errors, table, told


def bring(desk: Desk, text: str, **how: object) -> Outcome:
    return run_import(desk, "pupils", table(text), **how)  # type: ignore[arg-type]


def only(desk: Desk) -> Pupil:
    (pupil,) = pupils.all_pupils(desk.vault)
    return pupil


def test_a_new_pupil_is_kept_whole(desk: Desk) -> None:
    outcome = bring(
        desk,
        f"""surname|forename|dob|upn|sex|postcode|looked_after|year_group|enrolment_status|start_date|main_school
            Hall|Ann|27 Mar 2012|{ANN.lower()}|female|al282qn|no|9.0|S|2/9/26|9194001""",
    )
    assert counts(outcome) == (1, 1, 0, 0, 0)
    pupil = only(desk)
    assert (pupil.upn, pupil.dob, pupil.sex, pupil.postcode) == (ANN, date(2012, 3, 27), "F", "AL28 2QN")
    assert (pupil.looked_after, pupil.year_group, pupil.ref) == (False, "9", "P0001")
    (stay,) = enrolments.of_pupil(desk.vault, pupil.id)
    assert (stay.status, stay.start_date, stay.main_school) == ("S", date(2026, 9, 2), "919/4001")
    assert pupils.rows_for_list(desk.vault, desk.today, find="hal")[0][0] == pupil.id


def test_each_new_pupil_has_a_reference_of_its_own(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{ANN}\nHall||1/2/2012|\nIvy|Ben|1/2/2012|{BEN}")
    bring(desk, f"surname|forename|dob|upn\nJay|Cat|1/2/2012|{CAT}")
    assert sorted(pupil.ref for pupil in pupils.all_pupils(desk.vault)) == ["P0001", "P0002", "P0003"]


def test_a_changed_cell_is_kept_with_what_it_was_and_an_empty_one_leaves_what_is_held(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn|town|phone\nHall|Ann|1/2/2012|{ANN}|Larkfield|01632 960201")
    outcome = bring(desk, f"surname|forename|dob|upn|town|phone\nHall|Anne|1/2/2012|{ANN}|  |01632 960999")
    assert counts(outcome) == (1, 0, 1, 0, 0)
    assert (only(desk).forename, only(desk).town, only(desk).phone) == ("Anne", "Larkfield", "01632 960999")
    kept = [(row["item"], row["old"], row["new"], row["source"]) for row in amendments.of_pupil(desk.vault, only(desk).id) if row["item"]]
    assert kept == [("forename", "Ann", "Anne", "import"), ("phone", "01632 960201", "01632 960999", "import")]


def test_mine_leaves_a_held_pupil_as_it_is_and_still_adds_new_ones(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn|town\nHall|Ann|1/2/2012|{ANN}|Larkfield")
    rows = f"surname|forename|dob|upn|town\nHall|Ann|1/2/2012|{ANN}|Coldharbour\nIvy|Ben|1/2/2012|{BEN}|Coldharbour"
    assert counts(bring(desk, rows, accept="mine")) == (2, 1, 0, 1, 0)
    assert {pupil.town for pupil in pupils.all_pupils(desk.vault)} == {"Larkfield", "Coldharbour"}


HELD_AND_ROW = {
    "a temporary number that the file replaces": (TEMPORARY, "", "hall", ANN, "", (ANN, TEMPORARY), "changed"),
    "one temporary number after another": (TEMPORARY, "", "Hall", OTHER_TEMPORARY, "", (OTHER_TEMPORARY, TEMPORARY), "changed"),
    "no number, and the file has one": ("", "", "HALL", ANN, "", (ANN, None), "changed"),
    "no number on either side": ("", "", "Hall", "", "", (None, None), "unchanged"),
    "a temporary number, the file has none": (TEMPORARY, "", "Hall", "", "", (TEMPORARY, None), "unchanged"),
    "the file knows the former number alone": (ANN, TEMPORARY, "Hall", TEMPORARY, "", (ANN, TEMPORARY), "unchanged"),
    "the file names the held number as the former": (TEMPORARY, "", "Newname", ANN, TEMPORARY, (ANN, TEMPORARY), "changed"),
}


@pytest.mark.parametrize(("upn", "former", "surname", "told_upn", "told_former", "then", "fate"), HELD_AND_ROW.values(), ids=HELD_AND_ROW)
def test_a_row_finds_its_pupil(
    desk: Desk, upn: str, former: str, surname: str, told_upn: str, told_former: str, then: tuple[str | None, str | None], fate: str
) -> None:
    bring(desk, f"surname|forename|dob|upn|former_upn\nHall|Ann|1/2/2012|{upn}|{former}")
    outcome = bring(desk, f"surname|forename|dob|upn|former_upn\n{surname}|Ann|1/2/2012|{told_upn}|{told_former}")
    assert getattr(outcome, fate) == 1
    assert (only(desk).upn, only(desk).former_upn) == then


def test_a_lasting_number_is_never_replaced_by_name_alone(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{ANN}")
    outcome = bring(desk, f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{BEN}\nHall|Ann|3/2/2012|{CAT}")
    assert counts(outcome) == (2, 2, 0, 0, 0)
    assert told(outcome) == {(2, "upn", "same_name", "warning")}
    assert {pupil.upn for pupil in pupils.all_pupils(desk.vault)} == {ANN, BEN, CAT}


def test_another_name_and_birthday_under_a_number_is_shown_and_warned_of(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{ANN}")
    outcome = bring(desk, f"surname|forename|dob|upn\nIvy|Ben|3/4/2013|{ANN}", dry_run=True)
    assert counts(outcome) == (1, 0, 1, 0, 0)
    assert told(outcome) == {(2, "upn", "name_differs", "warning")}


def test_a_starting_day_that_is_kept_stays_unless_a_person_takes_that_of_the_file(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn|start_date\nHall|Ann|1/2/2012|{ANN}|5/1/2026")
    other = table(f"surname|forename|dob|upn|start_date\nHall|Ann|1/2/2012|{ANN}|2/9/2026")
    outcome = run_import(desk, "pupils", other)
    assert (counts(outcome), told(outcome)) == ((1, 0, 0, 1, 0), {(2, "start_date", "other_start", "warning")})
    keep(desk, pick(propose(desk, "pupils", other), 2, "start_date", "theirs"))
    assert [stay.start_date for stay in enrolments.of_pupil(desk.vault, only(desk).id)] == [date(2026, 9, 2)]


def test_a_pupil_without_a_number_is_warned_of(desk: Desk) -> None:
    outcome = bring(desk, "surname|forename|dob\nHall|Ann|1/2/2012")
    assert counts(outcome) == (1, 1, 0, 0, 0)
    assert told(outcome) == {(2, "upn", "no_upn", "warning")}
    assert outcome.status == 0


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("dob", "Mar-07", "bad_date"),
        ("dob", "3/31/2012", "bad_date"),
        ("dob", "25/11/2026", "future_date"),
        ("upn", "X919110026001", "bad_upn_letter"),
        ("upn", "Y9191100", "bad_upn_format"),
        ("uln", "6.65E+09", "bad_uln"),
        ("postcode", "nowhere", "bad_postcode"),
        ("sex", "Z", "unknown_code"),
        ("sen_provision", "S", "retired_code"),
        ("looked_after", "perhaps", "unknown_code"),
        ("forename", "x" * 101, "too_long"),
        ("medical", "x" * 4001, "too_long"),
        ("forename", "A\x00nn", "bad_text"),
        ("surname", " ", "missing"),
        ("end_date", "1/9/2025", "bad_date"),
    ],
)
def test_a_row_with_an_error_is_refused_and_the_others_go_in(desk: Desk, column: str, text: str, code: str) -> None:
    good = {"surname": "Hall", "forename": "Ann", "dob": "1/2/2012", "upn": ANN, "start_date": "2/9/2026", column: ""}
    other = {"surname": "Ivy", "forename": "Ben", "dob": "1/2/2012", "upn": BEN, "start_date": "2/9/2026"}
    rows = [list(good), list({**good, column: text}.values()), [other.get(name, "") for name in good]]
    outcome = run_import(desk, "pupils", csv_of(*rows))
    assert errors(outcome) == {(2, column, code)}
    assert (outcome.read, outcome.added, outcome.refused, outcome.status) == (2, 1, 1, 1)
    assert only(desk).upn == BEN


def test_twice_the_same_passes_and_twice_unlike_is_refused(desk: Desk) -> None:
    outcome = bring(
        desk,
        f"""surname|forename|dob|upn|town
            Hall|Ann|1/2/2012|{ANN}|Larkfield
            Hall  |Ann|2012-02-01|{ANN.lower()}|Larkfield
            Hall|Ann|1/2/2012|{ANN}|Coldharbour
            Ivy|Ben|1/2/2012||
            ivy|ben|1/2/2012|{BEN}|""",
    )
    assert counts(outcome) == (5, 2, 0, 1, 2)
    assert {p for p in told(outcome) if p[2] == "duplicate_in_file"} == {
        (3, "", "duplicate_in_file", "warning"),
        (4, "", "duplicate_in_file", "error"),
        (6, "", "duplicate_in_file", "error"),
    }


def test_a_refused_row_is_no_first_telling(desk: Desk) -> None:
    outcome = bring(desk, f"surname|forename|dob|upn\nHall|Ann|31/2/2012|{ANN}\nHall|Ann|1/2/2012|{ANN}")
    assert counts(outcome) == (2, 1, 0, 0, 1)


def test_a_lost_letter_and_a_lost_nought_are_warned_of_and_kept_as_they_came(desk: Desk) -> None:
    outcome = bring(desk, f"surname|forename|dob|upn|phone\n?aszkiewicz|Ann|1/2/2012|{ANN}|1632960201")
    assert told(outcome) == {(2, "surname", "lost_letter", "warning"), (2, "phone", "lost_zero", "warning")}
    assert (only(desk).surname, only(desk).phone) == ("?aszkiewicz", "1632960201")


def test_what_only_lost_something_on_the_way_does_not_replace_what_is_held(desk: Desk) -> None:
    head = "surname|forename|dob|upn|phone|town\n"
    bring(desk, f"{head}Łaszkiewicz|Zoë|1/2/2012|{ANN}|01632 960201|Who? Where")
    outcome = bring(desk, f"{head}?aszkiewicz|Zo?|1/2/2012|{ANN}|1632960201|Who? Where")
    assert counts(outcome) == (1, 0, 0, 1, 0)
    assert {p[2] for p in told(outcome)} == {"lost_letter", "lost_zero"}
    assert (only(desk).surname, only(desk).phone) == ("Łaszkiewicz", "01632 960201")
    outcome = bring(desk, f"{head}?askiewicz|Zoé|1/2/2012|{ANN}|1632960202|Who, Where")
    (row,) = propose(desk, "pupils", table(f"{head}?askiewicz|Zoé|1/2/2012|{ANN}|1632960203|Who? There")).rows
    assert outcome.changed == 1
    assert (only(desk).surname, only(desk).forename, only(desk).town) == ("?askiewicz", "Zoé", "Who, Where")
    assert [d.column for d in row.plan.differences] == ["phone", "town"]


def test_the_guard_of_our_own_files_for_people_is_taken_off_again(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn|phone|town\n'Eid|Ann|1/2/2012|{ANN}|'+44 1632 960201|=1+1")
    assert (only(desk).surname, only(desk).phone, only(desk).town) == ("'Eid", "+44 1632 960201", "=1+1")


def test_a_comma_that_puts_a_row_out_of_step_is_warned_of(desk: Desk) -> None:
    source = f"surname,forename,dob,upn,address_1,town\nHall,Ann,1/2/2012,{ANN},Flat 2, 23 Hobbs Hill,Larkfield\n"
    outcome = run_import(desk, "pupils", source.encode())
    assert told(outcome) == {(2, "", "extra_cells", "warning")}


def test_a_further_stay_is_one_decision(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn|start_date|end_date\nHall|Ann|1/2/2012|{ANN}|5/1/2026|26/6/2026")
    again = f"surname|forename|dob|upn|enrolment_status|start_date\nHall|Ann|1/2/2012|{ANN}|G|2/9/2026"
    (row,) = propose(desk, "pupils", table(again)).rows
    assert [(d.column, d.old_text, d.new_text) for d in row.plan.differences] == [("start_date", "", "2 September 2026")]
    assert counts(bring(desk, again, accept="mine")) == (1, 0, 0, 1, 0)
    assert counts(bring(desk, again)) == (1, 0, 1, 0, 0)
    assert [stay.status for stay in enrolments.of_pupil(desk.vault, only(desk).id)] == ["C", "G"]
    assert counts(bring(desk, again)) == (1, 0, 0, 1, 0)


_NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=60)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(surname=_NAMES)
def test_any_text_is_a_name_and_is_kept_as_typed(desk: Desk, surname: str) -> None:
    proposal = propose(desk, "pupils", csv_of(("surname", "forename", "dob"), (surname, "Ann", "1/2/2012")))
    if not surname.strip():
        assert [p.code for p in proposal.problems] == ["missing"]
    elif not surname.startswith("'"):
        assert proposal.rows[0].plan.writes[0].new.surname == tidy(surname)


SPRING, SUMMER, AUTUMN, WINTER = date(2026, 1, 5), date(2026, 6, 26), date(2026, 9, 2), date(2026, 11, 13)


def stay(status: str, start: date | None, end: date | None = None, main: str | None = None) -> Enrolment:
    return Enrolment(id="a stay", pupil_id="p", status=status, start_date=start, end_date=end, main_school=main)


def facts(found: Enrolment | None) -> tuple[Any, ...] | None:
    return found and (found.status, found.start_date, found.end_date, found.main_school)


@pytest.mark.parametrize(
    ("told", "made"),
    [
        ({}, ("C", None, None, None)),
        ({"start_date": AUTUMN, "main_school": "919/4001"}, ("C", AUTUMN, None, "919/4001")),
        ({"enrolment_status": "S", "start_date": AUTUMN}, ("S", AUTUMN, None, None)),
        ({"enrolment_status": "G", "start_date": AUTUMN}, ("G", AUTUMN, None, None)),
        ({"enrolment_status": "P", "start_date": SPRING, "end_date": SUMMER}, ("C", SPRING, SUMMER, None)),
        ({"enrolment_status": "P", "end_date": SUMMER, "main_school": "919/4001"}, ("S", None, SUMMER, "919/4001")),
        ({"enrolment_status": "P", "start_date": SPRING}, ("P", SPRING, None, None)),
    ],
)
def test_a_new_pupils_stay(told: dict[str, Any], made: tuple[Any, ...]) -> None:
    assert facts(first_stay(told, "p")) == made


@pytest.mark.parametrize(
    ("held", "told", "made"),
    [
        # P closes the episode at its end and leaves its type
        (stay("S", SPRING, None, "919/4001"), {"enrolment_status": "P", "end_date": SUMMER}, ("S", SPRING, SUMMER, "919/4001")),
        (stay("S", SPRING, SUMMER), {"enrolment_status": "P", "start_date": SPRING, "end_date": SUMMER}, ("S", SPRING, SUMMER, None)),
        (stay("M", SPRING), {"enrolment_status": "P"}, ("P", SPRING, None, None)),
        (stay("P", SPRING), {"enrolment_status": "P", "end_date": SUMMER}, ("C", SPRING, SUMMER, None)),
        # a start corrects the open one
        (stay("C", SPRING), {"enrolment_status": "C", "start_date": AUTUMN}, ("C", AUTUMN, None, None)),
        (stay("C", SPRING), {"enrolment_status": "G"}, ("G", SPRING, None, None)),
        (stay("C", SPRING), {"main_school": "919/4001"}, ("C", SPRING, None, "919/4001")),
        # and the last closed one, unless it lies after its end
        (stay("C", SPRING, SUMMER), {"start_date": SUMMER}, ("C", SUMMER, SUMMER, None)),
        (stay("C", SPRING, SUMMER), {"end_date": WINTER}, ("C", SPRING, WINTER, None)),
    ],
)
def test_a_row_about_the_stay_on_file(held: Enrolment, told: dict[str, Any], made: tuple[Any, ...]) -> None:
    old, new = stay_of_row([held], told, "p")
    assert old is held
    assert facts(new) == made
    assert new
    assert new.id == "a stay"


def test_a_start_after_a_closed_stay_opens_a_further_one() -> None:
    old, new = stay_of_row([stay("S", SPRING, SUMMER, "919/4001")], {"start_date": AUTUMN}, "p")
    assert old is None
    assert facts(new) == ("C", AUTUMN, None, None)
    assert new
    assert new.pupil_id == "p"
    assert new.id != "a stay"


def test_the_stay_that_began_that_day_is_meant_before_the_open_one() -> None:
    first, second = stay("S", SPRING, SUMMER), stay("C", AUTUMN)
    told = {"enrolment_status": "P", "start_date": SPRING, "end_date": SUMMER}
    assert stay_of_row([first, second], told, "p") == (first, first)
    assert stay_of_row([first, second], {"end_date": WINTER}, "p")[0] is second


def test_an_earlier_stay_told_again_is_found_among_closed_ones() -> None:
    first, second = stay("S", SPRING, SUMMER), stay("C", AUTUMN, WINTER)
    assert stay_of_row([first, second], {"start_date": SPRING, "end_date": SUMMER}, "p") == (first, first)


def test_nothing_told_is_nothing_to_do() -> None:
    assert stay_of_row([stay("C", SPRING)], {"surname": "Hall"}, "p") == (None, None)
