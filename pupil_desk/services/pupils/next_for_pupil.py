"""What comes next for a pupil: somebody to tell, what is owed of an incident, the notice, and the question about sharing; by the rules of Home's lines."""

from enum import Enum

from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import incidents_due
from pupil_desk.services.notices import notices
from pupil_desk.services.sharing import sharing


class NextForPupil(Enum):
    """The steps, in their order."""

    CONTACT = "contact"
    INCIDENT = "incident"
    NOTICE = "notice"
    WISH = "wish"


def next_for_pupil(desk: Desk, pupil_id: str) -> NextForPupil | None:
    """The first step that is still to do for a pupil; None where none is. Raises NotAllowed, NoSuchPupil."""
    if notices.letters_of(desk, pupil_id).nobody:
        return NextForPupil.CONTACT
    if any(incident.due <= desk.today for incident in incidents_due.open_incidents(desk, pupil_id)):
        return NextForPupil.INCIDENT
    if notices.due_of(desk, pupil_id):
        return NextForPupil.NOTICE
    return NextForPupil.WISH if sharing.is_unasked(desk, pupil_id, desk.today) else None
