"""The first-aid card: only what whoever helps needs to know.

What may be an emergency leads, in words and in a heavy frame, with what to do first. A card never says “none” by itself: what is said where
nothing is held comes with it, as ``nothing_recorded_words``.

The sheet of emergency contacts: each pupil once, and below the name whom to call, in order, with numbers that are read from arm's length.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, CutOut, FactList, Heading, Keep, NoticeBox, Para, Run, Table
from pupil_desk.domain.care.health import NO_STEPS

_LEFT_OUT = _("Somebody is left out here for the pupil’s safety. Ask the office before you tell anyone else.")


@dataclass(frozen=True, slots=True)
class Caller:
    """One to call: name with relationship, and the numbers, the first to try first. What only stands before them is not ``is_called``."""

    name: str
    numbers: str
    is_called: bool = True


@dataclass(frozen=True, slots=True)
class KnownCondition:
    """A condition or an allergy. What may be an emergency has ``lead``, the word that begins its heading, and what to do: one step a line, and ``cautions``, which stand above the steps."""

    words: str
    steps: Sequence[str] = ()
    plan: str = ""
    lead: str = ""
    cautions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FirstAidCard:
    """What stands on one pupil's card, all in words. ``born_and_year`` is the birthday and the year group; ``medicines``: name, dose and when,
    where it is kept; ``nothing_recorded_words`` what is said where nothing is held; ``also`` what is not said, where something is.
    """

    name: str
    born_and_year: str
    conditions: Sequence[KnownCondition]
    diet: Sequence[str]
    notes: str
    medicines: Sequence[tuple[str, str, str]]
    callers: Sequence[Caller]
    nothing_recorded_words: str = ""
    sure: bool = False
    also: str = ""
    kept_back: bool = False


def story(cards: Sequence[FirstAidCard], imprint: str, *, gravest_first: bool = False) -> list[Block]:
    """The cards as blocks, two to a page and short ones four, with lines to cut along; one that needs it has a page of its own.

    ``gravest_first`` is said where the order is not that of the names alone.
    """
    if len(cards) == 1:
        return [Heading(1, _("First aid: {name}").format(name=cards[0].name)), *_card(cards[0], 2), Para(imprint, style="small")]
    title = _("First-aid cards, the gravest first") if gravest_first else _("First-aid cards")
    return [Heading(1, title), *_cut_outs(cards, imprint)]


def _cut_outs(cards: Sequence[FirstAidCard], imprint: str) -> Iterator[Block]:
    """Two short ones that follow each other are side by side: in the order of the list, so that a card is found."""
    waiting: FirstAidCard | None = None
    for card in cards:
        if waiting is None and is_short(card):
            waiting = card
        elif waiting is not None and is_short(card):
            yield CutOut(_to_cut(waiting, imprint), _to_cut(card, imprint))
            waiting = None
        else:
            if waiting is not None:
                yield CutOut(_to_cut(waiting, imprint))
                waiting = None
            yield CutOut(_to_cut(card, imprint))
    if waiting is not None:
        yield CutOut(_to_cut(waiting, imprint))


def _to_cut(card: FirstAidCard, imprint: str) -> list[Block]:
    return [Heading(2, card.name), *_card(card, 3), Para(imprint, style="small")]


_MOST_LETTERS, _LONGEST_WORD, _MOST_CALLERS, _OF_A_BLOCK = 330, 16, 2, 40


def is_short(card: FirstAidCard) -> bool:
    """Whether a quarter of a page holds it, in letters as large as on any other: nothing that may be an emergency, no medicine, no plan, few words and none of them long."""
    phrases = [
        card.name,
        card.nothing_recorded_words,
        card.notes,
        card.also,
        *card.diet,
        *(condition.words for condition in card.conditions),
        *(caller.name for caller in card.callers),
    ]
    letters = sum(map(len, phrases)) + 12 * sum(len(caller.numbers.split(" / ")) for caller in card.callers)
    letters += _OF_A_BLOCK * sum(map(bool, (card.nothing_recorded_words, card.notes, card.also, card.diet, card.conditions)))
    few = letters <= _MOST_LETTERS and len(card.callers) <= _MOST_CALLERS and not card.medicines
    plain = not any(condition.lead or condition.plan for condition in card.conditions)
    return few and plain and all(len(word) <= _LONGEST_WORD for words in phrases for word in words.replace("-", "- ").split())


def _card(card: FirstAidCard, level: int) -> list[Block]:
    dangers = [condition for condition in card.conditions if condition.lead]
    blocks: list[Block] = [Para(card.born_and_year, style="lead")]
    if dangers:
        blocks.append(NoticeBox([*(block for condition in dangers for block in _danger(condition, level)), *_where_kept(card)], firm=True))
    if card.nothing_recorded_words:
        words = Para([Run(card.nothing_recorded_words, bold=True)], style="lead")
        blocks.append(words if card.sure else NoticeBox([words], firm=True))
    if card.notes:
        blocks.append(NoticeBox([Para([Run(_("Medical notes: "), bold=True), card.notes], style="lead")]))
    also_known = [condition for condition in card.conditions if not condition.lead]
    if also_known:
        blocks.append(Para([Run(_("Also known:") if dangers else _("Allergies and conditions:"), bold=True)]))
        blocks += [block for condition in also_known for block in _condition_blocks(condition)]
    if card.diet:
        blocks.append(Para([Run(_("Dietary needs: "), bold=True), "; ".join(card.diet)]))
    if card.medicines:
        header = [_("Medicine"), _("Dose, and when"), _("Where it is kept")]
        blocks.append(Table(caption=_("Medicines"), header=header, rows=[list(row) for row in card.medicines]))
    if card.also:
        blocks.append(Para(card.also))
    return [*blocks, *_callers(card, level)]


def _danger(condition: KnownCondition, level: int) -> list[Block]:
    blocks: list[Block] = [Heading(level, _("{how}: {what}").format(how=condition.lead, what=condition.words))]
    blocks += [Para([Run(caution, bold=True)]) for caution in condition.cautions]
    if condition.steps:
        blocks.append(Bullets(list(condition.steps), numbered=True))
    elif not condition.plan:
        blocks.append(Para([Run(NO_STEPS, bold=True)]))
    return [*blocks, *_plan(condition)]


def _where_kept(card: FirstAidCard) -> list[Block]:
    places = "; ".join(_("{name} – {place}").format(name=name, place=place) for name, _dose, place in card.medicines)
    return [Para([Run(_("All medicines kept for the pupil, and where: "), bold=True), places])] if places else []


def _condition_blocks(condition: KnownCondition) -> list[Block]:
    return [Para(condition.words), *_plan(condition)]


def _plan(condition: KnownCondition) -> list[Block]:
    return [Para([Run(_("Action plan: "), bold=True), condition.plan])] if condition.plan else []


def _callers(card: FirstAidCard, level: int) -> list[Block]:
    blocks: list[Block] = [Heading(level, _("Whom to call, in this order"))]
    if card.callers:
        blocks.append(FactList([(name, caller.numbers) for name, caller in numbered(card.callers)]))
    else:
        blocks.append(Para(_("Nobody with a telephone number is on file. Ask the office.")))
    if card.kept_back:
        blocks.append(Para(_LEFT_OUT))
    return blocks


def numbered(callers: Sequence[Caller]) -> Iterator[tuple[str, Caller]]:
    """Each with its name as it stands in the list: those who are called have their number."""
    numbers = count(1)
    for caller in callers:
        yield f"{next(numbers)}. {caller.name}" if caller.is_called else caller.name, caller


BASE = 13  # points of body text; a number is as large as what families read
_LABELS = 0.58  # of the width: all numbers stand in one column


@dataclass(frozen=True, slots=True)
class Reachable:
    """One pupil, and whom to call, the first to try first."""

    name: str
    callers: Sequence[Caller]
    kept_back: bool = False


def emergency_contacts(pupils: Sequence[Reachable], imprint: str) -> list[Block]:
    """The sheet as blocks; a pupil's contacts never go on overleaf."""
    return [
        Heading(1, _("Emergency contacts")),
        Para(_("Keep this sheet locked away, and shred it when a newer one is printed. Call in the order of the numbers.")),
        *(map(_pupil, pupils) if pupils else [Para(_("No pupil is on roll."))]),
        Para(imprint, style="small"),
    ]


def _pupil(pupil: Reachable) -> Block:
    facts = [(name, [Run(caller.numbers, bold=True)]) for name, caller in numbered(pupil.callers)]
    to_call = FactList(facts or [(_("Nobody with a number is on file"), _("Ask the office"))], caption=pupil.name, labels=_LABELS)
    return Keep([to_call, *([Para(_LEFT_OUT)] if pupil.kept_back else [])])
