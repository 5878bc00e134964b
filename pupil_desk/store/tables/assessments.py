"""Assessments, their withdrawals, and the unit's own scales: plain SQL. Rows are only ever added."""

import json
from collections.abc import Iterable, Sequence

from pupil_desk.basics.text import fold
from pupil_desk.domain.learning.assessment import Assessment, Scale
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert_all, insert_row, read, read_first, records_of
from pupil_desk.store.rows.same import among, id_list, of_person

STANDING = (
    "NOT EXISTS (SELECT 1 FROM assessment c WHERE c.corrects = a.id)"
    " AND NOT EXISTS (SELECT 1 FROM assessment_withdrawal w WHERE w.assessment_id = a.id)"
)
"""That an entry ``a`` is neither corrected nor withdrawn."""


def add_all(vault: Vault, entries: Sequence[Assessment], *, moment: str, actor: str, act: str = "") -> None:
    insert_all(vault, "assessment", entries, {"at": lambda _entry: moment, "recorded_by": lambda _entry: actor, "act": lambda _entry: act})


def withdraw(vault: Vault, entry: Assessment, *, reason: str, moment: str, actor: str) -> None:
    """Record that an entry should never have been made."""
    insert_row(
        vault, "assessment_withdrawal", assessment_id=entry.id, pupil_id=entry.pupil_id, reason=reason, at=moment, withdrawn_by=actor
    )


def get(vault: Vault, entry_id: str) -> Assessment | None:
    """An entry that stands: neither corrected nor withdrawn."""
    return read_first(vault, Assessment, f"SELECT {columns(Assessment, 'a')} FROM assessment a WHERE a.id = ? AND {STANDING}", (entry_id,))


def added_by(vault: Vault, act: str) -> list[tuple[Assessment, bool]]:
    """The entries that an act added, corrections left out, each with whether it stands still."""
    rows = vault.rows(
        f"SELECT {columns(Assessment, 'a')}, {STANDING} AS stands FROM assessment a WHERE a.act = ? AND a.corrects IS NULL ORDER BY a.seq",
        (act,),
    )
    return [(record, bool(row["stands"])) for row, record in zip(rows, records_of(Assessment, rows), strict=True)]


def standing(vault: Vault, pupil_id: str = "") -> list[Assessment]:
    """The entries neither corrected nor withdrawn, of one pupil or of all, in the order of recording."""
    of_one, params = (f"{of_person('a')} AND ", (pupil_id,)) if pupil_id else ("", ())
    sql = f"SELECT {columns(Assessment, 'a')} FROM assessment a WHERE {of_one}{STANDING} ORDER BY a.seq"
    return read(vault, Assessment, sql, params)


def history(vault: Vault, pupil_id: str) -> list[Row]:
    """Every entry of a pupil, in the order of recording: who recorded it, what corrected it, who withdrew it and why."""
    return _history(vault, of_person("a"), pupil_id)


def histories(vault: Vault, ids: Iterable[str]) -> list[Row]:
    """The same of several pupils."""
    return _history(vault, among("a.pupil_id", 1), id_list(ids))


def _history(vault: Vault, of_whom: str, param: str | None) -> list[Row]:
    return vault.rows(
        f"""SELECT {columns(Assessment, "a")}, a.at, s.name AS recorded_by, c.id AS corrected_by,
             w.reason AS withdrawn_because, w.at AS withdrawn_at, t.name AS withdrawn_by
           FROM assessment a LEFT JOIN staff s ON s.id = a.recorded_by LEFT JOIN assessment c ON c.corrects = a.id
             LEFT JOIN assessment_withdrawal w ON w.assessment_id = a.id LEFT JOIN staff t ON t.id = w.withdrawn_by
           WHERE {of_whom} ORDER BY a.seq""",
        (param,),
    )


def add_scale(vault: Vault, scale: Scale, *, moment: str, actor: str) -> None:
    """Record a scale; one without values ends it."""
    insert_row(
        vault,
        "scale",
        name=scale.name,
        name_key=fold(scale.name),
        values=json.dumps(scale.values, ensure_ascii=False),
        at=moment,
        set_by=actor,
    )


def scales(vault: Vault) -> list[Scale]:
    """The scales in use, by name."""
    rows = vault.rows('SELECT name, "values" FROM scale WHERE seq IN (SELECT max(seq) FROM scale GROUP BY name_key) ORDER BY name_key')
    latest = [Scale(name=row["name"], values=tuple(json.loads(row["values"]))) for row in rows]
    return [scale for scale in latest if scale.values]
