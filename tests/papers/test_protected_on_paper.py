"""What each paper shows of a protected pupil is what the one rule says, and the help says the same."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers.day.call_sheet import AbsentPupil, story
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.protection import RULES, PaperKind, PaperVisibility, kept_at_the_office, visibility_on
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.register.paper_marks import SheetSpan
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.route import Route
from pupil_desk.services import register
from pupil_desk.services.care import cards
from pupil_desk.services.consents import occasions, trip_papers
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.households import households
from pupil_desk.services.many import class_list
from pupil_desk.services.many.class_list import ClassListColumn, ClassListOptions
from pupil_desk.services.program.guides import text_of as text_of_chapter
from pupil_desk.services.providers import providers, pupil_sheet
from pupil_desk.services.pupils import placements, pupils
from pupil_desk.services.register import call_sheet, evacuation, kitchen
from pupil_desk.services.register.sheets import printing as sheets
from pupil_desk.services.transport import journeys, route_sheet, routes
from pupil_desk.services.unit import settings
from pupil_desk.store.tables import protections
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, Unit
from tests.services.exports.test_returns import made, text_of

VISIBILITY_WORDS = {
    PaperVisibility.EVERYTHING: "as everybody",
    PaperVisibility.NAME_ALONE: "by name alone",
    PaperVisibility.LEFT_OUT: "left out; a letter or slip is made once you tick that, and are asked",
}
ONES, ALIKE, BARRED, NUTS = "07700 900001", "07700 900003", "07700 900666", "Nut allergy"


@dataclass(frozen=True)
class Two:
    """A protected pupil, and one of whom all the same is held and who is not protected."""

    unit: Unit
    kept: Pupil
    free: Pupil
    folder: Path

    @property
    def ids(self) -> list[str]:
        return [self.kept.id, self.free.id]


@pytest.fixture
def two(unit: Unit, tmp_path: Path) -> Two:
    found = []
    for surname, mobile in (("Kept", ONES), ("Free", ALIKE)):
        pupil = unit.pupil(surname, "Ann", date(2012, 5, 1), medical=NUTS, address_1="1 Hidden Lane", town="Ware", postcode="SG4 7ZZ")
        mother = unit.contact(pupil, surname, forename="Ada", mobile=mobile, parental_responsibility=True, lives_with=True)
        register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=DAY, session=Session.AM, code="L")])
        found.append((pupil, mother))
    (kept, mother), (free, other) = found
    trip = occasions.add(unit.desk, Occasion(consent_type="trip", name="Climbing", about="", start=date(2026, 12, 3)), [kept.id, free.id])[
        1
    ]
    for pupil, giver in ((kept, mother), (free, other)):
        record_said(
            unit.desk,
            [ConsentEntry(pupil_id=pupil.id, consent_type="trip", step="given", giver=giver.id, day=DAY, channel="form", occasion_id=trip)],
        )
    unit.protect(kept)
    unit.protect(kept, "order", unit.contact(kept, "Barred", forename="Max", mobile=BARRED))
    folder = tmp_path / "stick"
    folder.mkdir()
    return Two(unit, kept, free, folder)


def trip_list(two: Two) -> str:
    return plain_text(trip_papers.paper(two.unit.desk, occasions.occasions(two.unit.desk)[0].occasion_id)[0])


def call_sheet_of(two: Two) -> str:
    marks = [Mark(pupil_id=pupil_id, day=DAY, session=Session.AM, code="N") for pupil_id in two.ids]
    register.mark(two.unit.desk, marks, reason="Not here")
    return plain_text(call_sheet.paper(two.unit.desk, DAY, Session.AM).story)


def kitchen_list(two: Two) -> str:
    """Names are short on it."""
    words = plain_text(kitchen.paper(two.unit.desk).story)
    return words.replace("Ann K.", "Ann Kept").replace("Ann F.", "Ann Free")


def provider_sheets(two: Two) -> str:
    for pupil_id in two.ids:
        placements.add(two.unit.desk, Placement(pupil_id=pupil_id, provider="Marden Farm", start_date=DAY, setting="OTH"))
    settings.save_settings(two.unit.desk, replace(two.unit.desk.settings, told_providers="Marden Farm"))
    (standing,) = providers.standings(two.unit.desk)
    return "\n".join(plain_text(story) for _name, story in pupil_sheet.sheets(two.unit.desk, standing, two.ids).stories)


def transport_sheet(two: Two) -> str:
    settings.save_settings(two.unit.desk, replace(two.unit.desk.settings, told_transport="City Cabs"))
    routes.save(two.unit.desk, Route(name="Route 3", operator="City Cabs"))
    for pupil_id in two.ids:
        journeys.add(two.unit.desk, Journey(pupil_id=pupil_id, route="Route 3", start_date=DAY, days="Mon-Fri", pick_up="The corner"))
    (standing,) = routes.standings(two.unit.desk)
    return plain_text(route_sheet.sheet(two.unit.desk, standing).story)


def listed(*columns: ClassListColumn) -> Callable[[Two], str]:
    return lambda two: plain_text(class_list.paper(two.unit.desk, two.ids, ClassListOptions(columns=columns))[0].story)


def to_homes(two: Two) -> str:
    return "\n".join(
        f"{letter.pupil.surname}, {letter.pupil.forename}: {letter.address}" for letter in households(two.unit.desk, two.ids).letters
    )


MADE: dict[PaperKind, tuple[Callable[[Two], str], str]] = {
    PaperKind.FIRST_AID: (lambda two: plain_text(cards.first_aid(two.unit.desk, two.ids)[0]), ONES),
    PaperKind.EMERGENCY_CONTACTS: (lambda two: plain_text(cards.emergency_contacts(two.unit.desk, two.ids)[0]), ONES),
    PaperKind.TRIP: (trip_list, ONES),
    PaperKind.EVACUATION: (lambda two: plain_text(evacuation.paper(two.unit.desk, datetime(2026, 11, 24, 10, 5).astimezone())[0]), "Late"),
    PaperKind.CLASS_LIST: (listed(ClassListColumn.FOOD), "medical notes: see the first-aid card"),
    PaperKind.CONTACT_SHEET: (lambda two: "\n".join(text_of(made(two.unit, "contact-sheet", two.folder), two.folder)), ONES),
    PaperKind.CALL_SHEET: (call_sheet_of, ONES),
    PaperKind.KITCHEN: (kitchen_list, "medical notes speak of nuts: ask the office"),
    PaperKind.PAPER_REGISTER: (
        lambda two: plain_text(sheets.make_sheets(two.unit.desk, SheetSpan.DAY, DAY).sheets[0].page.blocks),
        ", Ann",
    ),
    PaperKind.CLASS_LIST_NUMBERS: (listed(ClassListColumn.CALL), ONES),
    PaperKind.PROVIDER_SHEET: (provider_sheets, ONES),
    PaperKind.TRANSPORT: (transport_sheet, ONES),
    PaperKind.TO_A_HOME: (to_homes, "SG4 7ZZ"),
}
"""How each paper is made, and what of the protected pupil it shows of everybody."""


def said_of(words: str, surname: str) -> bool:
    return f"{surname}, Ann" in words or f"Ann {surname}" in words


ASK_FIRST = "Before you ring anybody"
RINGING = (PaperKind.FIRST_AID, PaperKind.EMERGENCY_CONTACTS, PaperKind.TRIP, PaperKind.CALL_SHEET, PaperKind.PROVIDER_SHEET)


@pytest.mark.parametrize("paper", PaperKind, ids=lambda paper: paper.name)
def test_each_paper_shows_of_a_protected_pupil_what_the_rule_says(two: Two, paper: PaperKind) -> None:
    make, tells = MADE[paper]
    two.unit.protect(two.kept, "order")  # it names nobody among the contacts
    words = make(two).replace("\N{NO-BREAK SPACE}", " ")
    assert said_of(words, "Free")
    assert BARRED not in words
    assert "Max" not in words
    rule = RULES[paper].shown
    assert said_of(words, "Kept") == (rule is not PaperVisibility.LEFT_OUT)
    of_others = 0 if tells == ONES else 1
    assert words.count(tells) - of_others == (rule is PaperVisibility.EVERYTHING)
    if rule is PaperVisibility.NAME_ALONE:
        assert words.count(kept_at_the_office()) == 1
        assert ALIKE in words
    assert words.count(ASK_FIRST) == (paper in RINGING)
    assert f". {ASK_FIRST}" not in words, "who is rung has a number"
    assert paper not in RINGING or words.index(ASK_FIRST) < words.index(ONES)


def test_the_leader_of_a_trip_is_told_who_is_protected_and_what_that_asks_and_not_why(two: Two) -> None:
    settings.save_settings(two.unit.desk, replace(two.unit.desk.settings, phone="01632 960555"))
    two.unit.protect(two.kept, "order")
    two.unit.contact(two.kept, "Kept", forename="Zoë", mobile="07700 900007")
    words = trip_list(two).replace("\N{NO-BREAK SPACE}", " ")
    told = "Protected: ring nobody else, and tell nobody else where the pupil is."
    assert words.count(told) == 1
    assert words.index("Free, Ann") < words.index("Kept, Ann") < words.index(told)
    assert "ithheld" not in words
    assert words.index(ASK_FIRST) < words.index(ONES) < words.index("07700 900007"), "two stand there beside the remark"
    assert "01632 960555" in words


def test_the_call_sheet_says_of_whom_nobody_else_is_to_be_rung(two: Two) -> None:
    words = call_sheet_of(two).replace("\N{NO-BREAK SPACE}", " ")
    told = "Protected: ring nobody else, and tell nobody else where the pupil is."
    assert words.count(told) == 1
    assert words.index("Kept") < words.index(told)
    assert "Free" not in words[words.index("Kept") : words.index(told)]


def test_a_card_says_that_somebody_is_left_out_where_a_contact_is(two: Two) -> None:
    two.unit.protect(two.free, "order")
    words = plain_text(cards.first_aid(two.unit.desk, two.ids)[0])
    assert words.count("Somebody is left out here") == 1
    assert words.index("Ann Free") < words.index("Ann Kept") < words.index("Somebody is left out here")
    assert words.index(ASK_FIRST) < words.index("1. Ada Free, mother"), "who is rung has a number, and the office has none"
    assert words.count(ASK_FIRST) == 1


def test_an_objection_makes_no_secret_of_where_a_pupil_is(two: Two) -> None:
    two.unit.protect(two.free, "objection")
    for paper in (call_sheet_of(two), trip_list(two)):
        assert paper.replace("\N{NO-BREAK SPACE}", " ").count("Protected: ring nobody else") == 1, "it stands beside the other pupil alone"


def test_where_nobody_can_be_rung_the_call_sheet_does_not_speak_of_others() -> None:
    told = " ".join(plain_text(story("Today", [AbsentPupil("Ann", "No reason yet", (), protected=True)], "")).split())
    assert "Protected: tell nobody where the pupil is. Nobody with a telephone number is on file." in told
    assert "else" not in told


def test_who_is_not_protected_is_on_every_paper_as_ever(two: Two) -> None:
    held = protections.by_pupil(two.unit.desk.vault, two.unit.desk.today)
    for paper in PaperKind:
        assert visibility_on(paper, held[two.free.id]) is PaperVisibility.EVERYTHING
        assert visibility_on(paper, held[two.kept.id]) is RULES[paper].shown
    assert pupils.record(two.unit.desk, two.kept.id).protections


def test_help_says_the_rule_of_each_paper_with_its_reason() -> None:
    help_ = text_of_chapter("02-pupils")
    assert set(RULES) == set(PaperKind)
    for rule in RULES.values():
        assert f"| {rule.title} | {VISIBILITY_WORDS[rule.shown]} | {rule.why} |" in help_
