"""Erasures from proposal to end: events only ever added, which stay when the pupil is gone."""

import json
from datetime import date

from pupil_desk.domain.governance.erasure_case import ErasureCase, ErasureStep, ErasureStepKind, Reach
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row, new_id, of_row
from pupil_desk.store.rows.same import as_kept

_COLUMNS = f"e.case_id, {as_kept('e.pupil_id')} AS pupil_id, e.reach, e.step, e.ground, e.reason, e.not_before, e.parts, e.by_code, e.orders, e.counts, e.at, e.recorded_by"


def add(vault: Vault, step: ErasureStep, *, moment: str, actor: str) -> None:
    names = ("case_id", "pupil_id", "reach", "step", "ground", "reason", "not_before", "by_code")
    counts = json.dumps(dict(step.counts)) if step.counts else ""
    lists = {"parts": " ".join(step.parts), "orders": " ".join(step.orders), "counts": counts}
    values = {"id": new_id(), **{name: getattr(step, name) for name in names}, **lists, "at": moment, "recorded_by": actor}
    insert_row(vault, "erasure_step", values)


def everything(vault: Vault) -> list[ErasureCase]:
    """Every erasure, the one proposed last first."""
    steps_by_case: dict[str, list[ErasureStep]] = {}
    sql = f"SELECT {_COLUMNS}, coalesce(s.name, e.recorded_by) AS by_name FROM erasure_step e LEFT JOIN staff s ON s.id = e.recorded_by ORDER BY e.seq"
    for row in vault.rows(sql):
        steps_by_case.setdefault(row["case_id"], []).append(_step(row))
    return [ErasureCase(tuple(steps)) for steps in reversed(steps_by_case.values())]


def _step(row: Row) -> ErasureStep:
    return of_row(
        ErasureStep,
        row,
        reach=Reach(row["reach"]),
        step=ErasureStepKind(row["step"]),
        not_before=date.fromisoformat(row["not_before"]) if row["not_before"] else None,
        parts=tuple(row["parts"].split()),
        by_code=bool(row["by_code"]),
        orders=tuple(row["orders"].split()),
        counts=json.loads(row["counts"]) if row["counts"] else {},
        by_id=row["recorded_by"],
        by=row["by_name"],
    )
