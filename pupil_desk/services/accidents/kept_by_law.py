"""Why an accident cannot be taken away: the law keeps the entry of one that is, or must be, reported.

Source: SI 2013/1471, regulation 12(2), at least three years from the day on which the entry was made; read on legislation.gov.uk; sure: high.
"""

from typing import Any

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.accidents.riddor import riddor
from pupil_desk.domain.governance.retention import ACCIDENT, Happened, RetentionEvent
from pupil_desk.services.desk import Desk
from pupil_desk.store.rows import several
from pupil_desk.store.tables import accidents as store


def why_kept(desk: Desk, record: Any) -> str:
    """Why this record stays, in words that say what can be done; empty for whatever else than such an accident."""
    if not isinstance(record, Accident) or not _is_recordable(record):
        return ""
    retention_class = desk.schedule[ACCIDENT]
    until = retention_class.law_keeps(Happened({RetentionEvent.ENTRY: store.entered_on(desk.vault, record.id)}))
    if until is None or until <= desk.today:
        return ""
    words = _(
        "The law keeps the entry of an accident that is, or must be, reported to HSE: this one until {day} ({law}). If it was never reported and need not be, put that right in the entry first."
    )
    return words.format(day=show_date(until), law=retention_class.law)


def why_pupil_kept(desk: Desk, pupil_id: str) -> str:
    """The same of a pupil, with whom such an accident would go; empty where none is on file."""
    reasons = (why_kept(desk, accident) for accident in several.of_pupil(desk.vault, Accident, pupil_id))
    return next(filter(None, reasons), "")


def _is_recordable(accident: Accident) -> bool:
    rule = riddor(accident).rule
    return accident.reported_on is not None or (rule is not None and rule.is_to_report)
