"""The parts of a record, in their order. A new one is its module, and its line here."""

from pupil_desk.basics.words import _
from pupil_desk.ui.pages.pupils.record.accidents import AccidentsPart
from pupil_desk.ui.pages.pupils.record.assessing.assessments import AssessingPart
from pupil_desk.ui.pages.pupils.record.attachments.attachments import AttachmentsPart
from pupil_desk.ui.pages.pupils.record.card.card import CardPart
from pupil_desk.ui.pages.pupils.record.care.health import HealthPart
from pupil_desk.ui.pages.pupils.record.care.needs import NeedsPart
from pupil_desk.ui.pages.pupils.record.consents import ConsentsPart
from pupil_desk.ui.pages.pupils.record.contacts import ChecksPart, ContactsPart
from pupil_desk.ui.pages.pupils.record.details import DetailsPart
from pupil_desk.ui.pages.pupils.record.exams import ExamsPart
from pupil_desk.ui.pages.pupils.record.history import HistoryPart
from pupil_desk.ui.pages.pupils.record.incidents import IncidentsPart
from pupil_desk.ui.pages.pupils.record.leave import LeavePart
from pupil_desk.ui.pages.pupils.record.next_steps import DestinationsPart, LearningPart
from pupil_desk.ui.pages.pupils.record.not_taken import NotTakenPart
from pupil_desk.ui.pages.pupils.record.notes.notes import NotesPart
from pupil_desk.ui.pages.pupils.record.part import RecordPart
from pupil_desk.ui.pages.pupils.record.places import JourneysPart, PlacementsPart, SchoolPlacesPart
from pupil_desk.ui.pages.pupils.record.plans import PlansPart
from pupil_desk.ui.pages.pupils.record.protections import ProtectionsPart
from pupil_desk.ui.pages.pupils.record.schooling import SchoolsPart, TotalsPart
from pupil_desk.ui.pages.pupils.record.stays import StaysPart, TimetablesPart
from pupil_desk.ui.pages.pupils.record.steps.absence import AbsencePart
from pupil_desk.ui.pages.pupils.record.suspensions.suspensions import SuspensionsPart

PARTS: tuple[tuple[str, str, type[RecordPart]], ...] = (
    ("card", _("At a glance"), CardPart),
    ("details", _("Details"), DetailsPart),
    ("contacts", _("Contacts"), ContactsPart),
    ("stays", _("Stays"), StaysPart),
    ("schools", _("Other schools"), SchoolsPart),
    ("attendance-before", _("School years"), TotalsPart),
    ("timetables", _("Timetables"), TimetablesPart),
    ("absence", _("Absence"), AbsencePart),
    ("leave", _("Leave"), LeavePart),
    ("placements", _("Placements"), PlacementsPart),
    ("school-places", _("Agreed places"), SchoolPlacesPart),
    ("transport", _("Transport"), JourneysPart),
    ("needs", _("Needs and care"), NeedsPart),
    ("health", _("Health"), HealthPart),
    ("plans", _("Plans"), PlansPart),
    ("suspensions", _("Suspensions"), SuspensionsPart),
    ("incidents", _("Incidents"), IncidentsPart),
    ("accidents", _("Accidents"), AccidentsPart),
    ("assessments", _("Assessments"), AssessingPart),
    ("exams", _("Exams"), ExamsPart),
    ("learning", _("Learning"), LearningPart),
    ("destinations", _("Destinations"), DestinationsPart),
    ("notes", _("Notes"), NotesPart),
    ("attachments", _("Papers kept"), AttachmentsPart),
    ("not-taken", _("From files"), NotTakenPart),
    ("checks", _("Family checks"), ChecksPart),
    ("protections", _("Protections"), ProtectionsPart),
    ("consents", _("Consents"), ConsentsPart),
    ("history", _("What happened"), HistoryPart),
)
