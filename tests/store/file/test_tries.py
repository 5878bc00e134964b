"""The wait after wrong passwords: each try counts, however many are made at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.errors import WrongPassword
from pupil_desk.store.file import tries

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def tried(where: Path, moment: datetime = NOW) -> bool:
    """Whether the try was let through, to be worked on."""
    try:
        tries.begin(where, moment)
    except WrongPassword:
        return False
    return True


@pytest.mark.acceptance(29)
def test_the_wait_grows_to_a_minute(tmp_path: Path) -> None:
    where, moment, waits = tmp_path / "u", NOW, []
    for _each in range(13):
        assert tried(where, moment)
        wait = next(seconds for seconds in range(70) if tried_again(where, moment + timedelta(seconds=seconds)))
        waits.append(wait)
        moment += timedelta(seconds=wait)
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


def tried_again(where: Path, moment: datetime) -> bool:
    """Whether a further try would be let through then; the count is as it was."""
    kept = {place: place.read_bytes() for place in (where, tries._kept_here(where)) if place}
    let_through = tried(where, moment)
    for place, data in kept.items():
        place.write_bytes(data)
    return let_through


def test_who_takes_the_count_away_waits_all_the_same(tmp_path: Path) -> None:
    where = tmp_path / "u"
    for _each in range(7):
        tried(where, NOW + timedelta(minutes=_each))
        where.unlink()
    assert not tried(where, NOW + timedelta(minutes=6, seconds=3))
    assert tried(where, NOW + timedelta(minutes=6, seconds=4))
    tries.right(where)
    assert [tried(where, NOW + timedelta(hours=1)) for _each in range(5)] == [True] * 5  # the right one ends it


def test_a_wait_is_announced_before_it_comes(tmp_path: Path) -> None:
    said = [tries.begin(tmp_path / "u", NOW) for _each in range(4)]
    assert said == ["", "", "", "After one more wrong try there is a wait."]


def test_the_try_that_starts_or_lengthens_a_wait_says_until_when(tmp_path: Path) -> None:
    said = [tries.begin(tmp_path / "u", NOW + timedelta(hours=hour)) for hour in range(7)]
    assert [words[-5:] for words in said[4:]] == ["0:01.", "0:02.", "0:04."]
    assert all(words.startswith("There is a wait now. Try again at ") for words in said[4:])


def test_the_moment_told_is_one_at_which_a_try_is_let_through(tmp_path: Path) -> None:
    for _each in range(4):
        tries.begin(tmp_path / "u", NOW)
    said = tries.begin(tmp_path / "u", NOW + timedelta(milliseconds=300))
    assert said.endswith(":02.")
    assert tried(tmp_path / "u", NOW + timedelta(seconds=2))


def test_it_is_said_when_to_try_again(tmp_path: Path) -> None:
    for _each in range(11):
        tried(tmp_path / "u", NOW + timedelta(hours=_each))
    with pytest.raises(WrongPassword, match=r"Try again at \d\d:01:00"):
        tries.begin(tmp_path / "u", NOW + timedelta(hours=10))


def test_a_clock_set_back_makes_nobody_wait(tmp_path: Path) -> None:
    for hour in range(13):
        tried(tmp_path / "u", NOW + timedelta(hours=hour))
    assert tried(tmp_path / "u", NOW - timedelta(days=1))


def test_the_right_password_takes_its_own_try_back_and_forgets_the_others(tmp_path: Path) -> None:
    moments = [NOW + timedelta(minutes=minute) for minute in range(4)]
    for moment in moments:
        tried(tmp_path / "u", moment)
    assert tries.right(tmp_path / "u") == tries.Tries(3, 3, tuple(moments[:3]))
    assert tries.right(tmp_path / "u") == tries.Tries()
    assert list(tmp_path.iterdir()) == []


def test_twelve_at_once_count_twelve(tmp_path: Path) -> None:
    """Each is counted before it is worked on: five are let through, and the others wait."""
    with ThreadPoolExecutor(12) as pool:
        let_through = list(pool.map(lambda _each: tried(tmp_path / "u"), range(12)))
    assert sum(let_through) == 5
    tries.begin(tmp_path / "u", NOW + timedelta(hours=1))
    wrong = tries.right(tmp_path / "u")
    assert (wrong.count, wrong.worked_on, len(wrong.moments)) == (12, 5, 12)


def test_twelve_processes_at_once_count_twelve(tmp_path: Path) -> None:
    code = (
        "import sys; from datetime import datetime, UTC; from pathlib import Path; from pupil_desk.store.file import tries\n"
        "from pupil_desk.basics.errors import WrongPassword\n"
        "try: tries.begin(Path(sys.argv[1]), datetime(2026, 11, 24, 9, 0, tzinfo=UTC)); print('in')\n"
        "except WrongPassword: print('out')\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "u")], stdout=subprocess.PIPE, text=True) for _each in range(12)
    ]
    said = [process.communicate()[0].strip() for process in started]
    assert sorted(said) == ["in"] * 5 + ["out"] * 7
    tries.begin(tmp_path / "u", NOW + timedelta(hours=1))
    assert tries.right(tmp_path / "u").count == 12


def test_the_latest_moments_are_kept_for_the_log(tmp_path: Path) -> None:
    for hour in range(70):
        tried(tmp_path / "u", NOW + timedelta(hours=hour))
    wrong = tries.right(tmp_path / "u")
    assert wrong.count == 69
    assert wrong.moments[-1] == NOW + timedelta(hours=68)
    assert len(wrong.moments) == 49


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b'{"count": "x"}',
        b'{"count": 3, "worked_on": 3, "until": 7, "moments": []}',
        b'{"count": 9, "worked_on": 9, "until": "2026-11-24", "moments": []}',
        b"\xff" * 50,
    ],
)
def test_a_spoiled_count_is_no_count(tmp_path: Path, text: bytes) -> None:
    where = tmp_path / "u"
    where.write_bytes(text)
    assert tried(where)
    assert tries.right(where) == tries.Tries()


def test_a_folder_that_takes_no_count_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert tried(tmp_path / "file" / "u")
    assert tries.right(tmp_path / "file" / "u") == tries.Tries()
