"""The Common Transfer File of a pupil who leaves, or becomes registered at a second school: one file each.

Source: Education (Pupil Information) (England) Regulations 2005, regulation 9. The elements are data (``services.formats.ctf``), and so are
the rules of sending (``resources/ctf/sending.toml``).

The files of the transfer export: their names, which the specification fixes, their heads, and the numbers they are given.
"""

from datetime import date, datetime

from pupil_desk.basics.text import straight_quotes
from pupil_desk.basics.words import _
from pupil_desk.documents.files.ctf_xml import ctf_bytes
from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.pupils.sending import Destination
from pupil_desk.domain.sharing.recipients import NEXT_SCHOOL
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Work
from pupil_desk.services.exports.contents import OF_FILE, without_places
from pupil_desk.services.exports.ctf.selecting import select
from pupil_desk.services.exports.export import Export, ExportedPupil, FieldWritten, Format, NewFile, Option, TableWritten, Writing
from pupil_desk.services.formats.ctf import element_at, items_sent, version_on
from pupil_desk.store.tables import transfers

_MOST = 999  # the number in a name has three digits
_SUPPLIER = "Pupil Desk"


def xml_files(writing: Writing) -> list[NewFile]:
    """One file for each pupil."""
    unit = writing.desk.settings
    numbers = transfers.last_numbers(writing.desk.vault, sender_of(unit))
    new_files = []
    for exported in writing.selection.exported:
        numbers[exported.part] = number = numbers.get(exported.part, 0) + 1
        head = _header(unit, Destination(exported.part), version_on(writing.ask.day, unit.ctf_version), writing.moment)
        data = ctf_bytes(head, [((row.key, str(row.cells[0])) for row in exported.rows)])
        new_files.append(NewFile(file_name(sender_of(unit), exported.part, number), data, tables=(_written(exported),)))
    return new_files


def _written(exported: ExportedPupil) -> TableWritten:
    """The elements of a pupil's file, each once, and its head."""
    paths = dict.fromkeys(without_places(row.key) for row in exported.rows)
    fields = (FieldWritten(path, element_at(path).items, OF_FILE, filled=True) for path in paths)
    return TableWritten("", 1, (*fields, FieldWritten("Header", (), OF_FILE, filled=True)))


def sender_of(unit: UnitSettings) -> str:
    """Our own seven digits."""
    return f"{unit.la}{unit.estab}"


def file_name(sender: str, destination: str, number: int) -> str:
    """``LLLEEEE_CTF_LLLEEEE_nnn.xml``; after 999 the three digits begin again at 001."""
    return f"{sender}_CTF_{destination}_{(number - 1) % _MOST + 1:03}.xml"


def keep_numbers(work: Work, export_id: str, names: tuple[str, ...]) -> None:
    """Within the transaction: the numbers that these files were given are not given again."""
    sender = sender_of(work.desk.settings)
    numbers = transfers.last_numbers(work.desk.vault, sender)
    given_numbers = []
    for name in names:
        destination = name.split("_")[2]
        numbers[destination] = numbers.get(destination, 0) + 1
        given_numbers.append((destination, numbers[destination]))
    transfers.add_numbers(work.desk.vault, {"sender": sender, "export_id": export_id}, given_numbers)


def academic_year(day: date, changes_on: str) -> int:
    """The calendar year in which the academic year of a day began; ``changes_on`` is the month and day, «09-01»."""
    return day.year - (f"{day:%m-%d}" < changes_on)


def _header(unit: UnitSettings, destination: Destination, version: str, moment: datetime) -> list[tuple[str, str]]:
    local = moment.astimezone()
    return [
        ("DocumentName", "Common Transfer File"),
        ("CTFversion", version),
        ("DateTime", f"{local:%Y-%m-%dT%H:%M:%S}"),
        ("DocumentQualifier", "full"),
        ("SupplierID", _SUPPLIER),
        ("SourceSchool/LEA", unit.la),
        ("SourceSchool/Estab", unit.estab),
        *([("SourceSchool/URN", unit.urn)] if unit.urn else ()),
        ("SourceSchool/SchoolName", straight_quotes(unit.name)),
        ("SourceSchool/AcademicYear", str(academic_year(local.date(), unit.ctf_year_from))),
        ("DestSchool/LEA", destination.la),
        ("DestSchool/Estab", destination.estab),
    ]


CTF = Export(
    name="ctf",
    title=_("Common Transfer File"),
    recipient_key=NEXT_SCHOOL,
    law=_("Education (Pupil Information) (England) Regulations 2005, regulation 9"),
    basis=Basis.LEGAL_OBLIGATION,
    purpose=_("To give the next school what it needs to know of a pupil from the first day."),
    items=items_sent,
    covers=_(
        "Those who left the roll in the last 15 school days, and up to 15 school days late, of whom no file was sent yet; by name also any other leaver, and a copy of one registered at two schools."
    ),
    names="*_CTF_*.xml",
    select=select,
    layouts={Format.XML: xml_files},
    options=frozenset({Option.PUPILS}),
    once=True,
    spec=_(
        "Common Transfer File, version 26.0 from 1 August 2026 and 25.0 before, unless the settings name one. Checked against the published structure as rebuilt, not certified."
    ),
    totals=frozenset({"mark.code"}),
    upload=True,
    keep=keep_numbers,
    flags=lambda: frozenset(element_at("BasicDetails/MedicalFlag").items),
)

__all__ = ["CTF"]
