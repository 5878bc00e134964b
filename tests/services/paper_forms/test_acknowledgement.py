"""The slip «we have the notice»: for whom it is printed, what a returned one keeps, and what is not taken."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.documents.blocks import TickRow, plain_text
from pupil_desk.documents.pdf.page import build_pdf, pages_needed
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import sheet
from pupil_desk.services.notices import families, notices
from pupil_desk.services.paper_forms.acknowledgement import HAVE, KIND, QUESTION
from pupil_desk.services.paper_forms.kind import FormReply, FormToPrint, Variant
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import settings as settings_service
from tests.documents.checking import assert_accessible
from tests.services.exports.made import DAY, Unit
from tests.services.state import log_of


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    """A pupil of 16 with two parents in one household and a third holder whose letter is not written."""
    found = unit.pupil("Penn", "Zoë", date(2010, 5, 1), address_1="1 Lane", postcode="SG4 7ZZ")
    for name in ("Ann", "Bert"):
        unit.contact(found, "Penn", forename=name, parental_responsibility=True, lives_with=True)
    unit.contact(found, "Stone", parental_responsibility=True)
    return found


def _slips(unit: Unit, pupil: Pupil) -> tuple[FormToPrint, ...]:
    return KIND.ask(unit.desk, "", [pupil], DAY, Variant.STANDARD).forms


def _returned(form: FormToPrint, **change: object) -> FormReply:
    made = FormReply(
        form_id="f1",
        kind=form.kind,
        subject=form.subject,
        pupil_id=form.pupil.id,
        contact_ids=form.contact_ids,
        wording=form.wording,
        language=form.language,
        answers={QUESTION: HAVE},
        giver_id=form.contact_ids[0] if form.contact_ids else None,
        signed_on=DAY,
        evidence="paper 1",
    )
    return dataclasses.replace(made, **change)  # type: ignore[arg-type]


def _keep(unit: Unit, returned: FormReply) -> None:
    with unit.desk.act(Action.PRINT_FORM, "pupil", returned.pupil_id) as work:
        assert KIND.keep(work, returned) == {"notice"}


def test_a_slip_goes_with_each_letter_and_is_one_side(unit: Unit, pupil: Pupil) -> None:
    assert KIND.subjects(unit.desk) == {"": "Slip for the privacy notice, edition 24 November 2026, number 1"}
    asked = KIND.ask(unit.desk, "", [pupil], DAY, Variant.STANDARD)
    assert {form.subject for form in asked.forms} == {notices.current_edition(unit.desk).id}
    assert [form.contact_ids != () for form in asked.forms] == [True, False]
    assert [(one.name, one.reason) for one in asked.left_out] == [("Stone", "has no address on file")]
    family, own = (plain_text(form.story) for form in asked.forms)
    assert "I have the privacy notice." in family
    assert "Ann Penn and Bert Penn" in family
    assert "I have the privacy notice." in own
    assert "Parent or carer" not in own
    assert "24 November 2026, number 1" in family
    for form in asked.forms:
        (row,) = [block for block in form.story if isinstance(block, TickRow)]
        assert row.key == "notice/have"
        assert form.wording.endswith("- " + plain_text([row]))
        assert pages_needed(form.story) == 1
        assert "Penn" not in form.file_stem
    assert_accessible(build_pdf(asked.forms[0].story, title=asked.forms[0].title))


def test_it_is_missing_of_whoever_was_given_the_notice_and_has_not_said_so(unit: Unit, pupil: Pupil) -> None:
    subject = notices.current_edition(unit.desk).id
    assert KIND.unanswered(unit.desk, subject, DAY) == []
    notices.issue(unit.desk, notices.letters_of(unit.desk, pupil.id).letters, "post")
    assert KIND.unanswered(unit.desk, subject, DAY) == [pupil]
    family, own = _slips(unit, pupil)
    _keep(unit, _returned(family))
    _keep(unit, _returned(family, giver_id=family.contact_ids[1]))
    assert KIND.unanswered(unit.desk, subject, DAY) == [pupil]
    _keep(unit, _returned(own))
    assert KIND.unanswered(unit.desk, subject, DAY) == []
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, head="Robin"))
    assert KIND.unanswered(unit.desk, "", DAY) == []  # the new edition was given to nobody yet


def test_what_came_back_is_on_the_sheet_with_the_paper_that_shows_it(unit: Unit, pupil: Pupil) -> None:
    notices.issue(unit.desk, notices.letters_of(unit.desk, pupil.id).letters, "post")
    family, _own = _slips(unit, pupil)
    _keep(unit, _returned(family))
    _keep(unit, _returned(family))  # the same slip read twice
    rows = unit.desk.vault.rows("SELECT acknowledged_by, channel, form_id, evidence, contact_id FROM notice_acknowledgement")
    assert [tuple(row) for row in rows] == [("Ann Penn", "form", "f1", "paper 1", family.contact_ids[0])]
    section = next(section for section in sheet.everything(unit.desk, pupil.id) if section.name == "acknowledgements")
    told = {label: words for _name, label, _value, words in section.entries[0].facts}
    assert told["Who says that they have it"] == "Ann Penn"
    assert told["Said on"] == "24 November 2026"
    assert ("issue-notice", pupil.id, "acknowledged on a slip") in [row[1:4] for row in log_of(unit.desk)]
    assert [row.acknowledged for row in families.notices_given(unit.desk) if row.issue.given_to == "Ann Penn"] == [DAY]


NOT_TAKEN: tuple[tuple[dict[str, object], str], ...] = (
    ({"answers": {}}, "missing"),
    ({"giver_id": "nobody"}, "no_such_contact"),
    ({"signed_on": date(2026, 11, 25)}, "future_date"),
    ({"signed_on": date(2026, 11, 19)}, "too_early"),
    ({"subject": "0009-another"}, "never_given"),
)


def test_a_slip_that_says_nothing_or_what_cannot_be_is_not_taken(unit: Unit, pupil: Pupil) -> None:
    notices.issue(unit.desk, notices.letters_of(unit.desk, pupil.id).letters, "post", date(2026, 11, 20))
    for change, code in NOT_TAKEN:
        returned = _returned(_slips(unit, pupil)[0], **change)
        assert [problem.code for problem in KIND.problems(unit.desk, returned)] == [code]
        if code not in ("missing", "no_such_contact"):
            with pytest.raises(Refused):
                _keep(unit, returned)
    assert unit.count("notice_acknowledgement") == 0


def test_it_can_be_said_by_word_for_several_at_once(unit: Unit, pupil: Pupil) -> None:
    notices.issue(unit.desk, notices.letters_of(unit.desk, pupil.id).letters, "post")
    rows = families.not_acknowledged(unit.desk)
    assert len(rows) == 3
    assert families.acknowledge(unit.desk, rows[:2], "phone", DAY).changed.ids == {pupil.id}
    assert len(families.not_acknowledged(unit.desk)) == 1
