"""A request for a copy from its receipt to its closing, in the real window: by the keyboard, the copy gone through and written, its words read off the screen."""

import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from screen import ROOT, Screen
from steps import first_run, import_file

from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.files.locked_zip import unlocked
from tests.made_papers import a_pdf

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

PUPILS = """surname,forename,dob,upn,sex,address_1,town,postcode,year_group,start_date,enrolment_status,medical
Quillfeather,Marigold,2012-05-06,Y919110026001,F,4 Larch Way,Larkfield,AL28 2QN,10,2026-09-02,C,Asthma. Tyrone Penn knows where the inhaler is.
Penn,Tyrone,2012-02-03,M919110026002,M,9 Mill Lane,Larkfield,AL28 3QN,10,2026-09-02,C,
"""

CONTACTS = """upn,surname,relationship,order,title,forename,parental_responsibility,lives_with,mobile
Y919110026001,Quillfeather,PAM,1,Ms,Hester,yes,yes,07700 900123
"""
PLACES = (
    "The paper file",
    "E-mail and calendars",
    "Shared drives and staff folders",
    "The school’s other systems",
    "Staff notebooks and planners",
    "Messages on work telephones",
    "Cameras (CCTV)",
    "Photographs and recordings",
)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "copy")))
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
    screen.click("Look at it, print or save")
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


def _keep_paper(screen: Screen) -> None:
    """A report that names the boy too, kept with her record."""
    source = screen.folder / "report.pdf"
    source.write_bytes(a_pdf(1, "Marigold sat by Tyrone Penn"))
    screen.key("ctrl+e")
    screen.type("quill", "Return")
    screen.sees("Marigold")
    screen.click("Papers kept", row=True)
    screen.click("Add a paper…")
    screen.path(source)
    screen.sees("PDF, 1 page")
    screen.to("Kind")
    screen.type("Letter", "Tab")
    screen.key("ctrl+s")
    screen.sees("Saved")


def _cover(screen: Screen) -> None:
    """By the keyboard alone: a box over the name is proposed, another drawn, moved and sized, and taken away again."""
    screen.key("alt+3")
    screen.to("Papers kept on the pupil")
    screen.to("Draw boxes on it")
    screen.key("space")
    screen.sees("No box yet")
    screen.to("Propose boxes over names")
    screen.key("space")
    screen.sees("1 box on page 1")
    screen.to("New box")
    screen.key("space")
    screen.sees("2 boxes on page 1")
    drawn = str(screen.ask("focus")[0])  # which number it has is decided by where it comes
    screen.key("Right", "Right", "shift+Down", "Tab")
    screen.shot("14-boxes")
    screen.to(drawn)
    screen.key("Delete")
    screen.sees("1 box on page 1")
    screen.key("Escape")
    screen.sees("1 box is drawn on it.")
    screen.to("Give it")
    screen.key("space")
    screen.sees("Given, with boxes")


def _go_through(screen: Screen) -> None:
    """W on the boy who is named, all else as proposed."""
    screen.key("alt+p")
    screen.sees("No copy is begun")
    screen.click("Begin the copy")
    screen.sees("A copy of what we hold")
    screen.click("Tyrone Penn", row=True)
    screen.shot("10-places")
    screen.key("w")
    screen.click("As proposed, all")
    screen.click("Decide as proposed")
    screen.sees("All places are decided")
    screen.key("alt+4")
    screen.sees("No withheld word stands elsewhere")
    screen.shot("11-still-standing")
    _cover(screen)


def _write(screen: Screen, folder: Path) -> str:
    """To a folder; the password of the files, as they stand on the screen."""
    folder.mkdir()
    screen.key("alt+5")
    screen.sees("All is decided")
    screen.click("Write the copy…")
    screen.path(folder)
    screen.sees("Password of the files")
    screen.shot("12-written")
    words = next(text for text in screen.ask("texts") if text.count("-") == 5 and text.replace("-", "").isalpha())
    screen.click("Done")
    screen.click("I have noted it")
    screen.sees("Written on")
    screen.click("Back to the request")
    return str(words)


def test_a_request_is_answered_with_a_copy(screen: Screen) -> None:
    screen.start()
    first_run(screen)
    import_file(screen, "pupils.csv", PUPILS, "Import 2 pupils", "00-import")
    screen.sees("2 new")
    import_file(screen, "contacts.csv", CONTACTS, "Import 1 contact", "01-import")
    screen.sees("1 new")
    _keep_paper(screen)
    _receive(screen)
    _acknowledge(screen)
    _check(screen)
    _search(screen)
    _go_through(screen)
    words = _write(screen, screen.folder / "stick")
    [path] = (screen.folder / "stick").glob("*-copy-*.pdf")
    read = pypdfium2.PdfDocument(unlocked_pdf(path.read_bytes(), words))
    text = " ".join(read[number].get_textpage().get_text_range() for number in range(len(read)))
    read.close()
    assert "Asthma. [withheld] knows where the inhaler is." in " ".join(text.split())
    assert "Tyrone" not in text
    [archive] = (screen.folder / "stick").glob("*-data.zip")
    papers = unlocked(archive.read_bytes(), words)
    read = pypdfium2.PdfDocument(papers["paper-1.pdf"])
    assert "Tyrone" not in read[0].get_textpage().get_text_range()
    assert "[withheld" in read[0].get_textpage().get_text_range()
    read.close()
    screen.sees("Written on")
    screen.key("alt+s")
    screen.click("Exemptions, or none", row=True)
    _answer(screen)
    screen.click("Close the case")
    screen.sees("is closed.")
    screen.sees("Closed (1)")
    screen.shot("13-closed")
    screen.key("ctrl+1")
    screen.sees("What needs doing")
    screen.never_sees("a copy of the data")
