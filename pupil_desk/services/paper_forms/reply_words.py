"""What every form for a family says of coming back: by when, and whom to tell of a change of mind, with the unit's telephone and e-mail."""

from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices.notice_text import filling_of
from pupil_desk.services.unit import calendars


def reply_by(desk: Desk) -> date:
    """The day after which the unit reminds of a form that is printed today (the setting «Remind of a form not returned after»)."""
    return calendars.school_calendar(desk.vault).school_days_or_weekdays_after(desk.today, desk.settings.reminder_days)


def late(*, is_trip: bool = False, until: date | None = None) -> str:
    """What an answer does that comes after the day to reply by: that day reminds, and ends nothing. ``until`` is the last day of what is asked about."""
    if until is not None and not is_trip:
        return _("A later answer counts too, until {day}.").format(day=show_date(until))
    return _("A later answer counts too, until the trip begins.") if is_trip else _("A later answer counts too.")


def return_to(desk: Desk, contact: str = "choices_contact") -> str:
    """Whom a form goes back to, with the unit's address. ``contact`` names which of the notice's people it is."""
    return ", ".join([_person(desk, contact), *desk.settings.name_and_address])


def whom_to_tell(desk: Desk, contact: str = "choices_contact") -> str:
    """The same person with the telephone and the e-mail of the unit, as far as they are in its settings."""
    person, reach = _person(desk, contact), _reach(desk)
    return _("{person} ({reach})").format(person=person.replace(" (", ", ").replace(")", ""), reach=reach) if reach else person


def same_person(desk: Desk) -> str:
    """The same where the name stands right above, in «Return to»."""
    reach = _reach(desk)
    return _("the same person ({reach})").format(reach=reach) if reach else _("the same person")


def _reach(desk: Desk) -> str:
    return _(" or ").join(part for part in (desk.settings.phone, desk.settings.email) if part)


def _person(desk: Desk, contact: str) -> str:
    filling, _missing = filling_of(desk.settings, desk.today, desk.schedule)
    return str(filling[contact])
