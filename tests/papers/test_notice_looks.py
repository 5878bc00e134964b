"""The notice as a whole document: two sides and the tables, on paper and as a page, for everyone who reads or hears it."""

import dataclasses
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from pupil_desk.documents.blocks import Heading, PageBreak, Para, Table, plain_text, texts_of, words_of
from pupil_desk.documents.papers.notice import annex_part, in_a_row
from pupil_desk.documents.pdf.page import Document, PrintLook, build_pdf, build_print_file
from pupil_desk.documents.pdf.web import build_web
from pupil_desk.documents.typography.fonts import CannotPrint
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.catalogue.items import Basis, Category, Special, items_of
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.sharing.recipients import AUTHORITY, MAIN_SCHOOL, register
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.notices import notice_text, notices
from pupil_desk.services.program.guides import text_of
from pupil_desk.services.saving import Saving, save_notices
from tests.documents.checking import assert_accessible
from tests.papers.made import HOLDERS, LETTER, LONG, PUPIL, notice_story, pages_of, squeezed, stands_in
from tests.services.exports.made import Unit

FOOTER = f"{LONG.name}. Privacy notice, edition 24 November 2026, number 3."
SETTINGS = {
    "the authority is the controller": LONG,
    "the unit is its own controller": dataclasses.replace(LONG, controller=None),
    "a parent’s name goes too": dataclasses.replace(LONG, with_parent=True),
    "everything is as long as it gets": dataclasses.replace(
        LONG,
        name="The North and East Larkshire Pupil Referral Service and Education Support Centre",
        with_parent=True,
        youth_service="Larkshire County Council Services for Young People and Families, North and East",
        notice_page="https://www.north-larkshire-esc.example.org/about-us/policies/privacy-notice-for-families",
    ),
    "it works with everybody": dataclasses.replace(
        LONG, with_parent=True, **{item.name: "Larkfield" for item in items_of(UnitSettings) if item.name.startswith("told_")}
    ),
}


def _pdf(settings: UnitSettings = LONG, extra_lines: int = 0) -> bytes:
    """The two sides, and the tables as a document of their own, as where the unit gives them to each family."""
    story = notice_story(settings)
    at = next(at for at, block in enumerate(story) if isinstance(block, PageBreak))
    front, tables = [*story[:at], *[Para("One more line.")] * extra_lines], [Heading(1, "The tables"), *story[at + 1 :]]
    documents = [Document(part, "Privacy notice", FOOTER, look=PrintLook.SHEET) for part in (front, tables)]
    return build_print_file(documents, title="Privacy notice")


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_the_front_part_is_two_sides_with_room_to_spare(settings: UnitSettings, tmp_path: Path) -> None:
    pages = pages_of(_pdf(settings, extra_lines=1), tmp_path)
    assert "Every detail is in tables" in pages[1]
    assert "Every detail, in tables" in pages[2]


@pytest.mark.needs("pdftotext")
def test_a_front_part_that_is_too_long_would_be_seen(tmp_path: Path) -> None:
    assert "The tables" not in pages_of(_pdf(extra_lines=12), tmp_path)[2]


def test_body_text_is_12_point() -> None:
    page = pypdfium2.PdfDocument(_pdf())[0].get_textpage()
    text = page.get_text_range()
    start = text.index("The law makes us keep")
    sizes = {round(raw.FPDFText_GetFontSize(page, at), 1) for at in range(start, start + 60)}
    assert sizes == {12.0}


@pytest.mark.needs("pdftotext")
def test_the_words_come_in_reading_order(tmp_path: Path) -> None:
    pages = pages_of(_pdf(), tmp_path, "-raw")
    read = squeezed("".join(re.sub(rf"{re.escape(FOOTER)}|Page \d+ of \d+", "", page) for page in pages))
    at = 0
    for text in (text for text in texts_of(notice_story()) if text):
        found = read.find(squeezed(text), at)
        assert found >= 0, f"not read, or not in its place: {text}"
        at = found + len(squeezed(text))


def test_three_checkers_find_nothing() -> None:
    assert_accessible(_pdf())


def test_three_checkers_find_nothing_in_a_print_file() -> None:
    alone = dataclasses.replace(LETTER, contacts=())
    documents = [Document(notice_story(letter=letter), "Privacy notice", FOOTER, look=PrintLook.SHEET) for letter in (LETTER, alone)]
    # So begins what each of several recipients is told, and it is at the top of a page here and there.
    assert_accessible(build_print_file(documents, title="Privacy notices"), said_often="Name, date of birth and pupil numbers: everything")


def test_long_names_of_a_household_stand_in_lines_of_their_own() -> None:
    assert LETTER.names == ("Mrs Genevieve Okonkwo-Featherstone and", "Mr Bartholomew Okonkwo-Featherstone")
    short = [dataclasses.replace(holder, forename=None, surname="Penn") for holder in HOLDERS]
    assert Letter(pupil=PUPIL, contacts=tuple(short), address=("x",)).names == ("Mrs Penn and Mr Penn",)
    assert Letter(pupil=PUPIL, contacts=(), address=("x",)).names == ("Alexandrina Okonkwo-Featherstone",)


class _Page(HTMLParser):
    """The tags of a page, and the text of the body, a line for each block and cell."""

    _LINES = ("p", "li", "td", "th", "caption", "h1", "h2", "h3", "br")

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._in_body = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_body = self._in_body or tag == "body"
        if tag in self._LINES:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if self._in_body:
            self.words.append(data)

    @property
    def text(self) -> list[str]:
        return [line.strip() for line in "".join(self.words).split("\n") if line.strip()]


def test_the_page_says_the_same_in_the_same_order_and_needs_nothing_else() -> None:
    story = notice_story()
    made = build_web(story, title="Privacy notice")
    page = _Page(made)
    assert page.text == plain_text(story).split("\n")
    names = [tag for tag, _attributes in page.tags]
    assert names.count("h1") == 1
    assert ("html", {"lang": "en-GB", "dir": "ltr"}) in page.tags
    assert not {"script", "img", "link", "iframe", "object", "form", "base"} & set(names)
    assert not re.search(rb"\bsrc=|url\(|@import", made)
    tables = [block for block in story if isinstance(block, Table)]
    assert names.count("table") == len(tables) == 2
    scopes = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]
    assert scopes.count("col") == sum(len(table.header) for table in tables)
    assert None not in scopes


def test_no_heading_is_said_twice_by_a_caption() -> None:
    assert not [text for text in texts_of(notice_story()) if text.startswith("Items: ")]


def test_every_item_held_is_named_in_the_tables() -> None:
    annex = notice_text.annex_of(LONG, date(2026, 9, 1))
    (table,) = [block for block in annex_part(annex) if isinstance(block, Table)]
    for row, (what, why) in zip(annex.items, table.rows, strict=True):
        kind, named = words_of(what).split(":", 1)
        assert row.category.casefold().startswith(kind.casefold())
        assert [label for label in row.labels if not stands_in(label, named)] == []
        short = [
            row.purpose,
            row.basis.split(",")[0],
            f"kept {row.how_long}",
            *([f"specially protected: {row.special.split(':')[0]}"] if row.special else []),
        ]
        assert words_of(why).casefold() == f"{'. '.join(short)}.".casefold()
    assert len({label for row in annex.items for label in row.labels}) == len(every_item())


def test_a_basis_and_a_condition_are_told_apart_by_their_short_names() -> None:
    """The tables name them shortly, and say each in full once."""
    for kind, end in ((Basis, ","), (Special, ":"), (Category, " (")):
        assert len({one.value.split(end)[0] for one in kind}) == len(kind)
    said = plain_text(annex_part(notice_text.annex_of(LONG, date(2026, 9, 1))))
    items = every_item().values()
    assert [one.facts.basis for one in items if one.facts.basis.value not in said] == []
    assert [one.facts.special for one in items if one.facts.special and one.facts.special.value.split(": ")[1] not in said] == []


NUMBERS = {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13}


def test_the_setting_and_the_help_say_how_many_pages_the_tables_have() -> None:
    """Settings has its hints in a table made from them; any other chapter that counts the pages agrees, and the tables have about so many."""
    said = {path.stem: path.read_text("utf-8") for path in (Path(__file__).parents[2] / "resources" / "help").glob("*.md")}
    said["12-settings"] = text_of("12-settings")
    said["the setting"] = next(item.hint for item in items_of(UnitSettings) if item.name == "whole_notice")
    found = {name: words for name, text in said.items() if (words := re.findall(r"about (\w+) pages", text, re.IGNORECASE))}
    assert found.keys() >= {"04-notices", "12-settings", "the setting"}
    (number,) = {each for words in found.values() for each in words}
    assert abs(NUMBERS[number] - (len(pypdfium2.PdfDocument(_pdf())) - 2)) <= 1, "beside the two sides"


def test_one_recipient_by_one_law_is_named_once() -> None:
    for settings in SETTINGS.values():
        names = [(row.name, row.law) for row in notice_text.annex_of(settings, date(2026, 9, 1)).recipients]
        assert len(set(names)) == len(names)
        school = register()[MAIN_SCHOOL]
        assert ((school.label, school.law) in names) == bool(settings.told_schools), "who has an export too is named by who works with them"
    laws = {export.law for export in EXPORTS if export.recipient_key == AUTHORITY}
    assert sorted(law for name, law in names if name == register()[AUTHORITY].label) == sorted(laws)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (["Legal surname", "Date of birth", "UPN"], "Legal surname, date of birth, UPN"),
        (["Address line 1", "Address line 2", "Town"], "Address line 1 and 2, town"),
        (["Sex", "Contact: surname", "Contact: town", "Notice given: on"], "Sex; Contact: surname, town; Notice given: on"),
        (["SEN provision", "E-mail"], "SEN provision, e-mail"),
    ],
)
def test_labels_in_a_row(labels: list[str], said: str) -> None:
    assert in_a_row(labels) == said


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("strange", ["<b>Bob</b>", "{unit}", "**Rob**", "&amp; Co", "%s {0} \\n"])
def test_marks_in_a_name_print_as_they_are(strange: str, tmp_path: Path) -> None:
    settings = dataclasses.replace(LONG, name=strange, head=strange, choices_contact=strange, dpo=strange)
    story = notice_story(settings, dataclasses.replace(LETTER, pupil=dataclasses.replace(PUPIL, forename=strange)))
    read = pages_of(build_pdf(story, title="Privacy notice"), tmp_path)
    assert f"This notice is from {strange}, for parents" in " ".join(read[0].split())
    assert f"About: {strange} Okonkwo-Featherstone" in read[0]
    page = _Page(build_web(story, title="Privacy notice"))
    assert page.text == plain_text(story).split("\n")
    assert not [tag for tag, _attributes in page.tags if tag == "b"]


def test_a_letter_that_no_font_has_is_named_and_nothing_is_written(unit: Unit, tmp_path: Path) -> None:
    pupil = unit.pupil("Penn", "Zo\U00013000", date(2013, 5, 1), address_1="1 Lane", postcode="SG4 7ZZ")
    unit.contact(pupil, "Penn", parental_responsibility=True, lives_with=True)
    letters = notices.letters_of(unit.desk, pupil.id).letters
    before = unit.log()
    with pytest.raises(CannotPrint, match=r"\U00013000|U\+13000"), Saving(tmp_path) as saving:
        save_notices(saving, unit.desk, letters, "pdf", lambda _done, _total, _words: None)
    assert not list(tmp_path.glob("*.pdf*"))
    assert unit.log() == before
