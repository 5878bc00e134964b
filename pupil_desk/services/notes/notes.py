"""Notes: kept with category and author, corrected by a further wording, struck out with a reason, followed up.

Restricted ones stand apart. They are read by those named for it, and by whoever wrote a wording, who sees only what they wrote
themselves; each time is logged. Nobody's role gives it, a data officer's neither. Anyone may write one.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.note import Note, Wording, always_restricted, check_note
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.notes.readers import may_read, who_may_read
from pupil_desk.services.pupils.one import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import differences, new_id
from pupil_desk.store.tables import notes as store
from pupil_desk.store.tables import pupils


@dataclass(frozen=True, slots=True)
class Held:
    """One note with its wordings, the oldest first; of a restricted one only those that the reader may see.

    ``may_change`` is False where somebody else has added to a restricted note since, and the reader is not named.
    """

    wordings: tuple[Wording, ...]
    restricted: bool = False
    may_change: bool = True

    @property
    def now(self) -> Note:
        """The note as it holds."""
        return self.wordings[-1].note

    @property
    def author(self) -> str:
        """Who wrote it first."""
        return self.wordings[0].by


@dataclass(frozen=True, slots=True)
class Restricted:
    """A pupil's restricted notes that the reader may see, how many more there are, and who may read those."""

    held: tuple[Held, ...]
    unseen: int
    who: str


def of_pupil(desk: Desk, pupil_id: str) -> list[Held]:
    """A pupil's ordinary notes, newest day first; that the record was looked at is logged."""
    desk.viewed("pupil", pupil_id)
    return _newest_first(Held(tuple(found)) for found in _by_note(store.of_pupil(desk.vault, pupil_id)).values())


def restricted(desk: Desk, pupil_id: str) -> Restricted:
    """A pupil's restricted notes, as far as the reader may see them. Logged each time, if there are any to see."""
    desk.viewed("pupil", pupil_id)
    writers = store.restricted_writers(desk.vault, pupil_id)
    named = may_read(desk)
    seen = {note_id for note_id, by in writers.items() if named or desk.user.id in by}
    held: list[Held] = []
    if seen:
        found = _by_note(store.restricted_of_pupil(desk.vault, pupil_id))
        held = [_for_reader(desk, found[note_id], named=named) for note_id in writers if note_id in seen]
        _log_reading(desk, pupil_id, len(held))
    return Restricted(tuple(_newest_first(held)), len(writers) - len(seen), who_may_read(desk))


def _for_reader(desk: Desk, wordings: Sequence[Wording], *, named: bool) -> Held:
    own = tuple(one for one in wordings if named or one.by_id == desk.user.id)
    return Held(own, restricted=True, may_change=len(own) == len(wordings))


def _log_reading(desk: Desk, pupil_id: str, number: int) -> None:
    with desk.vault.transaction():
        desk.append(desk.clock.now(), "view", "restricted_note", pupil_id, str(number))


def count_restricted(desk: Desk, pupil_id: str) -> int:
    """How many restricted notes are on file: what anyone may know who looks at the record."""
    desk.require(Action.READ_RECORD)
    return len(store.restricted_writers(desk.vault, pupil_id))


def _by_note(wordings: Sequence[Wording]) -> dict[str, list[Wording]]:
    found: dict[str, list[Wording]] = {}
    for one in wordings:
        found.setdefault(one.note.note_id, []).append(one)
    return found


def _newest_first(found: Iterable[Held]) -> list[Held]:
    return sorted(found, key=lambda held: (held.now.day, held.wordings[0].at), reverse=True)


def problems(desk: Desk, note: Note) -> tuple[Problem, ...]:
    """What is wrong with a note across its items."""
    return check_note(note, desk.today)


def add(desk: Desk, note: Note, *, restrict: bool = False) -> Changed:
    """Keep a new note, its author the person at the desk. A safeguarding concern is always restricted. Raises Refused, WrongUse."""
    pupil_of(desk.vault, note.pupil_id)
    note = _checked(desk, note)
    note = dataclasses.replace(note, note_id=new_id(), done_on=None, struck=None)
    apart = restrict or always_restricted(note.category)
    return _keep(desk, note, apart=apart, words="restricted note added" if apart else "note added")


def correct(desk: Desk, note: Note) -> Changed:
    """Keep a further wording of a note; what it said before stays. Raises Refused, WrongUse."""
    held = held_of(desk, note)
    note = _checked(desk, note)
    done_on = held.now.done_on if note.follow_up == held.now.follow_up else None  # another day is another follow-up
    note = dataclasses.replace(note, id=held.now.id, done_on=done_on, struck=None)
    if not differences(held.now, note):
        return Changed.of()
    if always_restricted(note.category) and not held.restricted:
        words = _("A safeguarding concern stands among the restricted notes. Use “Restrict this note” first.")
        refuse((Problem("category", "restrict_first", words),))
    return _keep(desk, note, apart=held.restricted, words=_told(held, "corrected"))


def strike(desk: Desk, note: Note, reason: str) -> Changed:
    """Say that a note was entered by mistake. It stays on file, with the reason. Raises Refused, WrongUse."""
    held = held_of(desk, note)
    reason = tidy(reason)
    refuse(() if reason else (Problem("struck", "missing", _("Enter why it is struck out.")),))
    return _keep(desk, dataclasses.replace(held.now, struck=reason), apart=held.restricted, words=_told(held, "struck out"))


def followed_up(desk: Desk, note: Note) -> Changed:
    """Say that a note was looked at again today. Raises WrongUse."""
    held = held_of(desk, note)
    if held.now.open_follow_up is None:
        raise WrongUse(_("There is nothing left to follow up on this note."))
    return _keep(desk, dataclasses.replace(held.now, done_on=desk.today), apart=held.restricted, words=_told(held, "followed up"))


def restrict(desk: Desk, note: Note) -> Changed:
    """Put an ordinary note, with all its wordings, among the restricted ones. Raises WrongUse."""
    desk.require(Action.EDIT_RECORD, "pupil", note.pupil_id)
    wordings = store.of_note(desk.vault, note.note_id)
    if not wordings:
        raise _gone()
    with desk.act(Action.EDIT_RECORD, "pupil", note.pupil_id, "note restricted"):
        store.move(desk.vault, wordings)
    return Changed.of("pupil", "note", ids=(note.pupil_id,))


def held_of(desk: Desk, note: Note) -> Held:
    """The note as it holds on file, to be changed. Raises NotAllowed, WrongUse (not there, struck out, or not to be changed)."""
    desk.require(Action.EDIT_RECORD, "pupil", note.pupil_id)
    held = _seen(desk, note.note_id)
    if held is None or held.now.pupil_id != note.pupil_id:
        raise _gone()
    if not held.may_change:
        raise WrongUse(_("Someone named for it has added to this note since. Write a further note instead."))
    if held.now.struck is not None:
        raise WrongUse(_("This note is struck out. Write a new one instead."))
    return held


def wordings_of(desk: Desk, note: Note) -> tuple[Wording, ...]:
    """The wordings of a note that the person at the desk may see, the oldest first. Of a restricted one it is logged."""
    desk.require(Action.READ_RECORD)
    held = _seen(desk, note.note_id)
    if held is not None and held.restricted:
        _log_reading(desk, note.pupil_id, 1)
    return held.wordings if held else ()


def _seen(desk: Desk, note_id: str) -> Held | None:
    """None for a restricted note that the person at the desk may not see, as if there were none."""
    if wordings := store.of_note(desk.vault, note_id):
        return Held(tuple(wordings))
    wordings = store.restricted_of_note(desk.vault, note_id)
    held = _for_reader(desk, wordings, named=may_read(desk))
    return held if held.wordings else None


def _gone() -> WrongUse:
    return WrongUse(_("That note is no longer on file. Open the pupil again."))


def _told(held: Held, what: str) -> str:
    return f"restricted note {what}" if held.restricted else f"note {what}"


def _checked(desk: Desk, note: Note) -> Note:
    note = tidied(note, desk.today)
    refuse((*problems_of(note, desk.today), *check_note(note, desk.today)))
    return note


def _keep(desk: Desk, note: Note, *, apart: bool, words: str) -> Changed:
    with desk.act(Action.EDIT_RECORD, "pupil", note.pupil_id, words) as work:
        keep_wording(work, note, apart=apart)
    return Changed.of("pupil", "note", ids=(note.pupil_id,))


def keep_wording(work: Work, note: Note, *, apart: bool) -> None:
    """Within a transaction: keep one more wording, of a note or, ``apart``, of a restricted one."""
    add_row = store.add_restricted if apart else store.add
    add_row(work.desk.vault, dataclasses.replace(note, id=new_id()), moment=work.stamp, actor=work.actor)


@dataclass(frozen=True, slots=True)
class Due:
    """A note to be looked at again, and since when. Of a restricted one the category is not told."""

    pupil_id: str
    note_id: str
    name: str
    category: str
    since: date

    @property
    def restricted(self) -> bool:
        """Whether it stands among the restricted notes."""
        return not self.category


def due(desk: Desk) -> list[Due]:
    """The notes to be looked at again today or before, of those that the person at the desk may read; the longest due first."""
    desk.require(Action.READ_RECORD)
    found = [(one.note, one.note.category) for one in store.to_follow(desk.vault, desk.today)]
    found += [(note, "") for note in _restricted_due(desk)]
    lines = []
    for note, category in found:
        pupil = pupils.get(desk.vault, note.pupil_id)
        if pupil is not None and note.follow_up is not None:
            lines.append(Due(note.pupil_id, note.note_id, pupil.full_name, category, note.follow_up))
    return sorted(lines, key=lambda line: (line.since, line.name))


def _restricted_due(desk: Desk) -> list[Note]:
    found = _by_note(store.restricted_of_all(desk.vault, None if may_read(desk) else desk.user.id))
    now = [wordings[-1].note for wordings in found.values()]
    return [note for note in now if note.open_follow_up is not None and note.open_follow_up <= desk.today]
