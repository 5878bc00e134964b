"""The tasks of the data officer, each the shortest way that somebody trained would do it."""

from pathlib import Path

from tests.tasks.hands import Hands
from tests.tasks.kinds import task
from tests.tasks.unit import OFFICER, PASSWORD


def _export(hands: Hands, title: str, why: str) -> Path:
    """Prepared, the reason given, made into a folder; closed with its password noted."""
    folder = hands.folder / "stick"
    folder.mkdir()
    hands.click("Exports", row=True)
    hands.double_click(title)
    hands.sees("All exports (Esc)")
    hands.type(why)
    hands.click("Another folder…")
    hands.path(folder)
    hands.sees(str(folder))
    hands.click("Make the export")
    hands.sees("The export is made and was read back whole")
    return folder


@task(18, "Youth support export, with its receipt", OFFICER)
def youth_support(hands: Hands) -> None:
    folder = _export(hands, "Pupils for the youth support service", "Termly return to the service")
    hands.click("Done")
    hands.click("I have noted it")
    assert list(folder.glob("*.xlsx"))
    assert list(folder.glob("*.txt"))


@task(19, "School census export", OFFICER)
def census(hands: Hands) -> None:
    folder = _export(hands, "School census", "Autumn census")
    hands.click("Done")
    assert list(folder.glob("*pupil*.csv"))


_PLACES = (
    "The paper file",
    "E-mail and calendars",
    "Shared drives and staff folders",
    "The school’s other systems",
    "Staff notebooks and planners",
    "Messages on work telephones",
    "Cameras (CCTV)",
    "Photographs and recordings",
)


@task(20, "A request for a copy, from its receipt to the pack", OFFICER)
def answer_a_request(hands: Hands) -> None:
    folder = hands.folder / "stick"
    folder.mkdir()
    _receive(hands)
    _acknowledge(hands)
    _check(hands)
    for place in _PLACES:
        hands.click(place)
    hands.key("ctrl+s")
    hands.until(lambda: not hands.ask("where", _PLACES[0]), "each place ticked, and none left")
    hands.key("alt+p")
    hands.click("Begin the copy")
    hands.sees("A copy of what we hold")
    hands.click("As proposed, all")
    hands.click("Decide as proposed")
    hands.sees("All places are decided")
    hands.key("alt+5")
    hands.click("Write the copy…")
    hands.path(folder)
    hands.sees("Password of the files")
    hands.click("Done")
    assert list(folder.glob("*-copy-*.pdf"))


def _receive(hands: Hands) -> None:
    """The mother asks by e-mail."""
    hands.click("Requests", row=True)
    hands.sees("No request is chosen")
    hands.key("ctrl+n")
    hands.sees("New request or complaint")
    hands.find("jel", "Return")
    hands.sees("About Han Jellicoe")
    hands.key("Return")
    hands.key("Down")  # a copy of the data
    hands.to("How it came")
    hands.find("e", "ctrl+s")  # by e-mail
    hands.sees("Recorded as R")


def _acknowledge(hands: Hands) -> None:
    hands.click("Say that we have it", row=True)
    hands.click("Write the letter")
    hands.sees("Once it has gone, this step is recorded: Acknowledged.")
    hands.click("Record as given")
    hands.sees("The letter is kept with the case, word for word.")


def _check(hands: Hands) -> None:
    """Who asks, by what right, and whether the pupil understands."""
    for answer, after in (("y", "Check the right to ask"), ("y", "Note if the pupil understands")):
        hands.to("Answer")
        hands.find(answer)
        hands.key("ctrl+s")
        hands.sees(after)
    hands.to("Answer")
    hands.find("n")
    hands.to("Why, or what was found")
    hands.type("Talked it over with her", "ctrl+s")
    hands.sees("Search the other places")


@task(21, "A proved backup, and a restore drill", OFFICER)
def back_up(hands: Hands) -> None:
    folder = hands.folder / "stick"
    folder.mkdir()
    hands.click("Backup", row=True)
    hands.click("Another folder…")
    hands.path(folder)
    hands.click("Make a backup")
    hands.until(lambda: list(folder.glob("*.pupilbackup")), "the backup")
    hands.sees("roved")
    hands.click("Restore drill…")
    hands.path(next(folder.glob("*.pupilbackup")))
    hands.sees("Your password")
    hands.type(PASSWORD, "Return")
    hands.sees("Certificate of a restore drill")
