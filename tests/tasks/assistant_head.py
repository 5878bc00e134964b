"""The tasks of the assistant head, each the shortest way that somebody trained would do it."""

from tests.tasks.hands import Hands
from tests.tasks.kinds import task
from tests.tasks.office import save_paper
from tests.tasks.unit import HEAD, SCAN


@task(12, "A parent rings: record the wish about youth support", HEAD)
def record_a_wish(hands: Hands) -> None:
    hands.key("ctrl+6")
    hands.find("jel", "Return")
    hands.sees("Record a choice")
    hands.key("r")  # the mother, who alone may say it, is chosen
    hands.to("How it came")
    hands.find("t")  # telephone
    hands.to("Note")
    hands.type("Rang at nine. Will not have more told.", "ctrl+s")
    hands.sees("restricted it on")


@task(13, "Record a consent from a signed paper", HEAD)
def record_a_consent(hands: Hands) -> None:
    hands.click("Consents", row=True)
    hands.find("ber", "Return")
    hands.sees("Record what was said")
    hands.click("All its uses")
    hands.key("y", "ctrl+s")
    hands.sees("Said yes: Photographs")


@task(14, "Print the consent forms for one class", HEAD)
def print_consent_forms(hands: Hands) -> None:
    hands.click("Consents", row=True)
    hands.tab("Class or trip")
    hands.click("Year group")
    hands.click("Year 10", row=True)
    hands.key("ctrl+p")
    save_paper(hands)


@task(15, "Read a scan in and confirm the forms", HEAD)
def read_a_scan(hands: Hands) -> None:
    hands.click("Forms", row=True)
    hands.key("ctrl+r")
    hands.path(hands.folder / SCAN)
    hands.sees("2 of 2 pages filed, 0 set aside.")
    hands.key("Return", "Return")


@task(16, "Print the list for the leader of a trip", HEAD)
def print_a_trip_list(hands: Hands) -> None:
    hands.click("Consents", row=True)
    hands.tab("Class or trip")
    hands.find("cl")
    hands.menu("More", "List for the leader")
    save_paper(hands, guarded="Save it")


@task(17, "Give the notice to the families who have none", HEAD)
def give_notices(hands: Hands) -> None:
    hands.key("ctrl+7")
    hands.sees("Due (28)")
    hands.click("Choose all")
    save_paper(hands, several=True, guarded="Save them")
    hands.click("Record 28 as given")
    hands.sees("A mistake is taken back under")
    hands.click("Record 28 as given")
    hands.sees("Due (0)")
