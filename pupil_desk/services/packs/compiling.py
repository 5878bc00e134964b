"""A pack compiled: everything held, as a copy made today tells it, with every place marked that may name someone else.

Nothing of it is kept: it is made anew from the record each time, and what was decided is looked up by the text that it was decided of.
Restricted notes are only counted here. See ``restricted.py``.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.pack import PackBegun, TextPlace
from pupil_desk.domain.requests.redaction import NameFinder, NameMatch
from pupil_desk.domain.unit.school_name import schools_by_number
from pupil_desk.services import sheet
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.packs import (
    contact_fields,
    kept_quiet,
    people,
    protected_ways,
    requests_told,
    shared_accounts,
    where_reached,
    withheld_reports,
)
from pupil_desk.services.packs.askers import Asker, asker_of_copy
from pupil_desk.services.packs.contact_fields import WholeFact
from pupil_desk.services.packs.content import RESTRICTED, Compiled, CopyPart, MarkedPlace, Passage, context_of, with_said
from pupil_desk.services.packs.held_papers import PaperHeld, papers_of
from pupil_desk.services.pupils import pupils
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.services.sheet.entries import SheetEntry
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import packs as store
from pupil_desk.store.tables import providers
from pupil_desk.store.tables import pupils as pupils_store

_DAY_OR_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?")
_LEAST_TELLING = 3  # words
_SAID = 3  # people named at most where several could be meant
_CODE = re.compile(r"[A-Z0-9+/#@&*<>.\\-]{1,12}|[a-z0-9]+(-[a-z0-9]+)*")


def pack_of(desk: Desk, pack_id: str) -> PackBegun:
    """A pack under way. Raises WrongUse for one that there is not, or that was dropped."""
    pack = store.get(desk.vault, pack_id)
    if pack is None or store.is_dropped(desk.vault, pack_id):
        raise WrongUse(_("That copy is no longer under way. Begin it anew."))
    return pack


def require_reader(desk: Desk, pack: PackBegun) -> None:
    """Raises NotAllowed for who is not named to read restricted notes, saying who is."""
    desk.require(Action.ADD_TO_PACK, "pack", pack.id)
    if not readers.may_read(desk):
        raise NotAllowed(_("Only someone named to read restricted notes may add them. Ask: {who}.").format(who=readers.who_may_read(desk)))


def compiled(desk: Desk, pack_id: str, progress: Progress = unwatched, *, read_papers: tuple[PaperHeld, ...] | None = None) -> Compiled:
    """The pack as it stands now; ``read_papers`` are the papers as they were read before, which are read again only where there are others now.
    Data officer only; that the record was looked at is logged. Raises NotAllowed, WrongUse."""
    desk.require(Action.COMPILE_PACK, "pack", pack_id)
    pack = pack_of(desk, pack_id)
    progress(0, 3, _("Gathering what is held"))
    record = pupils.record(desk, pack.pupil_id)
    asker = asker_of_copy(desk, pack, record)
    parts = kept_quiet.without(desk, record.pupil.id, parts_of(desk, pack.pupil_id))
    left_out = kept_quiet.words(desk, record.pupil.id, parts)
    parts, records_out = withheld_reports.without(desk, record, asker, parts)
    changes = withheld_reports.changes_left(desk, record, asker)
    parts = where_reached.with_askers_own(desk, record, asker, parts, changes)
    sealed = store.sealed_of(desk.vault, pack_id)
    progress(1, 3, _("Looking for the names of others"))
    finder = asker.finder(desk, record)
    sections = store.sections_of(desk.vault, pack_id)
    whole_facts = dict(_whole_facts(desk, record, pack, asker, parts, changes=changes))
    parts = _with_marked(parts, whole_facts)
    marks = marks_of(parts, finder, whole_facts, _in_names_of_places(desk, finder))
    progress(2, 3, _("Reading the papers kept"))
    papers = read_papers
    if papers is None or [paper.id for paper in papers] != [paper.id for paper in attachments.of_pupil(desk, pack.pupil_id)]:
        papers = tuple(papers_of(desk, pack.pupil_id, finder, sections, store.boxes_of(desk.vault, pack_id)))
    copy = Compiled(
        pack=pack,
        pupil=record.pupil,
        changed_to=asker.changed_to,
        parts=parts,
        marks=tuple(marks),
        papers=papers,
        sections=sections,
        sealed=sealed,
        sealed_covers=sealed is not None and sealed.covers == store.restricted_covers(desk.vault, pack.pupil_id),
        restricted=notes.count_restricted(desk, pack.pupil_id),
        readers=readers.who_may_read(desk),
        protected=tuple(sorted({codelist("protection_kind").label_of(protection.kind) for protection in record.protections})),
        left_out=f"{left_out} {withheld_reports.words(records_out)}".strip(),
        records_out=records_out,
        front=front_texts(desk, pack, record.pupil, parts, boxes=any(paper.boxes for paper in papers)),
        headings=headings_of(parts),
    )
    progress(3, 3, _("Done"))
    return with_said(copy, (mark for mark in store.marks_of(desk.vault, pack_id) if mark.section != RESTRICTED))


def front_texts(desk: Desk, pack: PackBegun, pupil: Pupil, parts: Iterable[CopyPart], *, boxes: bool = False) -> tuple[str, ...]:
    """Words that are ours and stand whatever is withheld: the cover letter and what is said of the rights, each as often as it stands there."""
    from pupil_desk.documents.blocks import texts_of
    from pupil_desk.services.packs.front import Enclosed, information_story, letter_story

    parts = tuple(parts)
    counts = {part.name: part.number for part in parts}
    enclosed = Enclosed(disclosures=bool(counts["disclosures"]), papers=bool(counts["attachments"]), boxes=boxes)
    front = [*letter_story(desk, pack, pupil, enclosed), *information_story(desk, pupil, counts)]
    return tuple(text for text in texts_of(front) if text)


def headings_of(parts: Iterable[CopyPart]) -> tuple[str, ...]:
    """The titles of sections and the labels in them, each once."""
    return tuple(dict.fromkeys(text for part in parts for text in (part.title, *(passage.label for passage in part.passages)) if text))


# -- what is held


def parts_of(desk: Desk, pupil_id: str) -> tuple[CopyPart, ...]:
    """Every section as a copy made today tells it, those with nothing in them too. Of restricted notes only their number."""
    return tuple(_parts(desk, pupil_id))


def _parts(desk: Desk, pupil_id: str) -> Iterator[CopyPart]:
    for section in sheet.everything(desk, pupil_id, restricted=False):
        if section.name == RESTRICTED:
            yield CopyPart(section.name, section.title, (), notes.count_restricted(desk, pupil_id))
            continue
        yield part_of(section.name, section.title, (entry.told_on(desk.today) for entry in section.entries))


def part_of(name: str, title: str, entries: Iterable[SheetEntry]) -> CopyPart:
    """A section's records as passages."""
    passages = tuple(tuple(_passage(name, *fact) for fact in entry.facts) for entry in entries)
    return CopyPart(name, title, passages, len(passages))


def _passage(section: str, field: str, label: str, value: Any, words: str) -> Passage:
    return Passage(section, field, label, words, value, searched=_may_name(value, words))


def _may_name(value: Any, words: str) -> bool:
    """Whether a fact is text that somebody wrote: not a day, a number, a yes or no, or a code of a list."""
    if not words or (value is not None and not isinstance(value, str)):
        return False
    return value is None or value == words or not (_DAY_OR_MOMENT.fullmatch(value) or _CODE.fullmatch(value))


# -- whom it names


def _in_names_of_places(desk: Desk, finder: NameFinder) -> dict[str, list[NameMatch]]:
    """What is found in the name of each site that several pupils have, and of each provider and school: a part of it, as «Lane» of «Lapwing Lane», names nobody.

    Who is called as the place is, and where somebody can be reached, are found there as everywhere.
    """
    sites = Counter(pupil.site for pupil in pupils_store.all_pupils(desk.vault) if pupil.site)
    names = {site for site, number in sites.items() if number > 1} | {provider.name for provider in providers.all_providers(desk.vault)}
    names.update(schools_by_number(desk.settings.told_schools).values())
    return {
        name: [match for match in finder.find(name) if match.stop - match.start == len(name) or not people.DETAILS.isdisjoint(match.whose)]
        for name in names
    }


def _with_marked(parts: Iterable[CopyPart], whole_facts: Mapping[tuple[str, int, str], tuple[str, str]]) -> tuple[CopyPart, ...]:
    """The same with the facts that are marked as a whole told apart from those that have the same words."""

    def with_code(part: CopyPart, number: int, passage: Passage) -> Passage:
        code, _who = whole_facts.get((part.name, number, passage.field), ("", ""))
        return dataclasses.replace(passage, marked_as=code) if code else passage

    def entries_of(part: CopyPart) -> Iterator[tuple[Passage, ...]]:
        yield from (tuple(with_code(part, number, passage) for passage in entry) for number, entry in enumerate(part.entries))

    return tuple(dataclasses.replace(part, entries=tuple(entries_of(part))) for part in parts)


def marks_of(
    parts: Iterable[CopyPart],
    finder: NameFinder,
    whole_facts: Mapping[tuple[str, int, str], tuple[str, str]],
    known_matches: Mapping[str, list[NameMatch]] = MappingProxyType({}),
) -> list[MarkedPlace]:
    """Every place that may name someone else, each text once. ``whole_facts``: facts that are marked as a whole, by section, record and field;
    ``known_matches``: what is found in texts of which that is known."""
    times: Counter[TextPlace] = Counter()
    marks_by_place: dict[TextPlace, MarkedPlace] = {}
    matches_by_text = dict(known_matches)
    for part in parts:
        for number, entry in enumerate(part.entries):
            for passage in entry:
                whole_fact = whole_facts.get((part.name, number, passage.field))
                if not passage.words or passage.is_askers or not (passage.searched or whole_fact):
                    continue
                for mark in _of_passage(passage, whole_fact, finder, matches_by_text):
                    times[mark.place] += 1
                    marks_by_place.setdefault(mark.place, mark)
    return [_with_times(mark, times[place]) for place, mark in marks_by_place.items()]


def _with_times(mark: MarkedPlace, times: int) -> MarkedPlace:
    return (
        mark if times == 1 else MarkedPlace(**{name: getattr(mark, name) for name in MarkedPlace.__dataclass_fields__} | {"times": times})
    )


def _of_passage(
    passage: Passage, whole_fact: tuple[str, str] | None, finder: NameFinder, matches_by_text: dict[str, list[NameMatch]]
) -> Iterator[MarkedPlace]:
    text = passage.words
    if whole_fact is not None:
        if whole_fact[0]:
            rule = people.rules()[whole_fact[0]]
            yield _marked(passage, 0, len(text), rule, whole_fact[1], common=_is_common(passage, rule.code))
        if whole_fact[0] != people.SHARED:  # where that is given, the names in it are still withheld one by one
            return
    if text not in matches_by_text:
        matches_by_text[text] = finder.find(text)
    for name_match in matches_by_text[text]:
        rule = people.rule_for(name_match.whose) if name_match.sure else people.rules()[people.WORD]
        yield _marked(passage, name_match.start, name_match.stop, rule, _person_words(name_match.said), initials=name_match.initials)


def _is_common(passage: Passage, code: str) -> bool:
    """Whether the words of a fact that is withheld as a whole may well stand elsewhere, and tell nothing there: a day, «Yes», «None known», a name of staff.

    Of one who is protected, and of a home that is kept, all is looked for that somebody wrote.
    """
    if code not in _COMMON:
        return False
    if code == people.GROUND and passage.field == "what":
        return True  # our own heading of what was left out
    if passage.section == protected_ways.SECTION and passage.field in protected_ways.OFTEN_ALIKE:
        return True
    is_short = code not in people.SECRET and len(passage.words.split()) < _LEAST_TELLING
    return is_short or not passage.searched or (passage.section, passage.field) == ("history", "item")


_COMMON = frozenset(
    {people.KEPT_FROM_FAMILY, people.CONTACT_FIELD, people.GROUND, people.SHARED, *people.SECRET}
)  # the codes of whole facts of any kind


def _person_words(labels: Sequence[str]) -> str:
    """Who may be meant, the first few by name."""
    if len(labels) <= _SAID:
        return _("; or ").join(labels)
    return _("{some}; or one of {number} others").format(some=_("; or ").join(labels[: _SAID - 1]), number=len(labels) - _SAID + 1)


def _marked(
    passage: Passage,
    start: int,
    stop: int,
    rule: people.RedactionRule,
    person: str,
    *,
    initials: frozenset[str] = frozenset(),
    common: bool = False,
) -> MarkedPlace:
    place = TextPlace(section=passage.section, field=passage.field, key=passage.key, start=start, stop=stop)
    before, after = context_of(passage.words, start, stop)
    return MarkedPlace(
        place=place,
        label=passage.label,
        words=passage.words[start:stop],
        whose=rule.code,
        who=person,
        proposed=rule.proposed,
        alone=rule.alone,
        before=before,
        after=after,
        initials=initials,
        common=common,
    )


def _whole_facts(
    desk: Desk, record: PupilRecord, pack: PackBegun, asker: Asker, parts: Sequence[CopyPart], *, changes: Sequence[Row]
) -> Iterator[WholeFact]:
    """Facts of which it is known whom they name, or of whom they tell; of two words on one fact the later counts. ``changes`` are those of the history."""
    yield from where_reached.whole_facts(desk, record, asker, parts, changes)
    yield from contact_fields.whole_facts(desk, record, asker, parts, changes)
    yield from protected_ways.whole_facts(record, asker, parts, changes)
    yield from requests_told.whole_facts(desk, record, pack, asker, parts)
    yield from withheld_reports.whole_facts(desk, record, asker, parts)
    yield from shared_accounts.whole_facts(desk, record, asker, parts, changes)
