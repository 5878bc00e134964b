"""The reply form about sharing: one side of A4, pre-filled, to tick, sign and hand back."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Columns, FactList, Heading, Line, NoticeBox, Para, Run, Spacer, TickRow


@dataclass(frozen=True, slots=True)
class SharingForm:
    """What one form says. ``own`` is whether the pupil is asked, from 16; else ``asked`` names the parents of a household.

    ``with_parent`` is whether the youth support service is told a parent's name and address too, which nobody can refuse.
    """

    unit: str
    pupil: str
    pupil_born: str
    own: bool
    asked: str
    youth_service: str
    return_to: str
    with_parent: bool = False


def story(form: SharingForm) -> list[Block]:
    """The form as blocks: about whom, two questions, signature, whom to return it to."""
    return [
        Heading(1, _("Your choice about sharing information")),
        Para(
            _(
                "From {unit}. Please read our privacy notice first. Tick one box for each question, sign, and send the form back."
            ).format(unit=form.unit)
        ),
        FactList(_facts(form)),
        Heading(2, _("1. The youth support service")),
        Para(_youth_words(form)),
        TickRow(_("Yes: you may tell it everything that the privacy notice lists.")),
        TickRow([_("No: tell it "), Run(_("only"), bold=True), " ", _least(form), "."]),
        Heading(2, _("2. Colleges and training providers")),
        Para(_college_words(form)),
        TickRow(_("Yes: you may tell the college or provider what the privacy notice lists.")),
        TickRow(_("No: tell colleges and providers nothing.")),
        *_signature(form),
        NoticeBox([Para([Run(_("Return to: "), bold=True), form.return_to])]),
        Para(_("You can change your mind at any time: tell us, and we will act on it from that day."), style="small"),
    ]


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
    return [Spacer(), name, Columns([Line(_("Signature")), Line(_("Date"))])]
