"""The lines of the list, how they are narrowed down, and the groups that they stand in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pupil_desk.basics.text import tokens
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.services.desk import Desk
from pupil_desk.services.quality.looking import Finding
from pupil_desk.services.quality.rule import Gravity, Need
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column

BY_NEED, BY_PUPIL = "need", "pupil"
EVERYTHING = ""
_SHORT = {Gravity.MUST: _("Must"), Gravity.SHOULD: _("Should")}
_SIGNS = {Gravity.MUST: "warning", Gravity.SHOULD: "info"}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding, with the words of the pupil that the search looks at."""

    finding: Finding
    words: tuple[str, ...]

    @property
    def id(self) -> str:
        """The finding's."""
        return self.finding.id


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """A return, or a pupil, with how many lines concern it; ``id`` empty for all of them."""

    id: str
    title: str
    number: int
    must: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of the list is wanted: a need's name, a gravity's, and words typed. Empty is all."""

    need: str = EVERYTHING
    gravity: str = EVERYTHING
    find: str = ""


def lines_of(findings: Iterable[Finding]) -> list[FindingLine]:
    """The findings as lines; the words of a pupil are made once."""
    words: dict[str, tuple[str, ...]] = {}
    lines = []
    for finding in findings:
        pupil_words = words.get(finding.pupil_id)
        if pupil_words is None:
            pupil_words = words[finding.pupil_id] = tuple(tokens(f"{finding.pupil} {finding.ref}"))
        lines.append(FindingLine(finding, pupil_words))
    return lines


def narrowed(lines: Sequence[FindingLine], narrowing: Narrowing) -> list[FindingLine]:
    """The lines wanted, in their order."""
    need = Need[narrowing.need] if narrowing.need else None
    gravity = Gravity[narrowing.gravity] if narrowing.gravity else None
    words = tokens(narrowing.find)
    return [
        line
        for line in lines
        if (need is None or need in line.finding.needs)
        and (gravity is None or line.finding.gravity is gravity)
        and all(any(pupil_word.startswith(word) for pupil_word in line.words) for word in words)
    ]


def groups_of(lines: Sequence[FindingLine], grouping: str) -> list[FindingGroup]:
    """All, then a group a return or a pupil. A line that several returns need stands in each of them."""
    if grouping == BY_NEED:
        places = [(need.name, need.value, line) for line in lines for need in line.finding.needs]
        order = {need.name: place for place, need in enumerate(Need)}
    else:
        places = [(line.finding.pupil_id, line.finding.pupil, line) for line in lines]
        order = {}
    number: Counter[str] = Counter()
    must: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for key, title, line in places:
        titles[key] = title
        number[key] += 1
        must[key] += line.finding.gravity is Gravity.MUST
    keys = sorted(titles, key=order.__getitem__) if order else list(titles)
    all_lines = FindingGroup(EVERYTHING, _("Everything"), len(lines), sum(line.finding.gravity is Gravity.MUST for line in lines))
    return [all_lines, *(FindingGroup(key, titles[key], number[key], must[key]) for key in keys)]


def of_group(lines: Sequence[FindingLine], grouping: str, key: str) -> list[FindingLine]:
    """The lines of one group; with no key all."""
    if key == EVERYTHING:
        return list(lines)
    if grouping == BY_NEED:
        need = Need[key]
        return [line for line in lines if need in line.finding.needs]
    return [line for line in lines if line.finding.pupil_id == key]


def count_words(lines: Sequence[FindingLine]) -> str:
    """«14 things to check, of 5 pupils: 6 must be put right, 8 should be looked at»."""
    must = sum(line.finding.gravity is Gravity.MUST for line in lines)
    pupil_count = len({line.finding.pupil_id for line in lines})
    if not lines:
        return _("Nothing to check here.")
    parts = [
        words.format(number=f"{number:,}")
        for number, words in ((must, _("{number} must be put right")), (len(lines) - must, _("{number} should be looked at")))
        if number
    ]
    pattern = _("{things}, of {pupils}: {parts}.")
    things = count_of(len(lines), _("thing to check"), _("things to check"))
    return pattern.format(things=things, pupils=count_of(pupil_count, _("pupil"), _("pupils")), parts=", ".join(parts))


def needed_for(finding: Finding) -> str:
    """«Needed for: School census and File for the next school (CTF).» with who asks for it."""
    needs = join_words([need.value for need in finding.needs])
    return _("Needed for: {needs}. Who asks for it: {source}.").format(needs=needs, source=finding.source)


def line_columns(desk: Desk) -> tuple[Column[FindingLine], ...]:
    """The columns of the list of lines."""
    pupil = Column[FindingLine]("pupil", _("Pupil"), lambda line: line.finding.pupil, width=12, most=22, stretch=True)
    return (
        badged(desk, pupil, lambda line: line.finding.pupil_id),
        Column[FindingLine](
            "gravity",
            _("Pressing"),
            lambda line: _SHORT[line.finding.gravity],
            longest=_("Should"),
            icon=lambda line: _SIGNS[line.finding.gravity],
            tip=lambda line: line.finding.gravity.value,
        ),
        Column[FindingLine](
            "what",
            _("What"),
            lambda line: line.finding.title,
            stretch=True,
            width=12,
            stands_in="gravity",
            tip=lambda line: line.finding.title,
        ),
        Column[FindingLine]("words", _("What to do"), lambda line: line.finding.words, stretch=True, width=24),
    )


def group_columns(desk: Desk, grouping: str) -> tuple[Column[FindingGroup], ...]:
    """The columns of the list of groups."""
    title = _("Needed for") if grouping == BY_NEED else _("Pupil")
    first = Column[FindingGroup]("title", title, lambda group: group.title, stretch=True, width=12)
    return (
        first if grouping == BY_NEED else badged(desk, first, lambda group: group.id),
        Column[FindingGroup]("number", _("All"), lambda group: f"{group.number:,}", align="right"),
        Column[FindingGroup](
            "must", _("Must"), lambda group: f"{group.must:,}" if group.must else "", align="right", tip=lambda group: Gravity.MUST.value
        ),
    )
