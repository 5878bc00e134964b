"""What a file truly is, whatever it is called, is said of it by whoever reads lists, scans or transfer files."""

import io
import zipfile

import pytest
from PIL import Image

from pupil_desk.basics.filekinds import FileKind, file_kind
from pupil_desk.documents.reading.table import Unreadable
from pupil_desk.documents.reading.table_file import read_table
from pupil_desk.documents.reading.xml_tree import safe_tree
from pupil_desk.documents.scans.scan_files import UnreadableScan, open_scan
from tests import scans

PROGRAM = b"MZ\x90\x00\x03" + bytes(range(256)) * 4


def zip_of(name: str = "list.csv", text: bytes = b"surname,forename\n") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, text)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", FileKind.EMPTY),
        (PROGRAM, FileKind.PROGRAM),
        (b"%PDF-1.7\n", FileKind.PDF),
        (zip_of(), FileKind.ZIP),
        (zip_of("word/document.xml"), FileKind.OFFICE),
        (b"<html><p>", FileKind.MARKUP),
        (b"MZ,BM\nsurname,forename\n", None),
        (b"BMX club,surname\n", None),
    ],
)
def test_bytes_are_known_by_how_they_begin_and_a_text_that_begins_alike_is_a_text(data: bytes, kind: FileKind | None) -> None:
    assert file_kind(data) is kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (PROGRAM, "This is a program, whatever its name says, and no table."),
        (b"%PDF-1.7\nsurname,forename\n", "This is a PDF, whatever its name says, and no table."),
        (zip_of(), "This is a ZIP of other files, and no workbook. Unpack it"),
        (zip_of()[:-30], "This is a ZIP, and it is damaged or cut short"),
        (zip_of("word/document.xml"), "This is an office document and no workbook"),
        (b"", "The file is empty."),
    ],
)
def test_a_list_that_is_none_is_told_as_what_it_is(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_table(data)
    assert refused.value.message.startswith(words)


def test_half_a_scan_is_damaged_an_empty_one_empty_and_another_file_no_scan() -> None:
    tiff = scans.as_file(Image.effect_noise((400, 560), 40), "TIFF")
    sentences = {}
    for name, data in {
        "half": b"II*\0" + (1_000_000).to_bytes(4, "little") + tiff[8:2000],
        "empty": b"",
        "program": PROGRAM,
        "text": b"no scan",
    }.items():
        with pytest.raises(UnreadableScan) as refused:
            open_scan(data)
        sentences[name] = refused.value.message
    assert sentences["half"].startswith("This picture (TIFF) is damaged or cut short.")
    assert sentences["empty"].startswith("The file is empty: there is nothing in it. Copy it again from the scanner")
    assert sentences["program"].startswith("This file is no scan, and looks like a program.")
    assert sentences["text"].startswith("This file is no scan, and looks like a plain text.")


def test_a_transfer_file_that_is_none_is_told_as_what_it_is() -> None:
    with pytest.raises(Unreadable) as refused:
        safe_tree(zip_of())
    assert "it does not begin as XML does, and looks like a ZIP." in refused.value.message
