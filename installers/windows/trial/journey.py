"""The installed program's window, with real keys and clicks, and what is read off the screen; and what the log holds after it."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from installers.eyes import Screen
from installers.pace import slowness
from installers.places import INSTALLERS, ROOT
from installers.table import Line
from installers.windows import wine
from installers.windows.trial.pc import Pc, Trial, end
from installers.windows.trial.use import on_linux, password, training_file, who

_SCALES = (150, 250)  # per cent
_CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//An authority//Term dates//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20270906
DTEND;VALUE=DATE:20271023
SUMMARY:Autumn term, first half
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;TZID=GMT Standard Time:20271015T090000
DTEND;TZID=GMT Standard Time:20271015T160000
SUMMARY:INSET day
END:VEVENT
END:VCALENDAR
"""  # as Outlook names the time of day: a name that only the data of time zones knows


def first_start(trial: Trial) -> Iterator[Line]:
    """A double click on a PC without a unit: a unit is set up, and its file lies where it is this PC's own."""
    screen, pc = trial.screen, trial.pc
    shutil.rmtree(pc.data.parent, ignore_errors=True)
    window = pc.open_window()
    try:
        screen.sees("Welcome to Pupil Desk")
        screen.keep("01-welcome")
        screen.key("Return")  # «Set up a unit» has the focus
        screen.sees("Name of the unit")
        for text in ("Larkfield Education Support Centre", "919", "1100", "Helen Ellis", "four plain short words"):
            screen.type(text, "Tab")
        screen.type("four plain short words")
        screen.keep("02-new-unit")
        screen.key("Return")
        screen.sees("Keep this recovery code")
        screen.keep("03-recovery-code")
    finally:
        end(window)
        pc.kill()
    made = sorted(file.name for file in pc.data.glob("*"))
    yield Line("first start: a unit set up in the window", f"{pc.data.relative_to(pc.drive)}: {', '.join(made)}", "unit.pupildesk" in made)


def sign_in(screen: Screen, folder: Path, name: str | None = None) -> None:
    """Sign in at the window that is shown."""
    screen.sees("Your password")
    screen.type(name or who(folder), "Tab")
    screen.type(password(folder)["PUPIL_DESK_PASSWORD"], "Return")


def a_day(trial: Trial) -> Iterator[Line]:
    """The file is double-clicked; signed in, a pupil is found, a notice previewed, an export made; and signed out."""
    screen, pc, folder = trial.screen, trial.pc, trial.folder / "demo-windows"
    file, stick = training_file(trial, pc), pc.drive / "stick"
    shutil.rmtree(stick, ignore_errors=True)
    stick.mkdir()
    surname = a_surname(trial)
    window = pc.start(*pc.opened_with(file))
    try:
        sign_in(screen, folder)
        screen.sees("What needs doing")
        screen.keep("04-home")
        screen.key("ctrl+2")
        screen.sees("Find by name or number")
        screen.type(surname, "Return")
        screen.sees("At a glance")
        screen.keep("05-pupil")
        screen.key("ctrl+6")
        screen.sees("Record as given")
        screen.keep("06-notice")
        _export(screen, pc.on_c(stick))
        screen.key("ctrl+q")
        screen.sees("shown only now")
        screen.key("shift+Tab", "Return")  # «I have noted it»: the other has the focus
        with contextlib.suppress(subprocess.TimeoutExpired):
            window.wait(20 * slowness())  # it ends by itself
    finally:
        pc.kill()
    made = sorted(path.suffix for path in stick.iterdir())
    yield Line("a day in the window: the export on the stick", ", ".join(made), made == [".txt", ".xlsx"])
    log = pc.told("log", pc.on_c(file), "--user", who(folder), env=password(folder))
    done = [entry["action"] for entry in log]
    yield Line("what the log says of it", ", ".join(done[-8:]), "sign-in" in done and "export" in done)


def a_surname(trial: Trial) -> str:
    """One of the demonstration's, in plain letters: the eyes read it, and the keyboard has it."""
    folder = trial.folder / "demo-windows"
    told = on_linux("pupils", str(folder / "unit.pupildesk"), "--user", who(folder), env=password(folder))
    return str(next(pupil["surname"] for pupil in told if pupil["surname"].isascii() and pupil["surname"].isalpha()))


def _export(screen: Screen, folder: str) -> None:
    screen.key("ctrl+9", "ctrl+Tab")  # exports are the page after the last that has a number
    screen.click("Pupils for the youth")
    screen.key("Return")
    screen.sees("Why it is made")
    screen.key("alt+y")
    screen.type("Termly return to the service")
    screen.click("Another folder")
    screen.sees("Folder:")
    screen.type(folder, "Return")
    screen.sees("Excel asks for the password")
    screen.keep("07-export")
    screen.click("Why it is made")  # a dialog of Wine's leaves no window active when it closes
    screen.key("alt+m")
    screen.sees("The export is made")
    screen.keep("08-receipt")


def school_calendar(trial: Trial) -> Iterator[Line]:
    """The authority's calendar file is read into the school year, under Settings."""
    screen, pc, folder = trial.screen, trial.pc, trial.folder / "demo-windows"
    file, calendar = training_file(trial, pc), pc.drive / "terms.ics"
    calendar.write_text(_CALENDAR, encoding="ascii", newline="\r\n")
    pc.open_window("--unit", pc.on_c(file))
    try:
        sign_in(screen, folder)
        screen.sees("What needs doing")
        screen.click("Settings")
        screen.sees("Put back")
        screen.key("alt+y")
        screen.sees("Terms and half-terms")
        screen.key("alt+r")
        screen.sees("File name")
        screen.type(pc.on_c(calendar), "Return")
        screen.sees("were read from the file")
        screen.sees("22 Oct 2027")
        screen.keep("09-school-year")
    finally:
        pc.kill()
    yield Line("a calendar file read into the school year", "the term's days stand in the box", True)


def session_locked(trial: Trial) -> Iterator[Line]:
    """Windows is locked while somebody is signed in: the file is closed, and the password asked for again."""
    screen, pc, folder = trial.screen, trial.pc, trial.folder / "demo-windows"
    file = training_file(trial, pc)
    pc.open_window("--unit", pc.on_c(file))
    try:
        sign_in(screen, folder)
        screen.sees("What needs doing")
        python = wine.python(ROOT).command[-1]  # the message comes from another program, as from Windows
        said = pc.run(python, pc.windows_name(INSTALLERS / "windows" / "trial" / "post_session_lock.py"), "lock")
        screen.sees("Your password")
        screen.keep("10-locked")
    finally:
        pc.kill()
    log = pc.told("log", pc.on_c(file), "--user", who(folder), env=password(folder))
    done = [entry["action"] for entry in log]
    yield Line("Windows locked: sign-in again, and in the log", said.stdout.decode("utf-8", "replace").strip(), "lock" in done)


def scaled(trial: Trial) -> Iterator[Line]:
    """The window on displays of a higher scale, as Windows' settings would set it; looked at in the pictures."""
    pc, folder = trial.pc, trial.folder / "demo-windows"
    file = training_file(trial, pc)
    try:
        with Screen(trial.screen.pictures, "2560x1440", enlarged=1) as screen:
            for percent in _SCALES:
                _set_scale(pc, percent)
                window = pc.open_window("--unit", pc.on_c(file), env=screen.env)
                sign_in(screen, folder)
                screen.sees("What needs doing")
                screen.key("ctrl+2")
                screen.sees("Find by name or number")
                screen.keep(f"scale-{percent}")
                end(window)
                pc.kill()
    finally:
        pc.kill()
        _set_scale(pc, 100)
    yield Line("display scaled", ", ".join(f"{percent} %" for percent in _SCALES) + ": signed in, the words read", True)


def _set_scale(pc: Pc, percent: int) -> None:
    pc.run("reg", "add", r"HKCU\Control Panel\Desktop", "/v", "LogPixels", "/t", "REG_DWORD", "/d", str(96 * percent // 100), "/f")
    pc.settle()
