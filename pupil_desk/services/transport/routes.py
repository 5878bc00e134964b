"""The routes of a unit: all on which a pupil is carried, and of which anything is on file."""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Problem, Refused, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.sharing.recipients import TRANSPORT, register
from pupil_desk.domain.sharing.unit_recipients import names_of
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.route import Route, check_route, route_key
from pupil_desk.services import keyed_records, records
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures.disclosures import WHAT_TO_DO
from pupil_desk.services.keyed_records import KeyedKind
from pupil_desk.services.roles import Action
from pupil_desk.services.transport.journeys import SWITCH
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import several
from pupil_desk.store.tables import enrolments, pupils
from pupil_desk.store.tables import transport as store

_OF_STAFF = frozenset({"driver", "escort", "escort_phone"})


def _see_staff(desk: Desk, route: Route, names: Collection[str]) -> None:
    """Keep that somebody saw to driver and escort today, where they are new."""
    if not {"name", *_OF_STAFF}.isdisjoint(names):
        store.see_staff(desk.vault, route.key, desk.today)


def _why_stays(desk: Desk, route: Route) -> str:
    """Why a route that a file brought is not taken away with it: somebody is carried on it, or its sheet is out there."""
    standing = next(standing for standing in standings(desk) if standing.id == route.key)
    last_sheet = store.last_sheet(desk.vault, route.key)
    if standing.journeys or last_sheet is None:
        return _carried_words(standing)
    return _("A sheet of it was printed on {day}. Take it away under Transport.").format(day=show_date(last_sheet[0]))


KIND = KeyedKind(
    name="route",
    switch=SWITCH,
    key_item="name",
    check=check_route,
    on_file=lambda vault, route: store.of_key(vault, route.key),
    add=store.add,
    then=_see_staff,
    beside={"staff_day": _OF_STAFF},
    why_stays=_why_stays,
)


@dataclass(frozen=True, slots=True)
class RouteStanding:
    """One route: its record or an empty one of that name, and the journeys by it that are not over, of pupils who have not left.

    ``of_earlier_stays`` are those of pupils who left since and came back: by them nobody is carried.
    """

    route: Route
    journeys: Sequence[Journey]
    of_earlier_stays: Sequence[Journey] = ()

    @property
    def id(self) -> str:
        return self.route.key

    @property
    def name(self) -> str:
        return self.route.name

    @property
    def pupil_ids(self) -> list[str]:
        """Who is carried, each once."""
        return list(dict.fromkeys(journey.pupil_id for journey in self.journeys))


def standings(desk: Desk) -> list[RouteStanding]:
    """The routes by name. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    journeys_by_key: dict[str, list[Journey]] = {}
    earlier_by_key: dict[str, list[Journey]] = {}
    stays = enrolments.by_pupil(desk.vault)
    for pupil_id, journeys in several.by_pupil(desk.vault, Journey).items():
        is_here = any(stay.is_dated and (stay.end_date is None or stay.end_date >= desk.today) for stay in stays[pupil_id])
        for journey in journeys if is_here else ():
            if not journey.is_over(desk.today):
                by_key = earlier_by_key if journey.is_of_earlier_stay(stays[pupil_id], desk.today) else journeys_by_key
                by_key.setdefault(route_key(journey.route), []).append(journey)
    on_file = {route.key: route for route in store.all_routes(desk.vault)}
    return [
        RouteStanding(
            on_file.get(key) or Route(name=(journeys_by_key.get(key) or earlier_by_key[key])[-1].route),
            journeys_by_key.get(key, ()),
            earlier_by_key.get(key, ()),
        )
        for key in sorted({*on_file, *journeys_by_key, *earlier_by_key})
    ]


def came_back_words(desk: Desk, standing: RouteStanding) -> list[str]:
    """Who came back and is carried on the route no more, and what to do."""
    words = _("{pupil}: the journey was agreed for an earlier stay. Enter it anew, or give it its last day.")
    came_back = {journey.pupil_id for journey in standing.of_earlier_stays}
    return [words.format(pupil=pupil.full_name) for pupil in pupils.some(desk.vault, came_back - set(standing.pupil_ids))]


def told_keys(desk: Desk) -> set[str]:
    """The keys of the routes whose operator the notice names."""
    told_operators = _told_operators(desk)
    return {route.key for route in store.all_routes(desk.vault) if route.operator and fold(route.operator) in told_operators}


def _told_operators(desk: Desk) -> set[str]:
    return {fold(name) for name in names_of(register()[TRANSPORT], desk.settings)}


def not_named(desk: Desk, route: Route) -> str:
    """Why nothing may be told to whoever drives a route: a sentence that says what to do; empty for one that the notice names.

    As of schools and providers: the notice as it would be given now names whom the settings name, and a change there makes a new edition.
    """
    if not route.operator:
        return _("Say first who drives this route: enter it under Operator, and save.")
    if fold(route.operator) in _told_operators(desk):
        return ""
    return _(
        "The privacy notice of this unit does not name {operator} among those who drive pupils. Nothing is told to it. {what_to_do}"
    ).format(operator=route.operator, what_to_do=WHAT_TO_DO)


def save(desk: Desk, route: Route) -> Changed:
    """Keep what a route is. Raises Refused, NotAllowed; WrongUse where the unit records no transport."""
    desk.require(Action.EDIT_RECORD, "route", route.id)
    return keyed_records.keep(desk, KIND, route)


def confirm_staff(desk: Desk, standing: RouteStanding) -> Changed:
    """Keep that somebody has seen to it that the driver and the escort of a route are still these. Raises NotAllowed, WrongUse."""
    desk.require(Action.EDIT_RECORD, "route", standing.route.id)
    require_use(desk, SWITCH)
    with desk.act(Action.EDIT_RECORD, "route", standing.route.id, "driver and escort are still right"):
        store.see_staff(desk.vault, standing.id, desk.today)
    return Changed.of("route")


def rename(desk: Desk, standing: RouteStanding, name: str) -> Changed:
    """Give a route another name, with the journeys by it that are not over; those that are keep the name of then. Raises Refused, NotAllowed, WrongUse."""
    desk.require(Action.EDIT_RECORD, "route", standing.route.id)
    require_use(desk, SWITCH)
    on_file = store.of_key(desk.vault, standing.id) or standing.route  # it may have come on file since the page looked
    renamed = tidied(dataclasses.replace(on_file, name=name), desk.today)
    refuse(problems_of(renamed, desk.today, ["name"]))
    if renamed.name == standing.name:
        return Changed.of()
    if renamed.key != standing.id and renamed.key in {other.id for other in standings(desk)}:
        raise Refused((Problem("name", "taken", _("There is a route of that name already. Choose another name.")),))
    current = [
        journey
        for journeys in several.by_pupil(desk.vault, Journey).values()
        for journey in journeys
        if route_key(journey.route) == standing.id and not journey.is_over(desk.today)
    ]
    with desk.act(Action.EDIT_RECORD, "route", renamed.id, "renamed") as work:
        if renamed.id:
            store.rename(desk.vault, renamed)
        for journey in current:
            work.note(Action.EDIT_RECORD, "pupil", journey.pupil_id, "journey: route")
            records.change(work, journey, dataclasses.replace(journey, route=renamed.name), source="route")
    return Changed.of("route", "journey", ids=tuple({journey.pupil_id for journey in current}))


def begin(desk: Desk, name: str) -> Changed:
    """Have a route of that name on file. One that is there stays as it is, with who drives it. Raises Refused, NotAllowed, WrongUse."""
    if store.of_key(desk.vault, route_key(name)) is not None:
        return Changed.of()
    return save(desk, Route(name=name))


def remove(desk: Desk, standing: RouteStanding) -> Changed:
    """Take a route away with who drives and escorts it, once no journey by it is open. Journeys that are over keep its name. Raises NotAllowed, WrongUse."""
    desk.require(Action.EDIT_RECORD, "route", standing.route.id)
    require_use(desk, SWITCH)
    if words := _carried_words(standing) or " ".join(came_back_words(desk, standing)):
        raise WrongUse(words)
    with desk.act(Action.EDIT_RECORD, "route", standing.route.id, "route taken away"):
        store.remove(desk.vault, standing.id)
    return Changed.of("route")


def _carried_words(standing: RouteStanding) -> str:
    """That pupils are carried on a route, which therefore is not taken away; empty where nobody is."""
    if not standing.journeys:
        return ""
    return _("{pupils} carried on this route. End the journeys in their records first.").format(
        pupils=count_of(len(standing.pupil_ids), _("pupil is"), _("pupils are"))
    )
