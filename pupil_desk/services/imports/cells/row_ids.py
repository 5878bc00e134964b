"""The column by which a workbook of ours finds its pupils again when it comes back changed: a number of each row, of this unit alone.

It tells nothing of the pupil, and of another unit's file it is nobody's. A row is found by it before all else; where its name or UPN is that of
another pupil, as when one column was sorted by itself, nothing of the row is taken.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Item, Kind, Purpose, Section
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.imports.people import People, name_key

ROW_ID = "row_id"
COLUMN = Item(
    name=ROW_ID,
    label=_("Row number (leave as it is)"),
    kind=Kind.TEXT,
    facts=Facts(Section.IDENTITY, Category.IDENTITY, Purpose.LAW, Basis.PUBLIC_TASK),
    longest=60,
)
_LENGTH = 24  # hexadecimal digits: of 20,000 pupils no two are alike, and nobody is found by trying


def row_id(vault_id: str, pupil_id: str) -> str:
    """The number of a pupil's row in the workbooks of a unit, the same each time."""
    return hashlib.sha256(f"{vault_id}|{pupil_id}".encode()).hexdigest()[:_LENGTH]


def wrong_row(people: People, pupil: Pupil | None, values: Mapping[str, Any]) -> Problem | None:
    """What is wrong with a row of which the number is that of this pupil, or of nobody here."""
    if pupil is None:
        words = _("The number of the row is of no pupil here: the workbook is of another unit, or of before the pupil was erased.")
        return Problem(ROW_ID, "no_such_row", words)
    alike = people.alike(name_key(values["surname"], values["forename"], values["dob"]))
    others = [] if pupil.id in {other.id for other in alike} else [*alike]
    upn = values.get("upn")
    holder = people.with_number(upn) if upn else None
    others += [holder] if holder is not None and holder.id != pupil.id else []
    if not others:
        return None
    words = _(
        "The number of the row is that of {ref}, and its name or UPN that of {other}. Nothing of it is taken: put the row right, or take its number out."
    )
    return Problem(ROW_ID, "row_disagrees", words.format(ref=pupil.ref, other=others[0].ref))


def other_name(pupil: Pupil, values: Mapping[str, Any]) -> tuple[Problem, ...]:
    """The warning about a row whose name and date of birth are both others than the pupil's of its number."""
    pupil_name, row_name = (
        name_key(pupil.surname, pupil.forename, pupil.dob),
        name_key(values["surname"], values["forename"], values["dob"]),
    )
    if pupil_name[:2] == row_name[:2] or pupil_name[2] == row_name[2]:
        return ()
    words = _("By its number the row is about {ref}, who has another name and date of birth here. Check that it is the same pupil.")
    return (Problem.warning(ROW_ID, "name_differs", words.format(ref=pupil.ref)),)
