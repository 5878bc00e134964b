"""Will you come to the open evening? A form of one question for each household."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Heading, TickRow
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures.on_paper import PUBLIC_TASK, Tells
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms.kind import Asking, FormAnswer, FormQuestion, FormReply, FormToPrint, PrintedForm, Variant
from pupil_desk.services.roles import Action

_QUESTION = FormQuestion("coming", _("Will you come?"), (FormAnswer("yes", _("Yes")), FormAnswer("no", _("No"))))
_TELLS = Tells(what=_("Form: open evening"), law=PUBLIC_TASK, purpose=_("to plan the evening"))


class OpenEvening:
    """One question."""

    name = "open-evening"
    title = _("Open evening")
    action = Action.PRINT_FORM

    def subjects(self, desk: Desk) -> Mapping[str, str]:
        """There is one."""
        return {"": self.title}

    def printed_as(self, desk: Desk, subject: str) -> str:
        """Its own."""
        return subject

    def unanswered(self, desk: Desk, subject: str, day: date) -> list[Pupil]:
        """Nobody is asked of whom nobody says so."""
        return []

    def ask(self, desk: Desk, subject: str, pupils: Collection[Pupil], day: date, variant: Variant) -> Asking:
        """A form for each household."""
        desk.require(Action.PRINT_FORM)
        letters = [letter for pupil in pupils for letter in notices.letters_of(desk, pupil.id, day).letters]
        rows = [TickRow(answer.words, key=f"{_QUESTION.key}/{answer.key}") for answer in _QUESTION.answers]
        return Asking(
            tuple(
                FormToPrint(
                    kind=self.name,
                    subject=subject,
                    letter=letter,
                    questions=(_QUESTION,),
                    story=[Heading(1, self.title), *rows],
                    title=self.title,
                    file_stem=f"{self.name}-{letter.pupil.ref}-{number}",
                    variant=variant,
                    tells=_TELLS,
                )
                for number, letter in enumerate(letters, start=1)
            )
        )

    def keep_asked(self, work: Work, printed_forms: Sequence[PrintedForm]) -> frozenset[str]:
        """Nothing more is kept."""
        return frozenset()

    def problems(self, desk: Desk, reply: FormReply) -> tuple[Problem, ...]:
        """Whether nothing is ticked."""
        return () if reply.answers else (Problem(_QUESTION.key, "missing", _("Nothing is ticked.")),)

    def keep(self, work: Work, reply: FormReply) -> frozenset[str]:
        """The log says what was answered."""
        work.note(self.action, "pupil", reply.pupil_id, f"open evening: {reply.answers[_QUESTION.key]}")
        return frozenset()


KIND = OpenEvening()
