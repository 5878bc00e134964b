"""What makes a type of consent, or an occasion, one that can be kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pupil_desk.basics.text import fold, tidy, tidy_lines
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Kind, Section, items_of
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.consents.consent import ADULT, CONSENT, OF_MEDICINE, OF_OCCASION, OF_PUPIL, OPEN_PLACE, PLACES, ConsentType, Occasion

_MOST_TERMS = 9  # three years
_MOST_USES = 6  # questions that still fit on one page


def tidied_type(consent_type: ConsentType) -> ConsentType:
    """A type with its texts tidied, and the months only where they count."""
    values: dict[str, str | None] = {}
    for item in items_of(ConsentType):
        value = getattr(consent_type, item.name)
        if isinstance(value, str):
            values[item.name] = (tidy_lines(value) if item.kind is Kind.LINES else tidy(value)) or None
    required = {item.name for item in items_of(ConsentType) if item.required}
    texts = {name: value if value is not None or name not in required else "" for name, value in values.items()}
    consent_type = replace(consent_type, **texts)  # type: ignore[arg-type]  # each is a text of its own name
    return consent_type if consent_type.lapses == "months" else replace(consent_type, months=None)


def check_type(consent_type: ConsentType) -> tuple[Problem, ...]:
    """The rules across the items of a type: ages, uses, open places of the words, and what must be there."""
    return (*_check_rule(consent_type), *_check_uses(consent_type), *_check_places(consent_type))


def _check_rule(consent_type: ConsentType) -> Iterator[Problem]:
    for name in ("own_from", "competent_from", "pupil_no_from"):
        age = getattr(consent_type, name)
        if age is not None and not 3 <= age <= ADULT:
            yield Problem(name, "bad_age", _("Enter an age from 3 to 18, or leave it empty."))
    if consent_type.pupil_no_terms is not None and not (
        1 <= consent_type.pupil_no_terms <= _MOST_TERMS and consent_type.pupil_no_from is None
    ):
        yield Problem("pupil_no_terms", "bad_terms", _("Enter 1 to 9 terms and no age, or an age and no terms."))
    if consent_type.lapses == "months" and not consent_type.months:
        yield Problem("months", "missing", _("Enter how many months it holds."))
    if (consent_type.lapses == "occasion") != (consent_type.per == OF_OCCASION):
        yield Problem(
            "lapses", "no_occasion", _("“With the occasion” goes with a consent to an occasion, and with no other. Choose another end.")
        )
    if consent_type.lapses == "change" and consent_type.per != OF_MEDICINE:
        yield Problem("lapses", "no_change", _("“On each change” is of a medicine. Choose another end."))
    if consent_type.basis == CONSENT and not consent_type.withdrawal:
        yield Problem("withdrawal", "missing", _("Say how a consent is taken back. The law asks that it is as easy as giving it."))


def _check_uses(consent_type: ConsentType) -> list[Problem]:
    lines = [line for line in (consent_type.uses or "").splitlines() if line.strip()]
    uses = consent_type.use_list
    if len(uses) != len(lines):
        return [Problem("uses", "bad_use", _("Write each use on a line of its own: a short key in small letters, a colon, and the words."))]
    if len({use.key for use in uses}) != len(uses):
        return [Problem("uses", "use_twice", _("Two uses have the same key. Give each its own."))]
    if len(uses) > _MOST_USES:
        return [
            Problem(
                "uses", "too_many", _("At most {most} uses fit on one form. Make a second type for the others.").format(most=_MOST_USES)
            )
        ]
    if uses and consent_type.per != OF_PUPIL:
        return [Problem("uses", "uses_of_occasion", _("Only a consent about the pupil can have several uses."))]
    return []


def _check_places(consent_type: ConsentType) -> Iterator[Problem]:
    for item in items_of(ConsentType):
        if item.section in (Section.CONSENT_WORDS, Section.CONSENT_EASY):
            text = getattr(consent_type, item.name) or ""
            for place in OPEN_PLACE.findall(text):
                if place not in PLACES:
                    words = _("{label}: “{place}” is nothing that can be filled in. There are: {all}.")
                    yield Problem(item.name, "bad_place", words.format(label=item.label, place=place, all=", ".join(PLACES)))


@gathered
def check_occasion(occasion: Occasion, occasions: Sequence[Occasion]) -> Iterator[Problem]:
    """An occasion ends after it begins, and no other that is still to come has its name."""
    if occasion.start and occasion.end and occasion.end < occasion.start:
        yield Problem("end", "ends_before_start", _("The last day is before the first. Correct one of the two."))
    if occasion.reply_by and occasion.last_day and occasion.reply_by > occasion.last_day:
        yield Problem("reply_by", "too_late", _("The answer would come after it is over. Enter an earlier day."))
    same_day = (
        other_occasion
        for other_occasion in occasions
        if other_occasion.occasion_id != occasion.occasion_id and other_occasion.start == occasion.start
    )
    if any(fold(other_occasion.name) == fold(occasion.name) for other_occasion in same_day):
        yield Problem("name", "taken", _("There is one of this name on that day already. Enter a different name."))
