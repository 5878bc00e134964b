"""What the program has, the help names: every page, command, tab, export, setting, part of a record and thing done with several pupils."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabBar, QTabWidget
from pytestqt.qtbot import QtBot

import pupil_desk.ui
import pupil_desk.ui.pages
from pupil_desk.basics.text import fold
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.figures.kinds import FIGURES
from pupil_desk.services.program.guides import chapters, passages, plain, text_of
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.words import plain_words
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.pupils.many.acts import acts
from pupil_desk.ui.pages.pupils.record.parts import PARTS

_NAMED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)|^#+ (.+)$|^\| ([^|]+) \|", re.MULTILINE)


def named_in(text: str) -> set[str]:
    """What a chapter names: in italics, as a heading, or at the head of a row of a table."""
    return {fold(plain_words(next(filter(None, groups)))) for groups in _NAMED.findall(text)}


def help_of(page: type[Page]) -> str:
    if page.name == "help":
        return text_of("keys")
    return next(text_of(chapter.name) for chapter in chapters() if re.fullmatch(rf"\d\d-{re.escape(page.name)}", chapter.name))


@pytest.fixture(params=pages(), ids=lambda page: page.name)
def page(request: pytest.FixtureRequest, qtbot: QtBot, context: Context) -> Page:
    made: Page = request.param(context)
    qtbot.addWidget(made)
    for tabs in made.findChildren(QTabWidget):
        for place in range(tabs.count()):
            tabs.setCurrentIndex(place)  # the part is made only then
    return made


def test_every_command_of_a_page_is_in_its_help_and_every_tab_a_heading_of_it(page: Page) -> None:
    headings = page.findChildren(Heading)
    controls = {key: control for heading in headings for key, control in heading._controls.items()}
    words = {fold(plain_words(control.text())) for control in controls.values() if isinstance(control, QAction) or control.text()}
    assert words - named_in(help_of(type(page))) == set()
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


def test_every_figure_is_in_the_help_of_figures() -> None:
    told = fold(text_of("09-figures"))
    assert [figure.title for figure in FIGURES if fold(plain_words(figure.title)) not in told] == []


def test_every_way_on_from_sign_in_and_from_the_first_screen_is_in_the_help() -> None:
    root = Path(pupil_desk.ui.__file__).parent / "entry"
    said = {
        plain_words(words)
        for name in ("entry.py", "first_run.py")
        for words in re.findall(
            r'(?:\(|button\()_\("([^"]+)"\), (?:lambda|partial|training|open_file|restore)', (root / name).read_text(encoding="utf-8")
        )
    }
    assert len(said) > 6
    named = everywhere()
    assert {words for words in said if fold(words) not in named and not words.startswith("Back")} == set()


def test_every_setting_is_in_the_help_of_settings() -> None:
    named = named_in(text_of("12-settings"))
    assert {item.label for item in items_of(UnitSettings) if fold(plain_words(item.label)) not in named} == set()


def test_every_part_of_a_record_is_a_heading_of_the_help_on_pupils() -> None:
    heads = {passage.heading for passage in passages() if passage.chapter.topic == "pupils"}
    assert {words for _key, words, _kind in PARTS} - heads == set()


def test_everything_done_with_several_pupils_is_told() -> None:
    named = named_in(text_of("02-pupils"))
    assert {act.words for act in acts() if fold(plain_words(act.words)) not in named} == set()


def test_every_page_is_told_of_on_another() -> None:
    """So that it can be found by who does not know it yet."""
    texts = {chapter: plain(text_of(chapter.name)) for chapter in chapters()}
    for page in pages():
        assert any(page.title in text for chapter, text in texts.items() if chapter.topic != page.name), page.title


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


def made_by(names: set[str]) -> Iterator[str]:
    """The words with which pages make such a thing, such as a button; of one made in turn for several, the words of each."""
    for path in sorted(Path(pupil_desk.ui.pages.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            turns = node.generators if isinstance(node, ast.DictComp | ast.ListComp | ast.GeneratorExp) else ()
            inner = ast.walk(node) if turns else ()
            makes = [call for call in inner if _makes(call, names) and isinstance(call.args[0], ast.Name)]
            said = [turn.iter for turn in turns if makes] or ([node.args[0]] if _makes(node, names) else [])
            yield from (plain_words(words) for part in said for words in _said_in(part))


def _makes(node: ast.AST, names: set[str]) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and bool(node.args)


def _said_in(part: ast.AST) -> Iterator[str]:
    """What is said to people: the words that go through ``_()``."""
    for call in ast.walk(part):
        if _makes(call, {"_"}) and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value)


def everywhere() -> set[str]:
    return set[str]().union(*(named_in(text_of(chapter.name)) for chapter in chapters()))


def test_every_button_of_a_page_is_named_in_the_help() -> None:
    words = {each for each in made_by({"button"}) if len(each) > 1}
    assert len(words) > 200
    assert "The pupil is back" in words
    named = everywhere()
    lacking = {each for each in words if fold(each) not in named and not _LEADS.fullmatch(each)}
    assert lacking == _BESIDE


# Boxes to tick whose words say all that the help could.
_SAYS_ALL = {
    "Common Transfer File plain, for its upload",
    "Lay the page on its side",
    "Leave it empty",
    "Only without a yes",
    "Send {pupil} anyway",
    "With who was told in the last twelve months",
}


def test_every_box_to_tick_is_named_in_the_help() -> None:
    words = {each.split(":")[0] for each in made_by({"TickBox"})}
    assert len(words) > 10
    bold = {fold(each) for chapter in chapters() for each in re.findall(r"\*\*([^*\n]+)\*\*", text_of(chapter.name))}
    named = everywhere() | bold
    assert {each for each in words if fold(each) not in named} == _SAYS_ALL


def test_what_begins_an_entry_in_a_part_of_a_record_begins_as_the_help_says() -> None:
    """Each part has its own words, such as *Add a contact*."""
    code = "".join(
        path.read_text(encoding="utf-8") for path in (Path(pupil_desk.ui.pages.__file__).parent / "pupils" / "record").rglob("*.py")
    )
    words = {plain_words(each) for each in re.findall(r'add_words=_\("([^"]+)"\)', code)}
    assert len(words) > 20
    assert {each.split()[0] for each in words} == {"Add", "Write", "Set"}
    assert {"add a contact", "add a decision"} <= named_in(text_of("02-pupils")) | named_in(text_of("02-suspensions"))


# Where a list is made that stands on no line until one is chosen, and how the help on safety names it.
_STANDS_NOWHERE = {
    "changes/read_in.py": "files read in",
    "changes/recent.py": "what was changed",
    "changes/recycled.py": "the recycle bin",
    "schools/clash_list.py": "clashes",
    "consents/many.py": "of a class or trip",
    "consents/types.py": "types of consent",
    "exports/own.py": "your own",
    "exports/past.py": "those made",
    "incidents/listing.py": "incidents",
    "incidents/people.py": "pupils found",
    "incidents/view.py": "what must be done about them",
    "safeguarding/listing.py": "safeguarding files",
    "safeguarding/papers_list.py": "their papers",
    "safeguarding/pupil_finder.py": "pupils found",
    "safeguarding/view.py": "their entries",
    "consents/finding.py": "pupils found",
    "exports/pupils.py": "pupils found",
    "exports/receiving.py": "pupils found",
    "requests/new.py": "pupils found",
    "sharing/finder.py": "pupils found",
    "sharing/coming.py": "who comes of age",
    "forms/not_back.py": "forms that are not back",
    "forms/reading_in.py": "pages set aside",
    "governance/erasing.py": "due erasures",
    "governance/holding.py": "holds",
    "governance/told.py": "what was told",
    "notices/given.py": "notices given",
    "pupils/list/listing.py": "pupils",
    "providers/sessions.py": "sessions at providers",
    "pupils/record/assessing/assessments.py": "results",
    "pupils/record/assessing/reviews.py": "reviews and comments",
    "pupils/record/attachments/attachments.py": "papers",
    "pupils/record/notes/note_lists.py": "notes",
    "pupils/record/leave/part.py": "leave asked for",
    "pupils/record/plans/plan_list.py": "plans",
    "pupils/record/plans/step_list.py": "steps of plans",
    "pupils/record/steps/absence.py": "steps about absence",
    "pupils/record/protections.py": "protections",
    "pupils/record/suspensions/suspensions.py": "suspensions",
    "requests/listing.py": "requests",
    "requests/places.py": "places to search",
    "schools/contacts.py": "schools",
    "sharing/silent.py": "who has answered",
    "transport/page.py": "routes",
    "users/page.py": "users",
}


def test_every_list_that_stands_on_no_line_is_named_in_the_help_on_safety() -> None:
    root = Path(pupil_desk.ui.pages.__file__).parent
    made = {path.relative_to(root).as_posix() for path in root.rglob("*.py") if "stands_on_first=False" in path.read_text(encoding="utf-8")}
    assert made == _STANDS_NOWHERE.keys()
    told = text_of("safety").partition("These lists are:")[2].partition("##")[0]
    assert {words for words in _STANDS_NOWHERE.values() if not re.search(rf"\b{words}\b", told)} == set()
