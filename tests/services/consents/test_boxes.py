"""What the words on each box of each form say, as a reader of the words alone takes them, and what the program then does: the same.

A reader knows nothing of codes: «Yes: …» lets something be done, «No: … not …» does not, «Leave Ben out …» leaves out, «Ben takes part»
does not. Each box is then ticked, kept, and asked of the rule.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pupil_desk.basics.dates import show_date
from pupil_desk.documents.blocks import Para, TickRow, plain_text
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.case import ConsentStatus, Verdict
from pupil_desk.domain.consents.consent import Competence, Occasion
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.calendar import terms_before
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services.care import health
from pupil_desk.services.consents import occasions, recording, standings, types
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.consents import KIND
from pupil_desk.services.paper_forms.kind import FormQuestion, FormReply, FormToPrint, PrintedForm, Variant
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import calendars
from pupil_desk.store.rows import several
from pupil_desk.store.tables import paper_forms as forms_on_file
from tests.services.consents.conftest import Family
from tests.services.exports.made import DAY

EARLIER, LATER = date(2026, 11, 20), date(2026, 11, 23)
_NEGATED = re.compile(r"\b(not|nothing|never|only|card)\b")


def lets(words: str) -> bool:
    """Whether ticking a box with these words lets the thing be done, or leaves the pupil out; AssertionError where they can be mistaken."""
    if words.startswith("Yes"):
        assert not _NEGATED.search(words), words
        return True
    if words.startswith("No"):
        assert _NEGATED.search(words), words
        return False
    out, part = re.match(r"Leave (me|\w+) out of ", words), re.match(r"(I take|\w+ takes) part", words)
    assert bool(out) != bool(part), words
    return bool(out)


@pytest.mark.parametrize(
    "words", ["Yes: do not use it.", "No: use it.", "Take part", "Leave Ben out of it. Ben takes part", "Ben works elsewhere"]
)
def test_words_that_can_be_mistaken_are_found(words: str) -> None:
    if words.startswith("Leave"):
        assert lets(words)
        return
    with pytest.raises(AssertionError):
        lets(words)


def subject(family: Family, key: str, pupil: Pupil) -> str:
    """What a form is about: an occasion to which the pupil goes, where the type has occasions; a medicine is there."""
    desk, made = family.unit.desk, types.type_named(family.unit.desk, key)
    if made.per == "occasion":
        return f"{key}/{occasions.add(desk, Occasion(consent_type=key, name='Larkrock', about='Climbing.', start=date(2026, 12, 3)), [pupil.id])[1]}"
    if made.per == "medicine":
        health.add_medicine(desk, Medicine(pupil_id=pupil.id, name="Ritalin", dose="1", taken="at noon"))
    return key


def keep(family: Family, form: FormToPrint, question: FormQuestion, answer: str, on: date) -> None:
    """The form came back with one box ticked for one question, and the same for the others of its kind."""
    desk = family.unit.desk
    answers = {each.key: answer for each in form.questions if each.key != "own"} if question.key != "own" else {"own": answer}
    back = FormReply(
        form_id="f",
        kind=KIND.name,
        subject=form.subject,
        pupil_id=form.pupil.id,
        contact_ids=form.contact_ids,
        wording="It",
        language="en",
        answers=answers,
        giver_id=form.contact_ids[0] if form.contact_ids else None,
        signed_on=on,
        evidence="page",
    )
    with desk.act(KIND.action, "pupil", form.pupil.id) as work:
        KIND.keep(work, back)


def verdict(family: Family, form: FormToPrint, question: FormQuestion) -> Verdict:
    key, _slash, occasion = form.subject.partition("/")
    rows = [row for row in standings.of_pupil(family.unit.desk, form.pupil.id) if row.type.consent_type == key]
    if occasion:
        rows = [row for row in rows if row.occasion and row.occasion.occasion_id == occasion]
    return next(row.verdict for row in rows if question.key in ("answer", row.use, row.medicine.id if row.medicine else ""))


def each_box(
    family: Family, forms: list[FormToPrint], on: dict[str, date], also: Callable[[FormToPrint, date], None] = lambda _form, _on: None
) -> int:
    """Tick every box of the questions, first yes and then no; how many boxes were read."""
    read = 0
    form = forms[0]
    for answer in ("yes", "no"):
        for question in form.questions:
            if question.key == "own":
                continue
            words = next(one.words for one in question.answers if one.key == answer)
            if question is form.questions[0]:
                keep(family, form, question, answer, on[answer])
                also(form, on[answer])
            found = verdict(family, form, question)
            assert found.in_force == lets(words), (words, found)
            assert found.standing in (ConsentStatus.GIVEN, ConsentStatus.REFUSED), (words, found)
            read += 1
    return read


def printed(family: Family, key: str, pupil: Pupil, variant: Variant) -> list[FormToPrint]:
    """The forms, on file as asked: of biometrics each parent must have been told."""
    forms = list(KIND.ask(family.unit.desk, subject(family, key, pupil), [pupil], DAY, variant).forms)
    with family.unit.desk.act(Action.PRINT_FORM) as work:
        KIND.keep_asked(work, [PrintedForm(form=form, form_id=str(number), day=EARLIER) for number, form in enumerate(forms)])
    return forms


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


@pytest.mark.parametrize("key", types.shipped())
def test_the_form_says_what_no_answer_means_and_what_is_offered_instead(family: Family, key: str) -> None:
    form, made = printed(family, key, family.ben, Variant.STANDARD)[0], types.shipped()[key].type
    said = plain_text(form.story)
    assert not next(row for row in standings.of_pupil(family.unit.desk, family.ben.id) if row.type.consent_type == key).verdict.in_force
    if made.basis == "request":
        assert "If left out: Ben works at something else" in said
        assert "Until you answer, or if you never do: it stays as it is now: Ben takes part." in said
        assert "If no:" not in said
        assert said.index("Ben takes part in") < said.index("Leave Ben out of"), "taking part comes first, as yes does elsewhere"
    else:
        assert "If no: " in said
        assert "Until you answer, or if you never do: it counts as no, unless another parent says yes." in said
    boxes = [block.label for block in form.story if isinstance(block, TickRow)]
    assert not boxes or said.index("Until you answer, or if you never do") > said.index(plain_text([Para(boxes[0])]))
    assert said.index("Until you answer, or if you never do") < said.index("Signature of a parent or carer"), (
        "what silence means stands with the boxes"
    )


@pytest.mark.parametrize("key", [key for key, one in types.shipped().items() if one.type.per == "pupil"])
def test_where_something_is_agreed_silence_changes_nothing_and_the_form_says_so(family: Family, key: str) -> None:
    forms = printed(family, key, family.ben, Variant.STANDARD)
    keep(family, forms[0], forms[0].questions[0], "yes", EARLIER)
    if key == "acceptable-use":
        own = next(one for one in forms if not one.contact_ids)
        keep(family, own, own.questions[0], "yes", EARLIER)
    form = next(one for one in printed(family, key, family.ben, Variant.STANDARD) if one.contact_ids == forms[0].contact_ids)
    made, found, said = types.shipped()[key].type, verdict(family, form, form.questions[0]), plain_text(form.story)
    assert found.in_force
    until = f" until {show_date(found.until)}, or" if found.until else ""
    who = "a parent or Ben says" if key in ("photographs", "biometrics", "acceptable-use") else "a parent says"
    too = ", and Ben agrees too" if key == "acceptable-use" else ""
    goes_on = f", as you said on {show_date(EARLIER)}{too},{until} until {who} no."
    assert (
        f"Until you answer, or if you never do: it stays as it is now: {'Ben is left out.' if made.basis == 'request' else f'yes{" to all of it" if made.use_list else ""}{goes_on}'}"
        in said
    )
    assert ("the earlier yes goes on" in said) == (made.basis != "request")
    assert " until you tell us what you meant: we ask you." in said
    assert "We would like" not in said, "what is in force already is not asked for as if it were new"
    assert "do not answer: it counts as no" not in said


@pytest.mark.parametrize("key", [key for key, one in types.shipped().items() if one.type.per == "pupil" and one.type.basis != "request"])
def test_where_a_no_holds_silence_leaves_it_and_another_parents_yes_would_not_change_it(family: Family, key: str) -> None:
    made = types.shipped()[key].type
    form = printed(family, key, family.ben, Variant.STANDARD)[0]
    for question in form.questions:
        if question.key != "own":
            keep(family, form, question, "no", EARLIER)
    both = [one for one in printed(family, key, family.ben, Variant.STANDARD) if one.contact_ids]
    own, other = (plain_text(one.story) for one in sorted(both, key=lambda one: one.contact_ids != form.contact_ids))
    name = "Mrs Ruth Ash" if form.contact_ids == (family.mum.id,) else "Mr Ned Ash"
    assert (
        f"Until you answer, or if you never do: it stays no, as said on {show_date(EARLIER)} by {name}. Only that person’s yes changes that."
        in own
    )
    assert (
        "Until you answer, or if you never do: it stays no. Another person who may decide, and is not asked to sign here, said no. Only that person’s yes changes that: a yes here does not, whoever signs."
        in other
    )
    assert name not in other, "one household is not told of the other"
    there = " there" if made.use_list else ""
    assert all(f": the earlier no goes on{there}, and we ask you what you meant." in said for said in (own, other))
    for one in reversed(both) if both[0].contact_ids == form.contact_ids else both:
        keep(family, one, one.questions[0], "yes", LATER)
        if key == "acceptable-use":
            break
        assert verdict(family, form, form.questions[0]).in_force == (one.contact_ids == form.contact_ids), (
            "only their own yes takes its place"
        )
    assert made.parent_no == "any"


@pytest.mark.parametrize("key", [key for key, one in types.shipped().items() if one.type.use_list])
def test_a_line_left_empty_stays_as_it_was_and_the_ticked_ones_are_kept(family: Family, key: str) -> None:
    form = next(one for one in printed(family, key, family.ben, Variant.STANDARD) if one.contact_ids)
    assert "A line with no box or two ticked: " in plain_text(form.story)
    first, second = form.questions[:2]
    before = verdict(family, form, second)
    answers = {first.key: "yes"}
    back = FormReply(
        form_id="f",
        kind=KIND.name,
        subject=form.subject,
        pupil_id=form.pupil.id,
        contact_ids=form.contact_ids,
        wording="It",
        language="en",
        answers=answers,
        giver_id=form.contact_ids[0],
        signed_on=EARLIER,
        evidence="page",
    )
    assert KIND.problems(family.unit.desk, back) == ()
    with family.unit.desk.act(KIND.action, "pupil", form.pupil.id) as work:
        KIND.keep(work, back)
    assert verdict(family, form, first).in_force
    assert verdict(family, form, second).standing == before.standing
    made, anew = (
        types.shipped()[key].type,
        {one.contact_ids: plain_text(one.story) for one in printed(family, key, family.ben, Variant.STANDARD)},
    )
    again = anew.pop(form.contact_ids)
    until = verdict(family, form, first).until
    if made.basis == "request":
        assert f"it stays as it is now: Ben is left out of {made.use_list[0].words}, and takes part in the rest." in again
    else:
        assert until is not None
        assert (
            f"it stays as it is now: yes ({made.use_list[0].words}), as you said on {show_date(EARLIER)}, until {show_date(until)}, or until a parent "
            in again
        )
        assert [f"it stays as it is now: yes ({made.use_list[0].words}), as said before, until" in other for other in anew.values()] == [
            True
        ], "one household is not told of the other"
        assert " no; and no to the rest." in again


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


@pytest.mark.parametrize("variant", [Variant.STANDARD, Variant.EASY])
@pytest.mark.parametrize("key", types.shipped())
def test_what_has_no_signature_is_said_in_the_same_words_on_every_form(family: Family, key: str, variant: Variant) -> None:
    """A no, and a wish to be left out, count however they come: nothing is done that a tick forbids because a signature was forgotten."""
    said = plain_text(printed(family, key, family.ben, variant)[0].story)
    made = types.shipped()[key].type
    counts, other = ("“leave out”", "“takes part”") if made.basis == "request" else ("no", "yes")
    then = (
        "Ben takes part{there} until you tell us what you meant: we ask you."
        if made.basis == "request"
        else "as if you had not answered{there}, and we ask you."
    )
    if made.use_list:
        unclear = f"A line with no box or two ticked: {then.format(there=' there')}"
        alone = f"Not signed: each {counts} counts all the same, each {other} is as if its line had no tick."
    else:
        unclear, alone = f", or an unsigned {other}: {then.format(there='')}", f"An unsigned {counts} counts."
    assert said.count(alone) == 1
    assert (
        said.index("Until you answer, or if you never do: ")
        < said.index(unclear)
        < said.index(alone)
        < said.index("Signature of a parent or carer")
    )


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
    health.save_medicine(family.unit.desk, replace(medicine, dose="2"))
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
