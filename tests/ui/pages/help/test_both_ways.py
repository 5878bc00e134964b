"""What the program has, the help names: every page, command, tab, export, setting, part of a record and thing done with several pupils."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabBar, QTabWidget
from pytestqt.qtbot import QtBot

import pupil_desk.ui.pages
from pupil_desk.basics.text import fold
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.program.guides import chapters, passages, plain, text_of
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.words import plain_words
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.pupils.many.acts import acts
from pupil_desk.ui.pages.pupils.record.record import _PARTS

_NAMED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)|^#+ (.+)$|^\| ([^|]+) \|", re.MULTILINE)


def named_in(text: str) -> set[str]:
    """What a chapter names: in italics, as a heading, or at the head of a row of a table."""
    return {fold(plain_words(next(filter(None, groups)))) for groups in _NAMED.findall(text)}


def help_of(page: type[Page]) -> str:
    return next(text_of(chapter.name) for chapter in chapters() if re.fullmatch(rf"\d\d-{re.escape(page.name)}", chapter.name))


@pytest.fixture(params=[page for page in pages() if page.name != "help"], ids=lambda page: page.name)
def page(request: pytest.FixtureRequest, qtbot: QtBot, context: Context) -> Page:
    made: Page = request.param(context)
    qtbot.addWidget(made)
    for tabs in made.findChildren(QTabWidget):
        for place in range(tabs.count()):
            tabs.setCurrentIndex(place)  # the part is made only then
    return made


def test_every_command_of_a_page_is_in_its_help(page: Page) -> None:
    headings = page.findChildren(Heading)
    controls = {key: control for heading in headings for key, control in heading._controls.items()}
    words = {fold(plain_words(control.text())) for control in controls.values() if isinstance(control, QAction) or control.text()}
    assert words - named_in(help_of(type(page))) == set()


def test_every_tab_of_a_page_is_a_heading_of_its_help(page: Page) -> None:
    tabs = {plain_words(bar.tabText(place)) for bar in page.findChildren(QTabBar) for place in range(bar.count())}
    heads = {fold(passage.heading) for passage in passages() if passage.chapter.topic == page.name}
    assert {tab for tab in tabs if tab and fold(tab) not in heads | WITHIN.get(page.name, set())} == set()


# Tabs within a part that its own heading tells of; those named by their count alone.
WITHIN = {
    "notices": {"due", "everyone", "no notice", "the law", "changes", "printed", "what it said", "what changed"},
    "exports": {"for whom, and why", "what goes", "who goes", "by pupil", "by recipient"},
    "requests": {"open", "closed", "names", "sections", "papers", "same words elsewhere", "write", "add"},
}


def test_every_export_is_in_the_help_of_exports() -> None:
    named = named_in(text_of("06-exports"))
    assert {export.title for export in EXPORTS if fold(plain_words(export.title)) not in named} == set()


def test_every_setting_is_in_the_help_of_settings() -> None:
    named = named_in(text_of("12-settings"))
    assert {item.label for item in items_of(UnitSettings) if fold(plain_words(item.label)) not in named} == set()


def test_every_part_of_a_record_is_a_heading_of_the_help_on_pupils() -> None:
    heads = {passage.heading for passage in passages() if passage.chapter.topic == "pupils"}
    assert {words for _key, words, _kind in _PARTS} - heads == set()


def test_everything_done_with_several_pupils_is_told() -> None:
    named = named_in(text_of("02-pupils"))
    assert {act.words for act in acts() if fold(plain_words(act.words)) not in named} == set()


def test_every_page_is_told_of_on_another() -> None:
    """So that it can be found by who does not know it yet."""
    for page in pages():
        others = [plain(text_of(chapter.name)) for chapter in chapters() if chapter.topic != page.name]
        assert any(page.title in text for text in others), page.title


# Of a view that one is in already: they lead back, on, or to the pupil that is named beside them.
_LEADS = re.compile(
    r"(Go )?[Bb]ack\b.*|Open (this|the) (pupil|record)|The pupil|Another pupil|Enter it in Settings|Decide later|Begin again|Look at it"
)
_BESIDE = {
    "Call it something else",  # beside the place to search that is chosen
    "Give it after all",  # beside the paper that is withheld
    "Print the sheet",  # in the dialog that shows a code once
    "Record what was said",  # the one button of a call
    "Remove this letter",
    "Write the letter",  # the one button of a step
}


def buttons() -> Iterator[str]:
    """The words of every button of a page."""
    for path in sorted(Path(pupil_desk.ui.pages.__file__).parent.rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id == "button":
                yield from (plain_words(str(part.value)) for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant))


def test_every_button_of_a_page_is_named_in_the_help() -> None:
    named = set[str]().union(*(named_in(text_of(chapter.name)) for chapter in chapters()))
    words = {each for each in buttons() if len(each) > 1}
    assert len(words) > 200
    lacking = {each for each in words if fold(each) not in named and not _LEADS.fullmatch(each)}
    assert lacking == _BESIDE
