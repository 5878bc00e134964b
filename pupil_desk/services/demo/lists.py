"""Two filters of the training unit, for everyone who signs in there."""

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.lists import save_filter

_FILTERS = (
    (_("Year 11 with SEN support or a plan"), (Condition("year-group", "11"), Condition("any-sen"))),
    (_("Often away"), (Condition("here", "on-roll"), Condition("attendance-below", "90"))),
)


def keep_filters(desk: Desk) -> None:
    """Save them."""
    for name, conditions in _FILTERS:
        save_filter(desk, name, conditions, for_all=True)
