"""The web page says the same as the paper, stands alone, and runs nothing."""

import re
from html.parser import HTMLParser

import pytest

from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, Para, Run, Table, TickRow, plain_text
from pupil_desk.documents.pdf.style import PrintLook
from pupil_desk.documents.pdf.web import build_web


class Reader(HTMLParser):
    """Every tag with its attributes, and the words of the body."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "br":
            self.words.append("\n")
        elif tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag in ("p", "li", "th", "td", "caption", "h1", "h2", "h3"):
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if "main" in self._open and data not in ("☐", "☑"):
            self.words.append(data)

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def test_the_page_says_the_same_sentences_in_the_same_order(story: list[Block]) -> None:
    read = "".join(Reader(build_web(story, title="Notice", lang="en-GB")).words)
    lines = [line for line in read.split("\n") if line.strip()]
    assert lines == [line for line in plain_text(story).split("\n") if line]


def test_it_has_one_main_heading_a_language_a_title_and_header_cells(story: list[Block]) -> None:
    page = Reader(build_web(story, title="Privacy <notice>", lang="en-GB"))
    assert len(page.of("h1")) == 1
    assert page.of("html") == [{"lang": "en-GB", "dir": "ltr"}]
    assert b"<title>Privacy &lt;notice&gt;</title>" in build_web(story, title="Privacy <notice>")
    assert [cell.get("scope") for cell in page.of("th")].count("col") == 3
    assert [cell.get("scope") for cell in page.of("th")].count("row") == 42
    assert [box["aria-label"] for box in page.of("span") if "role" in box] == ["Empty box to tick", "Ticked box"]


@pytest.mark.parametrize("count", [0, 2])
def test_a_page_without_its_one_heading_is_a_mistake(count: int) -> None:
    with pytest.raises(ValueError, match="one heading"):
        build_web([Keep([Heading(1, "A")])] * count, title="A")


def test_it_needs_no_other_file_and_may_load_none(story: list[Block]) -> None:
    html = build_web(story, title="A").decode()
    page = Reader(html.encode())
    assert not {tag for tag, _attributes in page.tags} & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not {name for _tag, found in page.tags for name in found} & {"src", "srcset", "style", "onclick"}
    assert "url(" not in html
    assert "@import" not in html
    (policy,) = [meta["content"] for meta in page.of("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_the_policy_lets_the_page_keep_its_own_style(story: list[Block]) -> None:
    import base64
    import hashlib

    html = build_web(story, title="A").decode()
    found = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert found
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in html


def test_text_is_never_markup() -> None:
    bad = '</p><script>alert("x")</script><a href=javascript:x>&amp;'
    story: list[Block] = [
        Heading(1, bad),
        Para([Run(bad, bold=True), Run("lured", href="javascript:alert(1)"), Run("ok", href='https://x/"><b>')]),
        Table(bad, [bad], [[bad]]),
    ]
    page = Reader(build_web(story, title=bad, lang='en"><script>'))
    assert not page.of("script")
    assert page.of("a") == [{"href": 'https://x/"><b>', "rel": "noreferrer"}]
    assert "".join(page.words).count(bad) == 5


def test_an_arabic_page_runs_from_the_right_and_english_in_it_as_it_is_written() -> None:
    story = [
        Heading(1, "إشعار الخصوصية"),
        Para(["اتصل على ", Run("01632 960 0142", is_apart=True), " أو اقرأ ", Run("the tables", lang="en-GB"), "."]),
        FactList([("الاسم", "14 Long Acre, WARE"), ("الصف", "محمد")]),
        TickRow("نعم"),
    ]
    made = build_web(story, title="إشعار", lang="ar").decode()
    assert '<html lang="ar" dir="rtl">' in made
    assert '<bdi><span class="held">01632 960 0142</span></bdi>' in made
    assert '<bdi lang="en-GB">the tables</bdi>' in made
    assert "<td><bdi>14 Long Acre, WARE</bdi></td>" in made
    assert "<td>محمد</td>" in made
    assert 'aria-label="مربع فارغ لوضع علامة"' in made


def test_the_parts_of_what_is_filled_in_stand_in_one_element() -> None:
    filled = [
        Run("Robin, ", is_apart=True),
        Run("office@example.org", is_apart=True, href="mailto:office@example.org"),
        Run(".", is_apart=True),
    ]
    made = build_web([Heading(1, "ا"), Para(["أخبرونا: ", *filled, " وشكرا"])], title="ا", lang="ar").decode()
    assert '<bdi>Robin, <a href="mailto:office@example.org" rel="noreferrer">office@example.org</a>.</bdi> وشكرا' in made


def test_an_english_page_keeps_an_arabic_name_apart_only_where_it_is_filled_in() -> None:
    made = build_web([Heading(1, "A"), Para(["For ", Run("محمد", is_apart=True), ", 3."])], title="A").decode()
    assert '<html lang="en-GB" dir="ltr">' in made
    assert "<p>For <bdi>محمد</bdi>, 3.</p>" in made


@pytest.mark.parametrize(
    ("look", "body"), [(PrintLook.STANDARD, "<body>"), (PrintLook.LARGE, '<body class="large">'), (PrintLook.EASY, '<body class="easy">')]
)
def test_a_page_has_the_look_of_its_paper(look: PrintLook, body: str) -> None:
    assert body in build_web([Heading(1, "A")], title="A", look=look).decode()


def test_a_block_that_scrolls_can_be_reached_by_the_keyboard_and_has_a_name() -> None:
    """axe's rule «scrollable-region-focusable»: a wide table scrolls on a narrow screen, and arrow keys scroll what has the focus."""
    story = [
        Heading(1, "A"),
        Table("Marks", ["Day", "Code"], [["Monday", "/"]]),
        Table("", ["Day", "<Code>"], [["Monday", "/"]]),
        FactList([("Name", "Amy"), ("Class", "Oak"), ("Year", "9"), ("Home", "1 Lane")]),
        FactList([("Name", "Amy")], "The pupil"),
    ]
    page = build_web(story, title="A").decode()
    opened = re.findall(r"<div class=\"wide\"[^>]*>", page)
    names = ["Marks", "Day, &lt;Code&gt;", "Name, Class, Year", "The pupil"]
    assert opened == [f'<div class="wide" role="group" tabindex="0" aria-label="{name}">' for name in names]
    assert len(re.findall(r"overflow-x:auto", page)) == 1, "nothing but these blocks scrolls by itself"


def test_numbers_and_parts_of_an_address_are_held_together_and_the_words_stay() -> None:
    words = "Ask us: 142 Great Northern Road, Larkfield, SG4 7ZZ, 01632 960 0142, by 6 September 2026."
    page = build_web([Heading(1, "A"), Para(words)], title="A").decode()
    assert re.findall(r'<span class="held">(.*?)</span>', page) == ["SG4 7ZZ", "01632 960 0142", "6 September 2026"]
    assert re.sub(r"<[^>]*>", "", page.split("<p>")[1].split("</p>")[0]) == words
