"""What records and items are called where those of several kinds stand together: in the log, the bin, the notice's annex and a copy."""

from functools import cache

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.catalogue import item_at

_OF_WHAT = {
    "contact": _("Contact"), "protection": _("Protection set"), "choice": _("Choice made"), "notice_issue": _("Notice given"), "notice_acknowledgement": _("Notice acknowledged"),
    "assessment": _("Assessment"), "mark": _("Register"), "timetable": _("Part-time timetable"),
    "suspension": _("Suspension"), "suspension_session": _("Sessions of a suspension"), "suspension_event": _("Step of a suspension"),
    "sen_period": _("Period of SEN provision"), "sen_need": _("Type of SEN"), "care_period": _("Period of care"),
    "health_item": _("Health"), "disability": _("Disability"), "health_none": _("Nothing known of health"), "medicine": _("Medicine"), "dose": _("Dose"),
    "attachment": _("Paper kept"),
    "learning": _("Learning"), "destination": _("Destination"), "former_address": _("Earlier address"), "letter_sent": _("Letter printed"), "details_check": _("Check of what is held"), "legal_hold": _("Hold on deletion"),
    "paper_form": _("Form printed"), "wish_step": _("Asking about a choice"),
    "request_case": _("Request"), "request_event": _("Step of a request"), "request_letter": _("Letter about a request"),
    "consent_event": _("Consent"), "consent_competence": _("Competence"), "consent_invitation": _("List of a trip"),
}  # fmt: skip
"""What an item is of, where those of several records stand together; one of the pupil needs no such word."""


def record_word(kind: str) -> str:
    """What kind of record it is, in a word or two: «Contact», «Pupil»."""
    return _("Pupil") if kind == "pupil" else _("Stay") if kind == "enrolment" else _OF_WHAT.get(kind, _("Record"))


@cache
def label_of(path: str) -> str:
    """An item's label where items of several records stand together: «Contact: surname»."""
    label, record = item_at(path).label, path.partition(".")[0]
    if record not in _OF_WHAT:
        return label
    return _("{what}: {label}").format(what=_OF_WHAT[record], label=begun_small(label))
