"""The tasks of the office, each the shortest way that somebody trained would do it."""

from tests.journeys.screen import ROOT
from tests.tasks.hands import Hands
from tests.tasks.kinds import task
from tests.tasks.unit import CLASS, HEAD, OFFICE, OFFICER

_NEW_PUPILS = """surname,forename,dob,upn,sex,address_1,town,postcode,year_group,start_date,enrolment_status
Quillfeather,Marigold,2012-05-06,Y919110026001,F,4 Larch Way,Larkfield,AL28 2QN,10,2026-11-26,C
Bramley,Theo,2013-02-10,M919110026002,M,9 Mill Lane,Larkfield,AL28 3QN,9,2026-11-26,C
Pryce,Nia,2013-03-04,,F,1 Heron Close,Larkfield,AL28 3QP,9,2026-11-26,C
"""

_AS_OTHERS_WRITE = ROOT / "tests" / "services" / "imports" / "neighbours"
_UPN = b"Z919110026050"
MOST_OF_A_FIRST_RUN = 60
_PASSWORD = "four plain short words"


def open_record(hands: Hands, letters: str, ref: str) -> None:
    """The record of the pupil who is found by these letters."""
    hands.click("Find")
    hands.find(letters, "Return")
    hands.sees(ref)


@task(1, "From a name to the mother’s number, the severe allergy and today’s mark", OFFICE)
def find_in_a_hurry(hands: Hands) -> None:
    open_record(hands, "jel", "P0007")
    hands.sees("mother: 07700 900381")
    hands.sees("LIFE-THREATENING allergy: Peanuts")
    hands.sees("Morning: reason not yet known")


@task(2, "Mark a class of twelve, two absent, and see whom to call with numbers", OFFICE, pupils=CLASS)
def mark_a_class(hands: Hands) -> None:
    hands.key("ctrl+3")
    hands.sees("12 of 12 not marked")
    hands.key("F2")
    hands.name("Featherstone, Cerys")
    hands.name("Hussaini, Umar", held="ctrl")
    hands.find("n")
    _sees_whom_to_call(hands)
    hands.key("ctrl+s")
    hands.sees("Morning: all marked.")


def mark_a_class_by_mouse(hands: Hands) -> None:
    """The same with no key but the one that is held."""
    hands.click("Register", row=True)
    hands.sees("12 of 12 not marked")
    hands.click("Fill present")
    hands.name("Featherstone, Cerys")
    hands.name("Hussaini, Umar", held="ctrl")
    hands.click("Absent (N)")
    _sees_whom_to_call(hands)
    hands.click("Save")
    hands.sees("Morning: all marked.")


def _sees_whom_to_call(hands: Hands) -> None:
    """The first of each pupil absent, the wheel untouched."""
    for number in ("07700 900788", "07700 900115"):
        hands.sees(number)
        assert not any(wheel for _x, _y, wheel, *_where in hands.ask("reach-row", number)), number


@task(3, "Record a call made about an absence", OFFICE)
def record_a_call(hands: Hands) -> None:
    hands.key("ctrl+3")
    hands.sees("Morning: all marked.")
    hands.tab("To call")
    hands.click("Ms Leanne Jellicoe", row=True)
    hands.key("F4")
    hands.sees("Called about Jellicoe, Han")
    hands.type("Ill, back on Monday.", "Return")
    hands.until(lambda: not hands.ask("where", "Record"), "the call recorded")


@task(4, "Enter a new pupil by hand", OFFICE)
def enter_a_pupil(hands: Hands) -> None:
    hands.key("ctrl+2", "ctrl+n")
    hands.sees("Enter these first.")
    hands.type("Marigold", "Tab")
    hands.type("Quillfeather", "Tab")
    hands.type("6 5 2012", "Tab")
    hands.type("Y919110026001", "ctrl+s")
    hands.sees("is added. Go on with the details.")


@task(5, "Read in a list of three pupils", OFFICE)
def read_in_a_list(hands: Hands) -> None:
    source = hands.folder / "pupils.csv"
    source.write_text(_NEW_PUPILS, encoding="utf-8")
    hands.click("Import", row=True)
    hands.click("Choose a file…")
    hands.path(source)
    hands.click("Import 3 pupils")
    hands.sees("3 new")


@task(6, "A family with three children at the unit moves house", OFFICE)
def move_house(hands: Hands) -> None:
    open_record(hands, "brackenbury c", "P0033")
    hands.key("F2")
    hands.click("Move house…")
    hands.sees("P0047")
    hands.sees("P0050")
    hands.type("7 Heron Close")
    hands.to("Postcode")
    hands.type("AL28 3QP")
    hands.to("The new address holds from")
    hands.type("20 11 2026", "ctrl+s")
    hands.sees("3 records changed to the new address.")


@task(7, "Record a suspension, print the letter, record that the parents were told", HEAD)
def suspend(hands: Hands) -> None:
    open_record(hands, "jel", "P0007")
    hands.click("Suspensions", row=True)
    hands.click("Add a decision")
    hands.to("Number of sessions")  # a suspension, from this morning
    hands.type("2")
    hands.to("Main reason")
    hands.find("pp")
    hands.to("What happened")
    hands.type("Threw a chair in the hall", "ctrl+s")
    hands.until(lambda: hands.ask("focus") == ["Next: Tell the parents, without delay."], "the next step: the parents told")
    hands.key("Tab", "Return")
    hands.until(lambda: hands.ask("focus") == ["Make the letter…"], "the next step: the letter")
    hands.rest()
    hands.key("Return")
    save_paper(hands)
    hands.click("Close (Esc)")
    hands.sees("Done 26 Nov 2026")


def save_paper(hands: Hands, *, several: bool = False, guarded: str = "") -> None:
    """Where there is no printer: a file, or a file each in a folder. As many acts as a printer asks for.

    ``guarded`` is the answer to the question that comes where somebody on it is protected.
    """
    hands.click("Save as PDF…")
    if guarded:
        hands.click(guarded)
    hands.path(hands.home if several else hands.home / "paper.pdf")
    hands.until(lambda: any(hands.home.rglob("*.pdf")), "the paper")


@task(8, "Add a contact who lives with the pupil", OFFICE)
def add_a_contact(hands: Hands) -> None:
    open_record(hands, "jel", "P0007")
    hands.click("Contacts", row=True)
    hands.click("Add a contact")
    hands.type("Mr", "Tab")
    hands.type("Owen", "Tab")
    hands.type("Jellicoe", "Tab")
    hands.find("fat")
    hands.to("Has parental responsibility")
    hands.key("y")
    hands.to("Lives with the pupil")
    hands.key("y")
    hands.to("Mobile")
    hands.type("07700 900111", "ctrl+s")
    hands.sees("Mr Owen Jellicoe")


@task(9, "Record a dose of a medicine that was given", OFFICE)
def give_a_dose(hands: Hands) -> None:
    open_record(hands, "celik r", "P0055")
    hands.click("Medicine: Salbutamol inhaler")
    hands.click("Give a dose now")
    hands.type("Sam Hill", "ctrl+s")  # who gave it
    hands.sees("Salbutamol inhaler, 26 November 2026")


@task(10, "A pupil leaves today, with the leaver pack", OFFICER)
def leave(hands: Hands) -> None:
    open_record(hands, "jel", "P0007")
    hands.click("Stays", row=True)
    hands.click("The pupil leaves today")
    hands.key("ctrl+s")
    hands.sees("Saved ")
    hands.click("Make the leaver pack…")
    hands.sees("Leaver pack, last day")
    folder = hands.folder / "leaver"
    folder.mkdir()
    hands.key("Return")
    hands.path(folder)
    hands.sees("Password of the papers")
    assert list(folder.glob("*-leaver-*.pdf"))


@task(11, "First run, with a real list, to the first notice", "", pupils=0)
def begin_a_unit(hands: Hands) -> None:
    """The lists are as others lay them out, with headings of their own and columns that we do not keep."""
    source, family = hands.folder / "pupils.csv", hands.folder / "contacts.csv"
    source.write_bytes((_AS_OTHERS_WRITE / "more" / "ap_census.csv").read_bytes())
    family.write_bytes((_AS_OTHERS_WRITE / "more" / "parents.csv").read_bytes().replace(b"__UPN__", _UPN))
    hands.sees("Welcome to Pupil Desk")
    hands.click("Set up a unit")
    hands.sees("Name of the unit")
    for text in ("Larkfield Education Support Centre", "919", "1100", "Helen Ellis", _PASSWORD):
        hands.type(text, "Tab")
    hands.type(_PASSWORD, "Return")
    hands.sees("Keep this recovery code")
    groups = next(text for text in hands.ask("texts") if text.count("-") == 6).split("-")
    hands.into("Type the second group, from the paper", groups[1])
    hands.into("Type the last group, from the paper", groups[-1])
    hands.key("Return")
    hands.sees("What needs doing")
    for file, what in ((source, "1 pupil"), (family, "2 contacts")):
        hands.click("Import", row=True)
        hands.click("Choose a file…")
        hands.path(file)
        hands.click(f"Import {what}")
        hands.sees(" new, 0 changed")
    hands.key("ctrl+6")
    hands.sees("Due (1)")
    save_paper(hands, several=True)
    assert hands.actions <= MOST_OF_A_FIRST_RUN
