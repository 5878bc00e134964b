"""The whole of the first days in the real window, on a virtual screen, with real keys and clicks."""

import io
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msoffcrypto
import pytest
from screen import ROOT, Screen
from steps import HELEN, PASSWORD, first_run, import_file, sign_in, type_back

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

SAM, SAMS = "Sam Whitlock", "another five plain words here"
MARKER = "Quillfeather"  # a surname that must be found in no file but those a person asked for
PUPILS = f"""surname,forename,dob,upn,sex,ethnicity,address_1,town,postcode,year_group,start_date,enrolment_status
{MARKER},Marigold,2012-05-06,Y919110026001,F,WBRI,4 Larch Way,Larkfield,AL28 2QN,10,2026-09-02,C
Bramley,Theo,2013-02-10,M919110026002,M,WBRI,9 Mill Lane,Larkfield,AL28 3QN,9,2026-09-02,C
Wrong,Row,31/02/2012,,F,,,,,,,
"""
CONTACTS = f"""upn,surname,relationship,order,title,forename,parental_responsibility,lives_with,mobile
Y919110026001,{MARKER},PAM,1,Ms,Hester,yes,yes,07700 900123
M919110026002,Bramley,PAF,1,Mr,Alan,yes,yes,07700 900124
"""


@dataclass(frozen=True)
class Sitting:
    """The screen at its end, the paper printed in it, and the folder of the export with its password."""

    screen: Screen
    printed: Path
    exported: Path
    password: str


@pytest.fixture(scope="module")
def sitting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sitting]:
    """One for all tests; traced, where the system can, from the first start to the first kill."""
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "journey")))
    with Screen(tmp_path_factory.mktemp("sitting"), shots=shots) as screen:
        yield _sit(screen)


def _restrict(screen: Screen) -> None:
    """The form came back: the pupil is found, then R and Ctrl+S; and the preview says so."""
    screen.key("ctrl+5")
    screen.click("Find a pupil by name or number")
    screen.type("quill", "Return")
    screen.sees("Record a choice")
    screen.key("r")
    screen.shot("08-choice")
    screen.key("ctrl+s")
    screen.sees("restricted it on")
    screen.shot("09-restricted")
    screen.key("alt+w")
    screen.sees("Ms Hester Quillfeather restricted it on")
    screen.shot("10-preview")


def _whole(pdf: Path) -> bool:
    try:
        return pdf.read_bytes().rstrip().endswith(b"%%EOF")
    except FileNotFoundError:
        return False


def _no_printer(screen: Screen) -> bool:
    """Print, and again while the paper is still being made anew with its form: the page says so then."""
    screen.click("Print…")
    return any("No printer is set up on this PC." in text for text in screen.ask("texts"))


def _notice(screen: Screen) -> Path:
    """The notice and its reply form, and that they were given; without a printer, as a PDF, which is returned."""
    screen.key("ctrl+6")
    screen.sees("Due (2)")
    screen.click(MARKER, row=True)
    screen.key("alt+w")  # with its reply form
    screen.sees("Marigold Quillfeather: to Ms Hester Quillfeather")
    screen.shot("11-notices")
    screen.until(lambda: _no_printer(screen), "the sentence on the missing printer")
    screen.shot("12-print")
    folder = screen.folder / "papers"
    folder.mkdir()
    screen.click("Save as PDF…")
    screen.path(folder)
    screen.until(lambda: any(map(_whole, folder.glob("*.pdf"))), "the saved file")
    printed = next(folder.glob("*.pdf"))
    screen.click("Record as given")
    screen.click("Record 1 as given")
    screen.sees("Due (1)")
    screen.shot("13-given")
    return printed


def _export(screen: Screen) -> tuple[Path, str]:
    """The youth support file, locked; returns its folder and the password that was shown once."""
    folder = screen.folder / "stick"
    folder.mkdir()
    screen.click("Exports", row=True)
    screen.click("Pupils for the youth support service", row=True)
    screen.key("Return")
    screen.sees("All exports (Esc)")
    screen.fill("Why it is made (required)", "Termly return to the service")
    screen.click("Another folder…")
    screen.path(folder)
    screen.sees(str(folder))
    screen.shot("14-export")
    screen.click("Make the export")
    screen.sees("Tell it to the receiver by another way")
    screen.shot("15-receipt")
    receipt = next(folder.glob("*.txt")).read_text(encoding="utf-8")
    screen.sees(receipt.splitlines()[0])
    password = next(text for text in screen.ask("texts") if text.count("-") >= 4 and " " not in text and "/" not in text)
    screen.click("Done")
    screen.click("I have noted it")
    return folder, password


def _add_colleague(screen: Screen) -> str:
    screen.click("Users", row=True)
    screen.click("Add a user…")
    screen.sees("The name they will sign in with.")
    screen.type(SAM, "Return")
    screen.click("Office")
    screen.sees("Give this to Sam Whitlock")
    screen.shot("16-colleague")
    first = next(text for text in screen.ask("texts") if text.count("-") == 4)
    screen.click("I have noted it")
    screen.sees("Has a password to change")
    return first


def _lock_with_a_half_filled_form(screen: Screen) -> None:
    screen.key("ctrl+2")
    screen.click("Find by name or number (Ctrl+F)")
    screen.type("quill", "Return")
    screen.click("Edit details (F2)")
    screen.fill("Preferred forename", "Goldie")
    screen.shot("17-half-filled")
    screen.key("ctrl+l")


def _change_first_password(screen: Screen, given: str, new: str) -> None:
    screen.sees("Choose your own password")
    screen.fill("The password you were given", given)
    screen.fill("Your new password", new)
    screen.fill("The new password again", new)
    screen.key("Return")
    screen.sees("What needs doing")


def _files_with(folder: Path, word: str) -> list[str]:
    kinds = {word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [str(path.relative_to(folder)) for path in found if any(kind in path.read_bytes() or word in path.name for kind in kinds)]


def _leave_the_wrong_row_behind(screen: Screen) -> None:
    """What is refused is named before the others are imported."""
    screen.sees("Row 4 (Wrong, Row, 31/02/2012, F): refused")
    screen.click("Import the others")


def _sit(screen: Screen) -> Sitting:
    screen.start(before=_tracing(screen.folder) if shutil.which("strace") is not None else [])
    code = first_run(screen)
    screen.shot("04-home")
    import_file(screen, "pupils.csv", PUPILS, "Import 2 pupils", "05-import")
    _leave_the_wrong_row_behind(screen)
    screen.sees("2 new")
    import_file(screen, "contacts.csv", CONTACTS, "Import 2 contacts", "06-contacts")
    screen.sees("2 new")
    screen.key("ctrl+2")
    screen.type("quill")
    screen.sees("1 match")
    screen.never_sees("P0001, 14 years old")  # typing opens nobody
    screen.key("Return")
    screen.sees("P0001, 14 years old")
    screen.shot("07-pupil")
    for number in "123456789":
        screen.key(f"ctrl+{number}")
    _restrict(screen)
    printed = _notice(screen)
    folder, password = _export(screen)
    first = _add_colleague(screen)
    _lock_with_a_half_filled_form(screen)
    sign_in(screen, SAM, first)
    _change_first_password(screen, first, SAMS)
    screen.never_sees("is back")
    screen.key("ctrl+2")
    screen.type("quill", "Return")
    screen.sees("P0001, 14 years old")
    screen.never_sees("Goldie")
    screen.key("ctrl+l")
    sign_in(screen, HELEN, PASSWORD)
    screen.sees("is back")
    screen.sees("Goldie")
    screen.shot("18-draft-back")
    screen.key("ctrl+s")
    screen.sees("Goldie Quillfeather")
    _forgotten(screen, code)
    return Sitting(screen, printed, folder, password)


def test_the_first_days(sitting: Sitting) -> None:
    """Nothing that names a pupil lies anywhere but on the paper that was asked for; the export opens with its password."""
    screen = sitting.screen
    unit = next((screen.home / "data").rglob("unit.pupildesk"))
    assert not unit.read_bytes().startswith(b"SQLite format 3")
    assert sitting.printed.is_file()
    sources = {"pupils.csv", "contacts.csv", sitting.printed.relative_to(screen.folder).as_posix()}
    assert set(_files_with(screen.folder, MARKER)) - sources == set()
    locked = next(sitting.exported.glob("*.xlsx"))
    book, plain = msoffcrypto.OfficeFile(io.BytesIO(locked.read_bytes())), io.BytesIO()
    book.load_key(password=sitting.password)
    book.decrypt(plain)
    with zipfile.ZipFile(plain) as parts:
        assert MARKER in parts.read("xl/sharedStrings.xml").decode("utf-8")


@pytest.mark.needs("strace")
def test_in_the_first_days_it_asks_for_no_socket_but_the_displays(sitting: Sitting) -> None:
    calls = _traced(sitting.screen.folder)
    assert any(call.startswith("socket(AF_UNIX") for call in calls), "the trace saw nothing: not even the display"
    assert _no_call_but_the_displays(calls) == []


def _tracing(folder: Path) -> list[str]:
    """Put before a command: the system keeps its calls about sockets, and those of whatever it starts."""
    return ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=socket,connect,bind,listen", "-o", str(folder / "trace")]


def _traced(folder: Path) -> list[str]:
    return [line.split(maxsplit=1)[1] for line in (folder / "trace").read_text(errors="replace").splitlines()]


def _no_call_but_the_displays(calls: list[str]) -> list[str]:
    """What was asked of the system but the local socket to the display."""
    # the C library asks the system's local cache of user names who owns a file that the file dialog shows; no service of printers is there
    local = ("X11-unix", "/var/run/nscd/socket", "/no-printers")
    other = [call for call in calls if call.startswith("socket(") and not call.startswith("socket(AF_UNIX")]
    other += [call for call in calls if call.startswith("connect(") and not any(place in call for place in local)]
    return other + [call for call in calls if call.startswith(("bind(", "listen("))]


@pytest.mark.needs("strace")
def test_a_socket_to_the_network_is_found(tmp_path: Path) -> None:
    asks = "import socket; socket.socket(socket.AF_INET).bind(('127.0.0.1', 0)); socket.socket(socket.AF_UNIX)"
    subprocess.run([*_tracing(tmp_path), sys.executable, "-c", asks], check=True)
    assert [call.split("(")[0] for call in _no_call_but_the_displays(_traced(tmp_path))] == ["socket", "bind"]


def _forgotten(screen: Screen, code: str) -> None:
    """Sam forgets: Helen sets it anew, once it is noted. Helen forgets: the recovery code opens, and dies."""
    screen.click("Users", row=True)
    _nobody_is_locked_out(screen)
    anew = _new_password(screen)
    screen.click("I have noted it")
    screen.sees("Could somebody else know the old password of Sam Whitlock?")
    screen.key("Escape")  # it was only forgotten
    screen.sees("The new password of Sam Whitlock is in force.")
    _killed(screen)  # what was noted is in force, whatever comes then
    sign_in(screen, SAM, SAMS)
    screen.sees("The user name or the password is wrong")
    sign_in(screen, SAM, anew)
    _change_first_password(screen, anew, "yet four other plain words")
    screen.key("ctrl+l")
    screen.sees("Your &password")
    screen.click("I have forgotten my password")
    screen.fill("Recovery code", code)
    screen.key("Return")
    screen.sees(f"{HELEN}, data officer")
    screen.shot("19-recovery")
    screen.fill("New password", "quite new plain words now")
    screen.fill("The new password again", "quite new plain words now")
    screen.key("Return")
    screen.sees("Keep this recovery code")
    assert type_back(screen) != code
    screen.shot("20-in-again")


def _new_password(screen: Screen) -> str:
    """Helen has a new password made up for Sam, which is shown and in force nowhere."""
    screen.click(SAM, row=True)
    screen.click("New password…")
    screen.sees("A new password for Sam Whitlock?")
    screen.click("Make a new password")
    screen.sees("Give this to Sam Whitlock")
    return next(text for text in screen.ask("texts") if text.count("-") == 4)


def _killed(screen: Screen) -> None:
    """The program is killed, and started again."""
    process, *_heard = screen.ask("heard")
    os.kill(process, signal.SIGKILL)
    screen.start()


def _nobody_is_locked_out(screen: Screen) -> None:
    """One's own password is not made anew; Esc at each step and a kill leave Sam the old one. So does a lock: see the tests of the page."""
    assert screen.ask("enabled", "New password…") == [False]  # nobody has chosen anybody
    screen.click(HELEN, row=True)
    screen.click("New password…")
    screen.sees("This is you. Change your own password with “My password…” above")
    screen.click(SAM, row=True)
    screen.click("New password…")
    screen.sees("A new password for Sam Whitlock?")
    screen.key("Escape")
    _new_password(screen)
    screen.key("Escape")
    screen.sees("Nothing has changed: Sam Whitlock still signs in with the old password.")
    shown = _new_password(screen)
    _killed(screen)
    sign_in(screen, SAM, shown)
    screen.sees("The user name or the password is wrong")
    sign_in(screen, SAM, SAMS)
    screen.sees("Goldie Quillfeather")  # where Sam was as it was locked last
    screen.key("ctrl+l")
    sign_in(screen, HELEN, PASSWORD)
    screen.sees("What needs doing")
    screen.click("Users", row=True)
