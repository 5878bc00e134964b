"""Where a build finds its source, and the one time that all it makes bears."""

from pathlib import Path

import pytest

from installers import places
from installers.freezing import set_times
from pupil_desk import __version__


def test_the_version_is_the_program_s_own() -> None:
    assert places.version_of(places.ROOT) == __version__


def test_a_checkout_that_does_not_say_its_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pupil_desk").mkdir()
    (tmp_path / "pupil_desk" / "__init__.py").write_text("", encoding="utf-8")
    with pytest.raises(SystemExit):
        places.version_of(tmp_path)


def test_the_time_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert places.moment_of(tmp_path) == 1790000000


def test_without_git_there_is_no_commit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert places.commit_of(tmp_path) == ""


def test_everything_in_a_folder_gets_one_time(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "file").touch()
    set_times(tmp_path, 1790000000)
    assert {place.stat().st_mtime for place in (tmp_path, *tmp_path.rglob("*"))} == {1790000000}
