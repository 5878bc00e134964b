"""Exports of the unit's own: version by version, with columns, conditions and approvals. Only ever added to."""

from collections import defaultdict
from collections.abc import Callable

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row, insert_rows

_KEPT = ("id", "own_export", "version", "retired", "title", "recipient", "basis", "law", "purpose", "condition", "consent", "order")


def versions(vault: Vault) -> list[OwnExport]:
    """Every version of every export, the earlier before the later."""
    columns = _of_version(vault, "own_export_column", lambda row: OwnColumn(row["item"], row["heading"]))
    conditions = _of_version(vault, "own_export_condition", lambda row: Condition(row["question"], row["value"]))
    return [
        OwnExport(
            **{name: row[name] for name in _KEPT if name != "retired"},
            retired=bool(row["retired"]),
            columns=tuple(columns[row["id"]]),
            conditions=tuple(conditions[row["id"]]),
        )
        for row in vault.rows("SELECT * FROM own_export ORDER BY seq")
    ]


def _of_version[T](vault: Vault, table: str, make_part: Callable[[Row], T]) -> defaultdict[str, list[T]]:
    return grouped((row["version_id"], make_part(row)) for row in vault.rows(f"SELECT * FROM {table} ORDER BY version_id, place"))


def add(vault: Vault, version: OwnExport, *, moment: str, actor: str) -> None:
    insert_row(vault, "own_export", {name: getattr(version, name) for name in _KEPT} | {"at": moment, "made_by": actor})
    columns = [
        {"version_id": version.id, "place": place, "item": column.item, "heading": column.heading}
        for place, column in enumerate(version.columns)
    ]
    insert_rows(vault, "own_export_column", columns)
    conditions = [
        {"version_id": version.id, "place": place, "question": condition.question, "value": condition.value}
        for place, condition in enumerate(version.conditions)
    ]
    insert_rows(vault, "own_export_condition", conditions)


def approve(vault: Vault, version_id: str, *, moment: str, actor: str) -> None:
    """Keep that a version was approved."""
    insert_row(vault, "own_export_approval", version_id=version_id, at=moment, approved_by=actor)


def approved(vault: Vault) -> set[str]:
    """The versions that were approved."""
    return {row["version_id"] for row in vault.rows("SELECT version_id FROM own_export_approval")}


def promised(vault: Vault) -> list[OwnExport]:
    """Of each in use the version that was approved last, though a later one may be waiting."""
    approved_ones, latest = approved(vault), dict[str, OwnExport]()
    for version in versions(vault):
        if version.retired:
            latest.pop(version.own_export, None)
        elif version.id in approved_ones:
            latest[version.own_export] = version
    return list(latest.values())


def promised_names(vault: Vault) -> frozenset[str]:
    return frozenset(version.own_export for version in promised(vault))


def history(vault: Vault, own_export: str) -> list[Row]:
    """The versions of one export, the latest first: identity, number, whether retired, when and by whom made and approved."""
    return vault.rows(
        """SELECT x.id, x.version, x.retired, x.at, coalesce(s.name, x.made_by) AS made_by, a.at AS approved_at,
             coalesce(t.name, a.approved_by) AS approved_by
           FROM own_export x LEFT JOIN staff s ON s.id = x.made_by LEFT JOIN own_export_approval a ON a.version_id = x.id
           LEFT JOIN staff t ON t.id = a.approved_by WHERE x.own_export = ? ORDER BY x.version DESC""",
        (own_export,),
    )
