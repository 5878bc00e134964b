"""The sentence that says who has the file open."""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Self

import pytest

from pupil_desk.store.file import errors, lockfile


def test_it_says_who_and_since_when(tmp_path: Path) -> None:
    lockfile.write(tmp_path / "u", "Jo")
    holder = lockfile.holder(tmp_path / "u")
    assert holder is not None
    assert (holder.host, holder.pid, holder.who, holder.has_ended) == (platform.node(), os.getpid(), "Jo", False)
    assert abs((datetime.fromisoformat(holder.since) - datetime.now(UTC)).total_seconds()) < 60
    assert str(errors.in_use(tmp_path / "u")) == f"u is open on {platform.node()} by Jo since {holder.since_shown}: close it there first."
    lockfile.remove(tmp_path / "u")
    lockfile.remove(tmp_path / "u")
    assert list(tmp_path.iterdir()) == []
    assert str(errors.in_use(tmp_path / "u")) == "u is open in another copy of Pupil Desk. Close it there first."


@pytest.mark.usefixtures("in_england")
@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2026-07-06T22:59:00Z", "09:12"),
        ("2026-07-06T23:01:00Z", "06/07/2026 09:12"),  # past midnight in England
    ],
)
def test_the_day_is_shown_once_it_is_another(monkeypatch: pytest.MonkeyPatch, now: str, shown: str) -> None:
    class Stopped(datetime):
        """A PC whose time stands still."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(datetime.fromisoformat(now).timestamp(), tz)

    monkeypatch.setattr(lockfile, "datetime", Stopped)
    assert lockfile.LockHolder("PC", "jo", 1, 0, "2026-07-06T08:12:00Z", "Jo").since_shown == shown


@pytest.mark.skipif(sys.platform != "linux", reason="starts and ends a process")
def test_a_process_that_ended_or_whose_number_was_given_anew_is_gone(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    lockfile.write(tmp_path / "u", "Jo")
    place = lockfile.place(tmp_path / "u")
    mine = json.loads(place.read_text())
    for change, gone in (
        ({"pid": ended.pid}, True),
        ({"started": mine["started"] - 99}, True),
        ({"host": "ELSEWHERE", "pid": ended.pid}, False),
        ({}, False),
    ):
        place.write_text(json.dumps({**mine, **change}))
        holder = lockfile.holder(tmp_path / "u")
        assert holder is not None
        assert holder.has_ended is gone


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{}", b"\xff", b"[" * 4096, b'{"host": 1, "os_user": 2, "pid": "x", "started": 0, "since": "s", "who": ""}']
)
def test_a_spoiled_one_tells_nothing(tmp_path: Path, text: bytes) -> None:
    lockfile.place(tmp_path / "u").write_bytes(text)
    assert lockfile.holder(tmp_path / "u") is None
