"""The bytes of an XML file from outside as a tree, or a refusal. What the reader of XML could be talked into is refused before it begins.

A parser told not to resolve entities still takes a DOCTYPE and drops text in silence (measured), so any DOCTYPE is refused. The text is
decoded here, so that no label of an encoding decides what is looked for and what is parsed.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from pupil_desk.basics.apart.reader import apart
from pupil_desk.basics.filekinds import looks_like
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.table import MOST_BYTES, Unreadable

_MOST_TAGS = 200_000  # about 700 pupils with all their years
_MOST_WITHIN = 5_000  # elements within one: pupils of a file, marks of a pupil
_MOST_SIGNS = 100_000  # a transfer file has next to no attributes; each costs more memory than its letters
_MOST_DEPTH = 32  # a transfer file goes 9 deep
_LONGEST_NAME, _LONGEST_TEXT = 200, 100_000  # letters; the longest names in use have 30, and what stands in one element is a line or two
_SEEN = b"\xef\xbb\xbf \t\r\n"
_DECLARED = re.compile(r"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]*\?>""")
_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_LABELS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "windows-1252": "windows-1252",
    "utf-16": "utf-16",
    "utf-16le": "utf-16",
    "utf-16be": "utf-16",
}


@dataclass(frozen=True, slots=True)
class ToldElement:
    """An element of a file: how deep it stands, its name, its text up to its first part, what follows its end, its attributes."""

    depth: int
    tag: str
    text: str | None
    tail: str | None
    attributes: dict[str, str]


class Unsafe(Exception):
    """The file holds what a transfer file never does, and what a reader could be harmed by. The message says what, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def looks_like_xml(source: bytes) -> bool:
    """Whether the bytes begin as XML does, in any encoding that such a file may have."""
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return source[2:200].replace(b"\x00", b"").lstrip().startswith(b"<")
    return source[:200].lstrip(_SEEN).startswith(b"<")


def safe_tree(source: bytes) -> Element:
    """The root element of a file. Raises Unsafe for what is never read, Unreadable for what is no XML or is damaged."""
    path: list[Element] = []
    for told in elements(source):
        element = Element(told.tag, told.attributes)
        element.text, element.tail = told.text, told.tail
        del path[told.depth :]
        if path:
            path[-1].append(element)
        path.append(element)
    return path[0]


@apart("XML file", raises=(Unsafe, Unreadable), refuse=lambda failed: Unreadable(failed.message))
def elements(source: bytes) -> list[ToldElement]:
    """All elements of a file in their order, the outermost first. Raises Unsafe, Unreadable."""
    return list(_told(_parsed(_checked(source)), 0))


def _told(element: Any, depth: int) -> Iterator[ToldElement]:
    yield ToldElement(depth, element.tag, element.text, element.tail, dict(element.attrib))
    for part in element:
        yield from _told(part, depth + 1)


def _checked(source: bytes) -> str:
    """The text of a file in which nothing is that could harm a parser."""
    if len(source) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 20 MB, far more than a transfer file is. Check that it is the right one."))
    if not source.strip(_SEEN):
        raise Unreadable(_("The file is empty. Ask for it again."))
    if not looks_like_xml(source):
        raise Unreadable(
            _(
                "This is not a Common Transfer File: it does not begin as XML does, and looks like {what}. If it is a table (CSV or XLSX), import it as the kind of list that it is; if it is packed or locked, unpack it first."
            ).format(what=looks_like(source))
        )
    text = _decode(source)
    _refuse_unsafe(text)
    text = text.lstrip()
    declared = _DECLARATION.match(text)  # at the beginning alone: looked for everywhere, blanks would be gone through for hours
    return text[declared.end() :].lstrip() if declared else text


def _decode(source: bytes) -> str:
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        declared = _DECLARED.match(source[:400].lstrip(_SEEN).decode("ascii", errors="replace"))
        label = declared[1].lower() if declared else "utf-8"
        if label not in _LABELS or _LABELS[label] == "utf-16":  # without its mark it is not UTF-16
            raise Unreadable(
                _("The file says that its letters are written as “{label}”, which no transfer file is. Ask for it again.").format(
                    label=label
                )
            )
        encoding = "utf-8-sig" if _LABELS[label] == "utf-8" else _LABELS[label]
    try:
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_("Some letters in the file are broken, so it may be damaged. Ask for it again.")) from error


def _refuse_unsafe(text: str) -> None:
    """By the whole text, comments too: a transfer file has neither the one nor the other anywhere."""
    large = text.upper()
    if "<!DOCTYPE" in large or "<!ENTITY" in large:
        raise Unsafe(
            _(
                "The file has a DOCTYPE, which a Common Transfer File never has and which can hide harm. It is not read. Ask the sender for a clean file."
            )
        )
    if text.count("<") > _MOST_TAGS or text.count("=") > _MOST_SIGNS:
        raise _too_much()


def _too_much() -> Unsafe:
    return Unsafe(
        _(
            "The file holds far more than a Common Transfer File does, and could fill the memory. It is not read. Ask the sender for another."
        )
    )


def _parsed(text: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise _too_deep() from None
        raise Unreadable(_("The file is damaged or cut short, so nothing of it is read. Copy it again, or ask for it again.")) from None
    except UnicodeEncodeError:
        raise Unreadable(_("Some letters in the file are broken, so it may be damaged. Ask for it again.")) from None
    _refuse_deep(root)
    if any(
        len(part) > _MOST_WITHIN or len(part.tag) > _LONGEST_NAME or max(len(part.text or ""), len(part.tail or "")) > _LONGEST_TEXT
        for part in root.iter()
    ):
        raise _too_much()
    return root


def _refuse_deep(root: Any) -> None:
    level, depth = [root], 1
    while level:
        if depth > _MOST_DEPTH:
            raise _too_deep()
        level = [child for element in level for child in element]
        depth += 1


def _too_deep() -> Unsafe:
    return Unsafe(
        _(
            "The file is nested deeper than a Common Transfer File ever is, which can hide harm. It is not read. Ask the sender for a clean file."
        )
    )
