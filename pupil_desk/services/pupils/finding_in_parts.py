"""Finding a pupil by what parts of the record say beside the index of words: exams, routes, providers, accidents, incidents and plans.

Of health nothing is found, nor of a plan that is not shown to who is at the desk.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import as_one_word, begun_small, fold, search_words, tokens
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.catalogue.items import Kind, item_named, own_items_of
from pupil_desk.domain.exams.exam import ExamEntry
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import seeing
from pupil_desk.store.tables import finding as store
from pupil_desk.store.tables import plans

_SHORTEST = 3  # letters or digits: by fewer half of the unit would be found
_IN_PARTS: tuple[tuple[str, type, tuple[str, ...]], ...] = (
    ("exam_entry", ExamEntry, ("candidate_number", "uci")),
    ("journey", Journey, ("route",)),
    ("placement", Placement, ("provider",)),
    ("accident", Accident, ("report_reference",)),
)


class QueryWords:
    """What is typed, compared with what a record says as the index compares it."""

    def __init__(self, text: str) -> None:
        self.words = [fold(word) for word in search_words(text)]
        self.whole = as_one_word(text)

    def says(self, values: Sequence[str | None]) -> int | None:
        """The place of the first of a record's values that says it, all of them saying it together; None if they do not."""
        readings = [(tokens(value), as_one_word(value)) if value else ([], "") for value in values]
        whole_place = next((place for place, (_words, text) in enumerate(readings) if text and text.startswith(self.whole)), None)
        places = [self._place(word, readings) for word in self.words]
        if places and None not in places:
            return whole_place if whole_place is not None else min(place for place in places if place is not None)
        return whole_place

    @staticmethod
    def _place(word: str, readings: Sequence[tuple[list[str], str]]) -> int | None:
        return next(
            (place for place, (words, text) in enumerate(readings) if text.startswith(word) or any(w.startswith(word) for w in words)), None
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record was found; ``rank`` orders the reasons of one pupil."""

    rank: int
    kind: str
    record_id: str
    words: str
    item: str = ""


def reasons_in_parts(desk: Desk, query: QueryWords) -> Iterator[tuple[str, Reason]]:
    """By pupil, what the parts of the records say of what is typed, the same words once."""
    given_words: set[tuple[str, str]] = set()
    if query.words and len(query.whole) >= _SHORTEST:
        for pupil_id, reason in (*_of_records(desk, query), *_of_plans(desk, query)):
            if (pupil_id, reason.words) not in given_words:
                given_words.add((pupil_id, reason.words))
                yield pupil_id, reason


def _of_records(desk: Desk, query: QueryWords) -> Iterator[tuple[str, Reason]]:
    for kind, record_type, items in _IN_PARTS:
        for row in store.rows_saying(desk.vault, kind, items, query.says):
            place = query.says([row[item] for item in items])
            if place is not None:
                yield row["pupil_id"], Reason(7, kind, row["id"], labelled(record_type, items[place], row[items[place]]), items[place])
    for row in store.incidents_at(desk.vault, query.says):
        words = _("incident of {day}, {place}").format(day=short_date(date.fromisoformat(row["day"])), place=row["place"])
        yield row["pupil_id"], Reason(8, "incident", row["entry_id"], words, "place")


def findable_own(record_type: type) -> Iterator[str]:
    """Of the fields of the unit's own those by which somebody is found, as script 0073 has it."""
    return (item.name for item in own_items_of(record_type) if item.kind in (Kind.TEXT, Kind.CODE) and not item.facts.special)


def labelled(record_type: type, name: str, value: Any) -> str:
    """A value with what it is, within a sentence."""
    label = _("address") if name in ("address_1", "address_2") else begun_small(item_named(record_type, name).label.partition(":")[0])
    return _("{label} {value}").format(label=label, value=value)


def _of_plans(desk: Desk, query: QueryWords) -> Iterator[tuple[str, Reason]]:
    """By the kind of a plan that runs, and by what stands in the unit's own fields of plans."""
    codes, own_names = codelist("plan_kind").codes.values(), tuple(findable_own(PupilPlan))
    of_kinds = {code.code for code in codes if any(query.says([words]) is not None for words in (code.label, *code.alike))}
    if not of_kinds and not own_names:
        return
    for case in seeing.seen(desk, plans.every(desk.vault)):
        plan, kind = case.now, codelist("plan_kind").label_of(case.now.kind)
        if not plan.runs_on(desk.today):
            continue
        if plan.kind in of_kinds:
            yield plan.pupil_id, Reason(7, "plan", plan.entry_id, _("plan: {kind}").format(kind=kind), "kind")
        elif own_names and (place := query.says([getattr(plan, name) for name in own_names])) is not None:
            value = labelled(PupilPlan, own_names[place], getattr(plan, own_names[place]))
            yield plan.pupil_id, Reason(7, "plan", plan.entry_id, _("{plan}: {what}").format(plan=kind, what=value), own_names[place])
