"""The register of recipients: whole, checked on a day, of items that there are; and whom a unit's settings name."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.catalogue.items import Category, items_of
from pupil_desk.domain.exams.exam import ExamEntry
from pupil_desk.domain.learning.next_steps import Learning
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.recipients import OTHER, NoticeUse, Recipient, RulePart, grounds, register
from pupil_desk.domain.sharing.sharing import Level, Rules, SharingCase, decide
from pupil_desk.domain.sharing.unit_recipients import chosen_recipients, is_named, names_of, recipients_named
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.consents import types

UNIT = UnitSettings(name="Larkfield", la="919", estab="1100")
DAY = date(2026, 11, 24)
CHOSEN = [one for one in register().values() if one.use is NoticeUse.CHOSEN]


@pytest.mark.parametrize("one", register().values(), ids=register())
def test_each_says_by_which_law_how_sure_we_are_and_when_we_looked(one: Recipient) -> None:
    assert one.law
    assert one.purpose
    assert one.source
    assert one.label
    assert one.sure in ("high", "medium", "low", "design")
    assert one.checked in (date(2026, 11, 28), date(2026, 11, 30), date(2026, 12, 1))
    assert {*one.minimum, *one.full, *one.parent_items} <= set(every_item())
    assert len(set(one.full)) == len(one.full)
    assert set(one.minimum) <= set(one.full)
    assert "{" not in one.law


@pytest.mark.parametrize("one", CHOSEN, ids=lambda one: one.name)
def test_one_with_whom_a_unit_may_work_has_its_setting_its_words_and_its_condition(one: Recipient) -> None:
    assert one.setting in {item.name for item in items_of(UnitSettings)}
    assert one.said
    assert one.said_own
    assert one.covers
    assert one.full
    special = [path for path in one.full if every_item()[path].facts.special]
    assert bool(special) == ("specially protected" in one.law)
    assert all(every_item()[path].facts.category is not Category.SAFETY for path in one.full), (
        "what tells of a protection goes to nobody as a routine"
    )


def test_every_such_setting_is_one_recipients() -> None:
    settings = {item.name for item in items_of(UnitSettings) if item.name.startswith("told_")}
    assert sorted(one.setting for one in CHOSEN) == sorted(settings)


def test_the_lists_of_the_choices_follow_from_it() -> None:
    assert set(codelist("choice_recipient").codes) == {one.name for one in register().values() if one.heard}
    assert set(grounds()) == {"legal-obligation", "vital", "safeguarding", "crime", "court"}
    assert {code.upper().replace("-", "_") for code in codelist("disclosed_kind").codes} == {
        category.name for category in Category if category is not Category.STAFF
    }


def test_who_is_written_down_is_named_and_nobody_else() -> None:
    assert chosen_recipients(UNIT) == []
    assert {one.name for one in recipients_named(UNIT)} == {one.name for one in register().values() if one.use is not NoticeUse.CHOSEN}
    named = dataclasses.replace(UNIT, told_schools=" Wyming Vale School \n\nBroadmere; St Osyth’s ", told_school_nurse=" ; ")
    assert [one.name for one in chosen_recipients(named)] == ["main-school"]
    assert names_of(register()["main-school"], named) == ("Wyming Vale School", "Broadmere", "St Osyth’s")
    assert not is_named(register()[OTHER], named)


def test_one_of_what_a_unit_does_not_use_is_not_named() -> None:
    hse = register()["hse"]
    assert is_named(hse, UNIT)
    without = dataclasses.replace(UNIT, keeps_accidents=False)
    assert not is_named(hse, without)
    assert hse not in recipients_named(without)


def case(stay: Enrolment | None = None, **items: object) -> SharingCase:
    pupil = Pupil(surname="Quill", forename="Bea", dob=date(2011, 5, 6), **items)  # type: ignore[arg-type]
    return SharingCase(pupil, [stay or Enrolment(status="C", start_date=date(2026, 9, 2))])


ENTRY = ExamEntry(series="jun", year=2027, board="aqa", qualification="GCSE Art", entry_code="8201", status="entered")
GCSE = Learning(kind="qualification", title="GCSE Art", start=date(2026, 9, 3))


@pytest.mark.parametrize(
    ("name", "covered", "not_covered"),
    [
        ("main-school", case(Enrolment(status="M", start_date=date(2026, 9, 2), main_school="9194001")), case()),
        (
            "main-school",
            case(Enrolment(status="C", start_date=date(2026, 9, 2), commissioned_by="Broadmere")),
            case(Enrolment(status="C", start_date=date(2026, 9, 2), transport="Taxi")),
        ),
        ("virtual-school", case(looked_after=True), case(looked_after=False)),
        (
            "virtual-school",
            case().with_records(care=[CarePeriod(kind="CIN", start_date=date(2026, 9, 2))]),
            case().with_records(care=[CarePeriod(kind="CP", end_date=date(2026, 7, 1))]),
        ),
        ("exam-boards", case().with_records(learning=[GCSE]), case().with_records(learning=[dataclasses.replace(GCSE, result="5")])),
        (
            "exam-boards",
            case().with_records(learning=[dataclasses.replace(GCSE, start=None)]),
            case().with_records(learning=[dataclasses.replace(GCSE, kind="course")]),
        ),
        (
            "exam-boards",
            case().with_records(exam_entries=[dataclasses.replace(ENTRY, year=2026), dataclasses.replace(ENTRY, status="withdrawn")]),
            case().with_records(exam_entries=[dataclasses.replace(ENTRY, year=2025), dataclasses.replace(ENTRY, status="withdrawn")]),
        ),
        ("transport", case(Enrolment(status="C", start_date=date(2026, 9, 2), transport="Taxi")), case()),
    ],
)
def test_a_recipient_is_told_of_those_whom_it_has_to_do_with(name: str, covered: SharingCase, not_covered: SharingCase) -> None:
    one = register()[name]
    yes, no = decide(covered, one, DAY, Rules()), decide(not_covered, one, DAY, Rules())
    assert yes is not None
    assert no is not None
    assert (yes.level, yes.items, yes.decided_by) == (Level.FULL, one.full, "rule")
    assert (no.level, no.items) == (Level.NONE, ())
    assert yes.reason
    assert no.reason
    assert yes.reason != no.reason


def test_a_board_is_told_for_what_a_pupil_is_entered_and_nothing_of_access_arrangements() -> None:
    told = register()["exam-boards"].full
    of_entry = {path.partition(".")[2] for path in told if path.startswith("exam_entry.")}
    assert of_entry == {
        *("series", "year", "board", "qualification", "entry_code", "component", "tier", "centre", "candidate_number", "uci")
    }
    assert not any(path.startswith(("exam_arrangement.", "exam_collector.")) for path in told)
    asked = types.shipped()["access-arrangements"].type
    assert "{occasion}" in asked.title
    assert asked.per == "occasion"


def test_where_a_case_decides_nothing_goes_as_a_routine() -> None:
    for one in register().values():
        if one.rule is RulePart.BY_CASE:
            found = decide(case(looked_after=True), one, DAY, Rules())
            assert found is not None
            assert found.level is Level.NONE
            assert "entered by hand" in found.reason


def test_nobody_is_told_of_a_pupil_who_is_not_on_roll() -> None:
    gone = case(Enrolment(status="M", start_date=date(2025, 9, 2), end_date=date(2026, 7, 1), main_school="9194001"))
    assert decide(gone, register()["main-school"], DAY, Rules()) is None
