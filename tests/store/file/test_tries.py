"""The wait after wrong passwords."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.errors import WrongPassword
from pupil_desk.store.file import tries

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_the_wait_grows_to_a_minute(tmp_path: Path) -> None:
    path, waits = tmp_path / "u", []
    for _each in range(13):
        until = tries.wrong(path, NOW)
        waits.append((until - NOW).total_seconds() if until else 0)
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    with pytest.raises(WrongPassword, match=r"Try again at \d\d:01:00"):
        tries.check(path, NOW)
    with pytest.raises(WrongPassword):
        tries.check(path, NOW + timedelta(seconds=59))
    tries.check(path, NOW + timedelta(seconds=60))


def test_a_clock_set_back_makes_nobody_wait(tmp_path: Path) -> None:
    for _each in range(13):
        tries.wrong(tmp_path / "u", NOW)
    tries.check(tmp_path / "u", NOW - timedelta(days=1))


def test_signing_in_forgets_them(tmp_path: Path) -> None:
    for _each in range(6):
        tries.wrong(tmp_path / "u", NOW)
    assert tries.right(tmp_path / "u") == 6
    assert tries.right(tmp_path / "u") == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", [b"", b"[]", b'{"wrong": "x"}', b'{"wrong": 3, "until": 7}', b'{"wrong": 9, "until": "2026-11-24"}', b"\xff" * 50]
)
def test_a_spoiled_count_is_no_count(tmp_path: Path, text: bytes) -> None:
    tries.place(tmp_path / "u").write_bytes(text)
    tries.check(tmp_path / "u", NOW)
    tries.wrong(tmp_path / "u", NOW)
