"""The progress report as a whole document: to each household, with current results and targets, and nothing unpublished."""

from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import plain_text, texts_of
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.learning.review import ReportComment, TargetReview
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services import register, sheet
from pupil_desk.services.learning import assessments, reviews
from pupil_desk.services.letters import progress_reports
from pupil_desk.services.unit import calendars
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import Unit


def _pupil(unit: Unit) -> Pupil:
    pupil = unit.pupil("Penn", "Zoë", date(2010, 12, 1), address_1="1 Lane", town="Ware", postcode="SG4 7ZZ")
    unit.contact(pupil, "Penn", forename="Ada", parental_responsibility=True, lives_with=True)
    unit.contact(pupil, "Marsh", forename="Tom", parental_responsibility=True, address_1="2 Mill", postcode="SG4 7HA")
    barred = unit.contact(pupil, "Grey", forename="Al", parental_responsibility=True, address_1="3 Hill", postcode="SG4 7HB")
    unit.protect(pupil, "order", barred)
    return pupil


def _enter(unit: Unit, pupil: Pupil, result: str, status: str, day: date, **more: object) -> None:
    made = {"stage": "KS4", "subject": "MAT", "method": "TA", "component": "GCSE"} | more
    assessments.add(unit.desk, Assessment(pupil_id=pupil.id, result=result, status=status, date=day, **made))  # type: ignore[arg-type]


def _filled(unit: Unit) -> Pupil:
    pupil = _pupil(unit)
    _enter(unit, pupil, "3", "I", date(2026, 9, 18))
    _enter(unit, pupil, "4", "I", date(2026, 11, 6))
    _enter(unit, pupil, "5", "T", date(2026, 9, 18))
    _enter(unit, pupil, "7", "R", date(2026, 11, 10), subject="SCI", method="TT", published_on=date(2027, 1, 14))
    register.mark(
        unit.desk,
        [
            Mark(pupil_id=pupil.id, day=date(2026, 9, 7), session=session, code=code)
            for session, code in ((Session.AM, "/"), (Session.PM, "O"))
        ],
    )
    return pupil


@pytest.mark.needs("pdftotext")
def test_it_reads_in_order_and_the_checkers_find_nothing(unit: Unit, tmp_path: Path) -> None:
    papers = list(progress_reports.reports(unit.desk, _filled(unit).id))
    assert sorted(paper.letter.addressee for paper in papers) == ["Ada Penn", "Tom Marsh"]
    pdf = build_pdf(papers[0].story, title=papers[0].title)
    read, at = squeezed("".join(pages_of(pdf, tmp_path, "-raw"))), 0
    for text in texts_of(papers[0].story):
        found = read.find(squeezed(text), at)
        assert found >= 0, text
        at = found
    assert_accessible(pdf)


def test_it_tells_current_results_targets_and_the_terms_attendance(unit: Unit) -> None:
    paper = next(progress_reports.reports(unit.desk, _filled(unit).id))
    text = plain_text(paper.story)
    assert "in the autumn term 2026" in text
    assert "Subject\nResult\nTarget\nMathematics, GCSE\n4 (6 Nov 2026)\n5" in text
    assert "Sessions possible\n2\nSessions attended\n1 (50.0 %)" in text
    assert "Absent without permission\n1" in text
    assert "Comment from school" in text
    assert paper.file_stem.startswith("progress-report-P")


def test_each_scale_is_named_with_what_its_values_mean(unit: Unit) -> None:
    pupil = _filled(unit)
    _enter(unit, pupil, "12", "I", date(2026, 9, 18), subject="REA", component="BASELINE")
    assessments.set_scale(unit.desk, "Reading ladder", ("Red", "Amber", "Green"))
    _enter(unit, pupil, "Amber", "I", date(2026, 9, 18), subject="ENG", component="Reading ladder")
    text = plain_text(next(progress_reports.reports(unit.desk, pupil.id)).story)
    assert "What the results mean" in text
    assert "GCSE\n9 is the highest grade and 1 the lowest; 4 is a standard pass and 5 a strong pass; U no grade, X no result" in text
    assert "Reading ladder\na scale of our own. Its steps, in our order: Red, Amber, Green" in text
    assert "Baseline\nno scale is laid down for it. Ask us what it means" in text


def test_a_result_that_is_not_published_is_told_to_nobody_at_home(unit: Unit) -> None:
    pupil = _filled(unit)
    assert "Science" not in plain_text(next(progress_reports.reports(unit.desk, pupil.id)).story)
    story, _title = sheet.paper(unit.desk, pupil.id)
    text = plain_text(story)
    assert "Not told before 14 January 2027" in text
    (section,) = [section for section in sheet.everything(unit.desk, pupil.id) if section.name == "assessments"]
    assert [entry.as_kept()["result"] for entry in section.entries] == ["3", "4", "5", "7"]
    assert [entry.as_kept()["standing"] for entry in section.entries] == ["Earlier", "Current", "Current", "Current"]


def test_with_nothing_on_file_it_says_so(unit: Unit) -> None:
    text = plain_text(next(progress_reports.reports(unit.desk, _pupil(unit).id)).story)
    assert "There is none on file yet." in text
    assert "Attendance" not in text


def test_of_a_pupil_in_care_the_carers_have_one_too_in_words_for_each(unit: Unit) -> None:
    pupil = unit.pupil("Ash", "Kit", date(2012, 12, 1), address_1="1 Lane", postcode="SG4 7ZZ", looked_after=True)
    unit.contact(pupil, "Ash", forename="Una", parental_responsibility=True, address_1="2 Mill", postcode="SG4 7HA")
    unit.contact(pupil, "Fern", forename="Bo", relationship="FOM", lives_with=True)
    texts = {paper.letter.addressee: plain_text(paper.story) for paper in progress_reports.reports(unit.desk, pupil.id)}
    assert texts.keys() == {"Una Ash", "Bo Fern"}
    for text in texts.values():
        assert "talk it over with Kit when you can" in text
        assert "at home" not in text


@pytest.mark.needs("pdftotext")
def test_it_tells_how_targets_are_going_and_what_the_teachers_wrote(unit: Unit, tmp_path: Path) -> None:
    pupil = _filled(unit)
    target = next(entry for entry in assessments.current(unit.desk, pupil.id) if entry.status == "T")
    said = {"pupil_id": pupil.id, "assessment_id": target.id, "reviewer": "Mr Hay"}
    reviews.add(unit.desk, TargetReview(day=date(2026, 10, 9), standing="BEHIND", comment="Missed a test.", **said))
    reviews.add(unit.desk, TargetReview(day=date(2026, 11, 13), standing="ON", comment="Fractions are secure.", **said))
    for subject, term, text in (
        ("MAT", date(2026, 9, 2), "Explains his thinking."),
        (None, date(2026, 9, 2), "A steady term.\nWell done."),
        (None, date(2026, 4, 13), "Last year."),
    ):
        reviews.add(unit.desk, ReportComment(pupil_id=pupil.id, term=term, subject=subject, text=text, teacher="Ms Fern"))
    paper = next(progress_reports.reports(unit.desk, pupil.id))
    text = plain_text(paper.story)
    assert "Mathematics, GCSE\n4 (6 Nov 2026)\n5\nOn track (13 Nov 2026)" in text
    assert "Fractions are secure. (Mr Hay)" in text
    assert (
        text.index("Comment from school")
        < text.index("Explains his thinking.")
        < text.index("Tutor’s comment")
        < text.index("A steady term.")
    )
    assert not any(words in text for words in ("Missed a test", "Last year", "What comes next"))
    assert_accessible(build_pdf(paper.story, title=paper.title))


def test_without_the_tutors_comment_there_are_lines_to_write_it_on(unit: Unit) -> None:
    pupil = _filled(unit)
    reviews.add(unit.desk, ReportComment(pupil_id=pupil.id, term=date(2026, 9, 2), subject="ENG", text="Reads daily.", teacher="Ms Fern"))
    text = plain_text(next(progress_reports.reports(unit.desk, pupil.id)).story)
    assert text.index("Reads daily.") < text.index("What comes next")


def test_printing_is_logged(unit: Unit) -> None:
    pupil = _pupil(unit)
    progress_reports.log_printed(unit.desk, pupil.id)
    assert unit.log()[-1] == ("print-form", pupil.id, "progress-report")


@pytest.mark.parametrize(
    ("day", "name", "since"),
    [
        (date(2026, 11, 24), "autumn term 2026", date(2026, 9, 2)),
        (date(2027, 3, 1), "spring term 2027", date(2027, 1, 4)),
        (date(2027, 8, 1), "summer term 2027", date(2027, 4, 12)),
        (date(2027, 10, 1), "autumn term 2027", date(2027, 8, 30)),
        (date(2027, 12, 1), "autumn term 2027", date(2027, 8, 30)),
    ],
)
def test_the_term_a_day_belongs_to(unit: Unit, day: date, name: str, since: date) -> None:
    in_2027 = (date(2027, 8, 30), date(2027, 10, 15)), (date(2027, 10, 25), date(2027, 12, 17))
    terms = [*calendars.terms(unit.desk), *(Term(start=first, end=last) for first, last in in_2027)]
    found = progress_reports.term_on(terms, day)
    assert found is not None
    assert (found.name, found.since) == (name, since)
    assert progress_reports.term_on([], day) is None
