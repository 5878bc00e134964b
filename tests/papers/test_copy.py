"""The copy as a paper: opened with its words, the three checkers find nothing; nor in the list of what is withheld, nor in restricted notes."""

from pathlib import Path

import pytest

from pupil_desk.documents.locked_pdf import unlocked_pdf
from pupil_desk.services.packs import deciding, listing, restricted, writing
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
    for said in ("Tyrone Penn", "It tells of someone else", "Notes: What happened or was said", "Family and other contacts", "All of it", "Looked at, and may stand", "does not go to whoever asked"):
        assert squeezed(said)[:20] in read, said


def test_restricted_notes_of_a_copy_are_accessible(scene: Scene) -> None:
    scene.add_secret()
    made = deciding.accept(scene.lead, restricted.read(scene.lead, scene.begin().id))
    assert_accessible(writing.restricted_preview(scene.lead, made))
