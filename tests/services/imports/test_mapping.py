"""Headings that are not known: said by a person to mean a column, remembered for lists with the same headings, logged, and forgotten."""

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import mapping
from pupil_desk.services.imports.run import keep, propose, run_import
from pupil_desk.services.unit import logbook
from pupil_desk.store.rows import several
from pupil_desk.store.tables import pupils
from tests.services.imports.ctf_made import NAME, ctf_of, pupil_of
from tests.services.imports.made import ANN, BEN, counts, table, told

WELSH = "Cyfenw|Enw cyntaf|Dyddiad geni|UPN|Dosbarth\n"
ANN_ROW, BEN_ROW = f"Hall|Ann|4/3/2012|{ANN}|9N", f"Beck|Ben|5/3/2012|{BEN}|9N"
MEANS = {"Cyfenw": "surname", "Enw cyntaf": "forename", "Dyddiad geni": "dob"}


def test_what_is_mapped_is_read_and_remembered_for_lists_with_the_same_headings(desk: Desk) -> None:
    assert counts(run_import(desk, "pupils", table(WELSH + ANN_ROW))) == (0, 0, 0, 0, 0)
    assert counts(run_import(desk, "pupils", table(WELSH + ANN_ROW), mapping=MEANS)) == (1, 1, 0, 0, 0)
    assert counts(run_import(desk, "auto", table(WELSH + BEN_ROW))) == (1, 1, 0, 0, 0)
    assert {pupil.surname for pupil in pupils.all_pupils(desk.vault)} == {"Hall", "Beck"}
    others = "Cyfenw|Enw cyntaf|Dyddiad geni|UPN\nIvy|Ian|6/3/2012|"
    assert counts(run_import(desk, "pupils", table(others))) == (0, 0, 0, 0, 0), "it is another sender's list"
    assert [row.reason for row in logbook.rows(desk) if "remembered" in row.reason] == ["pupils: 3 headings remembered"]


def test_the_order_of_the_headings_makes_no_difference(desk: Desk) -> None:
    run_import(desk, "pupils", table(WELSH + ANN_ROW), mapping=MEANS)
    turned = f"UPN|Dosbarth|Dyddiad geni|Cyfenw|Enw cyntaf\n{BEN}|9N|5/3/2012|Beck|Ben"
    assert counts(run_import(desk, "pupils", table(turned))) == (1, 1, 0, 0, 0)


def test_what_is_remembered_can_be_forgotten_and_that_is_logged(desk: Desk) -> None:
    run_import(desk, "pupils", table(WELSH + ANN_ROW), mapping=MEANS)
    proposal = propose(desk, "pupils", table(WELSH + BEN_ROW))
    assert proposal.is_remembered
    assert proposal.kind is not None
    mapping.forget(desk, proposal.kind, proposal.cells)
    assert counts(run_import(desk, "pupils", table(WELSH + BEN_ROW))) == (0, 0, 0, 0, 0)
    assert [row.reason for row in logbook.rows(desk) if "forgotten" in row.reason] == ["pupils: headings forgotten"]


def test_a_preview_alone_remembers_nothing(desk: Desk) -> None:
    run_import(desk, "pupils", table(WELSH + ANN_ROW), mapping=MEANS, dry_run=True)
    assert not propose(desk, "pupils", table(WELSH + ANN_ROW)).readable


def test_a_column_left_out_is_told_once_asked_no_more_and_not_kept(desk: Desk) -> None:
    outcome = run_import(desk, "pupils", table(WELSH + ANN_ROW), mapping=MEANS | {"Dosbarth": ""})
    assert "unknown_column" not in {code for _row, _column, code, _severity in told(outcome)}
    assert [(value.value.path, value.value.value, value.value.reason) for value in outcome.not_taken] == [
        ("Dosbarth", "9N", "You left this column out.")
    ]
    assert several.by_pupil(desk.vault, NotTaken) == {}
    run_import(desk, "pupils", table(WELSH.replace("Dosbarth", "Grwp") + BEN_ROW), mapping=MEANS)
    ((value,),) = several.by_pupil(desk.vault, NotTaken).values()
    assert (value.path, value.value, value.reason) == ("Grwp", "9N", "There is no place for this column.")


def test_one_of_two_headings_that_mean_the_same_is_left_out_by_its_name(desk: Desk) -> None:
    twice = "Surname|Forename|DOB|Surname\nHall|Ann|4/3/2012|Other"
    refused = run_import(desk, "pupils", table(twice))
    assert [(p.row, p.code) for p in refused.problems] == [(1, "duplicate_column")]
    assert "“Surname” and “Surname (2)”" in refused.problems[0].message
    assert counts(run_import(desk, "pupils", table(twice), mapping={"Surname (2)": ""})) == (1, 1, 0, 0, 0)
    assert pupils.all_pupils(desk.vault)[0].surname == "Hall"


def test_an_order_in_a_column_that_is_left_out_still_puts_a_protection(desk: Desk) -> None:
    listed = "Surname|Forename|DOB|Court Order\nHall|Ann|4/3/2012|Yes"
    proposal = propose(desk, "pupils", table(listed), mapping={"Court Order": ""})
    assert [heading.name for heading in proposal.headings if heading.tells_order] == ["Court Order"]
    assert "protection" in keep(desk, proposal).news.kinds


@pytest.mark.parametrize(
    ("kind", "chosen", "words"),
    [
        ("pupils", {"Cyfenw": "shoe"}, "There is no column “shoe” in pupils. There are: surname, forename, dob, upn"),
        ("auto", {"Cyfenw": "shoe"}, "There is no column “shoe” in pupils, contacts"),
        ("pupils", {"Nonsense": "surname"}, "The file has no heading “Nonsense”. It has: “Cyfenw”, “Enw cyntaf”"),
    ],
)
def test_a_wrong_mapping_is_wrong_use_and_says_what_there_is(desk: Desk, kind: str, chosen: dict[str, str], words: str) -> None:
    with pytest.raises(WrongUse) as raised:
        run_import(desk, kind, table(WELSH + ANN_ROW), mapping=chosen)
    assert words in str(raised.value)
    assert "pupil_desk_row" not in str(raised.value)


def test_a_file_without_headings_takes_no_mapping(desk: Desk) -> None:
    with pytest.raises(WrongUse, match="has no headings"):
        run_import(desk, "ctf", ctf_of(pupil_of(ANN)), NAME, mapping={"UPN": "upn"})


@pytest.mark.parametrize("text", ["Cyfenw", "=surname", ""])
def test_what_is_typed_needs_a_heading_and_an_equals_sign(text: str) -> None:
    with pytest.raises(WrongUse):
        mapping.read_choices([text])


def test_a_heading_may_hold_an_equals_sign_itself() -> None:
    assert mapping.read_choices(["A=B=surname", " Reg = "]) == {"A=B": "surname", "Reg": ""}
