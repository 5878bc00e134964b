"""What happened to pupils, as figures see it: each pupil's part in it, and the ways to show it: by kind, need, place, time, staff and length."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import SenNeed
from pupil_desk.domain.incidents.incident import Incident, IncidentCase, names_in
from pupil_desk.domain.incidents.place_spellings import place_key
from pupil_desk.services.figures.asking import FigureKind, PreparedQuestion
from pupil_desk.services.figures.people import UNKNOWN, Person
from pupil_desk.services.figures.rows import answer, put_together
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn, Sort
from pupil_desk.store.rows import several
from pupil_desk.store.tables import incidents as store

ON_ROLL = FigureColumn(key="pupils", title=_("Pupils on roll"))
OF_WHOM = _("What happened in the time of the row to pupils who were on roll that day. What was struck out is left out.")
_IN_SEVERAL_ROWS = _("What has several of these is counted under each of them, and once in the last row. A pupil is counted once in a row.")
_AS_WRITTEN = _("Names are counted as they are written, in capitals or not: one who is written in two ways has two rows.")


@dataclass(frozen=True, slots=True)
class CountedEntry:
    """One pupil's entry of what happened, the pupil as counted, and the codes of the needs that held on the day."""

    person: str
    case: IncidentCase
    needs: tuple[str, ...]

    @property
    def incident(self) -> Incident:
        """As it holds."""
        return self.case.now


def counted_entries(prepared: PreparedQuestion) -> Iterator[CountedEntry]:
    """What happened in the period to those who are counted and were on roll on the day, in the order of recording."""
    period, people = prepared.full_period, prepared.people
    needs = grouped(
        (people.person_of[record], need)
        for record, of_record in several.by_pupil(prepared.desk.vault, SenNeed).items()
        for need in sorted(of_record, key=lambda need: need.rank)
    )
    for case in store.between(prepared.desk.vault, period.first, period.last):
        person, day = people.all.get(people.person_of[case.now.pupil_id]), case.now.day
        if person is None or case.struck or not period.first <= day <= period.last or not person.on_roll(day.isoformat(), day.isoformat()):
            continue
        need_codes = [
            need.need
            for need in needs.get(person.id, ())
            if (need.start_date or day) <= day and (need.end_date is None or day <= need.end_date)
        ]
        yield CountedEntry(person.id, case, tuple(dict.fromkeys(need_codes)))


@dataclass(frozen=True, slots=True)
class IncidentWay:
    """A way to show what happened: by the codes of a list, or by ``keys_of`` in the order of their words. No key is «not recorded».

    ``several`` is whether one entry may stand in several rows, ``differs`` whether the pupils of one incident may stand in different ones.
    """

    key: str
    heading: str
    keys_of: Callable[[Incident, CountedEntry], Sequence[str]]
    codes: str = ""
    words: Callable[[str], str] = str
    key_of: Callable[[str], str] = fold
    several: bool = False
    differs: bool = False
    notes: tuple[str, ...] = ()

    def rows(self, entries: Sequence[CountedEntry]) -> list[tuple[str, list[CountedEntry]]]:
        """The entries row by row, those of which it is not recorded last."""
        keyed = [(key, entry) for entry in entries for key in self.keys_of(entry.incident, entry) or (UNKNOWN,)]
        by_key = grouped((key if self.codes else self.key_of(key), entry) for key, entry in keyed)
        spelt = grouped((key if self.codes else self.key_of(key), key) for key, _entry in keyed)
        return [(self._label(spelt[key]), by_key[key]) for key in sorted(by_key, key=self._order)]

    def _label(self, spellings: Sequence[str]) -> str:
        """Of one that is spelt in several ways the way that is used most."""
        usual = min(Counter(spellings).items(), key=lambda counted: (-counted[1], counted[0]))[0]
        if usual == UNKNOWN:
            return _("Not recorded")
        return codelist(self.codes).label_of(usual) if self.codes else self.words(usual)

    def _order(self, key: str) -> tuple[bool, int, str]:
        codes_in_order = list(codelist(self.codes).codes) if self.codes else []
        return key == UNKNOWN, codes_in_order.index(key) if key in codes_in_order else len(codes_in_order), key


def _optional(value: str | None) -> tuple[str, ...]:
    return (" ".join(value.split()),) if value else ()


def _hour_words(hour: str) -> str:
    return _("{hour}:00 to {hour}:59").format(hour=int(hour))


_LENGTHS = (1, 5, 10, 20, 30, 60)  # minutes from which a row counts, each to the next


def _length(minutes: int | None) -> tuple[str, ...]:
    """The least minutes of its row, with a nought before where it takes one to stand in order."""
    return (f"{max(least for least in _LENGTHS if least <= minutes):02}",) if minutes else ()


def _length_words(least_minutes: str) -> str:
    following = next((length for length in _LENGTHS if length > int(least_minutes)), None)
    if following is None:
        return _("{least} minutes or longer").format(least=int(least_minutes))
    return _("{least} to {most} minutes").format(least=int(least_minutes), most=following - 1)


KIND = IncidentWay("incident-kinds", _("What it was"), lambda incident, _entry: (incident.kind,), codes="incident_kind")
NEED = IncidentWay(
    "needs", _("SEN need"), lambda _incident, entry: entry.needs, codes="sen_need", several=True, differs=True, notes=(_IN_SEVERAL_ROWS,)
)
PLACE = IncidentWay("places", _("Where"), lambda incident, _entry: _optional(incident.place), key_of=place_key, notes=(_AS_WRITTEN,))
HOUR = IncidentWay("hours", _("Time of day"), lambda incident, _entry: _optional((incident.time or "")[:2]), words=_hour_words)
STAFF = IncidentWay(
    "staff", _("Member of staff"), lambda incident, _entry: names_in(incident.staff), several=True, notes=(_IN_SEVERAL_ROWS, _AS_WRITTEN)
)
DONE_BY = replace(STAFF, keys_of=lambda incident, _entry: names_in(incident.done_by or incident.staff))
MINUTES = IncidentWay("minutes", _("How long"), lambda incident, _entry: _length(incident.minutes), words=_length_words, differs=True)


def way_of(ways: Sequence[IncidentWay], key: str) -> IncidentWay | None:
    """The way of that key, unless it is one that every figure has."""
    return next((way for way in ways if way.key == key), None)


def own_ways(ways: Sequence[IncidentWay]) -> tuple[tuple[str, str], ...]:
    """What a figure offers of them."""
    return tuple((way.key, way.heading) for way in ways)


def persons(entries: Iterable[CountedEntry]) -> set[str]:
    """The pupils who are counted in these."""
    return {entry.person for entry in entries}


def by_way(
    prepared: PreparedQuestion,
    kind: FigureKind,
    columns: Sequence[FigureColumn],
    entries: Sequence[CountedEntry],
    way: IncidentWay,
    *,
    counts: Callable[[Sequence[CountedEntry]], Counts],
    notes: Sequence[str],
) -> Figure:
    """A figure whose rows say what happened. A pupil may be counted in several of them."""
    own_columns = [
        replace(
            column,
            part_of="" if column.part_of == ON_ROLL.key else column.part_of,
            adds_up=column.adds_up and column.sort is not Sort.PUPILS,
        )
        for column in columns
    ]
    rows = [(label, counts(of_row)) for label, of_row in way.rows(entries)]
    total_row = (_("All together"), counts(entries))
    return put_together(prepared, kind, own_columns, rows, total_row, heading=way.heading, notes=(*notes, *way.notes), main=columns[0].key)


def by_pupils(
    prepared: PreparedQuestion,
    kind: FigureKind,
    columns: Sequence[FigureColumn],
    entries: Sequence[CountedEntry],
    *,
    counts: Callable[[Sequence[CountedEntry]], Counts],
    notes: Sequence[str],
) -> Figure:
    """A figure whose rows are stretches of time or groups of pupils, with the pupils on roll beside."""
    by_person = grouped((entry.person, entry) for entry in entries)

    def of_people(people: Sequence[Person], number: int | None = None) -> Counts:
        part = prepared.full_period if number is None else prepared.parts[number]
        own_entries = [
            entry for person in people for entry in by_person.get(person.id, ()) if part.first <= entry.incident.day <= part.last
        ]
        return {ON_ROLL.key: len(people), **counts(own_entries)}

    return answer(
        prepared,
        kind,
        (ON_ROLL, *columns),
        notes,
        main=columns[0].key,
        of_part=lambda number, people: of_people(people, number),
        of_people=of_people,
    )
