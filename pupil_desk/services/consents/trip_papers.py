"""What a form for one trip says beside its question: what is held of health, and whom we call; with room to correct it.

The printed list for the leader of a trip: only what a leader needs, and nobody whom an order keeps away.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import trip_list
from pupil_desk.documents.papers.consent_form import ConsentBox, OnTheTrip
from pupil_desk.documents.papers.trip_list import BASE, LYING, TripList, TripPupil
from pupil_desk.domain.care.food_dangers import LAST_TURN, alerts_on_way_of, turn_of
from pupil_desk.domain.care.health import DIETARY, HealthAnswer, HealthStanding, plan_of
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.consents.rule import judged_on
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.protection import PaperKind, PaperVisibility, is_place_secret, visibility_on
from pupil_desk.services.care import cards, health_answers
from pupil_desk.services.care.cards import unbroken
from pupil_desk.services.consents import giving, occasions, standings, wrong_medicines
from pupil_desk.services.consents.giving import GivingRule
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.consents.wrong_medicines import WRONG, WrongBox
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import plan_papers
from pupil_desk.store.tables import contacts, protections

TRIP = "trip"
"""The type of consent to an occasion on which the unit goes out with pupils."""


def on_the_trip(desk: Desk, letter: Letter, forename: str, wrong: Sequence[WrongBox]) -> OnTheTrip:
    """What stands on the form for one household, or for the pupil; each household is shown its own numbers alone. ``wrong`` are the boxes of medicines."""
    numbers = [(contact.full_name, unbroken(" / ".join(filter(None, (contact.mobile, contact.phone))))) for contact in letter.contacts]
    answer, giving_rule = _answer(desk, letter), giving.rule_of_pupil(desk, letter.pupil.id)
    return OnTheTrip(
        health=_health(answer, giving_rule),
        wrong=[ConsentBox(f"{box.question}/{WRONG}", box.words) for box in wrong],
        diet="\n".join(item.what for item in answer.items if item.kind == DIETARY),
        effect=_effect(
            forename,
            wrong_medicines.effect(forename, agreed=bool(giving_rule.agreed_until), has_boxes=bool(wrong)),
            to_pupil=not letter.contacts,
        ),
        has_medicines=bool(answer.medicines),
        numbers=[(name, number or _("no number")) for name, number in numbers],
    )


def _effect(forename: str, if_wrong: str, *, to_pupil: bool) -> str:
    """What the lines do, by the rule: the answer is kept as it is ticked, and only what is agreed to in writing is given.

    That somebody comes is promised to nobody here: a parent’s yes may have another’s no beside it, which only its giver takes back.
    """
    goes = _("you come") if to_pupil else _("{name} comes")
    words = _(
        "What is written here or left empty does not change whether {goes}, even if we cannot ask you first. "
        "A medicine written here is given only after a yes on its own form. "
        "Somebody else to call is called on this trip alone, if nobody above answers."
    ).format(goes=goes.format(name=forename))
    return f"{words} {if_wrong}".strip()


def items_told(desk: Desk, letter: Letter) -> tuple[str, ...]:
    """The items of the catalogue that it tells, where something is held."""
    answer = _answer(desk, letter)
    items = ["pupil.medical"] if answer.notes else []
    items += ["health_item.what", "health_item.severity"] if answer.items else []
    items += ["medicine.name", "medicine.dose", "medicine.taken"] if answer.medicines else []
    items += ["disability.disability"] if answer.disabilities else []
    items += [f"contact.{name}" for name in ("mobile", "phone") if any(getattr(contact, name) for contact in letter.contacts)]
    return tuple(items)


def _answer(desk: Desk, letter: Letter) -> HealthAnswer:
    return health_answers.answers(desk.vault, [letter.pupil.id])(letter.pupil, desk.today)


def _health(answer: HealthAnswer, giving_rule: GivingRule) -> str:
    """All but the diet, a line each, with the kind of each: «Allergy, severe: Penicillin»; and what nobody has told us, which is not that there is none."""
    item_lines = [health_answers.item_with_kind(item) for item in answer.items if item.kind != DIETARY]
    lines = [
        *item_lines,
        *map(health_answers.disability_words, answer.disabilities),
        *([answer.notes] if answer.notes else []),
        *map(giving_rule.words_of, answer.medicines),
    ]
    if answer.standing is HealthStanding.NONE_SAID:
        return health_answers.nothing_recorded_words(answer)
    return "\n".join(map(capital, (*lines, *_not_known(answer))))


def _not_known(answer: HealthAnswer) -> list[str]:
    """What nobody has told us of, each with its own line to write on: “none known” on one says nothing of the other."""
    health, medicines = not answer.held or health_answers.unsaid(answer), not answer.medicines
    if health and medicines:
        return [
            _(
                "Not known: allergies and conditions; medicines. Please write on the lines “Health” and “Medicines”; “none known” counts for its line alone, and an empty line stays not known."
            )
        ]
    missing = (_("allergies and conditions"), _("Health")) if health else (_("medicines"), _("Medicines")) if medicines else None
    if missing is None:
        return []
    words = _("Not known: {what}. Please write on the line “{line}”, or “none known”; empty, it stays not known.")
    return [words.format(what=missing[0], line=missing[1])]


__all__ = ["BASE", "LYING", "log_printed", "paper"]

_NO = frozenset({ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN})
_SILENT = frozenset({ConsentStatus.LAPSED, ConsentStatus.WAITING})


def _by_gravity(rows: Sequence[PupilConsent], health: Mapping[str, HealthAnswer]) -> list[PupilConsent]:
    """In the order of the paper: whose health weighs most first, and of those of one weight as they came."""
    return sorted(rows, key=lambda row: turn_of(health[row.pupil.id]))


def _health_of(desk: Desk, rows: Sequence[PupilConsent], first_day: date, last_day: date) -> dict[str, HealthAnswer]:
    """What is to be known of each on any day of the trip."""
    answer = health_answers.answers(desk.vault, {row.pupil.id for row in rows})
    return {row.pupil.id: answer(row.pupil, first_day, last_day) for row in rows}


def paper(desk: Desk, occasion_id: str) -> tuple[list[Block], str]:
    """The list as a story, behind it the one-page profiles of those who come, and its title. Logged by ``log_printed``. Raises NotAllowed, WrongUse."""
    occasion, rows = occasions.occasion(desk, occasion_id), standings.of_occasion(desk, occasion_id)
    if occasion.consent_type != TRIP:
        raise WrongUse(_("The list for the leader is of trips alone: whoever else is told has no more than the consent says."))
    last_day = judged_on(desk.today, occasion)
    first_day = min(max(desk.today, occasion.start or desk.today), last_day)
    people, protections_by_pupil = contacts.by_pupil(desk.vault), protections.by_pupil(desk.vault, desk.today, first_day, last_day)
    rows = [row for row in rows if visibility_on(PaperKind.TRIP, protections_by_pupil[row.pupil.id]) is not PaperVisibility.LEFT_OUT]
    health = _health_of(desk, rows, first_day, last_day)
    rows = _by_gravity(rows, health)
    giving_rule = giving.rule_for(desk, [medicine for answer in health.values() for medicine in answer.medicines], first_day, last_day)
    names = cards.names_listed(list({row.pupil.id: row.pupil for row in rows}.values()))
    coming = [
        TripPupil(
            names[row.pupil.id],
            *_health_words(health[row.pupil.id], giving_rule),
            cards.call_lines(PaperKind.TRIP, people[row.pupil.id], protections_by_pupil[row.pupil.id]),
            protected=is_place_secret(protections_by_pupil[row.pupil.id]),
        )
        for row in rows
        if row.verdict.in_force
    ]
    warning = (
        _(
            "Someone on this list is protected. On the way keep it with you, and show it to nobody outside the unit; back here, lock it away."
        )
        if any(row.protected for row in rows)
        else ""
    )
    trip = TripList(
        title=occasion.name,
        days=occasion.days,
        occasion=occasion.about or "",
        coming=coming,
        staying=[names[row.pupil.id] for row in rows if row.verdict.standing in _NO],
        silent=[names[row.pupil.id] for row in rows if row.verdict.standing in _SILENT],
        unasked=[names[row.pupil.id] for row in rows if row.verdict.standing is ConsentStatus.NOT_ASKED],
        imprint=cards.made_by(desk),
        ring=unbroken(desk.settings.phone or ""),
        warning=warning,
        gravest_first=any(turn_of(health[row.pupil.id]) < LAST_TURN for row in [row for row in rows if row.verdict.in_force][:-1]),
    )
    going = {row.pupil.id: row.pupil for row in rows if row.verdict.in_force}
    return [*trip_list.story(trip), *plan_papers.to_take(desk, going.values(), first_day, last_day)], occasion.name


def _health_words(answer: HealthAnswer, giving_rule: GivingRule) -> tuple[tuple[tuple[str, ...], ...], str]:
    """What may be an emergency, each with what to do; then all else that is held, a line each, and what nobody has said; where nothing is held, who
    said so, or that it must be asked.
    """
    medicine_lines = [
        _("takes {name}, {dose}, {taken}; kept: {place}").format(
            name=medicine.name, dose=medicine.dose, taken=begun_small(medicine.taken), place=giving_rule.kept_at(medicine)
        )
        for medicine in answer.medicines
    ]
    dangers = alerts_on_way_of(answer)
    other_lines = [
        ". ".join(filter(None, (health_answers.item_with_kind(item), plan_of(item)))) for item in answer.items if item not in dangers
    ]
    lines = (*other_lines, answer.notes, *medicine_lines, *map(health_answers.disability_words, answer.disabilities))
    words = "\n".join(filter(None, (*lines, health_answers.open_words(answer))))
    danger_lines = tuple(
        health_answers.danger_lines(item, giving_rule.cautions(item, answer), giving_rule.steps(item, answer)) for item in dangers
    )
    return danger_lines, words or health_answers.short_words(answer)


def log_printed(desk: Desk, rows: Sequence[PupilConsent]) -> None:
    """Log that the list was printed: a row a pupil."""
    cards.log_each(desk, list({row.pupil.id: row.pupil for row in rows}.values()), "trip list printed")
