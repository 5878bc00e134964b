"""Restricted notes in a pack: read, gone through and locked by someone named to read them, so that who compiles the pack sees their number alone.

What is added is two files, locked with words that are shown once, to the reader. The program keeps those words only where a lock came before they
were noted, under that person's own key and until they are, so nobody else can open the files: not who compiles the pack, and not who holds the unit's
file. (A person has no such key while a slot of an earlier version could not be renewed at sign-in; the words lie under the file's key alone then.) What the notes say stands in the unit's file besides, under the second key.
"""

from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.case import RequestEventKind, counting, last_of
from pupil_desk.domain.requests.pack import PackBegun, Sealed
from pupil_desk.services import sheet
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.packs.askers import asker_of_copy
from pupil_desk.services.packs.compiling import headings_of, marks_of, pack_of, part_of, require_reader
from pupil_desk.services.packs.content import RESTRICTED, Compiled, CopyPart, with_said
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import packs as store
from pupil_desk.store.tables import pupils as pupils_store
from pupil_desk.store.tables import requests


@dataclass(frozen=True, slots=True)
class ToAdd:
    """A copy that waits for its restricted notes: whose it is, and how many notes there are. Nothing else of the request."""

    pack_id: str
    pupil: Pupil
    notes: int


def to_add(desk: Desk) -> list[ToAdd]:
    """The copies that wait for whoever is at the desk to add restricted notes: none for who is not named to read them.

    A request that is closed or withdrawn waits for nothing any more; one that is answered does, where a note came since (``closing``).
    """
    if not (desk.may(Action.ADD_TO_PACK) and readers.may_read(desk)):
        return []
    pending = []
    for pack in store.under_way(desk.vault):
        number, sealed, covers = state(desk, pack)
        pupil = pupils_store.get(desk.vault, pack.pupil_id)
        if number and (sealed is None or not covers) and pupil is not None and _goes_on(desk, pack.case_id or ""):
            pending.append(ToAdd(pack.id, pupil, number))
    return pending


def _goes_on(desk: Desk, case_id: str) -> bool:
    last = last_of(
        counting(requests.events_of(desk.vault, case_id)), RequestEventKind.WITHDRAWN, RequestEventKind.CLOSED, RequestEventKind.REOPENED
    )
    return last is None or last.kind == RequestEventKind.REOPENED


def read(desk: Desk, pack_id: str) -> Compiled:
    """The restricted notes alone, marked like a pack; that they were read is logged. Raises NotAllowed, WrongUse."""
    pack = pack_of(desk, pack_id)
    require_reader(desk, pack)
    record = pupils.record(desk, pack.pupil_id)
    asker = asker_of_copy(desk, pack, record)
    entries = sheet.restricted_notes(desk, pack.pupil_id)
    part = part_of(RESTRICTED, _("Restricted notes"), (entry.told_on(desk.today) for entry in entries))
    number = notes.count_restricted(desk, pack.pupil_id)
    part = CopyPart(part.name, part.title, part.entries, number)
    copy = Compiled(
        pack=pack,
        pupil=record.pupil,
        changed_to=asker.changed_to,
        parts=(part,),
        marks=tuple(marks_of((part,), asker.finder(desk, record), {})),
        papers=(),
        sections={},
        apart=True,
        sealed=store.sealed_of(desk.vault, pack_id),
        sealed_covers=False,
        restricted=number,
        readers=readers.who_may_read(desk),
        headings=headings_of((part,)),
    )
    return with_said(copy, (mark for mark in store.marks_of(desk.vault, pack_id) if mark.section == RESTRICTED))


def state(desk: Desk, pack: PackBegun) -> tuple[int, Sealed | None, bool]:
    """How many restricted notes there are, what was added of them, and whether that covers those on file now. For who compiles, too."""
    sealed = store.sealed_of(desk.vault, pack.id)
    covers = sealed is not None and sealed.covers == store.restricted_covers(desk.vault, pack.pupil_id)
    return notes.count_restricted(desk, pack.pupil_id), sealed, covers


def seal(desk: Desk, copy: Compiled, *, exemption: str = "", alone: bool = False) -> str:
    """Add the notes to the pack under lock; returns their password, which is kept nowhere. With an exemption, all are withheld.

    Raises NotAllowed, Refused (no such ground), WrongUse (something is not decided yet, or the proof found a withheld word).
    """
    from pupil_desk.services.packs import writing

    pack = pack_of(desk, copy.pack.id)
    require_reader(desk, pack)
    covers = store.restricted_covers(desk.vault, pack.pupil_id)
    refuse(_wrong_ground(exemption))
    password, document, data = "", b"", b""
    if not exemption:
        now = read(desk, pack.id)
        if undecided := writing.undecided_words(now, alone=alone):
            raise WrongUse(undecided)
        password, document, data = writing.restricted_files(desk, now)
        copy = now
    row = Sealed(
        id=new_id(),
        pack_id=pack.id,
        notes=copy.restricted,
        covers=covers,
        withheld=len(copy.withheld),
        exemption=exemption,
        at="",
        by=desk.user.id,
    )
    reason = f"{copy.restricted} restricted notes {'withheld from' if exemption else 'added to'} a copy"
    with desk.act(Action.ADD_TO_PACK, "pupil", pack.pupil_id, reason) as work:
        store.seal(
            desk.vault,
            pack,
            Sealed(**{name: getattr(row, name) for name in Sealed.__dataclass_fields__} | {"at": work.stamp}),
            document,
            data,
        )
    return password


def _wrong_ground(exemption: str) -> list[Problem]:
    code = codelist("exemption").get(exemption)
    if exemption and (code is None or code.category != "part"):
        return [Problem("exemption", "unknown_code", _("Choose the ground on which they are withheld."))]
    return []
