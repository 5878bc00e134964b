"""To which destination a transfer file of a pupil goes, or why and until when it has to wait (domain reference, 2.3)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.text import heading_key, tidy, tokens
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.enrolment import DUAL, Enrolment
from pupil_desk.domain.pupils.leaving import compulsory_age_ends
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.calendar import SchoolCalendar

_DAY = timedelta(days=1)
UNKNOWN, OUTSIDE = "XXXXXXX", "MMMMMMM"
_AUTHORITY = "LLLL"  # in the place of an establishment
_EDUCATION = "education"  # the category of activities at a school or college
_TOLD = re.compile(
    r"(?<![0-9A-Z])(?:(?P<la>[2-9][0-9]{2})(?P<slash>/?)(?P<estab>[0-9]{4}|LLLL)|(?P<signs>X{7}|M{7}))(?![0-9A-Z])", re.IGNORECASE
)
_EMPTIED = re.compile(r"[(\[]\W*[)\]]")
_LEFT_OVER = " ,;:/–-"  # at the ends of a name from which a sign was taken


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of sending, from ``resources/ctf/sending.toml``, where each is explained."""

    school_days: int
    late_school_days: int
    most_days: int
    attendance_from_start: bool
    left_status: str
    not_known: frozenset[str]
    not_known_begins: frozenset[str]
    no_next_begins: frozenset[str]
    no_school_begins: frozenset[str]
    no_school_grounds: frozenset[str]
    outside_establishments: frozenset[str]
    outside_grounds: frozenset[str]
    outside_activities: frozenset[str]
    outside_activities_over_age: frozenset[str]
    leaving_reasons: Mapping[str, str]


@by_rules
def sending_rules() -> Rules:
    """The rules in force."""
    data = rule_data("ctf", "sending.toml")
    outside = data["outside"]
    return Rules(
        school_days=data["school_days"],
        late_school_days=data["late_school_days"],
        most_days=data["most_days"],
        attendance_from_start=data["attendance_year"] == "start",
        left_status=data["left_status"],
        not_known=frozenset(map(heading_key, data["not_known"])),
        not_known_begins=frozenset(map(_words, data["not_known_begins"])),
        no_next_begins=frozenset(map(_words, data["no_next_begins"])),
        no_school_begins=frozenset(map(_words, data["no_school_begins"])),
        no_school_grounds=frozenset(data["no_school_grounds"]),
        outside_establishments=frozenset(outside["establishments"]),
        outside_grounds=frozenset(outside["grounds"]),
        outside_activities=frozenset(outside["activities"]),
        outside_activities_over_age=frozenset(outside["activities_over_age"]),
        leaving_reasons=data["leaving_reasons"],
    )


def next_school(stay: Enrolment) -> str:
    """Where one who leaves goes next, as it was entered; of one on two rolls for whom nothing is, the main school. «» where what stands there says that it is not known."""
    text, rules = stay.next_school or (stay.main_school if stay.status in DUAL else "") or "", sending_rules()
    key = heading_key(text)
    is_unknown = (
        not key or key in rules.not_known or UNKNOWN in text.upper() or _begins(text, rules.not_known_begins | rules.no_next_begins)
    )
    return "" if is_unknown else text


def _begins(text: str, beginnings: Collection[str]) -> bool:
    return any(f"{_words(text)} ".startswith(f"{beginning} ") for beginning in beginnings)


def _words(text: str) -> str:
    return " ".join(tokens(text))


def _has_none(stay: Enrolment, activity: str) -> bool:
    """Whether what is entered says that there is no next school; or nothing is, after a ground that leaves none, and no education is known to follow."""
    rules, text = sending_rules(), stay.next_school or ""
    if text or next_school(stay):
        return _begins(text, rules.no_next_begins) and not _begins(text, rules.not_known_begins)
    code = codelist("activity").get(activity)
    return stay.deletion_ground in rules.outside_grounds and (code is None or code.category != _EDUCATION)


def school_named_in(stay: Enrolment) -> str:
    """Where one who leaves goes next, as a paper names it: without what is for a machine, «St Jude’s (MMMMMMM)», and without an authority’s number, which is no school’s."""
    unsigned = _TOLD.sub(lambda match: "" if match["signs"] or match["estab"].upper() == _AUTHORITY else match[0], next_school(stay))
    return tidy(_EMPTIED.sub("", unsigned)).strip(_LEFT_OVER)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a file goes, as seven signs: ``9194001``, ``919LLLL``, ``XXXXXXX`` or ``MMMMMMM``."""

    code: str

    @property
    def la(self) -> str:
        """What stands for the authority."""
        return self.code[:3]

    @property
    def estab(self) -> str:
        """What stands for the establishment."""
        return self.code[3:]

    @property
    def words(self) -> str:
        """For a person, and for a receipt."""
        if self.code == UNKNOWN:
            return _("DfE’s school to school service, the next school not known (XXXXXXX)")
        if self.code == OUTSIDE:
            return _("DfE’s school to school service, outside the maintained sector (MMMMMMM)")
        if self.estab == _AUTHORITY:
            return _("Local authority {number}").format(number=self.la)
        return _("School {number}").format(number=f"{self.la}/{self.estab}")


@dataclass(frozen=True, slots=True)
class NotYet:
    """Why a file cannot go: for the screen, and in words that name nobody. ``item`` is the field to fill in, «» where only time helps."""

    reason: str
    in_short: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class TransferRouting:
    """What all pupils of a file share: our own number, the day it is judged on, and the school calendar."""

    own_number: str
    day: date
    calendar: SchoolCalendar

    def still_due(self, left: date) -> bool:
        """Whether one who left on a day is still put forward without being asked for by name."""
        rules = sending_rules()
        if self.day - left > timedelta(days=rules.most_days):
            return False
        passed = self.calendar.school_days(left + timedelta(days=1), self.day)
        return len(passed) <= rules.school_days + rules.late_school_days

    def is_due(self, left: date, last_told: str) -> bool:
        """Whether the file of one who left on a day is due; ``last_told`` is the last day (ISO) on which one told of the pupil, «» for none."""
        return self.still_due(left) and last_told < left.isoformat()

    def of_leaver(self, pupil: Pupil, stay: Enrolment, activity: str) -> Destination | NotYet:
        """Where the file of one who left goes. ``activity`` is that of the latest confirmed destination, «» for none."""
        rules, text = sending_rules(), next_school(stay)
        if (destination := self._destination_in(text)) is not None:
            return destination
        over_age = stay.end_date is not None and stay.end_date >= compulsory_age_ends(pupil.dob)
        outside = rules.outside_activities | (rules.outside_activities_over_age if over_age else frozenset())
        if stay.deletion_ground in rules.outside_grounds or activity in outside or _begins(text, rules.no_school_begins):
            return Destination(OUTSIDE)
        if text:
            words = _(
                "The next school has no DfE number on file: enter it beside the name, such as 919/4001; or MMMMMMM for one that is independent, or outside England and Wales."
            )
            return NotYet(words, _("the next school’s DfE number is not on file"), "enrolment.next_school")
        return self._unknown(stay)

    def school_told(self, stay: Enrolment, activity: str) -> str | None:
        """The school or college to which the papers of one who left go, as it was entered, wherever the file goes; «» where none is named, None where there is none."""
        rules, destination, name = sending_rules(), self._destination_in(next_school(stay)), school_named_in(stay)
        is_outside = stay.deletion_ground in rules.no_school_grounds or activity in rules.outside_activities
        if (destination is None and (is_outside or _has_none(stay, activity))) or _begins(name, rules.no_school_begins):
            return None
        return "" if destination is not None and destination.estab == _AUTHORITY else name

    def of_copy(self, stay: Enrolment) -> Destination | NotYet:
        """Where a copy of one who is registered at two schools goes."""
        destination = self._destination_in(stay.main_school or "") if stay.status in DUAL else None
        if destination is not None:
            return destination
        if stay.status in DUAL:
            words = _("The other school has no DfE number on file. Enter it, and the copy can go.")
            return NotYet(words, _("the other school’s DfE number is not on file"), "enrolment.main_school")
        words = _("On roll here and at no other school: nothing is owed until the pupil leaves.")
        return NotYet(words, _("on roll here and at no other school"))

    def _destination_in(self, text: str) -> Destination | None:
        """The destination that a field says in numbers, or in the signs of a file's name; None for our own number too."""
        for match in _TOLD.finditer(text):
            code = (match["signs"] or f"{match['la']}{match['estab']}").upper()
            of_school = (
                match["signs"] or match["slash"] or not code.isdigit() or match["la"] in codelist("la").codes
            )  # seven figures alone may be a telephone's
            if of_school and code != self.own_number.replace("/", ""):
                return Destination(OUTSIDE if code[3] in sending_rules().outside_establishments else code)
        return None

    def _unknown(self, stay: Enrolment) -> Destination | NotYet:
        number, end = sending_rules().school_days, stay.end_date
        until = self.calendar.school_days_after(end, number) if end else None
        if end and len(self.calendar.school_days(end + _DAY, self.day)) >= number:
            return Destination(UNKNOWN)
        if until is None:
            words = _(
                "The next school is not known: wait {number} school days after leaving, then it goes as XXXXXXX. The terms on file do not reach that day: enter the next ones in the settings, or those of the day of leaving."
            )
        else:
            words = _("The next school is not known: wait until {day}, {number} school days after leaving, then it goes as XXXXXXX.")
        sentence = words.format(number=number, day=show_date(until) if until else "")
        short = _("the next school is not known, and {number} school days have not passed").format(number=number)
        return NotYet(sentence, short, "enrolment.next_school")
