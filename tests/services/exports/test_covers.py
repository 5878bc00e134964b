"""Each export covers whom it says, and nobody else: one unit with somebody on either side of every line that a law draws, held to every export."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pupil_desk.domain.catalogue.identifiers import upn_letter
from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport
from pupil_desk.domain.learning.next_steps import Destination
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services import bin as bins
from pupil_desk.services import register
from pupil_desk.services.duplicates import merging
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.exports.export import Export
from pupil_desk.services.exports.making import ExportOrder, ask_of
from pupil_desk.services.exports.own.rows import export_of
from pupil_desk.services.exports.protected import PROTECTED
from pupil_desk.services.notices import notices
from pupil_desk.services.unit import calendars
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.rows import several
from pupil_desk.store.tables import choices
from tests.services import erased_at_once
from tests.services.exports.made import DAY, Unit, new_unit

SEPTEMBER, ONE = date(2026, 9, 2), timedelta(days=1)
OWN = export_of(
    OwnExport(
        own_export="own-kitchen",
        title="Meals",
        recipient="Larkfield Kitchen",
        purpose="To cook",
        basis="public-task",
        law="Education Act 1996, section 512",
        columns=(OwnColumn("pupil.surname", "Surname"),),
    )
)
ALL = (*EXPORTS, OWN)

PEOPLE = {
    # not on the register: yet, any more, or ever
    "Applicant": ("C", DAY + ONE, None),
    "Guest": ("G", SEPTEMBER, None),
    "College": ("F", SEPTEMBER, None),
    "Provider": ("O", SEPTEMBER, None),
    "Previous": ("P", SEPTEMBER, None),
    # on the register today
    "Today": ("C", DAY, None),
    "Single": ("C", SEPTEMBER, None),
    "Main": ("M", SEPTEMBER, None),
    "Subsidiary": ("S", SEPTEMBER, None),
    "Left Today": ("C", SEPTEMBER, DAY),
    "Leaving": ("C", SEPTEMBER, DAY + 10 * ONE),
    "Protected": ("C", SEPTEMBER, None),
    "Merged": ("C", SEPTEMBER, None),
    "Not On Census Day": ("C", date(2026, 10, 2), None),
    # gone since: yesterday; 30 school days ago, the last on which a transfer file is still late, and the day before
    "Left Yesterday": ("S", SEPTEMBER, DAY - ONE),
    "Late": ("C", SEPTEMBER, date(2026, 10, 6)),
    "Too Late": ("C", SEPTEMBER, date(2026, 10, 5)),
    # the census of 1 October, and the attendance of Easter Monday to July that it tells
    "On Census Day": ("C", SEPTEMBER, date(2026, 10, 1)),
    "Before Census Day": ("C", SEPTEMBER, date(2026, 9, 30)),
    "Summer": ("C", date(2026, 1, 5), date(2026, 7, 21)),
    "Easter Monday": ("M", date(2026, 1, 5), date(2026, 4, 6)),
    "Easter Sunday": ("C", date(2026, 1, 5), date(2026, 4, 5)),
    # on file no more
    "Erased": ("C", SEPTEMBER, None),
    "Binned": ("C", SEPTEMBER, None),
}
"""By surname: status, first day, last day."""
HERE = {"Today", "Single", "Main", "Subsidiary", "Left Today", "Leaving", "Protected", "Merged", "Not On Census Day"}
GONE = {
    "Left Today",
    "Left Yesterday",
    "Late",
    "Too Late",
    "On Census Day",
    "Before Census Day",
    "Summer",
    "Easter Monday",
    "Easter Sunday",
}
THIS_YEAR = {"Left Yesterday", "Late", "Too Late", "On Census Day", "Before Census Day"}
COVERED = {
    "youth-support": ("on roll on the day", HERE),
    "post-16": ("on roll on the day", HERE),
    OWN.name: ("registered with us on the day", HERE),
    "lrs-uln": ("on roll on the day", HERE),
    "contact-sheet": ("on roll, and guests", HERE | {"Guest"}),
    "la-attendance": ("on roll on the last day of the period", HERE),
    "la-sickness": ("on roll on the last day of the period", HERE - {"Today"}),
    "la-part-time": ("on roll on the day", set()),
    "la-new-pupil": ("on roll, and of those who left again in this school year", HERE | THIS_YEAR),
    "la-leaver": ("leaving day has come, or is set with its ground", GONE | {"Leaving"}),
    "ctf": ("left the roll in the last 15 school days, and up to 15 school days late", {"Left Yesterday", "Late"}),
    "school-census": (
        "those who were on roll in the days of the attendance told",
        HERE - {"Today", "Not On Census Day"} | {"Left Yesterday", "Late", "Too Late", "On Census Day", "Summer", "Easter Monday"},
    ),
    "whole-unit": ("Everyone of whom there is a record", set(PEOPLE) - {"Erased"}),
    "school-week": (
        "Pupils on roll who have a main or commissioning school that the notice names",
        {"Main", "Subsidiary", "Left Yesterday"},
    ),
    "register": ("Everyone with a mark in the period, whether still on roll or not", HERE | THIS_YEAR | {"Guest"}),
}
"""By export: what it says, and whom it has; an export that is new has to say it here."""


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unit]:
    made = new_unit(tmp_path_factory.mktemp("covers") / "unit" / "unit.pupildesk")
    filled(made)
    yield made
    made.desk.vault.close()


def filled(unit: Unit) -> None:
    """Everybody is 16, said yes to everybody, has a provider, was told of learner numbers, and was ill for fifteen school days, if here for so long."""
    desk, vault = unit.desk, unit.desk.vault
    settings_service.save_settings(desk, replace(desk.settings, ukprn="10012345", told_schools="Hill School, 919/4003"))
    terms = ((date(2026, 1, 5), date(2026, 7, 21)), (SEPTEMBER, date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18)))
    calendars.save_calendar(desk, [Term(start=start, end=end) for start, end in terms], [])
    people = [person(unit, number, surname) for number, surname in enumerate([*PEOPLE, "Merged"]) if surname != "Binned"]
    binned = person(unit, 99, "Binned")  # of whom nothing is known that is never taken away
    notices.issue(desk, [letter for one in people for letter in notices.letters_of(desk, one.id).letters], "by-hand")
    with vault.transaction():
        for number, one in enumerate(people):
            for recipient in ("youth-support", "post-16"):
                choices.add(
                    vault,
                    Choice(
                        id=f"{recipient}{number}", pupil_id=one.id, recipient=recipient, choice="allow", by="pupil", on=date(2026, 11, 20)
                    ),
                    moment="2026",
                    actor="x",
                )
            several.add(vault, Destination(id=f"d{number}", pupil_id=one.id, kind="offer", activity="230", provider="Wyming College"))
    marks = []
    for one in people:
        status, first, last = PEOPLE[one.surname]
        days = [
            day
            for n in range(60)
            if (day := date(2026, 9, 10) + n * ONE).weekday() < 5 and not date(2026, 10, 24) <= day <= date(2026, 11, 1)
        ]
        of_days = [day for day in days if first <= day <= (last or DAY)][-15:]
        if status in "CMSG":
            marks += [Mark(pupil_id=one.id, day=day, session=session, code="I") for day in of_days for session in Session]
    by_name = {one.surname: one for one in reversed(people)}
    register.mark(desk, [*marks, Mark(pupil_id=by_name["Today"].id, day=DAY, session=Session.AM, code="I")])
    unit.protect(by_name["Protected"])
    merging.merge(desk, by_name["Merged"].id, people[-1].id, reason="One girl")
    erased_at_once.erase_pupil(desk, by_name["Erased"].id, authority="A court")
    bins.take_pupil_away(desk, binned.id, "Entered twice")


def person(unit: Unit, number: int, surname: str) -> Pupil:
    status, first, last = PEOPLE[surname]
    ends = {"deletion_ground": "9(1)(a)", "next_school": "919/4001"} if last else {}
    rest = f"91911002{number:04}"
    stay = Enrolment(status=status, start_date=first, end_date=last, main_school="919/4003" if status in "MS" else None, **ends)
    return unit.pupil(surname, "Zoë", date(2010, 11, 1), stay, upn=upn_letter(rest) + rest, sex="F", postcode="AL28 2QN")


@pytest.mark.parametrize("export", ALL, ids=lambda export: export.name)
def test_it_covers_whom_it_says_and_nobody_else(unit: Unit, export: Export) -> None:
    assert export.name in COVERED, "say in COVERED what it says and whom it has"
    says, covered = COVERED[export.name]
    assert says in export.covers
    order = ExportOrder(reason="")
    selection = export.select(unit.desk, ask_of(unit.desk, export, order))
    told = [one.pupil.surname for one in selection.exported]
    assert set(told) == covered - {"Protected"}
    assert len({one.pupil.id for one in selection.exported}) == len(covered - {"Protected"}), "one person once, whatever the records"
    assert ("Protected" in [left.pupil.surname for left in selection.left_out]) is ("Protected" in covered)
    assert not {left.pupil.surname for left in selection.left_out} - covered
    assert all(left.receipt_reason.startswith(PROTECTED) is bool(left.protections) for left in selection.left_out), (
        "a copy keeps it quiet by that word"
    )
    confirmed = frozenset(one.pupil.id for one in selection.left_out)
    sure = export.select(unit.desk, ask_of(unit.desk, export, replace(order, confirm=confirmed)))
    assert {one.pupil.surname for one in sure.exported} == covered


def test_nobody_stands_here_without_a_line() -> None:
    assert set().union(*(names for _says, names in COVERED.values())) | {
        "Applicant",
        "College",
        "Provider",
        "Previous",
        "Erased",
        "Binned",
    } == set(PEOPLE)
    assert set(COVERED) <= {export.name for export in ALL}, "COVERED names an export that there is not"
