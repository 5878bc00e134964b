"""The texts of an account without the names of others: what stands where, what is taken out, and what a person may let stand.

Found by the finder of copies, and by the rule that copies made without a person go by («alone», ``resources/codes/redaction.toml``): other
pupils, every family but the readers, and what a protection covers are taken out; staff stay. Of the other pupils of the incident short names
and bare initials are taken out too. A person may let stand what is doubtful, such as «will»; never what is surely one of those pupils.
"""

import copy
import dataclasses
import re
import string
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pupil_desk.basics.places import resource
from pupil_desk.basics.text import capital, fold
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import NOTHING
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.incidents.incident import Incident, names_in
from pupil_desk.domain.incidents.short_names import names_of, short_matches, with_dot
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.name_forms import Detail, NamedPerson
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.domain.requests.redaction import NameMatch, merge_overlaps
from pupil_desk.domain.requests.withholding import WITHHELD, Needle, needles_of, rebuilt, remnants_in
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import people
from pupil_desk.services.packs.content import context_of
from pupil_desk.services.pupils import pupils
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.tables import contacts, staff
from pupil_desk.store.tables import pupils as pupils_store

ANOTHER_PUPIL = _("another pupil ({letter})")
"""What stands in place of a pupil's name, with the same letter throughout a report."""
TOLD = ("place", "account", "led_to_it", "tried", "search_for", "search_by", "search_found", "necessary", "injury", "first_aid", "support")
"""The texts of an entry that the report tells, in the order of the record."""


@dataclass(frozen=True, slots=True, order=True)
class ReportPlace:
    """A stretch of one text of one wording: what was said of it holds for that wording alone."""

    wording: str
    field: str
    start: int
    stop: int

    def overlaps(self, other: "ReportPlace") -> bool:
        """Whether some letter of the text stands in both."""
        return (self.wording, self.field) == (other.wording, other.field) and self.start < other.stop and other.start < self.stop


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A place that may name somebody else: what stands there and around it, and whom it may mean, in words.

    ``doubtful``: it may be a common word, or the name of nobody. ``fixed``: it is taken out whatever is said. ``likely_word``: it is
    written small, and means nobody of the incident: proposed to stand. ``person`` tells the one pupil whom it means from the others of the
    account; empty where it may mean several, or no pupil.
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
    person: str = ""
    needles: frozenset[Needle] = frozenset()


@dataclass(frozen=True, slots=True)
class ToldTexts:
    """The texts as they are told, by attribute, those without words left out; the places taken out of them.

    ``needles`` must not stand in what is made, save as often as ``remaining`` has them: the pupil's own name, and what was let stand.
    ``signs`` are what stands in place of the words taken out of each text.
    """

    texts: Mapping[str, str]
    signs: Mapping[str, Sequence[str]]
    removed: tuple[NamedPlace, ...]
    needles: frozenset[Needle]
    remaining: Counter[Needle]

    @property
    def blank(self) -> dict[str, str]:
        """The signs alone, by attribute: what a paper has of the names that it leaves out before any text stands in it."""
        return {field: " ".join(self.signs[field]) or NOTHING for field in self.texts}


class AccountNames:
    """Finds the others in the account of one pupil's part. Made once for an entry; ``readers`` are who gets the paper."""

    def __init__(self, desk: Desk, incident: Incident, others: Iterable[str], readers: Collection[Contact], *, home_told: bool) -> None:
        self._incident = incident
        self._reworded: AccountNames | None = None  # the account, in place of whose texts others stand
        record = pupils.record(desk, incident.pupil_id)
        in_it = [pupil for pupil in pupils_store.some(desk.vault, set(others)) if pupil.id != record.pupil.id]
        self._others = [
            dataclasses.replace(people.pupil_named(desk, pupil), said=people.another_pupil(f"{pupil.forename} {pupil.surname}"))
            for pupil in in_it
        ]
        self._own_words = names_of(people.pupil_named(desk, record.pupil))
        self._labels = {label: person.said for person in self._others for label in _labels_of(person)}
        named = (*map(people.who_works_here, names_in(incident.staff)), *_witnesses(desk, incident, record))
        self._finder = people.finder_for(desk, record, readers, named, _where_reached(desk, in_it), home_told=home_told)

    def reworded(self, incident: Incident) -> "AccountNames":
        """The same in other words for the account: the letter that stands there already, as it does in the proposal, is the same pupil in what is left of it."""
        names = copy.copy(self)
        names._incident, names._reworded = incident, self
        return names

    def places(self) -> tuple[NamedPlace, ...]:
        """Every place that is taken out unless it is let stand, in the order of the texts."""
        withheld_places: list[NamedPlace] = []
        for field in TOLD:
            text = getattr(self._incident, field) or ""
            withheld_places += [self._place(field, text, match) for match in self._matches(text) if _is_kept_back(match)]
        return (*withheld_places, *self._left_over(withheld_places))

    def told(self, stays: Collection[ReportPlace] = (), marked: Collection[ReportPlace] = ()) -> ToldTexts:
        """The texts without those places, and without what somebody ``marked``; what ``stays`` stands, unless it surely names a pupil of the incident."""
        places = (*self.places(), *(marked_place(self._incident, place) for place in marked if place.wording == self._incident.id))
        removed = tuple(sorted((p for p in places if p.fixed or p.place not in stays), key=lambda withheld_place: withheld_place.place))
        needles = frozenset(needle for withheld_place in removed for needle in withheld_place.needles) | self._names_of_others()
        names, signs = self._signs_for(removed), {}
        texts, remaining = {}, Counter[Needle]()
        for field in TOLD:
            text = getattr(self._incident, field)
            if not text:
                continue
            spans = [
                (withheld_place.place.start, withheld_place.place.stop) for withheld_place in removed if withheld_place.place.field == field
            ]
            own_signs = {(part.place.start, part.place.stop): _sign_at(text, part, names) for part in removed if part.place.field == field}
            signs[field] = tuple(own_signs.values())
            texts[field] = rebuilt(text, spans, own_signs)
            remaining.update(left.needle for left in remnants_in(text, needles) if not _within(left.start, left.stop, spans))
        return ToldTexts(texts, signs, removed, needles, remaining)

    def _signs_for(self, removed: Collection[NamedPlace]) -> dict[str, str]:
        """What stands in place of each pupil: by a letter that stands in the texts already goes no other than whom it means there."""
        all_words = " ".join(getattr(self._incident, field) or "" for field in TOLD).casefold()
        taken = [sign for letter in LETTERS if (sign := ANOTHER_PUPIL.format(letter=letter)).casefold() in all_words]
        of_account = self._reworded._signs_for(self._reworded.places()) if self._reworded is not None else {}
        known_signs = {person: sign for person, sign in of_account.items() if sign in taken}
        return _signs_of(removed, known_signs, taken)

    def cleaned(self, text: str) -> str:
        """Another text that tells of the entry, such as why a report is withheld, without what names another pupil or family, doubtful or not."""
        return rebuilt(text, [(match.start, match.stop) for match in self._matches(text) if _is_kept_back(match)])

    def _matches(self, text: str) -> list[NameMatch]:
        """What the finder of copies found, and short names. A longer name that surely is that of staff, «Tom Hart», has none in it."""
        matches: list[NameMatch] = []
        signs = [match.span() for match in _SIGN.finditer(text)]  # «another pupil (A)» names nobody
        short = short_matches(text, self._others, self._own_words, nicknames())
        for match in self._finder.find(text):
            parts = [part for part in short if match.start <= part.start and part.stop <= match.stop]
            is_given = not _is_kept_back(match)
            if is_given and any(part.stop - part.start == match.stop - match.start for part in parts):
                continue  # «Tom»: it may be the pupil
            short = [part for part in short if part not in parts]
            matches.append(match)
        return merge_overlaps(
            [
                with_dot(text, match)
                for match in (*matches, *short)
                if not any(start <= match.start and match.stop <= stop for start, stop in signs)
            ]
        )

    def _place(self, field: str, text: str, match: NameMatch) -> NamedPlace:
        words = text[match.start : match.stop]
        is_of_incident = any(label in self._labels for label in match.said)
        is_place = _is_thing(text, match)
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
            doubtful=not match.sure or is_place,
            fixed=match.sure and is_of_incident and not is_place,
            likely_word=(not match.sure or is_place) and not is_of_incident and words.islower(),
            person="" if is_place or (not match.sure and words.islower()) else self._person_of(match),
            needles=frozenset(needle for needle in needles if len(needle) > 1) - self._own_words,
        )

    def _person_of(self, match: NameMatch) -> str:
        """Who it is, where it means one pupil and nobody else, or, of several who are on file, one of the incident."""
        labels = (
            {self._labels.get(label, label) for label in match.said} if set(match.whose) <= {people.PUPIL, people.OTHER_FAMILY} else set()
        )
        in_incident = labels & set(self._labels.values())
        labels = in_incident if len(in_incident) == 1 else labels
        person = labels.pop() if len(labels) == 1 else ""
        return person if person.endswith(people.another_pupil("")) else ""  # and not where one is reached

    def _left_over(self, found: Collection[NamedPlace]) -> list[NamedPlace]:
        """Where a word that is surely a name in one place stands in another in which nothing was found: doubtful, and taken out too."""
        who = {needle: withheld_place.who for withheld_place in found if not withheld_place.doubtful for needle in withheld_place.needles}
        left_over = []
        for field in TOLD:
            text = getattr(self._incident, field) or ""
            spans = [
                (withheld_place.place.start, withheld_place.place.stop) for withheld_place in found if withheld_place.place.field == field
            ]
            spans += [(match.start, match.stop) for match in self._matches(text)]
            for left in remnants_in(text, frozenset(who)):
                if not _within(left.start, left.stop, spans):
                    match = NameMatch(left.start, left.stop, (people.PUPIL,), who[left.needle], sure=False)
                    left_over.append(dataclasses.replace(self._place(field, text, match), likely_word=False))
        return left_over

    def _names_of_others(self) -> frozenset[Needle]:
        return frozenset(word for person in self._others for word in names_of(person)) - self._own_words


def marked_place(incident: Incident, place: ReportPlace) -> NamedPlace:
    """What somebody marked in a text of this wording, to be taken out, as it stands there."""
    text = getattr(incident, place.field) or ""
    words = text[place.start : place.stop]
    before, after = context_of(text, place.start, place.stop)
    return NamedPlace(
        place=place,
        label=item_named(Incident, place.field).label,
        words=words,
        before=before,
        after=after,
        who=(_("marked by you"),),
        needles=needles_of(words, is_name=False),
    )


_FEW_WORDS = 3  # more of them are a sentence, which stands once
_TELLING = re.compile(r"[^\W\d_]{3}")  # «he», or the 5 of «Room 5», stands where it means another


def same_words(incident: Incident, place: ReportPlace) -> list[ReportPlace]:
    """Where else in the texts of this wording a few marked words stand: what is left out of one sentence is left out of all."""
    words = (getattr(incident, place.field) or "")[place.start : place.stop]
    spreads = len(words.split()) <= _FEW_WORDS and _TELLING.search(words) is not None
    needles = needles_of(words, is_name=False) if spreads else frozenset()
    return [
        other
        for field in TOLD
        for left in remnants_in(getattr(incident, field) or "", needles)
        if not (other := ReportPlace(incident.id, field, left.start, left.stop)).overlaps(place)
    ]


LETTERS = string.ascii_uppercase
_SIGN = re.compile(re.escape(ANOTHER_PUPIL).replace(re.escape("{letter}"), "[A-Z]"), re.IGNORECASE)
_AFTER_ARTICLE = re.compile(r"\b(?:the|a|an|our|this)\s+$", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[.!?\n][”’\"')]*)\s*$")


def _is_thing(text: str, match: NameMatch) -> bool:
    """Whether a name stands as that of a place or a thing does: «the hall». «The Quills» are a family."""
    words = text[match.start : match.stop]
    return " " not in words and not words.lower().endswith("s") and _AFTER_ARTICLE.search(text, 0, match.start) is not None


def _is_swallowed(place: ReportPlace, removed: Iterable[NamedPlace]) -> bool:
    """Whether another place that is taken out lies over this one, such as a whole sentence: nothing there tells of a person any more."""
    others = [other.place for other in removed if other.place != place and other.place.field == place.field]
    return _within(place.start, place.stop, [(other.start, other.stop) for other in others])


def _signs_of(removed: Collection[NamedPlace], known_signs: Mapping[str, str], taken: Collection[str]) -> dict[str, str]:
    """What stands in place of each pupil: a letter by the order in which they come in these texts, which tells of none of them who it is.

    ``taken`` stand in the texts already, in words that were taken over without a name; ``known_signs`` tell of whom.
    """
    persons = dict.fromkeys(
        withheld_place.person
        for withheld_place in sorted(
            removed, key=lambda withheld_place: (TOLD.index(withheld_place.place.field), withheld_place.place.start)
        )
        if withheld_place.person and withheld_place.person not in known_signs and not _is_swallowed(withheld_place.place, removed)
    )
    free_signs = [sign for letter in LETTERS if (sign := ANOTHER_PUPIL.format(letter=letter)) not in taken]
    return {**known_signs, **dict(zip(persons, free_signs, strict=False))}


def _sign_at(text: str, withheld_place: NamedPlace, names: Mapping[str, str]) -> str:
    sign = names.get(withheld_place.person, WITHHELD)
    return sign if sign == WITHHELD or not _BEGINS.search(text, 0, withheld_place.place.start) else capital(sign)


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
