"""The icons in a dialog for files: one for folders and one for files, whatever is in them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.talk.dialogs import Dialogs
from pupil_desk.ui.kit.talk.file_icons import FileIcons


def test_a_box_of_files_looks_into_none_of_them_for_its_kind(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qtbot is not None
    dialogs = Dialogs()
    (tmp_path / "return.xlsx").write_text("")
    (tmp_path / "bare").write_text("")
    kinds: dict[str, str] = {}

    def look(dialog: QFileDialog) -> bool:
        icons = dialog.iconProvider()
        assert isinstance(icons, FileIcons)
        assert icons.icon(QFileInfo(str(tmp_path))).cacheKey() != icons.icon(QFileInfo(str(tmp_path / "bare"))).cacheKey()
        kinds.update({name: icons.type(QFileInfo(str(tmp_path / name))) for name in (".", "return.xlsx", "bare")})
        return False

    monkeypatch.setattr(dialogs, "_run", look)
    assert dialogs.open_file("Which file?", (("Workbooks", "*.xlsx"),), tmp_path) is None
    assert kinds == {".": "Folder", "return.xlsx": "XLSX file", "bare": "File"}
