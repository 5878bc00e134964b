"""Two records of one person are merged and parted again: nothing is lost or rewritten, nobody is told more, and each reader reads one pupil."""

import dataclasses
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.identifiers import upn_letter
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.exams.exam import ExamArrangement, ResultsCollector
from pupil_desk.domain.leave.leave_request import LeaveRequest
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.sharing.sharing import Level, heard_recipients
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register, sheet
from pupil_desk.services.duplicates import merging
from pupil_desk.services.duplicates.comparing import compare, compare_contacts
from pupil_desk.services.exams import recording as exams
from pupil_desk.services.leave import recording as leave
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.sharing import sharing, wishes
from pupil_desk.services.sheet import learning
from pupil_desk.services.unit.settings import save_settings
from pupil_desk.store.rows import erasing
from pupil_desk.store.tables import pupils as store
from tests.services import erased_at_once
from tests.services.duplicates.people import UPNS, filled, later, reads, rows_of
from tests.services.exports.made import DAY, Unit, new_unit

DOB = date(2012, 5, 6)
STRICT = {Level.NONE: 0, Level.MINIMUM: 1, Level.FULL: 2}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unit]:
    made = new_unit(Path(tmp_path_factory.mktemp("school")) / "unit" / "unit.pupildesk")
    yield made
    made.desk.vault.close()


@pytest.fixture
def two(unit: Unit) -> tuple[Pupil, Pupil]:
    return unit.pupil("Quill", "Bea", DOB, upn=UPNS[0]), unit.pupil("Quil", "Bea", DOB, upn=UPNS[1], phone="0116 496 0001")


CHANCE = settings(max_examples=7, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@CHANCE
@given(seed=st.integers(0, 10**6))
def test_parted_again_both_are_as_before_and_no_event_is_lost(school: Unit, seed: int) -> None:
    pick = random.Random(seed)
    kept, other = (filled(school, pick, surname, DOB) for surname in ("Quill", "Quil"))
    before, rows = reads(school.desk, (kept.id, other.id)), rows_of(school.desk)
    take = pick.sample(("surname", "phone", "address", "upn"), pick.randrange(4))
    merging.merge(school.desk, kept.id, other.id, take=take, reason="The mother says so")
    assert [row[0] for row in pupils.listing(school.desk) if row[0] in (kept.id, other.id)] == [kept.id]
    merging.part(later(school), other.id, reason="They are cousins")
    after = reads(school.desk, (kept.id, other.id))
    for reader in before:
        assert after[reader] == before[reader], reader
    now = rows_of(school.desk)
    assert all(rows[table] <= now[table] for table in rows)


@CHANCE
@given(seed=st.integers(0, 10**6))
def test_nobody_is_told_more_than_the_stricter_of_both_lets(school: Unit, seed: int) -> None:
    pick = random.Random(seed)
    kept, other = (filled(school, pick, surname, DOB) for surname in ("Quill", "Quil"))
    apart = {name: [sharing.decision_for(school.desk, each.id, name) for each in (kept, other)] for name in heard_recipients()}
    protected = {p.id for each in (kept, other) for p in pupils.record(school.desk, each.id).protections}
    merging.merge(school.desk, kept.id, other.id, reason="The mother says so")
    for name, decisions in apart.items():
        decision = sharing.decision_for(school.desk, kept.id, name)
        strictest = min(STRICT[d.level] for d in decisions if d)
        assert decision is not None
        assert STRICT[decision.level] == strictest
        assert ("say different things" in decision.reason) == (len({d.level for d in decisions if d}) > 1)
        assert next(row.decision for row in sharing.preview(school.desk, name) if row.pupil.id == kept.id) == decision
    assert {p.id for p in pupils.record(school.desk, kept.id).protections} == protected


@CHANCE
@given(seed=st.integers(0, 10**6))
def test_erasing_the_record_kept_leaves_no_row_of_either(school: Unit, seed: int) -> None:
    pick = random.Random(seed)
    kept, other = (filled(school, pick, surname, DOB) for surname in ("Quill", "Quil"))
    merging.merge(school.desk, kept.id, other.id, take=("surname",), reason="The mother says so")
    erased_at_once.erase_pupil(school.desk, pick.choice((kept, other)).id, authority="A court")
    for table in erasing.tables_of_pupils(school.desk.vault):
        left = school.desk.vault.rows(f'SELECT pupil_id FROM "{table}"')
        assert not {row["pupil_id"] for row in left} & {kept.id, other.id}, table
    assert not school.desk.vault.rows("SELECT 1 FROM pupil WHERE id IN (?, ?)", (kept.id, other.id))
    orders = school.desk.vault.rows("SELECT pupil_id FROM erasure_order WHERE pupil_id IN (?, ?)", (kept.id, other.id))
    assert {row["pupil_id"] for row in orders} == {kept.id, other.id}


def test_what_is_said_afterwards_holds_for_the_one_person(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    kept, other = two
    unit.said(other, "restrict")
    unit.said(kept, "allow", on=date(2026, 9, 20))
    merging.merge(unit.desk, kept.id, other.id, reason="The same letter")
    wish = wishes.wishes_of(later(unit), kept.id)["youth-support"]
    assert wish.yssa == "N", "as the youth service is told: each record has its own word, and the strictest holds"
    allowed = Choice(pupil_id=kept.id, recipient="youth-support", choice="allow", by="parent", on=DAY, channel="form")
    seen = sharing.decision_with(later(unit), allowed)
    sharing.record_choices(later(unit), [allowed])
    now = sharing.decision_for(later(unit), kept.id, "youth-support")
    assert seen is not None
    assert now is not None
    assert seen.level is now.level is Level.FULL
    assert wishes.wishes_of(later(unit), kept.id)["youth-support"].yssa == "Y"
    kim, twin = unit.pupil("Reed", "Kim", DOB), unit.pupil("Reed", "Kimberley", DOB)
    unit.said(kim, "allow")
    merging.merge(unit.desk, kim.id, twin.id, reason="The same letter")
    for no_notice, code in ((Level.MINIMUM, "UNS"), (Level.FULL, "Y")):
        save_settings(unit.desk, dataclasses.replace(unit.desk.settings, no_notice_13=no_notice.value))
        assert sharing.decision_for(unit.desk, kim.id, "youth-support").level is no_notice  # type: ignore[union-attr]
        assert wishes.wishes_of(unit.desk, kim.id)["youth-support"].yssa == code, (
            "the silence of the one record lets less be told than a yes"
        )


def test_every_number_of_either_finds_the_record_kept(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    kept, other = two
    merging.merge(unit.desk, kept.id, other.id, reason="The same letter")
    for number in (*UPNS[:2], kept.ref, other.ref):
        assert pupils.by_number(unit.desk, number).id == kept.id
    assert pupils.record(unit.desk, other.id).pupil.id == kept.id
    assert pupils.record(unit.desk, kept.id).pupil.former_upn == UPNS[1]
    assert [row[0] for row in pupils.listing(unit.desk, find=other.ref)] == [kept.id]


def test_a_upn_taken_over_leaves_the_other_row_and_comes_back(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    kept, other = two
    merging.merge(unit.desk, kept.id, other.id, take=("upn", "surname"), reason="The same letter")
    now = pupils.record(unit.desk, kept.id).pupil
    assert (now.upn, now.former_upn, now.surname) == (UPNS[1], UPNS[0], "Quil")
    told = merging.part(later(unit), other.id, reason="Not after all").sentences
    assert told == ()
    assert [pupils.record(unit.desk, each.id).pupil for each in two] == [kept, other]
    third = unit.pupil("Quill", "Beatrice", DOB, upn=UPNS[2])
    for hours, record in enumerate((other, third), start=2):
        merging.merge(later(unit, hours), kept.id, record.id, take=("upn",), reason="The same letter")
    told = merging.part(later(unit, 4), other.id, reason="Not after all").sentences
    assert told[1:] == ("UPN was changed since, and stays as it is now.",)
    assert [pupils.by_number(unit.desk, number).id for number in UPNS] == [kept.id, other.id, kept.id], "two exchanges, the first undone"
    merging.part(later(unit, 5), third.id, reason="Nor that one")
    assert [pupils.record(unit.desk, each.id).pupil for each in (kept, other, third)] == [kept, other, third]


@pytest.mark.parametrize("former", [None, UPNS[2]])
def test_a_upn_that_another_displaces_finds_the_record_kept(unit: Unit, former: str | None) -> None:
    """A temporary one becomes the former UPN as a lasting one does; where there is a former one, it stands in the row of the other."""
    temporary = f"{upn_letter('91911002600A')}91911002600A"
    kept = unit.pupil("Quill", "Bea", DOB, upn=temporary, former_upn=former)
    other = unit.pupil("Quil", "Bea", DOB, upn=UPNS[1])
    words = f"Unless you take the other, its UPN is {temporary}, its former UPN {former or UPNS[1]}."
    assert any(words in warning for warning in compare(unit.desk, kept.id, other.id).warnings)
    merging.merge(unit.desk, kept.id, other.id, take=("upn",), reason="The same letter")
    now = pupils.record(unit.desk, kept.id).pupil
    assert (now.upn, now.former_upn) == (UPNS[1], former or temporary)
    assert [pupils.by_number(unit.desk, number).id for number in (UPNS[1], temporary)] == [kept.id] * 2
    assert merging.part(later(unit), other.id, reason="Not after all").sentences == ()
    assert [pupils.record(unit.desk, each.id).pupil for each in (kept, other)] == [kept, other]


def test_what_was_changed_since_stays_and_is_told(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    kept, other = two
    merging.merge(unit.desk, kept.id, other.id, take=("phone",), reason="The same letter")
    now = pupils.record(unit.desk, kept.id).pupil
    pupils.save_pupil(later(unit), dataclasses.replace(now, phone="0116 496 0002"))
    told = merging.part(later(unit, 2), other.id, reason="Not after all").sentences
    assert told[0].startswith("1 entry was made since the two were merged.")
    assert told[1:] == ("Telephone was changed since, and stays as it is now.",)
    assert pupils.record(unit.desk, kept.id).pupil.phone == "0116 496 0002"


def test_a_row_about_another_goes_with_that_one_when_they_part(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    kept, other = two
    mother = unit.contact(other, "Quil", forename="Ann")
    merging.merge(unit.desk, kept.id, other.id, reason="The same letter")
    unit.protect(kept, "order", mother)
    assert [p.contact_id for p in pupils.record(unit.desk, kept.id).protections] == [mother.id]
    merging.part(later(unit), other.id, reason="Not after all")
    assert pupils.record(unit.desk, kept.id).protections == []
    assert [p.pupil_id for p in pupils.record(unit.desk, other.id).protections] == [other.id]
    erased_at_once.erase_pupil(unit.desk, other.id, authority="A court")


def test_one_mark_counts_of_a_session_that_both_have_and_the_other_comes_back(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    from pupil_desk.domain.register.attendance import Mark, Session

    kept, other = two
    for pupil, code in ((kept, "/"), (other, "I")):
        register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=DAY, session=Session.AM, code=code)])
    register.mark(unit.desk, [Mark(pupil_id=other.id, day=DAY, session=Session.AM, code="M", note="Dentist")], reason="A card")
    register.mark(unit.desk, [Mark(pupil_id=other.id, day=date(2026, 11, 23), session=Session.AM, code="I")])
    assert any("codes differ on 24 November 2026 AM: / and M" in warning for warning in compare(unit.desk, kept.id, other.id).warnings)
    merging.merge(unit.desk, kept.id, other.id, reason="The same letter")
    [total] = [one for one in register.totals(unit.desk, date(2026, 9, 1), DAY) if one.pupil.id == kept.id]
    assert (total.possible, total.attended) == (2, 1)
    told = [fact for facts in learning.sheet_facts(unit.desk.vault, kept.id) for fact in facts if fact[2] is not None]
    assert [value for name, _label, value, _words in told if name in ("code", "note", "reason")] == [
        *("I", "/"),  # the register of the 23rd, and of the 24th as it stands
        *("I", "M", "Dentist", "A card"),
    ], "the family is told what the other record holds too"
    register.mark(unit.desk, [Mark(pupil_id=kept.id, day=date(2026, 11, 23), session=Session.AM, code="M")], reason="A letter came")
    assert len(register.entries(unit.desk, kept.id, date(2026, 11, 23), Session.AM)) == 2
    merging.part(later(unit), other.id, reason="Not after all")
    assert len(register.entries(unit.desk, other.id, date(2026, 11, 23), Session.AM)) == 2
    assert register.entries(unit.desk, kept.id, date(2026, 11, 23), Session.AM) == []


def test_three_records_of_one_person_and_parting_the_middle_one(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    first, second = two
    third = unit.pupil("Quill", "Beatrice", DOB)
    merging.merge(unit.desk, second.id, first.id, reason="One")
    merging.merge(later(unit), third.id, second.id, reason="Two")
    assert {store.get(unit.desk.vault, each.id).id for each in (first, second, third)} == {third.id}  # type: ignore[union-attr]
    merging.part(later(unit, 2), second.id, reason="Not the third")
    assert pupils.record(unit.desk, first.id).pupil.id == second.id
    assert pupils.record(unit.desk, third.id).pupil.id == third.id


def test_contacts_of_one_pupil_are_merged_and_parted(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    kept, other = two
    ann, annie = unit.contact(kept, "Quill", forename="Ann"), unit.contact(other, "Quill", forename="Annie", mobile="07700 900123")
    with pytest.raises(WrongUse, match="contacts of two pupils"):
        merging.merge_contacts(unit.desk, ann.id, annie.id, reason="One woman")
    merging.merge(unit.desk, kept.id, other.id, reason="The same letter")
    unit.protect(kept, "order", annie)
    merging.merge_contacts(unit.desk, ann.id, annie.id, take=("mobile",), reason="One woman")
    [one] = pupils.record(unit.desk, kept.id).contacts
    assert (one.id, one.forename, one.mobile) == (ann.id, "Ann", "07700 900123")
    assert [p.contact_id for p in pupils.record(unit.desk, kept.id).protections] == [ann.id]
    people = next(section for section in sheet.everything(unit.desk, kept.id) if section.name == "contacts")
    assert [entry.as_kept().get("forename") for entry in people.entries] == ["Ann", "Annie"]
    merging.part(later(unit), other.id, reason="Two girls")
    assert [c.mobile for c in pupils.record(unit.desk, kept.id).contacts] == [None]
    assert [c.forename for c in pupils.record(unit.desk, other.id).contacts] == ["Annie"]
    told = [entry.as_kept() for entry in sheet.everything(unit.desk, other.id)[0].entries if "what" in entry.as_kept()]
    assert {(row["what"], row["record"], row["beside"]) for row in told} >= {
        ("merged", "Annie Quill", None),
        ("parted", "Annie Quill", None),
    }


def test_a_contact_that_stands_for_another_is_not_corrected(unit: Unit) -> None:
    pupil = unit.pupil("Quill", "Bea", DOB)
    ann, annie = unit.contact(pupil, "Quill", forename="Ann"), unit.contact(pupil, "Quill", forename="Annie")
    assert compare_contacts(unit.desk, ann.id, annie.id).lines
    merging.merge_contacts(unit.desk, ann.id, annie.id)
    with pytest.raises(WrongUse):
        contacts.save_contact(unit.desk, dataclasses.replace(annie, phone="0116 496 0001"))
    merging.part_contact(later(unit), annie.id)
    assert len(pupils.record(unit.desk, pupil.id).contacts) == 2


def test_an_address_taken_over_and_corrected_since_stays_whole(unit: Unit) -> None:
    kept = unit.pupil("Quill", "Bea", DOB, address_1="1 Oak Road", town="Hertford", postcode="SG13 1AA")
    other = unit.pupil("Quil", "Bea", DOB, address_1="2 Elm Street", town="Ware", postcode="SG12 2BB")
    merging.merge(unit.desk, kept.id, other.id, take=("address",), reason="The same letter")
    pupils.save_pupil(unit.desk, dataclasses.replace(pupils.record(unit.desk, kept.id).pupil, address_1="2A Elm Street"))
    parted = merging.part(unit.desk, other.id, reason="They are cousins")
    assert pupils.record(unit.desk, kept.id).pupil.address_lines == ("2A Elm Street", "Ware", "SG12 2BB")
    assert "The address was changed since, and stays whole as it is now." in parted.sentences


def test_only_senior_roles_merge_and_a_reason_is_asked(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    with pytest.raises(NotAllowed):
        merging.merge(unit.as_role(Role.OFFICE), two[0].id, two[1].id, reason="The same letter")
    with pytest.raises(Refused):
        merging.merge(unit.desk, two[0].id, two[1].id, reason=" ")
    with pytest.raises(WrongUse):
        merging.part(unit.desk, two[1].id, reason="Not")
    assert unit.count("merging") == 0


def test_a_form_left_open_does_not_write_to_the_record_that_went(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    kept, other = two
    merging.merge(unit.desk, kept.id, other.id, reason="The same letter")
    with pytest.raises(WrongUse, match=kept.ref):
        pupils.save_pupil(unit.desk, dataclasses.replace(other, phone="0116 496 0002"))
    contacts.add_contact(unit.desk, Contact(pupil_id=other.id, surname="Quill", relationship="PAM"))
    pupils.add_stay(unit.desk, Enrolment(pupil_id=other.id, status="C", start_date=date(2026, 10, 1)))
    owners = unit.desk.vault.rows("SELECT pupil_id FROM contact UNION SELECT pupil_id FROM enrolment WHERE start_date = '2026-10-01'")
    assert {row["pupil_id"] for row in owners} == {kept.id}


def test_a_upn_of_the_merged_record_typed_into_the_other_is_refused_in_words(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    kept, other = two
    merging.merge(unit.desk, kept.id, other.id, reason="The same letter")
    now = pupils.record(unit.desk, kept.id).pupil
    with pytest.raises(Refused, match=other.ref):
        pupils.save_pupil(unit.desk, dataclasses.replace(now, upn=UPNS[1], former_upn=None))


def test_two_records_are_compared_by_leave_and_by_all_that_is_kept_of_exams(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    kept, other = two
    save_settings(unit.desk, dataclasses.replace(unit.desk.settings, enters_exams=True))
    exams.add_arrangement(unit.desk, ExamArrangement(pupil_id=other.id, kind="extra-25"))
    exams.add_collector(unit.desk, ResultsCollector(pupil_id=other.id, series="summer", year=2026))
    request = LeaveRequest(pupil_id=other.id, first_day=DAY, last_day=DAY, purpose="family", asked_by="Ada", received_on=date(2026, 11, 16))
    leave.add(unit.desk, request)
    counts = {line.label: line.other_text for line in compare(unit.desk, kept.id, other.id).row_counts}
    labels = ("Access arrangements for exams", "Who may have exam results", "Requests for leave, each wording")
    assert [counts.get(label) for label in labels] == ["1", "1", "1"]
