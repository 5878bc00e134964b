"""The forms that ask for consents: whom each asks, and what stands on it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pupil_desk.documents.blocks import TickGrid, TickRow, plain_text
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import HealthItem, Medicine
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.consents.consent import Competence, Occasion
from pupil_desk.services.care import health
from pupil_desk.services.consents import occasions, recording, types
from pupil_desk.services.consents.form_parts import box_words, intro_words
from pupil_desk.services.consents.timeline import timeline
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.consents import KIND
from pupil_desk.services.paper_forms.kind import PrintedForm, Variant
from pupil_desk.services.roles import Action
from tests.documents.checking import assert_accessible
from tests.services.consents.conftest import Family
from tests.services.consents.forms import PHOTOS, ask, keep, returned, stands
from tests.services.exports.made import DAY


def test_there_is_a_form_for_every_type_and_for_every_occasion_to_come(family: Family) -> None:
    desk = family.unit.desk
    plain = [key for key, one in types.shipped().items() if one.type.per != "occasion"]
    assert list(KIND.subjects(desk)) == plain
    trip = occasions.add(desk, Occasion(consent_type="trip", name="Climbing", start=date(2026, 12, 3)))[1]
    occasions.add(desk, Occasion(consent_type="trip", name="Long ago", start=date(2026, 9, 3)))
    assert KIND.subjects(desk)[f"trip/{trip}"] == "Climbing, 3 December 2026"
    assert len(KIND.subjects(desk)) == len(plain) + 1


def test_each_household_is_asked_by_itself_and_the_boxes_are_the_questions(family: Family) -> None:
    forms = ask(family)
    assert {form.contact_ids for form in forms} == {(family.mum.id,), (family.dad.id,)}
    form = next(form for form in forms if form.contact_ids == (family.mum.id,))
    boxes = [block.key for block in _ticks(form.story)]
    assert boxes == [f"{question.key}/{answer.key}" for question in form.questions for answer in question.answers]
    assert [question.key for question in form.questions] == [*PHOTOS, "own"]
    said = plain_text(form.story)
    for words in (
        "Photographs and videos",
        "Ben Ash",
        "Mrs Ruth Ash",
        "May we use photographs and videos of Ben?",
        "Tick one box in each line\nYes: use pictures of Ben …\nNo: do not use pictures of Ben …\nOn displays inside the unit\nOn our website\n",
        "I, Ben, say no to all of this. (Then we do not do it",
        "Ben still joins in everything",
    ):
        assert words in said
    assert form.file_stem.startswith("photographs-P0")
    assert "Ash" not in form.file_stem
    assert form.wording.startswith(
        "May we use photographs and videos of Ben? on displays inside the unit\n- Yes: use pictures of Ben on displays inside the unit.\n- No: do not"
    )


def _ticks(story: Any) -> list[TickRow]:
    found = []
    for block in story:
        if isinstance(block, TickGrid):
            found += [box for _words, boxes in block.rows for box in boxes]
        else:
            found += [block] if isinstance(block, TickRow) else _ticks(getattr(block, "blocks", ()))
    return found


@pytest.mark.parametrize("variant", [Variant.STANDARD, Variant.EASY])
@pytest.mark.parametrize("key", [key for key, one in types.shipped().items() if one.type.per == "pupil"])
def test_each_type_that_ships_fits_on_one_page_with_every_place_filled(shared: Family, key: str, variant: Variant) -> None:
    forms = ask(shared, key, variant)
    assert forms
    for form in forms:
        assert len(layout(printing.numbered(form).page)) == 1
        assert "{" not in plain_text(form.story)


@pytest.mark.parametrize("variant", [Variant.STANDARD, Variant.EASY])
def test_a_form_is_read_out(shared: Family, variant: Variant) -> None:
    form = ask(shared, "photographs", variant)[0]
    assert_accessible(build_pdf(form.story, title=form.title))


def test_the_pupil_is_asked_where_the_pupils_word_is_needed(family: Family) -> None:
    assert [form.contact_ids for form in ask(family, "acceptable-use")][-1] == ()
    recording.find(
        family.unit.desk,
        Competence(pupil_id=family.ada.id, consent_type="trips", asked_about="", finding="competent", on=DAY, reason="A talk"),
    )
    (own,) = KIND.ask(family.unit.desk, "trips", [family.ada], DAY, Variant.STANDARD).forms
    assert own.contact_ids == ()
    assert "Do you agree to come on ordinary trips nearby" in plain_text(own.story)
    assert "Parent or carer" not in plain_text(own.story)


@pytest.mark.parametrize("key", types.shipped())
def test_a_pupil_who_signs_is_spoken_to_as_you(key: str) -> None:
    made = types.shipped()[key].type
    assert "{forename}" in intro_words(made, to_pupil=False) + (made.alternative or "") + made.question, "a parent is told of whom"
    for easy in (False, True):
        words = (
            intro_words(made, to_pupil=True, easy=easy),
            made.own_alternative or made.alternative or "",
            made.own_question,
            made.easy_own_question or "",
            *box_words(made, to_pupil=True, easy=easy),
        )
        assert [said for said in words if "{forename}" in said or "{name}" in said] == []


def test_the_pupils_own_form_says_what_the_pupil_gets_instead(family: Family) -> None:
    own = ask(family, "acceptable-use")[-1]
    assert "If no: You use a computer only with a member of staff at your side." in plain_text(own.story)
    assert "The pupil then" not in plain_text(own.story)


def test_nobody_under_an_order_gets_one_and_it_is_said(family: Family) -> None:
    family.unit.protect(family.ben, "order", family.dad)
    found = KIND.ask(family.unit.desk, "photographs", [family.ben], DAY, Variant.STANDARD)
    assert [form.contact_ids for form in found.forms] == [(family.mum.id,)]
    assert [(one.name, one.reason) for one in found.left_out] == [("Mr Ned Ash", "is under an order or restriction")]


def test_a_withheld_address_keeps_nobody_from_a_form_which_has_none_on_it(family: Family) -> None:
    family.unit.protect(family.ben)
    forms = ask(family)
    assert {form.contact_ids for form in forms} == {(family.mum.id,), (family.dad.id,)}
    for form in forms:
        said = plain_text(form.story)
        assert "Larch Way" not in said
        assert "Mill Lane" not in said
        assert len({"Mrs Ruth Ash", "Mr Ned Ash"} & set(said.splitlines())) == 1  # one household is not told of the other


def test_what_is_printed_was_asked_once_a_day(family: Family) -> None:
    desk, forms = family.unit.desk, ask(family)
    assert [pupil.forename for pupil in KIND.unanswered(desk, "photographs", DAY)] == ["Ben", "Ada"]
    for _time in range(2):
        with desk.act(Action.PRINT_FORM) as work:
            KIND.keep_asked(work, [PrintedForm(form=form, form_id=str(number), day=DAY) for number, form in enumerate(forms)])
    assert {(one.what, one.giver) for one in timeline(desk, family.ben.id).events} == {("asked", "Mrs Ruth Ash"), ("asked", "Mr Ned Ash")}
    assert family.unit.count("consent_event") == 2
    assert stands(family)["Photographs and videos: on our website"] is ConsentStatus.WAITING


def test_a_trips_form_says_by_when_what_is_held_of_health_and_whom_we_call(family: Family) -> None:
    desk = family.unit.desk
    health.add_item(desk, HealthItem(pupil_id=family.ben.id, kind="A", what="Peanuts", severity="LIFE"))
    health.add_item(desk, HealthItem(pupil_id=family.ben.id, kind="D", what="Halal"))
    health.add_medicine(
        desk, Medicine(pupil_id=family.ben.id, name="Adrenaline pen", dose="1 pen", taken="In a severe reaction", stored="The office")
    )
    made = Occasion(consent_type="trip", name="Climbing", start=date(2026, 12, 3), reply_by=date(2026, 11, 30))
    trip = occasions.add(desk, made, [family.ben.id])[1]
    mum, dad = (next(form for form in ask(family, f"trip/{trip}") if form.contact_ids == (one.id,)) for one in (family.mum, family.dad))
    for form, own, other in ((mum, family.mum, family.dad), (dad, family.dad, family.mum)):
        said = plain_text(form.story)
        for words in (
            "Please reply by 30 November 2026.",
            "Allergy, life-threatening: Peanuts",
            "Diet: Halal",
            "We call 999, then",
            "Medicine: Adrenaline pen, 1 pen, given: in a severe reaction (not agreed: not given, unless 999 tells us to)",
            "Health: what is wrong or missing",
            "Other medicines on the trip",
            "What is written here or left empty does not change whether Ben comes, even if we cannot ask you first.",
            "A later answer counts too, until the trip begins.",
            "A medicine written here is given only after a yes on its own form.",
            "Somebody else to call",
            "Signature",
        ):
            assert words in said, words
        assert own.full_name in said
        assert other.full_name not in said, "one household is not told of the other"
        assert "health_item.what" in form.tells.items
        assert len(layout(printing.numbered(form).page)) == 1
    assert "Peanuts" not in plain_text(ask(family, "trips")[0].story), "trips in general ask about no trip"
    (pen,) = health.of_pupil(desk, family.ben.id).medicines
    keep(family, returned(family, {pen.id: "yes"}, "medicines"))
    assert "given: in a severe reaction (agreed: we give it)" in plain_text(ask(family, f"trip/{trip}")[0].story)
    assert "Not known" not in plain_text(mum.story)
    ada = occasions.add(desk, replace(made, name="Swimming"), [family.ada.id])[1]
    (form,) = KIND.ask(desk, f"trip/{ada}", [family.ada], DAY, Variant.STANDARD).forms
    said = plain_text(form.story)
    assert (
        "Please write on the lines “Health” and “Medicines”; “none known” counts for its line alone, and an empty line stays not known."
        in said
    ), "nobody has said that there is none"
    assert "Other medicines" not in said, "none is printed"
    with pytest.raises(Refused, match="after it is over"):
        occasions.add(desk, replace(made, name="Another", reply_by=date(2026, 12, 4)))


def test_a_request_is_printed_when_wanted_and_nobody_is_missing(family: Family) -> None:
    assert KIND.unanswered(family.unit.desk, "sex-education", DAY) == []
    assert ask(family, "sex-education")


def test_papers_are_printed_and_logged_a_row_a_pupil(family: Family) -> None:
    desk = family.unit.desk
    changed = printing.record_printed(desk, printing.make_forms(desk, "trips", [family.ben, family.ada]).forms)
    assert changed.ids == {family.ben.id, family.ada.id}
    assert [row for row in family.unit.log() if row[0] == "print-form"] == [
        ("print-form", family.ada.id, "consent"),
        ("print-form", family.ben.id, "consent"),
    ]
    assert family.unit.count("paper_form") == 3  # two households, and one
    assert printing.record_printed(desk, []).kinds == frozenset()


def test_of_a_trip_nobody_is_asked_who_is_not_on_its_list(family: Family) -> None:
    desk = family.unit.desk
    trip = occasions.add(desk, Occasion(consent_type="trip", name="Climbing", start=date(2026, 12, 3)), [family.ben.id])[1]
    found = KIND.ask(desk, f"trip/{trip}", [family.ada, family.ben], DAY, Variant.STANDARD)
    assert {form.pupil.id for form in found.forms} == {family.ben.id}
    assert [(one.pupil.id, one.name, one.reason) for one in found.left_out] == [
        (family.ada.id, "", "is not on the list of Climbing, 3 December 2026")
    ]
    occasions.take_off(desk, trip, [family.ben.id])
    assert KIND.ask(desk, f"trip/{trip}", [family.ben], DAY, Variant.STANDARD).forms == ()


@pytest.mark.parametrize(
    ("set_to", "start", "printed"),
    [
        (date(2026, 11, 29), date(2026, 12, 3), "26 November 2026"),  # a Sunday, and on the Friday the unit is closed
        (date(2026, 11, 30), date(2026, 12, 3), "30 November 2026"),
        (None, date(2026, 11, 30), "26 November 2026"),  # a trip on the Monday
        (None, date(2026, 11, 25), "24 November 2026"),  # today
    ],
)
def test_the_day_to_reply_by_is_a_day_on_which_somebody_is_there(family: Family, set_to: date | None, start: date, printed: str) -> None:
    desk = family.unit.desk
    trip = occasions.add(desk, Occasion(consent_type="trip", name="Climbing", start=start, reply_by=set_to), [family.ben.id])[1]
    assert f"Please reply by {printed}." in plain_text(ask(family, f"trip/{trip}")[0].story)
