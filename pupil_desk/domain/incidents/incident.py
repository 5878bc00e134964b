"""Incidents: one account, with what concerned each pupil; rewards and ordinary behaviour share the same short entry. Nothing is ever edited.

An incident of three pupils has a row for each: the account is the same in all, the rest is the pupil's own. So a copy, the erasure of a
record and the clock of retention have it as they have every other record of a pupil.

What must be recorded of reasonable force, seclusion and restraint: Education and Inspections Act 2006 section 93A, and the Schools
(Recording and Reporting of Seclusion and Restraint) (No. 2) (England) Regulations 2025, in force since 1 April 2026; read in what
law firms and The Key say of them, not in the text; sure: medium (domain reference, 18; ``resources/incidents/duties.toml``).
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from pupil_desk.basics.clock import read_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item, item_named, items_of
from pupil_desk.domain.catalogue.validation import Problem, gathered

_CARE = Facts(Section.INCIDENTS, Category.INCIDENTS, Purpose.CARE, Basis.PUBLIC_TASK)
_LAW = dataclasses.replace(_CARE, purpose=Purpose.LAW, basis=Basis.LEGAL_OBLIGATION)
_fact = partial(item, facts=_CARE)
_told = partial(item, facts=dataclasses.replace(_CARE, special=Special.SAFETY))
_by_law = partial(item, facts=_LAW)
_of_health = partial(item, facts=dataclasses.replace(_LAW, special=Special.HEALTH))
_LONGEST_TEXT = 8000  # characters: about three pages

REWARD, ORDINARY = "reward", "ordinary"
"""Of the code list of kinds: what is told to no one by law, and is asked for less."""
TOOK_PART, HURT = "took-part", "hurt"
"""Of the code list of parts: who took part, and who was hurt or wronged."""
EMAIL = "email"
"""Of the code list of ways to tell: as a file under a lock."""
INTERVENTIONS = ("force", "seclusion", "restraint")
"""The restrictive interventions, of which the law asks for a record and a report to the parents. A search is none of them."""
MINUTES_OF = {name: f"{name}_minutes" for name in INTERVENTIONS}
"""How long each of them lasted, by the attribute of each: asked where there were several."""
OF_SEARCH = ("search_for", "search_by", "search_found")
"""What is asked of a search."""
SHARED = ("kind", "day", "time", "place", "account", "led_to_it", "tried", "staff", "witnesses", "damage")
"""What is the same for each pupil of an incident: the account of it. The rest is the pupil's own."""


IN_REPORT = (
    "day", "time", "place", "account", "led_to_it", "tried", "force", "seclusion", "restraint", "search", "force_kind", "force_degree", "began",
    "minutes", "force_minutes", "seclusion_minutes", "restraint_minutes", "search_for", "search_by", "search_found", "necessary", "injury", "first_aid", "support",
)  # fmt: skip
"""What the report to a parent tells of a wording: where one of these differs, the parent was told another account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One wording of what concerned one pupil, whole. Those that share ``entry_id`` are one entry; the last of them counts.

    The entries of one incident share ``incident_id``. ``staff`` and ``witnesses`` have one name a line. ``struck`` says that it was entered by mistake, or that this pupil had no part in it.
    """

    id: str = ""
    entry_id: str = ""
    incident_id: str = ""
    pupil_id: str = ""
    kind: str = _fact(_("What it was"), Kind.CODE, codes="incident_kind", required=True)
    day: date = _by_law(_("Day"), Kind.DATE, required=True)
    time: str | None = _by_law(_("Time"), Kind.TEXT, longest=5, hint=_("Such as 10:45"))
    place: str | None = _by_law(_("Where"), Kind.NAME, hint=_("Such as the hall, the taxi"))
    account: str | None = _told(
        _("What happened"), Kind.LINES, longest=_LONGEST_TEXT, hint=_("Facts, and who did what. The family may ask to read it")
    )
    led_to_it: str | None = _told(_("What led to it"), Kind.LINES, longest=_LONGEST_TEXT)
    tried: str | None = _told(
        _("What was tried first"), Kind.LINES, longest=_LONGEST_TEXT, hint=_("To calm things down, before anything else was done")
    )
    staff: str | None = _by_law(_("Members of staff involved"), Kind.LINES, hint=_("One name a line"))
    witnesses: str | None = _fact(_("Who saw it"), Kind.LINES, hint=_("One name a line"))
    damage: str | None = _fact(_("Damage"), Kind.TEXT)
    part: str = _fact(_("The pupil’s part in it"), Kind.CODE, codes="incident_part", required=True)
    points: int | None = _fact(_("Points"), Kind.NUMBER)
    force: bool = _by_law(_("Reasonable force"), Kind.YES_NO, default=False)
    seclusion: bool = _by_law(_("Seclusion"), Kind.YES_NO, default=False)
    restraint: bool = _by_law(_("Restraint without force"), Kind.YES_NO, default=False)
    search: bool = _by_law(_("Search"), Kind.YES_NO, default=False)
    force_kind: str | None = _by_law(_("Kind of force"), Kind.CODE, codes="force_kind")
    force_degree: str | None = _by_law(_("Degree of force"), Kind.CODE, codes="force_degree")
    began: str | None = _by_law(_("It began at"), Kind.TEXT, longest=5, hint=_("Such as 10:47"))
    minutes: int | None = _by_law(_("How many minutes it lasted"), Kind.NUMBER, hint=_("1 for less than a minute"))
    force_minutes: int | None = _by_law(_("Minutes of reasonable force"), Kind.NUMBER)
    seclusion_minutes: int | None = _by_law(_("Minutes of seclusion"), Kind.NUMBER)
    restraint_minutes: int | None = _by_law(_("Minutes of restraint"), Kind.NUMBER)
    done_by: str | None = _by_law(_("Who of the staff did it"), Kind.LINES, hint=_("To this pupil. One name a line"))
    search_for: str | None = _by_law(_("What the search was for, and why"), Kind.LINES, longest=_LONGEST_TEXT)
    search_by: str | None = _by_law(
        _("Who searched, and who was there"), Kind.LINES, longest=_LONGEST_TEXT, hint=_("With the time, if it was another")
    )
    search_found: str | None = _by_law(_("What was found"), Kind.LINES, longest=_LONGEST_TEXT, hint=_("“Nothing” if nothing was"))
    necessary: str | None = _told(_("Why it was necessary"), Kind.LINES, longest=_LONGEST_TEXT)
    needs: str | None = _of_health(
        _("Needs that matter"), Kind.LINES, hint=_("Special educational needs among them; “none known” if there are none")
    )
    triggers: str | None = _of_health(
        _("Known triggers"), Kind.LINES, hint=_("What is known to upset the pupil; “none known” if nothing is")
    )
    injury: str | None = _of_health(_("Injury"), Kind.LINES, hint=_("“None” if nobody was hurt"))
    first_aid: str | None = _of_health(_("First aid"), Kind.LINES)
    support: str | None = _of_health(_("Support afterwards"), Kind.LINES)
    struck: str | None = _fact(_("Struck out because"), Kind.TEXT)

    @property
    def restrictive(self) -> bool:
        """Whether there was reasonable force, seclusion or restraint: then the law asks for a record and a report to the parents."""
        return any(getattr(self, name) for name in INTERVENTIONS)

    @property
    def told(self) -> tuple[object, ...]:
        """What a wording says, each item in turn: two of one entry that say the same are told apart by their ``id`` alone."""
        return tuple(getattr(self, each.name) for each in items_of(Incident))

    @property
    def interventions(self) -> tuple[str, ...]:
        """The restrictive interventions that there were, by attribute."""
        return tuple(name for name in INTERVENTIONS if getattr(self, name))


class IncidentEventKind(StrEnum):
    """What was done about an incident. The values are those of the code list."""

    SIGNED = "signed"
    REPORTED = "reported"
    WITHHELD = "withheld"
    TOLD_AUTHORITY = "told-authority"
    DEBRIEF_PUPIL = "debrief-pupil"
    DEBRIEF_STAFF = "debrief-staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEvent:
    """One thing that was done about a pupil's part in an incident. ``done`` False takes one entered in error back.

    ``contact_id`` is the parent to whom the report went, or from whom it is withheld. ``wording`` is the row that was signed or reported.
    """

    id: str = ""
    entry_id: str = ""
    pupil_id: str = ""
    kind: str = _by_law(_("What was done"), Kind.CODE, codes="incident_event", required=True)
    on: date = _by_law(_("On"), Kind.DATE, required=True)
    time: str | None = _by_law(_("Time"), Kind.TEXT, longest=5, hint=_("Such as 15:10"))
    contact_id: str | None = None
    wording: str | None = None
    way: str | None = _by_law(_("How it was told"), Kind.CODE, codes="report_way")
    who: str | None = _by_law(_("By whom, or with whom"), Kind.NAME)
    note: str | None = _told(_("In words"), Kind.LINES, longest=_LONGEST_TEXT)
    done: bool = _by_law(_("Done"), Kind.YES_NO, default=True)


@dataclass(frozen=True, slots=True)
class IncidentWording:
    """One wording, when it was recorded (as the file keeps a moment), and by whom: the user, and the name."""

    incident: Incident
    at: str
    by_id: str
    by: str


@dataclass(frozen=True, slots=True)
class IncidentCase:
    """What concerned one pupil: the wordings, the oldest first, and the events, in order. ``imported``: it came with a file of another program.

    ``events_at`` is when each of the events was recorded, as the file keeps a moment.
    """

    wordings: tuple[IncidentWording, ...]
    events: tuple[IncidentEvent, ...] = ()
    imported: bool = False
    events_at: tuple[str, ...] = ()

    @property
    def now(self) -> Incident:
        """As it holds."""
        return self.wordings[-1].incident

    @property
    def struck(self) -> bool:
        """Whether it counts for nothing."""
        return self.now.struck is not None

    def last(self, kind: str, contact_id: str | None = None) -> IncidentEvent | None:
        """The event of that kind, of a report that of this parent, unless it was taken back."""
        event = next((event for event in reversed(self.events) if event.kind == kind and event.contact_id == contact_id), None)
        return event if event and event.done else None

    def is_taken_back(self, event: IncidentEvent) -> bool:
        """Whether the next that was recorded of an event takes it back."""
        following = self.events[self.events.index(event) + 1 :]
        later = next((other for other in following if (other.kind, other.contact_id) == (event.kind, event.contact_id)), None)
        return event.done and later is not None and not later.done

    @property
    def signed(self) -> IncidentEvent | None:
        """The signature under the account as it holds; None where it was amended since, or was never signed.

        An amendment that was undone says again what was signed: the signature holds under words that are the same.
        """
        event = self.last(IncidentEventKind.SIGNED)
        words = self.wording_of(event)
        return event if words is not None and (words.id == self.now.id or words.told == self.now.told) else None

    def told_otherwise(self, contact_id: str) -> bool:
        """Whether the report given to a parent told another account than the one that is signed now."""
        told = self.wording_of(self.last(IncidentEventKind.REPORTED, contact_id))
        if told is None or self.signed is None:
            return False
        return any(getattr(told, name) != getattr(self.now, name) for name in IN_REPORT)

    def wording_of(self, event: IncidentEvent | None) -> Incident | None:
        """The wording of which a signature or a report is; None for no event, or one that names none."""
        wordings = (wording.incident for wording in self.wordings if event is not None and wording.incident.id == event.wording)
        return next(wordings, None)


def names_in(lines: str | None) -> tuple[str, ...]:
    """The names of a field with one a line, each as it is written, none twice."""
    return tuple(dict.fromkeys(name for line in (lines or "").splitlines() if (name := " ".join(line.split()))))


def with_account(incident: Incident, account: Incident) -> Incident:
    """A pupil's row with the account, which is the same for all, as ``account`` has it."""
    return dataclasses.replace(incident, **{name: getattr(account, name) for name in SHARED})


ASKED_OF: Mapping[str, tuple[str, ...]] = {
    IncidentEventKind.SIGNED: ("who",),
    IncidentEventKind.REPORTED: ("way",),
    IncidentEventKind.WITHHELD: ("who", "note"),
    IncidentEventKind.TOLD_AUTHORITY: ("who", "way"),
    IncidentEventKind.DEBRIEF_PUPIL: ("note",),
    IncidentEventKind.DEBRIEF_STAFF: ("note",),
}
"""What must be said of a step beside its day, by its kind."""
MANDATORY: tuple[str, ...] = ("time", "place", "staff", "minutes", "necessary", "needs", "injury", "support")
"""What must be recorded of each restrictive intervention, beside the pupil and the day, and in the account of what was done."""
MANDATORY_OF_FORCE: tuple[str, ...] = ("led_to_it", "triggers", "tried", "force_kind", "force_degree")
"""What must be recorded of reasonable force, beside that."""


def asked_by_law(*, restrictive: bool, force: bool) -> tuple[str, ...]:
    """The attributes that the law asks for where there was a restrictive intervention, reasonable force among them or not; else none."""
    if not restrictive:
        return ()
    return ("account", *MANDATORY, *(MANDATORY_OF_FORCE if force else ()))


def mandatory(incident: Incident) -> tuple[str, ...]:
    """The attributes that the law asks for of this incident; none where there was no restrictive intervention."""
    return asked_by_law(restrictive=incident.restrictive, force=incident.force)


def missing_of(incident: Incident) -> tuple[str, ...]:
    """Those of them that are not recorded. It can be kept without them, and not be signed."""
    return tuple(name for name in mandatory(incident) if getattr(incident, name) in (None, ""))


def is_reward(kind: str) -> bool:
    """Whether an incident of that kind is a reward (``resources/codes/incident_kind.toml``)."""
    return _category(kind) == REWARD


def is_ordinary(kind: str) -> bool:
    """Whether a line of it is enough: a reward or ordinary behaviour, which nobody has to sign."""
    return _category(kind) in (REWARD, ORDINARY)


def ordinary_kinds() -> frozenset[str]:
    """The kinds of which that is so, those that are no longer used among them."""
    return frozenset(code.code for code in codelist("incident_kind").codes.values() if code.category in (REWARD, ORDINARY))


def _category(kind: str) -> str | None:
    code = codelist("incident_kind").get(kind)
    return code.category if code else None


@gathered
def check_incident(incident: Incident, today: date, now: str) -> Iterator[Problem]:
    """What is wrong across its items. ``now`` is HH:MM. What the law asks for and is missing is warned of: see ``missing_of``."""
    if incident.day > today:
        yield Problem("day", "future_date", _("This day is still to come. Enter the day when it happened."))
    for name, words in (("time", _("Time")), ("began", _("It began at"))):
        yield from _check_time(incident, name, words, today, now)
    if incident.began and incident.time and (read_time(incident.began) or "") < (read_time(incident.time) or ""):
        words = _("What was done began before the incident did. Look at both times: the report to the parents tells them.")
        yield Problem.warning("began", "before_time", words)
    if not is_ordinary(incident.kind) and not incident.account:
        yield Problem("account", "missing", _("What happened is missing. Enter it: who did what, in a few sentences."))
    if incident.restrictive and is_ordinary(incident.kind):
        words = _("There was reasonable force, seclusion or restraint. Choose what it was: it is no reward and no ordinary behaviour.")
        yield Problem("kind", "restrictive", words)
    for name in ("force_kind", "force_degree"):
        if getattr(incident, name) and not incident.force:
            yield Problem(name, "no_force", _("That is said of reasonable force. Tick it, or take this out."))
    yield from _check_done(incident)


_MOST_MINUTES = 600  # ten hours: more than a school day


def _check_done(incident: Incident) -> Iterator[Problem]:
    """How long each intervention lasted, and what is said of one that there was not."""
    for name in ("minutes", *MINUTES_OF.values()):
        minutes = getattr(incident, name)
        if minutes is not None and not 1 <= minutes <= _MOST_MINUTES:
            yield Problem(name, "out_of_range", _("Enter how many minutes it lasted, from 1 to {most}.").format(most=_MOST_MINUTES))
    for intervention, names in {**{name: (minutes,) for name, minutes in MINUTES_OF.items()}, "search": OF_SEARCH}.items():
        for name in names:
            if getattr(incident, name) and not getattr(incident, intervention):
                words = _("That is said of {what}. Tick it, or take this out.")
                yield Problem(name, "not_done", words.format(what=item_named(Incident, intervention).quoted_label))


def _check_time(incident: Incident, name: str, label: str, today: date, now: str) -> Iterator[Problem]:
    value = getattr(incident, name)
    if value is None:
        return
    tidy = read_time(value)
    if tidy is None:
        yield Problem(name, "bad_time", _("{label}: write it like 9:30 or 14:05.").format(label=label))
    elif incident.day == today and tidy > now:
        yield Problem(name, "future_time", _("{label}: this time is still to come today.").format(label=label))


def check_pupils(rows: Sequence[Incident]) -> tuple[Problem, ...]:
    """An incident is of somebody, and of nobody twice."""
    if not rows:
        return (Problem("part", "no_pupil", _("Choose at least one pupil.")),)
    ids = [incident.pupil_id for incident in rows]
    return () if len(ids) == len(set(ids)) else (Problem("part", "pupil_twice", _("The same pupil stands twice. Take one out.")),)


def newest_first(cases: Iterable[IncidentCase]) -> list[IncidentCase]:
    """By day and time, the latest first; what has no time stands after what has one."""
    return sorted(cases, key=lambda case: (case.now.day, case.now.time or "", case.wordings[0].at), reverse=True)
