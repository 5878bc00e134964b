"""Providers and what was seen of them; the sheet that tells one of its pupils, by the rule and to none whom the notice does not name; what the places cost."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import Table, plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import HealthItem, Medicine
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.providers.provider import Provider
from pupil_desk.domain.providers.provider_check import ProviderCheck
from pupil_desk.domain.pupils.place_review import BoughtPlaceReview
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.care import health
from pupil_desk.services.home import deadline_calendar, home
from pupil_desk.services.providers import costs, provider_due, providers, pupil_sheet, return_sheet, returns
from pupil_desk.services.pupils import place_reviews, placements
from pupil_desk.services.unit import settings
from tests.documents.checking import assert_accessible
from tests.services.providers.conftest import FIRST, TERM, Farm


def check(kind: str, **items: object) -> ProviderCheck:
    return ProviderCheck(**{"provider": "MARDEN farm", "kind": kind, "seen_on": FIRST, "seen_by": "Ms Holt", "in_order": "yes"} | items)  # type: ignore[arg-type]


def test_a_provider_stands_in_the_list_by_a_place_the_notice_or_its_record(farm: Farm) -> None:
    providers.save(farm.desk, Provider(name="Wheelworks", registration="not-a-school", why_unregistered="Mornings only"))
    farm.name_it("marden  FARM\nBoat Yard")
    rows = [(row.name, len(row.placements), row.is_named, row.provider.registration) for row in providers.standings(farm.desk)]
    assert rows == [("marden FARM", 1, True, None), ("Boat Yard", 0, True, None), ("Wheelworks", 0, False, "not-a-school")]
    providers.save(farm.desk, Provider(name="WHEELWORKS", registration="school", urn="139999"))
    assert [row.provider.registration for row in providers.standings(farm.desk) if row.id == "wheelworks"] == ["school"]


def test_checks_that_do_not_hold_or_run_out_stand_on_home_and_in_the_calendar(farm: Farm) -> None:
    for kind in ("registration", "safeguarding", "staff", "health-safety", "visit"):
        providers.record_check(farm.desk, check(kind))
    due = provider_due.providers_due(farm.desk).checks
    assert [(one.provider, one.words, one.due) for one in due] == [("marden farm", ("insurance: not seen yet",), None)]
    providers.record_check(farm.desk, check("insurance", valid_until=date(2026, 12, 10)))
    (one,) = home.tasks(farm.desk).providers.checks
    assert (one.words, one.due) == (("Insurance is valid until 10 Dec 2026",), date(2026, 12, 10))
    words = [(deadline.day, deadline.words) for deadline in deadline_calendar.all_deadlines(farm.desk)]
    assert (date(2026, 12, 10), "1 provider: a check runs out") in words
    assert (date(2026, 12, 4), "1 place at a provider: reviewed, or its last day") in words
    assert [(review.kind, review.item) for review in home.tasks(farm.desk).reviews] == [("placement", "review_day")]
    with pytest.raises(Refused, match="Say what is not in order"):
        providers.record_check(farm.desk, check("visit", in_order="no"))


def test_a_provider_is_told_what_it_needs_once_the_notice_names_it(farm: Farm) -> None:
    unit, pupil = farm.unit, farm.pupil
    mother = unit.contact(pupil, "Ash", forename="Ruth", mobile="07700 900123", address_1="4 Secret Lane", order=1)
    father = unit.contact(pupil, "Barred", forename="Al", relationship="PAF", mobile="07700 900999", order=2)
    unit.protect(pupil, "order", father)
    for what, severity in (("Peanuts", "LIFE"), ("Hay fever", "MILD"), ("Wasps", None)):
        health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind="A", what=what, severity=severity, emergency="Pen, then 999"))
    for kind, what in (("D", "Halal"), ("C", "Low mood")):
        health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind=kind, what=what))
    health.add_medicine(unit.desk, Medicine(pupil_id=pupil.id, name="EpiPen", dose="1", taken="In an allergic reaction"))
    for day, decision in ((date(2026, 11, 18), "other-days"), (date(2026, 11, 20), "goes-on")):
        review = BoughtPlaceReview(pupil_id=pupil.id, provider="Marden Farm", day=day, found="Ran off twice", decision=decision)
        place_reviews.add(unit.desk, review)
    for refused in (pupil_sheet.protected_pupils, pupil_sheet.sheets):
        with pytest.raises(WrongUse, match="does not name Marden Farm among the alternative providers"):
            refused(farm.desk, farm.standing)
    farm.name_it()
    placements.add(
        unit.desk, Placement(pupil_id=pupil.id, provider="Marden Farm", start_date=date(2026, 12, 4), setting="OTH", sessions="Fri am")
    )
    settings.save_settings(farm.desk, dataclasses.replace(farm.desk.settings, phone="01632 960100"))
    with pytest.raises(WrongUse, match="Zoë Ash: protected, and not confirmed"):
        pupil_sheet.sheets(farm.desk, farm.standing)
    made = pupil_sheet.sheets(farm.desk, farm.standing, [pupil.id])
    ((name, story),) = made.stories
    assert name == "Zoë Ash"
    text = plain_text(story)
    assert f"Then call us, {farm.desk.settings.name}: 01632 960100" in text, "whom to call here stands beside the family"
    for words in (
        "Zoë Ash",
        "For Marden Farm",
        "Peanuts",
        "Wasps",
        "how grave is not recorded",
        "Ruth Ash, mother",
        "07700 900123",
        "Mon, Tue am",
        "Fri am",
        "To work with animals",
        "20 November 2026",
        "Goes on as agreed",
    ):
        assert words in text, words
    assert "More is recorded of health: ask the unit before the pupil comes." in text
    assert "Call 999 at once, and the medicine only when they say so: Pen, then 999" in text, "the pen is not agreed to"
    for words in (
        "Hay fever",
        "EpiPen",
        "Halal",
        "Low mood",
        "Barred",
        "Ran off",
        "18 November",
        "Secret Lane",
        "80",
        mother.address_1 or "",
    ):
        assert words not in text, words
    assert_accessible(build_pdf(story, title=made.title))
    assert unit.count("disclosure") == 0
    pupil_sheet.log_print(farm.desk, made)
    (row,) = farm.desk.vault.rows("SELECT recipient, told_to, what, fields FROM disclosure")
    assert (row["recipient"], row["told_to"], row["what"]) == ("Marden Farm", "providers", "Sheet for a provider")
    assert set(row["fields"].split(", ")) >= {
        "contact.mobile",
        "health_item.emergency",
        "placement.sessions",
        "pupil.dob",
        "bought_place_review.decision",
    }
    with pytest.raises(NotAllowed):
        pupil_sheet.sheets(unit.as_role(Role.OFFICE), farm.standing)


def test_nothing_is_told_of_a_pupil_whose_place_is_over_or_who_is_off_roll(farm: Farm) -> None:
    farm.name_it()
    farm.unit.protect(farm.pupil)
    (placement,) = placements.of_pupil(farm.desk, farm.pupil.id)
    standing = farm.standing
    assert [pupil.id for pupil in pupil_sheet.protected_pupils(farm.desk, standing)] == [farm.pupil.id]
    placements.save(farm.desk, dataclasses.replace(placement, end_date=date(2026, 11, 20)))
    assert pupil_sheet.protected_pupils(farm.desk, standing) == [], "nobody is asked whether it is told of the pupil all the same"
    with pytest.raises(WrongUse, match="No place at a provider is arranged for that day"):
        pupil_sheet.sheets(farm.desk, standing, [farm.pupil.id])
    assert (farm.standing.name, farm.standing.placements) == ("Marden Farm", []), "it stays for its last invoice"


def test_the_cost_of_a_half_term_counts_the_days_agreed_and_says_what_was_attended(farm: Farm) -> None:
    sessions = [session for session in returns.to_confirm(farm.desk) if session.expected.day == FIRST]
    returns.enter(farm.desk, [returns.returned(session, "attended") for session in sessions])
    placements.add(farm.desk, Placement(pupil_id=farm.pupil.id, provider="Boat Yard", start_date=FIRST, sessions="Fri", setting="OTH"))
    beech = farm.unit.pupil("Beech", "Al", date(2012, 5, 4))
    placements.add(farm.desk, Placement(pupil_id=beech.id, provider="Marden Farm", start_date=FIRST, setting="OTH", reason="BHS"))
    made = costs.statement(farm.desk, farm.standing, TERM)
    ((pupil, charge, attended),) = made.costs
    assert (pupil.surname, charge.days, attended, made.sum) == ("Ash", 10, 2, Decimal(800))
    text = plain_text(made.story)
    for words in (
        "Cost of places bought at Marden Farm: for the office",
        "nothing is counted: Al Beech.",
        "£80.00 a day",
        "£800.00",
        "sessions attended: 2",
        "it is not for the provider",
    ):
        assert words in text, words
    assert "Boat Yard" not in text
    assert_accessible(build_pdf(made.story, title=made.title))
    costs.log_print(farm.desk, made)
    assert farm.unit.count("disclosure") == 0, "it stays in the unit"
    with pytest.raises(NotAllowed):
        costs.statement(farm.unit.as_role(Role.OFFICE), farm.standing, TERM)


def test_what_was_attended_of_two_places_at_one_provider_stands_with_each(farm: Farm) -> None:
    friday = Placement(pupil_id=farm.pupil.id, provider="Marden Farm", start_date=FIRST, sessions="Fri am", setting="OTH")
    placements.add(farm.desk, friday)
    sessions = [session for session in returns.to_confirm(farm.desk) if session.expected.day == FIRST]
    returns.enter(farm.desk, [returns.returned(session, "attended") for session in sessions])
    made = costs.statement(farm.desk, farm.standing, TERM)
    assert {charge.place.sessions: attended for _pupil, charge, attended in made.costs} == {"Mon, Tue am": 2, "Fri am": 0}


def test_what_a_provider_returned_is_in_the_copy_for_the_family(farm: Farm) -> None:
    returns.enter(farm.desk, [returns.returned(returns.to_confirm(farm.desk)[0], "late", "Ms Reed")])
    (section,) = [section for section in sheet.everything(farm.desk, farm.pupil.id) if section.name == "provider_returns"]
    assert len(section.entries) == 1


def test_a_place_at_a_provider_on_the_list_is_spelt_as_the_list_has_it(farm: Farm) -> None:
    for name in ("marden  FARM", "Boat Yard", "boat yard"):
        placements.add(farm.desk, Placement(pupil_id=farm.pupil.id, provider=name, start_date=FIRST, setting="OTH"))
    assert sorted(place.provider for place in placements.of_pupil(farm.desk, farm.pupil.id)) == ["Boat Yard"] * 2 + ["Marden Farm"] * 2


def test_a_name_that_the_list_has_from_places_alone_is_put_right_in_a_place(farm: Farm) -> None:
    for _pupil in range(2):
        placements.add(farm.desk, Placement(pupil_id=farm.pupil.id, provider="boat yard", start_date=FIRST, setting="OTH"))

    def at_the_yard() -> list[Placement]:
        return [place for place in placements.of_pupil(farm.desk, farm.pupil.id) if place.provider != "Marden Farm"]

    for place in at_the_yard():
        placements.save(farm.desk, dataclasses.replace(place, provider="Boat Yard"))
    assert [place.provider for place in at_the_yard()] == ["Boat Yard"] * 2
    farm.name_it("Boat yard")
    place = at_the_yard()[0]
    placements.save(farm.desk, dataclasses.replace(place, provider="BOAT YARD"))
    assert sorted(each.provider for each in at_the_yard()) == ["Boat Yard", "Boat yard"], "as the notice has it"


def test_a_provider_marks_on_a_sheet_who_came_in_each_session_that_was_agreed(farm: Farm) -> None:
    with pytest.raises(WrongUse, match="does not name Marden Farm"):
        return_sheet.sheet(farm.desk, farm.standing, farm.desk.today)
    farm.name_it()
    settings.save_settings(farm.desk, dataclasses.replace(farm.desk.settings, phone="01632 960100"))
    made = return_sheet.sheet(farm.desk, farm.standing, farm.desk.today)
    (table,) = [block for block in made.story if isinstance(block, Table)]
    assert [row[:3] for row in table.rows] == [
        ["Zoë Ash", "Mon 23 Nov 2026", "morning"],
        ["Zoë Ash", "Mon 23 Nov 2026", "afternoon"],
        ["Zoë Ash", "Tue 24 Nov 2026", "morning"],
    ]
    text = plain_text(made.story)
    assert "Marden Farm, 23 November 2026 to 27 November 2026" in text
    assert "01632 960100" in text
    assert "2012" not in text
    assert_accessible(build_pdf(made.story, title=made.title))
    return_sheet.log_print(farm.desk, made)
    (row,) = farm.desk.vault.rows("SELECT recipient, told_to, what, fields FROM disclosure")
    assert tuple(row) == ("Marden Farm", "providers", "Sessions to return", "Legal surname, Legal forename, Days and sessions")
    (placement,) = placements.of_pupil(farm.desk, farm.pupil.id)
    placements.save(farm.desk, dataclasses.replace(placement, end_date=date(2026, 11, 23)))
    assert farm.standing.placements == []
    (table,) = [block for block in return_sheet.sheet(farm.desk, farm.standing, farm.desk.today).story if isinstance(block, Table)]
    assert len(table.rows) == 2, "what was agreed up to the last day is still to be returned"
    placements.save(farm.desk, placement)
    farm.unit.protect(farm.pupil)
    with pytest.raises(WrongUse, match="protected, and not confirmed"):
        return_sheet.sheet(farm.desk, farm.standing, farm.desk.today)
    with pytest.raises(WrongUse, match="Nobody of whom it may be told is expected"):
        return_sheet.sheet(farm.desk, farm.standing, date(2026, 12, 28), [farm.pupil.id])
