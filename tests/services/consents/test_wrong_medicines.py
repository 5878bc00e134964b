"""A medicine that is agreed to, and that a family says is wrong on a trip's form or on the data-check slip: what the paper says, and what then is so."""

from dataclasses import replace
from datetime import date

import pytest

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import cards, health
from pupil_desk.services.consents import occasions, standings, trip_papers
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.paper_forms import details, printing
from pupil_desk.services.paper_forms.consents import KIND
from pupil_desk.services.paper_forms.kind import Asking, FormKind, FormReply, FormToPrint, Variant
from tests.services.consents.conftest import Family
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY

AGREED, SIGNED = date(2026, 11, 20), date(2026, 11, 23)
BOX = "Ritalin, as printed above, is wrong or has changed. (If you tick this, or write anywhere here that it is wrong, signed or not, we do not give it, at the unit or on a trip, unless 999 tells us to, until you agree to what is right on its own form.)"


def agreed(family: Family, pupil: Pupil, by: Contact | None) -> Medicine:
    """A medicine with a yes of a parent, or of the pupil."""
    health.add_medicine(family.unit.desk, Medicine(pupil_id=pupil.id, name="Ritalin", dose="10 mg", taken="At noon"))
    (medicine,) = health.of_pupil(family.unit.desk, pupil.id).medicines
    said = ConsentEntry(
        pupil_id=pupil.id,
        consent_type="medicines",
        step="given",
        giver=by.id if by else "pupil",
        day=AGREED,
        channel="form",
        medicine_id=medicine.id,
    )
    record_said(family.unit.desk, [said])
    return medicine


def trip_form(family: Family, pupil: Pupil) -> tuple[FormToPrint, str]:
    """The first parent's form for a trip, and its subject."""
    made = Occasion(consent_type="trip", name="Climbing", start=date(2026, 12, 3))
    subject = f"trip/{occasions.add(family.unit.desk, made, [pupil.id])[1]}"
    return _first(KIND.ask(family.unit.desk, subject, [pupil], DAY, Variant.STANDARD)), subject


def _first(asking: Asking) -> FormToPrint:
    return next(form for form in asking.forms if form.contact_ids)


def back(form: FormToPrint, answers: dict[str, str], *, signed: bool = True) -> FormReply:
    return FormReply(
        form_id="f",
        kind=form.kind,
        subject=form.subject,
        pupil_id=form.pupil.id,
        contact_ids=form.contact_ids,
        wording="It",
        language="en",
        answers=answers,
        giver_id=form.contact_ids[0],
        signed_on=SIGNED,
        is_signed=signed,
        evidence="page",
    )


def keep(family: Family, kind: FormKind, form: FormToPrint, answers: dict[str, str], *, signed: bool = True) -> None:
    returned = back(form, answers, signed=signed)
    assert kind.problems(family.unit.desk, returned) == ()
    with family.unit.desk.act(kind.action, "pupil", form.pupil.id) as work:
        kind.keep(work, returned)


def _papers(family: Family, subject: str) -> tuple[str, str]:
    """Ben on the list for the leader, and on the first-aid card."""
    desk, trip_id = family.unit.desk, subject.removeprefix("trip/")
    return plain_text(trip_papers.paper(desk, trip_id)[0]), plain_text(cards.first_aid(desk, [family.ben.id])[0])


def stands(family: Family, pupil: Pupil) -> dict[str, ConsentStatus]:
    return {row.type.consent_type: row.verdict.standing for row in standings.of_pupil(family.unit.desk, pupil.id)}


@pytest.mark.parametrize("signed", [True, False])
def test_a_tick_on_a_trips_form_ends_the_yes_to_the_medicine_and_not_the_one_to_the_trip(family: Family, signed: bool) -> None:
    medicine = agreed(family, family.ben, family.mum)
    form, _subject = trip_form(family, family.ben)
    said = plain_text(form.story)
    assert "Medicine: Ritalin, 10 mg, given: at noon (agreed: we give it)" in said
    assert BOX in said
    assert "Choose it too where something written on the page says" in form.questions[-1].hint, (
        "whoever confirms it is told what the box says"
    )
    assert len(layout(printing.numbered(form).page)) == 1
    assert form.questions[-1].may_be_empty
    keep(family, KIND, form, {"answer": "yes", form.questions[-1].key: "wrong"}, signed=signed)
    assert stands(family, family.ben)["medicines"] is ConsentStatus.REFUSED
    assert stands(family, family.ben)["trip"] is (ConsentStatus.GIVEN if signed else ConsentStatus.NOT_ASKED)
    for paper in _papers(family, form.subject) if signed else ():
        assert "(not agreed: not given, unless 999 tells us to)" in paper
    again = _first(KIND.ask(family.unit.desk, "medicines", [family.ben], DAY, Variant.STANDARD))
    assert [question.key for question in again.questions] == [medicine.id], "it is asked about anew"
    said = plain_text(_first(KIND.ask(family.unit.desk, form.subject, [family.ben], DAY, Variant.STANDARD)).story)
    assert "(not agreed: not given, unless 999 tells us to)" in said
    assert "as printed above, is wrong" not in said
    health.save_medicine(family.unit.desk, replace(medicine, dose="20 mg"))
    yes = ConsentEntry(
        pupil_id=family.ben.id,
        consent_type="medicines",
        step="given",
        giver=form.contact_ids[0],
        day=DAY,
        channel="form",
        medicine_id=medicine.id,
    )
    record_said(family.unit.desk, [yes])
    assert stands(family, family.ben)["medicines"] is ConsentStatus.GIVEN, "until you agree to what is right"
    for paper in _papers(family, form.subject) if signed else ():
        assert "20 mg, at noon" in paper
        assert "(agreed: we give it)" in paper
    (medicine,) = health.of_pupil(family.unit.desk, family.ben.id).medicines
    health.save_medicine(family.unit.desk, replace(medicine, expiry=date(2026, 11, 1)))
    forms = [
        _first(kind.ask(family.unit.desk, subject, [family.ben], DAY, Variant.STANDARD))
        for kind, subject in ((KIND, form.subject), (details.KIND, ""))
    ]
    for paper in (*_papers(family, form.subject), *(plain_text(one.story) for one in forms)) if signed else ():
        assert "(past its use-by day, 1 November 2026: we do not give it, unless 999 tells us to)" in paper
        assert "agreed: we give it" not in paper


@pytest.mark.parametrize(("answer", "signed"), [("wrong", True), ("right", True), ("wrong", False), ("right", False)])
def test_a_tick_on_the_data_check_slip_does_the_same(family: Family, answer: str, signed: bool) -> None:
    agreed(family, family.ben, family.mum)
    form = _first(details.KIND.ask(family.unit.desk, "", [family.ben], DAY, Variant.STANDARD))
    said = plain_text(form.story)
    printed = said.index("Medicine: Ritalin, 10 mg, given: at noon (agreed: we give it)")
    assert printed < said.index(BOX) < printed + 120, "what a correction does stands right under the line where it is made"
    assert "but a new allergy we heed at once, and a printed medicine that you say is wrong we do not give (see under it)." in said
    keep(family, details.KIND, form, {form.questions[0].key: "wrong", details.QUESTION: answer}, signed=signed)
    assert stands(family, family.ben)["medicines"] is ConsentStatus.REFUSED
    assert family.unit.count("details_check") == (signed or answer == "wrong"), "that all is right is said by a signature alone"


def test_where_the_pupil_decides_a_parent_is_given_no_such_box_and_the_form_says_whose_word_it_is(family: Family) -> None:
    agreed(family, family.ada, None)
    form, _subject = trip_form(family, family.ada)
    slip = _first(details.KIND.ask(family.unit.desk, "", [family.ada], DAY, Variant.STANDARD))
    for paper in (form, slip):
        said = plain_text(paper.story)
        assert "(agreed: we give it)" in said
        words = "A medicine printed here as agreed is given as printed until Ada tells us that it is wrong."
        assert said.count(words) == 1
        assert 0 < said.index(words) - said.index("(agreed: we give it)") < (120 if paper is slip else 900)
        assert "is wrong or has changed" not in said
    own = next(one for one in details.KIND.ask(family.unit.desk, "", [family.ada], DAY, Variant.STANDARD).forms if not one.contact_ids)
    assert BOX in plain_text(own.story)


def test_a_no_to_trips_in_general_leaves_a_trip_with_a_form_of_its_own_and_the_form_says_so(family: Family) -> None:
    form, subject = trip_form(family, family.ben)
    keep(family, KIND, form, {"answer": "yes"})
    general = next(
        one for one in KIND.ask(family.unit.desk, "trips", [family.ben], DAY, Variant.STANDARD).forms if one.contact_ids == form.contact_ids
    )
    said = plain_text(general.story)
    assert "No: do not take Ben on these ordinary trips." in said
    assert "we ask you each time on a form of its own: that answer alone counts for that trip." in said
    assert "A no here counts for each ordinary trip that has not begun, and for no trip that has a form of its own." in said
    keep(family, KIND, general, {"answer": "no"})
    assert stands(family, family.ben)["trips"] is ConsentStatus.REFUSED
    assert stands(family, family.ben)["trip"] is ConsentStatus.GIVEN
    assert subject.startswith("trip/")
