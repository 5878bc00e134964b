"""The letter of a leaver pack, about the end of the placement: made by the unit's own words where it has changed ours, or why it is not, and where that is put right."""

from dataclasses import dataclass
from enum import Enum

from pupil_desk.basics.words import _
from pupil_desk.domain.consents.consent import is_adult
from pupil_desk.domain.papers.letter import asked_by
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.households import Audience
from pupil_desk.services.letters import letter_templates, merging_letters
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action

LETTER = "shipped-end"
_ANYTHING = "…"  # what comes next, while it is not known yet


class Where(Enum):
    """Where it is put right that a letter lacks something."""

    HERE = "here"
    RECORD = "record"
    SETTINGS = "settings"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class LetterLack:
    """Why there is no letter, or none to somebody, in a sentence, and where that is put right: ``place`` names the setting, or the part of the record."""

    words: str
    where: Where
    place: str = ""


def letter_lacks(desk: Desk, pupil_id: str) -> list[LetterLack]:
    """What stands in the way of the letter of a pupil's pack, told before it is made, apart from what comes next. Raises NotAllowed, WrongUse."""
    desk.require(Action.EXPORT, "pupil", pupil_id)
    return merged(desk, pupil_of(desk.vault, pupil_id), _ANYTHING)[1]


def merged(desk: Desk, pupil: Pupil, next_step: str) -> tuple[merging_letters.Merge | None, list[LetterLack]]:
    """The letters, and what keeps any of them from being made."""
    template = next((template for template in letter_templates.templates(desk) if template.template_id == LETTER), None)
    if template is None:
        return None, [LetterLack(_("No letter: the one about the end of the placement is no longer in use."), Where.LETTERS)]
    questions = asked_by(template)
    if questions and not next_step.strip():
        return None, [LetterLack(_("No letter: what comes next was not entered."), Where.HERE)]
    to_whom = Audience.PUPILS if is_adult(pupil.dob, desk.today) else Audience.FAMILIES
    letters = merging_letters.merge(desk, [pupil.id], template, to_whom, answers=dict.fromkeys(questions, next_step))
    lacks = [
        LetterLack(_("No letter: the settings lack {field}.").format(field=lack), Where.SETTINGS, merging_letters.SETTING_OF[lack])
        for lack in letters.lacks
    ]
    for omitted in letters.left_out:
        words = _("No letter to {who}: {why}.") if omitted.name else _("No letter: {why}.")
        lacks.append(LetterLack(words.format(who=omitted.name, why=omitted.reason), Where.RECORD, omitted.part))
    return letters, lacks
