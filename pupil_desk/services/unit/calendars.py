"""The unit's school year: terms and closures.

A new unit starts with a proposal that ships with the program. Until somebody has confirmed it, or saved the unit's own, no clock of
law runs on it (``law_calendar``).
"""

import dataclasses
import itertools
import sys
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, Refused
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.register.calendar import school_calendar as calendar_of
from pupil_desk.domain.register.school_year import SchoolYearRead, school_year_of
from pupil_desk.domain.unit.settings import Closure, Term
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import settings as store


def first_calendar(vault: Vault) -> None:
    """Within a transaction: give a new unit the school year that ships with the program, as a proposal."""
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


def is_confirmed(vault: Vault) -> bool:
    """Whether somebody has said that the school year on file is the unit's own."""
    return store.calendar_confirmed(vault)


def law_calendar(vault: Vault) -> SchoolCalendar:
    """The calendar by which the law's days are counted: the school calendar once it is confirmed, and without any term before."""
    return school_calendar(vault) if is_confirmed(vault) else SchoolCalendar(confirmed=False)


@cache
def bank_holidays(first: int, last: int) -> Mapping[date, str]:
    """The bank holidays of England in the calendar years from one to another, each with its name."""
    return dict(united_kingdom()(subdiv="ENG", years=range(first, last + 1)))


def united_kingdom() -> Any:
    """The library's class for the bank holidays of one country, without its package, which reads in those of all 250: 13 MB, a third of a second."""
    if (package := find_spec("holidays.countries")) is not None:
        sys.modules.setdefault(package.name, module_from_spec(package))
    from holidays.countries.united_kingdom import UnitedKingdom

    return UnitedKingdom


def save_calendar(desk: Desk, new_terms: list[Term], new_closures: list[Closure]) -> Changed:
    """Put a calendar in the place of the present one; what somebody saves is confirmed. Raises Refused where terms overlap or end before they start."""
    new_terms = sorted(new_terms, key=lambda term: term.start)
    for term in new_terms:
        if term.end < term.start:
            raise Refused((Problem("end", "ends_before_start", _("A term ends before it starts. Correct one of the two days.")),))
    for before, after in itertools.pairwise(new_terms):
        if after.start <= before.end:
            raise Refused((Problem("start", "terms_overlap", _("Two terms overlap. Correct their days.")),))
    with desk.act(Action.EDIT_SETTINGS, "settings", "", "calendar") as work:
        store.replace_calendar(
            desk.vault,
            [dataclasses.replace(term, id=term.id or new_id()) for term in new_terms],
            [dataclasses.replace(day, id=day.id or new_id()) for day in new_closures],
        )
        store.add_calendar_confirmed(desk.vault, moment=work.stamp, actor=work.actor, way="saved")
    return Changed.of("settings")


def confirm_calendar(desk: Desk) -> Changed:
    """Keep that the school year on file is the unit's own, as it stands. Raises NotAllowed, WrongUse where there are no terms."""
    desk.require(Action.EDIT_SETTINGS)
    if not store.terms(desk.vault):
        raise WrongUse(_("There are no terms to confirm. Type them, or read them from a calendar file, and save."))
    with desk.act(Action.EDIT_SETTINGS, "settings", "", "calendar confirmed") as work:
        store.add_calendar_confirmed(desk.vault, moment=work.stamp, actor=work.actor, way="confirmed")
    return Changed.of("settings")


def read_calendar_file(path: Path) -> SchoolYearRead:
    """The school year that a calendar file (.ics) tells, for a person to look at; nothing is kept. Raises WrongUse for a file that cannot be read."""
    from pupil_desk.documents.files.calendar_file import MOST_BYTES, calendar_events

    try:
        if not path.is_file():
            raise WrongUse(_("{file} is not a file that can be read. Choose a calendar file (.ics).").format(file=path.name))
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise WrongUse(
            _("{file} cannot be read. Close it in other programs, check that you may open it, and try again.").format(file=path.name)
        ) from error
    school_year = school_year_of(calendar_events(data))
    if not school_year.terms:
        raise WrongUse(
            _(
                "No term was found in this calendar file. It has {number} events, none with the first and the last day of a term. Type the terms instead."
            ).format(number=len(school_year.left_out))
        )
    return school_year
