"""What the unit owes a provider for a half-term, by what was agreed and the school days: a statement for the office, to hold an invoice against.

It stays in the unit: what is said to a provider of a pupil is told by its sheet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.money import pounds
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.schools import charges as layout
from pupil_desk.domain.providers.provider import provider_key
from pupil_desk.domain.providers.provider_return import CAME, ProviderReturn
from pupil_desk.domain.pupils.enrolment import on_roll
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.schools.charges import Charge, charges, total
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services import guard
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard
from pupil_desk.services.providers.providers import ProviderStanding
from pupil_desk.services.roles import Action
from pupil_desk.services.schools.charging import counted_notes, priced_words, still_to_come
from pupil_desk.services.unit import calendars
from pupil_desk.store.rows import several
from pupil_desk.store.tables import enrolments, pupils
from pupil_desk.store.tables import providers as store


@dataclass(frozen=True, slots=True, kw_only=True)
class CostStatement:
    """The statement about one provider: the cost of each pupil's place, with the sessions that were attended by its returns, the sum in pounds, its story, title and guard."""

    costs: Sequence[tuple[Pupil, Charge[Placement], int]]
    sum: Decimal
    story: Sequence[Block]
    title: str
    guard: Guard


def statement(desk: Desk, standing: ProviderStanding, term: Term) -> CostStatement:
    """What the unit owes a provider for a half-term. Raises NotAllowed."""
    desk.require(Action.EXPORT)
    days = calendars.school_calendar(desk.vault).school_days(term.start, term.end)
    placements = {
        pupil_id: own_placements
        for pupil_id, every_placement in several.by_pupil(desk.vault, Placement).items()
        if (own_placements := [place for place in every_placement if provider_key(place.provider) == standing.id])
    }
    stays = enrolments.by_pupil(desk.vault, list(placements))
    returns_by_pupil = store.returns(desk.vault, term.start, term.end, list(placements))
    placed = pupils.some(desk.vault, list(placements))
    costs = [
        (pupil, charge, _attended(returns_by_pupil.get(pupil.id, ()), charge.place))
        for pupil in placed
        for charge in charges(placements[pupil.id], [day for day in days if on_roll(stays[pupil.id], day)])
    ]
    sum_ = total(charge for _pupil, charge, _sessions in costs)
    without_days = [
        pupil.full_name
        for pupil in placed
        if any(not place.sessions and place.spans(term.start, term.end) for place in placements[pupil.id])
    ]
    return CostStatement(
        costs=costs,
        sum=sum_,
        story=layout.story(
            None,
            _("{since} to {until}").format(since=show_date(term.start), until=show_date(term.end)),
            [_row(*cost) for cost in costs],
            pounds(sum_),
            _notes(costs, without_days, still_to_come(desk, term)),
            made_on=show_date(desk.today),
            title=_("Cost of places bought at {provider}: for the office").format(provider=standing.name),
            nothing=_("Nothing is counted in this half-term."),
        ),
        title=_("Cost of places bought"),
        guard=guard.guard(desk, {pupil.id for pupil, _charge, _sessions in costs}, "cost of places bought"),
    )


def log_print(desk: Desk, cost_statement: CostStatement) -> None:
    """Log that a statement was printed: how many places it names."""
    desk.log(Action.EXPORT, "provider", "", f"cost of places printed: {len(cost_statement.costs)} places")


def _attended(own_returns: Iterable[ProviderReturn], place: Placement) -> int:
    """How many sessions of one place its pupil attended, by the returns."""
    return sum(
        provider_key(each.provider) == provider_key(place.provider) and each.outcome in CAME and place.expects(each.day, each.session)
        for each in own_returns
    )


def _notes(costs: Sequence[tuple[Pupil, Charge[Placement], int]], without_days: Sequence[str], to_come: Sequence[str]) -> list[str]:
    """How it was counted, and of what nothing was."""
    notes = [*counted_notes(charge for _pupil, charge, _sessions in costs), *to_come, _("For the office: it is not for the provider.")]
    if without_days:
        notes.append(
            _("Days and sessions are not entered, and so nothing is counted: {pupils}.").format(pupils=join_words([*without_days]))
        )
    return notes


def _row(pupil: Pupil, charge: Charge[Placement], sessions: int) -> layout.ChargeRow:
    place = charge.place
    words = _("{days}, since {start}; sessions attended: {sessions}").format(
        days=place.sessions or "", start=show_date(place.start_date), sessions=sessions
    )
    return layout.ChargeRow(
        pupil=_("{name} ({ref})").format(name=pupil.full_name, ref=pupil.ref),
        place=words,
        days=f"{charge.days:,}",
        times=f"{charge.times:,}" if charge.price is not None else "",
        price=priced_words(charge.price, place.price_per),
        amount=pounds(charge.amount) if charge.amount is not None else "",
    )
