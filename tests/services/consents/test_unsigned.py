"""A form that nobody signed: what it says of that stands on it, and the same is kept, line by line."""

from datetime import date

import pytest

from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.sharing.choice import ALLOW, RESTRICT
from pupil_desk.services.consents import types
from pupil_desk.services.paper_forms import acknowledgement, consents, details, sharing_choice
from pupil_desk.services.paper_forms.kind import FormKind, FormReply, FormToPrint, Variant
from pupil_desk.services.sharing import wishes
from pupil_desk.store.tables import choices
from tests.services.consents.boxes import printed, verdict
from tests.services.consents.conftest import Family
from tests.services.exports.made import DAY

ON = date(2026, 11, 23)


def unsigned(form: FormToPrint, answers: dict[str, str]) -> FormReply:
    return FormReply(
        form_id="f",
        kind=form.kind,
        subject=form.subject,
        pupil_id=form.pupil.id,
        contact_ids=form.contact_ids,
        wording="It",
        language="en",
        answers=answers,
        giver_id=form.contact_ids[0] if form.contact_ids else None,
        signed_on=ON,
        is_signed=False,
        evidence="page",
    )


def keep(family: Family, kind: FormKind, returned: FormReply) -> None:
    assert kind.problems(family.unit.desk, returned) == ()
    with family.unit.desk.act(kind.action, "pupil", returned.pupil_id) as work:
        kind.keep(work, returned)


def refused(family: Family, kind: FormKind, returned: FormReply) -> bool:
    return any("Nobody has signed it" in problem.message for problem in kind.problems(family.unit.desk, returned))


@pytest.mark.parametrize("key", [key for key, one in types.shipped().items() if one.type.use_list])
def test_of_lines_with_yes_and_no_each_that_forbids_counts_and_each_that_allows_does_not(family: Family, key: str) -> None:
    form = next(one for one in printed(family, key, family.ben, Variant.STANDARD) if one.contact_ids)
    request = types.shipped()[key].type.basis == "request"
    counts, other = ("yes", "no") if request else ("no", "yes")
    words = ("“leave out”", "“takes part”") if request else ("no", "yes")
    assert f"Not signed: each {words[0]} counts all the same, each {words[1]} is as if its line had no tick." in plain_text(form.story)
    first, second = form.questions[:2]
    before = verdict(family, form, second)
    keep(family, consents.KIND, unsigned(form, {first.key: counts, second.key: other}))
    assert verdict(family, form, first).in_force == request
    assert verdict(family, form, first).by == (form.contact_ids[0],)
    assert verdict(family, form, second) == before
    assert refused(family, consents.KIND, unsigned(form, {second.key: other}))


@pytest.mark.parametrize("key", [key for key, one in types.shipped().items() if not one.type.use_list])
def test_of_one_question_what_forbids_counts_and_what_allows_is_asked_about(family: Family, key: str) -> None:
    form = next(one for one in printed(family, key, family.ben, Variant.STANDARD) if one.contact_ids)
    request = types.shipped()[key].type.basis == "request"
    counts, other = ("yes", "no") if request else ("no", "yes")
    said = plain_text(form.story)
    assert f", or an unsigned {'“takes part”' if request else 'yes'}: " in said
    assert f"An unsigned {'“leave out”' if request else 'no'} counts." in said
    question = form.questions[0]
    assert refused(family, consents.KIND, unsigned(form, {question.key: other}))
    keep(family, consents.KIND, unsigned(form, {question.key: counts}))
    assert verdict(family, form, question).by == (form.contact_ids[0],)


def test_the_choice_about_sharing_is_kept_for_each_no(family: Family) -> None:
    form = sharing_choice.KIND.ask(family.unit.desk, "", [family.ben], DAY, Variant.STANDARD).forms[0]
    assert "an unsigned yes: as if you had not answered there, and we ask you. An unsigned no counts." in plain_text(form.story)
    assert refused(family, sharing_choice.KIND, unsigned(form, {"youth-support": ALLOW, "post-16": ALLOW}))
    keep(family, sharing_choice.KIND, unsigned(form, {"youth-support": RESTRICT, "post-16": ALLOW}))
    assert [(one.recipient, one.choice) for one in choices.of_pupil(family.unit.desk.vault, family.ben.id)] == [("youth-support", RESTRICT)]
    assert wishes.steps_of(family.unit.desk, family.ben.id).steps == []


def test_a_slip_for_the_notice_and_a_slip_on_which_all_is_right_say_nothing_unsigned(family: Family) -> None:
    have = acknowledgement.KIND.ask(family.unit.desk, "", [family.ben], DAY, Variant.STANDARD).forms[0]
    assert refused(family, acknowledgement.KIND, unsigned(have, {"notice": "have"}))
    check = details.KIND.ask(family.unit.desk, "", [family.ben], DAY, Variant.STANDARD).forms[0]
    assert refused(family, details.KIND, unsigned(check, {"details": "right"}))
    keep(family, details.KIND, unsigned(check, {"details": "wrong"}))
    assert family.unit.count("details_check") == 1, "what is written waits for a person, who asks"
