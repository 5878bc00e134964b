"""A form that asks for a consent: one page, pre-filled, to tick, sign and hand back. As usual, or in easy words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import (
    Block,
    Bullets,
    Columns,
    FactList,
    Heading,
    Keep,
    NoticeBox,
    Para,
    Run,
    Spacer,
    Text,
    TickGrid,
    TickRow,
    WritingLine,
    linked,
)
from pupil_desk.documents.papers.beside_form import RETURN_TO, SILENCE
from pupil_desk.documents.papers.signing import signature

_MOST = 8  # questions of one grid, which stays on one page
_LONGEST = 48  # letters of what heads a column
_MANY = 3  # questions from which on a page is crowded
"""What leads to what no answer means, on every form: the day to reply by ends nothing."""


@dataclass(frozen=True, slots=True)
class ConsentBox:
    """One box to tick: its name within the form, and what ticking it means."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class ConsentQuestion:
    """One thing that is asked, and its boxes. ``words`` is empty where the question above says it all.

    ``heads`` are how the boxes begin, where the rest is the words of what is asked: they head the columns of a grid.
    """

    words: str
    boxes: Sequence[ConsentBox]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheTrip:
    """What a form for a trip says beside its question, which says the days. ``diet`` may be empty; ``effect`` is what writing on the lines does, and leaving them empty; ``numbers`` are those held of whoever is asked, by name.

    ``wrong`` are boxes to say that a medicine as it is printed is wrong; ``has_medicines`` is whether any is printed.
    """

    health: str
    diet: str
    wrong: Sequence[ConsentBox]
    effect: str
    numbers: Sequence[tuple[str, str]]
    has_medicines: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentForm:
    """What one form says. ``pupil_asked``: the pupil is asked; else ``asked_of`` names the parents of a household.

    ``lead`` is the question for all of ``asks``; ``objection``, where there is one, is the box for the pupil's own no.
    ``request``: what the boxes ask is to be left out of something, so that ``alternative`` is what a pupil does who is left out.
    ``late`` says what an answer after ``reply_by`` does, ``signs`` whose signature is wanted, ``silence`` what no answer means (begun small), ``unclear`` what has the same effect, ``lasts`` how long an answer holds,
    ``withdrawal`` what follows on a change of mind, ``whom_to_tell`` the person of ``return_to``, with telephone and e-mail. ``medicines``: medicines are asked about.
    """

    title: str
    unit: str
    printed_on: str
    forename: str
    reply_by: str
    late: str
    signs: str
    silence: str
    unclear: str
    lasts: str
    whom_to_tell: str
    pupil: str
    pupil_born: str
    pupil_asked: bool
    asked_of: str
    intro: str
    lead: str
    asks: Sequence[ConsentQuestion]
    objection: ConsentQuestion | None
    alternative: str
    request: bool
    withdrawal: str
    return_to: str
    easy: bool = False
    medicines: bool = False
    trip: OnTheTrip | None = None


def story(form: ConsentForm) -> list[Block]:
    """The form as blocks: what it is, about whom, the questions with what silence means, signature, whom to return it to."""
    lines = form.intro.split("\n")
    intro: list[Block] = [Para(line) for line in lines if line.strip()]
    return [
        Heading(1, form.title),
        Para(
            [
                (_("From {unit}. ") if _crowded(form) else _("From {unit}, {day}. ")).format(unit=form.unit, day=form.printed_on),
                Run(_("Please reply by {day}.").format(day=form.reply_by), bold=True),
                f" {form.late}",
            ]
        ),
        *intro,
        FactList(_facts(form)),
        Heading(2, form.lead),
        *_questions(form),
        *_instead(form),
        *_corrections(form),
        *_objection(form),
        *_on_the_trip(form.trip),
        *_signature(form),
        NoticeBox([Para([Run(f"{RETURN_TO} ", bold=True), form.return_to])]),
        *_changing(form),
    ]


def _facts(form: ConsentForm) -> list[tuple[str, Text]]:
    """Of whom it is asked, and who signs."""
    facts: list[tuple[str, Text]] = [(_("Pupil"), _("{name}, born {day}").format(name=form.pupil, day=form.pupil_born))]
    if form.pupil_asked:
        return [*facts, (_("Who signs"), form.signs)]
    if form.trip is not None or form.medicines:  # which have most to say
        return [*facts, (_("Who signs"), _("{people}: {signs}").format(people=form.asked_of, signs=begun_small(form.signs)))]
    return [*facts, (_("Parent or carer"), form.asked_of), (_("Who signs"), form.signs)]


def _on_the_trip(trip: OnTheTrip | None) -> list[Block]:
    """What whoever goes along must know, as it is held, with lines to put it right on."""
    if trip is None:
        return []
    diet = "; ".join(trip.diet.splitlines())
    facts = [(_("Health, as we hold it"), "\n".join(filter(None, (trip.health, _("Diet: {diet}").format(diet=diet) if diet else ""))))]
    if trip.numbers:
        facts.append((_("We call 999, then"), "\n".join(f"{name}: {number}" for name, number in trip.numbers)))
    return [
        FactList(facts),
        *(TickRow(box.words, key=box.key) for box in trip.wrong),
        Keep(
            [
                WritingLine(_("Health: what is wrong or missing")),
                WritingLine(
                    _("Other medicines on the trip: name, dose, time")
                    if trip.has_medicines
                    else _("Medicines on the trip: name, dose, time")
                ),
                Columns([WritingLine(_("Somebody else to call")), WritingLine(_("Telephone"))]),
                Para(trip.effect),
            ]
        ),
    ]


def _corrections(form: ConsentForm) -> list[Block]:
    """Lines to put a medicine right on, and to say who carries it; a yes to what is put right ends with that (``domain.consents.rule``)."""
    if not form.medicines:
        return []
    carries = (
        _("What you will carry and use yourself (we agree that in a talk first)")
        if form.pupil_asked
        else _("What {name} will carry and use alone (we agree that in a talk first)").format(name=form.forename)
    )
    effect = _(
        "Leave this empty if all is right. If you correct a medicine here, that is a no to what is printed, whatever anybody ticks, until you agree to what is right on a new form, which we send you. What we have we keep until then."
    )
    return [Keep([WritingLine(_("If a name, dose or time is wrong, what is right")), Para(effect)]), WritingLine(carries)]


def _questions(form: ConsentForm) -> list[Block]:
    """All that is asked: questions whose boxes begin alike as a grid, so that no «no» is taken for that of the question below."""
    if not _in_grid(form):
        return [block for question in form.asks for block in _question(question)]
    rows = [(capital(question.words), [TickRow(box.words, key=box.key) for box in question.boxes]) for question in form.asks]
    return [
        TickGrid(_("Tick one box in each line"), form.asks[0].heads, rows[start : start + _MOST]) for start in range(0, len(rows), _MOST)
    ]


def _in_grid(form: ConsentForm) -> bool:
    heads = form.asks[0].heads
    return bool(heads) and all(question.heads == heads for question in form.asks) and max(map(len, heads)) <= _LONGEST


def _question(question: ConsentQuestion) -> list[Block]:
    words: list[Block] = [Para([Run(question.words, bold=True)])] if question.words else []
    return [Keep([*words, *(TickRow(_answer(box.words), key=box.key) for box in question.boxes)])]


def _answer(words: str) -> Text:
    """A box's sentence, its «Yes:» or «No:» in bold."""
    first, colon, sentence = words.partition(":")
    return [Run(f"{first}:", bold=True), sentence] if colon and first in (_("Yes"), _("No")) else words


def _crowded(form: ConsentForm) -> bool:
    """Whether many boxes, lines to write on or another signature leave little room."""
    return form.trip is not None or form.medicines or form.objection is not None or len(form.asks) > _MANY


def _objection(form: ConsentForm) -> list[Block]:
    """The box for the pupil's own word, where there is one: it counts however it comes, so that there is no line for a signature to be forgotten on."""
    if form.objection is None:
        return []
    return [Keep([TickRow(_answer(form.objection.boxes[0].words), key=form.objection.boxes[0].key)])]


def _instead(form: ConsentForm) -> list[Block]:
    """What no answer means and what has the same effect, and what happens instead, right under the boxes in the type of the form."""
    label = _("If left out: ") if form.request else _("If no: ")
    silent: list[str | Run] = [Run(f"{SILENCE} ", bold=True), f"{form.silence} {form.unclear}"]
    instead: list[str | Run] = [Run(label, bold=True), form.alternative] if form.alternative else []
    if instead and (form.trip is not None or (form.easy and _crowded(form))):  # long: one paragraph, so that it stays on one side
        return [Keep([Para([*silent, "\n", *instead])])]
    return [Keep([Para(silent), *([Para(instead)] if instead else [])])]


def _changing(form: ConsentForm) -> list[Block]:
    """How long an answer holds, how to change one's mind either way, and what follows then."""
    change = _("You can change your mind. Just tell {whom}.") if form.easy else _("To change it, tell {whom}.")
    printed_on = (
        _("Printed {day}.").format(day=form.printed_on) if _crowded(form) and form.trip is None else ""
    )  # a trip's own days are near
    words = (form.lasts, change.format(whom=form.whom_to_tell), form.withdrawal, printed_on)
    return [Para(linked(" ".join(filter(None, words))))]


def _signature(form: ConsentForm) -> list[Block]:
    if form.pupil_asked:
        return [Spacer(0.3), *signature(form.forename)]
    return [*([] if _crowded(form) else [Spacer(0.3)]), Keep(signature())]


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedLeaf:
    """What a form asks, in another language, all filled in: no box of it is to be ticked.

    ``belongs_to`` is for the office, in English: which form it goes with. ``about`` says that nothing is ticked here. ``asks`` are what is asked
    with what each of its boxes says; ``last_lines`` what the form says after its boxes, and that it says more.
    """

    title: Text
    belongs_to: str
    about: Text
    reply: Text
    intro: Sequence[Text]
    lead: Text
    asks: Sequence[tuple[Text, Sequence[Text]]]
    last_lines: Sequence[Text]


def leaf_story(leaf: TranslatedLeaf) -> list[Block]:
    """The leaf as blocks, in the order of the form."""
    asks = [Keep([*([Para(_bold(words))] if words else []), Bullets(list(boxes))]) for words, boxes in leaf.asks]
    return [
        Heading(1, leaf.title),
        Para([Run(leaf.belongs_to, lang="en-GB")], style="small"),
        NoticeBox([Para(leaf.about), Para(leaf.reply)]),
        *map(Para, leaf.intro),
        Heading(2, leaf.lead),
        *asks,
        *map(Para, leaf.last_lines),
    ]


def _bold(words: Text) -> list[Run]:
    parts = [words] if isinstance(words, str | Run) else words
    return [replace(part, bold=True) if isinstance(part, Run) else Run(part, bold=True) for part in parts]
