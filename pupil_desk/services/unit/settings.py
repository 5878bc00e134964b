"""The unit's details and cautions. Each saving is a new version; what was in force on a day stays known."""

import dataclasses
import re
from collections.abc import Iterator

from pupil_desk.basics.clock import read_time
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, gathered, problems_of, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.figures.small_numbers import GREATEST, SMALLEST
from pupil_desk.domain.governance.erasure_case import LEAST_WAIT, MOST_WAIT
from pupil_desk.domain.unit.settings import LEVELS_ALLOWED, UnitSettings
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import uses
from pupil_desk.store.rows.rows import differences
from pupil_desk.store.tables import settings as store

MOST_RECORD_DAYS = 60
_URN = re.compile(r"[1-9][0-9]{4,5}")
_TIMES = ("am_starts", "pm_starts")
_UKPRN = re.compile(r"1[0-9]{7}")


@gathered
def check_settings(settings: UnitSettings) -> Iterator[Problem]:
    """The rules across the settings."""
    for name, allowed in LEVELS_ALLOWED.items():
        if getattr(settings, name) not in allowed:
            yield Problem(name, "unknown_code", _("Choose one of the two levels that are offered."))
    if not 1 <= settings.lock_minutes <= 10:
        yield Problem("lock_minutes", "out_of_range", _("Choose 1 to 10 minutes."))
    if not SMALLEST <= settings.small_numbers <= GREATEST:
        yield Problem("small_numbers", "out_of_range", _("Choose 3 to 20."))
    if not 1 <= settings.reminder_days <= 60:
        yield Problem("reminder_days", "out_of_range", _("Choose 1 to 60 school days."))
    if not 1 <= settings.confirm_days <= 90:
        yield Problem("confirm_days", "out_of_range", _("Choose 1 to 90 days."))
    if not LEAST_WAIT <= settings.erase_wait <= MOST_WAIT:
        yield Problem("erase_wait", "out_of_range", _("Choose 1 to 90 days."))
    if settings.record_days > MOST_RECORD_DAYS:
        yield Problem("record_days", "out_of_range", _("Choose 0 to 60 school days."))
    if not 1 <= settings.irregular_absence <= 100:
        yield Problem("irregular_absence", "out_of_range", _("Choose 1 to 100 per cent."))
    yield from _own_numbers(settings)
    yield from [
        Problem(name, "unknown_code", _("Write the time like 09:00.")) for name in _TIMES if read_time(getattr(settings, name)) is None
    ]


def _own_numbers(settings: UnitSettings) -> Iterator[Problem]:
    """What is wrong with the numbers by which others know the unit."""
    if not (len(settings.estab) == 4 and settings.estab.isascii() and settings.estab.isdigit()):
        yield Problem("estab", "unknown_code", _("The establishment number has 4 digits, such as 1100."))
    if settings.urn and not _URN.fullmatch(settings.urn):
        yield Problem("urn", "unknown_code", _("The URN has 5 or 6 digits, such as 133333. Leave it empty if the unit has none."))
    if settings.ukprn and not _UKPRN.fullmatch(settings.ukprn):
        yield Problem(
            "ukprn", "unknown_code", _("The UKPRN has 8 digits and begins with 1, such as 10012345. Leave it empty if the unit has none.")
        )


def save_settings(desk: Desk, settings: UnitSettings) -> Changed:
    """Keep a new version of the settings. Raises Refused, NotAllowed."""
    settings = dataclasses.replace(
        settings,
        am_starts=read_time(settings.am_starts) or settings.am_starts,
        pm_starts=read_time(settings.pm_starts) or settings.pm_starts,
    )
    names = differences(desk.settings, settings)
    if not names:
        return Changed.of()
    refuse(problems_of(settings, desk.today, names))
    refuse((*check_settings(settings), *uses.still_needed(desk, settings)))
    with desk.act(Action.EDIT_SETTINGS, "settings", "", ", ".join(names)) as work:
        store.add_version(desk.vault, settings, moment=work.stamp, actor=work.actor)
    return Changed.of("settings")
