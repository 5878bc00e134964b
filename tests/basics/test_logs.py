"""The technical log: lines with their time, in files that never grow past their measure."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk.basics import logs


@pytest.fixture
def log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[logging.Logger]:
    root = logging.getLogger("pupil_desk")
    before, level = list(root.handlers), root.level
    logs.keep_log(tmp_path / "logs")
    yield logging.getLogger("pupil_desk.test")
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_a_line_bears_its_time_and_its_place(log: logging.Logger, tmp_path: Path) -> None:
    log.info("older versions removed: %d", 2)
    line = (tmp_path / "logs" / "pupil-desk.log").read_text(encoding="utf-8")
    assert line.endswith(" INFO pupil_desk.test older versions removed: 2\n")


def test_a_full_file_makes_way_and_at_most_five_are_kept(log: logging.Logger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_LARGEST", 100)
    for number in range(20):
        log.info("%s number %d", "x" * 60, number)
    files = sorted((tmp_path / "logs").iterdir())
    assert [file.name for file in files] == ["pupil-desk.log", *(f"pupil-desk.log.{number}" for number in range(1, 5))]
    assert all(file.stat().st_size < 300 for file in files)
    assert "number 19" in files[0].read_text(encoding="utf-8")
    assert "number 18" in files[1].read_text(encoding="utf-8")


def test_a_file_that_cannot_make_way_grows_on(log: logging.Logger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_self: Path, _target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(logs, "_LARGEST", 100)
    monkeypatch.setattr(Path, "replace", refused)
    for number in range(5):
        log.info("%s number %d", "x" * 60, number)
    text = (tmp_path / "logs" / "pupil-desk.log").read_text(encoding="utf-8")
    assert [f"number {number}" in text for number in range(5)] == [True] * 5
