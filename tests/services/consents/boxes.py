"""The boxes of a printed form: the words beside each, one of them ticked and kept, and what the rule then says."""

import re
from collections.abc import Callable
from datetime import date

from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.case import ConsentStatus, Verdict
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import health
from pupil_desk.services.consents import occasions, standings, types
from pupil_desk.services.paper_forms.consents import KIND
from pupil_desk.services.paper_forms.kind import FormQuestion, FormReply, FormToPrint, PrintedForm, Variant
from pupil_desk.services.roles import Action
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
