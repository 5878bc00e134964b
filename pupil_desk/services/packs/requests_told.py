"""What a copy must not tell of requests: where somebody else wants the answer and what they said, what was noted in confidence, and on what ground something was withheld.

It is proposed as withheld, and a person decides.
"""

from collections.abc import Iterable, Iterator

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.requests.case import RequestCase, RequestEventKind
from pupil_desk.domain.requests.pack import PackBegun
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import people
from pupil_desk.services.packs.askers import Asker, asker_of_case
from pupil_desk.services.packs.contact_fields import WholeFact
from pupil_desk.services.packs.content import CopyPart
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.rows.rows import record_of
from pupil_desk.store.tables import requests

_OF_PUPIL = frozenset({RequestEventKind.PUPILS_WORD, RequestEventKind.COMPETENCE})
_IN_CONFIDENCE = _OF_PUPIL | {RequestEventKind.AUTHORITY}
"""Checks of which the note may be what the pupil said alone, or of one parent what the other must not know."""
UNTOLD = RequestEventKind.PROTECTION
"""The step of which no copy tells: there is one only where the pupil is protected."""


def whole_facts(desk: Desk, record: PupilRecord, pack: PackBegun, asker: Asker, parts: Iterable[CopyPart]) -> Iterator[WholeFact]:
    """Every such fact, in the requests and in their steps."""
    by_name = {part.name: part for part in parts}
    part = by_name["requests"]
    wordings = requests.told_cases(desk.vault, record.pupil.id)
    for number, (row, _entry) in enumerate(zip(wordings, part.entries, strict=True)):
        case = record_of(RequestCase, row)
        owner = asker_of_case(desk, record, case)
        if not _is_own(case, owner, pack, asker):
            reached = _("where {name} can be reached").format(name=case.requester)
            yield from (((part.name, number, field), (_code_of(record, owner, asker), reached)) for field in ("address", "email"))
            yield (part.name, number, "asked"), (people.KEPT_FROM_FAMILY, _("what {name} said in a request").format(name=case.requester))
    steps_told = (step for step in steps(desk, record.pupil.id) if step[0] != UNTOLD)
    yield from _of_steps(steps_told, by_name["request_events"], asker)


def _is_own(case: RequestCase, owner: Asker, pack: PackBegun, asker: Asker) -> bool:
    """Whether a wording of a request is of the one who asks for the copy."""
    if asker.is_pupil or asker.contact:
        return (owner.is_pupil, owner.contact) == (asker.is_pupil, asker.contact)
    return case.id == pack.case_id and fold(case.requester) == fold(pack.asker)


def _code_of(record: PupilRecord, owner: Asker, asker: Asker) -> str:
    home = asker.home_kept(record)
    code = home.code if owner.is_pupil else people.whose_address(record, owner.contact.id, home) if owner.contact else ""
    return code if code in people.SECRET else people.DETAIL


def steps(desk: Desk, pupil_id: str) -> list[tuple[str, bool]]:
    """Each step of a pupil's requests by its kind, and whether it takes back one of that kind, in the order of the section."""
    rows = requests.told_events(desk.vault, pupil_id)
    kinds = {row["id"]: row["kind"] for row in rows}
    return [(kinds[row["corrects"] or row["id"]], bool(row["corrects"])) for row in rows]


def _of_steps(steps_told: Iterable[tuple[str, bool]], part: CopyPart, asker: Asker) -> Iterator[WholeFact]:
    """The grounds on which something was withheld, and what was noted in confidence: from the pupil only what is not the pupil's own.

    A step that takes back another names it and says why, which is told no more than the other.
    """
    for number, ((kind, takes_back), _entry) in enumerate(zip(steps_told, part.entries, strict=True)):
        fields: tuple[str, ...] = ()
        if kind == RequestEventKind.EXEMPTION:
            mark, fields = (people.GROUND, _("the ground on which something is withheld")), ("exemption", "what", "note")
        elif kind == RequestEventKind.PACK:
            mark, fields = (people.GROUND, _("why places on papers were withheld")), ("note",)
        elif kind in _IN_CONFIDENCE and not (asker.is_pupil and kind in _OF_PUPIL):
            mark = (people.KEPT_FROM_FAMILY, _("what was noted in confidence about a request"))
            fields = ("kind", "note") if kind == RequestEventKind.PUPILS_WORD else ("note",)  # else its «No» would tell what the pupil said
        if fields:
            yield from (((part.name, number, field), mark) for field in (("what", "note") if takes_back else fields))
