"""The contrast themes of Windows: words are read, frames seen, icons recoloured, and paper stays white, in every one."""

from collections.abc import Callable, Iterator
from dataclasses import fields

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.groups import PageGroup, RailPage
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.signs_in_view import QUIET, Tone
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.rail import Rail
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.style.colours import DARK, LIGHT, READABLE, SEEN, contrast, of_system
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import Look, dress
from tests.ui.style.test_style import MARKS_ON, TEXT_ON

# What Windows gives for window, its text, a button, its text, what is chosen, its text, and what is disabled:
# the four themes of Windows 11, then those of Windows 10.
THEMES = {
    "aquatic": ("#202020", "#ffffff", "#202020", "#ffffff", "#8ee3f0", "#263b50", "#a6a6a6"),
    "desert": ("#fffaef", "#3d3d3d", "#fffaef", "#202020", "#903909", "#fff5e3", "#676767"),
    "dusk": ("#2d3236", "#ffffff", "#2d3236", "#b6f6f0", "#a1bfde", "#212d3b", "#a6a6a6"),
    "night sky": ("#000000", "#ffffff", "#000000", "#ffee32", "#d6b4fd", "#2b2b2b", "#a6a6a6"),
    "black": ("#000000", "#ffffff", "#000000", "#ffffff", "#1aebff", "#000000", "#3ff23f"),
    "white": ("#ffffff", "#000000", "#ffffff", "#000000", "#37006e", "#ffffff", "#600000"),
    "number 1": ("#000000", "#ffff00", "#000000", "#ffff00", "#008000", "#ffffff", "#00ff00"),
    "number 2": ("#000000", "#00ff00", "#000000", "#00ff00", "#0000ff", "#ffffff", "#c0c0c0"),
}


def palette_of(theme: str) -> QPalette:
    """The palette that Qt makes of a theme."""
    window, text, face, face_text, chosen, on_chosen, disabled = THEMES[theme]
    made = QPalette()
    role = QPalette.ColorRole
    for names, colour in (
        ((role.Window, role.Base, role.AlternateBase, role.ToolTipBase), window),
        ((role.WindowText, role.Text, role.ToolTipText), text),
        ((role.Button,), face),
        ((role.ButtonText,), face_text),
        ((role.Highlight,), chosen),
        ((role.HighlightedText,), on_chosen),
    ):
        for name in names:
            made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(disabled))
    return made


@pytest.fixture
def switch(look: Look, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Has the system change to a theme by name, or to «light» or «dark», while the program runs."""
    now = {"theme": "light"}
    monkeypatch.setattr(look, "scheme", "system")
    monkeypatch.setattr(look, "_high_contrast", lambda: now["theme"] in THEMES)
    monkeypatch.setattr(look, "_dark", lambda: now["theme"] == "dark")
    monkeypatch.setattr(look, "_system_palette", lambda: palette_of(now["theme"]))

    def change(theme: str) -> None:
        now["theme"] = theme
        look._hints.colorSchemeChanged.emit(look._hints.colorScheme())

    yield change
    monkeypatch.undo()
    look._dress()


@pytest.mark.parametrize("theme", [*THEMES, "light", "dark"])
def test_words_are_read_and_frames_seen(look: Look, switch: Callable[[str], None], theme: str) -> None:
    switch(theme)
    for ink, ground in TEXT_ON:
        assert contrast(getattr(look.colours, ink), getattr(look.colours, ground)) >= 4.5, (ink, ground)
    for ink, ground in MARKS_ON:
        assert contrast(getattr(look.colours, ink), getattr(look.colours, ground)) >= 3, (ink, ground)


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_is_one_of_the_system(look: Look, switch: Callable[[str], None], theme: str) -> None:
    switch(theme)
    assert {getattr(look.colours, field.name) for field in fields(look.colours)} <= set(THEMES[theme])
    shown = QApplication.palette()
    assert shown.color(QPalette.ColorRole.Window).name() == THEMES[theme][0]
    assert shown.color(QPalette.ColorRole.WindowText).name() == THEMES[theme][1]


def test_it_goes_there_and_back_while_the_program_runs(look: Look, switch: Callable[[str], None]) -> None:
    seen = []
    for theme in ("light", "night sky", "desert", "dark", "light"):
        switch(theme)
        seen.append(look.colours.window)
    assert seen == [LIGHT.window, "#000000", "#fffaef", DARK.window, LIGHT.window]


def test_one_contrast_theme_after_another_is_seen_on_coming_back(
    look: Look, switch: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    switch("aquatic")
    following = of_system(palette_of("night sky"))
    monkeypatch.setattr(look, "_colours_wanted", lambda: following)
    look._app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert look.colours.window == "#202020"
    look._app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert look.colours.window == "#000000"


def drawn_colours(picture: QImage) -> set[str]:
    return {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("theme", ["night sky", "desert", "number 2"])
def test_a_window_shows_only_colours_of_the_theme(qtbot: QtBot, switch: Callable[[str], None], theme: str) -> None:
    switch(theme)
    window = QWidget()
    column = QVBoxLayout(window)
    banner, line = Banner(), QLineEdit("Ashdown")
    parts = (
        label("Pupils", "title"),
        label("5 on roll", "muted"),
        line,
        QPushButton("Save"),
        button("Print", lambda: None, "primary", icon_name="printer"),
        button("Erase", lambda: None, "danger"),
        button("Help", lambda: None, "link"),
        Badge("Address withheld", "shield-warning", "bad"),
        banner,
    )
    for part in parts:
        column.addWidget(part)
    dress(window)
    qtbot.addWidget(window)
    banner.problem("The stick is full.")
    window.show()
    window.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    image = window.grab().toImage()
    counts: dict[str, int] = {}
    for x in range(image.width()):
        for y in range(image.height()):
            name = image.pixelColor(x, y).name()
            counts[name] = counts.get(name, 0) + 1
    grounds = {name for name, times in counts.items() if times > image.width() * image.height() / 50}
    assert grounds <= set(THEMES[theme])
    assert counts.get(of_system(palette_of(theme)).focus, 0) > 2 * line.width()  # the frame around the line that has the cursor


@pytest.mark.parametrize("theme", THEMES)
def test_what_cannot_be_used_is_told_by_the_colour_that_the_theme_has_for_it(look: Look, switch: Callable[[str], None], theme: str) -> None:
    switch(theme)
    assert {look.colours.disabled, look.colours.disabled_line} == {THEMES[theme][-1]}
    assert QApplication.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name() == THEMES[theme][-1]


@pytest.mark.parametrize("tone", ["bad", QUIET])
@pytest.mark.parametrize("theme", ["night sky", "aquatic", "number 1"])
def test_a_sign_and_a_number_are_seen_in_the_line_that_is_chosen(
    qtbot: QtBot, switch: Callable[[str], None], theme: str, tone: Tone
) -> None:
    """Drawn in the colour of the text they would not be: what is chosen may be as light as that."""
    switch(theme)
    table: Table[str] = Table([Column("name", "Name", str, signs=lambda _row: [("first-aid", tone)])], name="Pupils", id_of=lambda row: row)
    rail = Rail([RailPage("home", "Home", "house", PageGroup("daily", "Daily"))])
    for part in (table, rail):
        dress(part)
        qtbot.addWidget(part)
        part.resize(240, 200)
        part.show()
    table.show_rows(["Adeyinka, Ebony"])
    rail.mark("home")
    rail._lines.shows_keys = True  # as while Ctrl is held
    line, page = table.visualRect(table.model_.index(0, 0)), rail.list.visualItemRect(rail.list.item(1))
    sign = table.viewport().grab(QRect(line.left() + 2, line.top() + 2, 26, line.height() - 4)).toImage()
    number = rail.list.viewport().grab(QRect(page.right() - 24, page.top() + 2, 16, page.height() - 4)).toImage()
    for drawn, least in ((sign, SEEN), (number, READABLE)):
        assert max(contrast(ink, THEMES[theme][4]) for ink in drawn_colours(drawn)) >= least


@pytest.mark.parametrize("theme", ["aquatic", "desert", "number 1"])
def test_an_icon_takes_the_colour_of_the_text_beside_it(switch: Callable[[str], None], theme: str) -> None:
    switch(theme)
    assert drawn_colours(icon("house").pixmap(QSize(32, 32)).toImage()) == {THEMES[theme][1]}
