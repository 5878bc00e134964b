"""An accident of a pupil, as it stands in the accident book: what happened, first aid, who was told, and the answers by which RIDDOR is decided.

Accidents of staff and visitors are not held: all that the program keeps is a pupil's, and the employer keeps a book of its own for those.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from pupil_desk.basics.clock import read_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

# an accident says something of health in whatever is said of it
_CARE = Facts(Section.ACCIDENTS, Category.ACCIDENTS, Purpose.CARE, Basis.PUBLIC_TASK, special=Special.HEALTH, retention="accident")
_fact = partial(item, facts=_CARE)
_by_law = partial(item, facts=dataclasses.replace(_CARE, purpose=Purpose.LAW, basis=Basis.LEGAL_OBLIGATION))
_LONGEST_TEXT = 4000  # characters

HEAD = "head"
"""Of the code lists of injuries and of parts of the body: the category of those after which the parent has a letter."""
NO_KNOCK = "no-knock"
"""Of the code list of injuries: the category of those that come of no knock, such as a burn, so that no letter is due after one of the face."""
PROVIDER = "provider"
"""Of the code list of places: the category of those that another runs."""
WELL, FROM_HERE, LATER = "well", "from-here", "later"
"""Of the code list of what came after: stayed, taken to hospital from the place, and taken there later."""
AT_WORK = "work"
"""Of the code list of places: the category of those where a pupil is at work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accident:
    """One accident of one pupil. ``entry_id`` is the pupil's entry of an incident, where it was entered from there.

    An answer that is None was not given yet.
    """

    id: str = ""
    pupil_id: str = ""
    entry_id: str | None = None
    day: date = _by_law(_("Day of the accident"), Kind.DATE, required=True)
    time: str | None = _by_law(_("Time of the accident"), Kind.TEXT, longest=5, hint=_("Such as 10:45"))
    place: str = _by_law(_("Place"), Kind.CODE, codes="accident_place", required=True)
    place_detail: str | None = _by_law(_("Where exactly"), Kind.NAME, hint=_("Such as by the gate, Bay 3"))
    account: str = _by_law(
        _("How it happened"), Kind.LINES, longest=_LONGEST_TEXT, required=True, hint=_("What the pupil was doing, and with what")
    )
    injury: str = _by_law(_("Injury"), Kind.CODE, codes="accident_injury", required=True)
    body_part: str = _by_law(_("Part of the body"), Kind.CODE, codes="accident_body_part", required=True)
    injury_detail: str | None = _by_law(_("The injury in words"), Kind.TEXT, hint=_("Such as left wrist, swollen"))
    witnesses: str | None = _fact(_("Who saw the accident"), Kind.LINES, hint=_("One name a line"))
    first_aid: str | None = _fact(_("First aid given"), Kind.LINES, hint=_("“None” if none was needed"))
    first_aider: str | None = _fact(_("First aid given by"), Kind.NAME)
    afterwards: str | None = _fact(_("Afterwards"), Kind.CODE, codes="accident_afterwards")
    parent: str | None = _fact(_("Parent or carer who was told"), Kind.NAME)
    parent_told_on: date | None = _fact(_("Told on"), Kind.DATE)
    parent_told_time: str | None = _fact(_("Told at"), Kind.TEXT, longest=5, hint=_("Such as 10:55"))
    parent_told_by: str | None = _fact(_("Told by"), Kind.NAME)
    letter_on: date | None = _fact(_("Head injury letter given on"), Kind.DATE)
    hospital: bool | None = _by_law(_("Taken straight from there to hospital"), Kind.YES_NO)
    treated: bool | None = _by_law(_("Treated there for the injury"), Kind.YES_NO)
    at_work: bool = _by_law(_("The pupil was at work"), Kind.YES_NO, default=False, hint=_("On work experience, or a trainee"))
    specified: bool | None = _by_law(_("A specified injury"), Kind.YES_NO)
    over_seven_days: bool | None = _by_law(_("Unfit for that work for more than seven days"), Kind.YES_NO)
    died: bool = _by_law(_("The pupil died of it"), Kind.YES_NO, default=False)
    work_related: bool | None = _by_law(_("Something about how the unit is run had a part in it"), Kind.YES_NO)
    on_road: bool = _by_law(_("A vehicle moving on a public road"), Kind.YES_NO, default=False)
    reported_on: date | None = _by_law(_("Reported to HSE on"), Kind.DATE)
    reported_by: str | None = _by_law(_("Reported by"), Kind.NAME, hint=_("You, or the employer’s health and safety team"))
    report_reference: str | None = _by_law(_("Reference of the report"), Kind.NAME)

    @property
    def is_of_head(self) -> bool:
        """Whether the parent is to have the letter about a knock on the head."""
        injury = _category("accident_injury", self.injury)
        return injury == HEAD or (injury != NO_KNOCK and _category("accident_body_part", self.body_part) == HEAD)

    @property
    def is_at_provider(self) -> bool:
        """Whether it happened where another provider answers for the place."""
        return _category("accident_place", self.place) == PROVIDER

    @property
    def is_seen_well(self) -> bool:
        """Whether a first-aider looked at it, and the pupil stayed: there was no need of more help then."""
        return bool(self.first_aider) and _category("accident_afterwards", self.afterwards) == WELL


def _category(codes: str, code: str | None) -> str:
    found = codelist(codes).get(code) if code else None
    return found.category if found is not None else ""


QUESTIONS = ("hospital", "treated", "at_work", "specified", "over_seven_days", "died", "work_related", "on_road")
"""What is answered with yes or no to know whether it must be reported, in the order of the form."""


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_("What happened"), ("day", "time", "place", "place_detail", "account", "witnesses")),
    (_("Injury and first aid"), ("injury", "body_part", "injury_detail", "first_aid", "first_aider", "afterwards")),
    (_("Who was told"), ("parent", "parent_told_on", "parent_told_time", "parent_told_by", "letter_on")),
    (_("RIDDOR"), (*QUESTIONS, "reported_on", "reported_by", "report_reference")),
)
"""The headings of the form, and of the page of the book, with the items under each, in order."""


def questions_asked(accident: Accident) -> tuple[str, ...]:
    """Those of them that matter after what is answered: of treatment only after a hospital, of the rest of work only at work."""
    left_out = {"treated"} if accident.hospital is not True else set()
    left_out |= set() if accident.at_work else {"specified", "over_seven_days"}
    return tuple(name for name in QUESTIONS if name not in left_out)


@gathered
def check_accident(accident: Accident, today: date, now: str) -> Iterator[Problem]:
    """What is wrong across its items. ``now`` is HH:MM."""
    if accident.day > today:
        yield Problem("day", "future_date", _("This day is still to come. Enter the day when it happened."))
    for name, day_name, words in (("time", "day", _("Time of the accident")), ("parent_told_time", "parent_told_on", _("Told at"))):
        yield from _check_time(accident, name, getattr(accident, day_name), words, (today, now))
    for name in ("parent_told_on", "letter_on", "reported_on"):
        value = getattr(accident, name)
        if value is not None and not accident.day <= value <= today:
            yield Problem(name, "bad_day", _("Enter a day from that of the accident until today."))
    if accident.parent_told_on and not (accident.parent and accident.parent_told_by):
        missing = "parent_told_by" if accident.parent else "parent"
        yield Problem(missing, "half_told", _("Enter who was told, and by whom."))
    if accident.report_reference and accident.reported_on is None:
        yield Problem("reported_on", "missing", _("Enter the day of the report too."))
    if accident.treated and accident.hospital is False:
        yield Problem("treated", "no_hospital", _("That is said of a hospital. Say that the pupil was taken there, or take this out."))
    came_after = _category("accident_afterwards", accident.afterwards)
    if came_after == FROM_HERE and accident.hospital is False:
        words = _("Under Afterwards the pupil was taken to hospital from here. Say that here too, or change what is said there.")
        yield Problem("hospital", "hospital", words)
    if came_after == LATER and accident.hospital:
        words = _("Under Afterwards the family took the pupil to hospital. Say no here, unless it was straight from where it happened.")
        yield Problem.warning("hospital", "hospital_later", words)
    if _category("accident_place", accident.place) == AT_WORK and not accident.at_work:
        words = _("On work experience a pupil counts as at work. Tick it, if the pupil was.")
        yield Problem.warning("at_work", "at_work", words)


def _check_time(accident: Accident, name: str, day: date | None, label: str, moment: tuple[date, str]) -> Iterator[Problem]:
    value = getattr(accident, name)
    if value is None:
        return
    tidy_time = read_time(value)
    if tidy_time is None:
        yield Problem(name, "bad_time", _("{label}: write it like 9:30 or 14:05.").format(label=label))
    elif day is not None and (day, tidy_time) > moment:
        yield Problem(name, "future_time", _("{label}: this time is still to come today.").format(label=label))
