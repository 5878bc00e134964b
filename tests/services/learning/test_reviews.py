"""Reviews of targets and comments for the report: whose they are stays said, and no wording is ever written over."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.learning.review import ReportComment, TargetReview
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import sheet
from pupil_desk.services.learning import assessments, reviews
from pupil_desk.services.pupils import explaining
from pupil_desk.store.file.errors import StoreFault
from tests.services.exports.made import Unit

TERM = date(2026, 9, 2)


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Quill", "Bea", date(2011, 5, 6))


def target(unit: Unit, pupil: Pupil, result: str = "5", day: date = date(2026, 9, 18), **more: str) -> str:
    """The identity of a new target."""
    made = {"stage": "KS4", "subject": "MAT", "method": "TA", "component": "GCSE", "status": "T"} | more
    before = {entry.record.id for entry in assessments.history(unit.desk, pupil.id)}
    assessments.add(unit.desk, Assessment(pupil_id=pupil.id, result=result, date=day, **made))  # type: ignore[arg-type]
    return next(entry.record.id for entry in assessments.history(unit.desk, pupil.id) if entry.record.id not in before)


def review(unit: Unit, pupil: Pupil, target_id: str, standing: str = "ON", day: date = date(2026, 11, 6)) -> None:
    reviews.add(unit.desk, TargetReview(pupil_id=pupil.id, assessment_id=target_id, day=day, standing=standing, reviewer="Mr Hay"))


def comment(unit: Unit, pupil: Pupil, text: str, subject: str | None = None, term: date = TERM) -> None:
    reviews.add(unit.desk, ReportComment(pupil_id=pupil.id, term=term, subject=subject, text=text, teacher="Ms Fern"))


def test_a_correction_is_a_further_wording_and_the_first_stays(unit: Unit, pupil: Pupil) -> None:
    comment(unit, pupil, "Works well.", "Maths")
    (held,) = reviews.comments(unit.desk, pupil.id)
    assert (held.now.subject, held.now.title) == ("MAT", "Mathematics")
    reviews.correct(unit.desk, dataclasses.replace(held.now, text="Works very well."))
    assert reviews.correct(unit.desk, dataclasses.replace(reviews.comments(unit.desk, pupil.id)[0].now)).ids == frozenset()
    (held,) = reviews.comments(unit.desk, pupil.id)
    assert [one.record.text for one in held.wordings] == ["Works well.", "Works very well."]
    assert {one.by for one in held.wordings} == {unit.desk.user.name}
    with pytest.raises(StoreFault, match="append-only: report_comment"), unit.desk.vault.transaction():
        unit.desk.vault.execute("UPDATE report_comment SET text = 'x'")


def test_what_is_struck_out_stays_with_its_reason_and_is_in_no_report(unit: Unit, pupil: Pupil) -> None:
    comment(unit, pupil, "Of another pupil.")
    with pytest.raises(Refused):
        reviews.strike(unit.desk, reviews.comments(unit.desk, pupil.id)[0].now, " ")
    reviews.strike(unit.desk, reviews.comments(unit.desk, pupil.id)[0].now, "The wrong pupil")
    (held,) = reviews.comments(unit.desk, pupil.id)
    assert held.now.struck == "The wrong pupil"
    assert reviews.comments_of_term(unit.desk, pupil.id, TERM, date(2026, 12, 18)) == []
    with pytest.raises(WrongUse, match="struck out"):
        reviews.correct(unit.desk, dataclasses.replace(held.now, text="More"))
    comment(unit, pupil, "Of this one.")
    assert [one.text for one in reviews.comments_of_term(unit.desk, pupil.id, TERM, date(2026, 12, 18))] == ["Of this one."]


def test_there_is_one_comment_for_a_subject_and_term(unit: Unit, pupil: Pupil) -> None:
    comment(unit, pupil, "Works well.", "MAT")
    with pytest.raises(Refused) as refused:
        comment(unit, pupil, "Again.", "maths")
    assert [one.code for one in refused.value.problems] == ["there_already"]
    comment(unit, pupil, "On the whole.")
    comment(unit, pupil, "Later.", "MAT", term=date(2027, 1, 4))
    assert [one.title for one in reviews.comments_of_term(unit.desk, pupil.id, TERM, date(2026, 12, 18))] == [
        "Mathematics",
        "Tutor’s comment",
    ]


def test_the_latest_review_of_a_target_counts_though_the_target_was_put_right_or_set_anew(unit: Unit, pupil: Pupil) -> None:
    first = target(unit, pupil)
    review(unit, pupil, first, "BEHIND", date(2026, 10, 2))
    review(unit, pupil, first)
    (entry,) = assessments.current(unit.desk, pupil.id)
    assessments.correct(unit.desk, dataclasses.replace(entry, subject="SCI"))
    (entry,) = assessments.current(unit.desk, pupil.id)
    assert {key: one.standing for key, one in reviews.latest(unit.desk, pupil.id).items()} == {entry.id: "ON"}
    anew = target(unit, pupil, "6", date(2026, 11, 20), subject="SCI")
    assert list(reviews.latest(unit.desk, pupil.id)) == [anew]
    assessments.withdraw(unit.desk, anew, "By mistake")
    assert list(reviews.latest(unit.desk, pupil.id)) == [entry.id]


@pytest.mark.parametrize("day", [date(2026, 12, 24)])
def test_a_review_is_of_a_target_on_file_and_of_a_day_that_has_been(unit: Unit, pupil: Pupil, day: date) -> None:
    held = target(unit, pupil)
    with pytest.raises(Refused, match="still to come"):
        review(unit, pupil, held, day=day)
    result = target(unit, pupil, status="I")
    for wrong in ("", result):
        with pytest.raises(Refused, match="Choose the target"):
            review(unit, pupil, wrong)


def test_the_sheet_tells_every_wording_with_its_target(unit: Unit, pupil: Pupil) -> None:
    review(unit, pupil, target(unit, pupil))
    (held,) = reviews.reviews(unit.desk, pupil.id)
    reviews.correct(unit.desk, dataclasses.replace(held.now, standing="AHEAD"))
    (section,) = [one for one in sheet.everything(unit.desk, pupil.id) if one.name == "target_reviews"]
    told = [{name: words for name, _label, _value, words in entry.facts} for entry in section.entries]
    assert [(one["target"], one["standing"], one["recorded_by"]) for one in told] == [
        ("Mathematics, GCSE: 5", "On track", unit.desk.user.name),
        ("Mathematics, GCSE: 5", "Ahead of the target", unit.desk.user.name),
    ]


def test_the_log_names_what_was_done_and_no_word_of_it(unit: Unit, pupil: Pupil) -> None:
    comment(unit, pupil, "Works well.")
    assert unit.log()[-1] == ("edit-record", pupil.id, "report_comment added")


def test_a_value_of_a_comment_is_explained_by_its_wordings(unit: Unit, pupil: Pupil) -> None:
    comment(unit, pupil, "Works well.")
    (held,) = reviews.comments(unit.desk, pupil.id)
    reviews.correct(unit.desk, dataclasses.replace(held.now, text="Works very well."))
    (held,) = reviews.comments(unit.desk, pupil.id)
    who = unit.desk.user.name
    assert explaining.explain(unit.desk, held.now, "text") == [
        f"{who} changed it on 24 November 2026, 10:05. Before: Works well.",
        f"{who} entered it on 24 November 2026, 10:05.",
    ]
    assert explaining.explain(unit.desk, held.now, "teacher") == [f"{who} entered it on 24 November 2026, 10:05."]
