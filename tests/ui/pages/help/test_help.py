"""Help: every page has a topic, every link leads somewhere, and what it says of keys, commands and columns is so."""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from pupil_desk.basics.places import resource
from pupil_desk.domain.sharing.sharing import Rules, youth_support_service
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import EXPORTS, youth_support
from pupil_desk.services.exports.judged import heading_of
from pupil_desk.services.formats.lrs import batch
from pupil_desk.services.program.guides import pdf_of
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.help import HelpPage
from tests.rules.places import of_columns

FILES = sorted(resource("help").glob("*.md"))


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> HelpPage:
    made = HelpPage(context)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def read(name: str) -> str:
    return resource("help", f"{name}.md").read_text(encoding="utf-8")


def topic(page: HelpPage) -> str:
    return page.topics.currentItem().text()


def test_it_opens_on_the_first_day(page: HelpPage) -> None:
    page.on_show()
    assert topic(page) == "The first day"
    assert "To practise, choose Try the training unit" in page.reader.toPlainText()


def test_f1_on_each_page_opens_its_topic(page: HelpPage) -> None:
    opened = {}
    for each in pages():
        if each.name != "help":
            page.on_show(each.name)
            opened[each.title] = (topic(page), page.reader.toPlainText()[: len(each.title)])
    assert len(opened) > 20
    assert {title: found for title, found in opened.items() if found != (title, title)} == {}


def test_a_topic_of_no_page_is_opened_too(page: HelpPage) -> None:
    page.on_show("sharing-rules")
    assert topic(page) == "The rules and the law"


def test_each_link_leads_to_a_topic(page: HelpPage) -> None:
    """Each once, in whichever chapters it stands."""
    stand_in = {link: path.stem for path in FILES for link in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8"))}
    assert len(stand_in) > 20
    for link, chapter in stand_in.items():
        page.reader.anchorClicked.emit(QUrl(link))
        assert resource("help", link).is_file(), f"{link} in {chapter}"
        assert page.topics.currentItem().data(256) == link.removesuffix(".md"), f"{link} in {chapter}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_topic_is_plain(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "!" not in text
    prose = re.sub(r"^\|.*$|`[^`]*`|\]\([^)]*\)", "", text, flags=re.MULTILINE)
    longest = max((len(sentence.split()) for sentence in re.split(r"[.:?]\s|\n\n|\n- |\n\d\. ", prose)), default=0)
    assert longest <= 40, "a sentence of more than 40 words"


def test_tables_are_tables(page: HelpPage) -> None:
    page.on_show("keys")
    assert "|" not in page.reader.toPlainText()


def test_what_can_be_ticked_to_go_with_a_notice_is_told(qtbot: QtBot, context: Context) -> None:
    made = next(each for each in pages() if each.name == "notices")(context)
    qtbot.addWidget(made)
    ticks = {words for box in made.findChildren(QCheckBox) if (words := box.text().replace("&", "")).startswith("With ")}
    assert len(ticks) == 3
    assert {words for words in ticks if f"- **{words}**" not in read("04-notices")} == set()


def test_the_columns_are_those_of_the_export() -> None:
    rows = re.findall(r"^\| ([a-z_0-9]+) \| (yes|empty) \| yes \|$", read("exports-columns"), re.MULTILINE)
    assert [name for name, _least in rows] == [column.heading for column in youth_support.columns(Rules())]
    least = {heading_of(item) for item in youth_support_service().minimum}
    assert {name for name, filled in rows if filled == "yes"} == least
    parents = [heading_of(item) for item in youth_support_service().parent_items]
    assert re.findall(r"`(parent_[a-z_0-9]+)`", read("exports-columns")) == parents


def test_the_columns_of_each_export_are_those_of_its_file(context: Context) -> None:
    assert {export.name: wrong for export in EXPORTS if (wrong := list(of_columns(context.desk, export)))} == {}


def test_the_columns_of_the_file_for_learner_numbers_are_those_of_its_data() -> None:
    rows = re.findall(
        r"^\| ([A-Za-z0-9]+) \| (.+) \| (\d+) \|$", read("exports-columns").split("## lrs-uln")[1].split("## The receipt")[0], re.MULTILINE
    )
    assert [(name, int(most)) for name, _what, most in rows] == [(column.heading, column.longest) for column in batch().columns]
    assert {name for name, what, _most in rows if what == "empty"} == {
        column.heading for column in batch().columns if not column.items and not column.always and not column.header
    }


def test_what_is_not_sure_says_so() -> None:
    rules = read("sharing-rules")
    for words in ("our caution", "medium", "we have not read section 72 itself", "not certified"):
        assert words in rules


def test_everything_has_a_name(page: HelpPage, nameless: Callable[[Any], list[str]]) -> None:
    assert nameless(page) == []


def test_esc_puts_away_what_was_looked_for_and_then_leads_back(page: HelpPage, qtbot: QtBot) -> None:
    gone: list[str] = []
    page.context.back = lambda: gone.append("back")
    page.on_show("keys")
    qtbot.keyClick(page.reader, Qt.Key.Key_Escape)
    assert gone == ["back"]
    page.find_box.setText("backup")
    qtbot.keyClick(page.find_box, Qt.Key.Key_Escape)
    assert (page.find_box.text(), gone) == ("", ["back"])
    for part in (page.find_box, page.topics):
        qtbot.keyClick(part, Qt.Key.Key_Escape)
    assert gone == ["back"] * 3
    page.print_()
    qtbot.keyClick(page.paper.view, Qt.Key.Key_Escape)
    assert page.body.currentWidget() is page.reading
    assert gone == ["back"] * 3


def test_a_chapter_is_seen_before_it_is_printed(page: HelpPage) -> None:
    page.on_show("keys")
    page.print_()
    assert page.body.currentWidget() is page.paper
    assert page.paper.title.text() == "Keys"
    sent: list[bytes] = []
    page.paper.send = lambda data, *_args, **_named: bool(sent.append(data)) or True  # type: ignore[assignment]
    page.print_()
    assert sent == [pdf_of("keys")]
    page.paper.closed.emit()
    assert page.body.currentWidget() is page.reading
    assert not page.paper.view.data


def test_a_link_or_f1_leaves_the_paper(page: HelpPage) -> None:
    page.show_paper()
    page.on_show("backup")
    assert page.body.currentWidget() is page.reading
    assert topic(page) == "Backup"


def test_the_chapter_that_is_read_is_saved_as_pdf(page: HelpPage, context: Context, answers: Answers, tmp_path: Path) -> None:
    answers.answers.append(tmp_path)
    page.on_show("technician")
    page.heading.button_of("pdf").click()
    assert (tmp_path / "pupil-desk-technician.pdf").read_bytes() == pdf_of("81-technician")
    assert context.banner.words == "Saved as pupil-desk-technician.pdf."


def test_no_folder_no_file(page: HelpPage, answers: Answers, tmp_path: Path) -> None:
    answers.answers.append(None)
    page.save_pdf()
    assert list(tmp_path.rglob("*.pdf")) == []


def test_a_folder_that_cannot_be_written_is_told(page: HelpPage, context: Context, answers: Answers, tmp_path: Path) -> None:
    context.jobs.known_error.connect(context.banner.problem)
    answers.answers.append(tmp_path / "none")
    page.save_pdf()
    assert "is not there" in context.banner.words


def test_the_guides_for_installing_stand_before_the_command_line(page: HelpPage) -> None:
    titles = [page.topics.item(row).text() for row in range(page.topics.count())]
    at = titles.index("Installing: for the office")
    assert titles[at : at + 5] == [
        "Installing: for the office",
        "Installing: for the technician",
        "Checks on a Windows PC",
        "Checks with a screen reader",
        "The command line",
    ]


@pytest.mark.parametrize("role", Role)
def test_the_quick_card_is_that_of_the_role_at_the_desk(
    qtbot: QtBot, context: Context, desk_as: Callable[[Role], Desk], role: Role
) -> None:
    made = HelpPage(dataclasses.replace(context, desk=desk_as(role)))
    qtbot.addWidget(made)
    made.heading.button_of("card").click()
    assert made.paper.title.text() == f"Quick card: {role.label.lower()}"
    assert made.paper.view.data == pdf_of(f"card-{role.value}")
    made.paper.closed.emit()
    assert made.body.currentWidget() is made.reading
