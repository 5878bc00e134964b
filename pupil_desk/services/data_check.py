"""The data-check slip: which of the items we hold a household is shown, to say whether they are still right.

An address, a telephone number or an e-mail is shown only to those who live there: a parent elsewhere may not know it, and
may not be meant to. Of contacts, each household sees itself alone.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.documents.data_check import DataCheck
from pupil_desk.domain.contact import Contact
from pupil_desk.domain.facts import Section
from pupil_desk.domain.items import Item, items_of
from pupil_desk.domain.notice import Letter
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.validation import show
from pupil_desk.services.desk import Desk
from pupil_desk.services.notice_text import filling_of

_OF_THE_FAMILY = ("surname", "forename", "middle_names", "preferred_surname", "preferred_forename", "dob")
_OF_THE_PUPIL = (Section.CHARACTERISTICS,)
_NOT_ASKED = frozenset({"ethnicity_source", "order", "parental_responsibility"})  # ours to know, or the law's to say


def data_check(desk: Desk, letter: Letter) -> DataCheck:
    """The slip for one household, or for a pupil from 16."""
    filling, _missing = filling_of(desk.settings)
    return_to = [str(filling["choices_contact"]), desk.settings.name, *desk.settings.address_lines]
    return DataCheck(
        unit=desk.settings.name, pupil=letter.pupil.legal_name, own=not letter.contacts,
        parts=tuple(_parts(letter)), return_to=", ".join(return_to),
    )  # fmt: skip


def _parts(letter: Letter) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    pupil = letter.pupil
    yield _("Name and birth"), _facts(pupil, lambda item: item.name in _OF_THE_FAMILY)
    if _lives_there(letter):
        yield _("Address and contact details"), _facts(pupil, lambda item: item.section is Section.ADDRESS)
    yield _("About the pupil"), _facts(pupil, lambda item: item.section in _OF_THE_PUPIL)
    yield _("Health"), _facts(pupil, lambda item: item.name == "medical")
    for contact in letter.contacts:
        at_home = bool(contact.lives_with)
        yield contact.full_name, _facts(contact, lambda item, at_home=at_home: not (at_home and _is_address(item)))


def _lives_there(letter: Letter) -> bool:
    return not letter.contacts or all(contact.lives_with for contact in letter.contacts)


def _is_address(item: Item) -> bool:
    return item.name in ("address_1", "address_2", "locality", "town", "county", "postcode")


def _facts(record: Pupil | Contact, wanted: Any) -> list[tuple[str, str]]:
    return [
        (item.label, show(item, getattr(record, item.name)))
        for item in items_of(type(record))
        if item.name not in _NOT_ASKED and wanted(item)
    ]
