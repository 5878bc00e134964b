"""The column by which a workbook of ours finds its pupils again when it comes back changed: a number of each row, of this unit alone, and when it was saved.

It tells nothing of the pupil, and of another unit's file it is nobody's. A row is found by it before all else. Excel copies it with a row, sorts a
column by itself and replaces digits in it, and an office types a new pupil over one who left: so a number in two rows that differ is nobody's, a damaged
one refuses its row, and a person says whom a row of another name or date of birth is about, whatever its UPN.
"""

import dataclasses
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Item, Kind, Purpose, Section, item_named
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.imports.kinds import MINE, Difference, Fate, Plan, ReadRow
from pupil_desk.services.imports.people import Match, People, name_key
from pupil_desk.store.file import audit
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import amendments
from pupil_desk.store.tables import protections, pupils

ROW_ID = "pupil_desk_row_number"  # no other program's heading: «Row ID» is theirs
COLUMN = Item(
    name=ROW_ID,
    label=_("Row number (leave as it is)"),
    kind=Kind.TEXT,
    facts=Facts(Section.IDENTITY, Category.IDENTITY, Purpose.LAW, Basis.PUBLIC_TASK),
    longest=60,
)
OF_PUPIL = "pupil_desk_row_pupil"
PUPIL_COLUMN = dataclasses.replace(COLUMN, name=OF_PUPIL, label=_("Pupil of the row (leave as it is)"), longest=255)
"""Whose a contact or a plan is, for whoever reads the workbook: nothing is taken from it."""
OURS = frozenset({ROW_ID, OF_PUPIL})
"""The columns that only our own workbooks have, and nobody can make up."""
_LENGTH = 24  # hexadecimal digits: of 20,000 pupils no two are alike, and nobody is found by trying
_FORM = re.compile(rf"([0-9a-f]{{{_LENGTH}}}) (\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{6}}Z)")
_NAMES = ("surname", "forename", "dob")
_UPNS = ("upn", "former_upn")


def row_id(vault_id: str, record_id: str, saved: str) -> str:
    """The number of the row of a pupil, or of another record, in a workbook of a unit that is saved at that moment, as the file keeps moments."""
    return f"{digest_of(vault_id, record_id)} {saved}"


def digest_of(vault_id: str, record_id: str) -> str:
    """What stands in the number of a record's row, the same in each workbook."""
    return hashlib.sha256(f"{vault_id}|{record_id}".encode()).hexdigest()[:_LENGTH]


@dataclass(frozen=True, slots=True)
class RowNumber:
    """What stands in the column: the pupil's ``digest``, the same in each workbook, and the moment at which this one was ``saved``."""

    digest: str
    saved: str

    @classmethod
    def in_row(cls, row: ReadRow) -> Self | None:
        """The number of a row; None where there is none of our form: see ``WorkbookRows.bad_number``."""
        match = _FORM.fullmatch(row.values.get(ROW_ID) or "")
        return cls(match[1], match[2]) if match else None


def without_number(row: ReadRow) -> ReadRow:
    """The row as any other list has it."""
    if OURS.isdisjoint(row.values):
        return row
    return dataclasses.replace(row, values={name: value for name, value in row.values.items() if name not in OURS})


def copied_digests(rows: Iterable[ReadRow]) -> frozenset[str]:
    """The digests that stand in two rows which say different things."""
    told: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if number := RowNumber.in_row(row):
            told[number.digest].append({name: text for name, text in row.texts.items() if name != ROW_ID})
    return frozenset(digest for digest, texts in told.items() if any(text != texts[0] for text in texts))


def bad_number(row: ReadRow, latest: str) -> Problem | None:
    """What is wrong with a filled cell of our own column that holds no number of our form, or one of a workbook that is saved in time to come.

    Taken as the row of any other list, it would change what was changed here since, or of somebody who is protected by now.
    """
    number = RowNumber.in_row(row)
    if not row.texts.get(ROW_ID, "").strip() or (number is not None and number.saved <= latest):
        return None
    words = _("The number of the row was changed. Put it back as it was in the workbook, or, in a row for a new one, empty it.")
    return Problem(ROW_ID, "bad_row_number", words)


def copied_row() -> Problem:
    """What is wrong with a row whose number stands in another one, which says something else."""
    words = _("The number of the row stands in another row too, which says something else. For a new one, empty the row number.")
    return Problem(ROW_ID, "copied_row", words)


def changed_since(amended: Mapping[tuple[str, str], str], record_id: str, names: Iterable[str], saved: str) -> dict[str, str]:
    """By item of a record what was changed after a workbook was saved, with why it stays, as a part of a sentence."""
    is_newer = amended.get((record_id, amendments.WHOLE), "") > saved
    since = [name for name in names if is_newer or amended.get((record_id, name), "") >= saved]
    return dict.fromkeys(since, _("it was changed here after the workbook was saved"))


@dataclass(frozen=True, slots=True)
class WorkbookRows:
    """By digest the pupils on file, and those that records merged since now stand for; ``amended`` is when an item of a record was changed last.

    ``copied`` are the digests that stand in two rows of the file which say different things. ``latest`` is the moment of the log's last row, as the file
    keeps moments: that a workbook was saved is logged, so none was saved later.
    """

    pupils: Mapping[str, Pupil]
    merged: Mapping[str, Pupil]
    amended: Mapping[tuple[str, str], str]
    protections: Mapping[str, Sequence[Protection]]
    latest: str
    copied: frozenset[str] = frozenset()

    @classmethod
    def on_file(cls, vault: Vault) -> Self:
        """Those of a unit."""
        kept = {pupil.id: pupil for pupil in pupils.all_pupils(vault)}
        by_digest = {digest_of(vault.vault_id, pupil_id): pupil for pupil_id, pupil in kept.items()}
        merged = {digest_of(vault.vault_id, record.id): kept[kept_id] for record, kept_id in pupils.merged(vault)}
        amended = amendments.last_by_item(vault, ("pupil", "enrolment"))
        return cls(by_digest, merged, amended, protections.standing(vault), audit.last_moment(vault))

    def of_rows(self, rows: Iterable[ReadRow]) -> Self:
        """The same for a file of these rows."""
        return dataclasses.replace(self, copied=copied_digests(rows))

    def bad_number(self, row: ReadRow) -> Problem | None:
        """What is wrong with the cell of our own column in a row."""
        return bad_number(row, self.latest)

    def wrong_row(self, people: People, number: RowNumber, pupil: Pupil | None, values: Mapping[str, Any]) -> Problem | None:
        """What is wrong with a row of which the number is that of this pupil, or of nobody here."""
        if number.digest in self.copied:
            return copied_row()
        if merged_pupil := self.merged.get(number.digest):
            words = _("The record of the row was merged into {ref} since. Nothing of it is taken: change the row or the record of {ref}.")
            return Problem(ROW_ID, "merged_since", words.format(ref=merged_pupil.ref))
        if pupil is None:
            words = _("The number of the row is of no pupil here: the workbook is of another unit, or of before the pupil was erased.")
            return Problem(ROW_ID, "no_such_row", words)
        alike = people.alike(name_key(values["surname"], values["forename"], values["dob"]))
        other_pupils = [] if pupil.id in {namesake.id for namesake in alike} else [*alike]
        upn = values.get("upn")
        holder = people.with_number(upn) if upn else None
        other_pupils += [holder] if holder is not None and holder.id != pupil.id else []
        if not other_pupils:
            return None
        words = _(
            "The number of the row is that of {ref}, and its name or UPN that of {other}. Nothing of it is taken: put the row right, or take its number out."
        )
        return Problem(ROW_ID, "row_disagrees", words.format(ref=pupil.ref, other=other_pupils[0].ref))

    def why_stays(self, record: Any, pupil_id: str, values: Mapping[str, Any], number: RowNumber, today: date) -> dict[str, str]:
        """By item, why what a record of this pupil holds stays unless a person picks otherwise, as a part of a sentence."""
        if any(protection.in_force(today) for protection in self.protections.get(pupil_id, ())):
            return dict.fromkeys(values, _("the pupil is protected"))
        if record is None:
            return {}
        item_names = other_names(record, values) if isinstance(record, Pupil) else []
        return dict.fromkeys(item_names, _("the row has another name or date of birth")) | changed_since(
            self.amended, record.id, values, number.saved
        )


def other_names(pupil: Pupil, values: Mapping[str, Any]) -> list[str]:
    """Of surname, forename and date of birth those that a row says otherwise, but for case and accents."""
    on_file, in_row = (
        name_key(pupil.surname, pupil.forename, pupil.dob),
        name_key(*(values.get(name, getattr(pupil, name)) for name in _NAMES)),
    )
    return [name for name, was, now in zip(_NAMES, on_file, in_row, strict=True) if was != now]


def match_of_row(pupil: Pupil, values: Mapping[str, Any], answer: str) -> Match:
    """The match of a row by its number: of another name or date of birth only a person's answer makes it that pupil's, for a UPN stays in a row typed over."""
    return Match(pupil, alike=(pupil,)).said(answer) if other_names(pupil, values) else Match(pupil)


def numbers_left(people: People, match: Match, values: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with a row that a person says is about another pupil than its number: each UPN and ULN in it that somebody here has."""
    if match.pupil is not None or not match.alike:
        return
    holders = {name: people.with_number(values[name]) for name in _UPNS if values.get(name)}
    holders["uln"] = next((pupil for pupil in match.alike if pupil.uln and pupil.uln == values.get("uln")), None)
    for name, holder in holders.items():
        if holder is not None:
            words = _("{label} is that of {ref}. For another pupil, put the right one in its place, or empty it.")
            yield Problem(name, "row_disagrees", words.format(label=item_named(Pupil, name).label, ref=holder.ref))


def undecided_row(pupil: Pupil) -> Plan:
    """The plan for a row of another name or date of birth, of which nothing is taken until a person says whom it is about."""
    words = _(
        "By its number the row is about {name} ({ref}), who has another name or date of birth here. Say whether it is the same pupil; until then nothing of the row is taken."
    )
    problem = Problem.warning(ROW_ID, "name_differs", words.format(name=pupil.legal_name, ref=pupil.ref))
    return Plan(Fate.UNCHANGED, alike=(pupil,), problems=(problem,), is_set_aside=True)


def what_stays(differences: Iterable[Difference]) -> Iterator[Problem]:
    """The warning about each cell of which what is held stays, but for addresses and days on which a stay began: these have their own."""
    for difference in differences:
        if difference.why and difference.accept == MINE and difference.lines is None and difference.column != "start_date":
            words = _("{label}: {why}. What is held here stays unless you take the file’s in its place.")
            yield Problem.warning(difference.column, "stays_as_held", words.format(label=difference.item.label, why=difference.why))
