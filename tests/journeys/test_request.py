"""A request for a copy from its receipt to the answer and its closing, by the keyboard, in the real window."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from screen import ROOT, Screen
from steps import first_run, import_file

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

PUPILS = """surname,forename,dob,upn,sex,ethnicity,address_1,town,postcode,year_group,start_date,enrolment_status
Quillfeather,Marigold,2012-05-06,Y919110026001,F,WBRI,4 Larch Way,Larkfield,AL28 2QN,10,2026-09-02,C
"""
CONTACTS = """upn,surname,relationship,order,title,forename,parental_responsibility,lives_with,mobile
Y919110026001,Quillfeather,PAM,1,Ms,Hester,yes,yes,07700 900123
"""
PLACES = ("The paper file", "E-mail and calendars", "Shared drives and staff folders", "The school’s other systems", "Staff notebooks and planners",
          "Messages on work telephones", "Cameras (CCTV)", "Photographs and recordings")  # fmt: skip


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "request")))
    with Screen(tmp_path, shots=shots) as found:
        yield found


def _receive(screen: Screen) -> None:
    """A mother asks by e-mail: eight keys beside what is typed."""
    screen.click("Requests", row=True)
    screen.sees("No request is open")
    screen.key("ctrl+n")
    screen.sees("New request or complaint")
    screen.type("quill", "Return")
    screen.sees("About Marigold Quillfeather")
    screen.key("Return")  # the mother is the first who is offered
    screen.type("A copy of the data", "Tab")
    screen.to("How it came")
    screen.type("E-mail", "Tab")
    screen.shot("02-received")
    screen.key("ctrl+s")
    screen.sees("Recorded as R")
    screen.sees("A copy of the data: Marigold Quillfeather")


def _acknowledge(screen: Screen) -> None:
    """The letter is drafted by itself, looked at on paper, and handed over."""
    screen.click("Say that we have it", row=True)
    screen.click("Write the letter")
    screen.sees("Once it has gone, this step is recorded: Acknowledged.")
    screen.shot("03-letter")
    screen.click("Look at it and print")
    screen.sees("Close (Esc)")
    screen.shot("04-paper")
    screen.key("Escape")
    screen.click("Record as given")
    screen.sees("The letter is kept with the case, word for word.")
    screen.key("alt+s")


def _record(screen: Screen, field: str, choice: str, note: str = "") -> None:
    """The step that comes next: its answer, a note, Ctrl+S."""
    screen.to(field)
    screen.type(choice)
    if note:
        screen.to("Why, or what was found")
        screen.type(note)
    screen.key("ctrl+s")


def _check(screen: Screen) -> None:
    screen.click("Check who it is", row=True)
    _record(screen, "Answer", "y")
    screen.sees("Check the right to ask")
    _record(screen, "Answer", "y")
    screen.sees("Note if the pupil understands")
    _record(screen, "Answer", "n", "Talked it over with her")
    screen.sees("Search the other places")


def _search(screen: Screen) -> None:
    """Each place is ticked with the space bar, and all are recorded at once."""
    for place in PLACES:
        screen.to(place)
        screen.key("space")
    screen.shot("05-places")
    screen.key("ctrl+s")
    screen.sees("Exemptions, or none")


def _answer(screen: Screen) -> None:
    _record(screen, "Exemption", "no")
    screen.sees("Decide, and say why")
    _record(screen, "Decision", "yes", "Nothing speaks against it")
    screen.sees("Check where it goes")
    _record(screen, "Answer", "y")
    screen.sees("Give the answer")
    screen.shot("06-ready")
    screen.click("Write the letter")
    screen.sees("Once it has gone, this step is recorded: Answered.")
    screen.click("Record as given")
    screen.sees("Answered on")
    screen.shot("07-answered")


def test_a_request_from_receipt_to_reply(screen: Screen) -> None:
    screen.start()
    first_run(screen)
    import_file(screen, "pupils.csv", PUPILS, "Import 1 pupil", "00-import")
    screen.sees("1 new")
    import_file(screen, "contacts.csv", CONTACTS, "Import 1 contact", "01-import")
    screen.sees("1 new")
    _receive(screen)
    _acknowledge(screen)
    _check(screen)
    _search(screen)
    _answer(screen)
    screen.click("Close the case")
    screen.sees("is closed.")
    screen.sees("Closed (1)")
    screen.shot("08-closed")
    screen.key("ctrl+1")
    screen.sees("What needs doing")
    screen.never_sees("Requests and complaints to answer")
