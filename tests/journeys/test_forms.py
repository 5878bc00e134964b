"""The assistant head prints a class's forms, scans them back in any order, confirms them, and sees who is missing: by the keyboard, in the real window."""

import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from screen import MOMENT, ROOT, Screen
from signing import signed_and_scanned
from steps import sign_in

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.demo.unit import PASSWORD, make_training_unit
from pupil_desk.services.unit.units import sign_out

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

ASSISTANT = "Sam Whitlock"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "forms")))
    with Screen(tmp_path, shots=shots) as found:
        home = found.home / "data" / "pupil-desk"
        home.mkdir(parents=True)
        sign_out(make_training_unit(home / "unit.pupildesk", number=40, clock=FixedClock(MOMENT)).desk)
        yield found


def test_a_class_s_forms_go_out_and_come_back_and_the_missing_are_seen(screen: Screen) -> None:
    screen.start()
    sign_in(screen, ASSISTANT, PASSWORD)
    screen.sees("What needs doing")
    screen.click("Forms", row=True)
    screen.sees("Who has not answered")
    screen.to("Year group")
    _turn_to_a_class(screen)
    screen.shot("01-whom")
    folder = screen.folder / "papers"
    folder.mkdir()
    screen.key("alt+v")
    _go_on_if_asked(screen, "Save them")
    screen.path(folder)
    screen.until(lambda: any("Their names hold no pupil’s name" in text for text in screen.ask("texts")), "the forms saved")
    papers = sorted(folder.glob("*.pdf"))
    assert len(papers) > 3
    scan = signed_and_scanned(screen.folder, papers[2:])
    screen.key("ctrl+r")
    screen.path(scan)
    screen.sees(f"{len(papers) - 2} of {len(papers) - 2} pages filed, 0 set aside.")
    screen.shot("02-to-confirm")
    _confirm_all(screen)
    screen.key("alt+4")
    screen.sees("of them not back")
    texts = screen.ask("texts")
    for name in map(_pupil_on, papers[:2]):
        assert any(text.startswith((f"{name.split()[-1]},", name.split(maxsplit=1)[1])) for text in texts), name
    for name in map(_pupil_on, papers[3:]):
        assert not any(text == "Not back" for text in _beside(texts, name)), name
    screen.shot("03-not-back")
    screen.key("alt+n")
    screen.never_sees("Wait for this form no longer?")  # no line is chosen before somebody chooses one
    forename, surname = _pupil_on(papers[0]).split(maxsplit=1)
    screen.click(f"{surname}, {forename}", row=True)
    screen.key("alt+n")
    screen.sees("Wait for this form no longer?")
    screen.key("Escape")


def _go_on_if_asked(screen: Screen, verb: str) -> None:
    """Whether somebody in the class is protected follows from the day: if so, the question comes before the dialog."""
    screen.until(lambda: screen.ask("enabled", "fileNameEdit") or screen.ask("where", verb), "the folder dialog, or the question")
    if not screen.ask("enabled", "fileNameEdit"):
        screen.click(verb)
        screen.until(lambda: screen.ask("enabled", "fileNameEdit"), "the folder dialog")


def _turn_to_a_class(screen: Screen) -> None:
    """Down through the year groups to one of four pupils or more who have not answered."""
    for _year in range(8):
        before = screen.ask("texts")
        screen.key("Down")
        screen.until(lambda: screen.ask("texts") != before, "the next year group")  # noqa: B023  # asked at once
        chosen = next(text for text in screen.ask("texts") if "chosen" in text)
        if int(chosen.split()[0]) >= 4:
            return
    raise AssertionError("no year group has four pupils who have not answered")


def _pupil_on(path: Path) -> str:
    """The pupil's name as a form has it."""
    pdf = pypdfium2.PdfDocument(path)
    lines = pdf[0].get_textpage().get_text_bounded().splitlines()
    pdf.close()
    return next(line.removeprefix("Pupil").strip().partition(", born ")[0] for line in lines if line.startswith("Pupil"))


def _beside(texts: list[str], name: str) -> list[str]:
    """The cell after the pupil's in the list of forms that are not back, where the form is about sharing: a slip of a notice may be out as well."""
    forename, surname = name.split(maxsplit=1)
    return [
        texts[at + 1]
        for at, text in enumerate(texts[:-2])
        if text == f"{surname}, {forename}" and texts[at + 2] == "Your choice about sharing"
    ]


def _confirm_all(screen: Screen) -> None:
    """Enter on each. Where a form asks who signed, or what is ticked, that is chosen by the keyboard, and Alt+C confirms."""
    for _form in range(40):
        waits = next(text for text in screen.ask("texts") if text.startswith("3 To confirm"))
        if waits == "3 To confirm (0)":
            return
        screen.to("Forms that came back")
        screen.key("Return")
        texts = screen.ask("texts")
        if any("Choose who signed the form." in text for text in texts):
            screen.key("Down", "alt+c")
        elif any("Choose what is ticked" in text for text in texts):
            screen.key("space", "alt+c")
    raise AssertionError("the forms are never all confirmed")
