"""Nothing that there is lacks a place, and one that lacks any is told of in a sentence that says where it belongs."""

import dataclasses
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from pupil_desk.cli.arguments import COMMANDS
from pupil_desk.services import figures
from pupil_desk.services.exports.export import ExportColumn, single
from pupil_desk.services.exports.register import REGISTER
from pupil_desk.services.figures.roll import ROLL
from pupil_desk.services.imports.keyed import DESTINATIONS
from pupil_desk.ui.kit.groups import LEAVING
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from tests.rules import places


@pytest.mark.parametrize("kind", places.ALL)
def test_nothing_lacks_a_place(qapp: QApplication, kind: str) -> None:
    assert list(places.ALL[kind]()) == []


class NewPage(Page):
    name, title, icon, group = "rota", "Rota", "fork-nife", LEAVING


class NamelessPage(Page):
    title = "Rota"


class HalfAForm:
    name, title = "half", "Half a form"


NEW_IMPORT = dataclasses.replace(DESTINATIONS, name="disabilities")
NEW_COMMAND = dataclasses.replace(COMMANDS[0], name="birthdays", work="looking.birthdays")
NEW_EXPORT = dataclasses.replace(REGISTER, name="taxi-list")
LACKING = {
    "a group": (lambda: places.of_exports([NEW_EXPORT]), "put its name into GROUPS, pupil_desk/services/exports/offers.py"),
    "its columns in the help": (lambda: places.of_exports([NEW_EXPORT]), "write a chapter «## taxi-list» in resources/help/exports-columns.md"),
    "whom it covers": (lambda: places.of_exports([NEW_EXPORT]), "say it in COVERED, tests/services/exports/test_covers.py"),
    "what becomes of it": (lambda: places.of_exports([NEW_EXPORT]), "say it in SPRING_FINDS, tests/services/exports/test_autumn_and_spring.py"),
    "an import’s own name": (lambda: places.of_imports([DESTINATIONS, DESTINATIONS]), "«destinations» is there twice"),
    "an icon": (lambda: places.of_pages([NewPage]), "The icon «fork-nife» of the page «rota» is not in the Phosphor font. Like it are: fork-knife"),
    "help": (lambda: places.of_pages([NewPage]), "write resources/help/NN-rota.md, with «# Rota» as its first line"),
    "a group of pages": (lambda: places.of_pages([*pages(), NewPage]), "The pages of the group «What leaves» do not stand together"),
    "a name and an icon": (lambda: places.of_pages([NamelessPage]), "The page NamelessPage has no name, icon"),
    "a part’s own key": (lambda: places.of_parts([*PARTS, PARTS[0]]), "«card» is there twice"),
    "a part’s help": (lambda: places.of_parts([("rota", "Rota", None)]), "write a part «## Rota» in resources/help/02-pupils.md, to which F1 leads"),
    "what a part is found by": (lambda: places.of_parts([("rota", "Rota", None)]), "add its line to PLACES, pupil_desk/ui/pages/places.py"),
    "a file for a check": (lambda: places.of_checks(["no-email"]), "add a file to FIRES, and a near miss to SILENT"),
    "a figure’s own name": (lambda: places.of_figures([ROLL, ROLL]), "«roll» is there twice"),
    "a form’s answers": (lambda: places.of_forms([HalfAForm()]), "The form HalfAForm does not say: action, subjects,"),
    "an import that the command names": (lambda: places.of_imports([NEW_IMPORT]), "add it to IMPORT_KINDS, pupil_desk/cli/arguments.py"),
    "a command’s work": (lambda: places.of_commands([NEW_COMMAND]), "write birthdays(call) in pupil_desk/cli/looking.py"),
    "a command’s module": (lambda: places.of_commands([dataclasses.replace(NEW_COMMAND, work="rota.x")]), "name it in work_of, pupil_desk/cli/run.py"),
    "a command’s help": (lambda: places.of_commands([NEW_COMMAND]), "begin a line with «- `birthdays …`» in resources/help/90-command-line.md"),
}  # fmt: skip
"""What something new may lack, and what is then said of it."""


def test_what_no_list_names_is_told() -> None:
    (sentence, *_more) = places.unlisted(figures, figures.FigureKind, [kind for kind in figures.FIGURES if kind is not ROLL], "FIGURES")
    assert sentence == "«ROLL» of pupil_desk.services.figures.kinds is in no list: add its line to FIGURES."


@pytest.mark.parametrize("lack", LACKING)
def test_what_is_lacking_is_said_in_a_sentence(qapp: QApplication, lack: str) -> None:
    look, words = LACKING[lack]
    assert any(words in sentence for sentence in look()), list(look())


def test_columns_of_an_export_that_the_help_tells_otherwise_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "chapter_of", lambda _name: "register\n| upn | its UPN |\n| colour | a colour |\n")

    class File:
        def __init__(self) -> None:
            self.sheets = single((ExportColumn("upn", "pupil.upn"), ExportColumn("date", "mark.day")))

    export: Any = dataclasses.replace(REGISTER, select=lambda _desk, _ask: File())
    monkeypatch.setattr(places, "ask_of", lambda *_of: None)
    (sentence,) = places.of_columns(None, export)  # type: ignore[arg-type]
    assert "missing ['date'], too many ['colour']" in sentence
