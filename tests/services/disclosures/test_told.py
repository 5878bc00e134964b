"""The log of disclosures: each paper for a family writes who was told what; it is read for each recipient and each pupil."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.papers.letter import FIELDS, IMPROVEMENT_END, SIGNATURE, LetterTemplate
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.suspensions.suspension import Suspension
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import roles
from pupil_desk.services.disclosures import by_hand, on_paper, told
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.told import Days, LoggedDisclosure
from pupil_desk.services.duplicates import merging
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.letters import letter_templates, merging_letters, progress_reports
from pupil_desk.services.many import slips
from pupil_desk.services.notices import notice_slips, notices
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.suspensions import decisions, letters
from tests.services.exports.made import DAY, Unit

HOME = {"address_1": "4 Larch Way", "town": "Larkfield", "postcode": "AL28 2QN"}


@pytest.fixture
def family(unit: Unit) -> Pupil:
    """A pupil of 14, with a mother at home and a father elsewhere, both holding parental responsibility."""
    pupil = unit.pupil("Quill", "Bea", date(2012, 5, 6), sex="F", medical="Asthma", phone="01632 960123", **HOME)
    unit.contact(pupil, "Quill", forename="Ann", parental_responsibility=True, lives_with=True, mobile="07700 900123")
    unit.contact(
        pupil, "Reed", forename="Sam", parental_responsibility=True, lives_with=False, address_1="9 Mill Lane", postcode="AL28 3QN"
    )
    return pupil


def of(unit: Unit, pupil: Pupil) -> list[LoggedDisclosure]:
    """What was told of a pupil, the first one first."""
    return told.log(unit.desk, pupil_id=pupil.id)[::-1]


def test_each_household_that_a_notice_goes_to_is_told(unit: Unit, family: Pupil) -> None:
    notice_slips.log_printed(unit.desk, notices.letters_of(unit.desk, family.id).letters)
    first, second = of(unit, family)
    assert (first.what, first.recipient, first.way) == ("Privacy notice", "Parents and carers", "On paper")
    assert {first.reason, second.reason} == {"Addressed to Ann Quill.", "Addressed to Sam Reed."}
    assert first.law == "UK GDPR Articles 13 and 14"
    assert first.told_by == "Ann Officer"


def test_a_form_tells_whoever_it_asks_and_from_16_the_pupil(unit: Unit, family: Pupil) -> None:
    old = unit.pupil("Quill", "Max", date(2010, 5, 6), **HOME)
    unit.contact(old, "Quill", parental_responsibility=True, lives_with=True)
    printing.record_printed(unit.desk, printing.make_forms(unit.desk, "sharing-choice", [family, old]).forms)
    assert len(of(unit, family)) == 2
    (own,) = of(unit, old)
    assert own.recipient == "The pupil"
    assert own.fields == ("legal surname", "legal forename", "date of birth")


def test_a_slip_tells_what_stands_on_it_and_the_other_household_less(unit: Unit, family: Pupil) -> None:
    made = slips.slips(unit.desk, [family.id])
    slips.keep_printed(unit.desk, made.papers)
    by = {one.reason: one.fields for one in of(unit, family)}
    at_home, elsewhere = by["Addressed to Ann Quill."], by["Addressed to Sam Reed."]
    assert {"address", "telephone", "medical notes", "contact: mobile"} <= set(at_home)
    assert "telephone" not in elsewhere
    assert "address of a contact" in elsewhere
    assert "contact: mobile" not in elsewhere


def test_a_slip_tells_nothing_that_does_not_stand_on_it(unit: Unit, family: Pupil) -> None:
    from pupil_desk.documents.blocks import plain_text
    from pupil_desk.domain.catalogue.catalogue import item_at
    from pupil_desk.services.many.data_check import items_told

    for paper in slips.of_pupils(unit.desk, [family]):
        words = plain_text(paper.story)
        for path in items_told(unit.desk, paper.letter):
            assert item_at(path).label in words


def test_a_letter_by_a_template_tells_what_its_fields_do(unit: Unit, family: Pupil) -> None:
    words = LetterTemplate(name="Review", subject="Review of {{forename}}", body="Born on {{date of birth}}, here since {{first day}}.")
    template = letter_templates.save_template(unit.desk, words)
    made = merging_letters.merge(unit.desk, [family.id], template)
    merging_letters.record_printed(unit.desk, made)
    first, _second = of(unit, family)
    assert first.what == "Letter: Review"
    assert first.fields == ("legal surname", "legal forename", "date of birth", "starting day")
    names_and_the_unit = {
        *merging_letters.SETTING_OF,
        *("forename", "full name", "reference", "salutation", "parent name", "today", SIGNATURE, IMPROVEMENT_END),
    }
    assert {field: merging_letters.items_told([field]) == [] for field in FIELDS} == {
        field: field in names_and_the_unit for field in FIELDS
    }
    assert merging_letters.items_told(["without leave from"]) == ["mark.code", "mark.day"]


def test_reports_and_letters_about_suspensions_tell_the_holders(unit: Unit, family: Pupil) -> None:
    progress_reports.log_printed(unit.desk, family.id)
    decisions.decide(
        unit.desk, Suspension(pupil_id=family.id, category="SUSP", start=DAY, session="AM", sessions=3, reason_1="VA", circumstances="So.")
    )
    (case,) = decisions.overview(unit.desk, family.id).cases
    _first, printed = letters.letters(unit.desk, family.id, case.suspension.decision)
    letters.log_print(unit.desk, printed)
    assert [one.what for one in of(unit, family)] == ["Progress report"] * 2 + ["Letter about a suspension"]
    assert of(unit, family)[-1].reason == f"Addressed to {printed.letter.addressee}.", "the other household’s was not printed"


def test_whoever_has_nobody_tells_nobody(unit: Unit) -> None:
    alone = unit.pupil("Quill", "Cleo", date(2012, 5, 6))
    assert printing.record_printed(unit.desk, printing.make_forms(unit.desk, "sharing-choice", [alone]).forms).kinds == frozenset()
    assert of(unit, alone) == []


def test_each_paper_names_items_of_the_catalogue() -> None:
    papers = (
        on_paper.NOTICE,
        on_paper.NOTICE_SLIP,
        on_paper.SHARING_CHOICE,
        on_paper.consent_form("Medicines", with_medicines=True),
        on_paper.PROGRESS_REPORT,
        on_paper.SUSPENSION_LETTER,
        on_paper.INCIDENT_REPORT,
    )
    for paper in papers:
        assert set(on_paper.NAMES) | set(paper.items) <= set(every_item()), paper.what
    assert {item for items in merging_letters._TELLS.values() for item in items} <= set(every_item())


def test_what_was_told_stands_or_falls_with_its_row_of_the_log(unit: Unit, family: Pupil, monkeypatch: pytest.MonkeyPatch) -> None:
    before = unit.count("log")

    def fails(*_args: object) -> None:
        raise RuntimeError("the disk")

    monkeypatch.setattr(on_paper.disclosures, "keep", fails)
    with pytest.raises(RuntimeError):
        progress_reports.log_printed(unit.desk, family.id)
    assert unit.count("log") == before
    assert unit.count("disclosure") == 0


# -- reading it


@pytest.fixture
def some(unit: Unit, family: Pupil, tmp_path: Path) -> Pupil:
    unit.pupil("Larch", "Dan", date(2012, 1, 1))
    progress_reports.log_printed(unit.desk, family.id)
    run_export(unit.desk, "youth-support", tmp_path, ExportOrder(reason="Termly"))
    return family


def test_the_totals_are_those_of_the_rows(unit: Unit, some: Pupil) -> None:
    totals = {total.name: (total.told, total.others) for total in told.recipients(unit.desk)}
    assert totals == {"Youth support service": (2, 2), "Parents and carers": (2, 1)}
    for total in told.recipients(unit.desk):
        rows = told.log(unit.desk, recipient=total.id)
        assert (len(rows), len({row.pupil_id for row in rows})) == (total.told, total.others)
    mine = next(total for total in told.pupils(unit.desk) if total.id == some.id)
    assert (mine.name, mine.told, mine.others) == ("Quill, Bea", 3, 2)
    assert len(told.log(unit.desk, pupil_id=some.id)) == 3
    assert "youth-support" not in {row.what for row in told.log(unit.desk, pupil_id=some.id)}, "an export is named as people know it"


def test_it_is_found_by_name_and_reference(unit: Unit, some: Pupil) -> None:
    assert [total.name for total in told.pupils(unit.desk, "quill")] == ["Quill, Bea"]
    assert [total.id for total in told.pupils(unit.desk, some.ref.lower())] == [some.id]
    assert [total.name for total in told.recipients(unit.desk, "CARERS")] == ["Parents and carers"]
    assert told.recipients(unit.desk, "nobody") == []


def test_of_a_merged_person_everything_is_told_once(unit: Unit, some: Pupil) -> None:
    other = unit.pupil("Quill", "Beatrix", date(2012, 5, 6))
    unit.contact(other, "Quill", parental_responsibility=True, lives_with=False, address_1="1 Other Road", postcode="AL28 9QN")
    progress_reports.log_printed(unit.desk, other.id)
    merging.merge(unit.desk, some.id, other.id, reason="One girl")
    (mine,) = [total for total in told.pupils(unit.desk) if total.name.startswith("Quill")]
    assert mine.told == 4
    assert len(told.log(unit.desk, pupil_id=other.id)) == 4


def test_looking_is_logged_and_asks_the_role(unit: Unit, some: Pupil, monkeypatch: pytest.MonkeyPatch) -> None:
    told.log(unit.desk, pupil_id=some.id)
    assert unit.log()[-1][:2] == ("view", some.id)
    monkeypatch.setattr(roles, "MAY", {})
    for look in (
        lambda: told.log(unit.desk, pupil_id="other"),
        lambda: told.recipients(unit.desk),
        lambda: told.pupils(unit.desk),
        lambda: told.log(unit.desk),
    ):
        with pytest.raises(NotAllowed):
            look()


def test_of_some_days_only_what_was_told_in_them_counts(unit: Unit, some: Pupil, tmp_path: Path) -> None:
    day = unit.desk.today
    assert {total.name: total.told for total in told.recipients(unit.desk, days=Days(day, day))} == {
        "Youth support service": 2,
        "Parents and carers": 2,
    }
    assert [total.told for total in told.pupils(unit.desk, "quill", Days(since=day))] == [3]
    before = Days(until=day - timedelta(days=1))
    assert told.recipients(unit.desk, days=before) == []
    assert told.pupils(unit.desk, days=before) == []
    assert told.log(unit.desk, before, recipient="Parents and carers") == []
    assert len(told.log(unit.desk, Days(day, day), pupil_id=some.id)) == 3
    run_export(unit.desk, "youth-support", tmp_path, ExportOrder(reason="Of last week", day=day - timedelta(days=7)))
    assert told.recipients(unit.desk, days=before) == [], "it went today, by whatever day it was judged"
    with pytest.raises(WrongUse, match="ends before it begins"):
        told.recipients(unit.desk, days=Days(day, day - timedelta(days=1)))


def test_the_office_sees_what_it_told_itself(unit: Unit, some: Pupil) -> None:
    office = unit.as_role(Role.OFFICE)
    by_hand.keep(
        office,
        ByHand(
            pupil_id=some.id,
            recipient="Larkfield Police",
            kinds=("identity",),
            purpose="A missing child",
            basis="vital",
            way="phone",
            on=office.today,
        ),
    )
    assert [(total.name, total.told) for total in told.recipients(office)] == [("Larkfield Police", 1)]
    assert [(total.name, total.told) for total in told.pupils(office)] == [("Quill, Bea", 1)]
    assert [line.recipient for line in told.log(office, pupil_id=some.id)] == ["Larkfield Police"]
    assert len(told.log(unit.as_role(Role.ASSISTANT_HEAD))) == 5
