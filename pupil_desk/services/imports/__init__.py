"""One kind of import a file, and the explicit list of them."""

from typing import Any

from pupil_desk.services.imports.assessments import ASSESSMENTS
from pupil_desk.services.imports.attendance import ATTENDANCE
from pupil_desk.services.imports.choices import CHOICES
from pupil_desk.services.imports.ctf import CTF
from pupil_desk.services.imports.elsewhere.journeys import JOURNEYS
from pupil_desk.services.imports.elsewhere.keyed_tables import ROUTE_LIST, SCHOOL_CONTACTS
from pupil_desk.services.imports.elsewhere.provider_returns import PROVIDER_RETURNS
from pupil_desk.services.imports.elsewhere.providers import PROVIDER_LIST
from pupil_desk.services.imports.elsewhere.school_marks import SCHOOL_MARKS
from pupil_desk.services.imports.elsewhere.school_places import SCHOOL_PLACES
from pupil_desk.services.imports.entries.accidents import ACCIDENTS
from pupil_desk.services.imports.entries.health import HEALTH, MEDICINES
from pupil_desk.services.imports.entries.incidents import INCIDENTS
from pupil_desk.services.imports.entries.leave import LEAVE_REQUESTS
from pupil_desk.services.imports.entries.plans import PLANS
from pupil_desk.services.imports.keyed import CONTACTS, DESTINATIONS, EXAM_ARRANGEMENTS, EXAM_ENTRIES, LEARNING, PLACEMENTS
from pupil_desk.services.imports.kinds import ImportKind
from pupil_desk.services.imports.lrs_answer import LRS_ANSWER
from pupil_desk.services.imports.pupils import PUPILS
from pupil_desk.services.imports.suspensions import SUSPENSIONS

IMPORTS: tuple[ImportKind[Any], ...] = (
    PUPILS,
    CONTACTS,
    CHOICES,
    ATTENDANCE,
    SCHOOL_MARKS,
    PROVIDER_RETURNS,
    SUSPENSIONS,
    LEAVE_REQUESTS,
    HEALTH,
    MEDICINES,
    INCIDENTS,
    ACCIDENTS,
    PLANS,
    ASSESSMENTS,
    EXAM_ENTRIES,
    EXAM_ARRANGEMENTS,
    LEARNING,
    DESTINATIONS,
    PLACEMENTS,
    PROVIDER_LIST,
    SCHOOL_PLACES,
    SCHOOL_CONTACTS,
    JOURNEYS,
    ROUTE_LIST,
    CTF,
    LRS_ANSWER,
)
