"""Where a pupil lived before: the admission register keeps it, with the day from which the next address held (regulation 8(3))."""

from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Basis, Category, Facts, Purpose, Section
from pupil_desk.domain.catalogue.items import Kind, item
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil, address_lines

_BEFORE = Facts(
    Section.ADDRESS, Category.CONTACT_DETAILS, Purpose.LAW, Basis.LEGAL_OBLIGATION, retention="register"
)  # SI 2024/208 regulation 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerAddress:
    """One earlier address of one pupil, as it was; never edited. ``moved_on`` is the day from which another one held."""

    id: str = ""
    pupil_id: str = ""
    address_1: str | None = item(_("Address line 1"), Kind.NAME, facts=_BEFORE)
    address_2: str | None = item(_("Address line 2"), Kind.NAME, facts=_BEFORE)
    locality: str | None = item(_("Locality"), Kind.NAME, facts=_BEFORE)
    town: str | None = item(_("Town"), Kind.NAME, facts=_BEFORE)
    county: str | None = item(_("County"), Kind.NAME, facts=_BEFORE)
    postcode: str | None = item(_("Postcode"), Kind.POSTCODE, facts=_BEFORE)
    moved_on: date | None = item(_("Moved on"), Kind.DATE, facts=_BEFORE, hint=_("From then on another address holds"))
    told_by: str | None = item(_("Who told us of the move"), Kind.NAME, facts=_BEFORE)

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The lines of the address that there are, the postcode last."""
        return address_lines(self)


@dataclass(frozen=True, slots=True)
class Move:
    """The day from which another address holds, and who told us, as far as that is known."""

    on: date
    told_by: str | None = None


def left_behind(old: Pupil, move: Move) -> FormerAddress:
    """The address that a pupil had, as one of the past."""
    lines = {name: getattr(old, name) for name in ADDRESS}
    return FormerAddress(pupil_id=old.id, moved_on=move.on, told_by=move.told_by, **lines)


def has_moved(old: Pupil, new: Pupil) -> bool:
    """Whether another address is more than a correction: both have a postcode, and another one."""
    return bool(old.postcode and new.postcode) and old.postcode != new.postcode


def address_differs(old: Pupil, new: Pupil) -> bool:
    """Whether anything of the address is other than it was, there having been one."""
    return bool(address_lines(old)) and any(getattr(old, name) != getattr(new, name) for name in ADDRESS)
