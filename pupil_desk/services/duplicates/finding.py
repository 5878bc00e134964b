"""The pairs of records that look like one person's, for a person to look at."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.duplicates import Pair, Strength, contact_pairs, pupil_pairs
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import merging
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import contacts, pupils

_MOST_CHOSEN = 5


@dataclass(frozen=True, slots=True)
class ContactPair:
    """Two contacts of one pupil that look like one person."""

    pupil: Pupil
    pair: Pair[Contact]


@dataclass(frozen=True, slots=True)
class Candidates:
    """All pairs, the strongest first."""

    pupils: list[Pair[Pupil]]
    contacts: list[ContactPair]


def candidates(desk: Desk) -> Candidates:
    """The pairs among all pupils, and among the contacts of each pupil; never one that a person set apart."""
    desk.require(Action.READ_RECORD)
    every_pupil = pupils.all_pupils(desk.vault)
    set_apart, families = merging.pairs_apart(desk.vault, merging.CONTACT), contacts.by_pupil(desk.vault)
    people = [
        ContactPair(pupil, pair)
        for pupil in every_pupil
        if len(families[pupil.id]) > 1
        for pair in contact_pairs(families[pupil.id], set_apart)
    ]
    return Candidates(
        pupil_pairs(every_pupil, merging.pairs_apart(desk.vault)), sorted(people, key=lambda contact_pair: -contact_pair.pair.strength)
    )


def pairs_among(desk: Desk, ids: Collection[str]) -> list[Pair[Pupil]]:
    """Every pair among pupils whom a person has chosen, of the first five; with why the two look alike, where they do."""
    desk.require(Action.READ_RECORD)
    selection = pupils.some(desk.vault, ids)[:_MOST_CHOSEN]
    alike = {pair.ids: pair for pair in pupil_pairs(selection)}
    pairs = [Pair(first, second, Strength.WEAK, _("Chosen by hand")) for first, second in combinations(selection, 2)]
    return [alike.get(pair.ids, pair) for pair in pairs]


def set_apart(desk: Desk, first: Pupil, second: Pupil, reason: str = "") -> Changed:
    """Record that these are two people: the pair is not proposed again."""
    with desk.act(Action.MERGE, "pupil", first.id, "two people") as work:
        work.note(Action.MERGE, "pupil", second.id, "two people")
        say(work, merging.PUPIL, first.id, second.id, merging.APART, reason=reason, pupil_id=first.id)
    return Changed.of("merging", ids=(first.id, second.id))


def set_contacts_apart(desk: Desk, first: Contact, second: Contact, reason: str = "") -> Changed:
    """Record that these contacts of one pupil are two people: the pair is not proposed again."""
    with desk.act(Action.MERGE, "pupil", first.pupil_id, "contacts: two people") as work:
        say(work, merging.CONTACT, first.id, second.id, merging.APART, reason=reason, pupil_id=contacts.owner(desk.vault, first.id))
    return Changed.of("merging", ids=(first.pupil_id,))


def say(work: Work, kind: str, record_id: str, kept_id: str, step: str, *, reason: str, pupil_id: str) -> None:
    """Within a transaction: record what was said of two records."""
    event = merging.MergingEvent(id=new_id(), kind=kind, pupil_id=pupil_id, record_id=record_id, kept_id=kept_id, what=step, reason=reason)
    merging.add(work.desk.vault, event, moment=work.stamp, actor=work.actor, act=work.act)
