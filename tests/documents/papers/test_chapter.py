"""A chapter of the help, read into blocks: the part of Markdown that it is written in, and nothing lost on the way."""

import re

import pytest

from pupil_desk.basics.places import resource
from pupil_desk.documents.blocks import Bullets, Heading, Keep, Para, Run, Table, TickRow, WritingLine, plain_text
from pupil_desk.documents.papers.chapter import blocks_of, runs_in, title_of
from pupil_desk.documents.pdf.page import pages_needed
from pupil_desk.services.program.guides import text_of

FILES = sorted(resource("help").glob("*.md"))


def test_each_kind_of_block() -> None:
    told = """# Title

Words on one line
and the next.

## Part

- one
- **two**

Do this:

1. first
2. second

- [ ] **Do it.** See it.

Date: ________

| Key | Does |
|---|---|
| `F1` | help |
"""
    assert blocks_of(told) == [
        Heading(1, [Run("Title")]),
        Para([Run("Words on one line and the next.")]),
        Heading(2, [Run("Part")]),
        Bullets([[Run("one")], [Run("two", bold=True)]]),
        Keep([Para([Run("Do this:")]), Bullets([[Run("first")], [Run("second")]], numbered=True)]),
        TickRow([Run("Do it.", bold=True), Run(" See it.")]),
        WritingLine("Date"),
        Table("", [[Run("Key")], [Run("Does")]], [[[Run("F1", bold=True)], [Run("help")]]]),
    ]
    assert title_of(told) == "Title"


def test_a_table_of_three_columns_has_headers_of_its_rows() -> None:
    (table,) = blocks_of("| Column | Minimum | Full |\n|---|---|---|\n| dob | yes | yes |")
    assert isinstance(table, Table)
    assert table.row_headers


def test_manners_within_a_line() -> None:
    assert runs_in("a *b* **c [d](e.md) f** `*.pdf` g") == [
        Run("a "),
        Run("b", italic=True),
        Run(" "),
        Run("c ", bold=True),
        Run("d", bold=True),
        Run(" f", bold=True),
        Run(" "),
        Run("*.pdf", bold=True),
        Run(" g"),
    ]


def test_a_web_address_is_a_link_and_another_chapter_or_a_script_is_none() -> None:
    found = runs_in("[page](https://www.example.org/) [keys](keys.md) [x](javascript:alert)")
    assert [run.href for run in found if run.text.strip()] == ["https://www.example.org/", None, None]


@pytest.mark.parametrize("told", ["  - nested", "\tcode", "| a table |\n| without | headers |\n| a | b |"])
def test_what_is_not_of_it_is_a_bug_and_said(told: str) -> None:
    with pytest.raises(ValueError, match=r"Markdown|headers"):
        blocks_of(told)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_word_of_every_chapter_is_printed(path: object) -> None:
    told = text_of(path.stem)  # type: ignore[attr-defined]
    printed = plain_text(blocks_of(told))
    bare = re.sub(r"\]\([^)]*\)|^(#+|-|\d+\.) |^\|[-| ]+\|$|\[ \]|_{4,}|[*`|]", " ", told, flags=re.MULTILINE)
    words = re.findall(r"[^\W_]+", bare)
    assert re.findall(r"[^\W_]+", printed) == words
    assert not re.search(r"\*\*|`|\]\(|^\||\[ \]|____", printed, re.MULTILINE)


def test_pages_needed_are_counted() -> None:
    story = [Heading(1, "One"), *[Para("A line of words.") for _ in range(60)]]
    assert pages_needed(story) == 3
    assert pages_needed(story, base_size=8) == 2
    assert pages_needed(story[:2]) == 1
