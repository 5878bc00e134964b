"""Writing to a child protection file: a concern by anybody, everything else by the lead and deputies.

A concern is encrypted under the public half of the room's key. Whoever wrote it does not hold the private half, and no copy of it under
their own: from the moment it is kept it is not theirs to read, change or take back. That it was written is in the log, and no word of it.
"""

import dataclasses
from collections.abc import Collection

from pupil_desk.basics.clock import local_time, read_time, stamp
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import concern_form
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.safeguarding.entry import WRITTEN_BY_ANYBODY, EntryHistory, EntryKind, SafeguardingEntry, check_entry
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import second_key
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding.files import FILE, SWITCH, histories_of, who_opens
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows.rows import differences, new_id
from pupil_desk.store.tables import safeguarding as store


def write_concern(desk: Desk, entry: SafeguardingEntry, *, also: Collection[str] = ()) -> Changed:
    """Keep a concern, which the person at the desk does not read back. Raises Refused, WrongUse (switched off, nobody to read it), NotAllowed.

    ``also`` are further pupils whom it is about, such as siblings: the file of each gets it, without what the first alone said and bears.
    """
    desk.require(Action.WRITE_CONCERN, FILE, entry.pupil_id)
    _require_readers(desk)
    values = {name: getattr(entry, name) for name in WRITTEN_BY_ANYBODY}
    concern = _checked(desk, SafeguardingEntry(pupil_id=entry.pupil_id, kind=EntryKind.CONCERN, **values))
    copies = [
        dataclasses.replace(concern, pupil_id=pupil_of(desk.vault, concern_of_pupil).id, pupil_words=None, body_map=None)
        for concern_of_pupil in also
    ]
    concerns = {concern_of_pupil.pupil_id: concern_of_pupil for concern_of_pupil in (*copies, concern)}
    with desk.act(Action.WRITE_CONCERN, FILE, concern.pupil_id) as work:
        for concern_of_pupil in reversed(concerns.values()):
            store.add(
                desk.vault, dataclasses.replace(concern_of_pupil, id=new_id(), entry_id=new_id()), moment=work.stamp, actor=work.actor
            )
            if concern_of_pupil is not concern:
                work.note(Action.WRITE_CONCERN, FILE, concern_of_pupil.pupil_id)
    return Changed.of("safeguarding", ids=tuple(concerns))


def problems(desk: Desk, entry: SafeguardingEntry) -> tuple[Problem, ...]:
    """What is wrong with an entry across its items."""
    return check_entry(entry, desk.today, _now(desk))


def enter(desk: Desk, entry: SafeguardingEntry) -> Changed:
    """Keep a new entry of any kind. Lead and deputies only. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.KEEP_SAFEGUARDING, FILE, entry.pupil_id)
    _require_readers(desk)
    return _keep(desk, dataclasses.replace(_checked(desk, entry), entry_id=new_id(), struck=None))


def amend(desk: Desk, entry: SafeguardingEntry) -> Changed:
    """Keep a further wording of an entry; what it said before stays. Raises Refused, WrongUse (struck out, or another kind), NotAllowed."""
    history = standing(desk, entry)
    entry = dataclasses.replace(_checked(desk, entry), id=history.now.id, struck=None)
    if entry.kind != history.now.kind:
        raise WrongUse(_("What kind of entry it is does not change. Strike it out, and enter another."))
    if not differences(history.now, entry):
        return Changed.of()
    return _keep(desk, entry)


def strike(desk: Desk, entry: SafeguardingEntry, reason: str) -> Changed:
    """Say that an entry was made by mistake. It stays in the file, with the reason. Raises Refused, WrongUse, NotAllowed."""
    history = standing(desk, entry)
    reason = tidy(reason)
    refuse(() if reason else (Problem("struck", "missing", _("Enter why it is struck out.")),))
    return _keep(desk, dataclasses.replace(history.now, struck=reason))


def standing(desk: Desk, entry: SafeguardingEntry) -> EntryHistory:
    """The entry as it stands in the file. Raises NotAllowed, WrongUse (not there, or struck out)."""
    desk.require(Action.KEEP_SAFEGUARDING, FILE, entry.pupil_id)
    wordings = store.of_pupil(desk.vault, entry.pupil_id).wordings
    history = next((kept_history for kept_history in histories_of(wordings) if kept_history.now.entry_id == entry.entry_id), None)
    if history is None or history.struck:
        raise WrongUse(_("That entry is no longer in the file, or was struck out. Open the file again."))
    return history


def blank_form(desk: Desk) -> list[Block]:
    """A form for who has no sign-in, to be filled in by pen and given to the lead. Raises NotAllowed, WrongUse (switched off, nobody to read it)."""
    desk.require(Action.WRITE_CONCERN)
    _require_readers(desk)
    return list(concern_form.story(desk.settings.name, who_opens(desk)))


def nobody_reads(desk: Desk) -> str:
    """Why no concern can be written yet, in a sentence; empty if it can."""
    if second_key.holder_names(desk.vault, SAFEGUARDING_FILES):
        return ""
    return _(
        "Nobody holds the key of the safeguarding files: a data officer names the safeguarding lead, under Users. Tell the lead yourself."
    )


def _require_readers(desk: Desk) -> None:
    require_use(desk, SWITCH)
    if words := nobody_reads(desk):
        raise WrongUse(words)


def _checked(desk: Desk, entry: SafeguardingEntry) -> SafeguardingEntry:
    pupil_of(desk.vault, entry.pupil_id)
    entry = tidied(entry, desk.today)
    entry = dataclasses.replace(entry, time=read_time(entry.time) or entry.time if entry.time else None)
    refuse((*problems_of(entry, desk.today), *check_entry(entry, desk.today, _now(desk))))
    return entry


def _now(desk: Desk) -> str:
    return local_time(stamp(desk.clock.now())).strftime("%H:%M")


def _keep(desk: Desk, entry: SafeguardingEntry) -> Changed:
    with desk.act(Action.KEEP_SAFEGUARDING, FILE, entry.pupil_id) as work:
        store.add(desk.vault, dataclasses.replace(entry, id=new_id()), moment=work.stamp, actor=work.actor)
    return Changed.of("safeguarding", ids=(entry.pupil_id,))
