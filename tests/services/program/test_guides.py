"""The chapters of the help as files: each of them, whole or not at all."""

from pathlib import Path

import pypdfium2
import pytest

from pupil_desk import __version__
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.services.program import guides
from pupil_desk.services.program.guides import INSTALL_GUIDES, chapters, pdf_of, save_guide, save_guides


def _page(data: bytes, number: int = 0) -> str:
    text: str = pypdfium2.PdfDocument(data)[number].get_textpage().get_text_range()
    return text


def test_the_chapters_come_in_the_order_of_the_list() -> None:
    found = chapters()
    assert [chapter.name for chapter in found] == sorted(chapter.name for chapter in found)
    assert (found[0].name, found[0].title) == ("00-start", "The first day")
    assert {name: next(each.title for each in found if each.name == name) for name in INSTALL_GUIDES} == {
        "80-install": "Installing: for the office",
        "81-technician": "Installing: for the technician",
        "82-windows-checks": "Checks on a Windows PC",
    }


def test_a_saved_chapter_bears_its_title_and_the_version(tmp_path: Path) -> None:
    saved = save_guide("07-backup", tmp_path)
    data = (tmp_path / saved.name).read_bytes()
    assert (saved.name, saved.bytes) == ("pupil-desk-backup.pdf", len(data))
    assert _page(data).startswith("Backup")
    assert f"Pupil Desk {__version__}" in _page(data)
    assert pypdfium2.PdfDocument(data).get_metadata_dict()["Title"] == "Backup"


def test_what_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "pupil-desk-keys.pdf").write_bytes(b"mine")
    assert save_guide("keys", tmp_path).name == "pupil-desk-keys-copy-2.pdf"
    assert (tmp_path / "pupil-desk-keys.pdf").read_bytes() == b"mine"


def test_of_several_all_are_there_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = guides.pdf_of

    def broken(name: str) -> bytes:
        if name == INSTALL_GUIDES[-1]:
            raise CannotWrite("the disk is full")
        return made(name)

    monkeypatch.setattr(guides, "pdf_of", broken)
    with pytest.raises(CannotWrite):
        save_guides(INSTALL_GUIDES, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="is not there"):
        save_guide("keys", tmp_path / "none")


def test_the_same_chapter_makes_the_same_bytes() -> None:
    assert pdf_of("keys") == pdf_of("keys")
