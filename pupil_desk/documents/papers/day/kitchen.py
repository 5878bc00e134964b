"""The kitchen list of a day: how many to cook for, by diet, and who must not have what, the gravest first. No more of a pupil than that."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block, Heading, Keep, NoticeBox, Para, Run, Table

_SHARES = (2, 3, 4)
_FEW = (4, 1)


@dataclass(frozen=True, slots=True)
class KitchenLine:
    """One pupil: the name by which the kitchen knows him or her, what not to give or which diet, and what to do."""

    name: str
    food: Sequence[str]
    steps: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitchenList:
    """What the list says. ``grave`` are those whom something may kill or badly hurt, ``others`` the rest with a diet or an allergy.

    ``later`` are of either, not in now, and may come for lunch. ``session`` is the one by which it goes, in words. ``number`` is how many are in,
    ``unmarked`` how many have no mark, ``afternoon`` how many more are expected after the morning; ``counts`` are diets with how many of these two. ``unknown`` is of how many of them nobody has said which allergies there are.
    """

    when: str
    session: str
    number: int
    unmarked: int
    afternoon: int
    grave: Sequence[KitchenLine]
    others: Sequence[KitchenLine]
    later: Sequence[KitchenLine]
    counts: Sequence[tuple[str, int]]
    unknown: int
    imprint: str


def story(content: KitchenList) -> list[Block]:
    """The list, on as few pages as it takes."""
    pupils = count_of(content.number, _("pupil"), _("pupils"))
    lead = _("{pupils} in by the register of the {session}").format(pupils=pupils, session=content.session)
    if content.unmarked:
        lead = _("{lead}, and {number} not marked yet").format(lead=lead, number=content.unmarked)
    blocks: list[Block] = [
        Heading(1, _("Kitchen list")),
        Para([Run(content.when, bold=True)], style="lead"),
        Para(_("{lead}.").format(lead=lead)),
    ]
    if content.afternoon:
        words = _("For the afternoon alone {pupils} expected besides, not among the numbers: ask the office who of them eats here.")
        blocks.append(Para(words.format(pupils=count_of(content.afternoon, _("pupil is"), _("pupils are")))))
    if content.grave:
        heading = Heading(2, _("May kill or badly hurt"))
        blocks.append(NoticeBox([heading, _table(content.grave, _("What to do if it was eaten"))], firm=True))
    if content.others:
        blocks += [Heading(2, _("Diets and other allergies")), _table(content.others, _("What to do"))]
    if content.later:
        words = _(
            "By the register, a timetable or a place at a provider they are not here now, and may be there for lunch. They are not among the numbers."
        )
        blocks += [Heading(2, _("Not in now, may come")), Para(words), _table(content.later, _("What to do"))]
    if not content.grave and not content.others and not content.later:
        blocks.append(Para(_("No diet and no allergy is on file of anybody on this list.")))
    rows = [(label, str(number)) for label, number in content.counts]
    last: list[Block] = [Heading(2, _("How many")), Table(caption="", header=(_("Diet or allergy"), _("Pupils")), rows=rows, widths=_FEW)]
    if content.unknown:
        words = _("Of {pupils} nobody has said which allergies there are. Ask the office before something new is served.")
        last.append(Para(words.format(pupils=count_of(content.unknown, _("pupil"), _("pupils")))))
    return [*blocks, Keep([*last, Para(content.imprint, style="small")])]  # the foot is never alone on a page


def _table(lines: Sequence[KitchenLine], steps_heading: str) -> Table:
    rows = [([Run(line.name, bold=True)], "\n".join(line.food), line.steps) for line in lines]
    return Table(caption="", header=(_("Pupil"), _("Not to be given, or diet"), steps_heading), rows=rows, widths=_SHARES)
