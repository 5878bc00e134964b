"""The notice's editions, to whom it is due, and who was given which; and the reply form's askable people."""

import dataclasses
from datetime import date, timedelta

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.papers import notice as paper
from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services import exports
from pupil_desk.services.notices import notice_digests, notice_slips, notice_text, notices
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import settings as settings_service
from tests.services.exports.made import DAY, MOMENT, Unit
from tests.services.state import log_of, state

BARE = UnitSettings(name="Larkfield Centre", la="919", estab="1100")
BORN, OVER_16 = date(2012, 5, 1), date(2010, 5, 1)


def _family(unit: Unit, dob: date = BORN, *, holders: int = 1, forename: str = "Zoë") -> Pupil:
    pupil = unit.pupil("Penn", forename, dob, address_1="1 Lane", postcode="SG4 7ZZ")
    for number in range(holders):
        unit.contact(pupil, "Penn", forename=f"Parent {number}", parental_responsibility=True, lives_with=True)
    return pupil


def _give(unit: Unit, pupil: Pupil) -> None:
    notices.issue(unit.desk, notices.letters_of(unit.desk, pupil.id).letters, "by-hand")


def _change(unit: Unit, **items: object) -> None:
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, **items))


def test_the_same_notice_is_the_same_edition(unit: Unit) -> None:
    pupil = _family(unit)
    first = notices.current_edition(unit.desk)
    assert (first.number, first.name) == (1, "24 November 2026, number 1")
    _give(unit, pupil)
    _change(unit, lock_minutes=7)  # nothing that the notice says
    assert notices.current_edition(unit.desk) == first
    assert notices.why_new(unit.desk) == []
    _give(unit, pupil)
    assert unit.count("notice_edition") == 1


@pytest.mark.parametrize(
    ("items", "reasons"),
    [
        ({"head": "Robin Ashdown"}, ["the unit’s details have changed"]),
        ({"address_1": "2 Lane"}, ["the unit’s details have changed"]),
        ({"dpo_phone": "01632 960101"}, ["the unit’s details have changed"]),
        ({"with_parent": True}, ["who receives what has changed"]),
        ({"unasked_16": "full"}, ["who receives what has changed"]),  # what silence from 16 means
        ({"youth_service": "Young Larkfield"}, ["the unit’s details have changed", "who receives what has changed"]),
    ],
)
def test_a_changed_setting_makes_a_new_edition_and_says_why(unit: Unit, items: dict[str, object], reasons: list[str]) -> None:
    pupil = _family(unit)
    assert notices.why_new(unit.desk) == []
    _give(unit, pupil)
    _change(unit, **items)
    assert notices.why_new(unit.desk) == reasons
    assert notices.current_edition(unit.desk).number == 2
    assert [letter.pupil for letter in notices.notices_due(unit.desk).letters] == [pupil]
    _change(unit, **{name: getattr(BARE, name) for name in items})  # as it was, and nobody holds the second
    assert notices.current_edition(unit.desk).number == 1


def test_the_notice_names_the_information_commission_from_the_day_that_the_unit_sets_as_a_new_edition(unit: Unit) -> None:
    pupil = _family(unit)
    _give(unit, pupil)
    _change(unit, commission_since=DAY + timedelta(days=1))
    assert notices.why_new(unit.desk) == []
    _change(unit, commission_since=DAY)
    assert notices.why_new(unit.desk) == ["the unit’s details have changed"]
    filling = notice_text.filling_of(unit.desk.settings, DAY)
    assert (filling["regulator"], filling["regulator_short"]) == ("Information Commission", "Information Commission")


def test_a_change_taken_back_is_a_third_edition_for_those_who_hold_the_second(unit: Unit) -> None:
    pupil = _family(unit)
    _give(unit, pupil)
    _change(unit, head="Robin Ashdown")
    _give(unit, pupil)
    _change(unit, head=BARE.head)
    assert notices.current_edition(unit.desk).number == 3
    assert [letter.pupil for letter in notices.notices_due(unit.desk).letters] == [pupil]
    _give(unit, pupil)
    assert notices.notices_due(unit.desk).letters == ()
    assert unit.count("notice_edition") == 3


def test_changed_words_make_a_new_edition(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    _give(unit, _family(unit))
    prose = notice_text.prose
    monkeypatch.setattr(notice_text, "prose", lambda part="notice": prose(part) + "\n\nOne sentence more.")
    assert notices.why_new(unit.desk) == ["the wording of the notice has changed"]


def test_a_changed_page_of_the_government_is_a_changed_wording(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    _give(unit, _family(unit))
    monkeypatch.setitem(notice_text.PAGES, "dfe_page", "https://www.gov.uk/another")
    assert notices.why_new(unit.desk) == ["the wording of the notice has changed"]


def test_how_the_tables_are_set_makes_no_new_edition(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor did it when they were set anew: the digest of these words was made by the program before that."""
    _give(unit, _family(unit))
    monkeypatch.setattr(paper, "annex_part", lambda _annex: [])
    assert notices.why_new(unit.desk) == []
    words = NoticeProse(front="# From {unit}\n\nWe keep {categories}.", more="## Read more\n\nAsk {dpo}")
    assert notice_digests.nameless_wording_digest(words) == "1e8ba8909c28398021e3c95c3e1020c30fbc92d10575f068deb1c72d738a41e9"


def test_a_changed_catalogue_makes_a_new_edition(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        exports, "EXPORTS", tuple(export for export in exports.EXPORTS if export.name != "whole-unit")
    )  # it tells every item
    _give(unit, _family(unit))
    items = notice_text.every_item()
    monkeypatch.setattr(notice_text, "every_item", lambda: dict(list(items.items())[:-1]))
    assert notices.why_new(unit.desk) == ["what is held, or how long it is kept, has changed"]


def test_due_is_whoever_lacks_the_current_edition(unit: Unit) -> None:
    pupil = _family(unit, holders=2)
    (letter,) = notices.notices_due(unit.desk).letters
    assert letter.addressee == "Parent 0 Penn and Parent 1 Penn"
    notices.issue(unit.desk, [dataclasses.replace(letter, contacts=letter.contacts[:1])], "post", day=date(2026, 11, 20))
    assert notices.notices_due(unit.desk).letters == (letter,)
    _give(unit, pupil)
    assert notices.notices_due(unit.desk).letters == ()
    assert notices.letters_of_everyone(unit.desk).letters == (letter,)
    assert notices.notices_due(unit.desk, date(2026, 11, 19)).letters == (letter,)


def test_what_was_given_on_an_earlier_day_is_of_the_edition_of_that_day_and_due_anew(unit: Unit) -> None:
    _family(unit, holders=2)
    (letter,) = notices.notices_due(unit.desk).letters
    first, second = (dataclasses.replace(letter, contacts=(contact,)) for contact in letter.contacts)
    notices.issue(dataclasses.replace(unit.desk, clock=FixedClock(MOMENT - timedelta(days=14))), [first], "post")
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, name="Another name"))
    notice_slips.log_printed(dataclasses.replace(unit.desk, clock=FixedClock(MOMENT - timedelta(days=3))), [first])
    notices.issue(unit.desk, [first], "post", day=DAY - timedelta(days=3))  # which was printed on that day, and is no older one
    notices.issue(unit.desk, [second], "post", day=DAY - timedelta(days=4))
    rows = unit.desk.vault.rows(
        "SELECT number, contact_id FROM notice_issue JOIN notice_edition ON notice_edition.id = edition_id ORDER BY notice_issue.rowid"
    )
    assert [tuple(row) for row in rows] == [(1, first.contacts[0].id), (2, first.contacts[0].id), (1, second.contacts[0].id)]
    assert notices.notices_due(unit.desk).letters == (letter,), "the other holder has not had what holds today"


def test_a_letter_to_two_holders_is_given_to_both(unit: Unit) -> None:
    pupil, before = _family(unit, holders=2), len(log_of(unit.desk))
    _give(unit, pupil)
    rows = unit.desk.vault.rows('SELECT given_to, "on", channel FROM notice_issue ORDER BY given_to')
    assert [tuple(row) for row in rows] == [("Parent 0 Penn", "2026-11-24", "by-hand"), ("Parent 1 Penn", "2026-11-24", "by-hand")]
    assert [(row[1], row[2], row[3]) for row in log_of(unit.desk)[before:]] == [("issue-notice", pupil.id, "edition 1")]


def test_from_16_the_pupil_gets_one_too(unit: Unit) -> None:
    pupil = _family(unit, OVER_16)
    assert [letter.addressee for letter in notices.notices_due(unit.desk).letters] == ["Parent 0 Penn", "Zoë Penn"]
    _give(unit, pupil)
    assert notices.notices_due(unit.desk).letters == ()


def test_who_gets_none_is_listed_with_the_reason(unit: Unit) -> None:
    pupil = _family(unit)
    barred = unit.contact(pupil, "Marsh", parental_responsibility=True, address_1="9 Road")
    unit.protect(pupil, "order", barred)
    unit.contact(pupil, "Stone", parental_responsibility=True)
    alone = unit.pupil("Alone", "Kim", BORN)
    unit.contact(alone, "Aunt")  # parental responsibility not known
    found = notices.letters_of_everyone(unit.desk)
    assert [letter.addressee for letter in found.letters] == ["Parent 0 Penn"]
    assert {(name, reason) for _pupil, name, reason in found.left_out} == {
        ("Marsh", "under an order or restriction: gets no notice"),
        ("Stone", "has no address on file"),
    }
    assert found.without_addressee == (alone,)


def test_those_not_on_roll_are_not_due(unit: Unit) -> None:
    _family(unit)
    assert notices.notices_due(unit.desk, date(2026, 9, 1)).letters == ()


def test_a_day_to_come_is_refused(unit: Unit) -> None:
    pupil = _family(unit)
    letters, before = notices.letters_of(unit.desk, pupil.id).letters, state(unit.desk)
    with pytest.raises(WrongUse, match="future"):
        notices.issue(unit.desk, letters, "post", day=date(2026, 11, 25))
    assert state(unit.desk) == before
    assert notices.issue(unit.desk, [], "post").ids == frozenset()


def test_giving_the_notice_raises_the_level_from_13_to_15(unit: Unit) -> None:
    pupil = _family(unit)
    assert [row.decision.level for row in sharing.preview(unit.desk, "youth-support", DAY)] == ["minimum"]
    _give(unit, pupil)
    assert [row.decision.level for row in sharing.preview(unit.desk, "youth-support", DAY)] == ["full"]


def test_papers_bear_no_name_in_the_file_name_and_are_logged_when_printed(unit: Unit) -> None:
    pupil = _family(unit, OVER_16)
    letters = notices.letters_of(unit.desk, pupil.id).letters
    papers = list(notices.papers(unit.desk, letters))
    assert [paper.file_stem for paper in papers] == ["privacy-notice-P0001-1", "privacy-notice-P0001-2"]
    assert papers[0].footer == "Larkfield Centre. Privacy notice 24 November 2026, number 1."
    before = len(log_of(unit.desk))
    notice_slips.log_printed(unit.desk, letters)
    assert [row[1:3] for row in log_of(unit.desk)[before:]] == [("print-notice", pupil.id)]
    assert "Head of the unit" in notices.missing_details(unit.desk)


def test_the_form_asks_each_household_under_16_and_the_pupil_from_16(unit: Unit) -> None:
    young, old = _family(unit, holders=2), _family(unit, OVER_16, forename="Kim")
    unit.contact(young, "Marsh", parental_responsibility=True, address_1="9 Road", postcode="SG4 7AA")
    barred = unit.contact(young, "Stone", parental_responsibility=True, address_1="5 Way")
    unit.protect(young, "order", barred)
    made = printing.make_forms(unit.desk, "sharing-choice", [young, old]).forms
    stems = [one.form.file_stem for one in made]
    assert stems == ["sharing-choice-P0001-1", "sharing-choice-P0001-2", "sharing-choice-P0002-1"]
    assert {pupil.id for pupil in printing.unanswered(unit.desk, "sharing-choice")} == {young.id, old.id}
    before = len(log_of(unit.desk))
    printing.record_printed(unit.desk, made)
    assert {row[2] for row in log_of(unit.desk)[before:]} == {old.id, young.id}
    assert len(log_of(unit.desk)) == before + 2
    with pytest.raises(WrongUse, match="sharing-choice"):
        printing.make_forms(unit.desk, "another", [young])
