"""Papers for staff of the training unit: the first-aid cards of everybody on roll, and the evacuation sheet of the last morning that was marked."""

from datetime import datetime, time, timedelta
from pathlib import Path

from pupil_desk.services.care import cards
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import guard
from pupil_desk.services.pupils import pupils
from pupil_desk.services.register import evacuation
from pupil_desk.services.saving import Saving
from pupil_desk.services.unit.calendars import school_calendar

_WEEKS = 10  # in which a school day is found, whatever the holidays
_MID_MORNING = time(10, 5)


def save_staff_papers(desk: Desk, folder: Path) -> None:
    """Writes both into a folder. Raises CannotWrite."""
    from pupil_desk.documents.pdf.page import build_pdf

    with Saving(folder) as saving:
        ids = [pupil.id for pupil in pupils.on_roll(desk, desk.today)]
        story, title = cards.first_aid(desk, ids)
        saving.keep(
            "first-aid-cards", ".pdf", build_pdf(story, title=title, stamp=guard(desk, ids, "first-aid card").stamp, box_unprintable=True)
        )
        sheet, title, guarded, roll_call = evacuation.paper(desk, _a_marked_morning(desk))
        saving.keep(
            "evacuation", ".pdf", build_pdf(sheet, title=title, base_size=evacuation.BASE, stamp=guarded.stamp, box_unprintable=True)
        )
        evacuation.log_print(desk, roll_call)


def _a_marked_morning(desk: Desk) -> datetime:
    """The morning of the last school day before today, of which every session is marked; where there is none, now."""
    days = school_calendar(desk.vault).school_days(desk.today - timedelta(weeks=_WEEKS), desk.today - timedelta(days=1))
    return datetime.combine(days[-1], _MID_MORNING).astimezone() if days else desk.clock.now().astimezone()
