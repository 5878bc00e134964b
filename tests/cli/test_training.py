"""demo, self-test, guides."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pupil_desk import __version__
from pupil_desk.cli import main
from pupil_desk.services import selftest
from tests.cli.ran import Ran, left_in

Run = Callable[..., Ran]


def test_demo_asks_nothing_and_tells_a_page_of_english(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUPIL_DESK_PASSWORD")
    made = run("demo", tmp_path / "demo", "--pupils", "2", "--seed", "3")
    assert (made.status, made.err) == (0, "")
    summary = json.loads((tmp_path / "demo" / "summary.json").read_text(encoding="utf-8"))
    assert (summary["pupils"], summary["seed"]) == (2, 3)
    assert summary["password"] in made.out
    assert summary["recovery_code"] in made.out
    for user in summary["users"]:
        assert user["name"] in made.out
    for room in ("notices/", "forms/", "exports/", "access-request/", "backup/"):
        assert f"\n  {room}" in made.out
    assert ". ." not in made.out, "each folder says what is in it"
    assert "every pupil, address and number in it is invented" in made.out.lower()
    assert "were not drawn" in made.out


def test_demo_as_json_is_the_summary_and_draws_pages_where_it_can(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def draw(_desk: object, folder: Path) -> list[Path]:
        (folder / "home.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        return [folder / "home.png"]

    assert main(["demo", str(tmp_path / "demo"), "--pupils", "3", "--json"], draw_pages=draw) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary == json.loads((tmp_path / "demo" / "summary.json").read_text(encoding="utf-8"))
    assert [path.name for path in (tmp_path / "demo" / "screens").iterdir()] == ["home.png"]


@pytest.mark.parametrize("words", [("--pupils", "0"), ("--pupils", "many"), ("--pupils", "-3"), ("--seed", "x"), ()])
def test_demo_that_cannot_be_leaves_nothing(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = tmp_path / "demo"
    if not words:
        folder.mkdir()
        (folder / "mine.txt").write_text("mine", encoding="utf-8")
    refused = run("demo", folder, *words)
    assert refused.status == 2
    assert refused.sentence
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ([] if words else ["mine.txt"])


def test_self_test_passes_names_each_step_and_answers_with_its_checks(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that the command can be asked for at once, of a check without a unit: the whole of it is made in tests/services/selftest."""
    monkeypatch.setattr(selftest, "_STANDS_ON", selftest._STANDS_ON[:-1])
    monkeypatch.setattr(selftest, "_OF_UNIT", ())
    told = run("self-test", "--steps", "--to", out / "report.txt", as_json=True)
    assert told.status == 0
    assert told.told["ok"] is True
    assert all(set(check) == {"name", "ok", "detail"} for check in told.told["checks"])
    total = len(told.told["checks"])
    steps = told.err.splitlines()
    assert steps[0] == f"0/{total} Checking: program"
    assert steps[-1] == f"{total}/{total} Done"
    assert len(steps) == total + 1
    text = (out / "report.txt").read_text(encoding="utf-8")
    assert text.startswith(f"Pupil Desk {__version__}: this installation checked\n24 November 2026 at ")
    assert all(check["detail"] in text for check in told.told["checks"])
    assert left_in(out) == {"report.txt"}


def test_a_failed_check_is_status_1_and_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "self_test", lambda *_args: [selftest.Check("fonts", False, "a face is missing")])
    told = run("self-test")
    assert told.status == 1
    assert told.out.startswith("FAILED  fonts: a face is missing\n")


def test_self_test_writes_its_report_as_text_too(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "self_test", lambda *_args: [selftest.Check("fonts", True, "8 faces")])
    told = run("self-test", "--to", out / "report.txt")
    assert (told.status, told.err) == (0, "")
    assert (out / "report.txt").read_text(encoding="utf-8").endswith("\n" + told.out)


def test_self_test_with_json_and_a_report_gives_both(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "self_test", lambda *_args: [selftest.Check("fonts", False, "a face is missing")])
    told = run("self-test", "--to", out / "report.txt", as_json=True)
    assert (told.status, told.told["ok"]) == (1, False)
    assert "FAILED  fonts: a face is missing\n" in (out / "report.txt").read_text(encoding="utf-8")


def test_a_report_is_never_written_over_a_file(run: Run, out: Path) -> None:
    (out / "unit.pupildesk").write_bytes(b"mine")
    refused = run("self-test", "--to", out / "unit.pupildesk")
    assert refused.status == 2
    assert "unit.pupildesk is already there" in refused.sentence
    assert (out / "unit.pupildesk").read_bytes() == b"mine"


def test_a_report_that_cannot_be_written_is_status_7(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "self_test", lambda *_args: [selftest.Check("fonts", True, "8 faces")])
    refused = run("self-test", "--to", out / "none" / "report.txt")
    assert refused.status == 7
    assert refused.sentence


def test_guides_asks_nothing_and_writes_the_three_for_installing(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUPIL_DESK_PASSWORD")
    made = run("guides", "--to", out)
    names = ["pupil-desk-install.pdf", "pupil-desk-technician.pdf", "pupil-desk-windows-checks.pdf"]
    assert (made.status, made.err) == (0, "")
    assert made.out.splitlines() == [*names, "3 guides written."]
    assert sorted(path.name for path in out.iterdir()) == names


def test_guides_as_json_names_each_file_with_its_digest(run: Run, out: Path) -> None:
    told = run("guides", "--to", out, as_json=True).told
    for file in told["files"]:
        data = (out / file["name"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"])
    assert len(told["files"]) == 3


def test_guides_that_cannot_be_written_are_status_7(run: Run, tmp_path: Path) -> None:
    refused = run("guides", "--to", tmp_path / "none")
    assert refused.status == 7
    assert refused.sentence
