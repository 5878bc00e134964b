"""What leaves the unit, in the real window: a return from its preview to its signed receipt and a leaver's pack; an own export made, approved and made again."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import msoffcrypto
import pytest
from python_calamine import CalamineWorkbook
from screen import ROOT, Screen
from steps import HELEN, PASSWORD, first_run, import_file, sign_in

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

PUPILS = """surname,forename,dob,upn,sex,ethnicity,address_1,town,postcode,year_group,start_date,enrolment_status
Quillfeather,Marigold,2012-05-06,Y919110026001,F,WBRI,4 Larch Way,Larkfield,AL28 2QN,10,2026-09-02,C
Bramley,Theo,2013-02-10,M919110026002,,WBRI,9 Mill Lane,Larkfield,AL28 3QN,9,2026-09-02,C
"""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "exports")))
    with Screen(tmp_path, shots=shots) as found:
        yield found


def _choose_folder(screen: Screen, button: str, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    screen.click(button)
    screen.path(folder)


def _words(screen: Screen) -> str:
    """The words of a password that stand on the screen."""
    return next(text for text in screen.ask("texts") if text.count("-") >= 4 and " " not in text and "/" not in text and "." not in text)


def _prepare(screen: Screen, title: str) -> None:
    screen.click("Exports", row=True)
    screen.key("alt+e")  # the first of its tabs, whichever was left
    screen.sees("repare it (Enter)")
    screen.click(title, row=True)
    screen.key("Return")
    screen.sees("All exports (Esc)")


def _names_in(path: Path, words: str) -> list[str]:
    """Opened by a program of others: the surnames in a locked workbook."""
    book, plain = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes())), io.BytesIO()
    book.load_key(password=words)
    book.decrypt(plain)
    heading, *rows = CalamineWorkbook.from_filelike(io.BytesIO(plain.getvalue())).get_sheet_by_index(0).to_python()
    column = next(place for place, name in enumerate(heading) if str(name).lower().endswith("surname"))
    return [str(row[column]) for row in rows]


def _the_return(screen: Screen, folder: Path) -> None:
    """Due today, what is missing put right from the list, made, its receipt signed and its delivery confirmed."""
    _prepare(screen, "New pupils: return to the authority")
    screen.sees("2 pupils, nobody left out.")
    screen.shot("01-preview")
    screen.click("Theo Bramley: The sex is missing, which the admission register shows.")
    screen.sees("Theo Bramley")
    screen.until(lambda: screen.ask("focus") == ["Sex"], "the cursor in the field")
    screen.type("M", "ctrl+s")
    screen.click("Exports", row=True)
    screen.sees("2 pupils, nobody left out.")
    mended = "Theo Bramley: The sex is missing, which the admission register shows."
    screen.until(lambda: not any(mended in seen for seen in screen.ask("texts")), "that it is mended: its line goes once no click is fresh")
    screen.fill("Why it is made (required)", "Termly return to the authority")
    _choose_folder(screen, "Another folder…", folder)
    screen.sees("Excel asks for the password")
    screen.shot("02-ready")
    screen.click("Make the export")
    screen.sees("Tell it to the receiver by another way")
    screen.shot("03-made")
    words = _words(screen)
    (path,) = folder.glob("la-new-pupil*.xlsx")
    assert _names_in(path, words) == ["Bramley", "Quillfeather"]
    screen.click("Receipt to sign…")
    screen.sees("Page 1 of 1")
    screen.shot("04-receipt")
    screen.key("Escape")
    screen.click("Done")
    screen.click("I have noted it")
    screen.key("alt+x")
    screen.click("New pupils: return to the authority", row=True)
    screen.click("Confirm delivery…")
    screen.key("Down")  # how: the first way there is
    screen.fill("Who took it, by name or office", "Admissions office")
    screen.click("Record it")
    screen.sees("It is recorded that the export was delivered.")
    screen.shot("05-delivered")


def _the_pack(screen: Screen, folder: Path) -> None:
    """Theo leaves today; his pack is one action."""
    screen.key("ctrl+2")
    screen.click("Find by name or number (Ctrl+F)")
    screen.type("bramley", "Return")
    screen.sees("P0002, 13 years old")  # at the part where the sex was put right
    for _press in range(20):
        if "Stays" in (before := screen.ask("chosen")):
            break
        screen.key("ctrl+Next")
        screen.until(lambda: screen.ask("chosen") != before, "the next part")  # asked at once
    screen.click("The pupil leaves today")
    screen.key("ctrl+s")
    screen.shot("06-left")
    screen.click("Leaver pack…")
    screen.sees("Leaver pack, last day")
    folder.mkdir()
    screen.click("Make the pack…")
    screen.until(lambda: any("to confirm" in name for name in screen.ask("focus")), "the question, ready to be answered")
    screen.type("plain", "Return")
    screen.path(folder)
    screen.sees("Password of the papers")
    screen.shot("07-pack")
    assert list(folder.glob("*-leaver-*.pdf"))
    words = _words(screen)
    screen.key("ctrl+l")  # locks without a question, and loses no password that the files are locked with
    sign_in(screen, HELEN, PASSWORD)
    screen.sees("A password that is not noted yet")
    screen.shot("08-not-noted")
    assert _words(screen) == words
    screen.click("I have noted it")
    screen.key("ctrl+l")
    sign_in(screen, HELEN, PASSWORD)
    screen.sees("Theo Bramley")
    screen.never_sees("A password that is not noted yet")


def test_a_return_to_its_signed_receipt_and_a_leavers_pack(screen: Screen) -> None:
    screen.start()
    first_run(screen)
    import_file(screen, "pupils.csv", PUPILS, "Import 2 pupils", "00-import")
    screen.sees("2 new")
    _the_return(screen, screen.folder / "stick")
    _the_pack(screen, screen.folder / "leaver")


@pytest.mark.torture
def test_an_own_export_is_made_saved_approved_and_run_again(screen: Screen) -> None:
    screen.start()
    first_run(screen)
    import_file(screen, "pupils.csv", PUPILS, "Import 2 pupils", "10-import")
    screen.sees("2 new")
    _design(screen)
    folder = screen.folder / "stick"
    _prepare(screen, "Summer meals")
    screen.sees("2 pupils, nobody left out.")
    screen.fill("Why it is made (required)", "Meals of the summer")
    _choose_folder(screen, "Another folder…", folder)
    screen.click("Make the export")
    screen.sees("Tell it to the receiver by another way")
    words = _words(screen)
    screen.click("Done")
    screen.click("I have noted it")
    (first,) = folder.glob("*.xlsx")
    assert _names_in(first, words) == ["Bramley", "Quillfeather"]
    _prepare(screen, "Summer meals")  # once more, from the list: the reason as before, the folder is remembered
    screen.click("As before: Meals of the summer")
    screen.key("Return")
    screen.sees("Tell it to the receiver by another way")
    screen.shot("13-again")
    assert len(list(folder.glob("*.xlsx"))) == 2


def _design(screen: Screen) -> None:
    """For whom and why, what goes, saved as a draft, and approved."""
    screen.click("Exports", row=True)
    screen.key("alt+w")
    screen.click("New export")
    typed = {
        "Name of the export": "Summer meals",
        "For whom": "Larkfield Kitchen",
        "What they need it for": "To cook",
        "On what basis": "public-task",
        "Which law, and why it covers this": "Education Act 1996, section 512",
    }
    for field, text in typed.items():
        screen.to(field)
        screen.key("ctrl+a")
        screen.type(text)
    screen.shot("11-design")
    screen.key("alt+g")  # what goes
    for name in ("Legal surname", "Year group"):
        screen.fill("Find an item, and press Enter to tick it", name)
        screen.key("Return")
    screen.key("ctrl+s")
    screen.sees("Saved as a draft.")
    screen.click("Approve…")
    screen.click("Approve it")
    screen.sees("Approved.")
    screen.shot("12-approved")
