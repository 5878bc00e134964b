"""All that was ever asked and said of a pupil's consents, with who recorded it, and what was taken back."""

from dataclasses import dataclass

from pupil_desk.domain.consents.consent import Competence, ConsentEvent
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import consents as store


@dataclass(frozen=True, slots=True)
class ConsentTimeline:
    """Events and findings, the latest day first; each event with when and by whom it was entered, and of one taken back why, when and by whom."""

    events: list[ConsentEvent]
    recordings: dict[str, Row]
    competences: list[Competence]


def timeline(desk: Desk, pupil_id: str) -> ConsentTimeline:
    """Everything of one pupil. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    events = sorted(store.all_of_pupil(desk.vault, pupil_id), key=lambda event: (event.on, event.seq), reverse=True)
    competences = sorted(store.found_of(desk.vault, pupil_id), key=lambda competence: (competence.on, competence.seq), reverse=True)
    return ConsentTimeline(events, {row["id"]: row for row in store.recordings(desk.vault, pupil_id)}, competences)
