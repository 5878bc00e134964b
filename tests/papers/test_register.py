"""The register as a whole document: every week, every amendment, what the codes mean."""

from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import Known
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.page import build_pdf
from pupil_desk.domain.attendance import Mark, Session
from pupil_desk.services import register, register_paper
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import Unit

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)


def _filled(unit: Unit) -> str:
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1))
    unit.pupil("Quirk", "Tom", date(2011, 5, 1))
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=Session.AM, code="N"),
                              Mark(pupil_id=pupil.id, day=MONDAY, session=Session.PM, code="L")])  # fmt: skip
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=Session.AM, code="I")], reason="Mother rang")
    return pupil.id


@pytest.mark.needs("pdftotext")
def test_a_week_says_everything_and_the_checkers_find_nothing(unit: Unit, tmp_path: Path) -> None:
    _filled(unit)
    story, title = register_paper.paper(unit.desk, MONDAY, FRIDAY)
    pdf = build_pdf(story, title=title, footer=title, page_size=register_paper.LYING, base_size=register_paper.BASE)
    read = squeezed("".join(pages_of(pdf, tmp_path, "-raw")))
    for said in ("16 November 2026 to 20 November 2026", "Penn, Zoë", "Quirk, Tom", "I*", "Mother rang", unit.desk.user.name,
                 "Late, before the register closed", "Not marked"):  # fmt: skip
        assert squeezed(said) in read, said
    assert_accessible(pdf)


def test_an_amendment_shows_what_was_and_what_is(unit: Unit) -> None:
    _filled(unit)
    story, _title = register_paper.paper(unit.desk, MONDAY, FRIDAY)
    text = plain_text(story)
    assert "Mon 16 Nov 2026 AM\nN\nI\nMother rang\n" in text


def test_a_half_term_is_a_table_a_week(unit: Unit) -> None:
    _filled(unit)
    first, last = register_paper.half_term(unit.desk, MONDAY)
    story, _title = register_paper.paper(unit.desk, first, last)
    text = plain_text(story)
    assert first < MONDAY < last
    assert text.count(" 2026 to ") == (last - first).days // 7 + 1


def test_a_week_without_pupils_or_amendments_says_so(unit: Unit) -> None:
    text = plain_text(register_paper.paper(unit.desk, MONDAY, FRIDAY)[0])
    assert "No pupil was on the register in this week." in text
    assert "No entry was amended." in text


def test_a_day_in_no_half_term_is_told(unit: Unit) -> None:
    with pytest.raises(Known, match="in none of the half-terms"):
        register_paper.half_term(unit.desk, date(2026, 8, 3))
