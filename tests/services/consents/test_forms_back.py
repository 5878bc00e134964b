"""What is kept of a form that came back, and what stands against keeping it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.services.care import health
from pupil_desk.services.consents import occasions, types
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.consents.timeline import timeline
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.consents import KIND
from pupil_desk.services.paper_forms.kind import PrintedForm, Variant
from pupil_desk.services.paper_forms.since_printed import SincePrinted
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import paper_forms
from tests.services.consents.conftest import Family
from tests.services.consents.forms import PHOTOS, SIGNED, ask, in_force, keep, returned, stands
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, MOMENT


def test_a_form_that_came_back_is_kept_use_by_use_with_its_page(family: Family) -> None:
    desk = family.unit.desk
    with desk.act(Action.PRINT_FORM) as work:
        KIND.keep_asked(work, [PrintedForm(form=form, form_id="f", day=date(2026, 11, 20)) for form in ask(family)])
    shown = types.type_named(desk, "photographs")
    types.save_type(desk, _reworded(shown))  # between printing and coming back
    assert keep(family, returned(family, PHOTOS)) == {"consent"}
    answers = [one for one in timeline(desk, family.ben.id).events if one.what in ("given", "refused")]
    assert {(one.use_key, one.what) for one in answers} == {(use, "given" if what == "yes" else "refused") for use, what in PHOTOS.items()}
    assert {(one.giver, one.on, one.channel, one.evidence, one.wording_id) for one in answers} == {
        ("Mrs Ruth Ash", SIGNED, "form", "page-1", shown.id)
    }
    assert stands(family)["Photographs and videos: on our website"] is ConsentStatus.GIVEN


def _reworded(made: Any) -> Any:
    return replace(made, intro="Other words.")


def test_the_pupils_own_no_is_kept_as_the_pupils(family: Family) -> None:
    keep(family, returned(family, {"answer": "yes", "own": "no"}, "biometrics"))
    events = timeline(family.unit.desk, family.ben.id).events
    assert {(one.what, one.by) for one in events} == {("given", "parent"), ("refused", "pupil")}
    assert stands(family)["Biometrics, such as a fingerprint for lunch"] is ConsentStatus.REFUSED


@pytest.mark.parametrize(
    ("answers", "more", "message"),
    [
        ({}, {}, "No box is ticked"),
        (PHOTOS, {"giver": "aunt"}, "parental responsibility"),
        (PHOTOS, {"signed_on": date(2026, 12, 1)}, "future"),
    ],
)
def test_what_stands_against_keeping_it_is_said(shared: Family, answers: Mapping[str, str], more: dict[str, Any], message: str) -> None:
    problems = KIND.problems(shared.unit.desk, returned(shared, answers, **more))
    assert any(message in problem.message for problem in problems)


def test_the_same_form_twice_is_on_file(family: Family) -> None:
    keep(family, returned(family, PHOTOS))
    assert [problem.message for problem in KIND.problems(family.unit.desk, returned(family, PHOTOS))] == ["This answer is on file already."]


def test_medicines_are_asked_for_one_by_one_and_a_yes_goes_to_the_medicine(family: Family) -> None:
    desk = family.unit.desk
    asked = KIND.ask(desk, "medicines", [family.ben], DAY, Variant.STANDARD)
    assert (asked.forms, [one.reason for one in asked.left_out]) == ((), ["has no medicine that is still to be agreed to"])
    for name in ("Salbutamol", "Ritalin"):
        health.add_medicine(desk, Medicine(pupil_id=family.ben.id, name=name, dose="1", taken="at noon"))
    first, second = sorted(health.of_pupil(desk, family.ben.id).medicines, key=lambda one: one.name)
    form = next(one for one in ask(family, "medicines") if one.contact_ids == (family.mum.id,))
    assert {question.key for question in form.questions} == {first.id, second.id}
    assert "Ritalin: 1, at noon" in plain_text(form.story)
    assert keep(family, returned(family, {first.id: "yes", second.id: "no"}, "medicines")) == {"consent", "medicine", "pupil"}
    assert stands(family)["Medicines: Ritalin"] is ConsentStatus.GIVEN
    assert stands(family)["Medicines: Salbutamol"] is ConsentStatus.REFUSED
    assert next(one for one in health.of_pupil(desk, family.ben.id).medicines if one.id == first.id).consented_by == "Mrs Ruth Ash"


def test_a_form_printed_before_what_it_asks_about_changed_brings_no_yes_and_is_never_clear(family: Family) -> None:
    before, now = family.unit.desk, replace(family.unit.desk, clock=FixedClock(MOMENT + timedelta(minutes=1)))
    for name in ("Ritalin", "Salbutamol"):
        health.add_medicine(before, Medicine(pupil_id=family.ben.id, name=name, dose="2 puffs", taken="at noon"))
    same, changed = sorted(health.of_pupil(before, family.ben.id).medicines, key=lambda one: one.name)
    trip = occasions.add(before, Occasion(consent_type="trip", name="Climbing", start=date(2026, 12, 3)), [family.ben.id])[1]
    forms = [printing.numbered(ask(family, subject)[0]) for subject in ("photographs", "medicines", f"trip/{trip}")]
    printing.record_printed(before, forms)
    photographs, medicines, of_trip = (form.form_id for form in forms)

    def wrong(form_id: str, answers: Mapping[str, str], subject: str) -> list[str]:
        back = returned(family, answers, subject, form_id=form_id, signed_on=DAY)
        return [problem.message for problem in KIND.problems(now, back)]

    def said(form_id: str) -> tuple[str, ...]:
        on_file = paper_forms.get(now.vault, form_id)
        assert on_file is not None
        return SincePrinted(now, [family.ben.id]).sentences(on_file, family.ben, [])

    health.save_medicine(now, replace(same, stored="Office"))
    occasions.change(now, replace(occasions.occasion(now, trip), about="By minibus."), ask_again=False)
    both = {same.id: "yes", changed.id: "yes"}
    assert wrong(medicines, both, "medicines") == wrong(of_trip, {"answer": "yes"}, f"trip/{trip}") == []
    calm = [said(form_id) for form_id in (photographs, medicines, of_trip)]
    health.save_medicine(now, replace(changed, dose="4 puffs"))
    occasions.change(now, replace(occasions.occasion(now, trip), about="By boat."), ask_again=True)
    for form_id, answers, subject, name in (
        (medicines, both, "medicines", "Salbutamol"),
        (of_trip, {"answer": "yes"}, f"trip/{trip}", "Climbing"),
    ):
        (message,) = wrong(form_id, answers, subject)
        assert message.startswith(f"{name} changed on 24 November 2026, after this form was printed: a yes on it does not count.")
        assert wrong(form_id, dict.fromkeys(answers, "no"), subject) == [], "a no counts"
    later = [said(form_id) for form_id in (photographs, medicines, of_trip)]
    news = [set(after) - set(before) for before, after in zip(calm, later, strict=True)]
    words = "{} changed on 24 November 2026, after this was printed: a yes on this form does not count, a no does."
    assert news == [set(), {words.format("Salbutamol")}, {words.format("Climbing")}], "each is looked at by itself"
    refusal = ConsentEntry(
        pupil_id=family.ben.id, consent_type="photographs", step="refused", giver=family.mum.id, day=DAY, channel="phone"
    )
    record_said(now, [replace(refusal, uses=("website",))])
    [sentence] = set(said(photographs)) - set(later[0])
    assert sentence.startswith("Recorded after this was printed: “Said no” (Mrs Ruth Ash), on 24 November 2026. Enter the day")
    assert (said(medicines), said(of_trip)) == (later[1], later[2])


def test_a_trip_is_told_with_its_name_days_and_words(family: Family) -> None:
    made = Occasion(
        consent_type="trip", name="Climbing <b>", about="By {minibus}, {forename}.", start=date(2026, 12, 3), end=date(2026, 12, 4)
    )
    trip = occasions.add(family.unit.desk, made, [family.ben.id])[1]
    form = ask(family, f"trip/{trip}")[0]
    said = plain_text(form.story)
    assert "Trip: Climbing <b>" in said
    assert "3 December 2026 to 4 December 2026" in said
    assert "By {minibus}, {forename}." in said  # what is filled in is text, and no place of its own
    keep(family, returned(family, {"answer": "yes"}, f"trip/{trip}"))
    assert set(in_force(family.unit.desk, "trip", occasion_id=trip)) == {family.ben.id}


def test_who_has_a_consent_in_force_is_asked_use_by_use(family: Family) -> None:
    from pupil_desk.basics.errors import WrongUse

    desk = family.unit.desk
    keep(family, returned(family, PHOTOS))
    assert set(in_force(desk, "photographs", use="website")) == {family.ben.id}
    assert in_force(desk, "photographs", use="press") == {}
    assert in_force(desk, "photographs", date(2027, 9, 1), use="website") == {}
    with pytest.raises(WrongUse, match="use by use"):
        in_force(desk, "photographs")
    said = ConsentEntry(pupil_id=family.ben.id, consent_type="photographs", step="refused", giver=PUPIL, day=DAY, channel="in-person")
    record_said(desk, [said])
    assert in_force(desk, "photographs", use="website") == {}
