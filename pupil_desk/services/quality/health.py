"""Health: what a first aider would miss."""

from collections.abc import Iterator
from datetime import timedelta

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.care.food_dangers import foods_of_notes_alone, is_bare_condition, names_food, notes_alone_tell_allergy, tells_allergy
from pupil_desk.domain.care.health import (
    ALLERGY,
    CONDITION,
    DIETARY,
    LIFE_THREATENING,
    NO_DISABILITY,
    SEVERE,
    HealthItem,
    HealthStanding,
    Medicine,
    check_medicine,
    food_allergen,
    health_answer,
)
from pupil_desk.domain.care.health_words import foods_in_words
from pupil_desk.domain.care.needs import lasts_on
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope, gap_in, limits


def _current_items(file: PupilFile, context: QualityContext, *kinds: str) -> list[HealthItem]:
    return [item for item in file.health if item.kind in kinds and lasts_on(item, context.today)]


def nothing_recorded(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Nothing of any kind is held, and nobody has said that there is nothing."""
    oldest = context.today - timedelta(days=limits()["nothing_known_days"])
    last = file.nothing_known[-1] if file.nothing_known else None
    answer = health_answer(file.pupil.medical, file.health, file.medicines, file.disabilities, last, day=context.today, oldest=oldest)
    if answer.standing is HealthStanding.NOT_RECORDED:
        yield Gap(
            _("Nothing is recorded of health. Ask the family; if there is nothing to know, enter who said so."), "said_by", "health_none"
        )
    elif last is not None and answer.standing is HealthStanding.SAID_LONG_AGO:
        yield gap_in(
            last,
            "said_on",
            _("That nothing is known of health was said on {day}. Ask the family again.").format(day=show_date(last.said_on)),
        )


def no_emergency_steps(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A danger to life without what to do."""
    for item in _current_items(file, context, ALLERGY, CONDITION):
        if item.severity == LIFE_THREATENING and not item.emergency:
            words = _("{what} threatens life, and it is not said what to do in an emergency. Ask the family or the nurse at once.")
            yield gap_in(item, "emergency", words.format(what=item.what))


def no_action_plan(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An allergy, or a severe condition, without an action plan."""
    for item in _current_items(file, context, ALLERGY, CONDITION):
        if not item.plan and (item.kind == ALLERGY or item.severity in (LIFE_THREATENING, SEVERE)):
            words = _("{what}: there is no action plan. Ask the family or the nurse for it.")
            yield gap_in(item, "plan", words.format(what=item.what))


def severity_not_said(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An allergy or condition of which it is not said how severe it is."""
    for item in _current_items(file, context, ALLERGY, CONDITION):
        if not item.severity:
            yield gap_in(item, "severity", _("{what}: it is not said how severe it is. Ask the family.").format(what=item.what))


def _current_medicines(file: PupilFile, context: QualityContext) -> list[Medicine]:
    return [medicine for medicine in file.medicines if medicine.end_date is None or medicine.end_date >= context.today]


def dose_not_said(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A medicine without its dose, or without when it is given."""
    for medicine in _current_medicines(file, context):
        for name, words in (
            ("dose", _("{what}: the dose is missing. Copy it from the label.")),
            ("taken", _("{what}: it is not said when it is given. Copy it from the label.")),
        ):
            if not getattr(medicine, name):
                yield gap_in(medicine, name, words.format(what=medicine.name))


def not_agreed_to(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A medicine that nobody has agreed to in writing."""
    for medicine in _current_medicines(file, context):
        for problem in check_medicine(medicine):
            name = "consented_by" if not medicine.consented_by else "consented_on"
            yield gap_in(medicine, name, _("{what}: {problem}").format(what=medicine.name, problem=problem.message))


def out_of_date(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A medicine past its day that is still given."""
    for medicine in _current_medicines(file, context):
        if medicine.expiry and medicine.expiry < context.today:
            words = _("{what} was to be used by {day}. Send it home, ask for another, and enter its day.")
            yield gap_in(medicine, "expiry", words.format(what=medicine.name, day=show_date(medicine.expiry)))


def place_not_said(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A medicine of which nobody knows where it is kept."""
    for medicine in _current_medicines(file, context):
        if not medicine.stored:
            yield gap_in(medicine, "stored", _("{what}: it is not said where it is kept.").format(what=medicine.name))


def disabilities_contradict(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """«No disability» beside one."""
    now = [row for row in file.disabilities if lasts_on(row, context.today)]
    none = next((row for row in now if row.disability in NO_DISABILITY), None)
    if none is not None and len(now) > 1:
        yield gap_in(none, "end_date", _("“No disability” or “not collected” stands beside a disability. Give it its last day."))


def allergen_not_said(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An allergy of which it is not said to what, or a condition of which it is not said whether food bears on it: the kitchen can neither count it nor leave it off."""
    for row in _current_items(file, context, ALLERGY, CONDITION):
        if row.allergen and not food_allergen(row) and names_food(row):
            words = _("{what}: it is coded as no food, and its words name one. The kitchen list goes by the words. Choose the allergen.")
        elif row.allergen or (row.kind == CONDITION and row.diet):
            continue
        elif is_bare_condition(row):
            words = _(
                "{what}: it is not said whether a food is to be kept away. Choose the allergen or a diet, or that it is no food: until then the kitchen list says “ask the office”."
            )
        else:
            words = _("{what}: it is not said which allergen it is. Choose it, or that it is no food: the kitchen list goes by it.")
        yield gap_in(row, "allergen", words.format(what=row.what))
    for row in _current_items(file, context, DIETARY):
        if tells_allergy(row):
            words = _("{what}: it is entered as a dietary need, and its words speak of an allergy. Choose allergy, with how severe it is.")
            yield gap_in(row, "kind", words.format(what=row.what))


def allergy_in_notes_alone(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """The medical notes speak of a food, or of an allergy, of which no entry is held: whoever goes by the entries does not see it, nor how grave it is."""
    notes, items = file.pupil.medical, [item for item in file.health if lasts_on(item, context.today)]
    if notes_alone_tell_allergy(notes, items):
        words = _(
            "The medical notes speak of {foods}, and no entry under Health does. Enter it as an allergy or a condition, with how severe it is and what to do: the kitchen list goes by that."
        )
        yield Gap(words.format(foods=foods_in_words(foods_of_notes_alone(notes, items)) or _("an allergy")), "medical")


_MEDICAL = _("guidance on supporting pupils with medical conditions")
_MUST, _SHOULD, _PRESENT, _FIRST_AID = Gravity.MUST, Gravity.SHOULD, Scope.PRESENT, (Need.EMERGENCY,)
RULES = (
    QualityRule(_("Nothing recorded of health"), _FIRST_AID, _SHOULD, _PRESENT, OURS, nothing_recorded),
    QualityRule(_("What to do in an emergency"), _FIRST_AID, _MUST, _PRESENT, _MEDICAL, no_emergency_steps),
    QualityRule(_("No action plan"), _FIRST_AID, _SHOULD, _PRESENT, _MEDICAL, no_action_plan),
    QualityRule(_("How severe"), _FIRST_AID, _SHOULD, _PRESENT, OURS, severity_not_said),
    QualityRule(_("Allergen for the kitchen"), _FIRST_AID, _SHOULD, _PRESENT, OURS, allergen_not_said),
    QualityRule(_("Allergy in the medical notes alone"), _FIRST_AID, _SHOULD, _PRESENT, OURS, allergy_in_notes_alone),
    QualityRule(_("Dose or time of a medicine"), _FIRST_AID, _MUST, _PRESENT, _MEDICAL, dose_not_said),
    QualityRule(_("Medicine without agreement"), _FIRST_AID, _MUST, _PRESENT, _MEDICAL, not_agreed_to),
    QualityRule(_("Medicine out of date"), _FIRST_AID, _MUST, _PRESENT, _MEDICAL, out_of_date),
    QualityRule(_("Where a medicine is kept"), _FIRST_AID, _SHOULD, _PRESENT, _MEDICAL, place_not_said),
    QualityRule(_("Disabilities that contradict"), (Need.TRANSFER, Need.SEN), _SHOULD, Scope.HERE, OURS, disabilities_contradict),
)
