"""The import of a Common Transfer File: matched, its differences shown, nothing overwritten unasked."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.domain.care.health import Disability
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.kinds import Fate
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.proposal import Proposal, mend, pick
from pupil_desk.services.imports.run import keep, propose, run_import
from pupil_desk.store.rows import amendments, several
from pupil_desk.store.tables import assessments, contacts, enrolments, ledger, pupils
from tests.services.imports.ctf_made import CONTACT, NAME, RESULT, contacts_of, ctf_of, pupil_of
from tests.services.imports.made import ANN, BEN, CAT, TEMPORARY, counts, table, told
from tests.services.imports.test_real_input import DATA, EXPECTED

FILES = [name for name, facts in EXPECTED.get("files", {}).items() if facts["kind"] == "ctf"]


def values_not_taken(of: Outcome | Proposal) -> set[tuple[str, str]]:
    """The values of pupils that no record says, each with its place in the file."""
    values = of.not_taken if isinstance(of, Outcome) else of.values_not_taken
    return {(told.value.path, told.value.value) for told in values if told.row is not None}


WHOLE = pupil_of(ANN, rest=contacts_of(CONTACT) + RESULT.format(result=94))


def brought(desk: Desk, *told_pupils: str, name: str = NAME, **how: Any) -> Outcome:
    return run_import(desk, "auto", ctf_of(*told_pupils), name, **how)


def codes(outcome: Outcome) -> set[tuple[int | None, str]]:
    return {(row, code) for row, _column, code, _severity in told(outcome)}


@pytest.mark.skipif(not FILES, reason="shared/data does not lie beside the checkout")
@pytest.mark.parametrize("name", FILES)
def test_each_real_file_comes_to_what_is_expected(desk: Desk, name: str) -> None:
    expected = EXPECTED["files"][name]["expect"]
    source, own_name = (DATA / name).read_bytes(), Path(name).name
    dry = run_import(desk, "ctf", source, own_name, dry_run=True)
    real = run_import(desk, "auto", source, own_name)
    assert counts(dry) == counts(real) == tuple(expected[c] for c in ("read", "added", "changed", "unchanged", "refused"))
    listed = {(p["row"], p["column"], p["code"], p["severity"]) for p in expected["problems"]}
    assert {p for p in told(real) if p[3] == "error"} == listed
    again = run_import(desk, "auto", source, own_name)
    assert counts(again) == (expected["read"], 0, 0, expected["read"], 0)


@pytest.mark.skipif(not FILES, reason="shared/data does not lie beside the checkout")
def test_a_real_pupil_who_is_here_already_stays_as_held_unless_taken(desk: Desk) -> None:
    run_import(desk, "pupils", (DATA / "arrivals-canonical/pupils.csv").read_bytes())
    source = (DATA / "ctf" / NAME).read_bytes()
    proposal = propose(desk, "auto", source, NAME)
    shown = {d.column: (d.old_text, d.new_text) for d in proposal.row(1).plan.differences}
    assert shown["preferred_forename"] == ("Sam", "Kit")
    assert [words.split(", ")[0] for words in shown["address_1"]] == ["37 Chantry Gardens", "7 Cuckoo Pen"]
    assert counts(run_import(desk, "auto", source, NAME)) == (3, 2, 0, 1, 0)
    assert counts(run_import(desk, "auto", source, NAME, accept="theirs")) == (3, 0, 1, 2, 0)
    assert counts(run_import(desk, "auto", source, NAME, accept="theirs")) == (3, 0, 0, 3, 0)


def test_a_new_pupil_comes_with_contacts_and_results_in_one_import(desk: Desk) -> None:
    assert counts(brought(desk, WHOLE)) == (1, 1, 0, 0, 0)
    (pupil,) = pupils.all_pupils(desk.vault)
    assert (pupil.upn, pupil.legal_name, pupil.town, pupil.year_group, pupil.sex) == (ANN, "Ann Hall", "Larkfield", "9", "F")
    (contact,) = contacts.of_pupil(desk.vault, pupil.id)
    assert (contact.full_name, contact.mobile, contact.lives_with, contact.parental_responsibility) == (
        "Ms Ada Hall",
        "07700 900646",
        True,
        True,
    )
    (entry,) = assessments.standing(desk.vault, pupil.id)
    assert (entry.stage, entry.subject, entry.result, entry.year, entry.qualifier) == ("KS2", "REA", "94", 2023, "SS")
    (made,) = ledger.imports(desk.vault)
    assert (made["kind"], made["added"]) == ("ctf", 1)


def test_enrolment_is_the_senders_view(desk: Desk) -> None:
    history = "<SchoolHistory><School><LEA>919</LEA><Estab>4003</Estab><EntryDate>2024-09-03</EntryDate><LastSchool>true</LastSchool></School></SchoolHistory>"
    outcome = brought(desk, pupil_of(ANN, basic="<EnrolStatus>M</EnrolStatus>", rest=history))
    (pupil,) = pupils.all_pupils(desk.vault)
    (stay,) = enrolments.of_pupil(desk.vault, pupil.id)
    assert (stay.status, stay.start_date, stay.main_school) == ("C", None, None)
    assert (1, "no_leaving_date") in codes(outcome)
    run_import(
        desk,
        "pupils",
        table(f"surname|forename|dob|upn|enrolment_status|main_school|start_date\nHall|Ann|1/2/2012|{ANN}|S|919/4001|2/9/2026"),
    )
    (before,) = enrolments.of_pupil(desk.vault, pupil.id)
    brought(desk, pupil_of(ANN, basic="<EnrolStatus>P</EnrolStatus>", rest=history), accept="theirs")
    assert enrolments.of_pupil(desk.vault, pupil.id) == [before]


def test_mine_is_what_holds_when_nobody_says_and_each_difference_can_be_picked(desk: Desk) -> None:
    brought(desk, WHOLE)
    changed = pupil_of(
        ANN,
        town="Coldharbour",
        basic="<PreferredForename>Annie</PreferredForename>",
        rest=contacts_of(CONTACT.replace("900646", "900777")) + RESULT.format(result=95),
    )
    proposal = propose(desk, "auto", ctf_of(changed), NAME)
    assert {d.column: d.accept for d in proposal.row(1).plan.differences} == {
        "preferred_forename": "mine",
        "town": "mine",
        "contact-1-mobile": "mine",
        "result-1-result": "mine",
    }
    assert proposal.row(1).fate is Fate.UNCHANGED
    for column in ("town", "contact-1-mobile", "result-1-result"):
        proposal = pick(proposal, 1, column, "theirs")
    assert counts(keep(desk, proposal)) == (1, 0, 1, 0, 0)
    (pupil,) = pupils.all_pupils(desk.vault)
    assert (pupil.town, pupil.preferred_forename) == ("Coldharbour", None)
    assert [c.mobile for c in contacts.of_pupil(desk.vault, pupil.id)] == ["07700 900777"]
    assert [e.result for e in assessments.standing(desk.vault, pupil.id)] == ["95"]
    assert {row["item"] for row in amendments.of_pupil(desk.vault, pupil.id)} >= {"town", "mobile", "result"}


def test_contacts_of_one_name_in_two_families_stay_two(desk: Desk) -> None:
    both = (pupil_of(ANN, rest=contacts_of(CONTACT)), pupil_of(BEN, forename="Ben", rest=contacts_of(CONTACT.replace("900646", "900999"))))
    brought(desk, *both)
    held = {pupil.forename: contacts.of_pupil(desk.vault, pupil.id) for pupil in pupils.all_pupils(desk.vault)}
    assert [c.mobile for c in held["Ann"]] == ["07700 900646"]
    assert [c.mobile for c in held["Ben"]] == ["07700 900999"]
    assert counts(brought(desk, pupil_of(CAT, forename="Cat", dob="2013-01-01"), accept="theirs")) == (1, 1, 0, 0, 0)
    again = brought(desk, *both, accept="theirs")
    assert counts(again) == (2, 0, 0, 2, 0)


def test_a_pupil_is_found_by_upn_by_former_upn_and_else_by_name_and_birth(desk: Desk) -> None:
    brought(desk, pupil_of(TEMPORARY))
    lasting = brought(desk, pupil_of(ANN, basic=f"<FormerUPN>{TEMPORARY}</FormerUPN>"), accept="theirs")
    assert counts(lasting) == (1, 0, 1, 0, 0)
    (pupil,) = pupils.all_pupils(desk.vault)
    assert (pupil.upn, pupil.former_upn) == (ANN, TEMPORARY)
    old_number = brought(desk, pupil_of(TEMPORARY), accept="theirs")
    assert (1, "old_upn") in codes(old_number)
    assert pupils.all_pupils(desk.vault) == [pupil]
    by_name = brought(desk, pupil_of("", surname="HALL"))
    assert (1, "matched_by_name") in codes(by_name)
    assert len(pupils.all_pupils(desk.vault)) == 1


SEN = (
    "<SENhistory><SEN><StartDate>2024-01-08</StartDate><EndDate>2025-02-02</EndDate><SENprovision>K</SENprovision></SEN>"
    "<SEN><StartDate>2025-02-03</StartDate><SENprovision>E</SENprovision></SEN><SENneeds>"
    "<SENneed><SENtype>SEMH</SENtype><SENtypeRank>1</SENtypeRank></SENneed><SENneed><SENtype>ASD</SENtype><SENtypeRank>2</SENtypeRank></SENneed>"
    "<SENneed><SENtype>SLCN</SENtype><SENtypeRank>3</SENtypeRank></SENneed></SENneeds></SENhistory>"
)


def test_a_new_pupil_brings_the_sen_history_with_its_days(desk: Desk) -> None:
    assert counts(brought(desk, pupil_of(ANN, rest=SEN))) == (1, 1, 0, 0, 0)
    (pupil,) = pupils.all_pupils(desk.vault)
    periods = several.of_pupil(desk.vault, SenPeriod, pupil.id)
    assert [(p.provision, p.start_date, p.end_date) for p in periods] == [
        ("K", date(2024, 1, 8), date(2025, 2, 2)),
        ("E", date(2025, 2, 3), None),
    ]
    assert [(n.need, n.rank) for n in several.of_pupil(desk.vault, SenNeed, pupil.id)] == [("SEMH", 1), ("ASD", 2), ("SLCN", 3)]
    assert (pupil.sen_provision, pupil.sen_need_1, pupil.sen_need_2) == ("E", "SEMH", "ASD")
    assert counts(brought(desk, pupil_of(ANN, rest=SEN), accept="theirs")) == (1, 0, 0, 1, 0)


def test_earlier_sen_provision_of_a_pupil_here_is_offered_where_nothing_is_held_for_those_days(desk: Desk) -> None:
    later = SEN.replace("<SEN><StartDate>2024-01-08</StartDate><EndDate>2025-02-02</EndDate><SENprovision>K</SENprovision></SEN>", "")
    brought(desk, pupil_of(ANN, rest=later))
    brought(desk, pupil_of(BEN, forename="Ben"))
    run_import(desk, "pupils", table(f"surname|forename|dob|upn|sen_provision\nHall|Ben|1/2/2012|{BEN}|E"))
    proposal = propose(desk, "auto", ctf_of(pupil_of(ANN, rest=SEN), pupil_of(BEN, forename="Ben", rest=SEN)), NAME)
    assert [d.column for d in proposal.row(1).plan.differences] == ["sen-1"]
    assert "sen_left_out" in {problem.code for problem in proposal.row(2).problems}
    assert counts(keep(desk, pick(proposal, 1, "sen-1", "theirs"))) == (2, 0, 1, 1, 0)
    ann = next(pupil for pupil in pupils.all_pupils(desk.vault) if pupil.forename == "Ann")
    assert [p.provision for p in several.of_pupil(desk.vault, SenPeriod, ann.id)] == ["K", "E"]


MEALS = (
    "<FSMhistory><FSMreviewDate>2027-01-11</FSMreviewDate>"
    "<FSMinstance><FSMstartDate>2023-09-05</FSMstartDate><FSMendDate>2024-07-19</FSMendDate><UKcountry>WLS</UKcountry></FSMinstance>"
    "<FSMinstance><FSMstartDate>2025-09-03</FSMstartDate><FSMEligibilityVerificationDate>2026-09-01</FSMEligibilityVerificationDate>"
    "<UKcountry>ENG</UKcountry><FSMCategory>TFSM</FSMCategory></FSMinstance></FSMhistory>"
)


def meals(desk: Desk) -> list[tuple[str, date | None, date | None]]:
    (pupil,) = pupils.all_pupils(desk.vault)
    return [(row.kind, row.start_date, row.end_date) for row in several.of_pupil(desk.vault, CarePeriod, pupil.id)]


def test_a_new_pupil_brings_the_times_with_free_school_meals(desk: Desk) -> None:
    proposal = propose(desk, "auto", ctf_of(pupil_of(ANN, rest=MEALS)), NAME)
    assert values_not_taken(proposal) == {("FSMhistory/FSMinstance[1]/UKcountry", "WLS")}
    assert counts(keep(desk, proposal)) == (1, 1, 0, 0, 0)
    assert meals(desk) == [("FSM", date(2023, 9, 5), date(2024, 7, 19)), ("TFSM", date(2025, 9, 3), None)]
    (pupil,) = pupils.all_pupils(desk.vault)
    days = [(row.verified_on, row.review_date) for row in several.of_pupil(desk.vault, CarePeriod, pupil.id)]
    assert days == [(None, None), (date(2026, 9, 1), date(2027, 1, 11))]
    assert counts(brought(desk, pupil_of(ANN, rest=MEALS), accept="theirs")) == (1, 0, 0, 1, 0)


def test_meals_of_a_pupil_here_are_offered_and_an_end_is_a_difference(desk: Desk) -> None:
    brought(desk, pupil_of(ANN))
    proposal = propose(desk, "auto", ctf_of(pupil_of(ANN, rest=MEALS)), NAME)
    assert [(d.column, d.new_text) for d in proposal.row(1).plan.differences] == [
        ("meals-1", "Free school meals, category not known; from 5 September 2023 to 19 July 2024"),
        ("meals-2", "Free school meals: targeted; from 3 September 2025"),
    ]
    keep(desk, pick(proposal, 1, "meals-2", "theirs"))
    assert meals(desk) == [("TFSM", date(2025, 9, 3), None)]
    ended = MEALS.replace(
        "<FSMEligibilityVerificationDate>2026-09-01</FSMEligibilityVerificationDate>", "<FSMendDate>2026-07-17</FSMendDate>"
    )
    proposal = propose(desk, "auto", ctf_of(pupil_of(ANN, rest=ended)), NAME)
    assert [d.column for d in proposal.row(1).plan.differences] == ["meals-1", "meals-2-end_date"]
    keep(desk, pick(proposal, 1, "meals-2-end_date", "theirs"))
    assert meals(desk) == [("TFSM", date(2025, 9, 3), date(2026, 7, 17))]


def test_meals_that_overlap_or_have_a_category_we_do_not_know_are_named(desk: Desk) -> None:
    two = MEALS.replace("2024-07-19", "2025-10-01").replace("TFSM", "ZZZ")
    outcome = brought(desk, pupil_of(ANN, rest=two))
    assert (1, "meals_left_out") in codes(outcome)
    assert meals(desk) == [("FSM", date(2023, 9, 5), date(2025, 10, 1))]
    assert ("FSMhistory/FSMinstance[2]/FSMCategory", "ZZZ") in values_not_taken(outcome)


def test_disabilities_go_in_and_are_known_again(desk: Desk) -> None:
    told_of = pupil_of(ANN, basic="<Disabilities><Disability>HEAR</Disability><Disability>???</Disability></Disabilities>")
    outcome = brought(desk, told_of)
    assert (1, "disability_left_out") in codes(outcome)
    (pupil,) = pupils.all_pupils(desk.vault)
    assert [row.disability for row in several.of_pupil(desk.vault, Disability, pupil.id)] == ["HEAR"]
    assert counts(brought(desk, told_of, accept="theirs")) == (1, 0, 0, 1, 0)


def test_what_is_odd_is_said_and_refuses_nothing(desk: Desk) -> None:
    odd = pupil_of(
        TEMPORARY, basic="<MedicalFlag>true</MedicalFlag><FormerSurname>Ivy</FormerSurname>", rest="<NAWdetails><X>1</X></NAWdetails>"
    )
    proposal = propose(desk, "auto", ctf_of(odd, version="24.0", estab="4001"), NAME)
    found = {(p.row, p.code) for p in proposal.problems}
    assert found >= {(None, "other_version"), (None, "not_to_us"), (1, "temporary_upn"), (1, "no_leaving_date"), (1, "medical_flag")}
    assert not any(p.stops for p in proposal.problems)
    assert values_not_taken(proposal) == {
        ("BasicDetails/MedicalFlag", "true"),
        ("BasicDetails/FormerSurname", "Ivy"),
        ("NAWdetails/X", "1"),
    }


def test_what_has_no_place_in_a_contact_an_address_or_a_stay_is_named(desk: Desk) -> None:
    contact = CONTACT.replace(
        "</Phones>",
        "<Phone><TelephoneType>W</TelephoneType><PhoneNo>01632 960111</PhoneNo></Phone>"
        "<Phone><TelephoneType>W</TelephoneType><PhoneNo>01632 960222</PhoneNo></Phone></Phones>",
    )
    history = (
        "<SchoolHistory><School><LEA>919</LEA><Estab>4003</Estab><EntryDate>2024-09-03</EntryDate><LeavingDate>2026-10-02</LeavingDate>"
        "<LeavingReason>TR</LeavingReason></School></SchoolHistory>"
    )
    told_of = pupil_of(ANN, rest=contacts_of(contact) + history).replace("<PostCode>", "<Country>GBR</Country><PostCode>")
    assert values_not_taken(propose(desk, "auto", ctf_of(told_of), NAME)) == {
        ("Contacts/Contact/Phones/Phone[2]/TelephoneType", "W"),
        ("Contacts/Contact/Phones/Phone[3]/TelephoneType", "W"),
        ("Contacts/Contact/Phones/Phone[3]/PhoneNo", "01632 960222"),
        ("Address/Country", "GBR"),
    }


def test_a_contact_or_result_that_cannot_be_kept_is_left_out_and_named(desk: Desk) -> None:
    rest = contacts_of(CONTACT, CONTACT.replace("PAM", "ZZZ"), CONTACT) + RESULT.format(result="lots")
    outcome = brought(desk, pupil_of(ANN, rest=rest))
    assert counts(outcome) == (1, 1, 0, 0, 0)
    assert [p.code for p in outcome.problems if p.code.endswith("left_out")] == ["contact_left_out", "result_left_out"]
    (pupil,) = pupils.all_pupils(desk.vault)
    assert {contact.relationship for contact in contacts.of_pupil(desk.vault, pupil.id)} == {"PAM", "OTH"}
    assert assessments.standing(desk.vault, pupil.id) == []


def test_a_refused_pupil_can_be_mended_and_keeps_the_contacts(desk: Desk) -> None:
    proposal = propose(
        desk, "auto", ctf_of(pupil_of(ANN, dob="2012-02-31", rest=contacts_of(CONTACT)), pupil_of(BEN, forename="Ben")), NAME
    )
    assert [row.fate for row in proposal.rows] == [Fate.REFUSED, Fate.ADDED]
    proposal = mend(proposal, 1, {"dob": "1/2/2012"})
    assert counts(keep(desk, proposal)) == (2, 2, 0, 0, 0)
    ann = next(pupil for pupil in pupils.all_pupils(desk.vault) if pupil.forename == "Ann")
    assert len(contacts.of_pupil(desk.vault, ann.id)) == 1


@pytest.mark.acceptance(54)
def test_one_pupil_twice_in_a_file(desk: Desk) -> None:
    outcome = brought(desk, pupil_of(ANN), pupil_of(ANN), pupil_of(ANN, town="Coldharbour"))
    assert counts(outcome) == (3, 1, 0, 1, 1)
    assert {(p.row, p.code, p.severity) for p in outcome.problems if p.code == "duplicate_in_file"} == {
        (2, "duplicate_in_file", "warning"),
        (3, "duplicate_in_file", "error"),
    }


def test_strict_keeps_nothing(desk: Desk) -> None:
    outcome = brought(desk, pupil_of(ANN), pupil_of(BEN, dob="nonsense"), strict=True)
    assert counts(outcome) == (2, 0, 0, 0, 2)
    assert pupils.all_pupils(desk.vault) == []
