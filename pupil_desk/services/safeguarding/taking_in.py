"""Safeguarding concerns that stand among the restricted notes, from before the files were kept here: moved into the file, each wording as it was.

So one idea has one place. Restricted notes go on for whatever else few may read, such as an adoption or a parent's illness. Who moves them
must hold both keys: that of the notes, to read them, and that of the files, so that nothing is put where they could not look.
"""

from collections.abc import Iterable, Sequence

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.note import Note, Wording, belongs_in_file
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import readers
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding.files import FILE
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import notes, safeguarding


def to_take_in(desk: Desk) -> tuple[str, ...]:
    """Of each restricted note that belongs in a safeguarding file whom it is about; none for who cannot read both."""
    if desk.vault.read_only or not (desk.may(Action.KEEP_SAFEGUARDING) and readers.may_read(desk)):
        return ()
    return tuple(wordings[-1].note.pupil_id for wordings in _concerns(desk))


def _concerns(desk: Desk) -> list[list[Wording]]:
    """The wordings of each such note; one of which a wording cannot be read is none, since it could not go whole."""
    by_note = grouped((wording.note.note_id, wording) for wording in notes.restricted_of_all(desk.vault, None))
    return [
        wordings
        for note_id, wordings in by_note.items()
        if belongs_in_file(wordings[-1].note.category) and len(wordings) == notes.count_wordings(desk.vault, note_id)
    ]


def take_in(desk: Desk) -> Changed:
    """Move them all. Raises WrongUse where there is none, NotAllowed."""
    desk.require(Action.KEEP_SAFEGUARDING, FILE)
    concerns = _concerns(desk) if readers.may_read(desk) else []
    if not concerns:
        raise WrongUse(_("No restricted note is a safeguarding concern that you can read whole."))
    pupil_ids = {wordings[-1].note.pupil_id for wordings in concerns}
    with desk.act(Action.KEEP_SAFEGUARDING, FILE) as work:
        for wordings in concerns:
            _move(desk, wordings, moment=work.stamp)
            if reminder := _reminder_of(wordings[-1].note):
                safeguarding.add(desk.vault, reminder, moment=work.stamp, actor=work.actor)
        for pupil_id in sorted(pupil_ids):
            work.note(Action.KEEP_SAFEGUARDING, FILE, pupil_id)
    return Changed.of("safeguarding", "note", ids=tuple(pupil_ids))


def _move(desk: Desk, wordings: Sequence[Wording], *, moment: str) -> None:
    for wording in wordings:
        safeguarding.add_as_it_was(desk.vault, _entry_of(wording.note), recorded_at=wording.at, recorded_by=wording.by_id, moment=moment)
        notes.let_go(desk.vault, wording.note.id)


def _entry_of(note: Note) -> SafeguardingEntry:
    return SafeguardingEntry(
        id=note.id,
        entry_id=note.note_id,
        pupil_id=note.pupil_id,
        kind=EntryKind.CONCERN,
        day=note.day,
        text="\n".join((note.text, *_followed_up(note))),
        struck=note.struck,
    )


def _reminder_of(note: Note) -> SafeguardingEntry | None:
    """The action that stands for a day on which a note was still to be looked at again; None where there is none."""
    if note.follow_up is None or note.done_on is not None or note.struck is not None:
        return None
    return SafeguardingEntry(
        id=new_id(),
        entry_id=new_id(),
        pupil_id=note.pupil_id,
        kind=EntryKind.ACTION,
        day=min(note.day, note.follow_up),
        due=note.follow_up,
        text=_("Look again at the concern of {day}, which was a restricted note.").format(day=show_date(note.day)),
    )


def _followed_up(note: Note) -> Iterable[str]:
    if note.follow_up is not None:
        yield _("To be looked at again on {day}.").format(day=show_date(note.follow_up))
    if note.done_on is not None:
        yield _("Looked at again on {day}.").format(day=show_date(note.done_on))
