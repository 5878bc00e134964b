"""Colours that can be read, sizes that follow the text, icons that exist, and a quick start."""

import ast
import difflib
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.colours import DARK, LIGHT, Colours, contrast
from pupil_desk.ui.style.icons import icon, names
from pupil_desk.ui.style.look import Look, dress
from pupil_desk.ui.style.sheet import style_sheet

UI = Path(__file__).parents[3] / "pupil_desk" / "ui"
TEXT_ON = [
    *((ink, ground) for ground in ("window", "surface", "raised", "row") for ink in ("text", "muted", "accent", "bad", "good", "check")),
    ("on_accent", "accent"),
    ("on_accent_soft", "accent_soft"),
    ("on_training", "training"),
    ("text", "good_soft"),
    ("text", "check_soft"),
    ("text", "bad_soft"),
    ("bad", "bad_soft"),
    ("check", "check_soft"),
]
MARKS_ON = [
    ("focus", "window"),
    ("focus", "surface"),
    ("edge", "window"),
    ("edge", "surface"),
    ("scroll", "window"),
    ("scroll", "surface"),
    ("bad", "surface"),
    ("accent", "raised"),
]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_can_be_read(scheme: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(scheme, ink), getattr(scheme, ground)) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), MARKS_ON)
def test_edges_and_focus_can_be_seen(scheme: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(scheme, ink), getattr(scheme, ground)) >= 3


@pytest.mark.parametrize("percent", tokens.TEXT_SIZES)
def test_what_is_clicked_is_large_enough(look: Look, qtbot: QtBot, percent: int) -> None:
    look.set_text_size(percent)
    try:
        button = QPushButton("Save")
        qtbot.addWidget(button)
        button.ensurePolished()
        assert button.sizeHint().height() >= 24
        assert button.sizeHint().height() >= button.fontMetrics().height()
        assert QApplication.font().pointSizeF() == pytest.approx(tokens.TEXT * percent / 100)
    finally:
        look.set_text_size(100)


def test_the_font_is_ours_and_the_systems_follows(look: Look) -> None:
    families = QApplication.font().families()
    assert families[0] == "Atkinson Hyperlegible"
    assert len(families) > 1


def test_dark_is_dark(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dress(window)
    look.set_scheme("dark")
    try:
        assert QApplication.palette().color(QPalette.ColorRole.Window).name() == DARK.window
        assert DARK.surface in window.styleSheet()
    finally:
        look.set_scheme("light")


def test_the_template_is_filled() -> None:
    assert "$" not in style_sheet(LIGHT, 100)


def icons_named() -> set[str]:
    """Every icon that a window names: a page's ``icon``, and the words handed to what draws one."""
    named = set()
    for file in UI.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "icon" in text or "EmptyState" in text else ():
            if isinstance(node, ast.keyword) and node.arg in ("icon", "icon_name") and isinstance(node.value, ast.Constant):
                named.add(node.value.value)
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("icon", "EmptyState")
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                named.add(node.args[0].value)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and ast.unparse(node.targets[0]) == "icon":
                named.add(node.value.value)
    return named


def test_every_icon_named_is_in_the_font() -> None:
    named = icons_named()
    assert "lock-simple" in named
    unknown = {name: difflib.get_close_matches(name, names()) for name in named - names() if name}
    assert not unknown, f"no such icon in the Phosphor font; like it are: {unknown}"


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    picture = icon("house-fill", "#ff0000").pixmap(QSize(32, 32)).toImage()
    drawn = {picture.pixelColor(x, y).name() for x in range(32) for y in range(32) if picture.pixelColor(x, y).alpha() == 255}
    assert drawn == {"#ff0000"}


HEAVY = (
    "reportlab",
    "uharfbuzz",
    "bidi",
    "lxml",
    "pikepdf",
    "xlsxwriter",
    "msoffcrypto",
    "pypdfium2",
    "python_calamine",
    "pyzipper",
    "qtawesome",
    "qtpy",
    "PySide6.QtPrintSupport",
    "PySide6.QtNetwork",
    "PySide6.QtSvg",
)


def test_the_window_starts_without_the_heavy_libraries() -> None:
    kit = sorted(f"pupil_desk.ui.kit.{file.stem}" for file in (UI / "kit").glob("*.py") if file.stem != "__init__")
    code = f"import sys, pupil_desk.ui.window, {', '.join(kit)}\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=UI.parents[1])
    assert told.stdout.strip() == "[]"
