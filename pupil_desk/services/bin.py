"""The recycle bin: taking a record away with a reason, seeing what was taken away, and putting it back.

There is no second store: what was taken away is in the history, which keeps every value, goes with an erasure, and is told to who
asks for a copy. What only grows (marks, choices, results, suspensions, incidents, doses, papers given) is never taken away; each has an
event of its own that says it does not count.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import begun_small, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.catalogue import RECORDS, record_word
from pupil_desk.domain.catalogue.items import Kind, items_of, value_names_of
from pupil_desk.domain.catalogue.validation import Problem, Refused, show
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import records
from pupil_desk.services.accidents import kept_by_law, told_hse
from pupil_desk.services.care import in_force
from pupil_desk.services.changes.checking import objections, value_of
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.pupils import place_reviews
from pupil_desk.services.pupils.pupils import NoSuchPupil
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import acts, amendments, mistaken, several
from pupil_desk.store.tables import pupils

SHOWN = 300  # entries of the bin shown at most
CHANGING = frozenset(several.TABLES[kind] for kind in several.CHANGING - {Attachment})
"""The tables of records that may be taken away: a paper kept is set aside on its own page."""
_LONGEST_REASON = 255  # characters
_MOST_SAID = 3  # items by which a record is told
_SOURCE = "undo"


@dataclass(frozen=True, slots=True)
class Binned:
    """One thing taken away: what, of whom, when, by whom and why. ``why_not`` says why it cannot be put back."""

    kind: str
    record_id: str
    pupil_id: str
    pupil: str
    record: str
    title: str
    taken_at: str
    taken_by: str
    reason: str
    why_not: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}|{self.record_id}"


@dataclass(frozen=True, slots=True)
class PutBack:
    """What came back, and in words what did not."""

    changed: Changed
    left: tuple[str, ...] = ()


def may_take(kind: str) -> bool:
    """Whether a single record of this kind may be taken away: a stay stands in the admission register."""
    return kind in CHANGING and kind != "enrolment"


def take_away(desk: Desk, kind: str, record_id: str, reason: str) -> Changed:
    """Take one record away, with the reason. Raises Refused (no reason), WrongUse (something refers to it, or it is never taken away)."""
    if not may_take(kind):
        raise WrongUse(_("Such a record is never taken away."))
    reason = _reason(reason)
    record = required(records.get(desk.vault, kind, record_id), _("It is no longer on file. Open the pupil again."))
    if against := why_record_stays(desk, kind, record_id):
        raise WrongUse(against)
    with desk.act(Action.EDIT_RECORD, "pupil", record.pupil_id, f"{kind} taken away") as work:
        records.take_away(work, record, source="form", reason=reason)
        told_hse.follow(work, record, None)
        place_reviews.follow(work, record, None)
        if kind in in_force.KINDS.values():
            in_force.refresh(work, record.pupil_id, source="form")
    return Changed.of("pupil", kind, ids=(record.pupil_id,))


def held_by(desk: Desk, kind: str, record_id: str) -> str:
    """The kind of a record that refers to this one; empty for none."""
    return next((table for table, column in acts.referring(desk.vault, kind) if acts.refers(desk.vault, table, column, record_id)), "")


def why_record_stays(desk: Desk, kind: str, record_id: str) -> str:
    """Why a record cannot be taken away; empty where nothing stands against it."""
    referring_kind = held_by(desk, kind, record_id)
    words = _("Something on file refers to it, and would then refer to nothing: {record}.")
    if referring_kind:
        return words.format(record=begun_small(record_word(referring_kind)))
    return kept_by_law.why_kept(desk, records.get(desk.vault, kind, record_id))


def why_pupil_stays(desk: Desk, pupil_id: str) -> str:
    """Why a pupil cannot be taken away as entered by mistake; empty where nothing stands against it."""
    table = mistaken.hangs_on(desk.vault, pupil_id, CHANGING)
    if not table:
        return kept_by_law.why_pupil_kept(desk, pupil_id)
    kind = table.removesuffix("_amendment")
    if kind not in RECORDS:
        return _("Something was done with the record since that is never taken away, such as a paper that was printed.")
    word = begun_small(record_word(kind))
    return _("Something is on file about this pupil that is never taken away: {record}.").format(record=word)


def take_pupil_away(desk: Desk, pupil_id: str, reason: str) -> Changed:
    """Take a pupil away who was entered by mistake, with stays, contacts and whatever else can be corrected.

    Raises Refused (no reason), NotAllowed, WrongUse (a mark, a result, a choice or the like is on file, or an accident that the law keeps).
    """
    desk.require(Action.TAKE_PUPIL_AWAY, "pupil", pupil_id)
    reason = _reason(reason)
    pupil = pupils.get(desk.vault, pupil_id)
    if pupil is None or pupil.id != pupil_id or mistaken.is_mistaken(desk.vault, pupil_id):
        raise NoSuchPupil
    if against := why_pupil_stays(desk, pupil_id):
        raise WrongUse(against)
    with desk.act(Action.TAKE_PUPIL_AWAY, "pupil", pupil_id, "entered by mistake") as work:
        withdraw(work, pupil, reason=reason, source="form")
    return Changed.of("pupil", "contact", ids=(pupil_id,))


def withdraw(work: Work, pupil: Pupil, *, reason: str, source: str) -> None:
    """Within a transaction: the pupil is said to be entered by mistake, and what can be corrected is taken away; the values stay in the history."""
    vault = work.desk.vault
    mistaken.say(vault, pupil.id, mistaken.MISTAKEN, reason=reason, moment=work.stamp, actor=work.actor, act=work.act)
    for kind in several.CHANGING - {Attachment}:
        rows: list[Any] = several.of_pupil(vault, kind, pupil.id)
        for record in rows:
            if not held_by(work.desk, amendments.kind_of(record), record.id):
                records.take_away(work, record, source=source, reason=reason)
    if pupil.upn:
        amendments.add(
            vault, kind="pupil", record_id=pupil.id, pupil_id=pupil.id, changes={"upn": (pupil.upn, None)}, **work.provenance(source)
        )
    amendments.taken_away(vault, [pupil], reason=reason, **work.provenance(source))
    mistaken.forget_words(vault, pupil.id)


def waiting(desk: Desk) -> list[Binned]:
    """What was taken away and can be had back, the newest first; that it was looked at is logged. Raises NotAllowed."""
    desk.viewed("recycle-bin", "")
    return [_binned(desk, row) for row in amendments.waiting(desk.vault, SHOWN) if row["kind"] in (*CHANGING, "pupil")]


def _binned(desk: Desk, row: Any) -> Binned:
    kind = row["kind"]
    why_not = ""
    if kind == "enrolment":
        why_not = _("A stay comes back with its pupil.")
    return Binned(
        kind=kind,
        record_id=row["record_id"],
        pupil_id=row["pupil_id"],
        pupil=f"{row['surname']}, {row['forename']}",
        record=record_word(kind),
        title=_title(desk, row),
        taken_at=row["at"],
        taken_by=row["by_name"] or _("Someone who has left"),
        reason=row["why"] or _WHYS.get(row["source"], ""),
        why_not=why_not,
    )


_WHYS = {
    "undo": _("By undoing"),
    "form": _("Followed from a change"),
    "import": _("Followed from a file"),
    "bulk": _("Followed from a change"),
}


def _title(desk: Desk, row: Any) -> str:
    if row["kind"] == "pupil":
        pupil = pupils.own_row(desk.vault, row["record_id"])
        return pupil.ref if pupil else ""
    record = _rebuilt(desk, row)
    if row["kind"] == "contact":
        return str(record.full_name)
    texts = [show(item, getattr(record, item.name)) for item in items_of(type(record)) if item.kind is not Kind.LINES]
    return ", ".join([words for words in texts if words][:_MOST_SAID])


def _rebuilt(desk: Desk, row: Any) -> Any:
    """The record as it was when it was taken away. What it could not say then is empty."""
    record_type = records.kinds()[row["kind"]]
    stored_values = amendments.values_of(desk.vault, row)
    names = [name for name in value_names_of(record_type) if name not in ("id", "pupil_id")]
    values = {name: value_of(record_type, name, stored_values.get(name)) for name in names}
    return record_type(id=row["record_id"], pupil_id=row["pupil_id"], **values)


def put_back(desk: Desk, key: str) -> PutBack:
    """Put one thing back, as it was. Raises NotAllowed, WrongUse (it is back already, or would be against a rule of its page)."""
    kind, _stroke, record_id = key.partition("|")
    row = required(amendments.get(desk.vault, kind, record_id), _("It is on file again already. Look at the list again."))
    if kind == "pupil":
        return _put_pupil_back(desk, row)
    if not may_take(kind):
        raise WrongUse(_binned(desk, row).why_not or _("It cannot be put back here."))
    if mistaken.is_mistaken(desk.vault, row["pupil_id"]):
        raise WrongUse(_("It comes back with its pupil, who was taken away. Put the pupil back."))
    record = _rebuilt(desk, row)
    if against := objections(desk, kind, record):
        raise WrongUse(" ".join(against))
    with desk.act(Action.EDIT_RECORD, "pupil", row["pupil_id"], f"{kind} put back") as work:
        records.add(work, [record], source=_SOURCE)
        told_hse.follow(work, None, record)
        place_reviews.follow(work, None, record)
        if kind in in_force.KINDS.values():
            in_force.refresh(work, row["pupil_id"], source=_SOURCE)
    return PutBack(Changed.of("pupil", kind, ids=(row["pupil_id"],)))


def _put_pupil_back(desk: Desk, row: Any) -> PutBack:
    vault, pupil_id = desk.vault, row["record_id"]
    pupil = pupils.own_row(vault, pupil_id)
    if pupil is None:
        raise NoSuchPupil
    upn = amendments.values_of(vault, row).get("upn")
    left = []
    with desk.act(Action.TAKE_PUPIL_AWAY, "pupil", pupil_id, "put back") as work:
        taken_rows = amendments.gone_with(vault, row["act"], pupil_id)
        mistaken.say(
            vault, pupil_id, mistaken.PUT_BACK, reason=_("Put back from the recycle bin"), moment=work.stamp, actor=work.actor, act=work.act
        )
        amendments.record_added(vault, [pupil], **work.provenance(_SOURCE))
        if upn and pupils.holder_of_upn(vault, upn) is None:
            records.change(work, pupil, dataclasses.replace(pupil, upn=upn), source=_SOURCE)
        elif upn:
            left.append(_("Another pupil has the UPN now, so it was not put back."))
        for taken_row in reversed(taken_rows):
            records.add(work, [_rebuilt(desk, taken_row)], source=_SOURCE)
        in_force.refresh(work, pupil_id, source=_SOURCE)
    return PutBack(Changed.of("pupil", "contact", ids=(pupil_id,)), tuple(left))


def _reason(reason: str) -> str:
    reason = tidy(reason)
    if not reason:
        raise Refused((Problem("reason", "missing", _("Enter why it is taken away.")),))
    if len(reason) > _LONGEST_REASON:
        raise Refused((Problem("reason", "too_long", _("The reason is too long: use at most 255 characters.")),))
    return reason
