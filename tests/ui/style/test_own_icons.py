"""No icon is looked for among those of the desktop: the program has its own, and the search takes as long as a stop of the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon, QPixmap
from pytestqt.qtbot import QtBot

from pupil_desk.ui.style.look import Look


@pytest.fixture
def desktop(qtbot: QtBot, tmp_path: Path) -> Iterator[None]:
    """A desktop with a theme that has an icon of a folder."""
    theme = tmp_path / "hicolor"
    (theme / "16x16").mkdir(parents=True)
    (theme / "index.theme").write_text("[Icon Theme]\nName=Hicolor\nDirectories=16x16\n\n[16x16]\nSize=16\nType=Fixed\n", encoding="utf-8")
    picture = QPixmap(16, 16)
    picture.fill(QColor("red"))
    picture.save(str(theme / "16x16" / "folder.png"))
    paths, name = QIcon.themeSearchPaths(), QIcon.themeName()
    QIcon.setThemeSearchPaths([str(tmp_path)])
    yield
    QIcon.setThemeSearchPaths(paths)
    QIcon.setThemeName(name)


def test_an_icon_of_the_desktop_is_not_found_once_the_program_is_dressed(look: Look, desktop: None) -> None:
    assert {QIcon.themeName(), QIcon.fallbackThemeName()} == {"pupil-desk"}  # where none is named, Qt goes by that of the desktop
    assert QIcon.fromTheme("folder").isNull()
    QIcon.setThemeName("hicolor")
    assert not QIcon.fromTheme("folder").isNull()  # it is there, for whoever looks
