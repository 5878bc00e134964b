"""The evacuation sheet: everybody who is in the building by the register, and everybody who may be."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import Keep, plain_text, texts_of
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import Disability
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import Mark, Session, Timetable
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register
from pupil_desk.services.care import health
from pupil_desk.services.pupils import pupils
from pupil_desk.services.register import evacuation
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import DAY, Unit

MORNING = datetime(2026, 11, 24, 10, 5).astimezone()
AFTERNOON = datetime(2026, 11, 24, 13, 30).astimezone()
BORN, AUTUMN = date(2012, 5, 1), date(2026, 9, 2)


@pytest.fixture
def full(unit: Unit) -> Unit:
    """Somebody for each place: in and protected, late, late too, a guest; off site, at the other school, ill; two without a mark."""
    marked = []
    for surname, code, year in (
        ("In", "/", "9"),
        ("Late", "L", "9"),
        ("Too Late", "U", "10"),
        ("Visiting", "V", "9"),
        ("Other School", "D", "9"),
        ("Ill", "I", "9"),
        ("Unmarked", "", "8"),
    ):
        pupil = unit.pupil(surname, "Ann", BORN, year_group=year, address_1="1 Hidden Lane", medical="Nut allergy")
        unit.contact(pupil, "Called", mobile="07700 900001")
        marked += [Mark(pupil_id=pupil.id, day=DAY, session=Session.AM, code=code)] if code else []
        if surname == "In":
            unit.protect(pupil)
            health.add_disability(unit.desk, Disability(pupil_id=pupil.id, disability="HEAR"))
    guest = unit.pupil("Guest", "Gil", BORN, Enrolment(status="G", start_date=AUTUMN))
    marked.append(Mark(pupil_id=guest.id, day=DAY, session=Session.AM, code="/"))
    unit.pupil("College", "Cy", BORN, Enrolment(status="F", start_date=AUTUMN))
    register.mark(unit.desk, marked)
    return unit


def surnames(rows: object) -> list[str]:
    return [row.name.partition(",")[0] for row in rows]  # type: ignore[attr-defined]


def test_everybody_is_where_the_mark_of_the_session_puts_them(full: Unit) -> None:
    found = evacuation.roll_call(full.desk, MORNING)
    assert {group: surnames(rows) for group, rows in found.in_building.items()} == {
        "Year 9": ["In", "Late"],
        "Year 10": ["Too Late"],
        "No year group on file": ["Guest"],
    }
    assert (surnames(found.unmarked), surnames(found.elsewhere), surnames(found.absent)) == (
        ["Unmarked"],
        ["Other School", "Visiting"],
        ["Ill"],
    )
    assert found.number_in == 4


def test_who_is_in_is_called_out_by_site_and_tutor_group_where_the_record_has_them(full: Unit) -> None:
    for pupil in pupils.all_pupils(full.desk):
        groups = {"In": {"tutor_group": "9A"}, "Late": {"tutor_group": "9A", "site": "Annexe"}, "Too Late": {"site": "Annexe"}}
        pupils.save_pupil(full.desk, replace(pupil, **groups.get(pupil.surname, {})))
    found = evacuation.roll_call(full.desk, MORNING)
    assert {group: surnames(rows) for group, rows in found.in_building.items()} == {
        "Tutor group 9A": ["In"],
        "No year group on file": ["Guest"],
        "Annexe, tutor group 9A": ["Late"],
        "Annexe, Year 10": ["Too Late"],
    }
    text = plain_text(evacuation.paper(full.desk, MORNING)[0])
    sites = "To be found at a site that is not on file: 3.\nTo be found at Annexe: 2.\n"
    assert f"To be found in all: 5.\n{sites}Tutor group 9A: 1 in" in text, "a fire is at one of them"


def test_of_the_afternoon_without_marks_the_morning_is_said(full: Unit) -> None:
    story, _title, _held, found = evacuation.paper(full.desk, AFTERNOON)
    assert (found.session, found.number_in, len(found.unmarked)) == (Session.PM, 0, 8)
    text = plain_text(story)
    assert "this morning: present, morning" in text
    assert "this morning: ill (not an appointment)" in text
    assert "In, by the register: 0. No mark yet: 8. To be found in all: 8." in text
    order = [
        "look for them: 8",
        "Year 8: 1",
        "Unmarked, Ann",
        "Year 9: 5",
        "Ill, Ann",
        "Visiting, Ann",
        "Year 10: 1",
        "No year group on file: 1",
    ]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order), "by group, as those who are in"
    assert text.endswith("Shred it after a drill; after a real alarm, keep it for those who look into what happened.")
    assert "from the register as it stood when this was made" in text


def test_on_a_day_on_which_the_unit_is_closed_nobody_is_to_be_looked_for_but_who_came_in(full: Unit) -> None:
    story, _title, _held, found = evacuation.paper(full.desk, MORNING + timedelta(days=4))
    text = plain_text(story)
    assert f"In, by the register: 0. No mark, and not expected: {len(found.unmarked)}.\nThe unit is closed on this day: Weekend." in text
    assert "look for them" not in text
    away = Timetable(pupil_id=found.unmarked[0].pupil_id, since=AUTUMN, until=date(2026, 12, 18), wed_am="C2")
    register.add_timetable(full.desk, away)
    half_term, term = (plain_text(evacuation.paper(full.desk, MORNING + timedelta(days=days))[0]) for days in (-27, 1))
    assert ("Not in a term" in half_term, "timetable: " in half_term, "timetable: " in term) == (True, False, True)


@pytest.mark.needs("pdftotext")
def test_the_sheet_has_names_and_what_a_warden_needs_and_no_more(full: Unit, tmp_path: Path) -> None:
    story, title, held, found = evacuation.paper(full.desk, MORNING)
    pdf = build_pdf(story, title=title, footer=found.foot, base_size=evacuation.BASE, stamp=held.stamp)
    pages = [squeezed(page) for page in pages_of(pdf, tmp_path)]
    read = "".join(pages)
    foot = squeezed("Evacuation sheet, 24 November 2026, 10:05, morning")
    assert all(foot in page for page in pages)
    for said in (
        "24 November 2026, 10:05, morning",
        "In, by the register: 4. No mark yet: 1. To be found in all: 5.",
        "Year 9: 2 in",
        "In, Ann",
        "May need help: hearing",
        "Guest, Gil",
        "a guest",
        "No mark yet – look for them: 1",
        "Unmarked, Ann",
        "Visiting, Ann: Educational visit",
        "Marked absent, and so not listed: 1 pupil.",
        "Take the visitors’ book",
        "\N{BALLOT BOX}",
    ):
        assert squeezed(said) in read, said
    for unsaid in ("Hidden", "900001", "Called", "Nut", "Ill, Ann", "College", "2012"):
        assert squeezed(unsaid) not in read, unsaid
    assert [one.pupil.surname for one in held.guarded] == ["In"]
    assert_accessible(pdf)
    kept = [" ".join(texts_of([block])) for block in story if isinstance(block, Keep)]
    assert [words for words in kept if words.startswith("Year 9: 2 in ") and "In, Ann" in words], (
        "the name of a group and its people on one page"
    )
    assert [words for words in kept if words.startswith("Staff and visitors") and words.endswith("Name Name Name Name")]
    evacuation.log_print(full.desk, found)
    assert full.log()[-1] == ("contact-sheet", "", "evacuation sheet of 2026-11-24 10:05: 4 in, 1 without a mark")


def test_a_name_that_no_font_has_stands_as_boxes_with_the_reference(unit: Unit) -> None:
    pupil = unit.pupil("\U00013000", "Ann", BORN)
    assert f"□, Ann ({pupil.ref})" in plain_text(evacuation.paper(unit.desk, MORNING)[0])


def test_on_a_day_that_the_unit_is_closed_it_says_so_and_lists_everybody(full: Unit) -> None:
    story, *_more, found = evacuation.paper(full.desk, datetime(2026, 11, 22, 10, 5).astimezone())
    assert "The unit is closed on this day: Weekend." in plain_text(story)
    assert len(found.unmarked) == 8


def test_office_staff_make_it(full: Unit) -> None:
    assert evacuation.roll_call(full.as_role(Role.OFFICE), MORNING).number_in == 4
