"""Papers of four kinds with words in known places, made so that each word also stands wherever a file can hide it."""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pupil_desk.basics.places import resource
from pupil_desk.documents.pdf import picture_page
from pupil_desk.domain.requests.boxes import WHOLE, PageArea

SCAN, PHOTOGRAPH, TEXT, SCAN_WITH_TEXT = "scan", "photograph", "text", "scan with text"
KINDS = (SCAN, PHOTOGRAPH, TEXT, SCAN_WITH_TEXT)
_A4 = (595.28, 841.89)
_SIZE = (1240, 1754)  # dots: A4 at 150 to the inch
_LETTERS = 26  # dots: the height of writing


@dataclass(frozen=True)
class Secret:
    """A word that must go, where it stands on which page."""

    word: str
    page: int
    area: PageArea


@dataclass(frozen=True)
class PaperMade:
    """A file, what must go from it, and a word of each page that stays."""

    kind: str
    data: bytes
    secrets: tuple[Secret, ...]
    stays: tuple[str, ...]


def a_word(chance: random.Random) -> str:
    """Ten letters that can be spoken, and stand in no dictionary."""
    return "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _syllable in range(5)).capitalize()


def _placed(words: Sequence[str], chance: random.Random) -> list[tuple[str, float, float]]:
    """Each word with its left upper corner, in parts of the page, one to a line."""
    return [(word, chance.uniform(0.12, 0.5), 0.12 + 0.7 * number / max(1, len(words))) for number, word in enumerate(words)]


def made(kind: str, words_by_page: Sequence[Sequence[str]], chance: random.Random) -> PaperMade:
    """A paper of a kind with these words to black out, page by page; a photograph has one page."""
    stays = tuple(a_word(chance) for _page in words_by_page)
    places = [_placed([*words, stay], chance) for words, stay in zip(words_by_page, stays, strict=True)]
    if kind == TEXT:
        data, areas = _text_pdf(places)
    else:
        pictures, areas = zip(*(_picture(page, chance, photographed=kind == PHOTOGRAPH) for page in places), strict=True)
        if kind == SCAN:
            data = picture_page.jpeg_pages(pictures)
        elif kind == PHOTOGRAPH:
            data, areas = pictures[0], ([_on_a4(area) for area in areas[0]],)
        else:
            data = _with_text_layer(pictures, places)
    secrets = tuple(
        Secret(word, page + 1, area)
        for page, (on_page, page_areas) in enumerate(zip(places, areas, strict=True))
        for (word, _left, _top), area in zip(on_page[:-1], page_areas[:-1], strict=True)
    )
    return PaperMade(kind, data, secrets, stays)


# -- pictures


def _picture(page: Sequence[tuple[str, float, float]], chance: random.Random, *, photographed: bool) -> tuple[bytes, list[PageArea]]:
    width, height = _SIZE
    ground = (236, 228, 205) if photographed else (252, 252, 252)
    picture = Image.new("RGB", _SIZE, ground)
    pen, face = ImageDraw.Draw(picture), ImageFont.truetype(str(resource("fonts", "DejaVuSansCondensed.ttf")), _LETTERS)
    areas = []
    for word, left, top in page:
        at = (left * width, top * height)
        pen.text(at, word, font=face, fill=(30, 30, 60) if photographed else (10, 10, 10))
        areas.append(_area(pen.textbbox(at, word, font=face), width, height))
    if photographed:
        picture = Image.blend(picture, Image.effect_noise(_SIZE, 40).convert("RGB"), 0.12).filter(ImageFilter.GaussianBlur(0.7))
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = page[0][0]
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=chance.randint(70, 90), exif=exif, comment=page[0][0].encode())
    return packed.getvalue(), areas


def _area(edges: tuple[float, float, float, float], width: float, height: float) -> PageArea:
    left, top, right, bottom = edges
    area = PageArea(
        left=int(left * WHOLE / width),
        top=int(top * WHOLE / height),
        right=int(right * WHOLE / width) + 1,
        bottom=int(bottom * WHOLE / height) + 1,
    )
    return area.grown(15)


def _on_a4(area: PageArea) -> PageArea:
    """Where a place of a photograph is once it stands on a page, with a margin of 24 points and at most 0.75 points to a dot."""
    scale = min((_A4[0] - 48) / _SIZE[0], (_A4[1] - 48) / _SIZE[1], 0.75)
    size = (_SIZE[0] * scale, _SIZE[1] * scale)
    left, top = (_A4[0] - size[0]) / 2, (_A4[1] - size[1]) / 2
    return _area(
        (
            left + area.left * size[0] / WHOLE,
            top + area.top * size[1] / WHOLE,
            left + area.right * size[0] / WHOLE,
            top + area.bottom * size[1] / WHOLE,
        ),
        *_A4,
    )


# -- PDFs


def _text_pdf(places: Sequence[Sequence[tuple[str, float, float]]]) -> tuple[bytes, list[list[PageArea]]]:
    out, areas = io.BytesIO(), []
    canvas = Canvas(out, _A4, pageCompression=1)
    for page in places:
        on_page = []
        for word, left, top in page:
            x, y = left * _A4[0], _A4[1] - top * _A4[1]
            canvas.setFont("Helvetica", 14)
            canvas.drawString(x, y, word)
            on_page.append(_area((x, _A4[1] - y - 12, x + canvas.stringWidth(word, "Helvetica", 14), _A4[1] - y + 4), *_A4))
        areas.append(on_page)
        canvas.showPage()
    canvas.save()
    return _hiding([word for page in places for word, _left, _top in page[:-1]], out.getvalue()), areas


def _with_text_layer(pictures: Sequence[bytes], places: Sequence[Sequence[tuple[str, float, float]]]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, _A4, pageCompression=1)
    for picture, page in zip(pictures, places, strict=True):
        canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, *_A4)
        for word, left, top in page:
            letters = canvas.beginText(left * _A4[0], _A4[1] - top * _A4[1] - 12)
            letters.setFont("Helvetica", 12)
            letters.setTextRenderMode(3)
            letters.textOut(word)
            canvas.drawText(letters)
        canvas.showPage()
    canvas.save()
    return _hiding([word for page in places for word, _left, _top in page[:-1]], out.getvalue())


def _hiding(words: Sequence[str], data: bytes) -> bytes:
    """The same with all words in its description, a note, a form field, a layer that is not shown, and an earlier revision."""
    said = " ".join(words)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        with pdf.open_metadata() as about:
            about["dc:title"] = about["dc:description"] = said
        pdf.docinfo["/Author"] = pdf.docinfo["/Subject"] = said
        page = pdf.pages[0]
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=said))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
        page.obj.Resources.Properties = pikepdf.Dictionary(Hidden=layer)
        page.contents_add(f"/OC /Hidden BDC BT /F1 9 Tf 30 30 Td ({said}) Tj ET EMC".encode())
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=said, F=2)
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=said, V=said, Rect=[0, 0, 0, 0], F=2
        )
        field = pdf.make_indirect(field)
        page.obj.Annots = pikepdf.Array([pdf.make_indirect(note), field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        pdf.Root.PieceInfo = pikepdf.Dictionary(Office=pikepdf.Dictionary(LastModified="D:2026", Private=said))
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return _revised(out.getvalue(), said)


def _revised(data: bytes, said: str) -> bytes:
    """An object that says it all, and after it a revision in which that is another (ISO 32000-1, 7.5.6)."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number, root = len(pdf.objects) + 1, pdf.Root.objgen[0]
        info = pdf.trailer.Info.objgen[0]
    for body in (f"({said})".encode(), b"(nothing)"):
        before, at = int(data.rsplit(b"startxref", 1)[1].split()[0]), len(data)
        trailer = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/Prev %d>>\n" % (number + 1, root, info, before)
        data += b"\n%d 0 obj\n%s\nendobj\n" % (number, body)
        place = len(data)
        data += b"xref\n%d 1\n%010d 00000 n \n%sstartxref\n%d\n%%%%EOF\n" % (number, at + 1, trailer, place)
    return data
