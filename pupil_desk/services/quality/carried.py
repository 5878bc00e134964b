"""How pupils come and go: told by the notice, with who may receive them at the door, nobody of whom an order names, and on one route at a time."""

from collections.abc import Iterator

from pupil_desk.basics.words import _
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.receivers import barred_receivers, strangers
from pupil_desk.domain.transport.route import route_key
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope, gap_in
from pupil_desk.services.transport.told_words import why_withheld, words_of_stranger


def route_not_told(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Carried on a route of which nobody says who drives it, or whose operator the notice does not name."""
    for journey in _current(file, context):
        if route_key(journey.route) not in (context.routes_told or ()):
            words = _(
                "Whoever drives route {route} is not entered, or not named in the privacy notice, so nothing can be told there. Enter who drives on the page Transport; a data officer names them in Settings."
            )
            yield gap_in(journey, "route", words.format(route=journey.route))


def nobody_receives(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Carried home, and nobody is named who may receive the pupil."""
    for journey in _current(file, context):
        if journey.goes_home and not journey.receivers:
            yield gap_in(journey, "receivers", _("Nobody is named who may receive the pupil at the door. Ask the family."))


def barred_receives(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Words among who may receive the pupil may mean somebody whom an order or restriction in force names, or one is in force that names nobody."""
    for journey in _not_over(file, context):
        for row in barred_receivers(journey.receivers, file.contacts, file.protections):
            words = _("Among who may receive the pupil stands “{words}”: {why}")
            yield gap_in(journey, "receivers", words.format(words=row.words, why=why_withheld(row)))


def stranger_receives(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Somebody may receive the pupil who is not among the contacts and is not said with name and relation."""
    for journey in _not_over(file, context):
        for stranger in strangers(journey.receivers, file.contacts):
            if not stranger.is_said:
                yield gap_in(journey, "receivers", words_of_stranger(stranger))


def on_two_routes(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Carried twice in the same half of a day."""
    journeys = _not_over(file, context)
    for number, journey in enumerate(journeys):
        if any(journey.meets(other) for other in journeys[:number]):
            words = _("By another journey the pupil is carried at the same time. Give that one its last day, or correct the days of one.")
            yield gap_in(journey, "days", words)


def _not_over(file: PupilFile, context: QualityContext) -> list[Journey]:
    """Those that go on or are to come, of the stay that holds."""
    return [
        journey
        for journey in (file.journeys if context.routes_told is not None else ())
        if not journey.is_over(context.today) and not journey.is_of_earlier_stay(file.stays, context.today)
    ]


def _current(file: PupilFile, context: QualityContext) -> list[Journey]:
    return [journey for journey in _not_over(file, context) if journey.spans(context.today)]


RULES = (
    QualityRule(_("Route not in the notice"), (Need.NOTICES,), Gravity.SHOULD, Scope.HERE, OURS, route_not_told),
    QualityRule(_("Nobody to receive a pupil who is carried"), (Need.RECORD,), Gravity.SHOULD, Scope.HERE, OURS, nobody_receives),
    QualityRule(_("Received by somebody whom an order names"), (Need.RECORD,), Gravity.SHOULD, Scope.HERE, OURS, barred_receives),
    QualityRule(_("Received by nobody of the contacts"), (Need.RECORD,), Gravity.SHOULD, Scope.HERE, OURS, stranger_receives),
    QualityRule(_("Carried on two routes at once"), (Need.RECORD,), Gravity.SHOULD, Scope.HERE, OURS, on_two_routes),
)
