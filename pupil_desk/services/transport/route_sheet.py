"""The transport sheet of a route: what the rule of sharing lets whoever drives be told, to none that the notice does not name, logged as told when printed.

It tells of the journeys of today and of those that begin within a week. Of health it tells what threatens life or is severe, with what to do first, and an
allergy that nobody has graded. Where a pupil is picked up at home the address stands there, of a protected pupil never, not even where it was typed: then
the place that was agreed, or that the office knows it. No words that may mean somebody whom an order or restriction names stand on it.
"""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.clock import read_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.transport import route_sheet as layout
from pupil_desk.documents.transport.route_sheet import CarriedPupil, CarriedWay, RouteContent
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import AUTHORISED, UNAUTHORISED, Session, codes_of
from pupil_desk.domain.sharing.recipients import TRANSPORT
from pupil_desk.domain.sharing.sharing import Level
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.receivers import BarredPeople
from pupil_desk.domain.transport.route import Route, route_key
from pupil_desk.services import register
from pupil_desk.services.care import health_answers
from pupil_desk.services.care.cards import names_listed
from pupil_desk.services.consents import giving
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.disclosures.disclosures import Disclosure, Way
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import sharing
from pupil_desk.services.transport import routes
from pupil_desk.services.transport.journeys import SWITCH
from pupil_desk.services.transport.routes import RouteStanding
from pupil_desk.services.transport.told_words import PassengerFile, way_of, words_about
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.tables import contacts, protections, pupils
from pupil_desk.store.tables import transport as store

LYING = layout.LYING
AHEAD = timedelta(days=7)
"""How long before its first day a journey stands on the sheet, with that day."""
_OF_ROUTE = ("operator", "operator_phone", "vehicle", "driver", "escort", "escort_phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSheet:
    """The sheet: of which route, the story, its title, what stands at the foot of each page, its guard, and of each pupil the items that stand on it.

    ``left_out`` says of whom nothing does, and why; ``remarks`` what is missing on it. ``digest`` changes with what it says, its day apart.
    """

    route: Route
    story: Sequence[Block]
    title: str
    footer: str
    guard: Guard
    items_by_pupil: dict[str, tuple[str, ...]]
    left_out: Sequence[str]
    remarks: Sequence[str]
    digest: str


def sheet(desk: Desk, standing: RouteStanding) -> RouteSheet:
    """The sheet of a route as it is today. Raises NotAllowed; WrongUse where the unit records no transport, the notice does not name who drives, or nobody is carried of whom it may be told."""
    desk.require(Action.EXPORT)
    route_sheet = _sheet(desk, standing)
    return dataclasses.replace(route_sheet, remarks=[*route_sheet.remarks, *_absent_today(desk, list(route_sheet.items_by_pupil))])


def _absent_today(desk: Desk, pupil_ids: Sequence[str]) -> list[str]:
    """Of each pupil on the sheet who is marked absent today, that whoever drives must hear of it: a sheet holds for longer than a day."""
    away = codes_of(AUTHORISED, UNAUTHORISED)
    words = _("{pupil}: marked absent today, and stands on the sheet. Ring whoever drives.")
    rows = [row for row in register.view(desk, desk.today, desk.today).rows if row.pupil_id in pupil_ids]
    return [words.format(pupil=row.name) for row in rows if any(cell.code in away for cell in row.cells.values())]


def _sheet(desk: Desk, standing: RouteStanding) -> RouteSheet:
    require_use(desk, SWITCH)
    if words := routes.not_named(desk, standing.route):
        raise WrongUse(words)
    passengers, left_out = _passengers(desk, standing)
    if not passengers:
        raise WrongUse(" ".join(left_out) or _("Nobody is carried on this route."))
    content = _content(desk, standing.route, passengers)
    for passenger in passengers:
        _remark_barred_staff(passenger, standing.route)
    imprint = _(
        "{unit}, {phone}. Printed on {day}. For who drives and escorts alone: give it to nobody, and bring it back when another comes."
    )
    return RouteSheet(
        route=standing.route,
        story=layout.story(
            _("Transport sheet: {route}").format(route=standing.name),
            _("As agreed on {day}, until another sheet comes").format(day=show_date(desk.today)),
            imprint.format(unit=desk.settings.name, phone=_office(desk), day=show_date(desk.today)),
            content,
        ),
        title=_("Transport sheet"),
        footer=_("{route}, {day}. {unit}").format(route=standing.name, day=show_date(desk.today), unit=desk.settings.name),
        guard=guard(desk, {passenger.pupil.id for passenger in passengers}, "transport sheet", is_handed_out=True),
        items_by_pupil={passenger.pupil.id: tuple(passenger.items) for passenger in passengers},
        left_out=left_out,
        remarks=[remark for passenger in passengers for remark in passenger.remarks],
        digest=_digest(desk, standing.route, passengers),
    )


def _digest(desk: Desk, route: Route, passengers: Sequence[PassengerFile]) -> str:
    """Of what the sheet says, the same before and after a first day that it names: «from 26 November» is true on that day too."""
    content = _content(desk, route, [dataclasses.replace(passenger, today=date.max) for passenger in passengers])
    return hashlib.sha256(repr(content).encode()).hexdigest()


def _passengers(desk: Desk, standing: RouteStanding) -> tuple[list[PassengerFile], list[str]]:
    """Those of whom whoever drives may be told, and of whom not, with the reason."""
    journeys_by_pupil: dict[str, list[Journey]] = {}
    for journey in standing.journeys:
        if journey.start_date <= desk.today + AHEAD:
            journeys_by_pupil.setdefault(journey.pupil_id, []).append(journey)
    people, protected = contacts.by_pupil(desk.vault, list(journeys_by_pupil)), protections.by_pupil(desk.vault, desk.today)
    answer_of = health_answers.answers(desk.vault, set(journeys_by_pupil))
    passengers: list[PassengerFile] = []
    left_out = routes.came_back_words(desk, standing)
    carried_pupils = pupils.some(desk.vault, list(journeys_by_pupil))
    names, answers = names_listed(carried_pupils), {pupil.id: answer_of(pupil, desk.today) for pupil in carried_pupils}
    giving_rule = giving.rule_for(desk, [medicine for answer in answers.values() for medicine in answer.medicines], desk.today)
    for pupil in carried_pupils:
        day = max(desk.today, min(journey.start_date for journey in journeys_by_pupil[pupil.id]))
        decision = sharing.decision_for(desk, pupil.id, TRANSPORT, day)
        if decision is None or decision.level is Level.NONE:
            reason = decision.reason if decision else _("The pupil is not on roll on {day}.").format(day=show_date(day))
            left_out.append(_("{pupil}: {reason}").format(pupil=pupil.full_name, reason=reason))
            continue
        passengers.append(
            PassengerFile(
                pupil=pupil,
                listed_name=names[pupil.id],
                journeys=journeys_by_pupil[pupil.id],
                contacts=people[pupil.id],
                protections=protected[pupil.id],
                answer=answers[pupil.id],
                giving_rule=giving_rule,
                allowed=frozenset(decision.items),
                today=desk.today,
            )
        )
    return passengers, left_out


def _content(desk: Desk, route: Route, passengers: Sequence[PassengerFile]) -> RouteContent:
    ways_here, ways_home = (
        [
            way_of(passenger, journey, session)
            for passenger in passengers
            for journey in passenger.journeys
            if any(half is session for _weekday, half in journey.sessions)
        ]
        for session in (Session.AM, Session.PM)
    )
    return RouteContent(
        facts=[(item_named(Route, name).label, getattr(route, name)) for name in _OF_ROUTE if getattr(route, name)],
        rules=[
            _(
                "Hand a pupil over only to somebody who is named here. If nobody of them is there, keep the pupil with you and ring the office: {phone}."
            ).format(phone=_office(desk)),
            _("Call 999 first where life is in danger, then the office. Tell nobody else what stands here."),
            *_when_reached(desk),
            _("Only the office changes what stands here: write nothing in by hand, and take no change from anybody else."),
        ],
        ways_here=sorted(ways_here, key=_clock_turn),
        ways_home=sorted(ways_home, key=_clock_turn),
        people=[CarriedPupil(*words_about(passenger)) for passenger in passengers],
    )


def _when_reached(desk: Desk) -> list[str]:
    """When somebody answers at the office, as far as that is entered, and whom to ring then."""
    hours, phone_else = desk.settings.office_hours, desk.settings.phone_else
    words = [_("The office answers {hours}.").format(hours=begun_small(hours))] if hours else []
    then = _("ring {phone}, then whoever sends you").format(phone=phone_else) if phone_else else _("ring whoever sends you")
    last = _("If nobody answers at the office, stay with the pupil, {then}, and then the police on 101.").format(then=then)
    return [" ".join([*words, last])]


def _remark_barred_staff(passenger: PassengerFile, route: Route) -> None:
    """Say to whoever makes the sheet where the driver or the escort may be somebody whom an order of the pupil's names."""
    for name in filter(None, (route.driver, route.escort)):
        contact = BarredPeople.among(passenger.contacts, passenger.protections).meant_by(name, several=False)
        if contact is not None:
            words = _(
                "{name}, who drives or escorts this route, may be {contact}, whom an order or restriction names. Ask before the pupil is carried."
            )
            passenger.remark(words.format(name=name, contact=contact.full_name))


def _clock_turn(way: CarriedWay) -> tuple[str, str]:
    """By the clock; what has no time comes last."""
    return read_time(way.time) or "99", way.name


def _office(desk: Desk) -> str:
    return desk.settings.phone or desk.settings.email or _("no telephone is entered in Settings")


def outdated_sheet(desk: Desk, standing: RouteStanding) -> date | None:
    """The day of the sheet last printed of a route, where it no longer says what is so; None where it does, or none was printed.

    It tells nothing of the sheet, so whoever sees routes may ask.
    """
    last_sheet = store.last_sheet(desk.vault, standing.id)
    if last_sheet is None or not desk.settings.uses(SWITCH):
        return None
    day, digest = last_sheet
    try:
        return None if _sheet(desk, standing).digest == digest else day
    except WrongUse:  # nobody is carried any longer, or nobody may be told
        return day


def outdated(desk: Desk, standing: RouteStanding) -> str:
    """That the sheet last printed of a route no longer says what is so, with its day; empty where it does, or none was printed."""
    day = outdated_sheet(desk, standing)
    words = _("The sheet printed on {day} no longer says what is so. Print it anew, and have the old one back.")
    return words.format(day=show_date(day)) if day is not None else ""


def told_of_route(desk: Desk, name: str) -> RouteSheet:
    """What whoever drives a route may be told today, by the route's name in any spelling, for a further paper to them. Raises as ``sheet``."""
    standing = next((standing for standing in routes.standings(desk) if standing.id == route_key(name)), None)
    if standing is None:
        raise WrongUse(_("Nobody is carried on this route."))
    return sheet(desk, standing)


def keep_names_told(work: Work, route_sheet: RouteSheet, pupil_ids: Iterable[str], words: str) -> None:
    """Within a transaction: that whoever drives was told the names of these pupils, by a paper of another kind."""
    told_names = tuple(item_named(Pupil, name).label for name in ("surname", "forename"))
    disclosures.keep(work, Way.PRINT, _disclosures(route_sheet, dict.fromkeys(pupil_ids, told_names), words))


def _disclosures(route_sheet: RouteSheet, items_by_pupil: Mapping[str, Sequence[str]], words: str) -> list[Disclosure]:
    return disclosures.of_paper(TRANSPORT, route_sheet.route.operator or "", words, items_by_pupil)


def log_print(desk: Desk, route_sheet: RouteSheet) -> None:
    """Log that the sheet went to the printer, and what it tells of whom; keep by which it can be said that it is out of date."""
    require_use(desk, SWITCH)
    pupil_ids = list(route_sheet.items_by_pupil)
    with desk.act(Action.EXPORT, "pupil", pupil_ids[0], "transport sheet printed") as work:
        for pupil_id in pupil_ids[1:]:
            work.note(Action.EXPORT, "pupil", pupil_id, "transport sheet printed")
        store.keep_sheet(desk.vault, route_sheet.route.key, desk.today, route_sheet.digest)
        disclosures.keep(work, Way.PRINT, _disclosures(route_sheet, route_sheet.items_by_pupil, route_sheet.title))
