"""The data-check slip comes back: all right is kept with its day, corrections wait until somebody has entered them."""

import dataclasses
from random import Random

import pytest

from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.details_check import RIGHT, WRONG, DetailsCheck
from pupil_desk.services import sheet
from pupil_desk.services.attachments import attachments
from pupil_desk.services.many import slips
from pupil_desk.services.many.slips import Slip
from pupil_desk.services.paper_forms import out, printing, undoing, waiting
from pupil_desk.services.paper_forms.details import KIND, QUESTION
from pupil_desk.services.paper_forms.waiting import ConfirmedForm
from pupil_desk.services.pupils import details_checks
from pupil_desk.services.quality import looking
from tests import scans
from tests.scans import Pen
from tests.services.exports.made import DAY, Unit
from tests.services.paper_forms.office import family, read


def answered(unit: Unit, answer: str) -> DetailsCheck:
    """Print a slip, tick a box, scan it, read it, and confirm what it says."""
    desk, pupil = unit.desk, family(unit, "Ada")
    (slip,) = slips.of_pupils(desk, [pupil])
    assert isinstance(slip, Slip)
    slips.keep_printed(desk, [slip])
    assert [one.form.form_kind for one in out.missing(desk)] == ["data-check"]
    assert KIND.unanswered(desk, "", DAY) == [pupil]
    random, stack = Random(3), []
    for page, picture in zip(layout(slip.form.page), scans.pages(printing.own_file(slip.form)), strict=True):
        marks = {key: Pen("tick") for key in page.boxes if key == f"{QUESTION}/{answer}"}
        stack.append(scans.scanned(scans.ticked(picture, page, marks, random), random, skew=1, noise=10))
    assert read(desk, stack).set_aside == 0
    (one,) = waiting.waiting(desk)
    assert one.sure
    assert {key: said.answer for key, said in one.proposals.items()} == {QUESTION: answer}
    assert unit.count("details_check") == 0, "nothing is kept without a person"
    confirmed = ConfirmedForm(one.id, {QUESTION: answer}, one.addressees[0][0], DAY)
    undoing.undo(desk, waiting.confirm(desk, confirmed))
    assert details_checks.of_pupil(desk, pupil.id) == []
    assert [waits.form.id for waits in waiting.waiting(desk)] == [one.id]
    waiting.confirm(desk, confirmed)
    (kept,) = details_checks.of_pupil(desk, pupil.id)
    assert (kept.on, kept.answer, kept.channel) == (DAY, answer, "form")
    papers = [paper for paper in attachments.of_pupil(desk, pupil.id) if paper.set_aside_on is None]
    assert [paper.kind for paper in papers] == ["form"], "the slip with what was written on it is kept"
    assert out.out(desk) == []
    return kept


def waits(unit: Unit) -> list[str]:
    return [one.words for one in looking.findings(unit.desk) if "corrections on a data-check slip" in one.words]


def test_all_right_is_kept_with_its_day_and_who_said_so(unit: Unit) -> None:
    kept = answered(unit, RIGHT)
    assert kept.checked_by.endswith(", mother")
    assert not kept.waits
    assert waits(unit) == []
    assert KIND.unanswered(unit.desk, "", DAY) == []
    assert KIND.unanswered(unit.desk, "", DAY.replace(year=DAY.year + 1, month=12)) != [], "asked again after a year"
    section = next(section for section in sheet.everything(unit.desk, kept.pupil_id) if section.name == "details_checks")
    assert "All of it is right" in str(section)


def test_corrections_wait_until_somebody_says_that_they_are_entered(unit: Unit) -> None:
    kept = answered(unit, WRONG)
    assert kept.waits
    (line,) = waits(unit)
    assert kept.checked_by in line
    details_checks.save(unit.desk, dataclasses.replace(kept, entered_on=DAY))
    assert waits(unit) == []


def test_what_cannot_be_is_refused(unit: Unit) -> None:
    pupil = family(unit, "Ada")
    said = DetailsCheck(pupil_id=pupil.id, checked_by="Ann Quill, mother", on=DAY, channel="phone", answer=RIGHT)
    with pytest.raises(Refused, match="nothing to enter"):
        details_checks.add(unit.desk, dataclasses.replace(said, entered_on=DAY))
    with pytest.raises(Refused, match="before they were written"):
        details_checks.add(unit.desk, dataclasses.replace(said, answer=WRONG, entered_on=DAY.replace(day=1)))
    details_checks.add(unit.desk, said)
    assert unit.count("details_check") == 1
