"""The rows of a workbook of ours that are about a contact or a plan: each has a number by which its record is found again, whatever else was changed in it.

A number of nobody here is refused in words, and so is one in two rows that differ, or in a row that was typed over. A record of which the file has no row
stays as it is.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.services.imports.cells.row_ids import ROW_ID, RowNumber, bad_number, changed_since, copied_digests, copied_row, digest_of
from pupil_desk.services.imports.kinds import ReadRow
from pupil_desk.services.imports.people import People
from pupil_desk.store.file import audit
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import protections


@dataclass(frozen=True, slots=True)
class NumberedRecords[R]:
    """By digest the records on file; ``changed`` is when an item of one was changed last, by its identity and the item, ``latest`` the moment of the
    log's last row, and ``copied`` are the digests that stand in two rows of the file which say different things."""

    records: Mapping[str, R]
    changed: Mapping[tuple[str, str], str]
    protections: Mapping[str, Sequence[Protection]]
    latest: str
    copied: frozenset[str] = frozenset()

    @classmethod
    def on_file(cls, vault: Vault, records: Iterable[R], id_of: Callable[[R], str], changed: Mapping[tuple[str, str], str]) -> Self:
        """Those of a unit."""
        by_digest = {digest_of(vault.vault_id, id_of(record)): record for record in records}
        return cls(by_digest, changed, protections.standing(vault), audit.last_moment(vault))

    def of_rows(self, rows: Iterable[ReadRow]) -> Self:
        """The same for a file of these rows."""
        return dataclasses.replace(self, copied=copied_digests(rows))

    def record_of(self, row: ReadRow) -> R | Problem | None:
        """The record of a row, or why it has none; None of a row without a number, which is found as in any other list."""
        if problem := bad_number(row, self.latest):
            return problem
        number = RowNumber.in_row(row)
        if number is None:
            return None
        if number.digest in self.copied:
            return copied_row()
        if number.digest not in self.records:
            words = _("The number of the row is of nothing here: the workbook is of another unit, or it was taken away since.")
            return Problem(ROW_ID, "no_such_row", words)
        return self.records[number.digest]

    def why_stays(self, record_id: str, pupil_id: str, names: Iterable[str], row: ReadRow, today: date) -> dict[str, str]:
        """By item, why what a record of this pupil holds stays unless a person picks otherwise, as a part of a sentence."""
        if any(protection.in_force(today) for protection in self.protections.get(pupil_id, ())):
            return dict.fromkeys(names, _("the pupil is protected"))
        number = RowNumber.in_row(row)
        return changed_since(self.changed, record_id, names, number.saved) if number else {}


def named_otherwise(people: People, upn: str | None, pupil_id: str) -> Problem | None:
    """What is wrong with a row whose UPN is that of another pupil than its number, or of nobody."""
    holder = people.with_number(upn) if upn else None
    if not upn or (holder is not None and holder.id == pupil_id):
        return None
    words = _(
        "The UPN of the row is not that of the pupil whose row it was. Put it back, or, in a row for a new one, empty the row number."
    )
    return Problem(ROW_ID, "row_disagrees", words)


def without_missing(row: ReadRow, name: str) -> ReadRow:
    """A row with a number, without what is said of an empty column that is not needed to find its record."""
    problems = tuple(problem for problem in row.problems if (problem.column, problem.code) != (name, "missing"))
    return dataclasses.replace(row, problems=problems) if RowNumber.in_row(row) else row
