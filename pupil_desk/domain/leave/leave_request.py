"""Leave of absence in term time: what a family asks for, in wordings of which the last counts, and what was decided. Nothing is ever edited.

SI 2024/208, regulation 11: leave is asked for in advance, and but for the purposes that the law names it is given in exceptional circumstances
alone, to a parent with whom the pupil normally lives. Which code follows, the sources and how sure we are: ``resources/attendance/leave.toml``.
A part-time timetable (code C2) is agreed, not asked for, and is a timetable of the pupil.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item, items_of
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.learning.review import RecordedWording

_FACTS = Facts(Section.ATTENDANCE, Category.ATTENDANCE, Purpose.LAW, Basis.PUBLIC_TASK)
_fact = partial(item, facts=_FACTS)
_LIMIT = "limit"


class LeaveDecision(StrEnum):
    """The values are those of the code list."""

    GRANTED = "granted"
    PART = "part"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRequest:
    """One wording of a request, whole; those that share ``entry_id`` are one request. ``struck`` says that it was entered by mistake.

    ``granted_from`` and ``granted_until`` are of leave given for some of the days alone.
    """

    id: str = ""
    entry_id: str = ""
    pupil_id: str = ""
    first_day: date = _fact(_("First day of leave asked for"), Kind.DATE, required=True)
    last_day: date = _fact(_("Last day asked for"), Kind.DATE, required=True)
    purpose: str = _fact(_("What it is for"), Kind.CODE, codes="leave_purpose", required=True)
    circumstances: str | None = _fact(_("What the family says"), Kind.LINES, hint=_("Why it cannot be outside term time"))
    asked_by: str = _fact(_("Asked for by"), Kind.NAME, required=True)
    received_on: date = _fact(_("Received on"), Kind.DATE, required=True)
    outcome: str | None = _fact(_("Decision about leave"), Kind.CODE, codes="leave_decision")
    decided_by: str | None = _fact(_("Decided by"), Kind.NAME)
    decided_on: date | None = _fact(_("Decided on"), Kind.DATE)
    granted_from: date | None = _fact(_("Leave given from"), Kind.DATE)
    granted_until: date | None = _fact(_("Leave given until"), Kind.DATE)
    decision_reason: str | None = _fact(_("Reason for the decision"), Kind.LINES, hint=_("It stands in the letter to the family"))
    struck: str | None = _fact(_("Request struck out because"), Kind.TEXT)

    @property
    def granted(self) -> tuple[date, date] | None:
        """The first and the last day for which leave was given; None where it was not."""
        if self.outcome == LeaveDecision.GRANTED:
            return self.first_day, self.last_day
        if self.outcome == LeaveDecision.PART and self.granted_from and self.granted_until:
            return self.granted_from, self.granted_until
        return None

    def is_granted_on(self, day: date) -> bool:
        """Whether leave counts as given for a day: not for one before the request was received. That it came before the sessions of its own day, a person says."""
        return self._is_in_granted(day) and day >= self.received_on

    def is_granted_too_late(self, day: date) -> bool:
        """Whether leave was given for a day that was over when the request was received: it does not count as given, and neither as refused."""
        return self._is_in_granted(day) and day < self.received_on

    def _is_in_granted(self, day: date) -> bool:
        granted = self.granted if self.struck is None else None
        return granted is not None and granted[0] <= day <= granted[1]

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.struck is None and self.outcome is None


REQUEST_FORM = tuple(leave_item.name for leave_item in items_of(LeaveRequest) if leave_item.name != "struck")
"""What is typed of a request."""
DECISION_ITEMS = ("decided_by", "decided_on", "granted_from", "granted_until", "decision_reason")
"""What is typed beside the decision itself."""


@dataclass(frozen=True, slots=True)
class LeaveCase:
    """A request with its wordings, the oldest first."""

    wordings: tuple[RecordedWording[LeaveRequest], ...]

    @property
    def now(self) -> LeaveRequest:
        """As it holds."""
        return self.wordings[-1].record


@dataclass(frozen=True, slots=True)
class LeaveCodes:
    """The code of the register where leave was given, and where it was not; ``resident``: it is given to a parent with whom the pupil lives."""

    given: str
    not_given: str
    resident: bool


@by_rules
def leave_codes(purpose: str) -> LeaveCodes:
    """By what leave is for, as the file of rules in force has it. Raises KeyError for a purpose that has none."""
    data = rule_data("attendance", "leave.toml")[purpose]
    return LeaveCodes(data["given"], data["not_given"], data["resident"])


@by_rules
def leave_given_codes() -> frozenset[str]:
    """The codes of leave that was given, whatever it is for."""
    return frozenset(leave_codes(purpose).given for purpose in codelist("leave_purpose").codes)


@by_rules
def longest_leave() -> int:
    """Days from the first to the last of one request."""
    return int(rule_data("attendance", "leave.toml")[_LIMIT]["days"])


@gathered
def check_leave(request: LeaveRequest, today: date) -> Iterator[Problem]:
    """What is wrong with a request across its items, and what is to be thought of."""
    if request.last_day < request.first_day:
        yield Problem("last_day", "before_first", _("The last day is before the first. Correct one of the two."))
    elif (request.last_day - request.first_day).days >= longest_leave():
        yield Problem("last_day", "too_long", _("That is more than {days} days. Check the year.").format(days=longest_leave()))
    for name in ("received_on", "decided_on"):
        value = getattr(request, name)
        if value is not None and value > today:
            yield Problem(name, "future_date", _("That day lies in the future. Check the year."))
    if request.decided_on is not None and request.decided_on < request.received_on:
        yield Problem("decided_on", "before_received", _("That is before the request was received. Correct one of the two."))
    yield from _check_decision(request)


def _check_decision(request: LeaveRequest) -> Iterator[Problem]:
    """A decision has who, when and why; what is typed of one has the decision. Raises KeyError for a purpose that there is not."""
    if request.outcome is None:
        if any(getattr(request, name) for name in ("granted_from", "granted_until", "decision_reason")):
            yield Problem("outcome", "missing", _("Choose what was decided."))
        return
    if request.outcome == LeaveDecision.WITHDRAWN:
        return
    for name, words in (("decided_by", _("Enter who decided.")), ("decided_on", _("Enter the day of the decision."))):
        if not getattr(request, name):
            yield Problem(name, "missing", words)
    if request.outcome == LeaveDecision.PART:
        yield from _check_part(request)
    if request.outcome != LeaveDecision.GRANTED and not request.decision_reason:
        yield Problem("decision_reason", "missing", _("Enter why leave was not given for all of the days. The letter says so."))
    if request.granted is None:
        return
    if request.received_on >= request.granted[0]:
        yield Problem.warning(
            "received_on",
            "afterwards",
            _(
                "Leave is given only where it was asked for in advance, and never for days before. No mark is proposed for days before that one; of the day itself you say whether it came in time."
            ),
        )
    if request.purpose == "holiday":
        yield Problem.warning("purpose", "holiday", _("A wish for a holiday alone is no exceptional circumstance."))


def _check_part(request: LeaveRequest) -> Iterator[Problem]:
    first, last = request.granted_from, request.granted_until
    if first is None or last is None:
        yield Problem(
            "granted_until" if first else "granted_from", "missing", _("Enter the first and the last day for which leave is given.")
        )
    elif not request.first_day <= first <= last <= request.last_day:
        yield Problem("granted_from", "outside", _("These days are not among those that were asked for. Correct them."))
