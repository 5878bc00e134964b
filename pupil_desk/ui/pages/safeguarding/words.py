"""How an entry of a safeguarding file is told on the page: in a line, and whole."""

from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.safeguarding.entry import EntryHistory, EntryKind, SafeguardingEntry
from pupil_desk.domain.safeguarding.transfer import TransferDue

_LONGEST_LINE = 160  # characters of an entry in the list


def kind_words(kind: str) -> str:
    """What an entry is."""
    return codelist("safeguarding_entry").label_of(kind)


def in_a_line(entry: SafeguardingEntry, ended: str = "") -> str:
    """What an entry says, begun: the chronology is read from it. ``ended`` tells which statuses ended by it."""
    first = ""
    if entry.kind == EntryKind.STATUS:
        first = codelist("safeguarding_status").label_of(entry.status or "")
    elif entry.kind == EntryKind.MEETING:
        first = codelist("safeguarding_meeting").label_of(entry.meeting or "")
    elif entry.school:
        first = entry.school
    text = ". ".join(filter(None, (first, ended.removesuffix("."), " ".join((entry.text or entry.pupil_words or "").split()))))
    return text if len(text) <= _LONGEST_LINE else text[:_LONGEST_LINE].rstrip() + "…"


def standing(history: EntryHistory, today: date, later: SafeguardingEntry | None = None) -> str:
    """What is still to be done about an entry, in a few words; empty for nothing. ``later`` is the status by which it ended."""
    entry = history.now
    if entry.struck is not None:
        return _("Struck out")
    if later is not None:
        return _("Ended {day}").format(day=short_date(later.day))
    if not history.is_open:
        return ""
    if entry.kind == EntryKind.MEETING:
        return _("To come") if entry.day >= today else _("To write up")
    if entry.kind == EntryKind.CONCERN:
        return _("To decide")
    return _("By {day}").format(day=short_date(entry.due)) if entry.due else _("To be done")


def transfer_words(transfer: TransferDue | None) -> str:
    """What is due about a file on its way; empty for nothing."""
    if transfer is None:
        return ""
    if transfer.by_weekdays:
        return _("{step}: by {day} (weekdays: the terms are not entered).").format(step=transfer.step.value, day=show_date(transfer.due))
    return _("{step}: by {day}.").format(step=transfer.step.value, day=show_date(transfer.due))


def recorded_words(history: EntryHistory) -> str:
    """Who wrote an entry and when, and who said it otherwise since."""
    first, *since = history.wordings
    words = _("Written by {who} on {day}.").format(who=first.author, day=_moment(first.recorded_at))
    for wording in since:
        words += " " + _("Then by {who} on {day}.").format(who=wording.author, day=_moment(wording.recorded_at))
    return words


def _moment(recorded_at: str) -> str:
    moment = local_time(recorded_at)
    return f"{show_date(moment.date())}, {moment:%H:%M}"
