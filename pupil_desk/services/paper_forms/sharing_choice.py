"""The form about sharing: the youth support service, and colleges and training providers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, TickRow, words_of
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.sharing import PARENT, POST_16, PUPIL, YOUTH_SUPPORT, Choice
from pupil_desk.domain.validation import Problem
from pupil_desk.services import forms, sharing
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.households import LeftOut
from pupil_desk.services.paper_forms.kind import Answer, Asking, Printed, Question, Returned, ToPrint, Variant
from pupil_desk.services.roles import Action
from pupil_desk.store import choices, contacts, pupils

_BOXES = ((YOUTH_SUPPORT.name, "allow"), (YOUTH_SUPPORT.name, "restrict"), (POST_16.name, "allow"), (POST_16.name, "restrict"))
"""What its boxes mean, in the order of the paper: recipient and choice."""
_ASKS = {YOUTH_SUPPORT.name: _("The youth support service"), POST_16.name: _("Colleges and training providers")}


class SharingChoice:
    """One form a household, and from 16 the pupil's own."""

    name = forms.SHARING_CHOICE
    title = forms.FORMS[forms.SHARING_CHOICE]
    action = Action.RECORD_FORM_CHOICE

    def subjects(self, desk: Desk) -> Mapping[str, str]:
        """There is but one."""
        return {"": self.title}

    def unanswered(self, desk: Desk, subject: str, day: date) -> list[Pupil]:
        """Those whose holder of the choice has not spoken."""
        return forms.all_unasked(desk, day)

    def ask(self, desk: Desk, subject: str, pupils: Collection[Pupil], day: date, variant: Variant) -> Asking:
        """The forms, each with its boxes named."""
        made: list[ToPrint] = []
        left_out = []
        for pupil in pupils:
            papers = list(forms.sharing_forms(desk, [pupil], day))
            if not papers:
                left_out.append(LeftOut(pupil, "", _("nobody to ask")))
            for paper in papers:
                story, questions = _with_keys(paper.story)
                made.append(ToPrint(
                    kind=self.name, subject=subject, letter=paper.letter, questions=questions, story=story, title=paper.title,
                    file_stem=paper.file_stem, variant=variant,
                ))  # fmt: skip
        return Asking(tuple(made), tuple(left_out))

    def asked(self, work: Work, printed: Sequence[Printed]) -> frozenset[str]:
        """Nothing is kept of it here."""
        return frozenset()

    def problems(self, desk: Desk, returned: Returned) -> tuple[Problem, ...]:
        """What is wrong with the choices; a form without any answer says nothing."""
        pupil = pupils.get(desk.vault, returned.pupil_id)
        if pupil is None or not returned.answers:
            return (Problem("answers", "missing", _("Enter at least one answer.")),)
        return tuple(problem for choice in _choices(desk, returned) for problem in sharing.check_choice(choice, pupil.dob, desk.today))

    def keep(self, work: Work, returned: Returned) -> frozenset[str]:
        """Each answer as a choice; one that is on file already is left as it is."""
        held = {sharing.event_of(choice) for choice in choices.of_pupil(work.desk.vault, returned.pupil_id)}
        for choice in _choices(work.desk, returned):
            if sharing.event_of(choice) not in held:
                sharing.keep_choice(work, choice)
        return frozenset({"choice"})


def _with_keys(story: Sequence[Block]) -> tuple[list[Block], tuple[Question, ...]]:
    boxes = iter(_BOXES)
    named: list[Block] = []
    answers: dict[str, list[Answer]] = {}
    for block in story:
        if not isinstance(block, TickRow):
            named.append(block)
            continue
        recipient, choice = next(boxes)
        answers.setdefault(recipient, []).append(Answer(choice, words_of(block.label)))
        named.append(replace(block, key=f"{recipient}/{choice}"))
    return named, tuple(Question(key, _ASKS[key], tuple(found)) for key, found in answers.items())


def _choices(desk: Desk, returned: Returned) -> Iterator[Choice]:
    giver = next((one.full_name for one in contacts.of_pupil(desk.vault, returned.pupil_id) if one.id == returned.giver_id), None)
    for recipient, choice in returned.answers.items():
        yield Choice(
            pupil_id=returned.pupil_id, recipient=recipient, choice=choice, by=PARENT if returned.giver_id else PUPIL,
            on=returned.signed_on, giver=giver, channel="form",
        )  # fmt: skip


KIND = SharingChoice()
