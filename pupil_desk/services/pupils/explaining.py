"""Explain a value: who set it, from a form or a file, when, and what it was before."""

from collections.abc import Iterable
from typing import Any

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.catalogue import RECORDS, record_word
from pupil_desk.domain.catalogue.items import Item, item_named
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.learning.review import ReportComment, TargetReview
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.services.changes.listing import in_words
from pupil_desk.services.desk import Desk
from pupil_desk.services.learning import reviews
from pupil_desk.services.notes import notes
from pupil_desk.services.plans import recording
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import amendments as store

_ENTERED = _("{who} entered it on {when}.")


def explain(desk: Desk, record: Any, name: str) -> list[str]:
    """What is known of one item of a record on file, newest first, a sentence or two each. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    if isinstance(record, Note):
        return _of_note(desk, record, name)
    if isinstance(record, TargetReview | ReportComment):
        return _of_review(desk, record, name)
    if isinstance(record, PupilPlan):
        case = recording.case_of(desk, record)
        return _of_wordings(item_named(PupilPlan, name), [(version.record, version.by, version.at) for version in case.wordings], _ENTERED)
    kind = next(key for key, its_type in RECORDS.items() if its_type is type(record))
    kept_as: type = RECORDS[kind]
    item = item_named(kept_as, name)
    sentences = []
    for row in store.changes_of(desk.vault, kind, record.id, name):
        before = "" if row["old"] is None else in_words(desk, item, row["old"])
        was = _("Before: {value}.").format(value=before) if before else _("Before: nothing.")
        sentences.append(f"{_set(row)} {was}")
    sentences.append(_first(desk, record, kind, bool(sentences)))
    return sentences


def _of_note(desk: Desk, note: Note, name: str) -> list[str]:
    """Of a note its wordings tell, as far as the person at the desk may see them."""
    wordings = [(wording.note, wording.by, wording.at) for wording in notes.wordings_of(desk, note)]
    return _of_wordings(item_named(Note, name), wordings, _("{who} wrote the note on {when}."))


def _of_review(desk: Desk, record: reviews.Either, name: str) -> list[str]:
    wordings = [(wording.record, wording.by, wording.at) for wording in reviews.wordings_of(desk, record)]
    kind: type = type(record)
    return _of_wordings(item_named(kind, name), wordings, _ENTERED)


def _of_wordings(item: Item, wordings: Iterable[tuple[Any, str, str]], first: str) -> list[str]:
    """Each wording, by whom and when, the oldest first: what of the item changed with it. The newest is told first."""
    sentences, before = list[str](), ""
    for record, name, moment in wordings:
        value = show(item, getattr(record, item.name))
        author, when = name or _("Someone who has left"), _moment(moment)
        if not sentences:
            sentences.append(first.format(who=author, when=when))
        elif value != before:
            was = _("Before: {value}.").format(value=before.rstrip(".")) if before else _("Before: nothing.")
            sentences.append(_("{who} changed it on {when}.").format(who=author, when=when) + " " + was)
        before = value
    return sentences[::-1]


def _set(row: Any) -> str:
    author, when = row["name"] or _("Someone who has left"), _moment(row["at"])
    if row["source"] == "form":
        return _("{who} typed it on {when}.").format(who=author, when=when)
    if row["source"] == "undo":
        return _("{who} undid an earlier change on {when}.").format(who=author, when=when)
    if row["source"] == "bulk":
        return _("{who} changed it for several pupils at once on {when}.").format(who=author, when=when)
    if row["source"] == "merge":
        return _("It followed from merging two records of one person, or parting them, by {who} on {when}.").format(who=author, when=when)
    if row["file_kind"]:
        return _("{who} read it from a file of {kind} on {when}.").format(who=author, kind=row["file_kind"], when=when)
    if row["source"] == "import":
        return _("{who} read it from a file on {when}.").format(who=author, when=when)
    return _("It followed from another entry of {who} on {when}.").format(who=author, when=when)


def _first(desk: Desk, record: Any, kind: str, changed: bool) -> str:
    """How the record came to be; of one of before additions were kept, the log may still name the moment."""
    addition = store.addition(desk.vault, kind, record.id)
    row = store.row_of_adding(desk.vault, record.id) if kind == "pupil" and addition is None else None
    if addition is not None:
        words = _came(addition, kind)
    elif row is not None:
        words = _("{who} added the pupil on {when}.").format(who=row["name"] or _("Someone who has left"), when=_moment(row["at"]))
    else:
        words = _("The record itself came from a file, or was added later to the pupil’s.")
    return words if changed else _("Not changed since the record was made. {how}").format(how=words)


def _came(row: Any, kind: str) -> str:
    author, when = row["name"] or _("Someone who has left"), _moment(row["at"])
    record_name = begun_small(record_word(kind))
    if row["source"] == "import" and row["file_kind"]:
        words = _("{who} read the {what} from a file of {kind} on {when}.")
        return words.format(who=author, what=record_name, kind=row["file_kind"].replace("-", " "), when=when)
    if row["source"] == "import":
        return _("{who} read the {what} from a file on {when}.").format(who=author, what=record_name, when=when)
    return _("{who} added the {what} on {when}.").format(who=author, what=record_name, when=when)


def _moment(stamp: str) -> str:
    moment = local_time(stamp)
    return _("{day}, {time}").format(day=show_date(moment.date()), time=moment.strftime("%H:%M"))
