"""Which records look like one person's: pairs of pupils, and pairs of one pupil's contacts, each with why, in words.

Nothing here decides anything: a person looks at each pair. Every pupil is put into baskets by what the records of one person share
(a number, a name with a date of birth), and only those in one basket are compared, so that ten thousand take no longer than they must.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations

from pupil_desk.basics.text import as_one_word, fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.identifiers import is_temporary
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil

_MOST_ALIKE = 40  # more with one date of birth: a date put in for «not known», of which the names tell nothing by one letter


class Strength(IntEnum):
    """How much two records look like one person's."""

    WEAK = 1
    LIKELY = 2
    STRONG = 3

    @property
    def label(self) -> str:
        """In words, for the list."""
        return {Strength.WEAK: _("May be"), Strength.LIKELY: _("Likely"), Strength.STRONG: _("Very likely")}[self]


@dataclass(frozen=True, slots=True)
class Pair[R: (Pupil, Contact)]:
    """Two records, how much they look like one person's, and why; ``against`` is what speaks for two people."""

    first: R
    second: R
    strength: Strength
    why: str
    against: str = ""

    @property
    def ids(self) -> frozenset[str]:
        """Both identities, in no order."""
        return frozenset((self.first.id, self.second.id))


type _Look = Callable[[Pupil, Pupil], tuple[Strength, str] | None]


def pupil_pairs(pupils: Sequence[Pupil], distinct: Collection[frozenset[str]] = ()) -> list[Pair[Pupil]]:
    """The pairs of pupils that look like one, the strongest first; never one of which a person said that they are two."""
    place_by_id = {pupil.id: number for number, pupil in enumerate(pupils)}
    pairs: dict[frozenset[str], Pair[Pupil]] = {}
    for basket, look in _baskets(pupils):
        for first, second in combinations(sorted(basket, key=lambda pupil: place_by_id[pupil.id]), 2):
            ids = frozenset((first.id, second.id))
            if len(ids) < 2 or ids in distinct:
                continue
            likeness = look(first, second)
            if likeness and (ids not in pairs or likeness[0] > pairs[ids].strength):
                pairs[ids] = _pair(first, second, *likeness)
    return sorted(pairs.values(), key=lambda pair: (-pair.strength, place_by_id[pair.first.id], place_by_id[pair.second.id]))


def _pair(first: Pupil, second: Pupil, strength: Strength, reason: str) -> Pair[Pupil]:
    against = []
    if _two_upns(first, second):
        against.append(_("each has a lasting UPN of its own"))
        strength = Strength(max(strength - 1, Strength.WEAK)) if reason != _SAME_ULN else strength
    if first.sex and second.sex and first.sex != second.sex:
        against.append(_("the sex differs"))
    return Pair(first, second, strength, reason, "; ".join(against))


def _two_upns(first: Pupil, second: Pupil) -> bool:
    lasting = [pupil.upn for pupil in (first, second) if pupil.upn and not is_temporary(pupil.upn)]
    return len(lasting) == 2 and first.former_upn != second.upn and second.former_upn != first.upn


_SAME_ULN = _("The same ULN")


def _baskets(pupils: Sequence[Pupil]) -> Iterator[tuple[list[Pupil], _Look]]:
    """Each basket of two or more, with how those in it are looked at."""
    names = {pupil.id: _names(pupil) for pupil in pupils}
    looks: tuple[tuple[Callable[[Pupil], Iterable[Hashable]], _Look], ...] = (
        (
            lambda p: {number for number in (p.upn, p.former_upn) if number},
            lambda _a, _b: (Strength.STRONG, _("The same UPN, now or before")),
        ),
        (lambda p: [p.uln] if p.uln else [], lambda _a, _b: (Strength.STRONG, _SAME_ULN)),
        (lambda p: {(*name, p.dob) for name in names[p.id]}, lambda _a, _b: (Strength.STRONG, _("The same name and date of birth"))),
        (lambda p: {(*sorted(name), p.dob) for name in names[p.id]}, lambda a, b: _exchanged(names[a.id], names[b.id])),
        (
            lambda p: {(name[1], p.dob, p.postcode) for name in names[p.id]} if p.postcode else [],
            lambda _a, _b: (Strength.LIKELY, _("The same forename, date of birth and postcode; another surname")),
        ),
        (
            lambda p: {(*name, p.dob.year, *sorted((p.dob.month, p.dob.day))) for name in names[p.id]},
            lambda a, b: (Strength.LIKELY, _("The same name; day and month of birth are exchanged")) if a.dob != b.dob else None,
        ),
    )
    for keys, look in looks:
        yield from ((basket, look) for basket in _shared_baskets(pupils, keys))
    for basket in _shared_baskets(pupils, lambda pupil: [pupil.dob]):
        if len(basket) <= _MOST_ALIKE:
            yield basket, _one_letter


def _shared_baskets[R](records: Iterable[R], keys: Callable[[R], Iterable[Hashable]]) -> list[list[R]]:
    baskets: defaultdict[Hashable, list[R]] = defaultdict(list)
    for record in records:
        for key in keys(record):
            baskets[key].append(record)
    return [basket for basket in baskets.values() if len(basket) > 1]


def _names(pupil: Pupil) -> set[tuple[str, str]]:
    """The legal name and the one the pupil goes by, folded: surname, forename."""
    legal = (fold(pupil.surname), fold(pupil.forename))
    return {legal, (fold(pupil.preferred_surname or "") or legal[0], fold(pupil.preferred_forename or "") or legal[1])}


def _exchanged(first: set[tuple[str, str]], second: set[tuple[str, str]]) -> tuple[Strength, str] | None:
    if any((forename, surname) in second for surname, forename in first if surname != forename):
        return Strength.LIKELY, _("The same date of birth; surname and forename are exchanged")
    return None


def _one_letter(first: Pupil, second: Pupil) -> tuple[Strength, str] | None:
    """Of two born on one day: one name the same, the other by one letter different. With one surname they may be twins."""
    weak = None
    for surname, forename in _names(first):
        for its_surname, its_forename in _names(second):
            if forename == its_forename and near(surname, its_surname):
                return Strength.LIKELY, _("The same forename and date of birth; the surnames differ by one letter")
            if surname == its_surname and near(forename, its_forename) and not _two_upns(first, second):
                weak = Strength.WEAK, _("The same surname and date of birth; the forenames differ by one letter. They may be twins.")
    return weak


def near(first: str, second: str) -> bool:
    """Whether one letter put in, left out, changed or exchanged with its neighbour makes one word the other; not for words of two letters."""
    if first == second or abs(len(first) - len(second)) > 1 or min(len(first), len(second)) < 3:
        return False
    start = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
    a, b = first[start:], second[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else b[1:] == a


def contact_pairs(contacts: Sequence[Contact], distinct: Collection[frozenset[str]] = ()) -> list[Pair[Contact]]:
    """The pairs of one pupil's contacts that look like one person. Contacts of two pupils are never compared."""
    assert len({contact.pupil_id for contact in contacts}) <= 1, "contacts of one pupil"
    pairs = []
    for first, second in combinations(contacts, 2):
        likeness = None if frozenset((first.id, second.id)) in distinct else _alike(first, second)
        if likeness:
            pairs.append(Pair(first, second, *likeness))
    return sorted(pairs, key=lambda pair: -pair.strength)


def _alike(first: Contact, second: Contact) -> tuple[Strength, str] | None:
    same_surname = fold(first.surname) == fold(second.surname)
    forename_1, forename_2 = fold(first.forename or ""), fold(second.forename or "")
    if same_surname and forename_1 and forename_1 == forename_2:
        return Strength.STRONG, _("The same name")
    shared = _ways(first) & _ways(second)
    if same_surname and (not forename_1 or not forename_2) and (first.relationship == second.relationship or shared):
        return Strength.LIKELY, _("The same surname, and no forename with one of the two")
    if same_surname and (
        near(forename_1, forename_2)
        or (forename_1 and forename_2 and (len(forename_1) == 1 or len(forename_2) == 1) and forename_1[0] == forename_2[0])
    ):
        return Strength.LIKELY, _("The same surname, and nearly the same forename")
    if forename_1 and forename_1 == forename_2 and (near(fold(first.surname), fold(second.surname)) or shared):
        return Strength.LIKELY, _("The same forename, and nearly the same surname or the same telephone or e-mail")
    return None


def _ways(contact: Contact) -> set[str]:
    return {as_one_word(way) for way in (contact.phone, contact.mobile, contact.email) if way}
