"""The register as a whole document: every week, every amendment, what the codes mean."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import Known
from pupil_desk.documents.blocks import Heading, Table, plain_text, words_of
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.pupils import pupils
from pupil_desk.services.register import register_paper
from pupil_desk.store.tables import enrolments
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import Unit

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)


def _filled(unit: Unit) -> str:
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1))
    unit.pupil("Quirk", "Tom", date(2011, 5, 1))
    register.mark(
        unit.desk,
        [
            Mark(pupil_id=pupil.id, day=MONDAY, session=Session.AM, code="N"),
            Mark(pupil_id=pupil.id, day=MONDAY, session=Session.PM, code="L"),
        ],
    )
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=Session.AM, code="I")], reason="Mother rang")
    return pupil.id


@pytest.mark.needs("pdftotext")
def test_a_week_says_everything_and_the_checkers_find_nothing(unit: Unit, tmp_path: Path) -> None:
    _filled(unit)
    made = register_paper.paper(unit.desk, MONDAY, FRIDAY)
    story, title = made.story, made.title
    pdf = build_pdf(story, title=title, footer=title, page_size=register_paper.LYING, base_size=register_paper.BASE)
    read = squeezed("".join(pages_of(pdf, tmp_path, "-raw")))
    for said in (
        "16 November 2026 to 20 November 2026",
        "Penn, Zoë",
        "Quirk, Tom",
        "I*",
        "Mother rang",
        unit.desk.user.name,
        "late, before the register closed",
        "not marked",
    ):
        assert squeezed(said) in read, said
    assert_accessible(pdf)


def test_an_amendment_shows_what_was_and_what_is(unit: Unit) -> None:
    _filled(unit)
    story = register_paper.paper(unit.desk, MONDAY, FRIDAY).story
    text = plain_text(story)
    assert "Mon 16 Nov 2026 AM\nN\nI\nMother rang\n" in text


def test_a_half_term_is_a_table_for_each_week_that_has_begun_and_says_which_are_to_come(unit: Unit) -> None:
    _filled(unit)
    first, last = register_paper.half_term(unit.desk, MONDAY)
    made = register_paper.paper(unit.desk, first, last)
    story, title = made.story, made.title
    weeks = [words_of(block.text) for block in story if isinstance(block, Heading) and " to " in words_of(block.text)]
    assert first < MONDAY < last
    late_begun = register_paper.paper(unit.desk, date(2026, 11, 5), date(2026, 11, 17)).story
    days = [head for block in late_begun if isinstance(block, Table) for head in block.header if head.endswith("AM")]
    assert days == [f"{day}\nAM" for day in ("Thu 5", "Fri 6", "Mon 9", "Tue 10", "Wed 11", "Thu 12", "Fri 13", "Mon 16", "Tue 17")], (
        "each once"
    )
    assert plain_text(late_begun).count("Mother rang") == 1
    assert title == "Attendance register, 2 November 2026 to 18 December 2026"
    assert len(weeks) == 4, "the unit's day is in the fourth"
    assert (
        "Left out, since nothing is marked yet: 30 November 2026 to 4 December 2026, 7 December 2026 to 11 December 2026 and 14 December 2026 to 18 December 2026."
        in plain_text(story)
    )


def test_a_week_to_come_lists_only_who_is_marked_ahead(unit: Unit) -> None:
    _filled(unit)
    ill = unit.pupil("Reed", "Ina", date(2012, 5, 1))
    register.mark(unit.desk, [Mark(pupil_id=ill.id, day=date(2026, 12, 1), session=Session.AM, code="M")])
    [table] = [block for block in register_paper.paper(unit.desk, date(2026, 11, 30), date(2026, 12, 4)).story if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == ["Reed, Ina", "Attended"]


def test_each_week_says_what_its_codes_mean_and_what_it_comes_to(unit: Unit) -> None:
    _filled(unit)
    guest = unit.pupil("Rook", "Gil", date(2012, 5, 1), Enrolment(status="G", start_date=MONDAY))
    left = unit.pupil("Sand", "Lou", date(2012, 5, 1))
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=Session.AM, code="/") for pupil in (guest, left)])
    (stay,) = enrolments.of_pupil(unit.desk.vault, left.id)
    pupils.save_stay(unit.desk, replace(stay, start_date=FRIDAY))
    story = register_paper.paper(unit.desk, MONDAY, FRIDAY).story
    assert (
        "Codes: /\N{NO-BREAK SPACE}present, morning; L\N{NO-BREAK SPACE}late, before the register closed; I\N{NO-BREAK SPACE}ill (not an appointment); *\N{NO-BREAK SPACE}amended: see Amendments; –\N{NO-BREAK SPACE}not marked"
        in plain_text(story)
    )
    table = next(block for block in story if isinstance(block, Table))
    assert table.header[:3] == ["Pupil", "Mon 16\nAM", "Mon 16\nPM"]
    assert [(row[0], row[1], row[2], row[-1]) for row in table.rows] == [
        ("Penn, Zoë", "I*", "L", "1 of 2"),
        ("Quirk, Tom", "–", "–", ""),
        ("Rook, Gil", "/", "–", "a guest"),
        ("Sand, Lou", "/", "", ""),
        ("Attended", "0 of 1", "1 of 1", "1 of 2"),
    ]


def test_a_week_without_pupils_or_amendments_says_so(unit: Unit) -> None:
    text = plain_text(register_paper.paper(unit.desk, MONDAY, FRIDAY).story)
    assert "No pupil was on the register in this week." in text
    assert "No entry was amended." in text


def test_a_day_in_no_half_term_is_told(unit: Unit) -> None:
    with pytest.raises(Known, match="in none of the half-terms"):
        register_paper.half_term(unit.desk, date(2026, 8, 3))


def test_the_register_of_a_group_names_nobody_else_and_says_of_which_it_is(unit: Unit) -> None:
    oak = unit.pupil("Penn", "Zoë", date(2012, 5, 1), tutor_group="Oak")
    elm = unit.pupil("Quirk", "Tom", date(2011, 5, 1), tutor_group="Elm")
    for pupil in (oak, elm):
        register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=Session.AM, code="N")])
        register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=Session.AM, code="I")], reason="Mother rang")
    made = register_paper.paper(unit.desk, MONDAY, FRIDAY, "tutor:oak")
    text = plain_text(made.story)
    assert "Penn, Zoë" in text
    assert "Quirk" not in text
    assert "Tutor group: Oak alone." in text
    assert made.title == "Attendance register, Tutor group: Oak, 16 November 2026 to 20 November 2026"
    assert made.pupil_ids == {oak.id}
    register_paper.log_print(unit.desk, MONDAY, FRIDAY, made.group)
    assert unit.log()[-1][2] == "printed 2026-11-16 to 2026-11-20, Tutor group: Oak"
