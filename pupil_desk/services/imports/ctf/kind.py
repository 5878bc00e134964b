"""The import of a Common Transfer File: from bytes to rows, a pupil a row.

The name that a transfer file must have: sender, CTF, destination and a number of three digits (domain reference, 2.3).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import read_date, show_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.reading.table import Unreadable
from pupil_desk.documents.reading.xml_tree import Unsafe, looks_like_xml, safe_tree
from pupil_desk.domain.catalogue.items import Item, program_items_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.imports.ctf import planning
from pupil_desk.services.imports.ctf.leftover import told
from pupil_desk.services.imports.ctf.parsing import ROOT, parse
from pupil_desk.services.imports.ctf.rows import row_of
from pupil_desk.services.imports.ctf.told import Header, TransferFile
from pupil_desk.services.imports.kinds import MINE, FileRead, FileReader, ImportKind
from pupil_desk.services.imports.rows import RowReader

_NAME = r"\d{3}(?:\d{4}|LLLL)_CTF_(?:\d{7}|\d{3}LLLL|X{7}|M{7})_\d{3}"
_WHOLE = re.compile(_NAME + r"\.xml", re.IGNORECASE | re.ASCII)
_WITHIN = re.compile(_NAME, re.IGNORECASE | re.ASCII)
_OF_ANOTHER = re.compile(
    r"\d{3}(?:\d{4}|LLLL)_(?P<type>[A-Z][A-Z0-9]{1,5})_(?P<destination>[A-Z0-9]{7})_\d{3}\.xml", re.IGNORECASE | re.ASCII
)
_OF_DFE = "ctf.xml"  # the neighbour’s own name for every file that it writes
EXAMPLE = "9194003_CTF_9191100_001.xml"


def right_name(name: str) -> bool:
    """Whether a file is named as a transfer file is, or as DfE’s Get information about pupils names its own; capitals make no difference."""
    return _WHOLE.fullmatch(name) is not None or name.lower() == _OF_DFE


class OtherType(NamedTuple):
    """What the name of a file of another type says: the type, such as FSP, and to whom it is written."""

    type: str
    destination: str


def other_type(name: str) -> OtherType | None:
    """The type of a file that is named as such files are and is no transfer file, such as FSP for results of the foundation stage; else None."""
    match = _OF_ANOTHER.fullmatch(name)
    return OtherType(match["type"].upper(), match["destination"].upper()) if match and match["type"].upper() != "CTF" else None


def meant_name(name: str) -> str | None:
    """The name that a browser or a person changed, such as by «(1)»; None where none can be told from it."""
    match = _WITHIN.search(name)
    return f"{match[0].upper()}.xml" if match else None


def named_as_ctf(name: str) -> bool:
    """Whether a name says that a file is a transfer file, whatever is in it."""
    return name.lower().endswith(".xml") or "_CTF_" in name.upper()


def _owns(source: bytes, file_name: str) -> bool:
    """By what is in it, or by what it says it is: a packed file that is named as a transfer file is refused as one."""
    return looks_like_xml(source) or named_as_ctf(file_name)


def _is_surely(source: bytes) -> bool:
    """By its outermost element."""
    return looks_like_xml(source) and f"<{ROOT}".encode() in source[:4000]


def _read(source: bytes, file_name: str, unit: UnitSettings, today: date) -> FileRead:
    try:
        root = safe_tree(source)
    except Unsafe as unsafe:
        return _refusal("unsafe_file", unsafe.message)
    except Unreadable as unreadable:
        return _refusal("unreadable_file", unreadable.message)
    if file_name and root.tag == ROOT and not right_name(file_name):
        return _refusal("bad_file_name", _name_words(file_name))
    try:
        transfer = parse(root)
    except Unreadable as unreadable:
        return _refusal("unreadable_file", unreadable.message)
    reader = RowReader(CTF, (), today)
    rows = tuple(row_of(reader, number, pupil, transfer.header, today) for number, pupil in enumerate(transfer.pupils, start=1))
    not_taken = tuple(told(leaf, _("It is about the file, not about a pupil.")) for leaf in transfer.leaves)
    return FileRead(rows, tuple(_about_header(transfer.header, unit, today)), _description(transfer), not_taken)


def _refusal(code: str, message: str) -> FileRead:
    return FileRead(problems=(Problem("", code, message),))


def _name_words(file_name: str) -> str:
    file_type = other_type(file_name)
    if file_type:
        return _(
            "The file’s name says that it is of the type {type}, not CTF: results or a return, written to {destination}. It is no record of a pupil who moves, and is not read here. Ask the sender for the pupil’s Common Transfer File, named like {name}."
        ).format(type=file_type.type, destination=file_type.destination, name=EXAMPLE)
    proper_name = meant_name(file_name)
    if proper_name:
        return _(
            "The file’s name is not a transfer file’s; it may be a second copy made by a browser. If you have not read the first, give it its right name, {name}, and choose it again."
        ).format(name=proper_name)
    return _(
        "The file’s name is not a transfer file’s. It must be the sender, CTF, the destination and a number, such as {name}. Give it its right name and choose it again."
    ).format(name=EXAMPLE)


def _about_header(header: Header, unit: UnitSettings, today: date) -> Iterator[Problem]:
    versions = codelist("ctf_version").codes
    version = versions.get(header.version)
    if version is None or not version.valid_on(today):
        words = _("The file is of version {version}; this program knows {known}. Look closely at what is read.")
        yield Problem.warning(
            "",
            "other_version",
            words.format(version=header.version[:20] or "?", known=join_words([code for code, v in versions.items() if v.valid_on(today)])),
        )
    unit_number = f"{unit.la}/{unit.estab}"
    if header.destination.number != unit_number:
        words = _("The file is written to {destination}, and this unit is {ours}. Check that the pupils come here.")
        if not header.destination.words:
            words = _("The file does not say to which school it is written, as such a file must. Check that the pupils come here.")
        yield Problem.warning("", "not_to_us", words.format(destination=header.destination.words, ours=unit_number))


def _description(transfer: TransferFile) -> str:
    header = transfer.header
    kind = _("in part") if header.is_partial else _("in full")
    words = _("Common Transfer File {version}, {kind}, from {sender}").format(
        version=header.version[:20], kind=kind, sender=header.source.words or "?"
    )
    return f"{words}, {_date_written(header.written_at)}." if header.written_at else f"{words}."


def _date_written(text: str) -> str:
    try:
        return _("written {day}").format(day=show_date(read_date(text[:10])))
    except ValueError:
        return _("written {day}").format(day=text[:20])


def _columns() -> tuple[Item, ...]:
    items = program_items_of(Pupil)
    return (*(item for item in items if item.required), *(item for item in items if not item.required))


CTF = ImportKind(
    name="ctf",
    label=_("Common Transfer File (CTF)"),
    columns=_columns(),
    hold=planning.hold,
    fresh=planning.StoredRecords.fresh,
    plan=planning.plan,
    note=planning.StoredRecords.note,
    quiet=frozenset({"unknown_la"}),
    file=FileReader(_owns, _read, _is_surely),
    accept=MINE,
)
