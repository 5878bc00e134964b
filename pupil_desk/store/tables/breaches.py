"""The log of breaches: events only ever added."""

from datetime import date, datetime

from pupil_desk.basics.clock import stamp
from pupil_desk.domain.governance.breach import Breach, BreachEvent
from pupil_desk.domain.governance.breach_forms import BreachEventKind
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row, new_id, of_row


def add(vault: Vault, event: BreachEvent, *, moment: str, actor: str) -> None:
    values = {name: getattr(event, name) for name in ("breach_id", "kind", "happened", "people", "entries")}
    words = {name: getattr(event, name) or None for name in ("text", "data", "risk", "reference")}
    moments = {"moment": stamp(event.moment) if event.moment else None, "at": moment}
    insert_row(vault, "breach_event", {"id": new_id(), **values, **words, **moments, "recorded_by": actor})


def everything(vault: Vault) -> list[Breach]:
    """Every breach with its events, in the order in which they were reported."""
    events_by_breach: dict[str, list[BreachEvent]] = {}
    sql = "SELECT b.*, coalesce(s.name, b.recorded_by) AS by_name FROM breach_event b LEFT JOIN staff s ON s.id = b.recorded_by ORDER BY b.seq"
    for row in vault.rows(sql):
        events_by_breach.setdefault(row["breach_id"], []).append(_event(row))
    return [Breach(number, tuple(events)) for number, events in enumerate(events_by_breach.values(), start=1)]


def _event(row: Row) -> BreachEvent:
    return of_row(
        BreachEvent,
        row,
        kind=BreachEventKind(row["kind"]),
        at=datetime.fromisoformat(row["at"]),
        by=row["by_name"],
        by_id=row["recorded_by"],
        moment=datetime.fromisoformat(row["moment"]) if row["moment"] else None,
        happened=date.fromisoformat(row["happened"]) if row["happened"] else None,
        text=row["text"] or "",
        data=row["data"] or "",
        risk=row["risk"] or "",
        reference=row["reference"] or "",
    )
