"""Starting the window: what is done once it stands."""

import threading

import pytest

from pupil_desk.basics import installed
from pupil_desk.ui import start

TOO_LATE = 10  # seconds


def test_older_versions_are_removed_beside_the_window_not_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, done, go_on = [], threading.Event(), threading.Event()

    def remove() -> list[str]:
        go_on.wait(TOO_LATE)  # as slow as a disk may be
        asked.append(threading.current_thread())
        done.set()
        return []

    monkeypatch.setattr(installed, "remove_older", remove)
    start._remove_older_versions()
    assert asked == []
    go_on.set()
    assert done.wait(TOO_LATE)
    assert asked[0] is not threading.main_thread()
    assert asked[0].daemon
