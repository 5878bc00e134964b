"""A file was chosen that may not be worked on where it lies: the window moves it to this PC and goes on."""

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import units
from pupil_desk.ui.entry.first_run import NewUnit
from pupil_desk.ui.entry.moving import MoveHere
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from tests.ui.conftest import NOW, PASSWORD, USER
from tests.ui.entry.conftest import OpenEntry
from tests.ui.entry.made import press, said, sign_in_as, title, unit_file, words

OFFER = "This file cannot be worked on where it is"


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unit_file(tmp_path_factory.mktemp("moving-pattern"))[0]


@pytest.fixture
def cloud(_made: Path, tmp_path: Path) -> Path:
    """A unit's file in a folder that is synchronised, closed."""
    shutil.copytree(_made.parent, tmp_path / "Dropbox" / "office")
    return tmp_path / "Dropbox" / "office" / _made.name


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder for the unit's file on this PC."""
    return tmp_path / "data" / "pupil-desk"


def test_it_is_moved_and_signed_in_to(
    qtbot: QtBot, open_entry: OpenEntry, cloud: Path, home: Path, memory: Memory, desks: list[Desk]
) -> None:
    memory.keep("unit/file", str(cloud))
    entry = open_entry()
    assert title(entry) == OFFER
    for part in ("OneDrive or Dropbox", str(cloud.parent), str(home), "unit.pupildesk"):
        assert part in words(entry)
    assert entry.panel.forward.hasFocus()
    assert entry.panel.forward.text() == "&Move it to this PC"
    qtbot.keyClick(entry.panel.forward, Qt.Key.Key_Space)
    assert title(entry) == "Sign in", said(entry)
    assert "on this PC now" in words(entry)
    assert str(home) in words(entry)
    assert said(entry) == ""
    assert memory.get("unit/file") == str(home / "unit.pupildesk")
    assert list(cloud.parent.iterdir()) == []
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert desks[0].vault.path == (home / "unit.pupildesk").resolve()


def test_a_file_that_is_chosen_is_looked_at_too(open_entry: OpenEntry, answers: Answers, cloud: Path) -> None:
    entry = open_entry()
    answers.answers = [cloud]
    press(entry, "Open a unit")
    assert isinstance(entry.panel, MoveHere)
    press(entry, "Another unit")
    assert title(entry) == "Welcome to Pupil Desk"
    assert cloud.exists()


def test_a_file_that_is_open_is_not_moved(open_entry: OpenEntry, cloud: Path, home: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    cloud.parent.rename(plain)
    holder = units.sign_in(plain / cloud.name, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    cloud.parent.symlink_to(plain)
    entry = open_entry(cloud)
    assert title(entry) == OFFER
    press(entry, "Move it")
    assert title(entry) == OFFER
    assert "close it there first" in said(entry)
    assert entry.panel.isEnabled()
    holder.vault.close()
    assert not home.exists()
    press(entry, "Move it")
    assert title(entry) == "Sign in"


def test_another_pc_that_says_it_has_the_file_is_asked_about(open_entry: OpenEntry, answers: Answers, cloud: Path) -> None:
    told = {"host": "OFFICE-2", "os_user": "olu", "pid": 1, "started": 1, "since": "2026-11-24T09:12:00+00:00", "who": "Olu"}
    cloud.with_name(cloud.name + ".lock").write_text(json.dumps(told), encoding="utf-8")
    entry = open_entry(cloud)
    answers.answers = [False]
    press(entry, "Move it")
    assert title(entry) == OFFER
    assert cloud.exists()
    assert "OFFICE-2" in answers.questions[-1].text
    answers.answers = [True]
    press(entry, "Move it")
    assert title(entry) == "Sign in"


def test_an_old_file_that_stays_is_named(open_entry: OpenEntry, cloud: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = Path.unlink

    def protected(self: Path, missing_ok: bool = False) -> None:
        if self == cloud:
            raise PermissionError(13, "write protected")
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", protected)
    entry = open_entry(cloud)
    press(entry, "Move it")
    assert title(entry) == "Sign in"
    assert f"could not be removed from {cloud.parent}" in said(entry)


def test_a_new_units_folder_is_looked_at_when_it_is_chosen(open_entry: OpenEntry, answers: Answers, tmp_path: Path, home: Path) -> None:
    entry = open_entry()
    press(entry, "Set up a unit")
    assert isinstance(entry.panel, NewUnit)
    assert str(home / "unit.pupildesk") in words(entry)
    answers.answers = [tmp_path / "OneDrive - Larkshire"]
    press(entry, "Keep the file in another folder")
    assert "Choose a folder on this PC" in said(entry)
    assert entry.panel._place == home / "unit.pupildesk"
    answers.answers = [tmp_path]
    press(entry, "Keep the file in another folder")
    assert said(entry) == ""
    assert str(tmp_path / "unit.pupildesk") in words(entry)
