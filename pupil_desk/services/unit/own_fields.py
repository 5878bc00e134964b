"""Fields of the unit's own: made by the data officer, in force at once wherever items are entered, listed, read in, told or kept, and withdrawn.

A field is never changed and never deleted: what stands in it is read by it. The notice names it from the moment it is made, so that a new
edition is due; and it is told to nobody but by consent, or where the whole record goes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.own_values import is_own
from pupil_desk.domain.catalogue.validation import Problem, Refused, gathered, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.own_field import OF_RECORD, OwnField, check_own_field, named
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.cells.contact_columns import contact_heading
from pupil_desk.services.imports.headings import match_headings
from pupil_desk.services.imports.pupils import PUPILS
from pupil_desk.services.roles import Action
from pupil_desk.services.rules.loading import open_rules
from pupil_desk.store.tables import own_fields as store

_KIND = "own-field"
_LONGEST_REASON = 255  # characters
_BEHIND = {
    "pupil": "",
    "contact": "Contact 1 ",
}  # where a list of pupils has fields of a record: what stands before their names in its headings


@dataclass(frozen=True, slots=True)
class OwnFieldState:
    """A field, under what name it stands in forms, lists and imports, and in how many records something stands in it."""

    own_field: OwnField
    label: str
    record_count: int


def fields(desk: Desk) -> list[OwnFieldState]:
    """Every field of the unit's own, withdrawn ones last, else in the order of making."""
    desk.require(Action.READ_RECORD)
    states = [
        OwnFieldState(own_field, _label_of(own_field), store.record_count(desk.vault, own_field)) for own_field in store.every(desk.vault)
    ]
    return sorted(states, key=lambda state: state.own_field.withdrawn is not None)


def _label_of(own_field: OwnField) -> str:
    return item_named(OF_RECORD[own_field.record], own_field.name).label


@gathered
def problems(desk: Desk, own_field: OwnField) -> Iterator[Problem]:
    """What is wrong with a new field: in its items, across them, and beside what lists of pupils are read by."""
    own_field = tidied(own_field, desk.today)
    yield from problems_of(own_field, desk.today)
    yield from check_own_field(own_field, store.every(desk.vault))
    yield from _read_otherwise(own_field)


def _read_otherwise(own_field: OwnField) -> Sequence[Problem]:
    """A name by which an import reads something else already: «Gender», «Mother mobile»; of a contact «City», behind the words for the contact."""
    behind = _BEHIND.get(own_field.record)
    if behind is None or not own_field.label:
        return ()
    text = behind + own_field.label
    heading, of_contact = match_headings(PUPILS, [text])[0][0], contact_heading(text)
    columns = (heading.column or "", of_contact.column if of_contact else "", *heading.second_for)
    if not heading.tells_order and not any(
        column and not is_own(column) for column in columns
    ):  # of two own fields the other is named elsewhere
        return ()
    words = _("A list of pupils with this heading is read as something else that the program has. Choose another name.")
    return (Problem("label", "taken", words),)


def make(desk: Desk, own_field: OwnField) -> tuple[Changed, OwnField]:
    """Make a field, from now on beside the others of its record; gives it with its name. Raises NotAllowed, Refused."""
    desk.require(Action.EDIT_SETTINGS, _KIND)
    own_field = tidied(own_field, desk.today)
    refuse(problems(desk, own_field))
    own_field = named(own_field, len(store.every(desk.vault)) + 1)
    with desk.act(Action.EDIT_SETTINGS, _KIND, own_field.name, f"made: {own_field.record}") as work:
        store.add(desk.vault, own_field, moment=work.stamp, actor=work.actor)
    open_rules(desk.vault)
    return _NEWS, own_field


def withdraw(desk: Desk, name: str, reason: str) -> Changed:
    """Have nothing entered in a field any more; what stands in it stays. Raises NotAllowed, Refused without a reason, WrongUse."""
    desk.require(Action.EDIT_SETTINGS, _KIND, name)
    reason = tidy(reason)
    if not reason or len(reason) > _LONGEST_REASON:
        raise Refused((Problem("reason", "missing", _("Enter in up to {most} characters why.").format(most=_LONGEST_REASON)),))
    own_field = required(
        next((own_field for own_field in store.every(desk.vault) if own_field.name == name), None),
        _("There is no such field. Look at the list again."),
    )
    if own_field.withdrawn is not None:
        raise WrongUse(_("It was withdrawn already. Look at the list again."))
    with desk.act(Action.EDIT_SETTINGS, _KIND, name, "withdrawn") as work:
        store.withdraw(desk.vault, name, reason, moment=work.stamp, actor=work.actor)
    open_rules(desk.vault)
    return _NEWS


_NEWS = Changed.of("own-field", "pupil", "contact", "plan", "rules", "settings", "notice-words")
