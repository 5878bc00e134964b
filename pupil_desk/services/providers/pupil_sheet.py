"""The sheet that tells a provider of its pupils: what the rule of sharing lets it be told, to none that the notice does not name, logged as told when printed.

The rule judges each place on the day on which the sheet is wanted: today, the first day of one that is still to come, the last of one that is over. Of health it tells what threatens life or is
severe, and what nobody has graded that may be either; that more is held is said, and no more of it; of reviews of the place the day and the decision of the last alone; of contacts who can be called, without an address and without anybody under an order.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.providers import pupil_sheet as layout
from pupil_desk.documents.providers.pupil_sheet import ProviderSheet
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.care.food_dangers import alerts_on_way_of, may_be_grave, rescue_medicines
from pupil_desk.domain.care.health import NO_STEPS, HealthAnswer, HealthItem
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.providers.provider import provider_key
from pupil_desk.domain.pupils.place_review import BoughtPlaceReview
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.protection import PaperKind
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.recipients import PROVIDERS
from pupil_desk.domain.sharing.sharing import Level
from pupil_desk.services.care import health_answers
from pupil_desk.services.care.cards import callers_on_paper
from pupil_desk.services.consents import giving
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.providers import providers
from pupil_desk.services.providers.providers import ProviderStanding
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import sharing
from pupil_desk.store.rows import several
from pupil_desk.store.tables import contacts, protections, pupils

_CONTACT = ("contact.surname", "contact.forename", "contact.relationship", "contact.phone", "contact.mobile")
_HEALTH = ("health_item.kind", "health_item.what", "health_item.severity", "health_item.emergency")
_OF_PLACE = ("start_date", "end_date", "sessions", "hours", "purpose", "review_day")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSheets:
    """The sheets for one provider: the name and the story of each pupil's, a paper by itself, their title and guard, and of each pupil the items that stand on it.
    ``left_out`` says of whom there is none, and why."""

    provider: str
    stories: Sequence[tuple[str, Sequence[Block]]]
    title: str
    guard: Guard
    items_by_pupil: dict[str, tuple[str, ...]]
    left_out: Sequence[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pupil, the places of which the provider is told, and the items, none of one who is left out; why, in a sentence."""

    pupil: Pupil
    placements: Sequence[Placement]
    items: Collection[str]
    reason: str

    @property
    def left_out(self) -> str:
        """Who is left out, and why; «» for one of whom it is told."""
        return "" if self.items else _("{pupil}: {reason}").format(pupil=self.pupil.full_name, reason=self.reason)


def protected_pupils(desk: Desk, standing: ProviderStanding) -> list[Pupil]:
    """Those with a place at a provider of whom the rule lets it be told, and who are protected: a sheet is made only once somebody has said so. Raises NotAllowed;
    WrongUse for a provider that the notice does not name."""
    protections_by_pupil = protections.by_pupil(desk.vault, desk.today)
    every_id = frozenset(standing.pupil_ids)
    return [
        judged_pupil.pupil
        for judged_pupil in judged(desk, standing, every_id)
        if judged_pupil.items and protections_by_pupil[judged_pupil.pupil.id]
    ]


def judged(desk: Desk, standing: ProviderStanding, confirm: Collection[str] = ()) -> list[Judged]:
    """Those with a place at a provider; of a protected pupil it is told only where ``confirm`` has the pupil. Raises NotAllowed; WrongUse for one that the notice does not name."""
    desk.require(Action.EXPORT)
    if words := providers.not_named(desk, standing.name):
        raise WrongUse(words)
    every_judged = [_judge(desk, standing, pupil) for pupil in pupils.some(desk.vault, standing.pupil_ids)]
    protections_by_pupil = protections.by_pupil(desk.vault, desk.today)
    return [
        replace(judged_pupil, items=frozenset(), reason=_("protected, and not confirmed."))
        if judged_pupil.items and judged_pupil.pupil.id not in confirm and protections_by_pupil[judged_pupil.pupil.id]
        else judged_pupil
        for judged_pupil in every_judged
    ]


def told_of(every_judged: Iterable[Judged]) -> list[Judged]:
    """Those of whom it is told. Raises WrongUse, saying why, where nobody is left."""
    every_judged_pupil = list(every_judged)
    if not (told_pupils := [judged_pupil for judged_pupil in every_judged_pupil if judged_pupil.items]):
        raise WrongUse(" ".join(judged_pupil.left_out for judged_pupil in every_judged_pupil) or _("Nobody has a place at this provider."))
    return told_pupils


def _judge(desk: Desk, standing: ProviderStanding, pupil: Pupil) -> Judged:
    """Of several places those of which it may be told, and of each what may be told of all of them."""
    decisions, reason = [], ""
    for placement in standing.placements:
        if placement.pupil_id != pupil.id:
            continue
        day = min(max(desk.today, placement.start_date), placement.end_date or date.max)
        decision = sharing.decision_for(desk, pupil.id, PROVIDERS, day)
        if decision is not None and decision.level is not Level.NONE:
            decisions.append((placement, decision))
        reason = reason or (decision.reason if decision is not None else _("The pupil is not on roll on {day}.").format(day=show_date(day)))
    if not decisions:
        return Judged(pupil, (), frozenset(), reason)
    items = frozenset.intersection(*(frozenset(decision.items) for _placement, decision in decisions))
    return Judged(pupil, [placement for placement, _decision in decisions], items, decisions[0][1].reason)


def sheets(desk: Desk, standing: ProviderStanding, confirm: Collection[str] = ()) -> ProviderSheets:
    """The sheets of those who have a place at a provider; of a protected pupil only where ``confirm`` has the pupil. Raises NotAllowed; WrongUse for a provider that the notice does not name,
    or where nobody is left of whom it may be told."""
    every_judged = judged(desk, standing, confirm)
    answer = health_answers.answers(desk.vault, set(standing.pupil_ids))
    sheets_by_pupil = {
        judged_pupil.pupil.id: _sheet(desk, judged_pupil, standing.name, answer(judged_pupil.pupil, desk.today))
        for judged_pupil in told_of(every_judged)
    }
    return ProviderSheets(
        provider=standing.name,
        stories=[(sheet.pupil, layout.story(sheet)) for sheet, _items in sheets_by_pupil.values()],
        title=_("Sheets for a provider"),
        guard=guard(desk, set(sheets_by_pupil), "sheet for a provider"),
        items_by_pupil={pupil_id: items for pupil_id, (_story, items) in sheets_by_pupil.items()},
        left_out=[judged_pupil.left_out for judged_pupil in every_judged if judged_pupil.left_out],
    )


def log_print(desk: Desk, made_sheets: ProviderSheets) -> None:
    """Log that the sheets went to the printer, and what they tell of whom."""
    told = disclosures.of_paper(PROVIDERS, made_sheets.provider, _("Sheet for a provider"), made_sheets.items_by_pupil)
    disclosures.keep_printed(desk, "sheet for a provider printed", told)


def _sheet(desk: Desk, judged_pupil: Judged, provider: str, answer: HealthAnswer) -> tuple[ProviderSheet, tuple[str, ...]]:
    """The sheet, and the items that stand on it."""
    pupil, allowed = judged_pupil.pupil, judged_pupil.items
    people, own_protections = contacts.of_pupil(desk.vault, pupil.id), protections.of_pupil(desk.vault, pupil.id, desk.today)
    callers = callers_on_paper(PaperKind.PROVIDER_SHEET, people, own_protections) if set(_CONTACT) <= set(allowed) else []
    may_tell_health = set(_HEALTH) <= set(allowed)
    on_way = alerts_on_way_of(answer) if may_tell_health else ()
    grave = [item for item in on_way if may_be_grave(item)]
    giving_rule = giving.rule_for(desk, answer.medicines, desk.today)
    reviews = [
        review
        for review in several.of_pupil(desk.vault, BoughtPlaceReview, pupil.id)
        if provider_key(review.provider) == provider_key(provider)
    ]
    facts = [(path, fact) for path, fact in _facts(pupil, judged_pupil.placements, reviews) if path in allowed]
    sheet = ProviderSheet(
        pupil=named_with_boxes(pupil.full_name, pupil.ref),
        provider=provider,
        facts=[fact for _path, fact in facts],
        alerts=[
            *(health_answers.alert_words(item, giving_rule.steps(item, answer)) for item in grave),
            *(_more_of_health(answer, grave) if may_tell_health else ()),
        ],
        nothing_grave=_("Nothing grave is recorded; that does not say that there is nothing. Ask the unit.")
        if may_tell_health
        else _("What is held of health is not told here: ask the unit before the pupil comes."),
        callers=[(caller.name, caller.numbers) for caller in callers],
        unit=desk.settings.name,
        phone=desk.settings.phone or "",
        foot=_(
            "{unit}. Printed on {day}. For those who teach the pupil there alone: keep it locked away, and shred it when the place ends."
        ).format(unit=desk.settings.name, day=show_date(desk.today)),
    )
    names = tuple(path for path in ("pupil.surname", "pupil.forename", "pupil.preferred_forename") if path in allowed)
    paths = dict.fromkeys(path for path, _fact in facts)
    return sheet, (*names, *paths, *(_CONTACT if callers else ()), *(_HEALTH if grave else ()))


def _more_of_health(answer: HealthAnswer, grave: Sequence[HealthItem]) -> Iterator[str]:
    """That more is held than may be told here: whoever has the pupil for a day asks before that."""
    if rescue_medicines(answer):
        yield _("A medicine for an emergency is held: ask the unit before the pupil comes. {steps}").format(steps=NO_STEPS)
    if answer.notes or answer.medicines or answer.disabilities or len(grave) < len(answer.items):
        yield _("More is recorded of health: ask the unit before the pupil comes.")


def _facts(pupil: Pupil, placements: Iterable[Placement], reviews: Sequence[BoughtPlaceReview]) -> Iterator[tuple[str, tuple[str, str]]]:
    """With the path of each item, its label and what it says, of place after place; nothing of an item that is empty."""
    yield "pupil.dob", (_("Born"), show_date(pupil.dob))
    if pupil.year_group:
        yield "pupil.year_group", (_("Year group"), codelist("year_group").label_of(pupil.year_group))
    needs = [codelist("sen_need").label_of(need) if need else "" for need in (pupil.sen_need_1, pupil.sen_need_2)]
    if pupil.sen_provision:
        yield "pupil.sen_provision", (_("Support for special needs"), codelist("sen_provision").label_of(pupil.sen_provision))
    for name, need in zip(("sen_need_1", "sen_need_2"), needs, strict=True):
        if need:
            yield f"pupil.{name}", (item_named(Pupil, name).label, need)
    for placement, name in product(placements, _OF_PLACE):
        value = getattr(placement, name)
        if value is not None:
            words = value if isinstance(value, str) else show_date(value)
            yield f"placement.{name}", (item_named(Placement, name).label, words)
    if reviews:
        last = reviews[-1]
        yield "bought_place_review.day", (item_named(BoughtPlaceReview, "day").label, show_date(last.day))
        decision = codelist("bought_place_decision").label_of(last.decision)
        yield "bought_place_review.decision", (item_named(BoughtPlaceReview, "decision").label, decision)
