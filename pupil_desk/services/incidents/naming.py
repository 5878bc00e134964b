"""The texts of an account without the names of others: what stands where, what is taken out, and what a person may let stand.

Found by the finder of copies, and by the rule that copies made without a person go by («alone», ``resources/codes/redaction.toml``): other
pupils, every family but the readers, and what a protection covers are taken out; staff stay. Of the other pupils of the incident short names
and bare initials are taken out too. A person may let stand what is doubtful, such as «will»; never what is surely one of those pupils.
"""

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pupil_desk.basics.places import resource
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.incidents.incident import Incident, names_in
from pupil_desk.domain.incidents.short_names import names_of, short_matches
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.name_forms import Detail, NamedPerson
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.domain.requests.redaction import NameMatch, merge_overlaps
from pupil_desk.domain.requests.withholding import Needle, needles_of, rebuilt, remnants_in
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import people
from pupil_desk.services.packs.content import context_of
from pupil_desk.services.pupils import pupils
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.tables import contacts, staff
from pupil_desk.store.tables import pupils as pupils_store

TOLD = ("place", "account", "led_to_it", "tried", "necessary", "injury", "first_aid", "support")
"""The texts of an entry that the report tells, in the order of the record."""


@dataclass(frozen=True, slots=True, order=True)
class ReportPlace:
    """A stretch of one text of one wording: what was said of it holds for that wording alone."""

    wording: str
    field: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A place that may name somebody else: what stands there and around it, and whom it may mean, in words.

    ``doubtful``: it may be a common word, or the name of nobody. ``fixed``: it is taken out whatever is said. ``likely_word``: it is
    written small, and means nobody of the incident: proposed to stand.
    """

    place: ReportPlace
    label: str
    words: str
    before: str
    after: str
    who: tuple[str, ...]
    doubtful: bool = False
    fixed: bool = False
    likely_word: bool = False
    needles: frozenset[Needle] = frozenset()


@dataclass(frozen=True, slots=True)
class ToldTexts:
    """The texts as they are told, by attribute, those without words left out; the places taken out of them.

    ``needles`` must not stand in what is made, save as often as ``remaining`` has them: the pupil's own name, and what was let stand.
    """

    texts: Mapping[str, str]
    removed: tuple[NamedPlace, ...]
    needles: frozenset[Needle]
    remaining: Counter[Needle]


class AccountNames:
    """Finds the others in the account of one pupil's part. Made once for an entry; ``readers`` are who gets the paper."""

    def __init__(self, desk: Desk, incident: Incident, others: Iterable[str], readers: Collection[Contact]) -> None:
        self._incident = incident
        record = pupils.record(desk, incident.pupil_id)
        in_it = [pupil for pupil in pupils_store.some(desk.vault, set(others)) if pupil.id != record.pupil.id]
        self._others = [
            dataclasses.replace(people.pupil_named(desk, pupil), said=people.another_pupil(f"{pupil.forename} {pupil.surname}"))
            for pupil in in_it
        ]
        self._own_words = names_of(people.pupil_named(desk, record.pupil))
        self._labels = frozenset(label for person in self._others for label in _labels_of(person))
        named = (*map(people.who_works_here, names_in(incident.staff)), *_witnesses(desk, incident, record))
        self._finder = people.finder_for(desk, record, readers, named, _where_reached(desk, in_it))

    def places(self) -> tuple[NamedPlace, ...]:
        """Every place that is taken out unless it is let stand, in the order of the texts."""
        withheld_places: list[NamedPlace] = []
        for field in TOLD:
            text = getattr(self._incident, field) or ""
            withheld_places += [self._place(field, text, match) for match in self._matches(text) if _is_kept_back(match)]
        return (*withheld_places, *self._left_over(withheld_places))

    def told(self, stays: Collection[ReportPlace] = ()) -> ToldTexts:
        """The texts without those places; what ``stays`` stands, unless it surely names a pupil of the incident."""
        places = self.places()
        removed = tuple(sorted((p for p in places if p.fixed or p.place not in stays), key=lambda named: named.place))
        needles = frozenset(needle for named in removed for needle in named.needles) | self._names_of_others()
        texts, remaining = {}, Counter[Needle]()
        for field in TOLD:
            text = getattr(self._incident, field)
            if not text:
                continue
            spans = [(named.place.start, named.place.stop) for named in removed if named.place.field == field]
            texts[field] = rebuilt(text, spans)
            remaining.update(left.needle for left in remnants_in(text, needles) if not _within(left.start, left.stop, spans))
        return ToldTexts(texts, removed, needles, remaining)

    def _matches(self, text: str) -> list[NameMatch]:
        """What the finder of copies found, and short names. A longer name that surely is that of staff, «Tom Hart», has none in it."""
        matches: list[NameMatch] = []
        short = short_matches(text, self._others, self._own_words, nicknames())
        for match in self._finder.find(text):
            parts = [part for part in short if match.start <= part.start and part.stop <= match.stop]
            is_given = not _is_kept_back(match)
            if is_given and any(part.stop - part.start == match.stop - match.start for part in parts):
                continue  # «Tom»: it may be the pupil
            short = [part for part in short if part not in parts]
            matches.append(match)
        return merge_overlaps((*matches, *short))

    def _place(self, field: str, text: str, match: NameMatch) -> NamedPlace:
        words = text[match.start : match.stop]
        is_of_incident = any(label in self._labels for label in match.said)
        is_name = not people.DETAILS.issuperset(match.whose)
        needles = needles_of(words, is_name=is_name, initials=match.initials)
        before, after = context_of(text, match.start, match.stop)
        return NamedPlace(
            place=ReportPlace(self._incident.id, field, match.start, match.stop),
            label=item_named(Incident, field).label,
            words=words,
            before=before,
            after=after,
            who=match.said,
            doubtful=not match.sure,
            fixed=match.sure and is_of_incident,
            likely_word=not match.sure and not is_of_incident and words.islower(),
            needles=frozenset(needle for needle in needles if len(needle) > 1) - self._own_words,
        )

    def _left_over(self, found: Collection[NamedPlace]) -> list[NamedPlace]:
        """Where a word that is surely a name in one place stands in another in which nothing was found: doubtful, and taken out too."""
        who = {needle: named.who for named in found if not named.doubtful for needle in named.needles}
        left_over = []
        for field in TOLD:
            text = getattr(self._incident, field) or ""
            spans = [(named.place.start, named.place.stop) for named in found if named.place.field == field]
            spans += [(match.start, match.stop) for match in self._matches(text)]
            for left in remnants_in(text, frozenset(who)):
                if not _within(left.start, left.stop, spans):
                    match = NameMatch(left.start, left.stop, (people.PUPIL,), who[left.needle], sure=False)
                    left_over.append(dataclasses.replace(self._place(field, text, match), likely_word=False))
        return left_over

    def _names_of_others(self) -> frozenset[Needle]:
        return frozenset(word for person in self._others for word in names_of(person)) - self._own_words


def _is_kept_back(match: NameMatch) -> bool:
    return people.rule_for(match.whose).alone is PlaceVerdict.WITHHOLD


def _within(start: int, stop: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first < stop and start < last for first, last in spans)


def _labels_of(person: NamedPerson) -> tuple[str, ...]:
    """How it is said that a place names this pupil."""
    return (person.said, *(people.another_pupil(f"{first} {last}") for first in person.forenames for last in person.surnames))


def _witnesses(desk: Desk, incident: Incident, record: PupilRecord) -> list[NamedPerson]:
    """Who saw it and does not work here, since the file may not know them; the pupil and the readers are found among them by the finder."""
    at_work = {fold(name) for name in (*names_in(incident.staff), *(member.name for member in staff.all_staff(desk.vault)))}
    persons = []
    for line in names_in(incident.witnesses):
        name = line.partition("(")[0].partition(",")[0].strip()
        if not name or fold(name) in at_work or fold(name) in (fold(record.pupil.full_name), fold(record.pupil.legal_name)):
            continue
        *forenames, surname = name.split()
        label = _("{name}, who saw it").format(name=name)
        persons.append(NamedPerson(whose=people.OTHER_FAMILY, said=label, forenames=tuple(forenames[:1]), surnames=(surname,)))
    return persons


def _where_reached(desk: Desk, others: Iterable[Pupil]) -> list[Detail]:
    """Where the other pupils of the incident, and their contacts, can be reached."""
    details: list[Detail] = []
    for pupil in others:
        label = _("where {name} can be reached")
        details += people.details_of(pupil, people.PUPIL, label.format(name=pupil.full_name))
        for contact in contacts.of_pupil(desk.vault, pupil.id):
            details += people.details_of(contact, people.OTHER_FAMILY, label.format(name=contact.full_name))
    return details


@cache
def nicknames() -> Mapping[str, frozenset[str]]:
    """What people of a forename are called for short, all in small letters (``resources/words/short_names.txt``)."""
    lines = (line.split() for line in resource("words", "short_names.txt").read_text(encoding="utf-8").splitlines())
    return {name: frozenset(short) for name, *short in lines}
