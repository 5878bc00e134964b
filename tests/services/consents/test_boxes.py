"""What the words on each box of each form say, as a reader of the words alone takes them, and what the program then does: the same.

A reader knows nothing of codes: «Yes: …» lets something be done, «No: … not …» does not, «Leave Ben out …» leaves out, «Ben takes part»
does not. Each box is then ticked, kept, and asked of the rule.
"""

import re
from datetime import date

import pytest

from pupil_desk.basics.dates import show_date
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.consents.consent import Competence
from pupil_desk.domain.register.calendar import terms_before
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services.consents import recording, standings, types
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.consents import KIND
from pupil_desk.services.paper_forms.kind import FormReply, FormToPrint, Variant
from pupil_desk.services.unit import calendars
from tests.services.consents.boxes import EARLIER, LATER, each_box, keep, lets, printed, verdict
from tests.services.consents.conftest import Family
from tests.services.exports.made import DAY


@pytest.mark.parametrize(
    "words", ["Yes: do not use it.", "No: use it.", "Take part", "Leave Ben out of it. Ben takes part", "Ben works elsewhere"]
)
def test_words_that_can_be_mistaken_are_found(words: str) -> None:
    if words.startswith("Leave"):
        assert lets(words)
        return
    with pytest.raises(AssertionError):
        lets(words)


@pytest.mark.parametrize("variant", [Variant.STANDARD, Variant.EASY])
@pytest.mark.parametrize("key", types.shipped())
def test_a_parents_box_does_what_its_words_say(family: Family, key: str, variant: Variant) -> None:
    forms = printed(family, key, family.ben, variant)

    def pupil_agrees(form: FormToPrint, on: date) -> None:
        if key == "acceptable-use":  # its words: «once Ben agrees too»
            assert "Ben agrees too" in plain_text(form.story)
            own = next(one for one in forms if not one.contact_ids)
            keep(family, own, own.questions[0], "yes", on)

    assert each_box(family, forms, {"yes": EARLIER, "no": LATER}, pupil_agrees) == 2 * len(types.shipped()[key].type.use_list or "1")


@pytest.mark.parametrize("variant", [Variant.STANDARD, Variant.EASY])
@pytest.mark.parametrize("key", [key for key, one in types.shipped().items() if one.type.own_age <= 16])
def test_the_box_of_a_pupil_of_16_does_what_its_words_say(family: Family, key: str, variant: Variant) -> None:
    found = Competence(
        pupil_id=family.ada.id, consent_type=key, asked_about="It", finding="competent", on=date(2026, 9, 1), reason="A talk"
    )
    recording.find(family.unit.desk, found)
    (form,) = printed(family, key, family.ada, variant)
    assert form.contact_ids == ()
    said = " ".join(answer.words for question in form.questions for answer in question.answers)
    assert "Ada" not in said  # the pupil reads «me» and «I»
    assert each_box(family, [form], {"yes": EARLIER, "no": LATER}) == 2 * len(types.shipped()[key].type.use_list or "1")


@pytest.mark.parametrize("key", ["photographs", "biometrics", "named-sharing"])
def test_the_pupils_own_no_beside_a_parents_yes_does_what_its_words_say(family: Family, key: str) -> None:
    form = next(one for one in printed(family, key, family.ben, Variant.STANDARD) if one.contact_ids == (family.mum.id,))
    first, own = form.questions[0], next(one for one in form.questions if one.key == "own")
    assert re.match(r"I, Ben, say no to (all of )?this. \(Then we do not do it", own.answers[0].words)
    keep(family, form, first, "yes", EARLIER)
    assert verdict(family, form, first).in_force
    keep(family, form, own, "no", LATER)
    assert not verdict(family, form, first).in_force
    if "does not understand" in own.answers[0].words:  # «Only if we find in a talk that …, do parents decide: …»
        before = next(
            one
            for one in KIND.ask(family.unit.desk, form.subject, [family.ben], DAY, Variant.STANDARD).forms
            if one.contact_ids == (family.mum.id,)
        )
        assert "do parents decide: without a yes of theirs it is no.)" in own.answers[0].words, "nobody had said yes"
        asked = next(one for one in before.questions if one.key == "own").answers[0].words
        assert "do parents decide: without a new answer of theirs the earlier yes goes on.)" in asked
        recording.find(
            family.unit.desk,
            Competence(pupil_id=family.ben.id, consent_type=key, asked_about="It", finding="not-competent", on=LATER, reason="A talk"),
        )
        assert verdict(family, form, first).in_force
        again = next(
            one
            for one in KIND.ask(family.unit.desk, form.subject, [family.ben], DAY, Variant.STANDARD).forms
            if one.contact_ids == (family.mum.id,)
        )
        assert all(one.key != "own" for one in again.questions), "a no that would not count is not asked for"
    else:
        assert key == "biometrics"


def test_a_wish_to_take_part_in_sex_education_is_asked_for_only_when_it_counts_and_then_counts(family: Family) -> None:
    desk = family.unit.desk
    early = next(iter(printed(family, "sex-education", family.ben, Variant.STANDARD)))
    assert [question.key for question in early.questions] == ["answer"]
    first = show_date(terms_before(date(2028, 5, 6), 3, calendars.terms(desk)))
    assert f"From {first} Ben may choose to take part" in plain_text(early.story)
    assert "now old enough" not in plain_text(early.story)
    older = family.unit.pupil("Dunn", "Cal", date(2011, 5, 6), address_1="4 Larch Way", town="Larkfield", postcode="AL28 2QN")
    family.unit.contact(older, "Dunn", forename="Eve", parental_responsibility=True, lives_with=True)
    form = next(iter(printed(family, "sex-education", older, Variant.STANDARD)))
    own = next(one for one in form.questions if one.key == "own")
    assert (
        own.answers[0].words == "I, Cal, want to take part. (Then Cal takes part, whatever a parent ticks. This tick needs no signature.)"
    )
    said = plain_text(form.story)
    assert "Cal is now old enough to choose to take part" in said, "a day that is past is not told as one to come"
    assert "From " not in said.replace("From Larkfield", "").replace("From 6 May 2027, at 16, Cal decides instead.", "")
    keep(family, form, form.questions[0], "yes", EARLIER)
    assert verdict(family, form, form.questions[0]).in_force
    assert verdict(family, form, form.questions[0]).reason == "Eve Dunn said on 20 November 2026: left out."
    keep(family, form, own, "no", LATER)
    found = verdict(family, form, form.questions[0])
    assert (found.standing, found.reason) == (
        ConsentStatus.REFUSED,
        "The pupil said on 23 November 2026: takes part. The pupil’s wish to take part decides, whatever a parent asks.",
    )
    assert desk.today == DAY


@pytest.mark.parametrize(
    ("birthday", "first"),
    [
        (date(2028, 5, 6), date(2027, 4, 12)),  # summer: the summer before, as the calendar has it
        (date(2028, 2, 29), date(2027, 1, 1)),  # spring: the calendar does not reach, so the first day that could be
        (date(2027, 9, 1), date(2026, 9, 2)),  # autumn begins with this day
        (date(2027, 8, 31), date(2026, 4, 1)),  # and summer ends with the day before
        (date(2027, 12, 31), date(2026, 9, 2)),
    ],
)
def test_three_terms_before_are_counted_by_the_calendar(birthday: date, first: date) -> None:
    terms = [
        Term(start=date(2026, 9, 2), end=date(2026, 10, 23)),
        Term(start=date(2026, 11, 2), end=date(2026, 12, 18)),
        Term(start=date(2027, 4, 12), end=date(2027, 5, 28)),
        Term(start=date(2027, 6, 7), end=date(2027, 7, 21)),
    ]
    assert terms_before(birthday, 3, terms) == first


def test_the_pupils_box_counts_where_no_parent_answers(family: Family) -> None:
    form = next(one for one in printed(family, "photographs", family.ben, Variant.STANDARD) if one.contact_ids == (family.mum.id,))
    said = plain_text(form.story)
    assert "whatever a parent ticks. This tick needs no signature." in said
    back = FormReply(
        form_id="f",
        kind=KIND.name,
        subject=form.subject,
        pupil_id=form.pupil.id,
        contact_ids=form.contact_ids,
        wording="It",
        language="en",
        answers={"own": "no"},
        giver_id=family.mum.id,
        signed_on=EARLIER,
        evidence="page",
    )
    assert KIND.problems(family.unit.desk, back) == ()
    with family.unit.desk.act(KIND.action, "pupil", form.pupil.id) as work:
        KIND.keep(work, back)
    assert {(one.standing, one.by) for one in (verdict(family, form, question) for question in form.questions[:-1])} == {
        (ConsentStatus.REFUSED, ("pupil",))
    }


@pytest.mark.parametrize(
    "key",
    [
        key
        for key, one in types.shipped().items()
        if one.type.per == "pupil" and one.type.own_age < 18 and one.type.own_competence == "presumed"
    ],
)
def test_a_parents_answer_ends_when_the_form_says_that_the_pupil_decides(family: Family, key: str) -> None:
    """Cal is 16 within the school year: of photographs before the yes would end by itself."""
    cal = family.unit.pupil("Dunn", "Cal", date(2011, 2, 6), address_1="4 Larch Way", town="Larkfield", postcode="AL28 2QN")
    family.unit.contact(cal, "Dunn", forename="Eve", parental_responsibility=True, lives_with=True)
    form = next(iter(printed(family, key, cal, Variant.STANDARD)))
    then = "Cal takes part until Cal asks to be left out" if types.shipped()[key].type.basis == "request" else "it is no until Cal says yes"
    assert f"But from 6 February 2027, at 16, Cal decides instead: your answer ends, and {then}." in plain_text(form.story)
    assert len(layout(printing.numbered(form).page)) == 1, "set smaller before the signature is parted from the boxes"
    keep(family, form, form.questions[0], "yes", EARLIER)
    use = types.shipped()[key].type.use_keys[0]
    for day, holds in ((date(2027, 2, 5), True), (date(2027, 2, 6), False)):
        rows = [row for row in standings.of_type(family.unit.desk, key, day) if row.pupil.id == cal.id and row.use == use]
        assert [row.verdict.in_force for row in rows] == [holds]
    ben = next(iter(printed(family, key, family.ben, Variant.STANDARD)))
    assert ("decides instead" in plain_text(ben.story)) == (types.shipped()[key].type.lapses != "school-year"), (
        "said only where it comes before the end"
    )


@pytest.mark.parametrize("key", types.shipped())
def test_how_long_an_answer_holds_is_what_the_rule_does(family: Family, key: str) -> None:
    forms = printed(family, key, family.ben, Variant.STANDARD)
    form, said = forms[0], plain_text(forms[0].story)
    keep(family, form, form.questions[0], "yes", DAY)
    if key == "acceptable-use":
        own = next(one for one in forms if not one.contact_ids)
        keep(family, own, own.questions[0], "yes", DAY)
    until = verdict(family, form, form.questions[0]).until
    if types.shipped()[key].type.per == "occasion":
        assert "A yes is for this alone, until 3 December 2026; a no until you change it." in said
        assert (f"A later answer counts too, until {'the trip begins' if key == 'trip' else '3 December 2026'}.") in said
    elif until is not None:
        assert f"A yes holds until {show_date(until)}, a no until you change it." in said
    else:
        assert "until you change it" in said
        assert "A yes holds until 31" not in said
