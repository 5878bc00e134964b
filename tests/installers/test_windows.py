"""The Windows build: version numbers, signatures, the eyes of the trial, and what the installer's script promises."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from installers import eyes
from installers.eyes import NotSeen, Screen, Word, place_of, words_of
from installers.pace import Patience
from installers.windows import build, signing
from installers.windows.build import numbers_of
from installers.windows.trial import access
from installers.windows.trial.access import Element
from installers.windows.trial.killing import TURNING, WRITING, Sight, moments
from installers.windows.trial.use import leads_to

SCRIPT = (Path(__file__).parents[2] / "installers" / "windows" / "setup.nsi").read_text(encoding="utf-8")


@pytest.mark.parametrize(("version", "numbers"), [("0.2.0", [0, 2, 0, 0]), ("1.10", [1, 10, 0, 0]), ("1.2.3.4", [1, 2, 3, 4])])
def test_windows_wants_four_numbers(version: str, numbers: list[int]) -> None:
    assert numbers_of(version) == numbers


def program(signed: bool) -> bytes:
    """As much of a Windows program as tells whether it is signed."""
    header = bytearray(512)
    header[:2] = b"MZ"
    header[0x3C] = 0x80
    optional = 0x80 + 24
    header[optional : optional + 2] = b"\x0b\x02"
    size = optional + 112 + 4 * 8 + 4
    header[size : size + 4] = (4096 if signed else 0).to_bytes(4, "little")
    return bytes(header)


@pytest.mark.parametrize("signed", [True, False])
def test_a_signature_is_seen(tmp_path: Path, signed: bool) -> None:
    file = tmp_path / "program.exe"
    file.write_bytes(program(signed))
    assert signing.is_signed(file) is signed


def test_what_is_no_program_bears_no_signature(tmp_path: Path) -> None:
    file = tmp_path / "text.dll"
    file.write_bytes(b"not a program")
    assert not signing.is_signed(file)


def test_nobody_signs_without_a_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PUPIL_DESK_SIGN", "PUPIL_DESK_CERTIFICATE"):
        monkeypatch.delenv(name, raising=False)
    assert signing.signer() is None
    monkeypatch.setenv("PUPIL_DESK_SIGN", "token-sign --slot 'the first'")
    signer = signing.signer()
    assert signer is not None
    assert signer.command == ("token-sign", "--slot", "the first")


def line(text: str, y: int) -> list[Word]:
    return [Word(word, 10 * place, y, (1, 1, y, 0)) for place, word in enumerate(text.split())]


def test_words_are_found_on_one_line_whatever_signs_the_eyes_took() -> None:
    words = [*line("Your name [", 20), *line("Your password", 60)]
    assert place_of("your password", words) == (5, 60)
    assert place_of("Your name:", words) == (5, 20)
    assert place_of("name Your", words) is None  # not on one line
    assert place_of("Sign in", words) is None


def test_words_are_read_from_the_table_of_the_eyes() -> None:
    head = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext"
    sure = "5\t1\t1\t1\t1\t1\t100\t40\t60\t20\t96.5\tSign"
    unsure = "5\t1\t1\t1\t1\t2\t170\t40\t30\t20\t3.0\t~"
    assert words_of(f"{head}\n{sure}\n{unsure}") == [Word("Sign", 65, 25, (1, 1, 1, 1))]


def test_a_screen_that_stands_still_is_read_once_in_each_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen, read = Screen(tmp_path), list[str]()
    shots = iter([b"white", b"white", b"white", b"sign-in"])
    monkeypatch.setattr(screen, "_shot", lambda: next(shots))
    monkeypatch.setattr(eyes.time, "sleep", lambda _seconds: None)

    def done(command: list[str], given: bytes) -> bytes:
        if command[0] == "convert":
            return given
        read.append(given.decode())
        return b"\n".join([b"head", *([b"5\t1\t1\t1\t1\t1\t100\t40\t60\t20\t96.5\tSign"] if given == b"sign-in" else [])])

    monkeypatch.setattr(eyes, "_done", done)
    assert screen.sees("Sign") == (65, 25)
    assert read == ["white", "white", "white", "sign-in"]


def test_words_that_never_appear_are_told_with_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(tmp_path)
    monkeypatch.setattr(screen, "_shot", lambda: b"")
    monkeypatch.setattr(screen, "_words", lambda _shot, **_how: line("Your password", 60))
    monkeypatch.setattr(screen, "keep", lambda _name: tmp_path)
    monkeypatch.setattr(eyes, "Patience", lambda _seconds: Patience(0))
    with pytest.raises(NotSeen, match="«Home» was never seen; there was: Your password"):
        screen.sees("Home")


class Disk:
    """As much of a PC as a cut installation is looked at by."""

    def __init__(self, folder: Path) -> None:
        self.root, self.shortcut = folder, folder / "menu.lnk"

    def versions(self) -> list[str]:
        return sorted(place.name for place in self.root.iterdir() if place.is_dir())

    def turned(self, name: str, data: str) -> None:
        """A file put in another's place."""
        (self.root / "new").write_text(data, encoding="ascii")
        (self.root / "new").replace(self.root / name)


def test_each_moment_of_an_installation_is_seen_when_it_comes_and_not_before(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    for name in ("Uninstall.exe", "current.txt", "menu.lnk"):
        disk.turned(name, "0.2.0")
    new = tmp_path / "0.2.0-2"
    new.mkdir()
    before = Sight.of(disk, 0)
    comes = [
        *((lambda name=name: (new / name).touch()) for name in "abcd"),
        *((lambda name=name: disk.turned(name, "0.2.0-2")) for name in ("Uninstall.exe", "current.txt", "menu.lnk")),
    ]
    reached = []
    for event in comes:
        event()
        reached.append([moment.reached(before, Sight.of(disk, 0), 4) for moment in (*WRITING, *TURNING)])
    assert [sum(row) for row in reached] == [1, 2, 2, 3, 4, 5, 6]
    assert all(row == sorted(row, reverse=True) for row in reached)
    assert Sight.of(disk, 4e9).files == 0  # what was written before does not count
    assert Sight.of(disk, None).files == 0  # nobody asks


def test_a_moment_of_either_half_is_drawn_and_a_whole_trial_takes_all() -> None:
    first, second = moments(whole=False)
    assert first in WRITING
    assert second in TURNING
    assert moments(whole=True) == [*WRITING, *TURNING]


@pytest.mark.parametrize("quickly", [True, False])
def test_only_an_installer_that_is_not_handed_on_is_packed_quickly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quickly: bool) -> None:
    called: list[list[str]] = []

    def run(words: list[str], **_how: object) -> subprocess.CompletedProcess[str]:
        called.append(words)
        return subprocess.CompletedProcess(words, 0, "", "")

    monkeypatch.setattr(build.subprocess, "run", run)
    build.pack(tmp_path, tmp_path / "setup.exe", "0.2.0", 4096, 0, signer=None, quickly=quickly)
    assert ("-XSetCompressor /FINAL zlib" in called[0]) is quickly
    assert "\nSetCompressor /SOLID lzma\n" in SCRIPT


def test_a_shortcut_is_followed_in_either_writing(tmp_path: Path) -> None:
    shortcut = tmp_path / "Pupil Desk.lnk"
    for coded in ("utf-16-le", "ascii"):
        shortcut.write_bytes(b"L\0" + r"C:\Programs\Pupil Desk\0.2.0\Pupil Desk.exe".encode(coded))
        assert leads_to(shortcut, tmp_path / "0.2.0")
        assert not leads_to(shortcut, tmp_path / "0.3.0")


def test_what_starts_the_program_is_turned_last() -> None:
    section = SCRIPT[SCRIPT.index("\nSection\n") : SCRIPT.index("SectionEnd")]
    steps = re.findall(r"Call (\w+)", section)
    assert steps.index("ChooseFolder") < steps.index("CheckIt") < steps.index("Register") < steps.index("Turn")


def test_nothing_is_written_before_every_refusal() -> None:
    begin = SCRIPT[SCRIPT.index("Function .onInit") : SCRIPT.index("FunctionEnd", SCRIPT.index("Function .onInit"))]
    for step in ("RefuseWithoutRights", "HoldSetup", "RefuseDowngrade", "RefuseWhileRunning"):
        assert f"Call {step}" in begin
    assert "File" not in begin
    assert "WriteReg" not in begin


def test_what_another_program_read_of_a_window_is_put_where_it_lies() -> None:
    read = [(0, 50032, "Pupil Desk", "Entry"), (1, 50026, "", "SignIn"), (2, 50004, "Your name", "QLineEdit"), (1, 50000, "Sign in", "")]
    told = [
        {"depth": depth, "type": kind, "name": name, "focusable": True, "class": of, "role": "heading"} for depth, kind, name, of in read
    ]
    assert [each.within for each in access.elements_of(json.dumps(told))] == [(), ("Entry",), ("Entry", "SignIn"), ("Entry",)]


WINDOW, HEADING = Element(50032, "Home", True, "DeskWindow"), Element(50020, "What needs doing", False, "QLabel", True)


@pytest.mark.parametrize(
    ("elements", "fault"),
    [
        ([WINDOW, HEADING, Element(50004, "Your name", True, "QLineEdit")], ""),
        ([WINDOW, HEADING, Element(50026, "", False, "QWidget")], ""),
        ([WINDOW, HEADING, Element(50004, " ", True, "QLineEdit")], "no name"),
        ([WINDOW, HEADING, Element(50025, "Attendance", True, "Chart")], "only a custom"),
        ([WINDOW, HEADING, Element(0, "Attendance", False, "Chart")], "no type"),
        ([WINDOW, HEADING, Element(50000, "&Save", True, "PushButton")], "a sign in the name"),
        ([WINDOW], "no heading"),
        ([HEADING], "nothing takes the focus"),
    ],
)
def test_what_a_screen_reader_on_windows_could_not_say_fails_the_trial(elements: list[Element], fault: str) -> None:
    line = access.line_of({"Home": elements})
    assert line.ok is not bool(fault)
    assert fault in line.found
