"""Entries of a child protection file: concerns, actions, what happened, meetings and the status. A wording is never written over.

All that an entry says is sealed, its kind and day too: outside stand whose file it is, when the row was written and by whom.

What a file holds: "Keeping children safe in education", part two and annex C (a clear and comprehensive summary of the concern, how it
was followed up and resolved, any action taken, decisions reached and the outcome), as authorities quote it (Devon, Bristol, Hampshire;
read 30 November 2026); sure: high that this is asked, medium for the words, which the guidance changes each September.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from pupil_desk.basics.clock import local_time, read_time
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.safeguarding import body_map, sealed_paper

_FILE = Facts(Section.SAFEGUARDING, Category.SAFEGUARDING, Purpose.CARE, Basis.PUBLIC_TASK)
_fact = partial(item, facts=_FILE)
_protected = partial(item, facts=dataclasses.replace(_FILE, special=Special.SAFEGUARDING))
_LONGEST_TEXT = 16000  # characters: about six pages, for an account as a pupil gave it


class EntryKind(StrEnum):
    """What an entry of a file is. The values are those of the code list."""

    CONCERN = "concern"
    ACTION = "action"
    EVENT = "event"
    MEETING = "meeting"
    STATUS = "status"
    RECEIVED = "received"
    SENT = "sent"
    CHASED = "chased"
    CONFIRMED = "confirmed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardingEntry:
    """One wording of an entry, whole. Those that share ``entry_id`` are one entry; the last of them counts.

    ``body_map`` has one mark a line (``body_map.marks_of``), ``papers`` one paper (``sealed_paper.papers_of``); any entry may have papers.
    ``day`` of a status is the day from which it holds, ``until`` its last; that of a meeting may be still to come.
    """

    id: str = ""
    entry_id: str = ""
    pupil_id: str = ""
    kind: str = _fact(_("What it is"), Kind.CODE, codes="safeguarding_entry", required=True)
    day: date = _fact(_("Day"), Kind.DATE, required=True)
    time: str | None = _fact(_("Time"), Kind.TEXT, longest=5, hint=_("Such as 10:45"))
    place: str | None = _fact(_("Where"), Kind.NAME)
    nature: str | None = _protected(_("What it may be about"), Kind.CODE, codes="safeguarding_concern")
    text: str | None = _protected(
        _("What was seen, heard or said"),
        Kind.LINES,
        longest=_LONGEST_TEXT,
        hint=_("Facts, and who said what. Your opinion only where you say that it is one"),
    )
    pupil_words: str | None = _protected(
        _("The pupil’s own words"), Kind.LINES, longest=_LONGEST_TEXT, hint=_("As they were said, and what you asked")
    )
    body_map: str | None = _protected(_("Marks on the body"), Kind.LINES, longest=_LONGEST_TEXT)
    people: str | None = _fact(_("Who was there, or was told"), Kind.LINES, hint=_("One name a line"))
    meeting: str | None = _fact(_("Kind of meeting"), Kind.CODE, codes="safeguarding_meeting")
    decision: str | None = _protected(
        _("What was decided, and why"), Kind.LINES, longest=_LONGEST_TEXT, hint=_("Also where it was decided to do nothing")
    )
    responsible: str | None = _fact(_("Who does it"), Kind.NAME)
    due: date | None = _fact(_("To be done by"), Kind.DATE)
    done_on: date | None = _fact(_("Done on"), Kind.DATE)
    outcome: str | None = _protected(_("What came of it"), Kind.LINES, longest=_LONGEST_TEXT)
    status: str | None = _protected(_("Status"), Kind.CODE, codes="safeguarding_status")
    until: date | None = _fact(_("Until"), Kind.DATE)
    social_worker: str | None = _fact(_("Social worker"), Kind.NAME)
    social_worker_reached: str | None = _fact(_("How the social worker is reached"), Kind.TEXT, hint=_("Telephone, e-mail, the team"))
    authority: str | None = _fact(_("Authority of the social worker"), Kind.NAME)
    school: str | None = _fact(_("The other school or college"), Kind.NAME)
    school_lead: str | None = _fact(_("Safeguarding lead there"), Kind.NAME)
    way: str | None = _fact(_("How it went or came"), Kind.CODE, codes="safeguarding_way")
    papers: str | None = _protected(_("Papers"), Kind.LINES, longest=_LONGEST_TEXT)
    struck: str | None = _fact(_("Struck out because"), Kind.TEXT)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it: a concern without a decision, or an action that is not done.

        Of a meeting its history tells (``EntryHistory.is_open``)."""
        if self.struck is not None:
            return False
        return (self.kind == EntryKind.CONCERN and not self.decision) or (self.kind == EntryKind.ACTION and self.done_on is None)


WRITTEN_BY_ANYBODY = ("day", "time", "place", "nature", "text", "pupil_words", "body_map", "people")
"""What a concern has when it is written. The rest of it is the lead's."""
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    EntryKind.CONCERN: (*WRITTEN_BY_ANYBODY, "decision", "outcome"),
    EntryKind.ACTION: ("day", "text", "responsible", "due", "done_on", "outcome"),
    EntryKind.EVENT: ("day", "time", "place", "text", "people"),
    EntryKind.MEETING: ("day", "time", "place", "meeting", "people", "text", "decision"),
    EntryKind.STATUS: ("day", "until", "status", "social_worker", "social_worker_reached", "authority", "text"),
    EntryKind.RECEIVED: ("day", "school", "school_lead", "way", "text"),
    EntryKind.SENT: ("day", "school", "school_lead", "way", "text"),
    EntryKind.CHASED: ("day", "school_lead", "text"),
    EntryKind.CONFIRMED: ("day", "school_lead", "text"),
    EntryKind.KEPT: ("day", "text"),
}
"""By kind of entry, the attributes that it has, in the order of the form."""
_ASKED_FOR: Mapping[str, tuple[str, ...]] = {
    EntryKind.CONCERN: ("text",),
    EntryKind.ACTION: ("text",),
    EntryKind.EVENT: ("text",),
    EntryKind.MEETING: ("meeting",),
    EntryKind.STATUS: ("status",),
    EntryKind.RECEIVED: ("school",),
    EntryKind.SENT: ("school", "way"),
    EntryKind.CONFIRMED: ("school_lead",),
    EntryKind.KEPT: ("text",),
}
NO_STATUS = "none"
NONE_CAME = "none"  # the way of a file that the school before does not have
_LADDER = ("early-help", "child-in-need", "child-protection")
"""The statuses of which a later one that goes further takes the place; «looked after» and «Prevent» stand beside each."""
_GRAVEST_FIRST = ("child-protection", "looked-after", "child-in-need", "early-help", "prevent")


@dataclass(frozen=True, slots=True)
class EntryWording:
    """One wording, when it was recorded (as the file keeps a moment), and by whom: the user, and the name.

    ``order`` grows with each wording that is put into the files, also where several have one moment, or one of long ago is taken in.
    """

    entry: SafeguardingEntry
    recorded_at: str
    author_id: str
    author: str
    order: int


@dataclass(frozen=True, slots=True)
class EntryHistory:
    """One entry with its wordings, the oldest first."""

    wordings: tuple[EntryWording, ...]

    @property
    def now(self) -> SafeguardingEntry:
        """The entry as it holds."""
        return self.wordings[-1].entry

    @property
    def author(self) -> str:
        """Who wrote it first."""
        return self.wordings[0].author

    @property
    def recorded(self) -> tuple[str, int]:
        """When it was first recorded, for the order of entries of one day."""
        return self.wordings[0].recorded_at, self.wordings[0].order

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it: as of the entry, or a meeting that was entered before it was held and is not written up."""
        meeting = self.now.kind == EntryKind.MEETING and not self.struck and not (self.now.text or self.now.decision)
        return self.now.is_open or (meeting and any(_is_ahead(wording) for wording in self.wordings))

    @property
    def struck(self) -> bool:
        """Whether it counts for nothing."""
        return self.now.struck is not None


def _is_ahead(wording: EntryWording) -> bool:
    """Whether it was recorded before what it tells of."""
    moment, entry = local_time(wording.recorded_at), wording.entry
    return (moment.date(), f"{moment:%H:%M}") < (entry.day, entry.time or "")


def statuses_on(histories: Iterable[EntryHistory], day: date) -> tuple[SafeguardingEntry, ...]:
    """The statuses that hold on a day, the gravest first: of each the one that began last, unless it has ended.

    One ends another only where it goes further on the ladder of need (a child-protection plan is what follows a child in need); «none» ends each
    that began before it. Of two that began on one day it is the one that was recorded last, in whatever order they are given.
    """
    standing: dict[str, SafeguardingEntry] = {}
    for entry in _statuses_in_order(histories):
        if entry.day <= day:
            _take_up(standing, entry)
    holding = [status for status, entry in standing.items() if entry.until is None or entry.until >= day]
    return tuple(standing[status] for status in sorted(holding, key=_place_by_gravity))


def ended_by(histories: Iterable[EntryHistory]) -> Mapping[str, SafeguardingEntry]:
    """By identity of an entry, the later status by which the one that it tells of ended; those with a last day before it ended by themselves."""
    standing: dict[str, SafeguardingEntry] = {}
    return {
        ended.entry_id: entry
        for entry in _statuses_in_order(histories)
        for ended in _take_up(standing, entry)
        if ended.until is None or ended.until >= entry.day
    }


def _statuses_in_order(histories: Iterable[EntryHistory]) -> Iterator[SafeguardingEntry]:
    statuses = [history for history in histories if history.now.kind == EntryKind.STATUS and not history.struck]
    return (history.now for history in sorted(statuses, key=lambda history: (history.now.day, *history.recorded)))


def _take_up(standing: dict[str, SafeguardingEntry], entry: SafeguardingEntry) -> list[SafeguardingEntry]:
    """Put a status among those that stand; those that end by it, and are out of them now."""
    status = entry.status or ""
    lower = _LADDER[: _LADDER.index(status)] if status in _LADDER else ()
    ended = [standing.pop(other) for other in tuple(standing) if status == NO_STATUS or other in lower]
    if status != NO_STATUS:
        standing[status] = entry
    return ended


def _place_by_gravity(status: str) -> int:
    """The place in which a status is told; one that a pack of rules brought comes last."""
    return _GRAVEST_FIRST.index(status) if status in _GRAVEST_FIRST else len(_GRAVEST_FIRST)


@gathered
def check_entry(entry: SafeguardingEntry, today: date, now: str) -> Iterator[Problem]:
    """What is wrong across its items. ``now`` is HH:MM."""
    allowed = ATTRIBUTES.get(entry.kind, ())
    for name in _ASKED_FOR.get(entry.kind, ()):
        if not getattr(entry, name):
            yield Problem(name, "missing", _("This is missing. Enter it."))
    for attribute in dataclasses.fields(entry):
        value = getattr(entry, attribute.name)
        if value is not None and attribute.name not in (*allowed, "id", "entry_id", "pupil_id", "kind", "papers", "struck"):
            yield Problem(attribute.name, "not_here", _("This belongs to another kind of entry. Leave it empty."))
    if entry.kind == EntryKind.SENT and entry.way == NONE_CAME:
        yield Problem("way", "not_sent", _("This is said of a file that should come. Choose how it went, or enter “File stays here”."))
    yield from _check_days(entry, entry.day, today, now)
    yield from body_map.check(entry.body_map)
    yield from sealed_paper.check(entry.papers)


def _check_days(entry: SafeguardingEntry, day: date | None, today: date, now: str) -> Iterator[Problem]:
    """What is wrong with its days and its time; without a day, which is asked for anyway, there is none to go by."""
    if day is None:
        return
    if day > today and entry.kind != EntryKind.MEETING:
        yield Problem("day", "future_date", _("This day is still to come. Enter the day when it happened."))
    if entry.time is not None and "time" in ATTRIBUTES.get(entry.kind, ()):
        yield from _check_time(entry, today, now)
    for name, words in (
        ("due", _("That is before the day of the entry. Enter a later day.")),
        ("until", _("That is before the day from which it holds. Enter a later day.")),
    ):
        value = getattr(entry, name)
        if value is not None and value < day:
            yield Problem(name, "before_day", words)
    if entry.done_on is not None and not day <= entry.done_on <= today:
        yield Problem("done_on", "out_of_range", _("Enter a day from that of the entry until today."))


def _check_time(entry: SafeguardingEntry, today: date, now: str) -> Iterator[Problem]:
    tidy = read_time(entry.time or "")
    if tidy is None:
        yield Problem("time", "bad_time", _("Write it like 9:30 or 14:05."))
    elif entry.day == today and tidy > now and entry.kind != EntryKind.MEETING:
        yield Problem("time", "future_time", _("This time is still to come today."))
