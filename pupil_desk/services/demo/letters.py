"""Inventing letters that were printed: an invitation to a review for three families, and a template of the unit's own."""

from collections.abc import Sequence

from pupil_desk.domain.papers.letter import LetterTemplate
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.letters import letter_templates, merging_letters

_WITH_LETTERS = 3  # pupils; the first of the unit, so that they are found at once
_REVIEW = "shipped-review"
_ANSWERS = {"Day and time": "Thursday at 2 pm", "Place": "Meeting room, first floor"}
_OWN = LetterTemplate(
    name="Bus pass",
    subject="A bus pass for {{forename}}",
    body="Dear {{salutation}}\n\nThe council has agreed to {{forename}}’s bus pass. Please fetch it from our office before {{ask: Day}}.\n\n"
    "Yours sincerely\n\n{{signature}}\n\n{{head}}\n{{unit name}}",
)


def print_letters(desk: Desk, people: Sequence[Pupil]) -> None:
    """Record an invitation to the first pupils' families as printed, and keep a template as the office would."""
    (template,) = [template for template in letter_templates.shipped() if template.template_id == _REVIEW]
    ids = [pupil.id for pupil in people[:_WITH_LETTERS]]
    merging_letters.record_printed(desk, merging_letters.merge(desk, ids, template, answers=_ANSWERS))
    letter_templates.save_template(desk, _OWN)
