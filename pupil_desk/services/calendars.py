"""The unit's school year: terms and closures."""

import dataclasses
import itertools
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache

from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _
from pupil_desk.domain.calendar import SchoolCalendar
from pupil_desk.domain.calendar import school_calendar as calendar_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.settings import Closure, Term
from pupil_desk.domain.validation import Problem, Refused
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store import settings as store
from pupil_desk.store.rows import new_id
from pupil_desk.store.vault import Vault


def first_calendar(vault: Vault) -> None:
    """Within a transaction: give a new unit the school year that ships with the program."""
    with open(resource("codes", "school_year.toml"), "rb") as file:
        data = tomllib.load(file)
    terms = [Term(id=new_id(), start=term["start"], end=term["end"]) for term in data["terms"]]
    closures = [Closure(id=new_id(), day=day["day"], reason=day["reason"]) for day in data["closures"]]
    store.replace_calendar(vault, terms, closures)


def terms(desk: Desk) -> list[Term]:
    """The terms, in order."""
    return store.terms(desk.vault)


def closures(desk: Desk) -> list[Closure]:
    """The days on which the unit is closed in term, in order."""
    return store.closures(desk.vault)


def school_calendar(vault: Vault) -> SchoolCalendar:
    """The calendar by which sessions are counted: the terms, without closures and bank holidays."""
    terms = store.terms(vault)
    if not terms:
        return SchoolCalendar()
    closed = dict(bank_holidays(terms[0].start.year, terms[-1].end.year))
    closed |= {closure.day: closure.reason for closure in store.closures(vault)}
    return calendar_of(terms, closed)


@cache
def bank_holidays(first: int, last: int) -> Mapping[date, str]:
    """The bank holidays of England in the calendar years from one to another, each with its name."""
    from holidays.countries.united_kingdom import UnitedKingdom

    return dict(UnitedKingdom(subdiv="ENG", years=range(first, last + 1)))  # type: ignore[no-untyped-call]


def save_calendar(desk: Desk, new_terms: list[Term], new_closures: list[Closure]) -> Changed:
    """Put a calendar in the place of the present one. Raises Refused where terms overlap or end before they start."""
    new_terms = sorted(new_terms, key=lambda term: term.start)
    for term in new_terms:
        if term.end < term.start:
            raise Refused(
                (Problem("end", "ends_before_start", _("A term ends before it starts. Correct one of the two days.")),)
            )
    for before, after in itertools.pairwise(new_terms):
        if after.start <= before.end:
            raise Refused((Problem("start", "terms_overlap", _("Two terms overlap. Correct their days.")),))
    with desk.act(Action.EDIT_SETTINGS, "settings", "", "calendar"):
        store.replace_calendar(
            desk.vault,
            [dataclasses.replace(term, id=term.id or new_id()) for term in new_terms],
            [dataclasses.replace(day, id=day.id or new_id()) for day in new_closures],
        )
    return Changed.of("settings")
