"""What comes next for a pupil, in words and with the way there."""

from collections.abc import Collection
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.services.pupils.next_for_pupil import NextForPupil, next_for_pupil
from pupil_desk.services.transport import route_sheet, routes
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.talk.next_act import Act

_WORDS = {
    NextForPupil.CONTACT: (_("Enter a contact with parental responsibility: the notice goes to them."), _("Enter a contact")),
    NextForPupil.INCIDENT: (_("Do what is still to be done about an incident."), _("Open the incidents")),
    NextForPupil.NOTICE: (_("Print the privacy notice and give it."), _("Give the notice")),
    NextForPupil.WISH: (_("Ask about sharing, and record the answer."), _("Record the wish")),
}


def button_for(context: Context, pupil_id: str) -> Act | None:
    """The button alone."""
    step = act_for(context, pupil_id)
    return step[1] if step else None


def act_for(context: Context, pupil_id: str) -> tuple[str, Act] | None:
    """The step that is next for a pupil, in a sentence, and the button that leads there; None where there is none."""
    step = next_for_pupil(context.desk, pupil_id)
    if step is None:
        return None
    words, verb = _WORDS[step]
    places = {
        NextForPupil.CONTACT: ("pupils", str(Place(pupil_id, "contacts"))),
        NextForPupil.INCIDENT: ("incidents", pupil_id),
        NextForPupil.NOTICE: ("notices", pupil_id),
        NextForPupil.WISH: ("sharing", pupil_id),
    }
    return words, (verb, partial(context.go, *places[step]))


def act_after_move(context: Context, pupil_id: str, movers: Collection[str]) -> tuple[str, Act] | None:
    """What a move calls for: whoever drives one of the pupils who moved has a sheet with the address before; else what is next for the pupil."""
    for standing in routes.standings(context.desk):
        if not movers or set(movers).isdisjoint(standing.pupil_ids):
            continue
        if words := route_sheet.outdated(context.desk, standing):
            to_route = (_("Open the route"), partial(context.go, "transport", standing.id))
            return _("{route}: {words}").format(route=standing.name, words=words), to_route
    return act_for(context, pupil_id)
