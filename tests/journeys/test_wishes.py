"""Two of the assistant head's errands in the real window: a parent rings to limit sharing, and a pupil turns 16."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from screen import MOMENT, ROOT, Screen
from steps import colleague, first_run, import_file, open_later

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

SAM, SAMS = "Sam Whitlock", "another five plain words here"
TODAY = MOMENT.date()


def _born(years: int, turns_in: int) -> str:
    """The date of birth of one who turns that age in so many days; no birthday of these falls on 29 February."""
    day = TODAY + timedelta(days=turns_in)
    return day.replace(year=day.year - years, day=min(day.day, 28)).isoformat()


PUPILS = f"""surname,forename,dob,upn,address_1,town,postcode,year_group,start_date,enrolment_status
Quillfeather,Marigold,{_born(15, -60)},Y919110026001,4 Larch Way,Larkfield,AL28 2QN,10,2025-09-02,C
Bramley,Theo,{_born(16, 12)},M919110026002,9 Mill Lane,Larkfield,AL28 3QN,11,2025-09-02,C
"""
CONTACTS = """upn,surname,relationship,order,title,forename,parental_responsibility,lives_with,address_1,postcode
Y919110026001,Quillfeather,PAM,1,Ms,Hester,yes,yes,,
Y919110026001,Quillfeather,PAF,2,Mr,Jonah,yes,no,2 Elm Road,AL28 4QN
M919110026002,Bramley,PAF,1,Mr,Alan,yes,yes,,
"""
CHOICES = f"upn,recipient,choice,by,on,giver\nM919110026002,youth-support,restrict,parent,{TODAY - timedelta(days=100)},Alan Bramley\n"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "wishes")))
    with Screen(tmp_path, shots=shots) as found:
        yield found


def _unit(screen: Screen) -> None:
    screen.start()
    first_run(screen)
    import_file(screen, "pupils.csv", PUPILS, "Import 2 pupils", "01-pupils")
    screen.sees("2 new")
    import_file(screen, "contacts.csv", CONTACTS, "Import 3 contacts", "02-contacts")
    screen.sees("3 new")
    import_file(screen, "choices.csv", CHOICES, "Import 1 choice", "03-choices")
    screen.sees("1 new")
    colleague(screen, SAM, "Assistant head", SAMS)


def test_a_parent_rings_to_limit_sharing(screen: Screen) -> None:
    """The other parent has allowed it: both words are shown as one contradiction, and the stricter holds."""
    _unit(screen)
    screen.key("ctrl+5")
    screen.type("quill", "Return")
    screen.sees("Ms Hester Quillfeather: not asked yet.")
    screen.key("a")
    screen.to("Who said it")
    screen.key("Down")
    screen.sees("Said by Ms Hester Quillfeather as parent")
    screen.key("ctrl+s")
    screen.sees("Ms Hester Quillfeather allowed it on")
    # the telephone rings: the father
    screen.type("quill", "Return")
    screen.key("r")
    screen.to("Who said it")
    screen.key("Down", "Down")
    screen.sees("Mr Jonah Quillfeather")
    screen.to("How it came")
    screen.key("ctrl+a")
    screen.type("Telephone")
    screen.to("Note")
    screen.type("Rang at ten. Will not have more told.")
    screen.sees("Said by Mr Jonah Quillfeather as parent")
    screen.sees("Youth support service: full → minimum")
    screen.shot("04-rings")
    screen.key("ctrl+s")
    screen.sees("Recorded. Youth support service: full → minimum")
    screen.sees("Youth support service: two parents disagree")
    screen.sees("Mr Jonah Quillfeather restricted it on")
    screen.shot("05-disagree")
    screen.key("alt+w")
    screen.sees("Mr Jonah Quillfeather restricted it on")
    screen.key("ctrl+1")
    open_later(screen)
    screen.sees("Marigold Quillfeather: two parents disagree, and the stricter word holds")


@pytest.mark.torture
def test_a_pupil_turns_16(screen: Screen) -> None:
    """From Home to the letter, and that the pupil was told; the parent's word stays to be seen, and ends with the day."""
    _unit(screen)
    open_later(screen)
    screen.sees("Theo Bramley turns 16 on")
    screen.click(next(text for text in screen.ask("texts") if text.startswith("Theo Bramley turns 16 on")))
    screen.sees("1 birthday in the next 90 days. 1 letter still to go")
    screen.sees("A parent’s choice on file ends with it.")
    screen.sees("Youth support service: Alan Bramley restricted it on")
    screen.shot("06-coming")
    screen.key("alt+l")
    screen.sees("Your information, your choice: Theo Bramley")
    screen.shot("07-letter")
    screen.key("Escape")
    screen.sees("1 letter still to go")
    screen.key("alt+r")
    screen.sees("Was the pupil told?")
    screen.click("Record it")
    screen.sees("Recorded: Theo Bramley was told today.")
    screen.sees("Told ")
    screen.key("alt+o")
    screen.sees("Told that the choice is now the pupil’s own: Theo Bramley")
    screen.shot("08-told")
    screen.key("ctrl+1")
    screen.sees("The letter has gone")
