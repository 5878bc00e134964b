"""Each category of the notice has its screen: reached, filled and read back by the keyboard alone, in the real window."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from screen import ROOT, Screen
from steps import HELEN, PASSWORD, first_run, import_file, sign_in

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

PUPILS = """surname,forename,dob,upn,sex,ethnicity,address_1,town,postcode,year_group,start_date,enrolment_status
Quillfeather,Marigold,2010-05-06,Y919110026001,F,WBRI,4 Larch Way,Larkfield,AL28 2QN,12,2026-09-02,C
"""


@dataclass(frozen=True)
class Entry:
    """One entry of a part: the place of its pane, the button that begins it, what is typed into which field, and what is read back."""

    part: str
    add: str
    typed: dict[str, str]
    told: tuple[str, ...]
    pane: int = 0


ENTRIES = (
    Entry("Details", "", {"ULN": "1000000051", "Ethnic group": "WIRI"}, ("1000000051", "White - Irish (WIRI)")),
    Entry("Contacts", "Add a contact", {"Surname": "Quillfeather", "Relationship": "Mother", "Forename": "Hester",
                                        "Mobile": "07700 900123"}, ("Hester Quillfeather", "07700 900123")),
    Entry("Needs and care", "Add a provision", {"SEN provision": "E", "From": "1 9 2025"}, ("1 Sep 2025",)),
    Entry("Needs and care", "Add an entry", {"Care, meals or premium": "TFSM", "From": "2 9 2025"}, ("2 Sep 2025",), pane=2),
    Entry("Health", "Add one", {"Kind": "A", "What it is": "Peanuts"}, ("Peanuts",)),
    Entry("Suspensions", "Add a decision", {"First day": "24 11 2026", "Number of sessions": "2", "Main reason": "DM", "What happened": "Broke a window"}, ("Damage",)),
    Entry("Assessments", "Add results", {"Stage": "KS4", "Subject": "English", "Method": "TA", "Result": "4"}, ("English",)),
    Entry("Learning", "Add learning", {"Kind of learning": "course", "Title": "Art and Design"}, ("Art and Design",)),
    Entry("Destinations", "Add a destination", {"Kind of destination": "intended", "Activity": "220", "Provider": "Larkfield College"},
          ("Larkfield College",)),
    Entry("Notes", "Write a note", {"Category": "Behaviour", "What happened or was said": "Left the room at ten"}, ("Left the room at ten",)),
    Entry("Notes", "Write a note", {"Category": "Safeguarding concern", "What happened or was said": "Asked for help"}, ("Asked for help",), pane=1),
)  # fmt: skip


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "record")))
    with Screen(tmp_path, shots=shots) as found:
        yield found


def _turn_to(screen: Screen, part: str) -> None:
    """To a part of the record in view, by its letter or by the keys that turn to the next."""
    for _press in range(40):
        if part in (before := screen.ask("chosen")):
            return
        screen.key("ctrl+Next")
        screen.until(lambda: screen.ask("chosen") != before, "the next part")  # asked at once
    raise AssertionError(f"no part {part!r}")


def _turn_pane(screen: Screen, entry: Entry) -> None:
    """To the pane of a part that has several; the tabs have the part's name."""
    if entry.pane:
        screen.to(entry.part)
        screen.key(*["Right"] * entry.pane)


def _enter(screen: Screen, entry: Entry) -> None:
    _turn_to(screen, entry.part)
    _turn_pane(screen, entry)
    if entry.add:
        screen.to(entry.add)
        screen.key("space")
    for field, text in entry.typed.items():
        screen.to(field)
        screen.key("ctrl+a")
        screen.type(text)
    screen.shot(f"{entry.part}-{entry.add}".replace(" ", "-").lower())
    screen.key("ctrl+s")
    screen.until(lambda: "Not saved yet" not in screen.ask("texts"), f"{entry.add}: kept")
    for words in entry.told:
        screen.sees(words)


def test_every_part_of_the_record_by_the_keyboard_alone(screen: Screen) -> None:
    screen.start()
    first_run(screen)
    _confirm_the_school_year(screen)
    import_file(screen, "pupils.csv", PUPILS, "Import 1 pupil", "01-import")
    screen.sees("1 new")
    screen.key("ctrl+2")
    screen.type("quill", "Return")
    screen.sees("P0001, 16 years old")
    for entry in ENTRIES:
        _enter(screen, entry)
    _mark(screen)
    screen.key("ctrl+l")
    sign_in(screen, HELEN, PASSWORD)
    screen.sees("&Fill present")  # on the page where it was locked
    screen.key("ctrl+2")
    screen.type("quill", "Return")
    for entry in ENTRIES:
        _turn_to(screen, entry.part)
        _turn_pane(screen, entry)
        for words in entry.told:
            screen.sees(words)
    _to_the_day(screen)
    screen.sees("Morning: all marked.")


def _confirm_the_school_year(screen: Screen) -> None:
    """From Home, where it is named as a proposal, by keys alone: a suspension counts school days, and waits for it."""
    screen.to("Backup: No backup has been made yet")
    screen.key("Down")  # one stop of Tab a card, and the arrows within
    screen.to("School year: Confirm the terms")
    screen.key("Return")
    screen.to("These are our terms")
    screen.key("space")
    screen.sees("Are these the unit’s terms?")
    screen.to("Yes, they are ours")
    screen.key("space")
    screen.sees("School year confirmed.")


def _to_the_day(screen: Screen) -> None:
    screen.key("ctrl+3")
    screen.to("Date")
    screen.key("ctrl+a")
    screen.type("20 11 2026", "Return")


def _mark(screen: Screen) -> None:
    """A day of the register: everybody is there in the morning, and nobody in the afternoon without a reason given yet."""
    _to_the_day(screen)
    screen.sees("Morning: 1 of 1 not marked.")
    screen.to("Register")
    screen.key("F2")
    screen.sees("1 mark not saved yet")
    screen.key("F3")
    screen.type("n")
    screen.sees("2 marks not saved yet")
    screen.shot("register")
    screen.key("ctrl+s")
    screen.sees("Afternoon: all marked.")
