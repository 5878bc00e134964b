"""Accidents of pupils: how many there were, where, and to whom."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.services.figures.asking import FigureKind, PreparedQuestion
from pupil_desk.services.figures.people import Person
from pupil_desk.services.figures.rows import answer, put_together
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn, Sort
from pupil_desk.store.tables import accidents as store

_COLUMNS = (
    FigureColumn(key="pupils", title=_("Pupils on roll")),
    FigureColumn(key="accidents", title=_("Accidents"), sort=Sort.EVENTS, head="injured"),
    FigureColumn(key="injured", title=_("Pupils who had one"), part_of="pupils"),
    FigureColumn(key="hospital", title=_("Pupils taken to hospital"), part_of="pupils"),
)
_NOTES = (
    _("Accidents in the book, of pupils who were on roll that day. Taken to hospital: straight from the place of the accident."),
    _("A pupil is counted once in a row, however many accidents there were."),
)
_WAYS: Mapping[str, tuple[str, str, Callable[[Accident], str]]] = {
    "accident-places": (_("Place"), "accident_place", lambda accident: accident.place),
    "accident-injuries": (_("Injury"), "accident_injury", lambda accident: accident.injury),
}


@dataclass(frozen=True, slots=True)
class CountedAccident:
    """An accident, and the pupil as counted."""

    person: str
    accident: Accident

    @property
    def day(self) -> date:
        """The day of it."""
        return self.accident.day


def _make(prepared: PreparedQuestion) -> Figure:
    counted = list(_counted(prepared))
    if prepared.question.grouping in _WAYS:
        return _by_way(prepared, counted)

    def of_part(number: int, people: Sequence[Person]) -> Counts:
        part = prepared.parts[number]
        return _counts(people, [row for row in counted if part.first <= row.day <= part.last])

    return answer(
        prepared, ACCIDENTS, _COLUMNS, _NOTES, main="accidents", of_part=of_part, of_people=lambda people: _counts(people, counted)
    )


def _counted(prepared: PreparedQuestion) -> Iterator[CountedAccident]:
    period, people = prepared.full_period, prepared.people
    for accident in store.between(prepared.desk.vault, period.first, period.last):
        person, day = people.all.get(people.person_of[accident.pupil_id]), accident.day.isoformat()
        if person is not None and person.on_roll(day, day):
            yield CountedAccident(person.id, accident)


def _counts(people: Sequence[Person], counted: Sequence[CountedAccident]) -> Counts:
    ids = {person.id for person in people}
    return {"pupils": len(people), **_of_accidents([row for row in counted if row.person in ids])}


def _of_accidents(counted: Sequence[CountedAccident]) -> Counts:
    return {
        "accidents": len(counted),
        "injured": len({row.person for row in counted}),
        "hospital": len({row.person for row in counted if row.accident.hospital}),
    }


def _by_way(prepared: PreparedQuestion, counted: Sequence[CountedAccident]) -> Figure:
    heading, codes, code_of = _WAYS[prepared.question.grouping]
    columns = [replace(column, part_of="", adds_up=column.key == "accidents") for column in _COLUMNS[1:]]
    code_list = codelist(codes)
    counted_rows = [
        (code_list.label_of(code), _of_accidents([row for row in counted if code_of(row.accident) == code])) for code in code_list.codes
    ]
    return put_together(
        prepared,
        ACCIDENTS,
        columns,
        counted_rows,
        (_("All accidents"), _of_accidents(counted)),
        heading=heading,
        notes=_NOTES,
        main="accidents",
    )


ACCIDENTS = FigureKind(
    "accidents", _("Accidents"), _make, own_ways=tuple((key, way[0]) for key, way in _WAYS.items()), switch="keeps_accidents"
)
