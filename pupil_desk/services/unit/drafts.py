"""What someone has typed and not saved, or a password that they have not noted: kept in the encrypted file for a lock or a crash, and given back to its author only."""

import json
from dataclasses import dataclass
from datetime import datetime

from pupil_desk.basics.clock import local_time, stamp
from pupil_desk.services.desk import Desk
from pupil_desk.store.tables import ledger


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A half-filled form: the page and record it belongs to, what was typed, when."""

    page: str
    object_id: str
    typed: dict[str, object]
    at: datetime


def keep(desk: Desk, page: str, object_id: str, values: dict[str, object]) -> None:
    """Keep what was typed, in place of an earlier draft of the same form. It is no change of a record, so it is not logged."""
    with desk.vault.transaction():
        ledger.keep_draft(
            desk.vault, author=desk.user.id, page=page, object_id=object_id, body=json.dumps(values), moment=stamp(desk.clock.now())
        )


def forget(desk: Desk, page: str, object_id: str) -> None:
    """The form was saved or put back."""
    with desk.vault.transaction():
        ledger.drop_draft(desk.vault, author=desk.user.id, page=page, object_id=object_id)


def own_drafts(desk: Desk) -> list[FormDraft]:
    """The drafts of the person at the desk, the latest first."""
    return [
        FormDraft(page=row["page"], object_id=row["object_id"], typed=json.loads(body), at=local_time(row["at"]))
        for row, body in ledger.drafts_of(desk.vault, desk.user.id)
    ]
