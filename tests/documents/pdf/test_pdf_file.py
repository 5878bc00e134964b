"""The file itself is sound, to a strict reader."""

from io import BytesIO

import pikepdf
import pytest

from pupil_desk.documents.blocks import Block, Heading, Para
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.pdf.pdf_file import PdfFile, reference, text_string


def test_a_strict_reader_has_nothing_to_say(story: list[Block]) -> None:
    with pikepdf.open(BytesIO(build_pdf(story, title="A", footer="B"))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []
        assert pdf.pdf_version == "1.7"


def test_more_objects_than_one_stream_holds_are_all_found() -> None:
    file = PdfFile()
    numbers = [file.add(b"<</Value %d>>" % value) for value in range(450)]
    pages = file.add(b"<</Type/Pages/Count 0/Kids[]>>")
    kept = b" ".join(map(reference, numbers))
    root = file.add(b"<</Type/Catalog/Pages %s/Kept[%s]>>" % (reference(pages), kept))
    with pikepdf.open(BytesIO(file.finish(root, file_info(file)))) as pdf:
        assert [int(object_.Value) for object_ in pdf.Root.Kept] == list(range(450))


def file_info(file: PdfFile) -> int:
    return file.add(b"<<>>")


@pytest.mark.parametrize("text", ["plain", "a (b) \\ c", "Zoë – 王", "line\nbreak", "", "\U0001f600"])
def test_a_text_is_read_back_as_it_was(text: str) -> None:
    assert str(pikepdf.Object.parse(text_string(text))) == text


def test_a_short_letter_is_a_small_file() -> None:
    assert len(build_pdf([Heading(1, "Dear family"), Para("Thank you.")], title="Letter")) < 60_000
