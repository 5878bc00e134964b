"""Finding a pupil by anything that stands in the record: names and numbers, those of before too, the family, addresses, schools, and what its parts say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import begun_small, fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.own_values import is_own
from pupil_desk.domain.notices.addressees import home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.finding_in_parts import QueryWords, Reason, findable_own, labelled, reasons_in_parts
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import finding as store
from pupil_desk.store.tables import protections

MOST = 12
NAME = "name"
_NAMES = ("surname", "forename", "middle_names", "preferred_surname", "preferred_forename")
_NUMBERS = ("ref", "upn", "former_upn", "uln")
_REACHED_AT = ("postcode", "address_1", "address_2", "locality", "phone", "mobile", "email")
_SCHOOLS = ("main_school", "commissioned_by", "last_school", "next_school")


@dataclass(frozen=True, slots=True)
class PupilMatch:
    """One pupil that is found. ``kind`` is «name» for the pupil's own names and numbers, else the table of the record that says what
    was typed, ``record_id`` which and ``item`` where in it; ``words`` tell why, ``more`` how many further records of the pupil say it too."""

    kind: str
    pupil_id: str
    record_id: str
    title: str
    words: str
    item: str = ""
    more: int = 0
    here: bool = True
    protected: bool = False


def find(desk: Desk, text: str, limit: int = MOST) -> list[PupilMatch]:
    """The pupils that anything typed leads to, each once, the likeliest first; nobody's record counts as looked at. Raises NotAllowed.

    An address or number that must be kept from someone is found, but not shown again beside the name.
    """
    desk.require(Action.READ_RECORD)
    query = QueryWords(text)
    matches = store.pupils_found(desk.vault, text, desk.today, limit)
    in_parts = grouped(reasons_in_parts(desk, query))
    matches_in_parts = store.standing(
        desk.vault, [pupil_id for pupil_id in in_parts if pupil_id not in matches][: store.ENOUGH], desk.today
    )
    matches |= dict(list(matches_in_parts.items())[: limit - len(matches)])
    if not matches:
        return []
    records = grouped(
        ((record.id if table == "pupil" else record.pupil_id), (table, record)) for table, record in store.records_of(desk.vault, matches)
    )
    before = grouped((row["pupil_id"], (row["item"], row["old"])) for row in store.names_before(desk.vault, matches))
    protections_by_pupil = {pupil_id: protections.of_pupil(desk.vault, pupil_id, desk.today) for pupil_id in matches}
    pupil_matches = []
    for pupil_id, on_roll in matches.items():
        pupil = next(record for table, record in records[pupil_id] if table == "pupil" and record.id == pupil_id)
        withheld_ids = {p.contact_id for p in protections_by_pupil[pupil_id] if p.kind == ADDRESS_WITHHELD and p.contact_id}
        if home_withheld(pupil, [record for table, record in records[pupil_id] if table == "contact"], protections_by_pupil[pupil_id]):
            withheld_ids.add(pupil_id)
        of_pupil = (*_reasons(query, pupil, records[pupil_id], before[pupil_id], withheld_ids), *in_parts.get(pupil_id, ()))
        reasons = sorted(of_pupil, key=lambda reason: reason.rank)
        first = reasons[0] if reasons else Reason(0, NAME, pupil_id, _born(pupil))
        extra = max(0, len(reasons) - 1)
        pupil_matches.append(
            PupilMatch(
                kind=first.kind,
                pupil_id=pupil_id,
                record_id=first.record_id,
                title=_title(pupil),
                words=first.words,
                item=first.item,
                more=extra,
                here=on_roll,
                protected=bool(protections_by_pupil[pupil_id]),
            )
        )
    return pupil_matches


def _reasons(
    query: QueryWords, pupil: Pupil, records: Sequence[tuple[str, Any]], before: Sequence[tuple[str, str]], withheld_ids: set[str]
) -> Iterator[Reason]:
    withheld = pupil.id in withheld_ids
    for table, record in records:
        if table == "pupil":
            yield from _of_pupil(query, record, withheld)
        elif table == "contact":
            yield from _of_contact(query, record, withheld or record.id in withheld_ids)
        elif table == "former_address" and query.says(record.address_lines) is not None:
            words = (
                _("an address of before, kept back")
                if withheld
                else _("address before: {address}").format(address=", ".join(record.address_lines))
            )
            yield Reason(6, table, record.id, words, "address_1")
        elif table == "enrolment" and (place := query.says([getattr(record, name) for name in _SCHOOLS])) is not None:
            yield Reason(5, table, record.id, _of_record(record, _SCHOOLS[place]), _SCHOOLS[place])
    now = {fold(getattr(pupil, name) or "") for name in (*_NAMES, *_NUMBERS)}
    shown_values: set[str] = set()
    for item, old in before:
        if fold(old) not in now | shown_values and query.says([old]) is not None:
            shown_values.add(fold(old))
            words = _("before: {label} {value}").format(label=begun_small(item_named(Pupil, item).label), value=old)
            yield Reason(1, "amendment", pupil.id, words)


def _of_pupil(query: QueryWords, pupil: Pupil, withheld: bool) -> Iterator[Reason]:
    own_items = (*_NAMES, *_NUMBERS)
    place = query.says([getattr(pupil, name) for name in own_items])
    if place is not None:
        is_number = own_items[place] in _NUMBERS and own_items[place] != "ref"
        yield Reason(0, NAME, pupil.id, _of_record(pupil, own_items[place]) if is_number else _born(pupil))
        return
    names = (*(name for name in _REACHED_AT if name != "mobile"), "previous_school", *own_items, *findable_own(Pupil))
    place = query.says([getattr(pupil, name) for name in names])
    if place is not None:
        kept_back = withheld and names[place] in _REACHED_AT
        words = _("address or number, kept back") if kept_back else _of_record(pupil, names[place])
        yield Reason(3, "pupil", pupil.id, words, names[place])


def _of_contact(query: QueryWords, contact: Contact, withheld: bool) -> Iterator[Reason]:
    names = ("surname", "forename", *_REACHED_AT, *findable_own(Contact))
    place = query.says([getattr(contact, name) for name in names])
    if place is None:
        return
    description = _("{relationship}: {name}").format(
        relationship=begun_small(codelist("relationship").label_of(contact.relationship)), name=contact.full_name
    )
    if names[place] in _REACHED_AT or is_own(names[place]):
        detail = _("address or number, kept back") if withheld and names[place] in _REACHED_AT else _of_record(contact, names[place])
        description = _("{who}, {what}").format(who=description, what=detail)
    yield Reason(2, "contact", contact.id, description, names[place])


def _of_record(record: Any, name: str) -> str:
    return labelled(record.__class__, name, getattr(record, name))


def _born(pupil: Pupil) -> str:
    return _("born {day}, {ref}").format(day=show_date(pupil.dob), ref=pupil.ref)


def _title(pupil: Pupil) -> str:
    """As the list has it: surname first, the name the pupil goes by in brackets."""
    known_as = f" ({pupil.preferred_forename})" if pupil.preferred_forename and pupil.preferred_forename != pupil.forename else ""
    return f"{pupil.surname}, {pupil.forename}{known_as}"
