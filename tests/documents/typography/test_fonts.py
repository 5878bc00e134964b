"""Every letter that a name may hold is printed, and one that cannot be is named."""

import unicodedata
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from pupil_desk.basics.errors import Known
from pupil_desk.documents.blocks import Block, Heading, NoticeBox, Para, Run, runs_of
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.reading.read_back import read_pdf
from pupil_desk.documents.typography.fonts import CannotPrint, clusters, face_of, missing_characters, set_word
from tests.documents.checking import assert_accessible


def letters(*ranges: tuple[int, int]) -> list[str]:
    codes = (code for first, last in ranges for code in range(first, last + 1))
    return [chr(code) for code in codes if unicodedata.category(chr(code))[0] == "L"]


LATIN = letters((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EF9))
GREEK = letters((0x370, 0x3FF), (0x1F00, 0x1FFF))
CYRILLIC = letters((0x400, 0x4FF), (0x500, 0x525))
ACCENTS = [chr(code) for code in (*range(0x300, 0x34F), 0x357, 0x358, 0x360, 0x361)]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("italic", [False, True])
@pytest.mark.parametrize("alphabet", [LATIN, GREEK, CYRILLIC], ids=["Latin", "Greek", "Cyrillic"])
def test_each_letter_has_a_glyph_in_every_style(alphabet: list[str], bold: bool, italic: bool) -> None:
    assert len(alphabet) > 280
    for letter in alphabet:
        word = set_word(letter, bold, italic)
        assert word.width > 0
        assert "".join(piece.characters for piece in word.pieces) == unicodedata.normalize("NFC", letter)


def test_any_accent_stands_on_any_latin_letter() -> None:
    plain = letters((0x41, 0x5A), (0x61, 0x7A))
    assert missing_characters(letter + accent for letter in plain for accent in ACCENTS) == []
    for letter in plain:
        for accent in ACCENTS:
            word = set_word(letter + accent, False, False)
            composed = unicodedata.normalize("NFC", letter + accent)
            assert (word.read_as or word.pieces[0].characters) == composed


def test_accents_print_and_read_back_with_their_letters() -> None:
    names = "Ọlọ́run Adéṣọlá Ń̩kẹ Q̈wist Nguyễn Thị Hồng Đào m̄a ė̃ Ἀθῆναι Щербаков"
    pdf = build_pdf([Heading(1, "Names"), Para(names)], title="Names")
    read = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert unicodedata.normalize("NFC", names) in unicodedata.normalize("NFC", read)


def test_a_capital_wears_its_accent_higher_than_a_small_letter() -> None:
    def rise(letter: str) -> int:
        (piece,) = set_word(letter + "\u0304", False, False).pieces
        (accent,) = piece.accents
        return accent.up

    assert rise("Q") > rise("q") + 100


def test_a_second_accent_stands_clear_of_the_first() -> None:
    (piece,) = set_word("q\u0304\u0301", False, False).pieces
    low, high = piece.accents
    assert high.up > low.up + 100


def test_a_word_is_not_patched_from_two_faces() -> None:
    assert {piece.font[0] for piece in set_word("Nguyễn", False, False).pieces} == {"W"}
    assert {piece.font[0] for piece in set_word("Zoë’s", False, False).pieces} == {"R"}


def test_letters_keep_their_accents() -> None:
    assert clusters("n\u0303\u0301a") == ["n\u0303\u0301", "a"]


def test_what_no_font_has_is_named() -> None:
    missing = missing_characters(["Zoë 𠮷", "𠮷 \u0710\x07", "fine\nand\tfine"])
    assert missing == [("𠮷", "CJK UNIFIED IDEOGRAPH-20BB7"), ("\u0710", "SYRIAC LETTER ALAPH"), ("\x07", "U+0007")]


@pytest.mark.parametrize("where", ["story", "footer", "first page's footer"])
def test_nothing_is_printed_with_a_letter_missing(where: str) -> None:
    text = {where: "Amy 𠮷"}
    with pytest.raises(CannotPrint, match=r"𠮷 \(CJK UNIFIED IDEOGRAPH-20BB7\)") as raised:
        build_pdf(
            [Heading(1, "Name"), Para(text.get("story", ""))],
            title="Name",
            footer=text.get("footer", ""),
            first_page_footer=text.get("first page's footer"),
        )
    assert isinstance(raised.value, Known)


def test_all_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(CannotPrint) as raised:
        build_pdf([Heading(1, "𠮷"), Para("𡈽")], title="Names", footer="ܐ")
    assert [character for character, _name in raised.value.missing] == ["𠮷", "𡈽", "ܐ"]


def test_unseen_characters_cannot_turn_a_name_round() -> None:
    pdf = build_pdf([Heading(1, "Amy\u202e\u200bLee\ufeff")], title="Name")
    assert "AmyLee" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


def test_no_code_reads_back_as_nothing() -> None:
    """ReportLab's own map sends code 0 to U+0000, which a reader cannot say."""
    pdf = build_pdf([Heading(1, "ΑαЖжŁ"), Para("".join(LATIN))], title="Letters")
    opened = pikepdf.open(BytesIO(pdf))
    fonts = [object_ for object_ in opened.objects if isinstance(object_, pikepdf.Dictionary) and object_.get("/Type") == "/Font"]
    assert len(fonts) > 3
    for font in fonts:
        mapped = font.ToUnicode.read_bytes()
        assert font.FirstChar == 1
        assert b"<00>" not in mapped
        assert b"<0000>" not in mapped
    assert_accessible(pdf)


def _ink_in_the_middle(text: str, *, exact: bool) -> bool:
    """Whether the middle of a single large letter is inked, as it is drawn on a page."""
    pdf = build_pdf([Heading(1, "A"), Para(Run(text, exact=exact))], title="A", base_size=60)
    page = pypdfium2.PdfDocument(pdf)[0]
    drawn, words = page.render(scale=4).to_pil().convert("L"), page.get_textpage()
    left, bottom, right, top = words.get_charbox(words.get_text_range().index(text, 1))
    return bool(drawn.getpixel((round(2 * (left + right)), round(4 * page.get_height() - 2 * (bottom + top)))) < 128)


def test_a_zero_has_no_stroke_unless_it_must_be_told_from_an_o() -> None:
    assert [_ink_in_the_middle(text, exact=False) for text in ("0", "O")] == [False, False]
    assert [_ink_in_the_middle(text, exact=True) for text in ("0", "O")] == [True, False]


@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_zero_is_of_the_same_font_and_size_as_the_figures_beside_it(bold: bool, italic: bool) -> None:
    """One string in one font is one word to every reader; and the plain zero takes the very room of the other."""
    (piece,), (exact,) = set_word("2030", bold, italic).pieces, set_word("2030", bold, italic, exact=True).pieces
    assert piece.width == exact.width
    plain, stroked = face_of(piece.font)[0].box("0"), face_of(exact.font)[0].box("0")
    assert plain == stroked


def test_it_reads_back_as_a_zero_and_the_recovery_code_keeps_its_stroke() -> None:
    from pupil_desk.documents.papers import recovery_sheet

    code = "0O0O-1234"
    read = read_pdf(build_pdf([Heading(1, "A"), Para("Edition 2026-10-30, 01632 960 0142")], title="A")).text
    assert "2026-10-30, 01632 960 0142" in read
    runs = [run for text in recovery_sheet.story("Unit", code, "30 October 2026") for run in _exact(text)]
    assert runs == [code]


def _exact(block: Block) -> list[str]:
    inner = block.blocks if isinstance(block, NoticeBox) else [block]
    return [run.text for each in inner if isinstance(each, Para) for run in runs_of(each.text) if run.exact]
