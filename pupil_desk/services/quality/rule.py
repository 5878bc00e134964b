"""What a rule of the list «Check records» is, and what it finds.

All that is held on one pupil, and what is around: read once for everybody, so that a rule asks the file for nothing.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Any

from pupil_desk.basics.dates import age_on
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.care.health import Disability, HealthItem, Medicine, NothingKnown
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import Problem, read
from pupil_desk.domain.exams.exam import ExamArrangement, ExamEntry
from pupil_desk.domain.incidents.incident import IncidentCase
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.learning.next_steps import Destination, Learning
from pupil_desk.domain.notices.addressees import NoticeIssue
from pupil_desk.domain.plans.plan import PlanCase
from pupil_desk.domain.providers.provider import ProviderFacts
from pupil_desk.domain.providers.provider_return import ExpectedSession
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.details_check import DetailsCheck
from pupil_desk.domain.pupils.enrolment import GUEST, Enrolment
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Timetable
from pupil_desk.domain.register.calendar import Half, SchoolCalendar, school_year
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.sharing.sharing import Rules
from pupil_desk.domain.suspensions.suspension import SuspensionCase
from pupil_desk.domain.transport.journey import Journey


class Scope(Enum):
    """Whom a rule looks at."""

    HERE = "on roll today"
    PRESENT = "on roll or a guest today"
    LEFT = "left in this school year or the last, and not on roll today"
    RECENT = "on roll, a guest, or lately left"
    ANYONE = "everybody on file"


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityContext:
    """What is no single pupil's: the day, the calendar, the unit, and who else has the same number or name."""

    today: date
    calendar: SchoolCalendar = field(default_factory=SchoolCalendar)
    rules: Rules = field(default_factory=Rules)
    dfe_number: str = ""
    edition_id: str = ""
    keeps_plans: bool = True
    plan_kinds_seen: Collection[str] = frozenset()  # of plans that are shown to who looks
    schools_named: Mapping[str, str] | None = field(
        default_factory=dict
    )  # by the notice, by DfE number; None where the unit works with none
    providers: Mapping[str, ProviderFacts] | None = None  # by key; None where the unit buys no places
    routes_told: Collection[str] | None = None  # whose operator the notice names, by key; None where the unit records no transport
    by_upn: Mapping[str, Sequence[Pupil]] = field(default_factory=dict)
    by_uln: Mapping[str, Sequence[Pupil]] = field(default_factory=dict)
    namesakes: Mapping[str, Sequence[Pupil]] = field(default_factory=dict)  # of each pupil, others of the same name and birth
    watched_from: date = date.min  # the first day for which suspensions and the register are held against each other
    problems_by_value: dict[tuple[type, str, str], tuple[Problem, ...]] = field(
        default_factory=dict, repr=False
    )  # of each value met so far
    latest: list[Any] = field(default_factory=list, repr=False)  # the file looked at last, and what was found in its values

    @property
    def since(self) -> date:
        """The first day of the last school year: who left before it is looked at no more."""
        return date(school_year(self.today) - 1, 8, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilFile:
    """A pupil with all records, made by ``file_of``. ``stay`` is the one that holds today, ``left`` the last one of a leaver.

    ``stands`` is what the register says in the sessions of a suspension, ``e_marks`` the sessions marked E; both of late.
    """

    pupil: Pupil
    age: int
    stay: Enrolment | None
    left: Enrolment | None
    scopes: frozenset[Scope]
    stays: Sequence[Enrolment] = ()
    contacts: Sequence[Contact] = ()
    protections: Sequence[Protection] = ()
    choices: Sequence[Choice] = ()
    issues: Sequence[NoticeIssue] = ()
    timetables: Sequence[Timetable] = ()
    periods: Sequence[SenPeriod] = ()
    needs: Sequence[SenNeed] = ()
    care: Sequence[CarePeriod] = ()
    health: Sequence[HealthItem] = ()
    disabilities: Sequence[Disability] = ()
    medicines: Sequence[Medicine] = ()
    nothing_known: Sequence[NothingKnown] = ()  # that still stand: nothing has been entered since
    checks: Sequence[DetailsCheck] = ()
    learning: Sequence[Learning] = ()
    destinations: Sequence[Destination] = ()
    placements: Sequence[Placement] = ()
    school_places: Sequence[SchoolPlace] = ()
    journeys: Sequence[Journey] = ()
    unconfirmed: Sequence[ExpectedSession] = ()  # at providers, of late
    attained: Sequence[str] = ()  # the subjects of results in GCSE and functional skills
    assessed: bool = True
    cases: Sequence[SuspensionCase] = ()
    incidents: Sequence[IncidentCase] = ()  # of late
    exam_entries: Sequence[ExamEntry] = ()
    exam_arrangements: Sequence[ExamArrangement] = ()
    results: Sequence[Assessment] = ()  # of whoever was entered for an exam
    accidents: Sequence[Accident] = ()  # of late
    plans: Sequence[PlanCase] = ()
    stands: Mapping[Half, str] = field(default_factory=dict)
    e_marks: Sequence[Half] = ()
    photograph: str = ""  # the paper, of one whose consent has ended
    untold: Sequence[date] = ()  # of late, with an absence without a reason of which the social worker was not told

    @property
    def holders(self) -> list[Contact]:
        """The contacts with parental responsibility."""
        return [contact for contact in self.contacts if contact.parental_responsibility]


def file_of(pupil: Pupil, context: QualityContext, *, stays: Sequence[Enrolment] = (), **records: Any) -> PupilFile:
    """A pupil with these records."""
    today = context.today
    current = [stay for stay in stays if stay.on_roll(today)]
    scopes = {Scope.ANYONE}
    left = None
    if current:
        scopes |= {Scope.HERE, Scope.PRESENT, Scope.RECENT}
    elif any(stay.status == GUEST and stay.spans(today, today) for stay in stays):
        scopes |= {Scope.PRESENT, Scope.RECENT}
    else:
        left = _last(stays, today)
        if left is not None and (left.end_date is None or left.end_date >= context.since):
            scopes |= {Scope.LEFT, Scope.RECENT}
    stay = max(current, key=lambda candidate: candidate.start_date or date.min, default=None)
    return PupilFile(pupil=pupil, age=age_on(pupil.dob, today), stay=stay, left=left, scopes=frozenset(scopes), stays=stays, **records)


def _last(stays: Sequence[Enrolment], today: date) -> Enrolment | None:
    """The stay by which a leaver left; None for one who was never on roll, or comes later."""
    over = [stay for stay in stays if stay.puts_on_roll and not (stay.start_date and stay.start_date > today)]
    return max(over, key=lambda stay: stay.end_date or date.min, default=None)


def lately(day: date, today: date, days: int) -> bool:
    """Whether a day lies so many days back, or more."""
    return day <= today - timedelta(days=days)


def problems_with(record: Any, name: str, context: QualityContext) -> tuple[Problem, ...]:
    """What is wrong with one value of a record; nothing where there is none."""
    value = getattr(record, name)
    return read(item_named(record.__class__, name), value, context.today).problems if value else ()


class Need(Enum):
    """The return or the duty that will need it, in the order of the list. The value is its name in words."""

    ADMISSION = _("Admission register")
    ATTENDANCE = _("Attendance register")
    CENSUS = _("School census")
    TRANSFER = _("Transfer file (CTF)")
    YOUTH = _("Youth support service")
    COLLEGE = _("Colleges after 16")
    ULN = _("Learner numbers")
    EMERGENCY = _("First aid, emergency")
    SHARING = _("Sharing choices")
    NOTICES = _("Privacy notices")
    SUSPENSIONS = _("Suspensions")
    INCIDENTS = _("Incidents")
    ACCIDENTS = _("Accident book")
    SEN = _("Special needs, care")
    ASSESSMENTS = _("Assessments")
    EXAMS = _("Exams")
    PROVIDERS = _("Providers")
    RECORD = _("The record itself")


class Gravity(Enum):
    """How much it matters: the law or a return asks for it, or it is advised. The value is its name in words."""

    MUST = _("Must be put right")
    SHOULD = _("Should be looked at")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or contradicts, and what to do, in a sentence; and the field that puts it right.

    ``kind`` is the record's name in the catalogue, ``record_id`` empty for one that is not on file yet.
    """

    words: str
    item: str = ""
    kind: str = "pupil"
    record_id: str = ""


type Check = Callable[[PupilFile, QualityContext], Iterable[Gap]]


@dataclass(frozen=True, slots=True)
class QualityRule:
    """One rule. ``needs`` are the returns that will need it, the first of them before all; ``source`` says who asks for it."""

    title: str
    needs: tuple[Need, ...]
    gravity: Gravity
    scope: Scope
    source: str
    check: Check

    @property
    def key(self) -> str:
        """By its check's name, such as «no-upn»."""
        return self.check.__name__.replace("_", "-")


OURS = _("our own advice")
_KINDS: Mapping[type, str] = {record_type: kind for kind, record_type in RECORDS.items()}


def gap_in(record: Any, item: str, words: str) -> Gap:
    """A gap in a record that is on file. A suspension is shown by its decision."""
    return Gap(words, item, _KINDS[type(record)], getattr(record, "decision", "") or record.id)


@by_rules
def limits() -> Mapping[str, int]:
    """The numbers that rules rest on, by name: data, with their sources, in ``resources/quality/limits.toml``."""
    return {name: int(facts["number"]) for name, facts in rule_data("quality", "limits.toml").items()}
