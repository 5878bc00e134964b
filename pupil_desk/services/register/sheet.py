"""The register on a pupil's sheet: every entry of every session, the original and what amended it, with when and by whom."""

from datetime import date
from typing import Any

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import CODES
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import register as store

type Fact = tuple[str, str, Any, str]


def sheet_facts(vault: Vault, pupil_id: str) -> list[tuple[Fact, ...]]:
    """Each entry as facts: name, label, value as kept, value in words."""
    return [_facts(row) for row in store.entries(vault, pupil_id, date.min, date.max)]


def _facts(row: Any) -> tuple[Fact, ...]:
    minutes, note = row["minutes_late"], row["note"]
    moment = local_time(row["at"])
    recorded_at = _("{day}, {time}").format(day=short_date(moment.date()), time=moment.strftime("%H:%M"))
    entered = _("Planned") if row["planned"] else ""
    return (
        ("day", _("Date"), row["day"], short_date(date.fromisoformat(row["day"]))),
        ("session", _("Session"), row["session"], codelist("session").label_of(row["session"])),
        ("code", _("Attendance code"), row["code"], _code(row["code"])),
        ("minutes_late", _("Minutes late"), minutes, "" if minutes is None else str(minutes)),
        ("note", _("Note"), note, note or ""),
        ("planned", _("Ahead"), bool(row["planned"]), entered),
        ("reason", _("Changed because"), row["reason"] or None, row["reason"]),
        ("at", _("Recorded"), row["at"], recorded_at),
        ("by", _("Recorded by"), f"{row['name']}, {row['title']}", f"{row['name']}, {row['title']}"),
    )


def _code(code: str) -> str:
    """A code with what it means; an entry without one took the mark back."""
    return f"{code} {codelist(CODES).label_of(code)}" if code else _("No mark: it was taken back")
