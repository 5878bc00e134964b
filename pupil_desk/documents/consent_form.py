"""A form that asks for a consent: one page, pre-filled, to tick, sign and hand back. As usual, or in easy words."""

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
    TickGrid,
    TickRow,
)

_MOST = 8  # questions of one grid, which stays on one page
_LONGEST = 24  # letters of an answer that heads a column


@dataclass(frozen=True, slots=True)
class Box:
    """One box to tick: its name within the form, and what ticking it means."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked, and its boxes. ``words`` is empty where the question above says it all; ``short`` ones stand in a grid."""

    words: str
    boxes: Sequence[Box]
    short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentForm:
    """What one form says. ``own``: the pupil is asked; else ``asked_of`` names the parents of a household.

    ``lead`` is the question for all of ``asks``; ``objection``, where there is one, is the box for the pupil's own no.
    """

    title: str
    unit: str
    pupil: str
    pupil_born: str
    own: bool
    asked_of: str
    intro: str
    lead: str
    asks: Sequence[Asked]
    objection: Asked | None
    alternative: str
    withdrawal: str
    return_to: str
    easy: bool = False


def story(form: ConsentForm) -> list[Block]:
    """The form as blocks: what it is, about whom, the questions, signature, whom to return it to."""
    lines = form.intro.split("\n")
    intro: list[Block] = [Para(line) for line in lines if line.strip()]
    return [
        Heading(1, form.title),
        Para(_("From {unit}").format(unit=form.unit), style="small"),
        *intro,
        FactList(_facts(form)),
        Heading(2, form.lead),
        *_questions(form),
        *([Spacer(0.4), *_question(form.objection)] if form.objection else []),
        *_signature(form),
        NoticeBox([Para([Run(_("Return to: "), bold=True), form.return_to])]),
        *_fallback(form),
    ]


def _facts(form: ConsentForm) -> list[tuple[str, str]]:
    """Of whom it is asked; in one line less where many questions need the room."""
    if any(each.short for each in form.asks):
        facts = [(_("Pupil"), _("{name}, born {day}").format(name=form.pupil, day=form.pupil_born))]
    else:
        facts = [(_("Pupil"), form.pupil), (_("Date of birth"), form.pupil_born)]
    return facts if form.own else [*facts, (_("Parent or carer"), form.asked_of)]


def _questions(form: ConsentForm) -> list[Block]:
    """All that is asked: short questions with the same answers as a grid, so that no «no» is taken for that of the question below."""
    answers = [box.words for box in form.asks[0].boxes]
    alike = all(each.short and [box.words for box in each.boxes] == answers for each in form.asks)
    if not alike or max(map(len, answers)) > _LONGEST:
        return [block for each in form.asks for block in _question(each)]
    rows = [(_begun_large(each.words), [TickRow(_("{what}: {answer}").format(what=each.words, answer=box.words), key=box.key) for box in each.boxes]) for each in form.asks]
    return [TickGrid(_("Tick one box in each line"), answers, rows[at : at + _MOST]) for at in range(0, len(rows), _MOST)]


def _begun_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def _question(asked: Asked) -> list[Block]:
    words: list[Block] = [Para([Run(asked.words, bold=True)])] if asked.words else []
    return [Keep([*words, *(TickRow(box.words, key=box.key) for box in asked.boxes)])]


def _fallback(form: ConsentForm) -> list[Block]:
    """What happens instead, and how to change one's mind: easy words leave the second to the talk."""
    if form.easy:
        return [Para(_("You can change your mind. Just tell us."))]
    found = [Para([Run(_("If no: "), bold=True), form.alternative], style="small")] if form.alternative else []
    if form.withdrawal:
        found.append(Para([Run(_("To change your mind: "), bold=True), form.withdrawal], style="small"))
    return [*found]


def _signature(form: ConsentForm) -> list[Block]:
    """A parent writes the name too: which of two parents said it is part of the consent."""
    if form.own:
        return [Spacer(0.5), Columns([Line(_("Your signature")), Line(_("Date"))])]
    name = Line(_("Your name, in capitals") if form.easy else _("Name of the parent or carer who signs, in capitals"))
    return [Spacer(0.5), Keep([name, Columns([Line(_("Signature")), Line(_("Date"))])])]
