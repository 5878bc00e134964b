"""What the program stands on: the engine, the libraries, its code lists, fonts and own files, and the disk for its data."""

import io
import itertools
import platform
import shutil
import sys
import tempfile
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.pc import installed
from pupil_desk.basics.places import home_of_data, resource
from pupil_desk.basics.rulefiles import apart
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.services.selftest.check import Bench, Failed

SAMPLE = "Łukasz Ó Conaill-Nguyễn · Ελένη Παπαδάκη · Дарья Щукина · ſ ẞ ĳ · محمد · ٹھیک · שלום"
_OF_BODY, _OF_WIDE = "Sample Ó 0123456789", "Ελένη Дарья"  # what the one face has, and what only the other has
_OF_SHAPED = ("بيت محمد", "שלום")  # what the one face joins, and what the other sets from the right
_OF_SCRIPTS = (
    "नेपाली",
    "বাংলা",
    "ਸਿੰਘ",
    "ગુજરાતી",
    "தமிழ்",
    "తెలుగు",
    "ಕನ್ನಡ",
    "മലയാളം",
    "සිංහල",
    "ไทย",
    "ລາວ",
    "မြန်မာ",
    "ខ្មែរ",
    "አማርኛ",
    "普通话",
)  # in the order of the faces
_MEGA = 1_000_000
_ROOM = 200 * _MEGA  # bytes; a year of a unit of 150 with its backups beside it
_OPENS_WITH = "quiet-meadow-copper-kettle"
_NAMED = 5  # files named in a sentence; the rest are counted


def program(_bench: Bench) -> str:
    """Which program this is, and on what system."""
    installation = _("installed copy") if installed.program_folder() else _("not an installed copy")
    return f"Pupil Desk {__version__}, {installation}; Python {platform.python_version()}, {platform.platform()}, {platform.machine()}"


def engine(_bench: Bench) -> str:
    """The part that keeps the unit's file, and the part of it that encrypts."""
    from pupil_desk.store.file.engine import engine_facts

    facts = engine_facts()
    if not facts.cryptography:
        raise Failed(_("the cipher does not say what it stands on"))
    return f"SQLite {facts.sqlite}, SQLCipher {facts.cipher}, {facts.cryptography}"


def _cryptography() -> str:
    import cryptography
    from cryptography.hazmat.backends.openssl.backend import backend

    return f"cryptography {cryptography.__version__} ({backend.openssl_version_text()})"


def _pdfium() -> str:
    import pypdfium2

    return f"pypdfium2 {pypdfium2.PYPDFIUM_INFO} (PDFium {pypdfium2.PDFIUM_INFO.build})"


def _zip() -> str:
    import Cryptodome
    import pyzipper

    return f"pyzipper {pyzipper.__version__} (PyCryptodome {Cryptodome.__version__})"


def _locks() -> str:
    import pikepdf

    return f"pikepdf {pikepdf.__version__} (QPDF {pikepdf.__libqpdf_version__})"


def _scans() -> str:
    import PIL
    import zxingcpp
    from PIL import Image

    zxingcpp.read_barcodes(Image.new("L", (64, 64), 255))  # it does not tell its version, so it is put to use
    return f"Pillow {PIL.__version__}, zxing-cpp"


def _letters() -> str:
    import bidi
    import uharfbuzz

    return f"HarfBuzz {uharfbuzz.version_string()}, python-bidi {bidi.VERSION}"


def libraries(_bench: Bench) -> str:
    """The other libraries with compiled parts that the program uses, each loaded and asked for its version."""
    return f"{_cryptography()}; {_pdfium()}; {_zip()}; {_locks()}; {_scans()}; {_letters()}"


def program_files(_bench: Bench) -> str:
    """Each file of the installation against the list that came with it."""
    faults = installed.manifest_faults()
    if faults is None and installed.program_folder() is None:
        return _("not an installed copy, so there is no list of files to compare with")
    if faults is None:
        raise Failed(_("{name}, the list of the program’s own files, is missing").format(name=installed.MANIFEST))
    if faults:
        first_faults = " ".join(faults[:_NAMED])
        left = len(faults) - _NAMED
        raise Failed(_("{named} And {count} more").format(named=first_faults, count=left) if left > 0 else first_faults)
    return _("each one is there and unchanged")


def data_folder(_bench: Bench) -> str:
    """The folder for the unit's file can be written and has room. What is tried there is taken away again."""
    folder = home_of_data()
    existing_folder = next(place for place in (folder, *folder.parents) if place.is_dir())
    try:
        with tempfile.TemporaryDirectory(prefix="pupil-desk-check-", dir=existing_folder) as scratch:
            (Path(scratch) / "check").write_bytes(b"check")
    except OSError as error:
        raise Failed(
            _("{folder} cannot be written ({why})").format(folder=shortened(existing_folder), why=error.strerror),
            _("Ask whoever looks after this PC to let you write there."),
        ) from error
    free = shutil.disk_usage(existing_folder).free
    room = _("{size} MB free").format(size=f"{free // _MEGA:,}")
    if free < _ROOM:
        raise Failed(
            _("{folder} has little room: {room}").format(folder=shortened(folder), room=room),
            _("Free at least {size} MB on that disk.").format(size=_ROOM // _MEGA),
        )
    state = _("can be written") if existing_folder == folder else _("can be made")
    return f"{shortened(folder)}: {state}, {room}"


def shortened(path: Path) -> str:
    """A path for a report that may be sent on: the person's own folder, which bears their name, as the system abbreviates it."""
    try:
        relative = path.relative_to(Path.home())
    except (ValueError, RuntimeError):
        return str(path)
    return str(Path("%USERPROFILE%" if sys.platform == "win32" else "~") / relative)


def code_lists(_bench: Bench) -> str:
    """Each list of codes read; those that the records name are there."""
    names = sorted(path.stem for path in resource("codes").glob("*.toml") if path.stem != "school_year")
    with apart():  # those of the program, whatever unit is open
        needed_lists = {item.codes for item in every_item().values() if item.codes}
    if missing := needed_lists - set(names):
        raise Failed(_("missing: {names}").format(names=", ".join(sorted(missing))))
    counts = {name: len(codelist(name).codes) for name in names}
    if empty := [name for name, count in counts.items() if not count]:
        raise Failed(_("without a code: {names}").format(names=", ".join(empty)))
    if not counts:
        raise Failed(_("there are none"))
    counts_in_words = ", ".join(f"{name} {count}" for name, count in counts.items())
    lists = count_of(len(names), _("list"), _("lists"))
    codes = count_of(sum(counts.values()), _("code"), _("codes"))
    return f"{lists}, {codes}: {counts_in_words}"


def fonts(_bench: Bench) -> str:
    """Each face loads, prints, and is read back from the page; together they have every letter of the sample."""
    from pupil_desk.documents.blocks import Para, Run
    from pupil_desk.documents.pdf.page import build_pdf
    from pupil_desk.documents.reading.read_back import read_pdf
    from pupil_desk.documents.typography.fonts import body_face, missing_characters, wide_face
    from pupil_desk.documents.typography.shaped import script_faces, shaped_faces

    if missing := missing_characters([SAMPLE]):
        raise Failed(_("no font has: {names}").format(names=", ".join(name for _character, name in missing)))
    styles = list(itertools.product((False, True), repeat=2))
    samples = [
        (face(bold, italic).name, words, bold, italic)
        for face, words in ((body_face, _OF_BODY), (wide_face, _OF_WIDE))
        for bold, italic in styles
    ]
    samples += [
        (face.name, words, bold, False) for bold in (False, True) for face, words in zip(shaped_faces(bold), _OF_SHAPED, strict=True)
    ]
    samples += [(face.name, words, False, False) for face, words in zip(script_faces(), _OF_SCRIPTS, strict=True)]
    for name, words, bold, italic in samples:
        read = read_pdf(build_pdf([Para((Run(words, bold=bold, italic=italic),))], title="Sample"))
        if read.blank or name not in read.fonts or words not in read.text:
            raise Failed(_("{face} does not print").format(face=name))
    return _("{count} load, print and are read back from the page").format(count=count_of(len(samples), _("face"), _("faces")))


_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/sheet.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATED}"><sheets><sheet name="Pupils" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATED}/worksheet" Target="sheet.xml"/></Relationships>',
    "xl/sheet.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>surname</t></is></c><c r="B1" t="inlineStr"><is><t>year_group</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Łukasz</t></is></c><c r="B2"><v>9</v></c></row></sheetData></worksheet>',
}  # the least that a spreadsheet program would open


def spreadsheet(_bench: Bench) -> str:
    """A workbook of two rows read as an import reads one; one of ours written, locked, opened again and read."""
    from pupil_desk.documents.files.locked_xlsx import locked_xlsx, unlocked_xlsx
    from pupil_desk.documents.files.xlsx_table import XlsxTable, xlsx_bytes
    from pupil_desk.documents.reading.table import Unreadable
    from pupil_desk.documents.reading.workbook import read_xlsx

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in _WORKBOOK.items():
            archive.writestr(name, text)
    rows = [["surname", "year_group"], ["Łukasz", "9"]]
    own_workbook = xlsx_bytes([XlsxTable("", rows[0], [tuple(rows[1])])], [], datetime(2026, 9, 1, tzinfo=UTC))
    try:
        unlocked = unlocked_xlsx(locked_xlsx(own_workbook, _OPENS_WITH), _OPENS_WITH)
        read = [[line.cells for line in read_xlsx(data)] for data in (buffer.getvalue(), unlocked)]
    except Unreadable as error:
        raise Failed(error.message) from error
    if read != [rows, rows]:
        raise Failed(_("a workbook was not read as it was written"))
    return _("a workbook of 2 rows, read as it was written; one of ours, locked and opened again")


_CALENDAR = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Pupil Desk//Check//EN",
    "BEGIN:VEVENT",
    "UID:1",
    "DTSTART;VALUE=DATE:20260902",
    "DTEND;VALUE=DATE:20261024",
    "SUMMARY:Autumn term",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "UID:2",
    "DTSTART;TZID=GMT Standard Time:20261127T090000",
    "DURATION:PT7H",
    "SUMMARY:Closed",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
)  # fmt: skip - days, and hours in a zone by the name that Outlook gives it
_DAYS = [(date(2026, 9, 2), date(2026, 10, 23)), (date(2026, 11, 27), date(2026, 11, 27))]


def calendar_file(_bench: Bench) -> str:
    """A calendar file read as the school year of an authority is, and the time zones that it stands on."""
    from zoneinfo import ZoneInfo

    import icalendar

    from pupil_desk.documents.files.calendar_file import calendar_events

    read = [(event.first, event.last) for event in calendar_events("\r\n".join(_CALENDAR).encode())]
    summer = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/London")).utcoffset()
    if read != _DAYS or summer != timedelta(hours=1):
        raise Failed(_("a calendar file was not read as it was written"))
    return _("a file of 2 events, read as it was written; {reader}").format(reader=f"icalendar {icalendar.__version__}")
