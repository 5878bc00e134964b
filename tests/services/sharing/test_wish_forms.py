"""The kind of form that asks for a wish: whom it asks, what a returned one becomes, and what stands against it."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.paper_forms.kind import FormReply, Variant
from pupil_desk.services.paper_forms.sharing_choice import SharingChoice
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import sharing
from tests.services.exports.made import DAY, Unit
from tests.services.sharing.test_wishes import YOUTH, father, mother, zoe

__all__ = ["father", "mother", "zoe"]  # fixtures


def returned(zoe: Pupil, giver: str | None, **changed: object) -> FormReply:
    made = FormReply(
        form_id="F1",
        kind="sharing-choice",
        subject="",
        pupil_id=zoe.id,
        contact_ids=(),
        wording="Yes?",
        language="en",
        answers={YOUTH: "restrict", "post-16": "allow"},
        giver_id=giver,
        signed_on=DAY,
        evidence="scan",
    )
    return dataclasses.replace(made, **changed)


@pytest.mark.parametrize("variant", Variant)
def test_the_kind_of_form_asks_whoever_may_choose(unit: Unit, zoe: Pupil, mother: Contact, father: Contact, variant: Variant) -> None:
    alone = unit.pupil("Alone", "Al", date(2012, 5, 1))
    kind = SharingChoice()
    asking = kind.ask(unit.desk, "", [zoe, alone], DAY, variant)
    assert [form.contact_ids for form in asking.forms] == [(mother.id,), (father.id,)]
    assert [(left.pupil.id, left.reason) for left in asking.left_out] == [(alone.id, "nobody with parental responsibility is on file")]
    form = asking.forms[0]
    keys = {(question.key, answer.key) for question in form.questions for answer in question.answers}
    drawn = {tuple(block.key.split("/")) for block in form.story if getattr(block, "key", "")}
    assert keys == drawn == {(about, answer) for about in (YOUTH, "post-16") for answer in ("allow", "restrict")}
    assert ("learn and find work" in form.wording) is (variant is Variant.EASY)
    assert form.file_stem == f"sharing-choice-{zoe.ref}-1"


def test_a_returned_form_becomes_its_answers_with_everything_known(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    kind = SharingChoice()
    back = returned(zoe, mother.id)
    assert kind.problems(unit.desk, back) == ()
    with unit.as_role(Role.OFFICE).act(Action.RECORD_FORM_CHOICE, "pupil", zoe.id, "") as work:
        assert kind.keep(work, back) == {"choice"}
    kept = sharing.timeline(unit.desk, zoe.id).choices
    assert {(c.recipient, c.choice, c.contact_id, c.form_id, c.evidence_id, c.channel) for c in kept} == {
        (YOUTH, "restrict", mother.id, "F1", "scan", "form"),
        ("post-16", "allow", mother.id, "F1", "scan", "form"),
    }
    assert all(choice.wording_id for choice in kept)
    assert [problem.code for problem in kind.problems(unit.desk, back)] == ["on_file"]


def test_what_stands_against_a_returned_form(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    kind, aunt = SharingChoice(), unit.contact(zoe, "Lee")
    assert [problem.code for problem in kind.problems(unit.desk, returned(zoe, aunt.id))] == ["not_theirs_to_choose"]
    assert [problem.code for problem in kind.problems(unit.desk, returned(zoe, None))] == ["not_theirs_to_choose"]
    assert [problem.code for problem in kind.problems(unit.desk, returned(zoe, mother.id, signed_on=date(2026, 11, 25)))] == ["future_date"]
    assert [problem.code for problem in kind.problems(unit.desk, returned(zoe, mother.id, answers={}))] == ["missing"]
