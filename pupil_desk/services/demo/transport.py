"""The routes of the training unit, and the journeys of those whom the stay says that a taxi of the authority carries."""

from collections.abc import Sequence

from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.route import Route
from pupil_desk.services.demo.invention import Invented
from pupil_desk.services.desk import Desk
from pupil_desk.services.transport import journeys, routes

_OPERATOR = "Larkshire Passenger Transport"
_ROUTES = (
    Route(
        name="Route 1, north",
        operator=_OPERATOR,
        operator_phone="01632 960300",
        vehicle="Minibus, 8 seats",
        driver="Ned Farrow",
        escort="Mrs Ivy Cole",
        escort_phone="07700 900301",
    ),
    Route(name="Route 2, Larkminster", operator=_OPERATOR, operator_phone="01632 960300", vehicle="Taxi, 4 seats", driver="Sol Adeyemi"),
)
_MOST = 8  # pupils who are carried
_STOP, _AGREED = "The bus stop at the corner", "The car park of the library, as agreed"
_SPLIT = 1  # of them: picked up at home, and set down elsewhere
_NEEDS = "Sits in front, and is told before the door is opened"
_TIMES = ("08:05", "08:15", "08:25", "08:30", "08:40")


def keep_transport(desk: Desk, people: Sequence[Invented]) -> None:
    """Enter the routes, and some of those who are carried; of every fourth nobody is named who may receive the pupil. A protected one is picked up at a place that was agreed."""
    for route in _ROUTES:
        routes.save(desk, route)
    carried = [person for person in people if person.stay.main_school and person.stay.on_roll(desk.today)][:_MOST]
    for number, person in enumerate(carried):
        barred_ids = {protection.contact_id for protection in person.protections}
        callers = [contact.full_name for contact in person.contacts[:2] if contact.id not in barred_ids]
        journeys.add(
            desk,
            Journey(
                pupil_id=person.pupil.id,
                route=_ROUTES[number % len(_ROUTES)].name,
                start_date=person.stay.start_date or desk.today,
                days="Mon, Tue, Wed",
                pick_up=_AGREED if person.protections else _STOP if number % 3 == 0 else None,
                pick_up_time=_TIMES[number % len(_TIMES)],
                set_down_time="15:20",
                set_down=_STOP if number == _SPLIT else None,
                needs=_NEEDS if number == _SPLIT else None,
                receivers=None if number % 4 == 3 else "\n".join(callers) or "May go in alone",
            ),
        )
