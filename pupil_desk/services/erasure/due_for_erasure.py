"""What is due for erasure, and when: all that is held of pupils, class by class and consent by consent, with the day from which it counts.

The classes and their times are one object each (``domain.governance.retention``; the unit's own in ``Desk.schedule``). Which section of the sheet is
of which class follows from the catalogue. Nothing goes by itself: the list is for people to decide by (``cases``).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.governance.retention import (
    ACCIDENT,
    CONSENT,
    NAME,
    PAPER,
    PROOF,
    RECORD,
    REGISTER,
    REQUEST,
    SEN,
    Happened,
    RetentionClass,
    RetentionEvent,
    Schedule,
)
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure.events import Ends
from pupil_desk.services.roles import Action
from pupil_desk.services.sheet.sections import TABLES
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import enrolments
from pupil_desk.store.tables import retention_events as store

_NO_ITEMS: Mapping[str, str] = {"disclosures": PROOF, "frozen": PROOF, "returns": REGISTER, "pupil": REGISTER, "contacts": REGISTER}
"""Sections whose rows are no records of the catalogue, or are of several classes: the row stays for the longest of them."""
OF_PUPIL = (RECORD, REGISTER, ACCIDENT, SEN, PAPER, PROOF)
"""The classes of which all that is held of a pupil goes together. Consents and requests go one by one, and the name last."""


@dataclass(frozen=True, slots=True)
class HeldItem:
    """One thing held of a pupil that falls due by itself: all of a class, or one consent or request.

    ``part`` names it among the pupil's («register», «consent:trip/…»); ``subject`` is what it concerns, in words. ``counts_from`` and
    ``due`` are None while nobody can know the day: a consent that counts, a case that is open. ``pupil_id`` is empty for a complaint about none.
    """

    pupil_id: str
    ref: str
    name: str
    retention_class: RetentionClass
    part: str
    subject: str
    happened: Happened

    @property
    def sentence(self) -> str:
        """The words as they are printed."""
        return self.retention_class.sentence

    @property
    def counts_from(self) -> date | None:
        """The day of the event that decides."""
        return self.retention_class.counts_from(self.happened)

    @property
    def due(self) -> date | None:
        """The first day on which it need not be kept any longer."""
        return self.retention_class.due(self.happened)


def class_of(section: str) -> str:
    """Of which class the rows of a section of the sheet are."""
    if section in _NO_ITEMS:
        return _NO_ITEMS[section]
    names = {item.facts.retention for table in TABLES[section] if table in RECORDS for item in items_of(RECORDS[table])}
    (name,) = names or {RECORD}
    return name


def tables_of(name: str) -> frozenset[str]:
    """The tables whose rows are of a class. Those of the pupil's own section stay until all is gone, and are of none."""
    return frozenset(table for section, tables in TABLES.items() if section != "pupil" and class_of(section) == name for table in tables)


def classes(schedule: Schedule) -> list[tuple[RetentionClass, tuple[str, ...]]]:
    """Every class that something is of, with its sections, in the order of the schedule; the names stand in the sections of pupil and contacts."""
    sections_by_class: dict[str, list[str]] = {NAME: ["pupil", "contacts"]}
    for section in TABLES:
        sections_by_class.setdefault(class_of(section), []).append(section)
    return [
        (retention_class, tuple(sections_by_class[name])) for name, retention_class in schedule.classes.items() if name in sections_by_class
    ]


def held_items(desk: Desk, ids: Collection[str] | None = None) -> list[HeldItem]:
    """Everything held of some pupils, or of all, by pupil; complaints that concern no pupil are there where all are asked for."""
    desk.require(Action.READ_RECORD)
    return list(_Reader(desk, ids).items())


def due_by(desk: Desk, day: date) -> list[HeldItem]:
    """What is due by a day as the file is today, the longest due first."""
    desk.require(Action.READ_RECORD)
    return [*desk.remember("due for erasure", lambda: _due_by(desk, day), day)]


def _due_by(desk: Desk, day: date) -> list[HeldItem]:
    due_items = [(due, held_item) for held_item in held_items(desk) if (due := held_item.due) is not None and due <= day]
    due_items.sort(key=lambda pair: (pair[0], pair[1].name, pair[1].ref, pair[1].part))
    return [held_item for _due, held_item in due_items]


def classes_gone(desk: Desk, pupil_id: str) -> frozenset[str]:
    """The classes with items of the pupil's own row of which nothing is held any more."""
    parts_held = {held_item.part for held_item in held_items(desk, [pupil_id])}
    return frozenset({RECORD, REGISTER, SEN} - parts_held)


class _Reader:
    """Reads what the times turn on once, and tells what is held."""

    def __init__(self, desk: Desk, ids: Collection[str] | None) -> None:
        vault = desk.vault
        self._today, self._schedule, self._all = desk.today, desk.schedule, ids is None
        self._people = store.people(vault, ids)
        self._stays = enrolments.by_pupil(vault, ids)
        self._entries, self._accidents = store.last_entries(vault, ids), store.last_accidents(vault, ids)
        self._with_rows = {name: store.with_rows(vault, tables_of(name) - {"contact"}, ids) for name in (SEN, PROOF, REGISTER)}
        self._with_rows[SEN] |= store.with_values(vault, [item.name for item in items_of(Pupil) if item.facts.retention == SEN], ids)
        self._emptied = {name: store.emptied(vault, name) for name in (RECORD, REGISTER)}
        self._papers, self._ends = _papers(store.papers(vault, ids), store.forms(vault, ids)), Ends(desk, ids, self._stays)

    def items(self) -> Iterator[HeldItem]:
        for row in self._people:
            person = (row["id"], row["ref"], f"{row['surname']}, {row['forename']}")
            pupil_items = [
                *self._of_classes(person, date.fromisoformat(row["dob"])),
                *self._of_cases(person, date.fromisoformat(row["dob"])),
            ]
            yield from pupil_items
            yield self._name(person, pupil_items)
        if self._all:
            for case_id, ref, closed in self._ends.of_no_pupil():
                yield HeldItem(
                    "",
                    ref,
                    "",
                    self._schedule[REQUEST],
                    f"{REQUEST}:{case_id}",
                    subject=ref,
                    happened=Happened({RetentionEvent.CLOSED: closed}),
                )

    def _of_classes(self, person: tuple[str, str, str], dob: date) -> Iterator[HeldItem]:
        pupil_id = person[0]
        days: dict[RetentionEvent, date | None] = {RetentionEvent.BIRTH: dob, RetentionEvent.LEFT: _left(self._stays.get(pupil_id, ()))}
        if pupil_id in self._entries:
            days[RetentionEvent.ENTRY] = self._entries[pupil_id]
        accident_days = days | {RetentionEvent.ENTRY: self._accidents.get(pupil_id)}
        is_held = {
            ACCIDENT: pupil_id in self._accidents,
            RECORD: pupil_id not in self._emptied[RECORD],
            SEN: pupil_id in self._with_rows[SEN],
            PROOF: pupil_id in self._with_rows[PROOF],
            REGISTER: pupil_id in self._with_rows[REGISTER]
            or (pupil_id not in self._emptied[REGISTER] and pupil_id not in self._emptied[RECORD]),
            PAPER: pupil_id in self._papers.free,
        }
        for name in OF_PUPIL:
            if is_held[name]:
                yield HeldItem(*person, self._schedule[name], name, "", Happened(accident_days if name == ACCIDENT else days))
        if pupil_id in self._papers.about_needs and not is_held[SEN]:
            yield HeldItem(*person, self._schedule[SEN], SEN, "", Happened(days))

    def _of_cases(self, person: tuple[str, str, str], dob: date) -> Iterator[HeldItem]:
        for key, subject, lapsed, hurt in self._ends.consents(person[0]):
            days: dict[RetentionEvent, date | None] = {RetentionEvent.LAPSED: lapsed}
            yield HeldItem(
                *person, self._schedule[CONSENT], f"{CONSENT}:{key}", subject, Happened(days | {RetentionEvent.BIRTH: dob}, hurt)
            )
        for case_id, ref, closed in self._ends.requests(person[0]):
            yield HeldItem(*person, self._schedule[REQUEST], f"{REQUEST}:{case_id}", ref, Happened({RetentionEvent.CLOSED: closed}))

    def _name(self, person: tuple[str, str, str], other_items: Sequence[HeldItem]) -> HeldItem:
        days = [held_item.due for held_item in other_items]
        last = None if None in days else max((day for day in days if day is not None), default=self._today)
        return HeldItem(*person, self._schedule[NAME], NAME, "", Happened({RetentionEvent.NAMED: last}))


def _left(stays: Iterable[Enrolment]) -> date | None:
    """The last day of leaving; None while a stay goes on."""
    ends = [stay.end_date for stay in stays]
    return None if None in ends else max((end for end in ends if end is not None), default=None)


@dataclass(frozen=True, slots=True)
class _Papers:
    """The pupils with papers or forms that go with no consent, and those with papers about special educational needs."""

    free: frozenset[str]
    about_needs: frozenset[str]


def _papers(papers: Iterable[Row], forms: Iterable[Row]) -> _Papers:
    free, needs = set[str](), set[str]()
    for row in papers:
        if row["about_kind"] == "sen_period":
            needs.add(str(row["pupil_id"]))
        elif row["consent_type"] is None:
            free.add(str(row["pupil_id"]))
    free |= {str(row["pupil_id"]) for row in forms if row["form_kind"] != CONSENT}
    return _Papers(frozenset(free), frozenset(needs))
