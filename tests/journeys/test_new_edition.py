"""For the data officer: a new edition of the notice is written, seen against the law, made current, and issued to all; in the real window."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from screen import ROOT, Screen
from steps import first_run, import_file

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

PUPILS = """surname,forename,dob,upn,sex,ethnicity,address_1,town,postcode,year_group,start_date,enrolment_status
Quillfeather,Marigold,2012-05-06,Y919110026001,F,WBRI,4 Larch Way,Larkfield,AL28 2QN,10,2026-09-02,C
Bramley,Theo,2013-02-10,M919110026002,M,WBRI,9 Mill Lane,Larkfield,AL28 3QN,9,2026-09-02,C
"""
CONTACTS = """upn,surname,relationship,order,title,forename,parental_responsibility,lives_with,mobile
Y919110026001,Quillfeather,PAM,1,Ms,Hester,yes,yes,07700 900123
M919110026002,Bramley,PAF,1,Mr,Alan,yes,yes,07700 900124
"""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "new-edition")))
    with Screen(tmp_path, shots=shots) as found:
        yield found


def _give_to_all(screen: Screen, shot: str) -> None:
    """Everybody who is due is chosen, and recorded as given once it is confirmed."""
    screen.sees("Due (2)")
    screen.key("alt+a")
    screen.sees("2 of 2 notices chosen")
    screen.shot(shot)
    screen.key("alt+r")
    screen.sees("Record these notices as given?")
    screen.click("Record 2 as given")
    screen.sees("Due (0)")


@pytest.mark.torture
def test_a_new_edition_is_issued_to_all(screen: Screen) -> None:
    screen.start()
    first_run(screen)
    screen.until(lambda: screen.ask("focus"), "a focus, so that keys arrive")
    import_file(screen, "pupils.csv", PUPILS, "Import 2 pupils", "01-import")
    screen.sees("2 new")
    import_file(screen, "contacts.csv", CONTACTS, "Import 2 contacts", "02-contacts")
    screen.sees("2 new")
    screen.key("ctrl+6")
    _give_to_all(screen, "03-first-edition")
    screen.key("alt+k")  # words and checklist
    screen.sees("All that the law asks is there;")
    screen.click("Front part: what everyone reads")
    screen.key("ctrl+a", "Delete")
    screen.sees("these words cannot be made current")
    screen.shot("04-red")
    screen.key("alt+m")
    screen.sees("This cannot be made current yet.")
    screen.key("Escape")
    screen.click("Front part: what everyone reads")
    screen.key("ctrl+z")
    screen.sees("All that the law asks is there;")
    screen.key("ctrl+End")
    screen.key("Return", "Return")
    screen.type("## Pictures", "Return", "Return")
    screen.type("We take pictures of work and never of pupils.")
    screen.key("ctrl+s")
    screen.sees("The draft is saved.")
    screen.key("alt+g")
    screen.sees("There is a new part, “Pictures”.")
    screen.shot("05-changes")
    screen.key("alt+m")
    screen.sees("Make this the current edition?")
    screen.shot("06-question")
    screen.click("Make it current")
    screen.sees("This is the current edition now.")
    screen.click("Go to “To give”")
    _give_to_all(screen, "07-due-again")
    screen.key("alt+i")  # editions
    screen.sees("Earlier")
    screen.key("alt+g")
    screen.sees("There is a new part, “Pictures”.")
    screen.shot("08-editions")
    screen.key("alt+c")  # given and acknowledged
    screen.sees("0 of 4 notices chosen")  # a receipt is of the notice that somebody chose
    screen.click("Bramley, Theo", row=True)
    screen.sees("1 of 4 notices chosen")
    screen.key("alt+n")
    screen.key("Tab")
    screen.click("Record that they have it")
    screen.sees("Recorded: 1 notice, they have it.")
    screen.shot("09-given")
