"""Merging two records of one person, and parting them again. Rows stay where they are; events say that one record stands for the other.

What the person takes over from the record that goes, item by item, is an ordinary amendment of the one kept, of the same act; parting
puts back each value that is still as the merging made it, and tells of the others.
"""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import Problem, check_pupil, problems_of, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.services import records
from pupil_desk.services.care import in_force
from pupil_desk.services.changes.checking import value_of
from pupil_desk.services.changes.undoing import astray_line
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.duplicates.comparing import merged_pupil, pupil_to_merge
from pupil_desk.services.duplicates.finding import say
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows import merging as store
from pupil_desk.store.rows.rows import differences
from pupil_desk.store.tables import contacts, erasure_cases, pupils

_SOURCE = "merge"


@dataclass(frozen=True, slots=True)
class Parted:
    """What parting did: the news, and what could not be as before, in sentences."""

    changed: Changed
    sentences: tuple[str, ...]


def merge(desk: Desk, kept_id: str, other_id: str, *, take: Collection[str] = (), reason: str) -> Changed:
    """Let one pupil's record stand for another: one transaction. ``take`` names the items whose value comes from the one that goes.

    «address» takes all its lines. Raises NotAllowed, Refused (no reason, or values that cannot be kept), WrongUse (an erasure of one
    is under way).
    """
    desk.require(Action.MERGE, "pupil", kept_id)
    if kept_id == other_id:
        raise WrongUse(_("These are one record already."))
    kept_pupil, other_pupil = (pupil_to_merge(desk.vault, pupil_id) for pupil_id in (kept_id, other_id))
    _refuse_under_erasure(desk, (kept_pupil, other_pupil))
    new = merged_pupil(kept_pupil, other_pupil, take)
    names = differences(kept_pupil, new)
    refuse((*_missing_reason(reason), *problems_of(new, desk.today, names), *check_pupil(new)))
    with desk.act(Action.MERGE, "pupil", kept_pupil.id, ", ".join(("merged", *names))) as work:
        work.note(Action.MERGE, "pupil", other_pupil.id, "merged with another record")
        if new.upn and new.upn == other_pupil.upn:  # a UPN stands in one row alone: the two change places
            without_upn = dataclasses.replace(other_pupil, upn=None)
            records.change(work, other_pupil, without_upn, source=_SOURCE)
            records.change(work, kept_pupil, new, source=_SOURCE)
            records.change(work, without_upn, dataclasses.replace(other_pupil, upn=kept_pupil.upn), source=_SOURCE)
        else:
            records.change(work, kept_pupil, new, source=_SOURCE)
        say(work, store.PUPIL, other_pupil.id, kept_pupil.id, store.MERGED, reason=tidy(reason), pupil_id=other_pupil.id)
        in_force.refresh(work, kept_pupil.id, source=_SOURCE)
    return _news(kept_pupil.id, other_pupil.id)


def _refuse_under_erasure(desk: Desk, pair: Collection[Pupil]) -> None:
    """What people agreed to erase is one record: merged, it would take the other with it."""
    ids = {pupil.id for pupil in pair}
    if any(case.proposed.pupil_id in ids and not case.ended for case in erasure_cases.everything(desk.vault)):
        raise WrongUse(_("An erasure of one of the two is proposed. Carry it out or withdraw it first."))


def _missing_reason(reason: str) -> tuple[Problem, ...]:
    if tidy(reason):
        return ()
    return (Problem("reason", "missing", _("Enter how you know that it is one person.")),)


def part(desk: Desk, record_id: str, *, reason: str) -> Parted:
    """Let a record that stood for another stand for itself again: one transaction. Raises NotAllowed, Refused, WrongUse."""
    event = required(store.standing(desk.vault).get(record_id), _("That record stands for itself already. Open the pupil again."))
    kept_pupil = pupils.get(desk.vault, record_id)
    assert kept_pupil is not None, "a record stands for one on file"
    desk.require(Action.MERGE, "pupil", kept_pupil.id)
    refuse(_missing_reason(reason))
    with desk.act(Action.MERGE, "pupil", kept_pupil.id, "parted") as work:
        sentences = [*_since(desk, record_id, event), *part_within(work, kept_pupil.id, record_id, tidy(reason))]
    return Parted(_news(kept_pupil.id, record_id), tuple(sentences))


def part_within(work: Work, kept_id: str, record_id: str, reason: str) -> list[str]:
    """Within a transaction: part a record from the person whose record is kept; what could not be as before, in sentences."""
    vault, sentences = work.desk.vault, list[str]()
    event = store.standing(vault)[record_id]
    work.note(Action.MERGE, "pupil", record_id, "parted from another record")
    for row in store.contacts_across(vault, store.under(vault, record_id)):
        sentences += part_contact_row(work, row["id"], reason)
    say(work, store.PUPIL, record_id, event["kept_id"], store.PARTED, reason=reason, pupil_id=record_id)
    sentences += _put_back(work, event["act"])
    for pupil_id in dict.fromkeys((kept_id, record_id)):
        in_force.refresh(work, pupil_id, source=_SOURCE)
    return sentences


def _since(desk: Desk, record_id: str, event: Row) -> list[str]:
    number = store.entries_since(desk.vault, record_id, event["at"])
    if not number:
        return []
    entries = count_of(number, _("entry was made"), _("entries were made"))
    return [
        _("{entries} since the two were merged. Each stays with the record that it was made in, most with the one kept.").format(
            entries=entries
        )
    ]


def _put_back(work: Work, act: str) -> list[str]:
    """Put back each value that an act changed, the last first, if it is still as the act made it; tell of the others."""
    sentences = []
    rows = store.changed_by(work.desk.vault, act)
    with_own_address = _with_address_of_now(work, rows)
    if with_own_address:
        sentences.append(_("The address was changed since, and stays whole as it is now."))
    with_own_upn = _with_upn_of_now(work, rows)
    for row in reversed(rows):
        record_type = RECORDS[row["kind"]]
        record = _record_on_file(work, row["kind"], row["record_id"])
        if record is None or (row["item"] in ADDRESS and row["record_id"] in with_own_address):
            continue
        if row["item"] == "former_upn" and row["record_id"] in with_own_upn:
            continue
        value_made, before = (value_of(record_type, row["item"], row[side]) for side in ("new", "old"))
        if row["item"] == "upn" and value_made and record.upn == value_made:
            upn = _last_upn_free(work, row)
            former_upn = None if upn and upn == record.former_upn else record.former_upn
            records.change(work, record, dataclasses.replace(record, upn=upn, former_upn=former_upn), source=_SOURCE)
        elif getattr(record, row["item"]) == value_made and (row["item"] != "upn" or _gives_up_upn(work, row["record_id"], before)):
            records.change(work, record, dataclasses.replace(record, **{row["item"]: before}), source=_SOURCE)
        elif getattr(record, row["item"]) != before:
            label = item_named(record_type, row["item"]).label
            sentences.append(_("{item} was changed since, and stays as it is now.").format(item=label))
    return sentences


def _with_address_of_now(work: Work, rows: Sequence[Row]) -> set[str]:
    """The records whose address stays: of one changed since, the other lines would make one that never was."""
    ids = set()
    for record_id, rows_of_record in grouped((row["record_id"], row) for row in rows).items():
        record = _record_on_file(work, rows_of_record[0]["kind"], record_id)
        before = {row["item"]: row["old"] for row in reversed(rows_of_record)}
        if record is not None and astray_line(work.desk.vault, record, rows_of_record[-1]["seq"], before):
            ids.add(record_id)
    return ids


def _with_upn_of_now(work: Work, rows: Sequence[Row]) -> set[str]:
    """The records whose UPN was changed since: the one that the act displaced stays their former one."""
    upn_rows = [(row, pupils.own_row(work.desk.vault, row["record_id"])) for row in rows if row["item"] == "upn"]
    return {pupil.id for row, pupil in upn_rows if pupil is not None and pupil.upn != row["new"]}


def _last_upn_free(work: Work, change: Row) -> str | None:
    """The UPN that a record had before a change; where that is another's own again, the last one before it that is not."""
    step: Row | None = change
    while step and step["old"] and not _gives_up_upn(work, change["record_id"], step["old"]):
        step = store.upn_before(work.desk.vault, change["record_id"], step["old"], step["seq"])
    return step["old"] or None if step else None


def _gives_up_upn(work: Work, record_id: str, upn: str | None) -> bool:
    """Whether nobody else has the UPN that a record had: a row that stands for another, to which a later merging left it, gives it up here."""
    holder = pupils.holder_of_upn(work.desk.vault, upn) if upn else None
    if holder is None or holder.id == record_id:
        return True
    if holder.id not in store.standing(work.desk.vault):
        return False
    records.change(work, holder, dataclasses.replace(holder, upn=None), source=_SOURCE)
    return True


def _record_on_file(work: Work, kind: str, record_id: str) -> Any:
    if kind == "contact":
        return contacts.own_row(work.desk.vault, record_id)
    return records.get(work.desk.vault, kind, record_id)


def merge_contacts(desk: Desk, kept_id: str, other_id: str, *, take: Collection[str] = (), reason: str = "") -> Changed:
    """Let one contact stand for another of the same pupil. Raises NotAllowed, Refused, WrongUse; for two pupils' contacts always."""
    kept_contact, other_contact = (contacts.get(desk.vault, contact_id) for contact_id in (kept_id, other_id))
    if kept_contact is None or other_contact is None or kept_id == other_id:
        raise WrongUse(_("One of the two is no longer on file as a contact of its own. Look for duplicates again."))
    if kept_contact.pupil_id != other_contact.pupil_id:
        raise WrongUse(_("These are contacts of two pupils. Contacts are merged within one pupil’s record alone."))
    desk.require(Action.MERGE, "pupil", kept_contact.pupil_id)
    names = {name for name_taken in take for name in (ADDRESS if name_taken == "address" else (name_taken,))}
    new = dataclasses.replace(kept_contact, **{name: getattr(other_contact, name) for name in names})
    changed = differences(kept_contact, new)
    refuse(problems_of(new, desk.today, changed))
    with desk.act(Action.MERGE, "pupil", kept_contact.pupil_id, ", ".join(("contacts merged", *changed))) as work:
        records.change(work, kept_contact, new, source=_SOURCE)
        say(
            work,
            store.CONTACT,
            other_contact.id,
            kept_contact.id,
            store.MERGED,
            reason=tidy(reason),
            pupil_id=contacts.owner(desk.vault, other_contact.id),
        )
    return Changed.of("contact", "merging", ids=(kept_contact.pupil_id,))


def part_contact(desk: Desk, contact_id: str, *, reason: str = "") -> Parted:
    """Let a contact that stood for another stand for itself again. Raises NotAllowed, WrongUse."""
    contact: Contact | None = contacts.own_row(desk.vault, contact_id)
    if contact is None or contact_id not in store.standing(desk.vault, store.CONTACT):
        raise WrongUse(_("That contact stands for itself already. Open the pupil again."))
    with desk.act(Action.MERGE, "pupil", contact.pupil_id, "contacts parted") as work:
        sentences = part_contact_row(work, contact_id, tidy(reason))
    return Parted(Changed.of("contact", "merging", ids=(contact.pupil_id,)), tuple(sentences))


def part_contact_row(work: Work, contact_id: str, reason: str) -> list[str]:
    """Within a transaction: part a contact, and put back what merging it changed; what was changed since is told."""
    vault = work.desk.vault
    event = store.standing(vault, store.CONTACT)[contact_id]
    say(work, store.CONTACT, contact_id, event["kept_id"], store.PARTED, reason=reason, pupil_id=contacts.owner(vault, contact_id))
    return _put_back(work, event["act"])


def _news(*ids: str) -> Changed:
    """What hangs on a pupil looks different now, whatever it is."""
    return Changed.of(*RECORDS, "notice", "export", "attendance", "merging", ids=ids)


def stands_for(desk: Desk, pupil_id: str) -> list[Row]:
    """The records that stand for a pupil's, as ``store.rows.merging.stands_for`` describes them."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return store.stands_for(desk.vault, pupil_id)


def contacts_merged(desk: Desk, pupil_id: str) -> list[Row]:
    """Of a pupil's contacts those that stand for another, as ``store.rows.merging.contacts_merged`` describes them."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return store.contacts_merged(desk.vault, pupil_id)
