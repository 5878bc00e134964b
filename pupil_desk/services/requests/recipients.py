"""Whom to tell when something was corrected, deleted or restricted: those who were given it, by the log of disclosures (UK GDPR Article 19)."""

import re
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.text import fold
from pupil_desk.domain.catalogue.catalogue import every_item, label_of
from pupil_desk.domain.sharing.recipients import ASKER, TOLD_BEFORE
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures.disclosures import Way
from pupil_desk.store.tables import ledger

_OF_LETTERS = frozenset({ASKER, TOLD_BEFORE})
"""To whom the letters of a case go."""
_BETWEEN = re.compile(r"\s*[,;\n]\s*")


@dataclass(frozen=True, slots=True)
class WasTold:
    """A recipient, when it was last told of the pupil, and by what paper or export."""

    recipient: str
    on: date
    what: str


def who_had(desk: Desk, pupil_id: str, items: str = "") -> list[WasTold]:
    """Who was told of a pupil and may still hold it, the last told first. ``items`` are labels of the record, with commas between them:
    only who was told one of them; a disclosure that does not say which items counts as all. Without ``items`` everyone.
    The letters of a case count for nothing: they tell nothing that the record says."""
    names = _names()
    wanted_names = {name for label in parts(items) for name in names.get(fold(label), {fold(label)})}
    known_names = {name for alike in names.values() for name in alike}
    latest_by_recipient: dict[str, WasTold] = {}
    for row in ledger.disclosures_of(desk.vault, pupil_id):
        if row["struck_because"] or (row["way"] == Way.PRINT and row["told_to"] in _OF_LETTERS):
            continue
        fields = {fold(field) for field in parts(row["fields"])}
        if not wanted_names or not fields & known_names or wanted_names & fields:
            latest_by_recipient[row["recipient"]] = WasTold(row["recipient"], date.fromisoformat(row["on"]), row["name"])
    return sorted(latest_by_recipient.values(), key=lambda was_told: was_told.on, reverse=True)


def parts(text: str) -> list[str]:
    """The names in a text, with commas between them."""
    return [part for part in _BETWEEN.split(text.strip()) if part]


def labels() -> list[str]:
    """What the record calls its items, once each, in the order of the records."""
    return list(dict.fromkeys(item.label for item in every_item().values()))


def _names() -> dict[str, set[str]]:
    """By label: every name under which a disclosure may list the item, all folded."""
    names_by_label: dict[str, set[str]] = {}
    for path, item in every_item().items():
        names_by_label.setdefault(fold(item.label), set()).update({fold(item.label), fold(label_of(path)), fold(path)})
    return names_by_label
