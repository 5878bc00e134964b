"""What is asked and said about consents, recorded as the pages do: looked up, then kept."""

from collections.abc import Sequence

from pupil_desk.domain.changes import Changed
from pupil_desk.services.consents import recording
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.desk import Desk


def record_said(desk: Desk, entries: Sequence[ConsentEntry]) -> Changed:
    """Record it. Raises Refused, WrongUse, NotAllowed."""
    return recording.record(desk, [recording.ready(desk, entry) for entry in entries])
