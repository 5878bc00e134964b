"""The evacuation sheet: who is in the building by the register, by group, in large print and with boxes to tick; then who has no mark yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block, Bullets, Heading, Keep, NoticeBox, Para, Run, Table, Text, WritingLine

BASE = 16  # points of body text: it is read outside, in haste
_TICK = "\N{BALLOT BOX}"
_SHARES = (1.15, 4.2, 4.4)
_ROWS_FOR_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Someone:
    """One pupil: the name, and what the warden needs to know, such as «late» or «a guest»; ``help_out`` is what may hinder getting out."""

    name: str
    words: str = ""
    help_out: str = ""


@dataclass(frozen=True, slots=True)
class EvacuationSheet:
    """What the sheet says. ``groups`` are those in the building, and ``unmarked`` those without a mark, each with its name; ``sites`` say how many are to be found at each, where there are several; ``elsewhere`` are names with where they are taught."""

    when: str
    groups: Sequence[tuple[str, Sequence[Someone]]]
    unmarked: Sequence[tuple[str, Sequence[Someone]]]
    elsewhere: Sequence[Someone]
    absent: int
    imprint: str
    closed: str = ""
    sites: Sequence[str] = ()


def story(sheet: EvacuationSheet) -> list[Block]:
    number, unmarked = (sum(len(people) for _name, people in groups) for groups in (sheet.groups, sheet.unmarked))
    without_mark = (
        _("No mark, and not expected – look only for those who came in: {number}")
        if sheet.closed
        else _("No mark yet – look for them: {number}")
    )
    blocks: list[Block] = [
        Heading(1, _("Evacuation sheet")),
        Para([Run(sheet.when, bold=True)], style="lead"),
        NoticeBox(
            [
                Para([Run(counts_words(number, unmarked, is_closed=bool(sheet.closed)), bold=True)], style="lead"),
                *(Para([Run(words, bold=True)]) for words in sheet.sites),
                *_closed(sheet),
            ],
            firm=True,
        ),
    ]
    for name, people in sheet.groups:
        blocks.append(Keep([Heading(2, _("{group}: {number} in").format(group=name, number=len(people))), _table(people)]))
    if not sheet.groups:
        blocks.append(Para(_("Nobody is marked as in for this session.")))
    if sheet.unmarked:
        blocks.append(Heading(2, without_mark.format(number=unmarked)))
    for name, people in sheet.unmarked:
        blocks.append(Keep([Heading(3, _("{group}: {number}").format(group=name, number=len(people))), _table(people)]))
    blocks += [Heading(2, _("Taught somewhere else by the register: {number}").format(number=len(sheet.elsewhere)))]
    if sheet.elsewhere:
        blocks.append(Bullets([_name_and_words(person) for person in sheet.elsewhere]))
    else:
        blocks.append(Para(_("Nobody.")))
    absent = _("Marked absent, and so not listed: {pupils}.").format(pupils=count_of(sheet.absent, _("pupil"), _("pupils")))
    return [*blocks, Para(absent), *_visitors(), Para(sheet.imprint, style="small")]


def counts_words(number: int, unmarked: int, *, is_closed: bool) -> str:
    """How many are in and how many have no mark; on a day on which the unit is closed those are not expected."""
    words = (
        _("In, by the register: {number}. No mark, and not expected: {unmarked}.")
        if is_closed
        else _("In, by the register: {number}. No mark yet: {unmarked}. To be found in all: {all}.")
    )
    return words.format(number=number, unmarked=unmarked, all=number + unmarked)


def _closed(sheet: EvacuationSheet) -> list[Block]:
    return [Para(sheet.closed)] if sheet.closed else []


def _table(people: Sequence[Someone]) -> Table:
    rows: list[list[Text]] = [[_TICK, [Run(person.name, bold=True)], _words(person)] for person in people]
    return Table(caption="", header=[_("Safe"), _("Name"), _("By the register")], rows=rows, widths=_SHARES)


def _words(person: Someone) -> list[str | Run]:
    help_out: list[str | Run] = [Run(_("May need help: {what}").format(what=person.help_out), bold=True)] if person.help_out else []
    return [person.words, *(["\n"] if person.words and help_out else []), *help_out]


def _name_and_words(person: Someone) -> str:
    return _("{name}: {words}").format(name=person.name, words=person.words) if person.words else person.name


def _visitors() -> list[Block]:
    """Whom the program knows nothing of: they are in the building too."""
    words = _(
        "Staff, visitors and contractors are not on this sheet. Take the visitors’ book and the staff list with you, and write here who else was in:"
    )
    return [Keep([Heading(2, _("Staff and visitors")), Para(words), *(WritingLine(_("Name")) for _row in range(_ROWS_FOR_OTHERS))])]
