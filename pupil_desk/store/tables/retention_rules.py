"""How long each class is kept, as the unit has set it: versions only ever added, each with the day from which it holds."""

import dataclasses
import json
from datetime import date

from pupil_desk.domain.governance.retention import RetentionClass, RetentionPart, Schedule, parts_of, proposed_schedule
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row, new_id


def schedule(vault: Vault, day: date) -> Schedule:
    """The classes as they hold on a day: what we propose, and in its place what the unit has set."""
    defaults, own_classes = proposed_schedule(), dict[str, RetentionClass]()
    for row in vault.rows(
        "SELECT class, parts, sure, source FROM retention_rule WHERE holds_from <= ? ORDER BY holds_from, seq", (day.isoformat(),)
    ):
        if row["class"] in defaults.classes:
            own_classes[row["class"]] = class_of(defaults[row["class"]], row)
    return defaults.with_(*own_classes.values())


def class_of(default: RetentionClass, row: Row) -> RetentionClass:
    """A class as a version has it."""
    if not row["parts"]:
        return default
    return dataclasses.replace(default, parts=parts_of(json.loads(row["parts"])), sure=row["sure"], source=row["source"])


def add(vault: Vault, retention_class: RetentionClass | None, name: str, *, holds_from: date, moment: str, actor: str) -> None:
    """Keep a class as the unit sets it; without one, it goes back to what we propose."""
    parts = json.dumps([_as_data(part) for part in retention_class.parts]) if retention_class else ""
    insert_row(
        vault,
        "retention_rule",
        {
            "id": new_id(),
            "class": name,
            "parts": parts,
            "sure": retention_class.sure if retention_class else "",
            "source": retention_class.source if retention_class else "",
            "holds_from": holds_from,
            "at": moment,
            "set_by": actor,
        },
    )


def _as_data(part: RetentionPart) -> dict[str, object]:
    return {"event": part.event.value, "years": part.years, "if_hurt": part.if_hurt}


def versions(vault: Vault) -> list[Row]:
    """Every version there was, the latest first: ``class``, ``parts``, ``source``, ``holds_from``, ``at``, ``by``."""
    return vault.rows(
        """SELECT r.class, r.parts, r.sure, r.source, r.holds_from, r.at, coalesce(s.name, r.set_by) AS by
           FROM retention_rule r LEFT JOIN staff s ON s.id = r.set_by ORDER BY r.seq DESC"""
    )
