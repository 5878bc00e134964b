"""Leave that families asked for: the wordings of each request; only ever added."""

from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.learning.review import RecordedWording
from pupil_desk.domain.leave.leave_request import LeaveCase, LeaveRequest
from pupil_desk.store.file.engine import Params
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert, records_of
from pupil_desk.store.rows.same import of_person


def add(vault: Vault, request: LeaveRequest, *, moment: str, actor: str, act: str) -> None:
    """Keep one further wording of a request."""
    insert(vault, "leave_request", request, at=moment, recorded_by=actor, act=act)


def of_pupil(vault: Vault, pupil_id: str) -> list[LeaveCase]:
    """A pupil's requests, struck ones among them, in the order of recording."""
    return _cases(vault, of_person("q"), (pupil_id,))


def entry(vault: Vault, entry_id: str) -> LeaveCase | None:
    """One request; None when there is none of that identity."""
    cases = _cases(vault, "q.entry_id = ?1", (entry_id,))
    return cases[0] if cases else None


def every(vault: Vault) -> list[LeaveCase]:
    """Every request, struck ones among them."""
    return _cases(vault, "1", ())


def kept_by(vault: Vault, act: str) -> list[tuple[LeaveCase, bool]]:
    """The requests of which an act kept a wording, and whether another was recorded of each after it."""
    ids = {row["id"] for row in vault.rows("SELECT id FROM leave_request WHERE act = ?", (act,))}
    cases = _cases(vault, "q.entry_id IN (SELECT o.entry_id FROM leave_request o WHERE o.act = ?1)", (act,))
    return [(case, case.now.id not in ids) for case in cases]


def lately(vault: Vault, since: date) -> list[LeaveCase]:
    """The requests of which a wording asks for a day from then on, or which have no decision; struck ones among them."""
    condition = """q.entry_id IN (SELECT entry_id FROM leave_request WHERE last_day >= ?1 UNION
        SELECT entry_id FROM leave_request o WHERE outcome IS NULL AND seq = (SELECT max(seq) FROM leave_request n WHERE n.entry_id = o.entry_id))"""
    return _cases(vault, condition, (since.isoformat(),))


def _cases(vault: Vault, condition: str, values: Params) -> list[LeaveCase]:
    """``condition`` is a condition of ours on the rows ``q``, never from outside; it holds of all the wordings of a request or of none."""
    rows = vault.rows(
        f"""SELECT {columns(LeaveRequest, "q")}, q.at, s.name AS by_name
            FROM leave_request q LEFT JOIN staff s ON s.id = q.recorded_by WHERE {condition} ORDER BY q.seq""",
        values,
    )
    requests = grouped(
        (request.entry_id, RecordedWording(request, row["at"], row["by_name"] or ""))
        for row, request in zip(rows, records_of(LeaveRequest, rows), strict=True)
    )
    return [LeaveCase(tuple(wordings)) for wordings in requests.values()]


def history(vault: Vault, pupil_id: str) -> list[Row]:
    """Every wording of a pupil's requests, with who recorded it and when."""
    return vault.rows(
        f"""SELECT {columns(LeaveRequest, "q")}, q.at, s.name AS recorded_by FROM leave_request q LEFT JOIN staff s ON s.id = q.recorded_by
            WHERE {of_person("q")} ORDER BY q.entry_id, q.seq""",
        (pupil_id,),
    )
