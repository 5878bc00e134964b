"""What someone has typed and not saved, or a password that they have not noted: kept in the encrypted file for a lock or a crash, and given back to its author only."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pupil_desk.basics.clock import local_time, stamp
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk, Work
from pupil_desk.store.tables import ledger

NOT_NOTED: Final = "not noted"  # in the place of the page's name: passwords that were shown and are not noted
PLACE: Final = "place"  # the same: where the person was as the window locked
_LOST_PASSWORD, _LOST_TYPED, _LOST_ERASED = (
    "lost password",
    "lost typed",
    "lost erased",
)  # the same: what went with the key that it was under, or with somebody erased
LOST: Mapping[str, str] = {
    _LOST_PASSWORD: _("A password that was shown to you and not noted went with your old password. Make the files that it opens again."),
    _LOST_TYPED: _("What you had typed and not saved, or left open, went with your old password."),
    _LOST_ERASED: _(
        "What you had typed and not saved, or left open, was deleted: somebody was erased, and only you could have read whether it named them."
    ),
}
"""What is said to a person at the next sign-in, by what stands in the place of the page's name."""

NOT_WHOLE: Final = _(
    "What you had typed before the program was updated could not be put back whole. Look at what stands there, and type the rest again."
)
"""What is said where an earlier version of the program had kept a draft otherwise."""


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


def lose(work: Work, user_id: str) -> None:
    """A person's own key goes, with a new password from somebody else or as they are disabled: so does what is under it, which nobody could read
    any more. That it went is kept for them. Inside a transaction."""
    vault = work.desk.vault
    pages = set(ledger.drop_encrypted_drafts(vault, user_id)) - {PLACE}
    lost = {page if page in LOST else _LOST_PASSWORD if page == NOT_NOTED else _LOST_TYPED for page in pages}
    for page in sorted(lost):
        ledger.put_draft(vault, author=user_id, page=page, object_id="", body="{}", moment=work.stamp)


def lose_about(work: Work, pupil_ids: Collection[str]) -> None:
    """Somebody is erased: the drafts that name them go. So do those that nobody here can read, and for their authors that is kept. Inside a transaction."""
    vault = work.desk.vault
    unread = ledger.drop_drafts_about(vault, pupil_ids, but=(NOT_NOTED, *LOST))
    for author in sorted({row["author"] for row in unread if row["page"] != PLACE}):
        ledger.put_draft(vault, author=author, page=_LOST_ERASED, object_id="", body="{}", moment=work.stamp)


def own_drafts(desk: Desk) -> list[FormDraft]:
    """The drafts of the person at the desk, the latest first."""
    return [
        FormDraft(page=row["page"], object_id=row["object_id"], typed=json.loads(body), at=local_time(row["at"]))
        for row, body in ledger.drafts_of(desk.vault, desk.user.id)
    ]
