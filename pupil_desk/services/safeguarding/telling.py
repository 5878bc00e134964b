"""How an entry of a safeguarding file is told, on the screen and in the pack: each thing that it says, by its name in such an entry."""

from collections.abc import Iterator, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.safeguarding.body_map import sentences_of
from pupil_desk.domain.safeguarding.entry import ATTRIBUTES, EntryKind, SafeguardingEntry
from pupil_desk.domain.safeguarding.sealed_paper import papers_of

_LABELS = {
    (EntryKind.ACTION, "day"): _("Decided on"),
    (EntryKind.ACTION, "text"): _("What is to be done"),
    (EntryKind.EVENT, "text"): _("What happened"),
    (EntryKind.MEETING, "text"): _("What was said"),
    (EntryKind.MEETING, "people"): _("Who was there"),
    (EntryKind.STATUS, "day"): _("Since"),
    (EntryKind.STATUS, "text"): _("More about it"),
    (EntryKind.RECEIVED, "text"): _("What came"),
    (EntryKind.SENT, "text"): _("What went"),
    (EntryKind.CHASED, "school_lead"): _("Who was asked"),
    (EntryKind.CHASED, "text"): _("What was said"),
    (EntryKind.CONFIRMED, "school_lead"): _("Who confirmed it"),
    (EntryKind.CONFIRMED, "text"): _("What was said"),
    (EntryKind.KEPT, "text"): _("Why it is not sent on"),
}


def field_label(kind: str, name: str) -> str:
    """What an attribute is called in an entry of that kind."""
    return _LABELS.get((EntryKind(kind), name)) or item_named(SafeguardingEntry, name).label


def facts_of(entry: SafeguardingEntry, *, has_papers: bool = True) -> Iterator[tuple[str, str]]:
    """Each thing that an entry says, with its name; the marks of the body map in words, and each paper by its title, unless they stand apart."""
    for name in (*ATTRIBUTES.get(entry.kind, ()), "papers", "struck"):
        value = getattr(entry, name)
        if value in (None, "") or (name == "papers" and not has_papers):
            continue
        if name == "body_map":
            for number, sentence in enumerate(sentences_of(value), 1):
                yield _("Mark {number}").format(number=number), sentence
        elif name == "papers":
            for paper in papers_of(value):
                yield _("Paper"), paper.words
        else:
            yield field_label(entry.kind, name), show(item_named(SafeguardingEntry, name), value)


def statuses_words(entries: Sequence[SafeguardingEntry]) -> str:
    """Each status that holds, a line for each; that there is none."""
    return "\n".join(_status_words(entry) for entry in entries) or _("No status")


def _status_words(entry: SafeguardingEntry) -> str:
    """A status with the day from which it holds and its social worker, in a sentence."""
    status = codelist("safeguarding_status").label_of(entry.status or "")
    words = _("{status} since {day}").format(status=status, day=show_date(entry.day))
    if entry.until is not None:
        words = _("{words}, until {day}").format(words=words, day=show_date(entry.until))
    worker = ", ".join(filter(None, (entry.social_worker, entry.social_worker_reached, entry.authority)))
    return _("{words}. Social worker: {worker}.").format(words=words, worker=worker) if worker else f"{words}."
