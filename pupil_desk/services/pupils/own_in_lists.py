"""What the list of pupils says by the unit's own fields of contacts and of plans: of a pupil all that stands in a field, of contacts in their order, of plans that run and may be seen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import fold
from pupil_desk.domain.catalogue.items import Item, own_items_of
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.conditions import EMPTY, NO, OVER, TO_COME, YES
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import seeing
from pupil_desk.store.tables import contacts, plans


def is_of_part(name: str) -> bool:
    """Whether an item is a field of the unit's own of contacts or of plans."""
    return any(own_item.name == name for record_type in (Contact, PupilPlan) for own_item in own_items_of(record_type))


def cells(desk: Desk, items: Sequence[Item]) -> dict[str, dict[str, Any]]:
    """What stands in such fields, by field and pupil, in words; of several each once."""
    return {item.name: {pupil_id: _in_words(item, values) for pupil_id, values in _values(desk, item.name).items()} for item in items}


def _in_words(item: Item, values: Sequence[Any]) -> str:
    return "; ".join(dict.fromkeys(show(item, value) for value in values))


def pupils_with(desk: Desk, name: str, value: str, all_ids: set[str]) -> set[str]:
    """The pupils of whom any contact, or any such plan, has this in the field; with the word for nothing entered, those of whom none has anything."""
    values = _values(desk, name)
    if value == EMPTY:
        return all_ids - values.keys()
    return {
        pupil_id
        for pupil_id, field_values in values.items()
        if any(_is_said(field_value, value, desk.today) for field_value in field_values)
    }


def _is_said(field_value: Any, value: str, today: date) -> bool:
    if isinstance(field_value, bool):
        return field_value is {YES: True, NO: False}.get(value)
    if isinstance(field_value, date):
        return field_value < today if value == OVER else field_value >= today and value == TO_COME
    return fold(str(field_value)) == fold(value)


def _values(desk: Desk, name: str) -> Mapping[str, Sequence[Any]]:
    if any(own_item.name == name for own_item in own_items_of(Contact)):
        records: list[tuple[str, Any]] = [
            (contact.pupil_id, contact) for people in contacts.by_pupil(desk.vault).values() for contact in people
        ]
    else:
        running = [case.now for case in seeing.seen(desk, plans.every(desk.vault)) if case.now.runs_on(desk.today)]
        records = [(plan.pupil_id, plan) for plan in running]
    return grouped((pupil_id, field_value) for pupil_id, record in records if (field_value := getattr(record, name)) is not None)
