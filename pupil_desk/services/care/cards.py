"""First-aid cards and the sheet of emergency contacts: only the items that the purpose needs, and no address.

A contact whom an order or restriction names is never on them.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _
from pupil_desk.documents.paper_of_pupils import PaperOfPupils
from pupil_desk.documents.papers import first_aid_card
from pupil_desk.documents.papers.first_aid_card import Caller, FirstAidCard, KnownCondition, Reachable
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.care.food_dangers import LAST_TURN, alerts_on_way_of, turn_of
from pupil_desk.domain.care.health import ALLERGY, DIETARY, HealthAnswer, HealthItem, HealthStanding, plan_of
from pupil_desk.domain.consents.consent import is_adult
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import PaperKind, PaperVisibility, Protection, kept_at_the_office, visibility_on
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.transport.receivers import BarredPeople
from pupil_desk.services.care import health_answers
from pupil_desk.services.consents import giving
from pupil_desk.services.consents.giving import GivingRule
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, plans, protections
from pupil_desk.store.tables import pupils as pupil_store

_HEALTHCARE = "healthcare"  # of the code list of plans
_PLAN_RUNS = _("There is an individual healthcare plan: ask the office for it.")
CALLERS_IN_A_CELL = 2
"""How many of those to call stand in one cell of a list."""


def first_aid(desk: Desk, ids: Collection[str]) -> PaperOfPupils:
    """The first-aid cards of those pupils as a story, whoever may be in danger first, and its title. That they were made is logged, a row for each."""
    desk.require(Action.READ_RECORD)
    vault, today = desk.vault, desk.today
    protections_by_pupil = protections.by_pupil(vault, today)
    on_cards = [
        pupil
        for pupil in pupil_store.some(vault, ids)
        if visibility_on(PaperKind.FIRST_AID, protections_by_pupil[pupil.id]) is not PaperVisibility.LEFT_OUT
    ]
    ids_on_cards = {pupil.id for pupil in on_cards}
    answer, people = health_answers.answers(vault, ids_on_cards), contacts.by_pupil(vault, ids_on_cards)
    answers = sorted(((pupil, answer(pupil, today)) for pupil in on_cards), key=lambda pair: turn_of(pair[1]))
    giving_rule = giving.rule_for(desk, [medicine for _pupil, health in answers for medicine in health.medicines], today)
    plans_running = plans.kinds_running(vault, today, ids_on_cards)
    cards = [
        _card(
            pupil,
            health,
            people[pupil.id],
            protections_by_pupil[pupil.id],
            giving_rule=giving_rule,
            has_plan=_HEALTHCARE in plans_running.get(pupil.id, ()),
            is_adult=is_adult(pupil.dob, today),
        )
        for pupil, health in answers
    ]
    log_each(desk, on_cards, "first-aid card made")
    gravest_first = any(turn_of(health) < LAST_TURN for _pupil, health in answers[:-1])
    imprint = f"{made_by(desk)} {_('No photograph is printed.')}"
    story = first_aid_card.story(cards, imprint, gravest_first=gravest_first)
    return PaperOfPupils(story, _("First-aid card"), ids_on_cards)


def emergency_contacts(desk: Desk, ids: Collection[str] | None = None) -> PaperOfPupils:
    """The sheet of emergency contacts of those pupils, or of all on roll, and its title. That it was made is logged."""
    desk.require(Action.READ_RECORD)
    listed_pupils = pupils.on_roll(desk, desk.today) if ids is None else pupil_store.some(desk.vault, ids)
    people, protections_by_pupil = contacts.by_pupil(desk.vault), protections.by_pupil(desk.vault, desk.today)
    listed_pupils = [
        pupil
        for pupil in listed_pupils
        if visibility_on(PaperKind.EMERGENCY_CONTACTS, protections_by_pupil[pupil.id]) is not PaperVisibility.LEFT_OUT
    ]
    names = names_listed(listed_pupils)
    rows = [
        Reachable(
            names[pupil.id],
            callers_on_paper(PaperKind.EMERGENCY_CONTACTS, people[pupil.id], protections_by_pupil[pupil.id]),
            kept_back=bool(BarredPeople.among(people[pupil.id], protections_by_pupil[pupil.id]).barred),
        )
        for pupil in listed_pupils
    ]
    log_each(desk, listed_pupils, "emergency contacts made")
    story = first_aid_card.emergency_contacts(rows, made_by(desk))
    return PaperOfPupils(story, _("Emergency contacts"), [pupil.id for pupil in listed_pupils])


def _card(
    pupil: Pupil,
    answer: HealthAnswer,
    people: Sequence[Contact],
    pupil_protections: Sequence[Protection],
    *,
    giving_rule: GivingRule,
    has_plan: bool,
    is_adult: bool,
) -> FirstAidCard:
    dangers = alerts_on_way_of(answer)
    to_call = callers_on_paper(PaperKind.FIRST_AID, people, pupil_protections)
    ask = _("the pupil") if is_adult else whom_to_ask(to_call)
    return FirstAidCard(
        name=named_with_boxes(
            pupil.legal_name if pupil.legal_name == pupil.full_name else f"{pupil.full_name} ({pupil.legal_name})", pupil.ref
        ),
        born_and_year=_birthday_and_year(pupil),
        conditions=[
            *(_danger(item, giving_rule.cautions(item, answer), giving_rule.steps(item, answer)) for item in dangers),
            *(_card_item(item) for item in answer.items if item.kind != DIETARY and item not in dangers),
            *(KnownCondition(capital(health_answers.disability_words(disability))) for disability in answer.disabilities),
        ],
        diet=[item.what for item in answer.items if item.kind == DIETARY and item not in dangers],
        notes=answer.notes,
        medicines=[
            (row.name, _("{dose}, {taken}").format(dose=row.dose, taken=begun_small(row.taken)), giving_rule.kept_at(row))
            for row in answer.medicines
        ],
        callers=to_call,
        nothing_recorded_words=_sentence(health_answers.nothing_recorded_words(answer, ask), answer),
        sure=answer.standing is HealthStanding.NONE_SAID,
        also=" ".join(filter(None, (_PLAN_RUNS if has_plan else "", _not_said(answer, ask)))),
        kept_back=bool(BarredPeople.among(people, pupil_protections).barred),
    )


def _danger(item: HealthItem, cautions: Sequence[str], steps: Sequence[str]) -> KnownCondition:
    lead, words = health_answers.heading_of(item)
    return KnownCondition(words, steps, plan_of(item), lead, cautions)


def _birthday_and_year(pupil: Pupil) -> str:
    """The birthday and the year group, by which a first aider knows that the card is the right one."""
    born = _("Born {day}").format(day=show_date(pupil.dob))
    return _("{born}, year {year}").format(born=born, year=pupil.year_group) if pupil.year_group else born


def _sentence(words: str, answer: HealthAnswer) -> str:
    if not words:
        return ""
    if answer.standing is HealthStanding.NONE_SAID:
        return _("Allergies, conditions, medicines, diet: {words}.").format(words=begun_small(words))
    return _("Health: {words}.").format(words=begun_small(words))


def _not_said(answer: HealthAnswer, ask: str) -> str:
    """What a card with something on it leaves open: that nothing else is recorded does not say that there is nothing else."""
    if answer.standing is not HealthStanding.HELD:
        return ""
    if not health_answers.unsaid(answer):
        return _("This is all that is recorded; it does not say that there is nothing else.")
    return _("Nothing is recorded of allergies and conditions; that there are none, nobody has said. Ask {whom}.").format(
        whom=ask or _("the office")
    )


def whom_to_ask(callers: Sequence[Caller]) -> str:
    """The first to call, with the numbers: who is asked about what is not recorded. Empty for nobody, and where the office is asked first."""
    return f"{callers[0].name}: {callers[0].numbers}" if callers and callers[0].is_called else ""


def _card_item(item: HealthItem) -> KnownCondition:
    words = _("{kind}: {what}") if item.kind == ALLERGY else "{what}"
    return KnownCondition(
        words.format(kind=codelist("health_kind").label_of(item.kind), what=health_answers.item_words(item)), plan=plan_of(item)
    )


def reachable(people: Collection[Contact], pupil_protections: Collection[Protection]) -> list[Contact]:
    """Who can be called about a pupil, in order: whoever has a number, and nobody whom an order or restriction names."""
    return [contact for contact in BarredPeople.among(people, pupil_protections).unbarred if contact.mobile or contact.phone]


def office_first() -> Caller:
    """What stands before those to call where ``asks_office_first``."""
    return Caller(_("Before you ring anybody"), _("ask the office"), is_called=False)


def asks_office_first(people: Collection[Contact], pupil_protections: Collection[Protection]) -> bool:
    """Whether somebody can be called, and an order names nobody of them: whoever entered it may not have known who is meant."""
    return bool(reachable(people, pupil_protections)) and BarredPeople.among(people, pupil_protections).names_nobody


def people_to_call(people: Collection[Contact], pupil_protections: Collection[Protection]) -> list[Caller]:
    """Whom to call about a pupil, in order."""
    return [
        Caller(
            f"{contact.full_name}, {codelist('relationship').label_of(contact.relationship).lower()}",
            " / ".join(filter(None, (contact.mobile, contact.phone))),
        )
        for contact in reachable(people, pupil_protections)
    ]


def _callers(people: Collection[Contact], pupil_protections: Collection[Protection], most: int | None = None) -> list[Caller]:
    """Whom to call, no more of them than ``most``, and before them that the office is asked first, where it is."""
    to_call = people_to_call(people, pupil_protections)[:most]
    return [office_first(), *to_call] if asks_office_first(people, pupil_protections) else to_call


def callers_on_paper(paper: PaperKind, people: Collection[Contact], pupil_protections: Collection[Protection]) -> list[Caller]:
    """Whom to call about a pupil, as a paper of this kind may say it: nobody of one who stands by name alone."""
    return _callers(people, pupil_protections) if visibility_on(paper, pupil_protections) is PaperVisibility.EVERYTHING else []


def call_lines(paper: PaperKind, people: Collection[Contact], pupil_protections: Collection[Protection]) -> str:
    """The first two to call, a line each, for the cell of a list; of one who stands by name alone, that the office knows."""
    if visibility_on(paper, pupil_protections) is not PaperVisibility.EVERYTHING:
        return kept_at_the_office()
    to_call = _callers(people, pupil_protections, CALLERS_IN_A_CELL)
    return "\n".join(f"{caller.name}: {unbroken(caller.numbers)}" for caller in to_call)


def unbroken(numbers: str) -> str:
    """Telephone numbers that stay each on one line: the blanks inside them do not break."""
    return " / ".join(number.replace(" ", "\N{NO-BREAK SPACE}") for number in numbers.split(" / "))


def surname_first(pupil: Pupil) -> str:
    """The name as a list of pupils is ordered, with the forename that the pupil goes by; as it can be printed, so that nobody is missing."""
    return named_with_boxes(f"{pupil.surname}, {pupil.preferred_forename or pupil.forename}", pupil.ref)


def names_listed(pupils: Collection[Pupil]) -> dict[str, str]:
    """The names of a list by identity, surname first; two who would stand there alike are told apart by their birthdays."""
    names = {pupil.id: surname_first(pupil) for pupil in pupils}
    often = Counter(names.values())
    return {
        pupil.id: _("{name}, born {day}").format(name=names[pupil.id], day=show_date(pupil.dob))
        if often[names[pupil.id]] > 1
        else names[pupil.id]
        for pupil in pupils
    }


def made_by(desk: Desk) -> str:
    """What stands at the foot of a paper: which unit's, when and by whom it was printed."""
    return _("{unit}. Printed on {day} by {user}.").format(unit=desk.settings.name, day=show_date(desk.today), user=desk.user.name)


def log_each(desk: Desk, pupils: Sequence[Pupil], words: str) -> None:
    """Log that something was made about these pupils: a row for each."""
    if not pupils:
        return
    with desk.act(Action.READ_RECORD, "pupil", pupils[0].id, words) as work:
        for pupil in pupils[1:]:
            work.note(Action.READ_RECORD, "pupil", pupil.id, words)
