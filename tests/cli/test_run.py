"""The manners of every command: signing in, statuses, output, and what is not loaded."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pupil_desk.cli import main, signing_in
from pupil_desk.services.demo.unit import PASSWORD
from pupil_desk.services.unit.units import sign_in
from tests.cli.ran import CLOCK, NOW, OFFICE, OFFICER, Ran

Run = Callable[..., Ran]
ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "PySide6",
    "shiboken6",
    "reportlab",
    "lxml",
    "xlsxwriter",
    "msoffcrypto",
    "pikepdf",
    "pyzipper",
    "pypdfium2",
    "python_calamine",
    "holidays",
    "fontTools",
    "uharfbuzz",
    "bidi",
)


def _process(*argv: object, code: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    code = code or "import sys; from pupil_desk.cli import main; sys.exit(main(sys.argv[1:]))"
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PUPIL_DESK_PASSWORD": PASSWORD, **environment}
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, argv)], env=variables, stdin=subprocess.DEVNULL, capture_output=True, timeout=120
    )


def test_every_command_has_help_in_english(run: Run) -> None:
    whole = run("--help")
    assert whole.status == 0
    commands = [
        "new",
        "users",
        "template",
        "import",
        "pupils",
        "show",
        "preview",
        "retention",
        "exports",
        "export",
        "notice",
        "form",
        "access-request",
        "backup",
        "verify",
        "restore",
        "check",
        "log",
        "demo",
        "self-test",
        "guides",
    ]
    for command in commands:
        helped = run(command, "--help")
        assert helped.status == 0
        assert f"pupil-desk {command}" in helped.out
        assert f"\n    {command} " in whole.out or f"\n    {command}\n" in whole.out
    assert run("--version").out.startswith("Pupil Desk ")


@pytest.mark.parametrize(
    "words", [(), ("nonsense",), ("attendance",), ("access-request",), ("pupils",), ("pupils", "x", "--user", "y", "--strange")]
)
def test_wrong_use_is_one_sentence(run: Run, words: tuple[str, ...]) -> None:
    refused = run(*words)
    assert refused.status == 2
    assert "--help" in refused.sentence


def test_a_command_there_is_not_is_named(run: Run) -> None:
    assert run("copy-request").sentence == "There is no command “copy-request”. “pupil-desk --help” says more."


def test_the_user_must_be_named(run: Run, unit: Path) -> None:
    refused = run("pupils", unit)
    assert (refused.status, "--user" in refused.sentence) == (2, True)


def test_a_wrong_password_and_a_wrong_name_say_the_same(run: Run, unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = run("pupils", unit, user="Nobody Here")
    monkeypatch.setenv("PUPIL_DESK_PASSWORD", "not the password at all")
    wrong = run("pupils", unit, user=OFFICER)
    assert (
        (wrong.status, wrong.sentence)
        == (stranger.status, stranger.sentence)
        == (3, "The user name or the password is wrong. Check the name, and type the password again.")
    )


def test_the_wrong_password_that_starts_a_wait_says_until_when(run: Run, unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUPIL_DESK_PASSWORD", "not the password at all")
    said = [run("pupils", unit, user=OFFICER).sentence.partition("password again.")[2].strip() for _each in range(5)]
    until = (NOW + timedelta(seconds=1)).astimezone()
    assert said == ["", "", "", "After one more wrong try there is a wait.", f"There is a wait now. Try again at {until:%H:%M:%S}."]


def test_without_a_password_and_without_a_terminal_nothing_waits(run: Run, unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUPIL_DESK_PASSWORD")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    refused = run("pupils", unit, user=OFFICER)
    assert refused.status == 3
    assert "PUPIL_DESK_PASSWORD" in refused.sentence


def test_at_a_terminal_the_password_is_asked_for(run: Run, unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUPIL_DESK_PASSWORD")
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(signing_in.getpass, "getpass", typed)
    assert run("check", unit, user=OFFICER).status == 0
    assert asked == [f"Password of {OFFICER}: "]


def test_two_new_passwords_that_differ_are_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUPIL_DESK_PASSWORD")
    typed = iter(["first words for a password", "other words for a password"])

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(signing_in.getpass, "getpass", lambda _prompt: next(typed))
    assert run("new", tmp_path / "u.pupildesk", "--unit", "U", "--la", "919", "--estab", "1100", user="Dee").status == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("pupils",), ("backup", "--to", "."), ("check",)])
def test_a_file_that_is_open_answers_4(run: Run, unit: Path, out: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    monkeypatch.chdir(out)
    desk = sign_in(unit, name=OFFICE, password=PASSWORD, clock=CLOCK)
    try:
        here = run(command[0], unit, *command[1:], user=OFFICER)
        there = _process(command[0], unit, *command[1:], "--user", OFFICER)
    finally:
        desk.vault.close()
    assert here.status == there.returncode == 4
    assert "close it there first" in here.sentence.lower()
    assert (there.stdout, there.stderr.count(b"\n")) == (b"", 1)
    assert list(out.iterdir()) == []


def test_what_is_not_ours_answers_5_and_what_is_not_there_2(run: Run, unit: Path, tmp_path: Path) -> None:
    (tmp_path / "other.pupildesk").write_bytes(b"SQLite format 3\0" + bytes(9000))
    assert run("pupils", tmp_path / "other.pupildesk", user=OFFICER).status == 5
    assert run("pupils", tmp_path / "none.pupildesk", user=OFFICER).status == 2
    data = bytearray(unit.read_bytes())
    data[1000] ^= 4
    unit.write_bytes(data)
    refused = run("check", unit, user=OFFICER)
    assert (refused.status, "Restore the latest backup" in refused.sentence) == (5, True)


def test_each_command_signs_in_and_out_in_the_log(run: Run, unit: Path) -> None:
    before = len(run("log", unit, user=OFFICER, as_json=True).told)
    run("pupils", unit, user=OFFICE)
    run("show", unit, "P9999", user=OFFICE)  # a refused command leaves too
    rows = run("log", unit, user=OFFICER, as_json=True).told[before + 1 :]
    assert [row["action"] for row in rows if row["user"] == OFFICE] == ["sign-in", "sign-out", "sign-in", "sign-out"]


def test_a_bug_is_for_the_one_who_called(run: Run, unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services.pupils import stays

    def broken(*_args: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(stays, "roll", broken)
    with pytest.raises(ZeroDivisionError):
        run("pupils", unit, user=OFFICE)
    monkeypatch.undo()
    assert sign_in(unit, name=OFFICE, password=PASSWORD, clock=CLOCK).vault.close() is None  # the file was let go


def test_a_command_that_is_stopped_says_so(run: Run, unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services.pupils import stays

    def stopped(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(stays, "roll", stopped)
    ended = run("pupils", unit, user=OFFICE)
    assert (ended.status, ended.sentence) == (1, "Stopped. Nothing half-done was left behind.")


def test_names_come_out_whole_on_a_console_of_another_alphabet(unit: Path) -> None:
    told = _process("pupils", unit, "--all", "--user", OFFICE, "--json", PYTHONIOENCODING="cp1252")
    assert told.returncode == 0
    names = {row["surname"] + row["forename"] for row in json.loads(told.stdout.decode("utf-8"))}
    assert any(not name.isascii() for name in names)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_an_answer_that_cannot_be_written_is_7(unit: Path) -> None:
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PUPIL_DESK_PASSWORD": PASSWORD}
    code = "import sys; from pupil_desk.cli import main; sys.exit(main(sys.argv[1:]))"
    with open("/dev/full", "w") as full:
        told = subprocess.run(
            [sys.executable, "-c", code, "template", "pupils"], env=variables, stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert told.returncode == 7
    assert told.stderr.decode().count("\n") == 1


_MODULES = """
import contextlib, functools, io, json, sys
from pupil_desk.cli import main
from pupil_desk.store.file import keyslots
keyslots._stretch = functools.cache(keyslots._stretch)  # the same password for each command
told = []
for argv in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()):
        status = main(argv)
    told.append([argv[0], status, [name for name in json.loads(sys.argv[2]) if name in sys.modules]])
print(json.dumps(told))
"""


def test_a_command_loads_only_what_it_needs(unit: Path, out: Path, tmp_path: Path) -> None:
    source = tmp_path / "arrivals.csv"
    source.write_text("surname,forename,dob\nTestling,Ada,3/4/2013\n", encoding="utf-8")
    user = ["--user", OFFICER]
    small = [
        ["template", "pupils"],
        ["pupils", str(unit), *user],
        ["show", str(unit), "P0001", *user],
        ["preview", str(unit), "youth-support", *user],
        ["retention", str(unit), *user],
        ["check", str(unit), *user],
        ["log", str(unit), *user],
        ["exports", str(unit), *user],
        ["import", str(unit), "pupils", str(source), *user],
        ["export", str(unit), "youth-support", "--to", str(out), "--reason", "x", "--plain", *user],
        ["backup", str(unit), "--to", str(out), *user],
        ["notice", str(unit), "--for", "P0001", "--format", "html", "--to", str(out), *user],
    ]
    large = [["notice", str(unit), "--for", "P0001", "--to", str(out), *user]]
    told = _process(json.dumps(small + large), json.dumps(HEAVY), code=_MODULES)
    assert told.stderr.count(b"Traceback") == 0
    ran = json.loads(told.stdout)
    assert [status for _name, status, _loaded in ran] == [0] * len(ran)
    assert {name: loaded for name, _status, loaded in ran[: len(small)] if loaded} == {}
    assert "PySide6" not in ran[-1][2]


def test_a_list_of_pupils_reads_nothing_that_exports_erases_shares_or_keeps(unit: Path) -> None:
    rooms = [
        "pupil_desk.documents.pdf",
        "pupil_desk.domain.catalogue.catalogue",
        "pupil_desk.domain.consents.consent",
        "pupil_desk.services.erasure",
        "pupil_desk.services.exports",
        "pupil_desk.services.sharing",
        "pupil_desk.services.sheet",
        "pupil_desk.services.unit.calendars",
        "pupil_desk.store.file.moving",
    ]
    told = _process(json.dumps([["pupils", str(unit), "--user", OFFICER]]), json.dumps(rooms), code=_MODULES)
    assert json.loads(told.stdout) == [["pupils", 0, []]], told.stderr


_BEFORE_THE_PASSWORD = """
import sys
import pupil_desk.app, pupil_desk.cli.run, pupil_desk.cli.looking
print(*(name for name in sys.modules if name.startswith("pupil_desk.")))
"""


def test_little_is_read_before_the_password_is_worked_on_and_the_rest_meanwhile() -> None:
    read = set(_process(code=_BEFORE_THE_PASSWORD).stdout.decode().split())
    assert {"pupil_desk.services.unit.signing_in", "pupil_desk.store.file.opening"} <= read
    rooms = ("pupil_desk.services.desk", "pupil_desk.services.unit.arriving", "pupil_desk.store.tables", "pupil_desk.domain.catalogue")
    assert [name for name in read if name.startswith(rooms)] == []
    assert len(read) <= 70


def test_main_takes_the_function_that_draws_pages_and_needs_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "pupils"], draw_pages=lambda _desk, _folder: []) == 0
    assert capsys.readouterr().out.startswith("surname,forename,dob")


def test_bytes_that_are_no_text_are_wrong_use(run: Run, unit: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("export", unit, "youth-support", "--to", out, "--reason", "caf\udce9", user=OFFICER).status == 2
    assert run("pupils", unit, user="Alex\udcff").status == 2
    monkeypatch.setenv("PUPIL_DESK_PASSWORD", "words\udcff that are bytes")
    refused = run("pupils", unit, user=OFFICE)
    assert (refused.status, refused.sentence) == (2, "What PUPIL_DESK_PASSWORD holds is no text. Set it again.")
