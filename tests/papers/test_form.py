"""The reply form as a whole document: one side, for whoever may choose, with the right words and the right return address."""

import dataclasses
import re
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import plain_text, texts_of
from pupil_desk.domain.sharing.choice import ALLOW, PARENT, RESTRICT, Choice
from pupil_desk.domain.sharing.sharing import Level
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.kind import FormToPrint
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.tables import contacts
from tests.documents.checking import assert_accessible
from tests.papers.made import HOLDERS, LONG, PUPIL, pages_of, squeezed
from tests.services.exports.made import Unit

YOUNG, OLD, CHILD = date(2012, 9, 27), date(2010, 9, 27), date(2015, 9, 27)  # 14, 16 and 11 on the unit's day
NO_NOTICE = "it counts as no now, as no parent has been given our privacy notice; from the day when one is, it counts as yes, until a parent says no."


def _forms(unit: Unit, dob: date, *, with_parent: bool = False) -> list[FormToPrint]:
    settings_service.save_settings(unit.desk, dataclasses.replace(LONG, with_parent=with_parent))
    items = {name: getattr(PUPIL, name) for name in ("address_1", "locality", "town", "county", "postcode")}
    pupil = unit.pupil(PUPIL.surname, PUPIL.forename, dob, **items)
    for order, holder in enumerate(HOLDERS, 1):
        unit.contact(
            pupil, holder.surname, order=order, title=holder.title, forename=holder.forename, lives_with=True, parental_responsibility=True
        )
    return [one.form for one in printing.make_forms(unit.desk, "sharing-choice", [pupil]).forms]


def _pdf(paper: FormToPrint) -> bytes:
    return printing.own_file(printing.numbered(paper))


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("with_parent", [False, True])
@pytest.mark.parametrize("dob", [YOUNG, OLD], ids=["a parent’s", "the pupil’s"])
def test_it_is_one_side_in_reading_order_and_the_checkers_find_nothing(unit: Unit, dob: date, with_parent: bool, tmp_path: Path) -> None:
    (paper,) = _forms(unit, dob, with_parent=with_parent)
    pdf = _pdf(paper)
    (page,) = pages_of(pdf, tmp_path, "-raw")
    read, at = squeezed(page), 0
    for text in texts_of(paper.story):
        found = read.find(squeezed(text), at)
        assert found >= 0, text
        at = found + len(squeezed(text))
    assert_accessible(pdf)


def test_a_parent_is_asked_for_a_child_and_says_who_signs(unit: Unit) -> None:
    (paper,) = _forms(unit, YOUNG)
    text = plain_text(paper.story)
    assert "Mrs Genevieve Okonkwo-Featherstone and Mr Bartholomew Okonkwo-Featherstone" in text
    assert "27 September 2012" in text
    assert "From 13, the law lets it ask us. At 16 your child chooses." in text
    assert "No: tell it only the child’s name, address and date of birth." in text
    assert "If your child applies to one before 16" in text
    assert "One parent signs. If parents differ, no counts." in text
    assert "what was told before stays told" in text
    assert "No: tell them nothing. My child can still apply." in text
    assert "Please reply by 9 December 2026." in text
    assert re.search(r"Return to: Christopher Abernathy-Jones \(Assistant head\), North Larkshire .* SG4 7ZZ", text)
    assert "To change it, tell" in text
    assert "None or both ticked, or an unsigned yes: as if you had not answered there, and we ask you. An unsigned no counts." in text
    assert (
        "Your answer holds until you change it, and ends on 27 September 2028: from 16 your child chooses, and until your child says yes it is no."
        in text
    )
    assert "Signature of a parent or carer (not needed for a no)" in text
    assert "After a no we tell only what that box says" in text


def test_from_16_the_pupil_is_asked(unit: Unit) -> None:
    (paper,) = _forms(unit, OLD)
    text = plain_text(paper.story)
    assert "From 16, you choose what it is told about you." in text
    assert "No: tell it only your name, address and date of birth." in text
    assert "Signature of Alexandrina" in text
    assert "None or both ticked, or an unsigned yes: as if you had not answered there, and we ask you. An unsigned no counts." in text
    assert "parent or carer" not in text.casefold()


def test_the_least_that_is_told_is_said_as_the_setting_has_it(unit: Unit) -> None:
    (paper,) = _forms(unit, YOUNG, with_parent=True)
    text = plain_text(paper.story)
    assert text.count("date of birth, and a parent’s name and address.") == 1


def test_four_boxes_two_questions(unit: Unit) -> None:
    (paper,) = _forms(unit, YOUNG)
    kinds = [type(block).__name__ for block in paper.story]
    assert kinds.count("TickRow") == 4
    assert kinds.count("Heading") == 3


@pytest.mark.needs("pdftotext")
def test_marks_in_a_name_print_as_they_are(unit: Unit, tmp_path: Path) -> None:
    pupil = unit.pupil("<b>{unit}</b>", "**Al**", OLD, address_1="1 Lane", postcode="SG4 7ZZ")
    (made,) = printing.make_forms(unit.desk, "sharing-choice", [pupil]).forms
    assert "**Al** <b>{unit}</b>" in pages_of(_pdf(made.form), tmp_path)[0]


def _decided(unit: Unit, paper: FormToPrint, day: date | None = None) -> Level:
    decision = sharing.decision_for(unit.desk, paper.pupil.id, "youth-support", day)
    assert decision is not None
    return decision.level


def test_silence_before_the_notice_and_after_it_is_what_the_rule_does(unit: Unit) -> None:
    (paper,) = _forms(unit, YOUNG)
    assert NO_NOTICE in plain_text(paper.story)
    assert _decided(unit, paper) is Level.MINIMUM
    notices.issue(unit.desk, notices.letters_of(unit.desk, paper.pupil.id).letters, "post")
    (again,) = [one.form for one in printing.make_forms(unit.desk, "sharing-choice", [paper.pupil]).forms]
    assert "never do: it counts as yes, as now, until a parent says no." in plain_text(again.story)
    assert NO_NOTICE not in plain_text(again.story)
    assert _decided(unit, again) is Level.FULL


@pytest.mark.parametrize("said", ["", ALLOW, RESTRICT])
def test_of_a_child_under_13_it_says_that_nothing_is_told_before_whatever_is_ticked(unit: Unit, said: str) -> None:
    (paper,) = _forms(unit, CHILD)
    notices.issue(unit.desk, notices.letters_of(unit.desk, paper.pupil.id).letters, "post")
    if said:
        (mother, *_more) = contacts.of_pupil(unit.desk.vault, paper.pupil.id)
        sharing.record_choices(
            unit.desk,
            [
                Choice(
                    pupil_id=paper.pupil.id,
                    recipient="youth-support",
                    choice=said,
                    by=PARENT,
                    on=unit.desk.today,
                    giver=mother.full_name,
                    contact_id=mother.id,
                    channel="form",
                )
            ],
        )
    (again,) = [one.form for one in printing.make_forms(unit.desk, "sharing-choice", [paper.pupil]).forms]
    text = plain_text(again.story)
    assert "We tell it nothing before 27 September 2028: from 13, the law lets it ask us." in text
    then = {
        "": "it counts as yes from then, until a parent says no.",
        ALLOW: "it stays as it is now: yes, until a parent says no.",
        RESTRICT: "it stays as it is now: no, until each parent who said no says yes.",
    }
    assert f"never do: {then[said]}" in text
    assert _decided(unit, again, date(2028, 9, 26)) is Level.NONE
    assert _decided(unit, again, date(2028, 9, 27)) is (Level.MINIMUM if said == RESTRICT else Level.FULL)


@pytest.mark.parametrize(("first", "second"), [(ALLOW, RESTRICT), (RESTRICT, ALLOW), (ALLOW, ALLOW)])
def test_what_was_said_before_stays_where_nobody_answers_and_of_two_parents_the_no_counts(unit: Unit, first: str, second: str) -> None:
    (paper,) = _forms(unit, YOUNG)
    assert f"Until you answer, or if you never do: {NO_NOTICE}" in plain_text(paper.story)
    mother, father = contacts.of_pupil(unit.desk.vault, paper.pupil.id)
    said = [
        Choice(
            pupil_id=paper.pupil.id,
            recipient=name,
            choice=choice,
            by=PARENT,
            on=unit.desk.today,
            giver=giver.full_name,
            contact_id=giver.id,
            channel="form",
        )
        for giver, choice in ((mother, first), (father, second))
        for name in ("youth-support", "post-16")
    ]
    sharing.record_choices(unit.desk, said)
    (again,) = [one.form for one in printing.make_forms(unit.desk, "sharing-choice", [paper.pupil]).forms]
    text, yes = plain_text(again.story), (first, second) == (ALLOW, ALLOW)
    assert (
        text.count(
            f"Until you answer, or if you never do: it stays as it is now: {'yes, until a parent says no' if yes else 'no, until each parent who said no says yes'}."
        )
        == 2
    )
    for name in ("youth-support", "post-16"):
        decision = sharing.decision_for(unit.desk, paper.pupil.id, name)
        assert decision is not None
        assert (decision.level is Level.FULL) == yes
