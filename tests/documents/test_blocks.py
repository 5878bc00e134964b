"""Blocks hold text, and text is only text."""

import pytest

from pupil_desk.documents.blocks import (
    Block,
    Bullets,
    Columns,
    FactList,
    Heading,
    Keep,
    NoticeBox,
    Para,
    Run,
    plain_text,
    runs_of,
    safe_href,
)
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.pdf.web import build_web
from tests.documents.checking import assert_accessible


def test_a_text_is_a_string_a_run_or_several() -> None:
    assert runs_of("plain") == (Run("plain"),)
    assert runs_of(Run("bold", bold=True)) == (Run("bold", bold=True),)
    assert runs_of(["one ", Run(""), Run("two", italic=True)]) == (Run("one "), Run("two", italic=True))


def test_plain_text_tells_every_block_in_order(story: list[Block]) -> None:
    lines = plain_text(story).split("\n")
    order = ["Wymond Road Centre", "14 Long Acre", "What we hold", "contact details", "marks and attendance"]
    order += ["You can say no", "Send it back.", "What we hold and why", "Kept until", "Item 39", "Former name", "–"]
    order += ["Reply", "Share name, address and date of birth only", "Signed", "Date", "Name in capitals"]
    assert [line for line in lines if line in order] == order


def test_an_empty_fact_is_a_dash() -> None:
    assert plain_text([FactList([("UPN", " ")]), Para("")]) == "UPN\n–"


def test_what_says_nothing_is_left_out() -> None:
    empty: list[Block] = [Para(" \n"), Bullets([]), FactList([], caption="The pupil"), Columns([])]
    story = [Heading(1, "A"), *empty, NoticeBox(empty), Keep(empty)]
    assert plain_text(story) == "A"
    assert b"The pupil" not in build_web(story, title="A")
    assert_accessible(build_pdf(story, title="A"))


@pytest.mark.parametrize("href", ["https://example.org/a?b=1&c=(2)", "mailto:office@example.org", "tel:+441234567890"])
def test_a_link_may_lead_to_a_page_an_address_or_a_telephone(href: str) -> None:
    assert safe_href(href) == href


@pytest.mark.parametrize(
    "href",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "/page",
        "https://example.org/a b",
        "https://example.org/\n",
        " https://example.org",
        "https://example.org/é",
    ],
)
def test_a_link_leads_nowhere_else(href: str | None) -> None:
    assert safe_href(href) is None
