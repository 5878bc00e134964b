"""What makes a type of consent, or an occasion, one that can be kept."""

from collections.abc import Sequence
from dataclasses import replace

from pupil_desk.basics.text import fold, tidy, tidy_lines
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Section
from pupil_desk.domain.catalogue.items import Kind, items_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.consents.consent import (
    ADULT,
    CONSENT,
    OF_MEDICINE,
    OF_OCCASION,
    OF_PUPIL,
    OPEN_PLACE,
    PLACES,
    ConsentType,
    Occasion,
)

_MOST_TERMS = 9  # three years
_MOST_USES = 6  # questions that still fit on one page


def tidied_type(made: ConsentType) -> ConsentType:
    """A type with its texts tidied, and the months only where they count."""
    values: dict[str, str | None] = {}
    for each in items_of(ConsentType):
        value = getattr(made, each.name)
        if isinstance(value, str):
            values[each.name] = (tidy_lines(value) if each.kind is Kind.LINES else tidy(value)) or None
    required = {each.name for each in items_of(ConsentType) if each.required}
    texts = {name: value if value is not None or name not in required else "" for name, value in values.items()}
    made = replace(made, **texts)  # type: ignore[arg-type]  # each is a text of its own name
    return made if made.lapses == "months" else replace(made, months=None)


def check_type(made: ConsentType) -> tuple[Problem, ...]:
    """The rules across the items of a type: ages, uses, open places of the words, and what must be there."""
    return (*_check_rule(made), *_check_uses(made), *_check_places(made))


def _check_rule(made: ConsentType) -> list[Problem]:
    found = []
    for name in ("own_from", "competent_from", "pupil_no_from"):
        age = getattr(made, name)
        if age is not None and not 3 <= age <= ADULT:
            found.append(Problem(name, "bad_age", _("Enter an age from 3 to 18, or leave it empty.")))
    if made.pupil_no_terms is not None and not (1 <= made.pupil_no_terms <= _MOST_TERMS and made.pupil_no_from is None):
        found.append(Problem("pupil_no_terms", "bad_terms", _("Enter 1 to 9 terms and no age, or an age and no terms.")))
    if made.lapses == "months" and not made.months:
        found.append(Problem("months", "missing", _("Enter how many months it holds.")))
    if (made.lapses == "occasion") != (made.per == OF_OCCASION):
        found.append(Problem("lapses", "no_occasion", _("“With the occasion” goes with a consent to an occasion, and with no other. Choose another end.")))
    if made.lapses == "change" and made.per != OF_MEDICINE:
        found.append(Problem("lapses", "no_change", _("“On each change” is of a medicine. Choose another end.")))
    if made.basis == CONSENT and not made.withdrawal:
        found.append(Problem("withdrawal", "missing", _("Say how a consent is taken back. The law asks that it is as easy as giving it.")))
    return found


def _check_uses(made: ConsentType) -> list[Problem]:
    lines = [line for line in (made.uses or "").splitlines() if line.strip()]
    uses = made.use_list
    if len(uses) != len(lines):
        return [Problem("uses", "bad_use", _("Write each use on a line of its own: a short key in small letters, a colon, and the words."))]
    if len({use.key for use in uses}) != len(uses):
        return [Problem("uses", "use_twice", _("Two uses have the same key. Give each its own."))]
    if len(uses) > _MOST_USES:
        return [Problem("uses", "too_many", _("At most {most} uses fit on one form. Make a second type for the others.").format(most=_MOST_USES))]
    if uses and made.per != OF_PUPIL:
        return [Problem("uses", "uses_of_occasion", _("Only a consent about the pupil can have several uses."))]
    return []


def _check_places(made: ConsentType) -> list[Problem]:
    found = []
    for each in items_of(ConsentType):
        if each.section in (Section.CONSENT_WORDS, Section.CONSENT_EASY):
            text = getattr(made, each.name) or ""
            for place in OPEN_PLACE.findall(text):
                if place not in PLACES:
                    words = _("{label}: “{place}” is nothing that can be filled in. There are: {all}.")
                    found.append(Problem(each.name, "bad_place", words.format(label=each.label, place=place, all=", ".join(PLACES))))
    return found


def check_occasion(occasion: Occasion, others: Sequence[Occasion]) -> tuple[Problem, ...]:
    """An occasion ends after it begins, and no other that is still to come has its name."""
    found = []
    if occasion.start and occasion.end and occasion.end < occasion.start:
        found.append(Problem("end", "ends_before_start", _("The last day is before the first. Correct one of the two.")))
    if occasion.reply_by and occasion.last_day and occasion.reply_by > occasion.last_day:
        found.append(Problem("reply_by", "too_late", _("The answer would come after it is over. Enter an earlier day.")))
    same = (other for other in others if other.occasion_id != occasion.occasion_id and other.start == occasion.start)
    if any(fold(other.name) == fold(occasion.name) for other in same):
        found.append(Problem("name", "taken", _("There is one of this name on that day already. Enter a different name.")))
    return tuple(found)
