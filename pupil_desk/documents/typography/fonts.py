"""The chain of fonts, and which of them prints which word.

Atkinson Hyperlegible first (342 characters), then DejaVu Sans Condensed for the rest of Latin, Greek and
Cyrillic. A word is set in the first face that has all of it, so that one name is not patched from two;
if none has, the chain is asked for each letter together with its accents. A word of a script that runs from the right
is shaped, in Noto Sans Arabic or, for Hebrew and the like, in DejaVu Sans Condensed; so is one of a script with a face of its own
(``shaped._SCRIPTS``: Bengali and its neighbours, Thai, Ethiopic, Chinese, Japanese and Korean).
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from pupil_desk.basics.errors import Known
from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _
from pupil_desk.documents.pdf.pdf_file import PdfFile, literal, reference
from pupil_desk.documents.typography.direction import mirrored
from pupil_desk.documents.typography.faces import Face
from pupil_desk.documents.typography.shaped import SEEN_BY_SHAPING, ShapedFace, faces_for, needs_shaping, shaped_face_of

_BLANK = " \u00a0\u202f\u2007"
# Marks and controls that print nothing by themselves: left out on paper, so that they cannot turn text round.
_UNSEEN = dict.fromkeys(
    [0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF, *range(0xFE00, 0xFE10)]
)
# Of these, the two that part and join letters are kept where letters join.
_UNSEEN_IN_SHAPED = {code: None for code in _UNSEEN if chr(code) not in SEEN_BY_SHAPING}
_BOX = "□"  # stands for a character that no font of ours has
# An accent takes the place of the dot.
_DOTLESS = {"i": "ı", "j": "ȷ"}
# Unicode's combining classes of accents above and below, and the room between letter and accent.
_ABOVE, _BELOW, _CLEAR = 230, 220, 60


class CannotPrint(Known):
    """A text holds characters that no font of ours has. ``missing`` lists each with its Unicode name."""

    status = 1

    def __init__(self, missing: list[tuple[str, str]]) -> None:
        self.missing = missing
        character_list = ", ".join(f"{character} ({name})" for character, name in missing)
        super().__init__(
            _("This cannot be printed: no font here has these characters: {named}. Write them another way.").format(named=character_list)
        )


@dataclass(frozen=True, slots=True)
class Accent:
    """An accent of its own: ``shift_x`` and ``up``, in thousandths of an em, move it over its letter."""

    font: str
    encoded: bytes
    character: str
    shift_x: int
    up: int


@dataclass(frozen=True, slots=True)
class WordPiece:
    """Part of a word in one part of one face, or one letter with accents to be drawn over it.

    ``characters`` are those used of the face, or the codes of its clusters. ``encoded`` is the encoded string in PDF's own writing, ``width`` is in ems, ``scale`` fits the face to the
    body face.
    """

    font: str
    encoded: bytes
    characters: str
    width: float
    scale: float
    accents: tuple[Accent, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A word ready to print: its pieces, its width in ems, and which characters of which font it uses.

    ``read_as`` is its text, if accents are drawn of their own: moved about, they would read as words apart.
    """

    pieces: tuple[WordPiece, ...]
    width: float
    characters_by_font: tuple[tuple[str, frozenset[str]], ...]
    read_as: str = ""


_FILES = {
    (False, False): ("R", "Regular", ""),
    (True, False): ("B", "Bold", "-Bold"),
    (False, True): ("I", "Italic", "-Oblique"),
    (True, True): ("Z", "BoldItalic", "-BoldOblique"),
}


@cache
def body_face(bold: bool, italic: bool) -> Face:
    """Atkinson Hyperlegible in one of its four styles, its zero without a stroke."""
    return Face(_FILES[bold, italic][0], _body_file(bold, italic), 1.0, embed_whole=True, plain_zero=True)


@cache
def exact_face(bold: bool, italic: bool) -> Face:
    """The same as its designers made it, for what is typed letter for letter."""
    return Face(f"X{_FILES[bold, italic][0]}", _body_file(bold, italic), 1.0, embed_whole=False)


def _body_file(bold: bool, italic: bool) -> Path:
    import fontpkg_atkinson_hyperlegible

    return Path(fontpkg_atkinson_hyperlegible.ROOT) / "files" / f"AtkinsonHyperlegible-{_FILES[bold, italic][1]}.ttf"


@cache
def wide_face(bold: bool, italic: bool) -> Face:
    """DejaVu Sans Condensed in one of its four styles, a little smaller so as to stand beside the body
    face."""
    letter, _style, style = _FILES[bold, italic]
    return Face(f"W{letter}", resource("fonts", f"DejaVuSansCondensed{style}.ttf"), 0.91, embed_whole=False)


def face_of(font: str) -> tuple[Face, int]:
    """The face and part that a font name such as ``R0`` or ``WB3`` stands for."""
    letter = font.rstrip("0123456789")
    style = next(style for style, (style_letter, _a, _b) in _FILES.items() if style_letter == letter[-1])
    of_kind = {"W": wide_face, "X": exact_face}.get(letter[0], body_face)
    face = of_kind(*style)
    return face, int(font[len(letter) :])


def _chain(bold: bool, italic: bool) -> Iterator[Face]:
    """The faces to try, best first. The upright wide face has letters that its slanted ones lack."""
    yield body_face(bold, italic)
    yield wide_face(bold, italic)
    if bold or italic:
        yield wide_face(False, False)


def visible(text: str) -> str:
    """The text as it is printed: composed where Unicode has the letter whole, unseen characters left out."""
    return unicodedata.normalize("NFC", text).translate(_UNSEEN_IN_SHAPED if needs_shaping(text) else _UNSEEN)


def clusters(text: str) -> list[str]:
    """Each letter with its accents, which no font or line break may part."""
    parts: list[str] = []
    for character in text:
        if parts and unicodedata.category(character)[0] == "M":
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def missing_characters(texts: Iterable[str]) -> list[tuple[str, str]]:
    """The characters that no font of ours has, each with its Unicode name, in the order first met."""
    distinct: dict[str, None] = {}
    for text in texts:
        if not text.isascii() or not text.isprintable():
            distinct.update(dict.fromkeys(visible(text)))
    return [
        (character, unicodedata.name(character, f"U+{ord(character):04X}"))
        for character in distinct
        if not character.isspace() and not _has_somewhere(character)
    ]


def signs_missing(texts: Iterable[str]) -> str:
    """The characters that no font of ours has, as a sentence names them; empty where there are none."""
    return ", ".join(sign for sign, _name in missing_characters(texts))


def with_boxes(text: str) -> str:
    """The text with a box in place of each character that no font of ours has, for a paper that must be printed whatever a name holds."""
    return text.translate({ord(sign): _BOX for sign, _name in missing_characters([text])})


def named_with_boxes(name: str, ref: str) -> str:
    """A name on a list from which nobody may vanish; beside one with boxes stands our reference, by which the pupil is found."""
    name_with_boxes = with_boxes(name)
    return name if name_with_boxes == name else f"{name_with_boxes} ({ref})"


def boxed[T](part: T) -> T:
    """The same blocks, or a part of them, each text with its boxes."""
    copy: Any = part
    if isinstance(part, str):
        copy = with_boxes(part)
    elif is_dataclass(part) and not isinstance(part, type):
        copy = replace(part, **{part_field.name: boxed(getattr(part, part_field.name)) for part_field in fields(part)})
    elif isinstance(part, Sequence):
        copy = [boxed(member) for member in part]
        copy = tuple(copy) if isinstance(part, tuple) else copy
    return cast("T", copy)


def _has_somewhere(character: str) -> bool:
    if (needs_shaping(character) or character in SEEN_BY_SHAPING) and any(face.has(character) for face in faces_for(character, bold=False)):
        return True
    return any(face.has(character) for face in _chain(False, False))


@lru_cache(maxsize=20_000)
def set_word(text: str, bold: bool, italic: bool, rtl: bool = False, before: str = "", *, after: str = "", exact: bool = False) -> Word:
    """A word, or a blank, ready to print. Blanks of every kind print as a space. Raises CannotPrint.

    The body face has a stroke through its zero, which a reader may take for an eight or a crossed-out figure, so it is printed with another;
    ``exact`` keeps the stroke, where a zero must be told from an O.

    With ``rtl`` it runs from the right, and its pieces stand as they are seen, from left to right. ``before`` and ``after`` are
    the characters beside it in the sentence, which a joined letter may reach out to.
    """
    printable = visible(text).translate(dict.fromkeys(map(ord, _BLANK), " "))
    if rtl or needs_shaping(printable):
        return _word(_shaped_pieces(printable, bold, italic, rtl=rtl, neighbours=(before, after)))
    for face in (exact_face(bold, italic), *_chain(bold, italic)) if exact else _chain(bold, italic):
        if face.has(printable) and not any(map(unicodedata.combining, printable)):
            return _word(_pieces(face, printable))
    pieces = [piece for cluster in clusters(printable) for piece in _cluster(cluster, bold, italic)]
    accented = any(piece.accents for piece in pieces)
    return replace(_word(pieces), read_as=printable if accented else "")


def _shaped_pieces(text: str, bold: bool, italic: bool, *, rtl: bool, neighbours: tuple[str, str]) -> list[WordPiece]:
    """A word with letters that are shaped: each stretch in the first face that has it, what is not shaped in the chain."""
    stretches: list[tuple[ShapedFace | None, str]] = []
    for cluster in clusters(text):
        last = stretches[-1][0] if stretches else None
        face = _shaped_face(cluster, bold, last, rtl=rtl)
        if stretches and face is last:
            stretches[-1] = (face, stretches[-1][1] + cluster)
        else:
            stretches.append((face, cluster))
    pieces: list[list[WordPiece]] = []
    for index, (face, stretch) in enumerate(stretches):
        before = stretches[index - 1][1][-1] if index else neighbours[0]
        after = stretches[index + 1][1][0] if index + 1 < len(stretches) else neighbours[1]
        if face is None:
            pieces.append(_unshaped_pieces(stretch, bold, italic, rtl=rtl))
        else:
            shaped_clusters = face.shape(stretch, rtl=rtl, before=before, after=after)
            pieces.append(
                [WordPiece(face.letter, b"<%04X>" % code, chr(code), face.width(cluster), face.scale) for cluster, code in shaped_clusters]
            )
    return [piece for stretch_ in (reversed(pieces) if rtl else pieces) for piece in stretch_]


def _shaped_face(cluster: str, bold: bool, last: ShapedFace | None, *, rtl: bool) -> ShapedFace | None:
    """The face for a letter with its marks; None is the chain. Where text runs from the right, punctuation is shaped too."""
    if not needs_shaping(cluster) and not (cluster in SEEN_BY_SHAPING or (rtl and not cluster[0].isalnum())):
        return None
    if last is not None and last.has(cluster):
        return last
    face_with_cluster = next((face for face in faces_for(cluster, bold) if face.has(cluster)), None)
    if face_with_cluster is None and missing_characters([cluster]):
        raise CannotPrint(missing_characters([cluster]))
    return face_with_cluster


def _unshaped_pieces(text: str, bold: bool, italic: bool, *, rtl: bool) -> list[WordPiece]:
    """What is not shaped, within what is: from the right each letter by itself, brackets mirrored."""
    parts = clusters(text)
    if rtl:
        parts = [mirrored(part[0]) + part[1:] for part in reversed(parts)]
    return [piece for part in parts for piece in _cluster(part, bold, italic)]


def _word(pieces: list[WordPiece]) -> Word:
    characters_by_font: dict[str, set[str]] = {}
    for piece in pieces:
        characters_by_font.setdefault(piece.font, set()).update(piece.characters)
        for accent in piece.accents:
            characters_by_font.setdefault(accent.font, set()).add(accent.character)
    fonts = tuple((font, frozenset(characters)) for font, characters in characters_by_font.items())
    return Word(tuple(pieces), sum(piece.width for piece in pieces), fonts)


def _pieces(face: Face, text: str) -> list[WordPiece]:
    return [
        WordPiece(font, literal(codes), characters, face.width(characters), face.scale) for font, codes, characters in face.encode(text)
    ]


def _cluster(cluster: str, bold: bool, italic: bool) -> list[WordPiece]:
    for face in _chain(bold, italic):
        # The body face lacks most accents, and its own are drawn beside the letter, not over it.
        if face.has(cluster) and (len(cluster) == 1 or not face.embeds_whole):
            return _accented(face, cluster) if len(cluster) > 1 else _pieces(face, cluster)
    raise CannotPrint(missing_characters([cluster]))


def _accented(face: Face, cluster: str) -> list[WordPiece]:
    """A letter and its accents: each centred, and stacked clear of what stands above or below already."""
    above = any(unicodedata.combining(mark) == _ABOVE for mark in cluster[1:])
    drawn_letter = _DOTLESS.get(cluster[0], cluster[0]) if above else cluster[0]
    (letter,) = _pieces(face, drawn_letter)
    base = face.box(drawn_letter)
    top, bottom = (base[3], base[1]) if base else (0, 0)
    advance = round(face.width(cluster[0]) / face.scale * 1000)
    accents = []
    for mark in cluster[1:]:
        mark_box, place = face.box(mark), unicodedata.combining(mark)
        shift_x = up = 0
        if base and mark_box:
            shift_x = (base[0] + base[2] - mark_box[0] - mark_box[2]) // 2 - advance
            if place == _ABOVE:
                up = top + _CLEAR - mark_box[1]
                top += _CLEAR + mark_box[3] - mark_box[1]
            elif place == _BELOW:
                up = bottom - _CLEAR - mark_box[3]
                bottom -= _CLEAR + mark_box[3] - mark_box[1]
        (piece,) = _pieces(face, mark)
        accents.append(Accent(piece.font, piece.encoded, mark, shift_x, up))
    return [replace(letter, accents=tuple(accents))]


def is_shaped(font: str) -> bool:
    """Whether a font's codes are those of clusters, two bytes each."""
    return font.startswith("S")


def numbers_of(codes_by_font: dict[str, set[str]]) -> dict[str, dict[int, tuple[int, int]]]:
    """For each shaped font that a document uses, what it calls the font's clusters."""
    return {font: shaped_face_of(font).numbers(frozenset(codes)) for font, codes in codes_by_font.items() if is_shaped(font)}


def add_fonts(file: PdfFile, characters_by_font: dict[str, set[str]]) -> bytes:
    """Puts the fonts that a document uses into its file; returns the body of its font dictionary."""
    entries = []
    for font in sorted(characters_by_font):
        if is_shaped(font):
            numbers = shaped_face_of(font).add_to(file, frozenset(characters_by_font[font]))
        else:
            face, part = face_of(font)
            numbers = {font: face.add_to(file, part, frozenset(characters_by_font[font]))}
        entries += [b"/%s %s" % (name.encode("ascii"), reference(number)) for name, number in numbers.items()]
    return b"".join(entries)
