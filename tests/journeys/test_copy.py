"""A request is answered with a copy, in the real window: gone through by keys, written, its words read off the screen, and the case closed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from screen import ROOT, Screen
from steps import first_run, import_file
from test_request import CONTACTS, _acknowledge, _answer, _check, _receive, _search

from pupil_desk.documents.locked_pdf import unlocked_pdf

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

PUPILS = """surname,forename,dob,upn,sex,address_1,town,postcode,year_group,start_date,enrolment_status,medical
Quillfeather,Marigold,2012-05-06,Y919110026001,F,4 Larch Way,Larkfield,AL28 2QN,10,2026-09-02,C,Asthma. Tyrone Penn knows where the inhaler is.
Penn,Tyrone,2012-02-03,M919110026002,M,9 Mill Lane,Larkfield,AL28 3QN,10,2026-09-02,C,
"""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "copy")))
    with Screen(tmp_path, shots=shots) as found:
        yield found


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
    screen.sees("Nothing is left")
    screen.shot("11-still-standing")


def _write(screen: Screen, folder: Path) -> str:
    """To a folder; the words that open the files, as they stand on the screen."""
    folder.mkdir()
    screen.key("alt+5")
    screen.click("Write the copy…")
    screen.until(lambda: screen.ask("enabled", "fileNameEdit"), "the file dialog")
    screen.type(str(folder), "Return")
    screen.sees("The words that open the files")
    screen.shot("12-written")
    words = next(text for text in screen.ask("texts") if text.count("-") == 5 and text.replace("-", "").isalpha())
    screen.click("Done")
    screen.click("Back to the request")
    return str(words)


def test_a_request_is_answered_with_a_copy(screen: Screen) -> None:
    screen.start()
    first_run(screen)
    import_file(screen, "pupils.csv", PUPILS, "Import 2 pupils", "00-import")
    screen.sees("2 new")
    import_file(screen, "contacts.csv", CONTACTS, "Import 1 contact", "01-import")
    screen.sees("1 new")
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
    screen.sees("Written on")
    screen.key("alt+s")
    screen.click("Exemptions, or none", row=True)
    _answer(screen)
    screen.click("Close the case")
    screen.sees("is closed.")
