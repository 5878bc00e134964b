"""What a form says of no answer, of a line left empty and of no signature, and what the program then does: the same."""

import pytest

from pupil_desk.basics.dates import show_date
from pupil_desk.documents.blocks import Para, TickRow, plain_text
from pupil_desk.services.consents import standings, types
from pupil_desk.services.paper_forms.consents import KIND
from pupil_desk.services.paper_forms.kind import FormReply, Variant
from tests.services.consents.boxes import EARLIER, LATER, keep, printed, verdict
from tests.services.consents.conftest import Family


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
    who = "a parent or Ben says" if key in ("photographs", "record-photograph", "biometrics", "acceptable-use") else "a parent says"
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
