"""The whole catalogue: every record type by its short name, and what no part of the notice needs to say.

What records and items are called where those of several kinds stand together: in the log, the bin, the notice's annex and a copy.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.care.health import Disability, Dose, HealthItem, Medicine, NothingKnown
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.catalogue.items import Item, item_named, items_of
from pupil_desk.domain.consents.consent import Competence, ConsentEvent, Invitation
from pupil_desk.domain.exams.exam import ExamArrangement, ExamEntry, ResultsCollector
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.incidents.incident import Incident, IncidentEvent
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.learning.next_steps import Destination, Learning
from pupil_desk.domain.learning.review import ReportComment, TargetReview
from pupil_desk.domain.leave.leave_request import LeaveRequest
from pupil_desk.domain.notices.addressees import NoticeAcknowledgement, NoticeIssue
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.papers.letter import LetterSent
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.papers.paper_form import PaperForm
from pupil_desk.domain.plans.plan import PlanStep, PupilPlan
from pupil_desk.domain.providers.provider_return import ProviderReturn
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.details_check import DetailsCheck
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.domain.pupils.place_review import BoughtPlaceReview, SchoolPlaceReview
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import FormerAddress, Pupil
from pupil_desk.domain.pupils.schooling import AttendanceTotal, SchoolAttended
from pupil_desk.domain.register.absence_steps import AbsenceStep
from pupil_desk.domain.register.attendance import Mark, Timetable
from pupil_desk.domain.requests.case import RequestCase, RequestEvent, RequestLetter
from pupil_desk.domain.requests.pack import PackBegun, PackMade
from pupil_desk.domain.safeguarding.entry import SafeguardingEntry
from pupil_desk.domain.schools.school_mark import SchoolMark
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.sharing.choice import Choice, WishStep
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionEvent, SuspensionSession
from pupil_desk.domain.transport.journey import Journey

RECORDS: Mapping[str, type] = {
    "pupil": Pupil,
    "enrolment": Enrolment,
    "contact": Contact,
    "protection": Protection,
    "choice": Choice,
    "wish_step": WishStep,
    "notice_issue": NoticeIssue,
    "notice_acknowledgement": NoticeAcknowledgement,
    "sen_period": SenPeriod,
    "sen_need": SenNeed,
    "care_period": CarePeriod,
    "health_item": HealthItem,
    "disability": Disability,
    "health_none": NothingKnown,
    "medicine": Medicine,
    "details_check": DetailsCheck,
    "dose": Dose,
    "assessment": Assessment,
    "exam_entry": ExamEntry,
    "exam_arrangement": ExamArrangement,
    "exam_collector": ResultsCollector,
    "mark": Mark,
    "timetable": Timetable,
    "absence_step": AbsenceStep,
    "leave_request": LeaveRequest,
    "suspension": Suspension,
    "suspension_session": SuspensionSession,
    "suspension_event": SuspensionEvent,
    "incident": Incident,
    "incident_event": IncidentEvent,
    "accident": Accident,
    "plan": PupilPlan,
    "plan_step": PlanStep,
    "safeguarding_entry": SafeguardingEntry,
    "learning": Learning,
    "destination": Destination,
    "former_address": FormerAddress,
    "placement": Placement,
    "bought_place_review": BoughtPlaceReview,
    "school_place": SchoolPlace,
    "school_place_review": SchoolPlaceReview,
    "school_mark": SchoolMark,
    "provider_return": ProviderReturn,
    "journey": Journey,
    "note": Note,
    "attachment": Attachment,
    "not_taken": NotTaken,
    "school_attended": SchoolAttended,
    "attendance_total": AttendanceTotal,
    "letter_sent": LetterSent,
    "paper_form": PaperForm,
    "target_review": TargetReview,
    "report_comment": ReportComment,
    "pack": PackBegun,
    "pack_made": PackMade,
    "legal_hold": LegalHold,
    "request_case": RequestCase,
    "request_event": RequestEvent,
    "request_letter": RequestLetter,
    "consent_event": ConsentEvent,
    "consent_competence": Competence,
    "consent_invitation": Invitation,
}
"""The records about pupils. The unit's own settings and its staff are not pupils' data, and are not here."""

NOT_ITEMS: Mapping[str, str] = {
    "id": "an identity of ours without meaning",
    "ref": "our short number for the record, made from nothing about the pupil",
    "pupil_id": "says whose record it is",
    "corrects": "says which earlier entry it puts right",
    "contact_id": "says which contact is meant",
    "medicine_id": "says which medicine is meant",
    "import_id": "says which file read in it stood in",
    "decision": "says which decision an entry, or an event, is of",
    "entry_id": "says which review, comment, plan, request for leave or entry of an incident or a safeguarding file it is of",
    "assessment_id": "says which target was reviewed",
    "note_id": "says which note it is a wording of",
    "incident_id": "says which entries are of one incident",
    "plan_version_id": "says which version of a plan stood as a step was recorded",
    "takes_back": "says which earlier entry was made by mistake",
    "wording": "says which wording of an account was signed or reported",
    "suspension_id": "says which entry of a decision is meant",
    "edition_id": "says which edition of the notice is meant",
    "form_id": "says which printed form it came on",
    "evidence": "says which paper kept shows it",
    "template_edition": "says by which edition of its template a letter was made",
    "translation": "says by which version of its translation a paper went in another language",
    "hold_id": "says which hold an event is of",
    "about_kind": "says to which kind of entry a paper belongs",
    "about_id": "says to which entry a paper belongs",
    "media_type": "says what kind of file a paper is",
    "pages": "how many pages a paper has, counted when it came",
    "size": "how many bytes a paper has",
    "digest": "proves that the bytes of a paper are the same",
    "printing": "says which forms were printed together",
    "form_kind": "says of which kind a form is, as its title does in words",
    "subject": "says what a form is about, as its title does in words",
    "questions": "the boxes of a form, which its wording gives in words",
    "language": "in which language a form asked",
    "variant": "whether a form was in large print or easy words",
    "seq": "the order in which events were recorded",
    "pack_id": "says which copy under way it is of",
    "sections": "how many records of each kind a copy told",
    "digests": "proves that the bytes of a copy are the same",
    "withheld": "how many places of a copy were withheld",
    "evidence_id": "says which paper kept shows it",
    "case_id": "says which case an event or a letter is of",
    "place_id": "says which place of the list was searched",
    "consent_type": "says which type of consent is meant",
    "settled_after": "says which choices a settlement came after, and tells nothing of the pupil",
    "wording_id": "says which edition of the words was shown",
    "use_key": "says which use is meant, which is told in words beside it",
    "occasion_id": "says which trip or occasion is meant, which is told in words beside it",
    "own": "holds what stands in the fields of the unit’s own, of which each is an item by itself",
    "occasion_edition": "says which edition of a trip or occasion was shown",
}
"""Attributes that are no items of the catalogue, each with the reason."""


def item_at(path: str) -> Item:
    """The item that ``record.attribute`` names. Raises KeyError for one there is not, which is a bug."""
    record, name = path.split(".")
    return item_named(RECORDS[record], name)


@by_rules
def every_item() -> Mapping[str, Item]:
    """All items, by ``record.attribute``, in the order of the records; of the unit's own too, withdrawn ones among them."""
    return MappingProxyType({f"{record}.{item.name}": item for record, kind in RECORDS.items() for item in items_of(kind)})


_OF_WHAT = {
    "contact": _("Contact"), "protection": _("Protection set"), "choice": _("Choice made"), "notice_issue": _("Notice given"), "notice_acknowledgement": _("Notice acknowledged"),
    "assessment": _("Assessment"), "exam_entry": _("Exam entry"), "exam_arrangement": _("Access arrangement"), "exam_collector": _("Exam results"), "mark": _("Register"), "timetable": _("Part-time timetable"), "absence_step": _("Step about absence"), "leave_request": _("Leave asked for"),
    "suspension": _("Suspension"), "suspension_session": _("Sessions of a suspension"), "suspension_event": _("Step of a suspension"),
    "incident": _("Incident"), "incident_event": _("Step after an incident"), "accident": _("Accident"), "plan": _("Plan"), "plan_step": _("Step of a plan"),
    "safeguarding_entry": _("Safeguarding file"),
    "sen_period": _("Period of SEN provision"), "sen_need": _("Type of SEN"), "care_period": _("Period of care"),
    "health_item": _("Health"), "disability": _("Disability"), "health_none": _("Nothing known of health"), "medicine": _("Medicine"), "dose": _("Dose"),
    "attachment": _("Paper kept"), "not_taken": _("Value from a file"),
    "school_attended": _("Other school"), "attendance_total": _("Attendance elsewhere"),
    "learning": _("Learning"), "destination": _("Destination"), "former_address": _("Earlier address"), "placement": _("Place elsewhere"), "bought_place_review": _("Review of a place elsewhere"), "school_place": _("Place agreed with a school"), "school_place_review": _("Review of a place agreed"), "school_mark": _("Register of a school"), "provider_return": _("Return of a provider"), "journey": _("Transport"), "letter_sent": _("Letter printed"), "details_check": _("Check of what is held"), "legal_hold": _("Hold on deletion"),
    "paper_form": _("Form printed"), "wish_step": _("Asking about a choice"),
    "request_case": _("Request"), "request_event": _("Step of a request"), "request_letter": _("Letter about a request"),
    "consent_event": _("Consent"), "consent_competence": _("Pupil’s understanding"), "consent_invitation": _("List of a trip"),
}  # fmt: skip
"""What an item is of, where those of several records stand together; one of the pupil needs no such word."""
_OF_ITSELF = {
    "pupil": _("Pupil"), "enrolment": _("Stay"), "note": _("Note"), "target_review": _("Review of a target"), "report_comment": _("Comment in a report"),
    "pack": _("Copy asked for"), "pack_made": _("Copy written"),
}  # fmt: skip
"""The same of records whose items say by themselves what they are of."""


def record_word(kind: str) -> str:
    """What kind of record it is, in a word or two: «Contact», «Pupil»."""
    return _OF_ITSELF.get(kind) or _OF_WHAT.get(kind, _("Record"))


@by_rules
def label_of(path: str) -> str:
    """An item's label where items of several records stand together: «Contact: surname»."""
    label, record = item_at(path).label, path.partition(".")[0]
    if record not in _OF_WHAT:
        return label
    return _("{what}: {label}").format(what=_OF_WHAT[record], label=begun_small(label))
