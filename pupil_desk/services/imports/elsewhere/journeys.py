"""The import of transport: how each pupil comes and goes, a journey each row, and in the same list who drives and escorts the route.

What several rows say of one route is taken once, as the first of them has it that goes in.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.domain.transport.journey import Journey, check_journey
from pupil_desk.domain.transport.route import Route, route_key
from pupil_desk.services.imports.elsewhere.keyed_tables import ROUTES, told_of
from pupil_desk.services.imports.keyed import Keyed, StoredByKey, import_of
from pupil_desk.services.imports.kinds import Fate, ImportKind, Judging, Plan, ReadRow, refused_plan
from pupil_desk.services.transport.journeys import SWITCH
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several

_OF_ROUTE = tuple(name for name in ROUTES.items() if name not in ("name", "note"))
"""What a list of pupils says of a route; a note beside a pupil is none on the route."""


def _days_of(journey: Journey) -> Any:
    """The halves of days that a journey names; the words where they name none, which its check refuses."""
    try:
        return journey.sessions
    except ValueError:
        return journey.days


@by_rules
def _of_pupils() -> ImportKind[StoredByKey[Journey]]:
    """The same without what is said of a route."""
    return import_of(
        "journeys",
        _("Transport"),
        Keyed(
            record_type=Journey,
            key_of=lambda record: (route_key(record.route), record.start_date, _days_of(record)),
            by_pupil=lambda vault: several.by_pupil(vault, Journey),
            check=check_journey,
            times=("pick_up_time", "set_down_time"),
            by_person=True,
        ),
        switch=SWITCH,
    )


@dataclasses.dataclass(slots=True)
class StoredJourneys:
    """The journeys, the routes on file, the rows of the file about each route, what those of them say that go in, and the routes of which that is judged
    already; by key."""

    journeys: StoredByKey[Journey]
    routes: Mapping[str, Route]
    rows: dict[str, list[ReadRow]] = dataclasses.field(default_factory=dict)
    told_values: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)
    judged_keys: set[str] = dataclasses.field(default_factory=set)


def _hold(vault: Vault) -> StoredJourneys:
    return StoredJourneys(_of_pupils().hold(vault), ROUTES.on_file(vault))


def _look_over(view: StoredJourneys, rows: Sequence[ReadRow]) -> None:
    view.rows.update(grouped((route_key(row.values["route"]), row) for row in rows if not row.stops))


def _told_of_route(view: StoredJourneys, key: str, judging: Judging) -> dict[str, Any]:
    """What the rows that go in say of a route: of each item the first of them that tells it."""
    if key not in view.told_values:
        told_values, contents = dict[str, Any](), dict[Any, Any]()
        for row in view.rows[key]:
            plan = _plan_of_pupil(view, row, judging)
            if _goes_in(plan) and contents.setdefault(plan.key, plan.contents) == plan.contents:
                of_row = {name: row.values[name] for name in _OF_ROUTE if name in row.values}
                told_values = {"name": row.values["route"], **of_row} | told_values
        view.told_values[key] = told_values
    return view.told_values[key]


def _goes_in(plan: Plan) -> bool:
    return plan.fate is not Fate.REFUSED and not plan.is_set_aside


def _plan_of_pupil(view: StoredJourneys, row: ReadRow, judging: Judging) -> Plan:
    of_pupil = {name: value for name, value in row.values.items() if name not in _OF_ROUTE}
    return _of_pupils().plan(view.journeys, dataclasses.replace(row, values=of_pupil), judging)


def _plan(view: StoredJourneys, row: ReadRow, judging: Judging) -> Plan:
    plan, key = _plan_of_pupil(view, row, judging), route_key(row.values["route"])
    if not _goes_in(plan):
        return plan
    told_values = _told_of_route(view, key, judging)
    if len(told_values) < 2:  # the name alone is no news of a route
        return plan
    not_taken = tuple(_told_otherwise(row.values, told_values))
    if key in view.judged_keys:
        return dataclasses.replace(plan, not_taken=(*plan.not_taken, *not_taken))
    of_route = told_of(ROUTES, view.routes, told_values, row, judging)
    if of_route.stops:
        return refused_plan(*of_route.problems)
    return dataclasses.replace(
        plan,
        fate=Fate.CHANGED if of_route.writes and plan.fate is Fate.UNCHANGED else plan.fate,
        problems=(*plan.problems, *of_route.problems),
        differences=(*plan.differences, *of_route.differences),
        writes=(*plan.writes, *of_route.writes),
        further_records=(*plan.further_records, _("The route {name}").format(name=told_values["name"]))
        if of_route.is_new
        else plan.further_records,
        not_taken=(*plan.not_taken, *not_taken),
    )


def _told_otherwise(values: Mapping[str, Any], told_values: Mapping[str, Any]) -> list[NotTaken]:
    reason = _("Another row of the same route says it otherwise, and that one is taken.")
    items = ROUTES.items()
    return [
        NotTaken(path=items[name].label, value=show(items[name], values[name]), reason=reason)
        for name in _OF_ROUTE
        if name in values and values[name] != told_values[name]
    ]


def _note(view: StoredJourneys, plan: Plan) -> None:
    view.judged_keys.add(route_key(plan.contents["route"]))  # judged, though what is held of it may stay


JOURNEYS = ImportKind(
    name=_of_pupils().name,
    label=_of_pupils().label,
    columns=lambda: (*_of_pupils().columns, *(item for name, item in ROUTES.items().items() if name in _OF_ROUTE)),
    hold=_hold,
    fresh=lambda stored: dataclasses.replace(stored, rows={}, told_values={}, judged_keys=set()),
    look_over=_look_over,
    note=_note,
    plan=_plan,
    quiet=_of_pupils().quiet,
    switch=SWITCH,
)
