"""The statement of charges for a school and a half-term: only to a school that the notice names, and logged as told of each pupil on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.money import pounds
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import AddressBlock, Block
from pupil_desk.documents.schools import charges as layout
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.schools.charges import Charge, charges, total
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.sharing.recipients import MAIN_SCHOOL
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services import guard
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.disclosures.disclosures import Way
from pupil_desk.services.guard import Guard
from pupil_desk.services.roles import Action
from pupil_desk.services.schools.refusals import not_named
from pupil_desk.services.unit import calendars
from pupil_desk.store.tables import pupils
from pupil_desk.store.tables import schools as store

_TELLS = (
    "pupil.surname", "pupil.forename", "school_place.start_date", "school_place.end_date", "school_place.days",
    "school_place.price", "school_place.price_per",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeStatement:
    """The statement for one school: the charge of each pupil's place, the sum in pounds, its story and title, and its guard."""

    school: str
    school_name: str
    charged: Sequence[tuple[Pupil, Charge[SchoolPlace]]]
    sum: Decimal
    story: Sequence[Block]
    title: str
    guard: Guard


def half_terms(desk: Desk) -> list[Term]:
    """The half-terms that have begun, the latest first."""
    return [term for term in reversed(calendars.terms(desk)) if term.start <= desk.today]


def statement(desk: Desk, school: str, term: Term) -> ChargeStatement:
    """What a school, by its DfE number, owes for a half-term. Raises NotAllowed; WrongUse for a school that the notice does not name."""
    desk.require(Action.EXPORT)
    if words := not_named(desk, school):
        raise WrongUse(words)
    days = calendars.school_calendar(desk.vault).school_days(term.start, term.end)
    of_pupils = store.of_pupils(desk.vault)
    charged = [
        (pupil, charge)
        for pupil in pupils.some(desk.vault, list(of_pupils.places))
        if (agreed := [place for place in of_pupils.places[pupil.id] if place.school == school])
        for charge in charges(agreed, [day for day in days if school in of_pupils.schools_on(pupil.id, day)])
    ]
    name, sum_ = school_named(school, desk.settings.told_schools), total(charge for _pupil, charge in charged)
    stored = store.of_number(desk.vault, school)
    lines = [line for line in (stored.finance if stored else None, name) if line]
    address = AddressBlock(lines=lines, sender=desk.settings.name_and_address)
    return ChargeStatement(
        school=school,
        school_name=name,
        charged=charged,
        sum=sum_,
        story=_story(desk, address, term, charged, sum_, reference=reference_of(school, term)),
        title=_("Statement of charges"),
        guard=guard.guard(desk, {pupil.id for pupil, _charge in charged}, "statement of charges"),
    )


def log_print(desk: Desk, charge_statement: ChargeStatement) -> None:
    """Log that a statement went to the printer, and what it tells of whom."""
    items_by_pupil = dict.fromkeys((pupil.id for pupil, _charge in charge_statement.charged), _TELLS)
    purpose = _("To be paid for the place that was agreed.")
    told = disclosures.of_paper(MAIN_SCHOOL, charge_statement.school_name, charge_statement.title, items_by_pupil, purpose)
    words = f"statement of charges printed: {len(charge_statement.charged)} places"
    with desk.act(Action.EXPORT, "school", charge_statement.school, words) as work:
        disclosures.keep(work, Way.PRINT, told)


def reference_of(school: str, term: Term) -> str:
    """What a payment names: the school’s DfE number, and the month in which the half-term begins: «919-4001-2026-11»."""
    return f"{school.replace('/', '-')}-{term.start:%Y-%m}"


def _story(
    desk: Desk, address: AddressBlock, term: Term, charged: Sequence[tuple[Pupil, Charge[SchoolPlace]]], sum_: Decimal, *, reference: str
) -> list[Block]:
    return layout.story(
        address,
        _("{since} to {until}").format(since=show_date(term.start), until=show_date(term.end)),
        [_row(pupil, charge) for pupil, charge in charged],
        pounds(sum_),
        [*counted_notes(charge for _pupil, charge in charged), *still_to_come(desk, term)],
        made_on=show_date(desk.today),
        reference=reference,
        questions=", ".join(filter(None, (desk.settings.phone, desk.settings.email))),
    )


def _row(pupil: Pupil, charge: Charge[SchoolPlace]) -> layout.ChargeRow:
    place = charge.place
    days = place.days or _("Every school day")
    return layout.ChargeRow(
        pupil=_("{name} ({ref})").format(name=pupil.legal_name, ref=pupil.ref),  # as in the week’s files: the school’s own register has it
        place=_("{days}, since {start}").format(days=days, start=show_date(place.start_date)),
        days=f"{charge.days:,}",
        times=f"{charge.times:,}" if charge.price is not None else "",
        price=priced_words(charge.price, place.price_per),
        amount=pounds(charge.amount) if charge.amount is not None else "",
    )


def counted_notes(counted: Iterable[Charge[Any]]) -> list[str]:
    """How places were counted, and of how many no amount could be: the same words for what is owed to the unit and by it."""
    notes = [
        _(
            "Counted are the school days of the unit on which the place was agreed and the pupil was on roll here, whether the pupil came or not; a price for a session counts for each session agreed on such a day, one for a week once in each week with one."
        )
    ]
    if lacking := sum(charge.price is None for charge in counted):
        notes.append(_("Without a price, and so without an amount: {places}.").format(places=count_of(lacking, _("place"), _("places"))))
    return notes


def still_to_come(desk: Desk, term: Term) -> list[str]:
    """How many school days of a half-term that runs are counted before they come."""
    number = len(calendars.school_calendar(desk.vault).school_days(max(term.start, desk.today + timedelta(days=1)), term.end))
    words = _("The half-term is not over: of its school days, {number} still to come, counted as it is agreed today.")
    return [words.format(number=count_of(number, _("is"), _("are")))] if number else []


def priced_words(price: Decimal | None, price_per: str | None) -> str:
    """«£95.00 a day»; «not agreed» for none."""
    if price is None:
        return _("not agreed")
    return _("{price} {per}").format(price=pounds(price), per=codelist("price_per").label_of(price_per).lower())
