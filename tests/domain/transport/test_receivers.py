"""Whom words about who may receive a pupil may mean, and whether words tell a home."""

from datetime import date

import pytest

from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.transport.home_words import tells_home
from pupil_desk.domain.transport.receivers import receivers_told, strangers

MAX = Contact(id="max", surname="Ash", forename="Max", title="Mr", relationship="PAF", mobile="07700 900666")
LEE = Contact(id="lee", surname="Birch", forename="Lee", relationship="STF")
RUTH = Contact(
    id="ruth",
    surname="Ash",
    forename="Ruth",
    title="Mrs",
    relationship="PAM",
    address_1="Flat 2",
    address_2="14 Larch Way",
    postcode="SG4 7ZZ",
)
TOM = Contact(id="tom", surname="Ash", forename="Tom", title="Mr", relationship="REL")
ALL = (MAX, LEE, RUTH, TOM)


def against(*barred: Contact) -> list[Protection]:
    return [protection(contact.id) for contact in barred]


def protection(contact_id: str | None, kind: str = ORDER) -> Protection:
    return Protection(kind=kind, contact_id=contact_id, reason="Court", since=date(2026, 9, 1))


@pytest.mark.parametrize(
    "words",
    [
        "Max", "Max (dad)", "Dad on Fridays", "07700 900 666", "dad - Fri only", "M. Ash", "MA", "Mr M Ash", "Mr Ash", "Ask dad", "Step dad", "stepdad",
        "Lee", "Lee B.", "Any family member", "Gran (Dad if she is out)", "papa", "Dads", "Zoë’s dad", "Max A", "Maks Ash", "birth father", "parents",
        "Both", "Mum’s ex", "Ash", "ASH, Max", "Max's friend", "Whoever is in",
    ],
)  # fmt: skip
def test_what_may_mean_somebody_barred_is_not_told(words: str) -> None:
    assert (receivers_told(words, ALL, against(MAX, LEE))[0], len(receivers_told(words, ALL, against(MAX, LEE))[1])) == ([], 1)


@pytest.mark.parametrize(
    ("words", "told_lines"),
    [
        ("Ruth Ash", None), ("Mrs Ash (mum)", None), ("Mum", None), ("Gran", None), ("Tom Ash", None), ("May go in alone", None), ("Priya Shah, neighbour at no. 16", None),
        ("Mr Tom Ash (grandad), never her father", ["Mr Tom Ash (grandad)"]),
        ("Mum or Dad", ["Mum"]), ("Her mum, his dad", ["Her mum"]), ("Mum if dad is out, Dad", []),
        ("Ruth Ash or Mr Ash", ["Ruth Ash"]),
        ("Mr Ash, tall, red car", []),
        ("Not Tom Ash, Max only", []),
        ("Ruth Ash\nMax Ash", ["Ruth Ash"]),
    ],
)  # fmt: skip
def test_each_is_judged_by_itself(words: str, told_lines: list[str] | None) -> None:
    assert receivers_told(words, ALL, against(MAX, LEE))[0] == (words.splitlines() if told_lines is None else told_lines)


@pytest.mark.parametrize(
    "words", ["Big Dave", "dave", "Uncle Bob", "Perry Holt", "Priya Shah, no. 16", "Dave if gran is out", "School reception"]
)
def test_a_nickname_may_be_anybodys_and_is_not_told_where_an_order_is_in_force(words: str) -> None:
    told_lines, withheld = receivers_told(f"{words}\nRuth Ash", ALL, against(MAX))
    assert (told_lines, [(row.words, row.barred, row.is_unknown) for row in withheld]) == (["Ruth Ash"], [(words, None, True)])
    assert receivers_told(f"Ruth Ash or {words}", ALL, against(MAX))[0] == ["Ruth Ash"]
    assert receivers_told(words, ALL, []) == ([words], []), "no order: it stands there as it was typed"


@pytest.mark.parametrize(
    "words",
    [
        "Ruth’s friend Dave", "Ruth Ash's friend Dave", "Dave friend of Ruth", "friend of Ruth Ash", "Ruth's friend", "Ruth Dave", "Big Dave (Ruth knows him)",
        "Jean Holt neighbour or big Dave 07700 900123", "Jean Holt, neighbour, 07700 900123 Dave", "Jean Holt, neighbour, Dave 12 Mill Lane",
    ],
)  # fmt: skip
def test_somebody_said_beside_another_or_with_a_number_is_judged_too_where_an_order_is_in_force(words: str) -> None:
    told_lines, withheld = receivers_told(f"{words}\nRuth Ash", ALL, against(MAX))
    assert told_lines == ["Ruth Ash"]
    assert [row.words for row in withheld] == [words]


@pytest.mark.parametrize(
    "words",
    [
        "Jean Holt, neighbour, 12 Mill Lane", "Jean Holt, neighbour at no. 16, tel 07700 900123", "Jean Holt, neighbour from next door", "Ruth Ash 07700 900123",
        "Jean Holt (Ruth's neighbour)", "Ruth (mum), Tom Ash", "Ruth Ash has a key",
    ],
)  # fmt: skip
def test_a_number_an_address_or_a_relation_beside_a_name_keeps_nobody_from_the_sheet(words: str) -> None:
    assert receivers_told(words, ALL, against(MAX)) == ([words], [])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ruth Ash", []), ("Mrs Ash (mum)", []), ("Mum or Dad", []), ("Gran", []), ("Ruth", []), ("May go in alone", []),
        ("Has a key, goes in by herself", []), ("Ask the office", []), ("Never her cousin", []), ("Nobody else", []), ("Mum on Fridays", []), ("Mum (Fri)", []), ("Ruth Ash (mum), 14 Larch Way", []),
        ("Ruth Ash 4 Larch Way", []), ("May go in alone, Ruth Ash", []), ("Jean Holt, Ruth’s sister", [("Jean Holt, Ruth’s sister", True)]),
        ("Ruth’s mate Dave", [("Ruth’s mate Dave", False)]), ("Nobody but Big Dave", [("Nobody but Big Dave", False)]), ("Ruth Miller", [("Ruth Miller", False)]), ("Tom Ash (grandad), never her father", []),
        ("Big Dave", [("Big Dave", False)]), ("Max Ash, Jean", [("Jean", False)]), ("Jean Holt", [("Jean Holt", False)]), ("Any family member", [("Any family member", False)]),
        ("Jean Holt, neighbour", [("Jean Holt, neighbour", True)]), ("Mrs Shah (next door)", [("Mrs Shah (next door)", True)]),
        ("Ann Young, neighbour", [("Ann Young, neighbour", True)]),
        ("Ruth Ash and Big Dave, friend\nBob", [("Big Dave, friend", False), ("Bob", False)]), (None, []),
    ],
)  # fmt: skip
def test_whoever_is_not_among_the_contacts_is_found_and_whether_name_and_relation_are_said(
    words: str | None, found: list[tuple[str, bool]]
) -> None:
    assert [(stranger.words, stranger.is_said) for stranger in strangers(words, ALL)] == found


@pytest.mark.parametrize(
    "words",
    [
        "Ruth’s mate Dave", "Ruth Ash's mate Dave", "Ruth Ash’s lodger", "Tom’s Dave", "Mum’s mate Dave", "Ruth Ash with Big Dave", "Ruth Ash (Big Dave when she is late)",
        "Ruth Ash - Big Dave on Fridays", "Ruth Ash with Will", "Ruth Ash with May", "ruth ash with dave", "Nobody but Big Dave", "Not mum but Big Dave", "Not Big Dave", "Big Dave, friend", "Her brother Big Dave",
    ],
)  # fmt: skip
def test_a_nickname_is_not_told_for_the_name_of_a_contact_beside_it(words: str) -> None:
    assert (receivers_told(words, ALL, against(MAX))[0], len(receivers_told(words, ALL, against(MAX))[1])) == ([], 1)
    assert receivers_told(f"Jean Holt, neighbour, {words} 07700 900111", ALL, against(MAX))[0] == [], "nor for a number behind it"


@pytest.mark.parametrize(
    "words",
    ["Ruth Ash at the front gate", "Ruth Ash 07700 900123", "Mum on Fridays", "Ruth Ash (mum), 4 Larch Way", "May go in alone, Ruth Ash"],
)
def test_a_place_a_number_or_a_day_beside_a_contact_is_nobody_else(words: str) -> None:
    assert receivers_told(words, ALL, against(MAX)) == ([words], [])


def test_a_step_father_named_in_full_is_told_where_the_father_is_barred() -> None:
    assert receivers_told("Lee Birch (step father)", ALL, against(MAX))[1] == []
    assert receivers_told("Lee Birch with her dad", ALL, against(MAX))[0] == []


def test_an_order_that_names_nobody_entered_keeps_all_back() -> None:
    for contact_id in (None, "gone"):
        told_lines, withheld = receivers_told("Ruth Ash", ALL, [protection(contact_id)])
        assert (told_lines, [row.barred for row in withheld]) == ([], [None])
    assert receivers_told("Max Ash, dad", ALL, [protection(None, "address-withheld")]) == (["Max Ash, dad"], [])


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("14 Larch Way", True), ("SG47ZZ", True), ("by sg4  7zz", True), ("outside Larch Way 14", True), ("Flat 2", True), ("Corner of Larch Way", True),
        ("9 Low Rd", True), ("9, Low Road", True), ("114 Larch Way car park", False), ("The library", False), ("", False),
    ],
)  # fmt: skip
def test_an_address_is_found_however_it_is_written(words: str, tells: bool) -> None:
    assert (
        tells_home(words, Pupil(surname="Ash", forename="Zoë", dob=date(2012, 5, 4), address_1="9 Low Road", address_2="Northend"), [RUTH])
        is tells
    )
