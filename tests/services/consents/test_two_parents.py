"""Of two parents who answer differently, on one form or on two: what the form tells each of them, and what then counts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.dates import show_date
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.services.care import health
from pupil_desk.services.consents import standings
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.consents import KIND
from pupil_desk.services.paper_forms.kind import FormToPrint, Variant
from pupil_desk.services.pupils import contacts
from pupil_desk.store.rows import several
from pupil_desk.store.tables import paper_forms as forms_on_file
from tests.services.consents.boxes import EARLIER, LATER, keep, printed, subject, verdict
from tests.services.consents.conftest import Family
from tests.services.consents.saying import record_said
from tests.services.consents.test_recording import said as as_said
from tests.services.consents.test_recording import stand
from tests.services.exports.made import DAY, MOMENT


def test_of_two_parents_who_differ_about_a_request_the_later_date_counts_and_of_one_day_that_the_pupil_takes_part(family: Family) -> None:
    forms = [one for one in printed(family, "worship", family.ben, Variant.STANDARD) if one.contact_ids]
    assert "If two differ, the later one counts (no date: the day it came); on the same day, “takes part”." in plain_text(forms[0].story)
    question = forms[0].questions[0]
    keep(family, forms[0], question, "yes", LATER)  # leave out
    keep(family, forms[1], question, "no", EARLIER)
    assert verdict(family, forms[0], question).in_force, "what came in later bears the earlier date"
    keep(family, forms[1], question, "no", LATER)
    assert not verdict(family, forms[0], question).in_force


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_medicines_form_tells_of_an_emergency_once_and_a_correction_ends_a_yes(family: Family, answer: str) -> None:
    form = printed(family, "medicines", family.ben, Variant.STANDARD)[0]
    said = plain_text(form.story)
    assert said.count("999") == 2
    assert "In an emergency we always call 999, and then you." in said
    assert "Yes: staff give Ben this medicine, as written above." in said
    assert "If no: We do not give it, unless 999 tells us to and it is here. What we hold goes back to you." in said
    assert "But we keep what we have, and ask you again." in said
    assert "agreed to in writing" not in said, "999 may say otherwise"
    assert (
        "If you correct a medicine here, that is a no to what is printed, whatever anybody ticks, until you agree to what is right on a new form, which we send you. What we have we keep until then."
        in said
    )
    keep(family, form, form.questions[0], answer, DAY)  # signed, entered and put right on one day
    assert verdict(family, form, form.questions[0]).in_force == (answer == "yes")
    (medicine,) = several.of_pupil(family.unit.desk.vault, Medicine, family.ben.id)
    health.save_medicine(replace(family.unit.desk, clock=FixedClock(MOMENT + timedelta(minutes=1))), replace(medicine, dose="2"))
    assert not verdict(family, form, form.questions[0]).in_force


def test_a_medicine_that_one_parent_corrects_is_not_given_by_the_others_yes_until_that_parent_agrees_anew(family: Family) -> None:
    forms = [one for one in printed(family, "medicines", family.ben, Variant.STANDARD) if one.contact_ids]
    corrects, agrees = forms
    printing.record_printed(family.unit.desk, [printing.numbered(corrects)])
    question = corrects.questions[0]
    (on_file,) = [
        form
        for form in forms_on_file.everything(family.unit.desk.vault)
        if form.pupil_id == family.ben.id and printing.questions_of(form) == corrects.questions
    ][:1]
    assert "Then choose no: a correction is a no to what is printed, whatever is ticked." in printing.questions_of(on_file)[0].hint, (
        "whoever confirms the form is told what the form says"
    )
    keep(family, agrees, question, "yes", EARLIER)
    assert verdict(family, agrees, question).in_force
    keep(family, corrects, question, "no", LATER)
    keep(family, agrees, question, "yes", LATER)
    assert verdict(family, corrects, question).standing is ConsentStatus.REFUSED, "another parent’s yes does not undo it"
    anew = KIND.ask(family.unit.desk, "medicines", [family.ben], DAY, Variant.STANDARD).forms
    assert {form.contact_ids for form in anew} == {form.contact_ids for form in forms}, "it is asked about anew"
    (medicine,) = several.of_pupil(family.unit.desk.vault, Medicine, family.ben.id)
    health.save_medicine(family.unit.desk, replace(medicine, dose="2"))
    keep(family, agrees, question, "yes", DAY)
    assert not verdict(family, agrees, question).in_force
    keep(family, corrects, question, "yes", DAY)
    assert verdict(family, agrees, question).in_force


@pytest.mark.parametrize(
    ("variant", "words"),
    [
        (Variant.STANDARD, "yes, as said on 20 November 2026 by Mrs Eve Dunn, until a parent says no."),
        (Variant.EASY, "yes, as said on 20 November 2026, until a parent says no."),
    ],
)
def test_of_two_parents_on_one_form_the_one_who_said_yes_is_named(family: Family, variant: Variant, words: str) -> None:
    cal = family.unit.pupil("Dunn", "Cal", date(2014, 2, 6), address_1="4 Larch Way", town="Larkfield", postcode="AL28 2QN")
    eve, _tom = (
        family.unit.contact(cal, "Dunn", title=title, forename=forename, order=order, parental_responsibility=True, lives_with=True)
        for order, (title, forename) in enumerate((("Mrs", "Eve"), ("Mr", "Tom")), 1)
    )
    (form,) = printed(family, "trips", cal, Variant.STANDARD)
    assert form.contact_ids[0] == eve.id
    keep(family, form, form.questions[0], "yes", EARLIER)
    assert words in plain_text(printed(family, "trips", cal, variant)[0].story)


def test_of_two_parents_on_one_form_the_other_is_told_that_a_yes_changes_no_no_and_it_does_not(family: Family) -> None:
    cal = family.unit.pupil("Dunn", "Cal", date(2014, 2, 6), address_1="4 Larch Way", town="Larkfield", postcode="AL28 2QN")
    eve, tom = (
        family.unit.contact(cal, "Dunn", title=title, forename=forename, order=order, parental_responsibility=True, lives_with=True)
        for order, (title, forename) in enumerate((("Mrs", "Eve"), ("Mr", "Tom")), 1)
    )
    trip = subject(family, "trip", cal)

    def form() -> FormToPrint:
        return KIND.ask(family.unit.desk, trip, [cal], DAY, Variant.STANDARD).forms[0]

    first = form()
    assert first.contact_ids == (eve.id, tom.id)
    keep(family, first, first.questions[0], "no", EARLIER)
    said = plain_text(form().story)
    assert f"it stays no, as said on {show_date(EARLIER)} by Mrs Eve Dunn. Only that person’s yes changes that, not Mr Tom Dunn’s." in said
    assert "With a yes" not in said, "not every yes takes Cal along"
    assert "What is written here or left empty does not change whether Cal comes" in said
    keep(family, replace(first, letter=replace(first.letter, contacts=(tom, eve))), first.questions[0], "yes", LATER)
    assert not verdict(family, first, first.questions[0]).in_force
    keep(family, first, first.questions[0], "yes", LATER)
    assert verdict(family, first, first.questions[0]).in_force


def test_who_no_longer_has_parental_responsibility_no_longer_counts(family: Family) -> None:
    desk = family.unit.desk
    record_said(desk, [as_said(family, key="trips", who="dad")])
    assert stand(family, "Trips in general") is ConsentStatus.GIVEN
    contacts.save_contact(desk, replace(family.dad, parental_responsibility=False))
    row = next(one for one in standings.of_pupil(desk, family.ben.id) if one.title == "Trips in general")
    assert row.verdict.standing is ConsentStatus.NOT_ASKED
    assert "Mr Ned Ash said yes, but is not on file as having parental responsibility." in row.verdict.reason
