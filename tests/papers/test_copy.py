"""The copy as a paper: opened with its words, the three checkers find nothing; nor in the list of what is withheld, nor in restricted notes.

Nor in the copy, and the sheet, of a pupil with a whole year's register, whose lines say the same on many pages.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.reading.read_back import read_pdf
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import sheet
from pupil_desk.services.packs import deciding, listing, restricted, writing
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import register
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import Unit
from tests.services.packs.made import Scene, scene_in


@pytest.fixture
def scene(unit: Unit) -> Scene:
    return scene_in(unit)


def test_an_opened_copy_is_accessible(scene: Scene, tmp_path: Path) -> None:
    made = writing.write(scene.officer, scene.all_as_proposed(scene.begin()), tmp_path)
    assert_accessible(unlocked_pdf((tmp_path / "P0001-copy-2026-11-24.pdf").read_bytes(), made.password))


@pytest.mark.needs("pdftotext")
def test_the_list_of_what_is_withheld_names_each_place_why_and_what_still_stands(scene: Scene, tmp_path: Path) -> None:
    made = scene.all_as_proposed(scene.begin())
    made = deciding.withhold_section(scene.officer, made, "contacts", exemption="crime")
    pdf = listing.paper(scene.officer, made)
    assert_accessible(pdf)
    read = squeezed("".join(pages_of(pdf, tmp_path, "-raw")))
    for said in (
        "Tyrone Penn",
        "It tells of someone else",
        "Notes: What happened or was said",
        "Family and other contacts",
        "All of it",
        "Looked at, and may stand",
        "does not go to whoever asked",
    ):
        assert squeezed(said)[:20] in read, said


def test_restricted_notes_of_a_copy_are_accessible(scene: Scene) -> None:
    scene.add_secret()
    made = deciding.accept(scene.lead, restricted.read(scene.lead, scene.begin().id))
    assert_accessible(writing.restricted_preview(scene.lead, made))


def mark_a_year(scene: Scene) -> int:
    """Mark both sessions of every weekday of a year; how many there are."""
    days = [day for number in range(364) if (day := date(2025, 9, 1) + timedelta(days=number)).weekday() < 5]
    with scene.officer.act(Action.EDIT_RECORD, "register") as work:
        for day in days:
            entering = register.begin_entering(
                work.desk.vault,
                moment=f"{day}T09:00:00Z",
                actor=work.actor,
                name="Ann Officer",
                title="Data officer",
                source="form",
                act=work.act,
                marks=2,
            )
            marks = [
                Mark(pupil_id=scene.bea.id, day=day, session=session, code=code) for session, code in ((Session.AM, "/"), (Session.PM, "I"))
            ]
            register.add_marks(work.desk.vault, [(mark, False) for mark in marks], entering)
    return 2 * len(days)


def test_the_copy_and_the_sheet_of_a_whole_year_are_accessible(scene: Scene) -> None:
    marks, made = mark_a_year(scene), scene.begin()
    story, title = sheet.paper(scene.officer, scene.bea.id)
    copy = scene.compiled(made)
    assert copy.counts["attendance"] == marks > 500
    for pdf in (writing.preview(scene.officer, copy), build_pdf(story, title=title, page_size=sheet.LYING, base_size=sheet.BASE)):
        assert read_pdf(pdf).pages > 12
        assert_accessible(pdf)
