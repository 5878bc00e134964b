"""What is asked and said about consents, recorded as the pages do: looked up, then kept."""

from collections.abc import Sequence
from datetime import date

from pupil_desk.domain.changes import Changed
from pupil_desk.services.consents import recording
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.desk import Desk
from tests.services.consents.conftest import Family
from tests.services.exports.made import DAY


def record_said(desk: Desk, entries: Sequence[ConsentEntry]) -> Changed:
    """Record it. Raises Refused, WrongUse, NotAllowed."""
    return recording.record(desk, [recording.ready(desk, entry) for entry in entries])


def answered(family: Family, trip: str, what: str = "given", on: date = DAY, giver: str = "") -> None:
    """What a parent of Ben, the mother unless told, says of a trip."""
    said = ConsentEntry(
        pupil_id=family.ben.id, consent_type="trip", step=what, giver=giver or family.mum.id, day=on, channel="form", occasion_id=trip
    )
    record_said(family.unit.desk, [said])
