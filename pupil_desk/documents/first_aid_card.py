"""The first-aid card, and the sheet of emergency contacts: only what whoever helps needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, FactList, Heading, Keep, NoticeBox, PageBreak, Para, Run, Table


@dataclass(frozen=True, slots=True)
class Caller:
    """One to call: name with relationship, and the numbers, the first to try first."""

    name: str
    numbers: str


@dataclass(frozen=True, slots=True)
class Known:
    """A condition or an allergy, and what to do: one step a line."""

    words: str
    steps: tuple[str, ...] = ()
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on one pupil's card, all in words. ``medicines``: name, dose and when, where it is kept."""

    name: str
    allergies: Sequence[Known]
    conditions: Sequence[Known]
    diet: Sequence[str]
    notes: str
    medicines: Sequence[tuple[str, str, str]]
    callers: Sequence[Caller]
    kept_back: bool = False


def story(cards: Sequence[Card], made: str) -> list[Block]:
    """The cards as blocks, each on a page of its own."""
    if len(cards) == 1:
        return [
            Heading(1, _("First aid: {name}").format(name=cards[0].name)),
            *_card(cards[0], 2),
            Para(made, style="small"),
        ]
    blocks: list[Block] = [Heading(1, _("First-aid cards"))]
    for number, card in enumerate(cards):
        if number:
            blocks.append(PageBreak())
        blocks += [Heading(2, card.name), *_card(card, 3), Para(made, style="small")]
    return blocks


def _card(card: Card, level: int) -> list[Block]:
    blocks: list[Block] = []
    grave = [known for known in (*card.allergies, *card.conditions) if known.grave]
    if grave:
        blocks.append(NoticeBox([block for known in grave for block in _known(known)]))
    for title, found in ((_("Allergies"), card.allergies), (_("Conditions"), card.conditions)):
        blocks.append(Heading(level, title))
        rest = [known for known in found if not known.grave]
        if not found:
            blocks.append(Para(_("None on file.")))
        elif not rest:
            blocks.append(Para(_("See the frame above.")))
        blocks += [Keep(_known(known)) for known in rest]
    if card.diet:
        blocks += [Heading(level, _("Dietary needs")), Bullets(list(card.diet))]
    if card.notes:
        blocks += [Heading(level, _("Medical notes")), Para(card.notes)]
    blocks += _medicines(card, level)
    return [*blocks, *_callers(card, level)]


def _known(known: Known) -> list[Block]:
    words = Para([Run(known.words, bold=True)])
    return [words, Bullets(list(known.steps), numbered=True)] if known.steps else [words]


def _medicines(card: Card, level: int) -> list[Block]:
    blocks: list[Block] = [Heading(level, _("Medicines"))]
    if not card.medicines:
        return [*blocks, Para(_("None on file."))]
    header = [_("Medicine"), _("Dose, and when"), _("Where it is kept")]
    return [*blocks, Table(caption="", header=header, rows=[list(row) for row in card.medicines])]


def _callers(card: Card, level: int) -> list[Block]:
    blocks: list[Block] = [Heading(level, _("Whom to call, in this order"))]
    if card.callers:
        blocks.append(
            FactList([(f"{number}. {caller.name}", caller.numbers) for number, caller in enumerate(card.callers, 1)])
        )
    else:
        blocks.append(Para(_("Nobody with a telephone number is on file. Ask the office.")))
    if card.kept_back:
        blocks.append(
            Para(_("Somebody is left out here for the pupil’s safety. Ask the office before you tell anyone else."))
        )
    return blocks


@dataclass(frozen=True, slots=True)
class Reachable:
    """One pupil's line group on the sheet of emergency contacts."""

    name: str
    callers: Sequence[Caller]


def contacts_story(pupils: Sequence[Reachable], made: str) -> list[Block]:
    """The sheet of emergency contacts as blocks: a row for each one to call."""
    rows: list[list[str]] = []
    for pupil in pupils:
        if not pupil.callers:
            rows.append([pupil.name, _("Nobody with a number is on file"), ""])
        rows += [
            [pupil.name, f"{number}. {caller.name}", caller.numbers] for number, caller in enumerate(pupil.callers, 1)
        ]
    header = [_("Pupil"), _("Whom to call"), _("Telephone")]
    table = Table(caption="", header=header, rows=rows, widths=(3, 4, 4))
    return [
        Heading(1, _("Emergency contacts")),
        Para(_("Keep this sheet locked away, and shred it when a newer one is printed.")),
        table if rows else Para(_("No pupil is on roll.")),
        Para(made, style="small"),
    ]
