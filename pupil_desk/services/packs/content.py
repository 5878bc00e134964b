"""What a pack consists of while it is worked on: its parts, the places that are marked in them, and what is left of withheld words."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.boxes import PaperBox
from pupil_desk.domain.requests.pack import PAPER, PackBegun, PackMark, PackSection, PlaceVerdict, Sealed, TextPlace
from pupil_desk.domain.requests.withholding import Needle, Span, are_initials, needles_of, rebuilt, remnants_in
from pupil_desk.services.packs import people
from pupil_desk.services.packs.held_papers import PaperHeld
from pupil_desk.services.packs.text_keys import key_of, place_now

NEWS = "pack"  # what has changed, when something of a pack has
RESTRICTED = "restricted_notes"
FRONT = "front"  # the cover letter and what is said of the rights: nothing in it is withheld
_AROUND = 60  # characters shown on either side of a place

type TextOf = tuple[str, str, str]
"""Section, field and key of a text: its places share all three."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One fact of one record: its label and words as they are told, and its value as kept. ``searched``: it may name someone.

    ``is_askers``: it is the name of who asks, or where they are reached. ``marked_as``: the code under which it is marked
    as a whole: that mark is on none that has the same words.
    """

    section: str
    field: str
    label: str
    words: str
    value: Any = None
    searched: bool = True
    is_askers: bool = False
    marked_as: str = ""

    @property
    def key(self) -> str:
        """What its places bear."""
        return key_of(self.words, self.marked_as)

    @property
    def text_of(self) -> TextOf:
        """Where decisions about it are looked up."""
        return self.section, self.field, self.key


@dataclass(frozen=True, slots=True)
class CopyPart:
    """One section: its records, and how many there are. ``entries`` is empty, and ``number`` is not, where another must add it.

    ``untold``: how many more there are of which no copy tells, for the office alone.
    """

    name: str
    title: str
    entries: tuple[tuple[Passage, ...], ...]
    number: int
    untold: int = 0

    @property
    def passages(self) -> Iterator[Passage]:
        """Its texts in order."""
        return (passage for entry in self.entries for passage in entry)


@dataclass(frozen=True, slots=True)
class RecordLeftOut:
    """A record that is out whole, with nothing in its place, for the office alone: where it stands, and what it is."""

    where: str
    sort_words: str


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """A place that may be withheld: what stands there, whose it may be, what is proposed and why, and what was said of it, if anything was.

    ``before`` and ``after`` are the words around it, ``times`` how many records say the very same, ``initials`` those words that are
    initials (see ``NameMatch``). ``common``: its words tell nothing where they stand elsewhere, such as «Yes».
    """

    place: TextPlace
    label: str
    words: str
    whose: str
    who: str
    proposed: PlaceVerdict
    alone: PlaceVerdict
    before: str = ""
    after: str = ""
    times: int = 1
    said: PlaceVerdict | None = None
    reason: str = ""
    note: str = ""
    by_hand: bool = False
    initials: frozenset[str] = frozenset()
    common: bool = False

    @property
    def withheld(self) -> bool:
        """Whether it is, by what was said of it."""
        return self.said is PlaceVerdict.WITHHOLD

    @property
    def needles(self) -> frozenset[Needle]:
        """What must be gone if it is withheld. One letter tells of nobody, unless a person marked it: «Child X»."""
        if self.common:
            return frozenset()
        needles = needles_of(self.words, is_name=self.whose not in people.DETAILS and not self.by_hand, initials=self.initials)
        return needles if self.by_hand else frozenset(needle for needle in needles if len(needle) > 1)


@dataclass(frozen=True, slots=True)
class Remaining:
    """A place where a withheld word still stands in what is given: to be ticked by a person, or marked."""

    place: TextPlace
    needle: Needle
    where: str
    words: str
    before: str
    after: str
    times: int = 1
    ticked: bool = False


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """A pack as it stands on a day; ``apart``: the restricted notes alone, before the one who may read them.

    ``changed_to``: who asks by the request as it was put right since. ``headings`` are our own words, which name nobody. ``left_out`` tells the office, and nobody else, how many lines of the log and traces of a protection no copy tells, and how many records are out of this one, ``records_out``. ``is_behind``: what it tells of its case, or of its papers, has changed since it was compiled.
    """

    pack: PackBegun
    pupil: Pupil
    parts: tuple[CopyPart, ...]
    marks: tuple[MarkedPlace, ...]
    papers: tuple[PaperHeld, ...]
    sections: Mapping[str, PackSection]
    sealed: Sealed | None
    sealed_covers: bool
    restricted: int
    readers: str
    protected: tuple[str, ...] = ()
    left_out: str = ""
    records_out: tuple[RecordLeftOut, ...] = ()
    front: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    apart: bool = False
    changed_to: str = ""
    is_behind: bool = False
    ticks: frozenset[TextPlace] = field(default=frozenset())

    @property
    def counts(self) -> dict[str, int]:
        """Each section with how many records it has."""
        return {part.name: part.number for part in self.parts}

    def part(self, name: str) -> CopyPart:
        """A section by name."""
        return next(part for part in self.parts if part.name == name)

    def is_given(self, section: str) -> bool:
        """Whether a section is given, and not withheld as a whole."""
        decision = self.sections.get(section)
        return decision is None or decision.given

    @property
    def open_restricted(self) -> bool:
        """Whether restricted notes are still to be added by someone named to read them."""
        return bool(self.restricted) and (self.sealed is None or not self.sealed_covers)

    @cached_property
    def by_text(self) -> dict[TextOf, list[MarkedPlace]]:
        """The marks of each text, in order."""
        return grouped(((mark.place.section, mark.place.field, mark.place.key), mark) for mark in self.marks)

    def marks_in(self, passage: Passage) -> Sequence[MarkedPlace]:
        """The marks of a passage; of who asks those by hand alone, where another's record has the same words."""
        marks = self.by_text.get(passage.text_of, ())
        return [mark for mark in marks if mark.by_hand] if passage.is_askers else marks

    def withheld_in(self, passage: Passage) -> list[Span]:
        """The stretches of a passage that are withheld."""
        return [(mark.place.start, mark.place.stop) for mark in self.marks_in(passage) if mark.withheld]

    def told(self, passage: Passage) -> str:
        """The words of a passage as they are given."""
        return rebuilt(passage.words, self.withheld_in(passage))

    @property
    def undecided(self) -> list[MarkedPlace]:
        """The places of which nothing is said yet, in sections that are given."""
        return [mark for mark in self.marks if mark.said is None and self.is_given(mark.place.section)]

    @property
    def withheld(self) -> list[MarkedPlace]:
        """The places that are withheld, in sections that are given."""
        return [mark for mark in self.marks if mark.withheld and self.is_given(mark.place.section)]

    @property
    def boxes(self) -> list[PaperBox]:
        """The boxes on the papers that are given."""
        return [box for paper in self.papers if paper.given for box in paper.boxes]

    @property
    def withheld_count(self) -> int:
        """How many places are withheld: in texts, and on the pages of papers."""
        return len(self.withheld) + len(self.boxes)

    @cached_property
    def needles(self) -> frozenset[Needle]:
        """All that must be gone, but for the places that are listed as remaining, and initials in words that are no person's own."""
        of_papers = (paper.needles for paper in self.papers if paper.given)
        return frozenset().union(*(mark.needles for mark in self.withheld), *of_papers)

    @cached_property
    def remaining(self) -> tuple[Remaining, ...]:
        """Every place where a withheld word still stands in what is given."""
        return tuple(_remaining(self)) if self.needles else ()

    @property
    def unticked(self) -> list[Remaining]:
        """Those that nobody has ticked yet."""
        return [remaining for remaining in self.remaining if not remaining.ticked]

    def saying(self, words: Iterable[PackMark]) -> "Compiled":
        """The same with further words about places; those of unknown places are marks by hand, and ticks."""
        return with_said(self, words)

    def saying_of(self, section: PackSection) -> "Compiled":
        """The same with a word about a whole section or paper."""
        papers = tuple(dataclasses.replace(paper, said=section) if PAPER + paper.id == section.section else paper for paper in self.papers)
        return dataclasses.replace(self, sections={**self.sections, section.section: section}, papers=papers)


def with_said(compiled: Compiled, words: Iterable[PackMark]) -> Compiled:
    """See ``Compiled.saying``."""
    marks_by_place = {mark.place: mark for mark in compiled.marks}
    ticks = set(compiled.ticks)
    texts = {passage.text_of: passage for part in compiled.parts for passage in part.passages}
    for word in words:
        place, verdict = place_now(word.place, texts), PlaceVerdict(word.said)
        if verdict is PlaceVerdict.STAYS:
            ticks.add(place)
        elif verdict is PlaceVerdict.LOOK:
            ticks.discard(place)
        elif verdict is PlaceVerdict.UNMARK:
            if place in marks_by_place and marks_by_place[place].by_hand:
                del marks_by_place[place]
            elif place in marks_by_place:
                marks_by_place[place] = dataclasses.replace(marks_by_place[place], said=None, reason="", note="")
        elif place in marks_by_place:
            marks_by_place[place] = dataclasses.replace(marks_by_place[place], said=verdict, reason=word.reason, note=word.note)
        elif (passage := texts.get((place.section, place.field, place.key))) is not None:
            marks_by_place[place] = _by_hand(passage, dataclasses.replace(word, key=place.key))
    return dataclasses.replace(compiled, marks=tuple(sorted(marks_by_place.values(), key=_order(compiled))), ticks=frozenset(ticks))


def _by_hand(passage: Passage, word: PackMark) -> MarkedPlace:
    before, after = context_of(passage.words, word.start, word.stop)
    rule = people.rules()[word.whose or people.HAND]
    return MarkedPlace(
        place=word.place,
        label=passage.label,
        words=passage.words[word.start : word.stop],
        whose=rule.code,
        who=word.who,
        proposed=rule.proposed,
        alone=rule.alone,
        before=before,
        after=after,
        said=PlaceVerdict(word.said),
        reason=word.reason,
        note=word.note,
        by_hand=True,
    )


def _order(compiled: Compiled) -> Any:
    texts = {passage.text_of: number for number, passage in enumerate(passage for part in compiled.parts for passage in part.passages)}
    return lambda mark: (texts.get((mark.place.section, mark.place.field, mark.place.key), 0), mark.place.start)


def context_of(text: str, start: int, stop: int) -> tuple[str, str]:
    """The words on either side of a place."""
    before, after = text[max(0, start - _AROUND) : start], text[stop : stop + _AROUND]
    return ("…" if start > _AROUND else "") + before, after + ("…" if stop + _AROUND < len(text) else "")


# -- what is left


def _remaining(compiled: Compiled) -> Iterator[Remaining]:
    """Initials are listed where somebody wrote the text: «AM» of a session or «IT» of a subject, as a code list has them, name nobody."""
    remaining: dict[TextPlace, Remaining] = {}
    names = frozenset(needle for needle in compiled.needles if not are_initials(needle))
    for section, name, key, where, text, spans, staff_wrote in _given_texts(compiled):
        for left in remnants_in(text, compiled.needles if staff_wrote else names):
            if any(start < left.stop and left.start < stop for start, stop in spans):
                continue
            place = TextPlace(section=section, field=name, key=key, start=left.start, stop=left.stop)
            if place in remaining:
                remaining[place] = dataclasses.replace(remaining[place], times=remaining[place].times + 1)
                continue
            before, after = context_of(text, left.start, left.stop)
            remaining[place] = Remaining(
                place,
                left.needle,
                where,
                text[left.start : left.stop],
                before,
                after=after,
                ticked=place in compiled.ticks or _released(compiled, place),
            )
    yield from remaining.values()


def _released(compiled: Compiled, place: TextPlace) -> bool:
    """Whether it lies in a place that a person has looked at by itself, and given; an account of several pupils is more than a place."""
    marks = (mark for mark in compiled.by_text.get((place.section, place.field, place.key), ()) if mark.whose != people.SHARED)
    return any(mark.said is PlaceVerdict.RELEASE and mark.place.start <= place.start and place.stop <= mark.place.stop for mark in marks)


def _given_texts(compiled: Compiled) -> Iterator[tuple[str, str, str, str, str, Sequence[Span], bool]]:
    """Every text that is given: its section, field and key, where it stands in words, the text itself, what of it is withheld, and whether somebody wrote it."""
    for text in dict.fromkeys(compiled.front):
        yield FRONT, FRONT, key_of(text), "", text, (), False
    for part in compiled.parts:
        if compiled.is_given(part.name):
            for passage in part.passages:
                where = f"{part.title}: {passage.label}"
                yield *passage.text_of, where, passage.words, compiled.withheld_in(passage), passage.searched
    for paper in compiled.papers:
        if paper.given:
            for number, page in enumerate(paper.pages, start=1):
                yield PAPER + paper.id, str(number), key_of(page), paper.title, page, paper.beneath.get(number - 1, ()), True
