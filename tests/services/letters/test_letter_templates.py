"""Templates of letters: those that ship, the unit's own, edition after edition."""

import dataclasses

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.letter import LetterTemplate, check_template
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.letters.letter_templates import history, retire, save_template, shipped, templates
from pupil_desk.store.tables import letters as store
from tests.services.exports.made import Unit

OWN = LetterTemplate(name="Bus pass", subject="A bus pass for {{forename}}", body="Dear {{salutation}}")
NAMES = ["Concern about attendance", "End of the placement", "Invitation to a review", "Notice to improve attendance", "Trip", "Welcome"]


def test_those_that_ship_are_offered_and_nothing_is_kept_for_that(unit: Unit) -> None:
    assert [one.name for one in templates(unit.desk)] == NAMES
    assert store.editions(unit.desk.vault) == []


@pytest.mark.parametrize("template", shipped(), ids=lambda one: one.template_id)
def test_nothing_is_wrong_with_those_that_ship(template: LetterTemplate) -> None:
    assert check_template(template) == ()


def test_the_notice_to_improve_says_what_the_framework_asks_of_it() -> None:
    """The duty and why it matters, what was offered and is, until when, what is enough, what may follow, and when that may be sooner."""
    body = next(one.body for one in shipped() if one.name == "Notice to improve attendance")
    for words in ("learns most", "section 7 of the Education Act 1996", "penalty notice, or prosecute you", "before that day"):
        assert words in body
    assert body.index("What is enough") < body.index("before that day")


def test_a_letter_about_a_trip_leaves_the_consent_to_its_form_and_says_whom_to_call() -> None:
    body = next(one.body for one in shipped() if one.name == "Trip")
    assert "I agree" not in body
    assert "consent form for this trip" in body
    assert "{{unit telephone}}" in body


def test_one_of_ones_own_is_kept_and_each_change_is_a_further_edition(unit: Unit) -> None:
    first = save_template(unit.desk, OWN)
    second = save_template(unit.desk, dataclasses.replace(first, body="Dear {{salutation}}, hello"))
    assert (second.template_id, second.edition) == (first.template_id, 2)
    assert [one.name for one in templates(unit.desk)] == ["Bus pass", *NAMES]
    assert [(made.edition, made.actor) for made in history(unit.desk, first.template_id)] == [(2, "Dana Officer"), (1, "Dana Officer")] or [
        made.edition for made in history(unit.desk, first.template_id)
    ] == [2, 1]
    assert [one.body for one in store.editions(unit.desk.vault)] == [OWN.body, second.body]


def test_saving_what_has_not_changed_keeps_nothing(unit: Unit) -> None:
    first = save_template(unit.desk, OWN)
    assert save_template(unit.desk, dataclasses.replace(first, name=" Bus  pass ")) == first
    assert len(store.editions(unit.desk.vault)) == 1


def test_one_that_ships_is_changed_and_the_file_has_both(unit: Unit) -> None:
    trip = next(one for one in templates(unit.desk) if one.name == "Trip")
    changed = save_template(unit.desk, dataclasses.replace(trip, name="School trip"))
    assert changed.edition == 2
    assert [(one.name, one.edition) for one in store.editions(unit.desk.vault)] == [("Trip", 1), ("School trip", 2)]
    assert "School trip" in [one.name for one in templates(unit.desk)]
    assert "Trip" not in [one.name for one in templates(unit.desk)]


def test_a_newer_one_that_ships_follows_the_one_that_was_used_but_not_ones_own(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    trip, welcome = (next(one for one in shipped() if one.name == name) for name in ("Trip", "Welcome"))
    save_template(unit.desk, dataclasses.replace(welcome, body="Our own words"))
    with unit.desk.vault.transaction():
        store.add_edition(unit.desk.vault, trip, moment="2026-11-01T00:00:00Z", actor="x")
    newer = tuple(dataclasses.replace(one, id=f"{one.template_id}-newer", body="Newer words") for one in shipped())
    monkeypatch.setattr(letter_templates, "shipped", lambda: newer)
    found = {one.name: (one.body, one.edition) for one in templates(unit.desk)}
    assert found["Trip"] == ("Newer words", 2)
    assert found["Welcome"] == ("Our own words", 2)


def test_one_taken_out_of_use_is_offered_no_more_and_stays_on_file(unit: Unit) -> None:
    trip = next(one for one in templates(unit.desk) if one.name == "Trip")
    retire(unit.desk, trip)
    assert "Trip" not in [one.name for one in templates(unit.desk)]
    assert [one.retired for one in store.editions(unit.desk.vault)] == [False, True]
    with pytest.raises(WrongUse):
        retire(unit.desk, trip)


def test_two_of_one_name_and_unknown_fields_are_refused(unit: Unit) -> None:
    with pytest.raises(Refused, match="Another letter has this name"):
        save_template(unit.desk, dataclasses.replace(OWN, name="welcome"))
    with pytest.raises(Refused, match="no field called “mood”"):
        save_template(unit.desk, dataclasses.replace(OWN, body="{{mood}}"))
    assert store.editions(unit.desk.vault) == []


def test_the_log_says_that_a_template_was_saved_and_not_what_it_says(unit: Unit) -> None:
    made = save_template(unit.desk, OWN)
    assert unit.log()[-1] == ("edit-record", made.template_id, "saved")
