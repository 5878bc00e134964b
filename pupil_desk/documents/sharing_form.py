"""The reply form about sharing: one side of A4, pre-filled, to tick, sign and hand back. In usual words, and in easy ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import (
    Block,
    Columns,
    FactList,
    Heading,
    Keep,
    Line,
    NoticeBox,
    Para,
    Run,
    Spacer,
    Text,
    TickRow,
    plain_text,
)


@dataclass(frozen=True, slots=True)
class SharingForm:
    """What one form says. ``own`` is whether the pupil is asked, from 16; else ``asked`` names the parents of a household.

    ``with_parent`` is whether the youth support service is told a parent's name and address too, which nobody can refuse.
    ``unanswered`` is what happens where nobody answers.
    """

    unit: str
    pupil: str
    pupil_born: str
    own: bool
    asked: str
    youth_service: str
    return_to: str
    unanswered: str = ""
    with_parent: bool = False


YOUTH, COLLEGES = "youth-support", "post-16"
"""The keys of the two questions, and of the boxes of each: the recipient, and what ticking means for it."""
ALLOW, RESTRICT = "allow", "restrict"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its key, its heading, what is asked in words, and its boxes by key."""

    key: str
    heading: str
    words: str
    boxes: Sequence[tuple[str, Text]]

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """The boxes with their words as plain text."""
        return tuple((key, plain_text([Para(words)])) for key, words in self.boxes)


def asked(form: SharingForm, *, easy: bool = False) -> tuple[Asked, Asked]:
    """The two questions, as the form shows them."""
    youth, colleges = (_easy_youth, _easy_colleges) if easy else (_youth_words, _college_words)
    return (
        Asked(YOUTH, _("1. The youth support service"), youth(form), _boxes_youth(form, easy=easy)),
        Asked(COLLEGES, _("2. Colleges and training providers"), colleges(form), _boxes_colleges(easy=easy)),
    )


def story(form: SharingForm, *, easy: bool = False) -> list[Block]:
    """The form as blocks: about whom, two questions, signature, whom to return it to. Its boxes bear «question/answer» as their keys."""
    first = _("This form is from {unit}. Read each question. Tick one box. Then sign, and send it back.") if easy else _("From {unit}. Please read our privacy notice first. Tick one box for each question, sign, and send the form back.")
    last = _("You can change your mind. Just tell us.") if easy else _("You can change your mind at any time: tell us.")
    return [
        Heading(1, _("Your choice about sharing information")),
        Para(first.format(unit=form.unit)),
        FactList(_facts(form)),
        *(block for question in asked(form, easy=easy) for block in _question(question)),
        *_signature(form),
        NoticeBox([Para([Run(_("Return to: "), bold=True), form.return_to])]),
        Para([Run(_("If you do not answer: "), bold=True), f"{form.unanswered} {last}"] if form.unanswered else last, style="small"),
    ]


def _question(question: Asked) -> list[Block]:
    boxes = [TickRow(words, key=f"{question.key}/{key}") for key, words in question.boxes]
    return [Heading(2, question.heading), Para(question.words), *boxes]


def _boxes_youth(form: SharingForm, *, easy: bool) -> Sequence[tuple[str, Text]]:
    yes = _("Yes. You can tell it all that the notice says.") if easy else _("Yes: tell it everything that the privacy notice lists for it.")
    no: Text = [_("No. Tell it ") if easy else _("No: tell it "), Run(_("only"), bold=True), " ", _least(form), "."]
    return ((ALLOW, yes), (RESTRICT, no))


def _boxes_colleges(*, easy: bool) -> Sequence[tuple[str, Text]]:
    if easy:
        return ((ALLOW, _("Yes. You can tell the college.")), (RESTRICT, _("No. Tell colleges nothing.")))
    return (
        (ALLOW, _("Yes: tell the college or provider what the privacy notice lists for it.")),
        (RESTRICT, _("No: tell colleges and providers nothing.")),
    )


def _easy_youth(form: SharingForm) -> str:
    whom = _("you") if form.own else _("your child")
    words = _("{service} helps young people learn and find work. The law lets it ask us about {whom}. Can we tell it more than {least}?")
    return words.format(service=form.youth_service, whom=whom, least=_least(form))


def _easy_colleges(form: SharingForm) -> str:
    if form.own:
        return _("You may ask a college for a place. Can we tell the college about you, to help?")
    return _("Your child may ask a college for a place. Can we tell the college about your child, to help?")


def _facts(form: SharingForm) -> Sequence[tuple[str, str]]:
    facts = [(_("Pupil"), form.pupil), (_("Date of birth"), form.pupil_born)]
    return facts if form.own else [*facts, (_("Parent or carer"), form.asked)]


def _least(form: SharingForm) -> str:
    whose = _("your") if form.own else _("the child’s")
    least = _("{whose} name, address and date of birth").format(whose=whose)
    return _("{least}, and a parent’s name and address").format(least=least) if form.with_parent else least


def _youth_words(form: SharingForm) -> str:
    if form.own:
        words = _("{service} helps young people with learning, training and work. Now that you are 16, you choose what it is told beyond {least}.")  # fmt: skip
    else:
        words = _("{service} helps young people with learning, training and work. From 13, the law lets it ask us about your child. You choose what it is told beyond {least}. At 16 the choice passes to your child.")  # fmt: skip
    return words.format(service=form.youth_service, least=_least(form))


def _college_words(form: SharingForm) -> str:
    if form.own:
        return _(
            "When you apply to a college or training provider, may we tell it about you to help you get the right place?"
        )
    return _("If your child applies before 16, may we tell the college or training provider about your child to help?")


def _signature(form: SharingForm) -> list[Block]:
    """A parent writes the name too: which of two parents said it is part of the choice."""
    if form.own:
        return [Spacer(), Columns([Line(_("Your signature")), Line(_("Date"))])]
    name = Line(_("Name of the parent or carer who signs, in capitals"))
    return [Spacer(), Keep([name, Columns([Line(_("Signature")), Line(_("Date"))])])]
