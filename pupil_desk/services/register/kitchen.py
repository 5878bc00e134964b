"""The kitchen list of now: who is in by the register or expected, or may come, what they must not have, and how many of each diet.

Names are as short as tells pupils apart, and no year, number or entitlement to free meals stands on it. A pupil with nothing that the kitchen
must know is only counted. Counted are those who are in, and those without a mark whom nothing keeps away in this session: no timetable, no suspension, no
leave, no place at a provider. Who is not in now and may still come for lunch is named where the kitchen must know something, and not counted; how many
of these a plan keeps away in the morning alone is said, for they are expected in the afternoon.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers.day import kitchen as layout
from pupil_desk.documents.papers.day.kitchen import KitchenLine, KitchenList
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.care.food_dangers import (
    allergy_medicines,
    concerns_kitchen,
    foods_of,
    foods_of_notes_alone,
    is_alert,
    is_bare_condition,
    is_ungraded_danger,
    tells_allergy,
)
from pupil_desk.domain.care.health import ALLERGY, NO_STEPS, HealthAnswer, HealthItem, HealthStanding, gravity_turn, in_one_line, plan_of
from pupil_desk.domain.care.health_words import foods_in_words, read_words
from pupil_desk.domain.leave.leave_request import leave_given_codes
from pupil_desk.domain.providers.provider_return import OFF_SITE
from pupil_desk.domain.pupils.details_check import DetailsCheck
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.protection import PaperKind, PaperVisibility, visibility_on
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import CLOSED, DUAL, PART_TIME, Session
from pupil_desk.services.care import health_answers
from pupil_desk.services.care.cards import names_listed
from pupil_desk.services.consents import giving
from pupil_desk.services.consents.giving import GivingRule
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.register import RegisterRow, evacuation
from pupil_desk.services.register.evacuation import RollCall
from pupil_desk.services.roles import Action
from pupil_desk.services.suspensions.marks import SUSPENDED
from pupil_desk.store.rows import several
from pupil_desk.store.tables import protections, pupils

_UNGRADED_DIET = 9  # after whatever is graded
_UNGRADED_NOTE = gravity_turn(HealthItem(kind=ALLERGY, what=""))  # as an allergy that nobody has graded


@dataclass(frozen=True, slots=True)
class KitchenPaper:
    """The list as a story, its title, the guard of those whom it names, and of which day, with how many in and how many named."""

    story: list[Block]
    title: str
    guard: Guard
    day: date
    number: int
    named: int


@dataclass(frozen=True, slots=True)
class _Diner:
    """One pupil as the kitchen must know of him or her: ``foods`` is what of health concerns it, the gravest first; and whether the family wrote corrections that nobody has entered."""

    pupil: Pupil
    answer: HealthAnswer
    corrections_wait: bool
    foods: list[HealthItem]
    giving_rule: GivingRule

    @property
    def is_named(self) -> bool:
        """Whether there is more to say of the pupil than that one more eats."""
        return bool(self.foods or self.answer.notes or self.corrections_wait or self.has_unexplained_medicine)

    @property
    def is_unsaid(self) -> bool:
        """Whether nobody has said, or not for long, which allergies there are: a condition to no food, as a diet, says nothing of them."""
        if self.answer.standing is HealthStanding.HELD:
            return not self.answer.notes and not any(tells_allergy(row) or foods_of(row) for row in self.answer.items)
        return self.answer.standing is not HealthStanding.NONE_SAID

    @property
    def notes_tell_allergy(self) -> bool:
        """Whether the medical notes speak of an allergy or an allergen, and do not only deny it."""
        return read_words(self.answer.notes).tells_allergy

    @property
    def has_unexplained_medicine(self) -> bool:
        """Whether a medicine speaks of an allergic reaction, and no allergy that concerns the kitchen is held to which it may belong."""
        return bool(allergy_medicines(self.answer)) and not any(tells_allergy(row) for row in self.foods)

    @property
    def is_grave(self) -> bool:
        """Whether something to eat may kill or badly hurt the pupil, as far as anybody has said."""
        return self.notes_tell_allergy or self.has_unexplained_medicine or any(map(_may_be_grave, self.foods))

    @property
    def foods_of_notes(self) -> tuple[str, ...]:
        """The codes of the allergens that only the medical notes speak of: how grave they are nobody has said."""
        return foods_of_notes_alone(self.answer.notes, self.answer.items)

    @property
    def turn(self) -> int:
        turns = [*map(_turn, self.foods), *([_UNGRADED_NOTE] if self.notes_tell_allergy or self.has_unexplained_medicine else [])]
        return min(turns, default=_UNGRADED_DIET)


def paper(desk: Desk) -> KitchenPaper:
    """The list of now; logged by ``log_print``. Raises NotAllowed."""
    call, placements = evacuation.roll_call(desk), several.by_pupil(desk.vault, Placement)  # the same register of now
    present_ids = {row.pupil_id for rows in call.in_building.values() for row in rows}
    saying = {
        row.pupil_id: _says_of_day(row, placements[row.pupil_id], call.moment.date())
        for row in (*call.elsewhere, *call.absent, *call.unmarked)
    }
    unmarked_ids = {row.pupil_id for row in call.unmarked if not saying[row.pupil_id][call.session]}
    later_ids = {
        pupil_id for pupil_id, codes in saying.items() if pupil_id not in unmarked_ids and not set(codes.values()) <= _not_coming()
    }
    afternoon_ids = _afternoon_ids(call, saying)
    diners = _diners(desk, present_ids | unmarked_ids | later_ids)
    named = [diner for diner in diners if diner.is_named]
    names = _short_names([diner.pupil for diner in diners])
    lines = {diner.pupil.id: _line(names[diner.pupil.id], diner, is_unmarked=diner.pupil.id in unmarked_ids) for diner in named}
    expected = [diner for diner in diners if diner.pupil.id not in later_ids]
    by_gravity = sorted(named, key=lambda diner: diner.turn)
    served = [diner for diner in by_gravity if diner.pupil.id not in later_ids]
    now = desk.clock.now().astimezone()
    imprint = _("{unit}. Made on {day} at {time} by {user}. For the kitchen alone: shred it after the meal.")
    content = KitchenList(
        when=_("{day}, {time}").format(day=show_date(call.moment.date()), time=f"{call.moment:%H:%M}"),
        session=_("morning") if call.session is Session.AM else _("afternoon"),
        number=len(present_ids),
        unmarked=len(unmarked_ids),
        afternoon=sum(1 for diner in diners if diner.pupil.id in afternoon_ids),
        grave=[lines[diner.pupil.id] for diner in served if diner.is_grave],
        others=[lines[diner.pupil.id] for diner in served if not diner.is_grave],
        later=[lines[diner.pupil.id] for diner in by_gravity if diner.pupil.id in later_ids],
        counts=_counts(expected),
        unknown=sum(1 for diner in expected if diner.is_unsaid),
        imprint=imprint.format(unit=desk.settings.name, day=show_date(now.date()), time=f"{now:%H:%M}", user=desk.user.name),
    )
    return KitchenPaper(
        story=layout.story(content),
        title=_("Kitchen list"),
        guard=guard(desk, {diner.pupil.id for diner in named}, "kitchen list", is_handed_out=True),
        day=call.moment.date(),
        number=len(present_ids),
        named=len(named),
    )


def _diners(desk: Desk, ids: Collection[str]) -> list[_Diner]:
    """Those of these pupils whom the list may tell of, by name."""
    protections_by_pupil = protections.by_pupil(desk.vault, desk.today)
    people = [
        pupil
        for pupil in pupils.some(desk.vault, ids)
        if visibility_on(PaperKind.KITCHEN, protections_by_pupil[pupil.id]) is not PaperVisibility.LEFT_OUT
    ]
    answer_of = health_answers.answers(desk.vault, {pupil.id for pupil in people})
    checks = several.by_pupil(desk.vault, DetailsCheck, {pupil.id for pupil in people})
    diners = []
    for pupil in people:
        answer = answer_of(pupil, desk.today)
        giving_rule = giving.rule_for(desk, answer.medicines, desk.today)
        foods = sorted((row for row in answer.items if concerns_kitchen(row)), key=_turn)
        diners.append(_Diner(pupil, answer, any(check.waits for check in checks[pupil.id]), foods, giving_rule))
    return diners


def _says_of_day(row: RegisterRow, placements: Sequence[Placement], day: date) -> dict[Session, str]:
    """What is said of each session of a day: by the mark, else by the timetable, else by a place at a provider; empty where the pupil is expected here."""
    said = {}
    for session in Session:
        cell = row.cells.get((day, session))
        is_at_provider = any(placement.expects(day, session) for placement in placements)
        said[session] = (
            (cell.code if cell is not None else "") or row.expected.get((day, session), "") or (OFF_SITE if is_at_provider else "")
        )
    return said


def _afternoon_ids(call: RollCall, saying: Mapping[str, Mapping[Session, str]]) -> set[str]:
    """In the morning, those who are elsewhere by a plan and whom nothing keeps away in the afternoon; nobody who is ill or of whom nobody knows why."""
    if call.session is not Session.AM:
        return set()
    absent_ids = {row.pupil_id for row in call.absent}
    return {
        pupil_id
        for pupil_id, codes in saying.items()
        if codes[Session.AM] and not codes[Session.PM] and (pupil_id not in absent_ids or codes[Session.AM] in _not_coming())
    }


def _not_coming() -> frozenset[str]:
    """The codes that say of a session, ahead of it, that the pupil does not come: the other school, a suspension, leave, a timetable, a closure."""
    return leave_given_codes() | {DUAL, SUSPENDED, PART_TIME, CLOSED}


def log_print(desk: Desk, printed: KitchenPaper) -> None:
    """Log that the list was printed or written: of which day, and how many it names."""
    desk.log(Action.CONTACT_SHEET, "register", "", f"kitchen list of {printed.day}: {printed.number} in, {printed.named} named")


def _short_names(people: Sequence[Pupil]) -> dict[str, str]:
    """First name and the first letter of the surname; the whole name where two would be alike, with the birthday where that is alike too."""
    short = {
        pupil.id: f"{pupil.preferred_forename or pupil.forename} {(pupil.preferred_surname or pupil.surname)[:1]}." for pupil in people
    }
    shorts = Counter(name.casefold() for name in short.values())
    fulls, with_birthdays = Counter(pupil.full_name.casefold() for pupil in people), names_listed(people)
    return {
        pupil.id: with_birthdays[pupil.id]
        if fulls[pupil.full_name.casefold()] > 1
        else named_with_boxes(short[pupil.id] if shorts[short[pupil.id].casefold()] == 1 else pupil.full_name, pupil.ref)
        for pupil in people
    }


def _line(name: str, diner: _Diner, *, is_unmarked: bool) -> KitchenLine:
    name = _("{name} (not marked yet)").format(name=name) if is_unmarked else name
    remarks = {
        _notes_words(diner): bool(diner.answer.notes),
        _("a medicine against an allergic reaction is held: ask the office"): diner.has_unexplained_medicine,
        _("allergies: nobody has said, ask the office"): diner.is_unsaid,
        _("corrections of the family wait: ask the office"): diner.corrections_wait,
    }
    foods = dict.fromkeys(map(_food_words, diner.foods))  # two conditions of which no more is said are one line
    return KitchenLine(name, [*foods, *(words for words, holds in remarks.items() if holds)], _steps_words(diner))


def _steps_words(diner: _Diner) -> str:
    """What to do, of each food by itself where there is more than one to say it of; of what may be grave without steps, what holds of everybody."""
    steps_by_food: dict[str, str] = {}
    for row in diner.foods:
        steps = in_one_line([*diner.giving_rule.steps(row, diner.answer), plan_of(row)]) or (NO_STEPS if _may_be_grave(row) else "")
        if steps:
            words = _bare_food_words(row)
            steps_by_food[words] = in_one_line(dict.fromkeys(filter(None, (steps_by_food.get(words, ""), steps))))
    if len(steps_by_food) > 1 and len(set(steps_by_food.values())) > 1:
        return "\n".join(_("{food}: {steps}").format(food=food, steps=steps) for food, steps in steps_by_food.items())
    return next(iter(steps_by_food.values()), NO_STEPS if diner.is_grave else "")


def _notes_words(diner: _Diner) -> str:
    """That there are medical notes, and of which food they speak; of what else, is not the kitchen's to know."""
    if diner.foods_of_notes:
        return _("medical notes speak of {foods}: ask the office").format(foods=foods_in_words(diner.foods_of_notes))
    if diner.notes_tell_allergy:
        return _("medical notes speak of an allergy: ask the office")
    return _("medical notes: ask the office")


def _turn(row: HealthItem) -> int:
    return _UNGRADED_DIET if row.severity is None and not is_ungraded_danger(row) else gravity_turn(row)


def _may_be_grave(row: HealthItem) -> bool:
    return is_alert(row) or is_ungraded_danger(row)


def _food_words(row: HealthItem) -> str:
    """What it is, and how severe."""
    words = _bare_food_words(row)
    severity = (
        codelist("severity").label_of(row.severity) if row.severity else _("How grave is not recorded") if is_ungraded_danger(row) else ""
    )
    return _("{severity}: {food}").format(severity=severity, food=words) if severity else words


def _bare_food_words(row: HealthItem) -> str:
    """What it is by its allergens and its diet, with what was written of it where that says more; of a bare condition that it is one."""
    if is_bare_condition(row):
        return _("a condition: ask the office")
    labels = [codelist(name).label_of(code) for name, code in _food_keys(row)]
    written = row.what if row.what.casefold() not in {label.casefold() for label in labels} else ""
    words = join_words(labels)
    return _("{code} ({words})").format(code=words, words=_without_brackets(written)) if words and written else words or written


def _without_brackets(words: str) -> str:
    """«No gluten, coeliac disease» for «No gluten (coeliac disease)»: it stands in brackets itself."""
    return re.sub(r"\s*\(", ", ", words).replace(")", "").removeprefix(", ")


def _food_keys(row: HealthItem) -> list[tuple[str, str]]:
    """By which lists it counts, and the code of each: allergens, a diet, both or neither."""
    return [*(("allergen", code) for code in foods_of(row)), *([("diet", row.diet)] if row.diet else [])]


def _counts(expected: Sequence[_Diner]) -> list[tuple[str, int]]:
    """How many pupils there are of each diet and allergen, in the order of the lists; then those that no list names, and those with neither."""
    keys_by_pupil = [
        {key for row in diner.foods for key in _food_keys(row)} | {("allergen", code) for code in diner.foods_of_notes}
        for diner in expected
    ]
    rows = [
        (code.label, sum(1 for keys in keys_by_pupil if (name, code.code) in keys))
        for name in ("diet", "allergen")
        for code in codelist(name).codes.values()
    ]
    by_words = [
        diner for diner in expected if diner.is_named and not (diner.foods_of_notes or (diner.foods and all(map(_food_keys, diner.foods))))
    ]
    rows += [
        (_("Something else, as written above"), len(by_words)),
        (_("Allergies: nobody has said"), sum(1 for diner in expected if diner.is_unsaid)),
    ]
    plain = sum(1 for diner in expected if not diner.is_named and not diner.is_unsaid)
    return [*((label, number) for label, number in rows if number), (_("Nothing to look out for"), plain)]
