"""The papers of the unit's duties, the certificate of an erasure and the record of a breach pass the three checkers, and read plainly."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import FactList, Heading, Table, plain_text, words_of
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.governance.breach_forms import BreachReport
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.services.erasure import cases, certificate
from pupil_desk.services.governance import breaches, papers
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.papers.reading import reading_ease
from tests.services.exports.made import DAY, Unit, recovery_code


@pytest.mark.parametrize("key", list(papers.PAPERS))
def test_the_papers_are_accessible_and_whole(unit: Unit, tmp_path: Path, key: str) -> None:
    unit.pupil("Quill", "Bea", date(2012, 5, 6))
    story, _title = papers.story(unit.desk, key)
    data = papers.pdf_of(unit.desk, key)[1]
    assert_accessible(data)
    read = squeezed("".join(pages_of(data, tmp_path, "-layout")))
    heading = story[0]
    assert isinstance(heading, Heading)
    assert squeezed(words_of(heading.text)) in read
    assert "Larkfield" in read


def test_their_prose_is_plain_for_what_it_is(unit: Unit) -> None:
    for key in papers.PAPERS:
        words = plain_text(block for block in papers.story(unit.desk, key)[0] if not isinstance(block, Table | FactList))
        assert reading_ease(words) > 50, (key, reading_ease(words))


def test_the_certificate_and_the_record_of_a_breach(unit: Unit, tmp_path: Path) -> None:
    gone = unit.pupil("Quill", "Bea", date(2001, 5, 6), Enrolment(status="C", start_date=date(2014, 9, 3), end_date=date(2017, 6, 23)))
    code = recovery_code(unit.desk)
    cases.propose(unit.desk, gone.id, Reach.RECORD, Ground.DUE)
    (line,) = cases.lines(unit.desk)
    assert line.case is not None
    unit.desk.clock.moment += timedelta(days=8)  # type: ignore[attr-defined]
    cases.carry_out(unit.desk, line.case.id, recovery_code=code)
    story, title = certificate.certificate(unit.desk, line.case.id)
    data = build_pdf(story, title=title)
    assert_accessible(data)
    assert len(pages_of(data, tmp_path)) == 1
    assert data == build_pdf(certificate.certificate(unit.desk, line.case.id)[0], title=title)
    breaches.report(unit.desk, BreachReport(text="A lost stick\nwith an encrypted file", day=DAY, time="09:40"))
    (breach,) = breaches.listing(unit.desk)
    story, title = breaches.paper(unit.desk, breach.id)
    assert_accessible(build_pdf(story, title=title))
    assert "A lost stick" in plain_text(story)
