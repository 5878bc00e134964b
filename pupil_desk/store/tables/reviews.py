"""Reviews of targets and comments for reports: wordings only ever added. Plain SQL over either table."""

from collections.abc import Iterable, Mapping

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.learning.review import RecordedWording, ReportComment, TargetReview, WordingHistory
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import columns, insert, record_of, records_of
from pupil_desk.store.rows.same import among, id_list, of_person

TABLES: Mapping[type, str] = {TargetReview: "target_review", ReportComment: "report_comment"}


def add(vault: Vault, record: TargetReview | ReportComment, *, moment: str, actor: str) -> None:
    """Keep a further wording."""
    insert(vault, TABLES[type(record)], record, at=moment, recorded_by=actor)


def of_pupil[R](vault: Vault, record_type: type[R], pupil_id: str) -> list[WordingHistory[R]]:
    """A pupil's reviews or comments with every wording, in the order of recording."""
    return _histories(vault, record_type, of_person("r"), pupil_id)


def of_all[R](vault: Vault, record_type: type[R], ids: Iterable[str] | None = None) -> list[WordingHistory[R]]:
    """Everybody's, or with ``ids`` those pupils'."""
    return _histories(vault, record_type, among("r.pupil_id", 1), id_list(ids))


def _histories[R](vault: Vault, record_type: type[R], of_whom: str, param: str | None) -> list[WordingHistory[R]]:
    kind: type = record_type
    rows = vault.rows(
        f"SELECT {columns(kind, 'r')}, r.at, s.name AS by_name FROM {TABLES[kind]} r "
        f"LEFT JOIN staff s ON s.id = r.recorded_by WHERE {of_whom} ORDER BY r.seq",
        (param,),
    )
    wordings_by_entry = grouped(
        (row["entry_id"], RecordedWording(record, row["at"], row["by_name"] or ""))
        for row, record in zip(rows, records_of(record_type, rows), strict=True)
    )
    return [WordingHistory(tuple(wordings)) for wordings in wordings_by_entry.values()]


def now(vault: Vault, record: TargetReview | ReportComment) -> TargetReview | ReportComment | None:
    """The last wording on file of the review or comment that a record is a wording of."""
    kind: type = type(record)
    row = vault.first_row(f"SELECT {columns(kind)} FROM {TABLES[kind]} WHERE entry_id = ? ORDER BY seq DESC LIMIT 1", (record.entry_id,))
    last_wording: TargetReview | ReportComment | None = record_of(kind, row) if row else None
    return last_wording
