"""Finding a pupil by anything that stands in the record: names and numbers, those of before too, the family, addresses, schools."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import as_one_word, begun_small, fold, search_words, tokens
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Kind, item_named, own_items_of
from pupil_desk.domain.catalogue.own_values import is_own
from pupil_desk.domain.notices.addressees import home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
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


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a record was found; ``rank`` orders the reasons of one pupil."""

    rank: int
    kind: str
    record_id: str
    words: str
    item: str = ""


def find(desk: Desk, text: str, limit: int = MOST) -> list[PupilMatch]:
    """The pupils that anything typed leads to, each once, the likeliest first; nobody's record counts as looked at. Raises NotAllowed.

    An address or number that must be kept from someone is found, but not shown again beside the name.
    """
    desk.require(Action.READ_RECORD)
    matches = store.pupils_found(desk.vault, text, desk.today, limit)
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
        reasons = sorted(_reasons(_Asked(text), pupil, records[pupil_id], before[pupil_id], withheld_ids), key=lambda reason: reason.rank)
        first = reasons[0] if reasons else _Reason(0, NAME, pupil_id, _born(pupil))
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


class _Asked:
    """What is typed, compared with what a record says as the index compares it."""

    def __init__(self, text: str) -> None:
        self._words = [fold(word) for word in search_words(text)]
        self._whole = as_one_word(text)

    def says(self, values: Sequence[str | None]) -> int | None:
        """The place of the first of a record's values that says it, all of them saying it together; None if they do not."""
        readings = [(tokens(value), as_one_word(value)) if value else ([], "") for value in values]
        whole_place = next((place for place, (_words, text) in enumerate(readings) if text and text.startswith(self._whole)), None)
        places = [self._place(word, readings) for word in self._words]
        if places and None not in places:
            return whole_place if whole_place is not None else min(place for place in places if place is not None)
        return whole_place

    @staticmethod
    def _place(word: str, readings: Sequence[tuple[list[str], str]]) -> int | None:
        return next(
            (place for place, (words, text) in enumerate(readings) if text.startswith(word) or any(w.startswith(word) for w in words)), None
        )


def _reasons(
    query: _Asked, pupil: Pupil, records: Sequence[tuple[str, Any]], before: Sequence[tuple[str, str]], withheld_ids: set[str]
) -> Iterator[_Reason]:
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
            yield _Reason(6, table, record.id, words, "address_1")
        elif table == "enrolment" and (place := query.says([getattr(record, name) for name in _SCHOOLS])) is not None:
            yield _Reason(5, table, record.id, _labelled(record, _SCHOOLS[place]), _SCHOOLS[place])
    now = {fold(getattr(pupil, name) or "") for name in (*_NAMES, *_NUMBERS)}
    shown_values: set[str] = set()
    for item, old in before:
        if fold(old) not in now | shown_values and query.says([old]) is not None:
            shown_values.add(fold(old))
            words = _("before: {label} {value}").format(label=begun_small(item_named(Pupil, item).label), value=old)
            yield _Reason(1, "amendment", pupil.id, words)


def _of_pupil(query: _Asked, pupil: Pupil, withheld: bool) -> Iterator[_Reason]:
    own_items = (*_NAMES, *_NUMBERS)
    place = query.says([getattr(pupil, name) for name in own_items])
    if place is not None:
        is_number = own_items[place] in _NUMBERS and own_items[place] != "ref"
        yield _Reason(0, NAME, pupil.id, _labelled(pupil, own_items[place]) if is_number else _born(pupil))
        return
    names = (*(name for name in _REACHED_AT if name != "mobile"), "previous_school", *own_items, *_findable_own(Pupil))
    place = query.says([getattr(pupil, name) for name in names])
    if place is not None:
        kept_back = withheld and names[place] in _REACHED_AT
        words = _("address or number, kept back") if kept_back else _labelled(pupil, names[place])
        yield _Reason(3, "pupil", pupil.id, words, names[place])


def _of_contact(query: _Asked, contact: Contact, withheld: bool) -> Iterator[_Reason]:
    names = ("surname", "forename", *_REACHED_AT, *_findable_own(Contact))
    place = query.says([getattr(contact, name) for name in names])
    if place is None:
        return
    description = _("{relationship}: {name}").format(
        relationship=begun_small(codelist("relationship").label_of(contact.relationship)), name=contact.full_name
    )
    if names[place] in _REACHED_AT or is_own(names[place]):
        detail = _("address or number, kept back") if withheld and names[place] in _REACHED_AT else _labelled(contact, names[place])
        description = _("{who}, {what}").format(who=description, what=detail)
    yield _Reason(2, "contact", contact.id, description, names[place])


def _findable_own(record_type: type) -> Iterator[str]:
    """Of the fields of the unit's own those by which somebody is found, as script 0073 has it."""
    return (item.name for item in own_items_of(record_type) if item.kind in (Kind.TEXT, Kind.CODE) and not item.facts.special)


def _labelled(record: Any, name: str) -> str:
    label = _("address") if name in ("address_1", "address_2") else begun_small(item_named(record.__class__, name).label.partition(":")[0])
    return _("{label} {value}").format(label=label, value=getattr(record, name))


def _born(pupil: Pupil) -> str:
    return _("born {day}, {ref}").format(day=show_date(pupil.dob), ref=pupil.ref)


def _title(pupil: Pupil) -> str:
    """As the list has it: surname first, the name the pupil goes by in brackets."""
    known_as = f" ({pupil.preferred_forename})" if pupil.preferred_forename and pupil.preferred_forename != pupil.forename else ""
    return f"{pupil.surname}, {pupil.forename}{known_as}"
