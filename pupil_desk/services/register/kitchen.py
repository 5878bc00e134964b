"""The kitchen list of now: who is in by the register or may come, what they must not have, and how many of each diet.

Names are as short as tells pupils apart, and no year, number or entitlement to free meals stands on it. A pupil with nothing that the kitchen
must know is only counted.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers.day import kitchen as layout
from pupil_desk.documents.papers.day.kitchen import KitchenLine, KitchenList
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.care.health import HealthAnswer, HealthItem, HealthStanding, concerns_kitchen, plan_of, steps_of
from pupil_desk.domain.pupils.protection import PaperKind, PaperVisibility, visibility_on
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import health_answers
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.register import evacuation
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import protections, pupils


@dataclass(frozen=True, slots=True)
class KitchenPaper:
    """The list as a story, its title, the guard of those whom it names, and of which day, with how many in and how many named."""

    story: list[Block]
    title: str
    guard: Guard
    day: date
    number: int
    named: int


def paper(desk: Desk) -> KitchenPaper:
    """The list of now; logged by ``log_print``. Raises NotAllowed."""
    call = evacuation.roll_call(desk)  # the same register of now
    present_ids = {row.pupil_id for rows in call.in_building.values() for row in rows}
    unmarked_ids = {row.pupil_id for row in call.unmarked}
    protections_by_pupil = protections.by_pupil(desk.vault, desk.today)
    people = [
        pupil
        for pupil in pupils.some(desk.vault, present_ids | unmarked_ids)
        if visibility_on(PaperKind.KITCHEN, protections_by_pupil[pupil.id]) is not PaperVisibility.LEFT_OUT
    ]
    answer_of = health_answers.answers(desk.vault, {pupil.id for pupil in people})
    answers = {pupil.id: answer_of(pupil, desk.today) for pupil in people}
    foods = {pupil.id: [row for row in answers[pupil.id].items if concerns_kitchen(row)] for pupil in people}
    names, served = _short_names(people), [pupil for pupil in people if foods[pupil.id] or answers[pupil.id].notes]
    lines = {
        pupil.id: _line(names[pupil.id], foods[pupil.id], has_notes=bool(answers[pupil.id].notes), is_marked=pupil.id in present_ids)
        for pupil in served
    }
    grave_ids = {pupil.id for pupil in served if any(row in answers[pupil.id].grave for row in foods[pupil.id])}
    now = desk.clock.now().astimezone()
    imprint = _("{unit}. Made on {day} at {time} by {user}. For the kitchen alone: shred it after the meal.")
    content = KitchenList(
        when=_("{day}, {time}").format(day=show_date(call.moment.date()), time=f"{call.moment:%H:%M}"),
        number=len(present_ids),
        unmarked=len(unmarked_ids),
        grave=[lines[pupil.id] for pupil in sorted(served, key=lambda pupil: answers[pupil.id].turn) if pupil.id in grave_ids],
        others=[lines[pupil.id] for pupil in served if pupil.id not in grave_ids],
        counts=_counts({pupil.id: foods[pupil.id] for pupil in people if foods[pupil.id] or pupil not in served}),
        unknown=sum(1 for answer in answers.values() if _is_unknown(answer)),
        imprint=imprint.format(unit=desk.settings.name, day=show_date(now.date()), time=f"{now:%H:%M}", user=desk.user.name),
    )
    return KitchenPaper(
        story=layout.story(content),
        title=_("Kitchen list"),
        guard=guard(desk, {pupil.id for pupil in served}, "kitchen list"),
        day=call.moment.date(),
        number=len(present_ids),
        named=len(served),
    )


def log_print(desk: Desk, printed: KitchenPaper) -> None:
    """Log that the list was printed or written: of which day, and how many it names."""
    desk.log(Action.CONTACT_SHEET, "register", "", f"kitchen list of {printed.day}: {printed.number} in, {printed.named} named")


def _is_unknown(answer: HealthAnswer) -> bool:
    return answer.standing in (HealthStanding.NOT_RECORDED, HealthStanding.SAID_LONG_AGO)


def _short_names(people: Sequence[Pupil]) -> dict[str, str]:
    """First name and the first letter of the surname; the whole name where two would be alike."""
    short = {
        pupil.id: f"{pupil.preferred_forename or pupil.forename} {(pupil.preferred_surname or pupil.surname)[:1]}." for pupil in people
    }
    counts = Counter(name.casefold() for name in short.values())
    return {
        pupil.id: named_with_boxes(short[pupil.id] if counts[short[pupil.id].casefold()] == 1 else pupil.full_name, pupil.ref)
        for pupil in people
    }


def _line(name: str, items: Sequence[HealthItem], *, has_notes: bool, is_marked: bool) -> KitchenLine:
    steps = [step for row in items for step in (*steps_of(row), plan_of(row)) if step]
    name = name if is_marked else _("{name} (not marked yet)").format(name=name)
    notes = [_("medical notes: ask the office")] if has_notes else []
    return KitchenLine(name, [*map(_food_words, items), *notes], "; ".join(steps))


def _food_words(row: HealthItem) -> str:
    """What it is by its code, with what was written of it where that says more, and how severe."""
    code_words = codelist("allergen").label_of(row.allergen) if row.allergen else codelist("diet").label_of(row.diet) if row.diet else ""
    written = row.what if row.what.casefold() != code_words.casefold() else ""
    words = _("{code} ({words})").format(code=code_words, words=written) if code_words and written else code_words or written
    severity = codelist("severity").label_of(row.severity) if row.severity else ""
    return _("{severity}: {food}").format(severity=severity, food=words) if severity else words


def _counts(foods: Mapping[str, Sequence[HealthItem]]) -> list[tuple[str, int]]:
    """How many pupils there are of each diet and allergen, in the order of the lists; those with neither last."""
    labels = {
        pupil_id: {("diet", row.diet) if row.diet else ("allergen", row.allergen) for row in rows if row.diet or row.allergen}
        for pupil_id, rows in foods.items()
    }
    counts = [
        (code.label, sum(1 for keys in labels.values() if (name, code.code) in keys))
        for name in ("diet", "allergen")
        for code in codelist(name).codes.values()
    ]
    other = sum(1 for pupil_id, rows in foods.items() if rows and not labels[pupil_id])
    plain = sum(1 for rows in foods.values() if not rows)
    rows = [(label, number) for label, number in counts if number]
    return [*rows, *([(_("Something else, as written above"), other)] if other else []), (_("Nothing to look out for"), plain)]
