"""Fields of the unit's own: what they are, and that nothing is entered in some of them any more. Only ever added to."""

import json

from pupil_desk.domain.unit.own_field import NOT_SPECIAL, OwnField
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import insert_row

_AS_STATED = ("name", "record", "label", "kind", "hint", "purpose", "reason", "basis", "law", "retention")


def every(vault: Vault) -> list[OwnField]:
    """Every field that was ever made, in the order of making."""
    rows = vault.rows(
        "SELECT f.*, w.reason AS withdrawn FROM own_field f LEFT JOIN own_field_withdrawal w ON w.name = f.name ORDER BY f.seq"
    )
    return [
        OwnField(
            **{name: row[name] for name in _AS_STATED},
            values="\n".join(json.loads(row["codes"])) if row["codes"] else None,
            special=row["special"] or NOT_SPECIAL,
            withdrawn=row["withdrawn"],
        )
        for row in rows
    ]


def add(vault: Vault, own_field: OwnField, *, moment: str, actor: str) -> None:
    """Keep a new field."""
    values = {name: getattr(own_field, name) for name in _AS_STATED}
    values["codes"] = json.dumps(own_field.codes, ensure_ascii=False) if own_field.codes else None
    values["special"] = own_field.special if own_field.is_special else None
    insert_row(vault, "own_field", values, at=moment, made_by=actor)


def withdraw(vault: Vault, name: str, reason: str, *, moment: str, actor: str) -> None:
    """Keep that nothing is entered in a field any more."""
    insert_row(vault, "own_field_withdrawal", name=name, reason=reason, at=moment, withdrawn_by=actor)


def record_count(vault: Vault, own_field: OwnField) -> int:
    """In how many records something stands in a field; of plans, in how many versions."""
    row = vault.first_row(f'SELECT count(*) AS n FROM "{own_field.record}" WHERE own ->> ?1 IS NOT NULL', (f"$.{own_field.name}",))
    return int(row["n"]) if row else 0
