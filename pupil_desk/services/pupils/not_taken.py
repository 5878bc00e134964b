"""What files told of a pupil and no other record says: read here, kept by the import, taken away like any record."""

from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans.seeing import file_values_seen
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.tables import ledger


def files(desk: Desk) -> dict[str, tuple[str, str]]:
    """When each file was read in, and what it is called, by its id. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    return {row["id"]: (row["at"], row["file_name"]) for row in ledger.imports(desk.vault)}


def of_pupil(desk: Desk, pupil_id: str) -> list[NotTaken]:
    """A pupil’s values, in the order in which they came, but for those that are not shown to who is at the desk. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return file_values_seen(desk, several.of_pupil(desk.vault, NotTaken, pupil_id))
