"""A form that asks for a consent: one page, pre-filled, to tick, sign and hand back. As usual, or in easy words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    ParaStyle,
    Run,
    Spacer,
    Text,
    TickGrid,
    TickRow,
)

_MOST = 8  # questions of one grid, which stays on one page
_LONGEST = 48  # letters of what heads a column
_MANY = 3  # questions from which on a page is crowded


@dataclass(frozen=True, slots=True)
class Box:
    """One box to tick: its name within the form, and what ticking it means."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked, and its boxes. ``words`` is empty where the question above says it all.

    ``heads`` are how the boxes begin, where the rest is the words of what is asked: they head the columns of a grid.
    """

    words: str
    boxes: Sequence[Box]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheTrip:
    """What a form for a trip says beside its question, which says the days. ``reply_by`` may be empty; ``numbers`` are those held of whoever is asked, by name."""

    reply_by: str
    health: str
    numbers: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentForm:
    """What one form says. ``own``: the pupil is asked; else ``asked_of`` names the parents of a household.

    ``lead`` is the question for all of ``asks``; ``objection``, where there is one, is the box for the pupil's own no.
    ``request``: what the boxes ask is to be left out of something, so that ``alternative`` is what a pupil does who is left out.
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
    request: bool
    withdrawal: str
    return_to: str
    easy: bool = False
    trip: OnTheTrip | None = None


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
        *_objection(form),
        *_on_the_trip(form.trip),
        *([] if _crowded(form) else _instead(form)),
        *_signature(form),
        NoticeBox([Para([Run(_("Return to: "), bold=True), form.return_to])]),
        *(_instead(form) if _crowded(form) else []),
        *_changing(form),
    ]


def _facts(form: ConsentForm) -> list[tuple[str, str]]:
    """Of whom it is asked; in one line less where many questions need the room."""
    if form.trip is not None or any(each.heads for each in form.asks):
        facts = [(_("Pupil"), _("{name}, born {day}").format(name=form.pupil, day=form.pupil_born))]
    else:
        facts = [(_("Pupil"), form.pupil), (_("Date of birth"), form.pupil_born)]
    if not form.own:
        facts.append((_("Parent or carer"), form.asked_of))
    if form.trip is not None and form.trip.reply_by:
        facts.append((_("Reply by"), form.trip.reply_by))
    return facts


def _on_the_trip(trip: OnTheTrip | None) -> list[Block]:
    """What whoever goes along must know, as it is held, with lines to put it right on."""
    if trip is None:
        return []
    numbers = [(_("In need we call"), "\n".join(f"{name}: {each}" for name, each in trip.numbers))] if trip.numbers else []
    return [
        Keep([Heading(2, _("Health, and whom we call during the trip")), FactList([(_("Health"), trip.health), *numbers])]),
        Keep([Line(_("What is wrong or missing")), Line(_("Medicines on the trip: which, how much, when")), Columns([Line(_("Somebody else to call")), Line(_("Telephone"))])]),
    ]


def _questions(form: ConsentForm) -> list[Block]:
    """All that is asked: questions whose boxes begin alike as a grid, so that no «no» is taken for that of the question below."""
    if not _in_grid(form):
        return [block for each in form.asks for block in _question(each)]
    rows = [(_begun_large(each.words), [TickRow(box.words, key=box.key) for box in each.boxes]) for each in form.asks]
    return [TickGrid(_("Tick one box in each line"), form.asks[0].heads, rows[at : at + _MOST]) for at in range(0, len(rows), _MOST)]


def _in_grid(form: ConsentForm) -> bool:
    heads = form.asks[0].heads
    return bool(heads) and all(each.heads == heads for each in form.asks) and max(map(len, heads)) <= _LONGEST


def _begun_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def _question(asked: Asked) -> list[Block]:
    words: list[Block] = [Para([Run(asked.words, bold=True)])] if asked.words else []
    return [Keep([*words, *(TickRow(_answer(box.words), key=box.key) for box in asked.boxes)])]


def _answer(words: str) -> Text:
    """A box's sentence, its «Yes:» or «No:» in bold."""
    first, colon, rest = words.partition(":")
    return [Run(f"{first}:", bold=True), rest] if colon and first in (_("Yes"), _("No")) else words


def _crowded(form: ConsentForm) -> bool:
    """Whether many boxes, or what is asked for a trip, leave little room: what happens instead then stands beside the lower code."""
    return form.trip is not None or (len(form.asks) > _MANY and not _in_grid(form))


def _objection(form: ConsentForm) -> list[Block]:
    """The box for the pupil's own no, where there is one."""
    if form.objection is None:
        return []
    asked = replace(form.objection, words="") if _crowded(form) else form.objection
    return [Spacer(0.4), *_question(asked)]


def _instead(form: ConsentForm) -> list[Block]:
    """What happens instead, and what no answer means. Many boxes in easy words have no room for the first."""
    style: ParaStyle = "body" if form.easy or len(form.asks) <= _MANY else "small"
    label = _("If left out: ") if form.request else _("If no: ")
    found = [Para([Run(label, bold=True), form.alternative], style=style)] if form.alternative and not (form.easy and _crowded(form)) else []
    unchanged = _("nothing changes, and you take part.") if form.own else _("nothing changes, and the pupil takes part.")
    silent = unchanged if form.request else _("we take it as no.")
    return [*found, Para([Run(_("If you do not answer: "), bold=True), silent], style=style)]


def _changing(form: ConsentForm) -> list[Block]:
    """How to change one's mind: easy words leave what happens then to the talk."""
    if form.easy:
        return [Para(_("You can change your mind. Just tell us."))]
    return [Para([Run(_("To change your mind: "), bold=True), form.withdrawal], style="small")] if form.withdrawal else []


def _signature(form: ConsentForm) -> list[Block]:
    """A parent writes the name too: which of two parents said it is part of the consent."""
    if form.own:
        return [Spacer(0.5), Columns([Line(_("Your signature")), Line(_("Date"))])]
    name = Line(_("Your name, in capitals") if form.easy else _("Name of the parent or carer who signs, in capitals"))
    return [Spacer(0.5), Keep([name, Columns([Line(_("Signature")), Line(_("Date"))])])]
