"""Letters that join: shaped as HarfBuzz says, embedded whole, found again by who copies them or hears them read."""

import io
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from pupil_desk.basics.errors import Damaged
from pupil_desk.documents.blocks import Heading, Para, Run
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.typography.fonts import CannotPrint, missing_characters, set_word
from pupil_desk.documents.typography.glyphs import font_of
from pupil_desk.documents.typography.shaped import ShapedFace, _Source, renumbered, shaped_face_of, shaped_faces
from tests.documents.checking import assert_accessible

NAMES = {
    "Arabic": "محمد عبد الله الأحمد",
    "Arabic with its vowels": "مُحَمَّد",
    "Urdu": "ٹھیک ہے پاکستانی گھر",
    "Persian": "می\u200cخواهم ژاله",
    "Pashto": "ښځه ډېره",
    "Sorani": "کوردستان ڕۆژ",
    "Hebrew": "שלום עברית",
    "N'Ko": "ߒߞߏ",
}


def text_of(pdf: bytes) -> str:
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())


def drawn(word: str, bold: bool = False) -> list[str]:
    """The text of each cluster of a word, from left to right."""
    face, *_others = (face for face in shaped_faces(bold) if face.has(word))
    return [each.text for each, _code in face.shape(word, rtl=True)]


@pytest.mark.parametrize("words", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("bold", [False, True])
def test_a_name_prints_and_is_found_again_among_english_words(words: str, bold: bool) -> None:
    pdf = build_pdf([Heading(1, "Names"), Para(["About ", Run(words, bold=bold), " and Zoë."])], title="Names")
    read = text_of(pdf)
    for word in re.split("[ \u200c]", words):
        assert unicodedata.normalize("NFC", word) in read, word
    assert "About" in read
    assert "Zoë" in read


# The other reader does not know that N'Ko runs from the right.
@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("words", [words for name, words in NAMES.items() if name != "N'Ko"])
def test_another_reader_finds_the_whole_name(words: str) -> None:
    pdf = build_pdf([Heading(1, "Names"), Para(words)], title="Names")
    read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    signs = dict.fromkeys([*range(0x202A, 0x202F), 0x200E, 0x200F])
    assert unicodedata.normalize("NFC", words) in unicodedata.normalize("NFC", read.translate(signs))


@pytest.mark.parametrize("words", NAMES.values(), ids=NAMES)
def test_three_checkers_find_nothing(words: str) -> None:
    story = [Heading(1, [words, " (", Run(words, bold=True), ")"]), Para(["With ", Run(words, italic=True), ", 12."])]
    assert_accessible(build_pdf(story, title=words))


def test_letters_take_the_shape_of_their_place() -> None:
    """Alone, at the beginning, in the middle, at the end: four drawings of one letter."""
    face, _wide = shaped_faces(bold=False)
    places = [("ب", 0), ("ببب", 2), ("ببب", 1), ("ببب", 0)]
    shapes = {face.shape(word, rtl=True)[at][0].parts[-1][0] for word, at in places}
    assert len(shapes) == 4


def test_a_letter_joins_to_what_stands_in_the_next_run() -> None:
    whole = set_word("بيت", False, False, True)
    parts = [set_word("ب", False, False, True, "", after="ي"), set_word("يت", False, False, True, "ب", after="")]
    assert whole.pieces == parts[1].pieces + parts[0].pieces
    assert set_word("ب", False, False, True).pieces != parts[0].pieces
    one = build_pdf([Para("لوحدة")], title="")
    two = build_pdf([Para(["ل", "وحدة"])], title="")
    assert one == two


def test_each_character_has_a_code_of_its_own_so_that_it_is_copied_in_order() -> None:
    assert drawn("مجانًا") == ["ا", "\u064b", "ن", "ا", "ج", "م"]
    assert "".join(reversed(drawn("مُحَمَّد"))) == "مُحَمَّد"


def test_what_parts_letters_is_kept_and_draws_nothing() -> None:
    parted, joined = set_word("می\u200cرود", False, False, True), set_word("میرود", False, False, True)
    assert parted.pieces != joined.pieces


@given(st.lists(st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئپچژگٹڈڑںھہےیک", min_size=1, max_size=8), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_any_word_of_arabic_letters_is_read_back_whole(words: list[str]) -> None:
    read = text_of(build_pdf([Para(" | ".join(words))], title=""))
    for word in words:
        assert unicodedata.normalize("NFC", word) in read


def test_the_same_story_makes_the_same_bytes_whatever_was_printed_before() -> None:
    story = [Heading(1, "محمد"), Para(["ليلى ", Run("نور", bold=True)])]
    first = build_pdf(story, title="A", lang="ar")
    build_pdf([Heading(1, "قبعة غريبة ضخمة"), Para([Run("ظل", bold=True)])], title="B", lang="ar")
    for face in (*shaped_faces(bold=False), *shaped_faces(bold=True)):
        face.shape("ثعلبغ", rtl=True)
    assert build_pdf(story, title="A", lang="ar") == first


def test_a_document_embeds_only_what_it_draws() -> None:
    small, large = (len(build_pdf([Para(words)], title="")) for words in ("محمد", " ".join(NAMES.values())))
    assert small < large - 5_000
    with pikepdf.open(io.BytesIO(build_pdf([Heading(1, "Amy")], title=""))) as latin:
        assert not any(isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Type0" for each in latin.objects)


@pytest.mark.parametrize("words", NAMES.values(), ids=NAMES)
def test_what_is_embedded_is_a_sound_font_that_draws_the_same(words: str) -> None:
    """FreeType’s and HarfBuzz’s own readers of fonts take it, and its widths are those that the document names."""
    with pikepdf.open(io.BytesIO(build_pdf([Para(words)], title=""))) as pdf:
        (inner,) = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/CIDFontType2"]
        program, widths = inner.FontDescriptor.FontFile2.read_bytes(), [float(width) for width in inner.W[1]]
    face = hb.Face(program)
    font, checked = hb.Font(face), TTFont(io.BytesIO(program), checkChecksums=2)
    assert len(checked["glyf"].glyphs) == checked["maxp"].numGlyphs == face.glyph_count
    assert [font.get_glyph_h_advance(at) * 1000 / face.upem for at in range(1, len(widths) + 1)] == pytest.approx(widths, abs=0.1)
    most = checked["maxp"]
    assert most.maxComponentElements >= max(len(each.components) for each in _composites(checked))
    assert most.maxCompositePoints >= max(len(each.getCoordinates(checked["glyf"])[0]) for each in _composites(checked))


def _composites(font: TTFont) -> list[Any]:
    return [glyph for glyph in (font["glyf"][name] for name in font.getGlyphOrder()) if glyph.isComposite()]


@pytest.mark.parametrize("letter", ["SAR", "SAB", "SWR"])
def test_a_cluster_is_drawn_as_its_parts_in_their_places(letter: str) -> None:
    face = shaped_face_of(letter)
    for cluster, _code in face.shape("ثبتيجخةپٹ" if letter != "SWR" else "שּׁלוֹם", rtl=True):
        made = hb.Font(hb.Face(font_of([cluster], face._face)))
        boxes = [_box(face._font, glyph, x, y) for glyph, x, y in cluster.parts]
        wanted = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        assert _box(made, 1, 0, 0) == pytest.approx(wanted, abs=1)


def _box(font: Any, glyph: int, x: int, y: int) -> tuple[int, int, int, int]:
    extents = font.get_glyph_extents(glyph)
    left, top = x + extents.x_bearing, y + extents.y_bearing
    return left, top + extents.height, left + extents.width, top


def test_bold_is_drawn_bolder() -> None:
    regular, bold = (faces[0].shape("الوحدة", rtl=True) for faces in (shaped_faces(bold=False), shaped_faces(bold=True)))
    assert [each.text for each, _code in regular] == [each.text for each, _code in bold]
    assert sum(each.advance for each, _code in bold) > sum(each.advance for each, _code in regular)


@pytest.mark.parametrize(
    ("text", "name"),
    [("ܐܒ", "SYRIAC LETTER ALAPH"), ("ދިވެހި", "THAANA LETTER DHAALU"), ("བོད", "TIBETAN LETTER BA"), ("ᠮᠣᠩ", "MONGOLIAN LETTER MA")],
)
def test_a_script_that_no_face_has_is_named_and_no_box_is_printed(text: str, name: str) -> None:
    assert name in [each for _character, each in missing_characters([text])]
    with pytest.raises(CannotPrint, match=name):
        build_pdf([Heading(1, f"For {text}")], title="A")


def test_codes_are_renumbered_only_where_clusters_are_shown() -> None:
    numbers = {"SAR": {7: (0, 1), 9: (0, 2)}}
    page = rb"/SAR 12 Tf <00070009>Tj /R0 12 Tf (<0007>Tj \( /SAR 3 Tf )Tj /Span<</ActualText <FEFF0007>>>BDC EMC"
    assert renumbered(page, numbers) == page.replace(b"<00070009>Tj", b"<00010002>Tj")


def test_a_line_changes_to_a_further_part_of_the_font_and_back() -> None:
    numbers = {"SAR": {7: (0, 1), 8: (1, 1), 9: (0, 2)}}
    page = b"/SAR 12 Tf <000700080009>Tj <0008>Tj 1 Ts <0007>Tj /SAR 9 Tf <0008>Tj"
    assert renumbered(page, numbers) == (
        b"/SAR 12 Tf <0001>Tj /SAR1 12 Tf <0001>Tj /SAR 12 Tf <0002>Tj /SAR1 12 Tf <0001>Tj 1 Ts /SAR 12 Tf <0001>Tj "
        b"/SAR 9 Tf /SAR1 9 Tf <0001>Tj"
    )


def test_no_font_has_many_codes_for_one_letter() -> None:
    """A lam is drawn otherwise alone, first, between, last, and before an alif; each face of kerning adds more."""
    story = [Heading(1, "ل"), Para("لا كلا الله لم ملم قل الى لآ بلا لح لي على سلام للا")]
    pdf = build_pdf(story, title="ل", lang="ar")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = {str(each.BaseFont) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Type0"}
    assert {"/AAAAAA+NotoSansArabic", "/BBBBBB+NotoSansArabic"} <= names
    assert_accessible(pdf)
    assert "لا كلا الله لم ملم قل الى لآ بلا لح لي على سلام للا" in text_of(pdf)


def test_a_font_that_is_missing_or_damaged_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.ttf").write_bytes(b"no font")
    for name in ("bad.ttf", "gone.ttf"):
        with pytest.raises(Damaged, match=f"{name} is missing or damaged"):
            ShapedFace(_Source("SAR", tmp_path / name, 1.0))
