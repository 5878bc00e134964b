"""A window on a real display is found by its title, and counts from the moment when there is something on it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from installers import start_up
from installers.eyes import Screen
from installers.pace import Patience
from installers.x_windows import Display

pytestmark = pytest.mark.needs("Xvfb", "openbox")

BARE = Path(start_up.__file__).with_name("bare") / "bare.py"
BLANK = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.setWindowTitle("Nothing on it")
window.show()
app.exec()
"""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    with Screen(tmp_path) as screen:
        yield screen


def _started(screen: Screen, *words: str) -> "subprocess.Popen[bytes]":
    env = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(screen.pictures),
        "XDG_RUNTIME_DIR": str(screen.pictures),
        "QT_QPA_PLATFORM": "xcb",
        **screen.env,
    }
    return subprocess.Popen([sys.executable, *words], env=env, start_new_session=True, stderr=subprocess.DEVNULL)


def test_two_programs_are_measured_by_turns(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_up, "OURS", start_up.BARE)
    turns: list[str] = []

    def start(who: str) -> "subprocess.Popen[bytes]":
        turns.append(who)
        return _started(screen, str(BARE))

    ours, bare, ratio = start_up.measure(lambda: start("A"), lambda: start("B"), rounds=1, display=screen.display)
    assert turns == ["A", "B", "A", "B"]
    assert ours > 20
    assert bare > 20
    assert ratio == pytest.approx(ours / bare)
    with Display(screen.display) as shown:
        assert start_up.BARE not in shown.titles().values()


def _there(shown: Display, title: str) -> int:
    """The window of that title once it is there, painted or not: a busy machine takes its time to start a program."""
    patience = Patience(60)
    while not patience.over:
        for window, found in shown.titles().items():
            if found == title:
                return window
    raise AssertionError(f"no window {title!r} came")


def test_a_window_with_nothing_on_it_does_not_count(screen: Screen) -> None:
    process = _started(screen, "-c", BLANK)
    try:
        with Display(screen.display) as shown:
            window = _there(shown, "Nothing on it")
            with pytest.raises(TimeoutError, match="Nothing on it"):
                start_up.wait_for(shown, "Nothing on it", seconds=2)
            assert not shown.painted(window)
    finally:
        start_up.end(process)


def test_without_a_display_it_is_said() -> None:
    with pytest.raises(OSError, match="no display"):
        Display(":987")
