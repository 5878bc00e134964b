"""Notes: kept with category and author, corrected by a further wording, struck out with a reason, followed up.

Restricted ones stand apart. They are read by those named for it, and by whoever wrote a wording, who sees only what they wrote
themselves; each time is logged. Nobody's role gives it, a data officer's neither. Anyone may write one.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.note import Note, Wording, always_restricted, belongs_in_file, check_note
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.notes.readers import may_read, who_may_read
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import differences, new_id
from pupil_desk.store.tables import deadlines, pupils
from pupil_desk.store.tables import notes as store


@dataclass(frozen=True, slots=True)
class NoteHistory:
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
class RestrictedNotes:
    """A pupil's restricted notes that the reader may see, how many more there are, and who may read those.

    ``moved``: how many wordings stand where they were not written, or were altered; they are not shown.
    """

    histories: tuple[NoteHistory, ...]
    unseen: int
    who: str
    moved: int = 0


def of_pupil(desk: Desk, pupil_id: str) -> list[NoteHistory]:
    """A pupil's ordinary notes, newest day first; that the record was looked at is logged."""
    desk.viewed("pupil", pupil_id)
    return _newest_first(NoteHistory(tuple(wordings)) for wordings in _by_note(store.of_pupil(desk.vault, pupil_id)).values())


def restricted(desk: Desk, pupil_id: str) -> RestrictedNotes:
    """A pupil's restricted notes, as far as the reader may see them. Logged each time, if there are any to see."""
    desk.viewed("pupil", pupil_id)
    writers = store.restricted_writers(desk.vault, pupil_id)
    is_named = may_read(desk)
    readable = {note_id for note_id, writer_ids in writers.items() if is_named or desk.user.id in writer_ids}
    histories: list[NoteHistory] = []
    moved: tuple[str, ...] = ()
    if readable:
        kept = store.restricted_of_pupil(desk.vault, pupil_id)
        wordings_by_note, moved = _by_note(kept.wordings), kept.moved
        for note_id in (note_id for note_id in writers if note_id in readable):
            history = _for_reader(desk, wordings_by_note.get(note_id, ()), is_named=is_named, number=len(writers[note_id]))
            histories += [history] if history.wordings else []
        _log_moved(desk, moved)
        if histories:
            log_reading(desk, {pupil_id: len(histories)})
    return RestrictedNotes(tuple(_newest_first(histories)), len(writers) - len(histories), who_may_read(desk), len(moved))


def _for_reader(desk: Desk, wordings: Sequence[Wording], *, is_named: bool, number: int) -> NoteHistory:
    """Of the wordings that can be read, those that the reader may see; ``number`` is how many there are in all."""
    visible = tuple(wording for wording in wordings if is_named or wording.by_id == desk.user.id)
    return NoteHistory(visible, restricted=True, may_change=len(visible) == number)


def _log_moved(desk: Desk, row_ids: Sequence[str]) -> None:
    """Log each wording that was met where it was not written: somebody put it there by another way than this program."""
    if row_ids and not desk.vault.read_only:
        with desk.vault.transaction():
            for row_id in row_ids:
                desk.append(desk.clock.now(), "cell-refused", "restricted_note", row_id, "stands where it was not written, or was altered")


def log_reading(desk: Desk, numbers: Mapping[str, int]) -> None:
    """Log that restricted notes are read: of each pupil how many."""
    desk.require(Action.READ_RECORD)
    with desk.vault.transaction():
        for pupil_id, number in numbers.items():
            desk.append(desk.clock.now(), "view", "restricted_note", pupil_id, str(number))


def count_restricted(desk: Desk, pupil_id: str) -> int:
    """How many restricted notes are on file: what anyone may know who looks at the record."""
    desk.require(Action.READ_RECORD)
    return len(store.restricted_writers(desk.vault, pupil_id))


def _by_note(wordings: Sequence[Wording]) -> dict[str, list[Wording]]:
    return grouped((wording.note.note_id, wording) for wording in wordings)


def _newest_first(histories: Iterable[NoteHistory]) -> list[NoteHistory]:
    return sorted(histories, key=lambda history: (history.now.day, history.wordings[0].at), reverse=True)


def problems(desk: Desk, note: Note) -> tuple[Problem, ...]:
    """What is wrong with a note across its items."""
    return check_note(note, desk.today)


def add(desk: Desk, note: Note, *, restrict: bool = False) -> Changed:
    """Keep a new note, its author the person at the desk. A safeguarding concern is always restricted. Raises Refused, WrongUse."""
    pupil_of(desk.vault, note.pupil_id)
    note = _checked(desk, note)
    if desk.settings.keeps_safeguarding and belongs_in_file(note.category):
        words = _("Your unit keeps its safeguarding files here. Press “Write a concern”: what you type goes to the safeguarding lead.")
        refuse((Problem("category", "write_concern", words),))
    note = dataclasses.replace(note, note_id=new_id(), done_on=None, struck=None)
    is_restricted = restrict or always_restricted(note.category)
    return _keep(desk, note, is_restricted=is_restricted, words="restricted note added" if is_restricted else "note added")


def correct(desk: Desk, note: Note) -> Changed:
    """Keep a further wording of a note; what it said before stays. Raises Refused, WrongUse."""
    history = history_of(desk, note)
    note = _checked(desk, note)
    done_on = history.now.done_on if note.follow_up == history.now.follow_up else None  # another day is another follow-up
    note = dataclasses.replace(note, id=history.now.id, done_on=done_on, struck=None)
    if not differences(history.now, note):
        return Changed.of()
    if always_restricted(note.category) and not history.restricted:
        words = _("A safeguarding concern stands among the restricted notes. Use “Restrict this note” first.")
        refuse((Problem("category", "restrict_first", words),))
    return _keep(desk, note, is_restricted=history.restricted, words=_log_words(history, "corrected"))


def strike(desk: Desk, note: Note, reason: str) -> Changed:
    """Say that a note was entered by mistake. It stays on file, with the reason. Raises Refused, WrongUse."""
    history = history_of(desk, note)
    reason = tidy(reason)
    refuse(() if reason else (Problem("struck", "missing", _("Enter why it is struck out.")),))
    return _keep(
        desk, dataclasses.replace(history.now, struck=reason), is_restricted=history.restricted, words=_log_words(history, "struck out")
    )


def followed_up(desk: Desk, note: Note) -> Changed:
    """Say that a note was looked at again today. Raises WrongUse."""
    history = history_of(desk, note)
    if history.now.open_follow_up is None:
        raise WrongUse(_("There is nothing left to follow up on this note."))
    return _keep(
        desk,
        dataclasses.replace(history.now, done_on=desk.today),
        is_restricted=history.restricted,
        words=_log_words(history, "followed up"),
    )


def restrict(desk: Desk, note: Note) -> Changed:
    """Put an ordinary note, with all its wordings, among the restricted ones; that nothing is known of health stays void after one of health. Raises WrongUse."""
    desk.require(Action.EDIT_RECORD, "pupil", note.pupil_id)
    wordings = store.of_note(desk.vault, note.note_id)
    if not wordings:
        raise _not_on_file()
    with desk.act(Action.EDIT_RECORD, "pupil", note.pupil_id, "note restricted") as work:
        deadlines.stay_overtaken(desk.vault, note.note_id)
        store.move(desk.vault, wordings, moment=work.stamp)
    return Changed.of("pupil", "note", ids=(note.pupil_id,))


def history_of(desk: Desk, note: Note) -> NoteHistory:
    """The note as it holds on file, to be changed. Raises NotAllowed, WrongUse (not there, struck out, or not to be changed)."""
    desk.require(Action.EDIT_RECORD, "pupil", note.pupil_id)
    history = _visible_history(desk, note.note_id)
    if history is None or history.now.pupil_id != note.pupil_id:
        raise _not_on_file()
    if not history.may_change:
        raise WrongUse(_("Someone named for it has added to this note since. Write a further note instead."))
    if history.now.struck is not None:
        raise WrongUse(_("This note is struck out. Write a new one instead."))
    return history


def wordings_of(desk: Desk, note: Note) -> tuple[Wording, ...]:
    """The wordings of a note that the person at the desk may see, the oldest first. Of a restricted one it is logged."""
    desk.require(Action.READ_RECORD)
    history = _visible_history(desk, note.note_id)
    if history is not None and history.restricted:
        log_reading(desk, {note.pupil_id: 1})
    return history.wordings if history else ()


def _visible_history(desk: Desk, note_id: str) -> NoteHistory | None:
    """None for a restricted note that the person at the desk may not see, as if there were none."""
    if wordings := store.of_note(desk.vault, note_id):
        return NoteHistory(tuple(wordings))
    kept = store.restricted_of_note(desk.vault, note_id)
    number = store.count_wordings(desk.vault, note_id)
    history = _for_reader(desk, kept.wordings, is_named=may_read(desk), number=number)
    return history if history.wordings else None


def _not_on_file() -> WrongUse:
    return WrongUse(_("That note is no longer on file. Open the pupil again."))


def _log_words(history: NoteHistory, change: str) -> str:
    return f"restricted note {change}" if history.restricted else f"note {change}"


def _checked(desk: Desk, note: Note) -> Note:
    note = tidied(note, desk.today)
    refuse((*problems_of(note, desk.today), *check_note(note, desk.today)))
    return note


def _keep(desk: Desk, note: Note, *, is_restricted: bool, words: str) -> Changed:
    with desk.act(Action.EDIT_RECORD, "pupil", note.pupil_id, words) as work:
        keep_wording(work, note, is_restricted=is_restricted)
    return Changed.of("pupil", "note", ids=(note.pupil_id,))


def keep_wording(work: Work, note: Note, *, is_restricted: bool) -> None:
    """Within a transaction: keep one more wording, of a note or, ``is_restricted``, of a restricted one."""
    add_row = store.add_restricted if is_restricted else store.add
    add_row(work.desk.vault, dataclasses.replace(note, id=new_id()), moment=work.stamp, actor=work.actor)


@dataclass(frozen=True, slots=True)
class NoteDue:
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


def notes_due(desk: Desk) -> list[NoteDue]:
    """The notes to be looked at again today or before, of those that the person at the desk may read; the longest due first."""
    desk.require(Action.READ_RECORD)
    due_notes = [(wording.note, wording.note.category) for wording in store.to_follow(desk.vault, desk.today)]
    due_notes += [(note, "") for note in _restricted_due(desk)]
    lines = []
    for note, category in due_notes:
        pupil = pupils.get(desk.vault, note.pupil_id)
        if pupil is not None and note.follow_up is not None:
            lines.append(NoteDue(note.pupil_id, note.note_id, pupil.full_name, category, note.follow_up))
    return sorted(lines, key=lambda line: (line.since, line.name))


def _restricted_due(desk: Desk) -> list[Note]:
    wordings_by_note = _by_note(store.restricted_of_all(desk.vault, None if may_read(desk) else desk.user.id))
    now = [wordings[-1].note for wordings in wordings_by_note.values()]
    return [note for note in now if note.open_follow_up is not None and note.open_follow_up <= desk.today]
