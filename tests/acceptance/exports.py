"""What leaves the unit is whole, meant, and harmless to open."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

import pytest

from tests.acceptance.number import Number, Protection, always, nothing, put

_CHECKING = "pupil_desk.services.receipts.checking"
_IN_PIECES = """
def write(path, data, *, replace=False):
    try:
        with open(path, "xb") as file:
            for at in range(0, len(data), 16):
                file.write(data[at : at + 16])
                file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise cannot_write(error, path.parent) from error
    return hashlib.sha256(data).hexdigest()
"""


def _written_under_its_name(patch: pytest.MonkeyPatch) -> None:
    """No part beside it, no reading back. Its lines count as lines of the module, at which a test may kill."""
    from pupil_desk.basics import files

    names = {**vars(files), "hashlib": hashlib}
    exec(compile(_IN_PIECES, files.__file__, "exec"), names)
    for place in ("basics.files", "services.exports.recording", "services.saving"):
        patch.setattr(f"pupil_desk.{place}.write_whole", names["write"])


def _as_the_type_decides(sheet: object, number: int, row: list[object], _looks: object) -> None:
    for place, cell in enumerate(row):
        (sheet.write_formula if str(cell).startswith("=") else sheet.write)(number, place, cell)  # type: ignore[attr-defined]


def _plain_zip(files: Mapping[str, bytes], _password: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("data.zip", made.getvalue())
    return outer.getvalue()


def _the_password_in_the_log(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services.exports import making

    real = making._lock

    def lock(job: making.ExportJob, *given: object) -> object:
        locked = real(job, *given)  # type: ignore[arg-type]
        with job.desk.vault.transaction():
            job.log(" ".join(words for _file, words in locked[2]))
        return locked

    patch.setattr(making, "_lock", lock)


NUMBERS = (
    Number(
        41,
        "A cell of a list that begins like a formula is shown as text",
        (
            Protection("the apostrophe before it", put("pupil_desk.documents.files.csv_table.guard", str)),
            Protection("the refusal in a file for a machine", put("pupil_desk.documents.files.csv_table.machine_refuses", nothing)),
        ),
    ),
    Number(
        42,
        "A workbook holds no formula, whatever was typed",
        (Protection("texts written as texts", put("pupil_desk.documents.files.xlsx_table._write_row", _as_the_type_decides)),),
    ),
    Number(
        43,
        "A paper shows what was typed as it was typed, and holds no link, picture or script of it",
        (Protection("the marks before its brackets", put("pupil_desk.documents.pdf.pdf_file.literal", lambda data: b"(" + data + b")")),),
    ),
    Number(
        44,
        "A stick that fills up: the export failed, the older file is whole, and there is no receipt",
        (
            Protection("a part that takes its name last", _written_under_its_name),
            Protection("what was written taken away again", put("pupil_desk.services.exports.making.remove_within", nothing)),
        ),
    ),
    Number(45, "A stick pulled while it is written to, under Windows", windows="not shown"),
    Number(
        46,
        "A stick that gives back other bytes than it was given: the export failed",
        (Protection("the reading back", _written_under_its_name),),
    ),
    Number(
        47,
        "A place that cannot hold the file: a clear sentence, and nothing half there",
        (
            Protection("the words for what the system says", put("pupil_desk.basics.files.cannot_write", lambda error, _folder: error)),
            Protection("the look at the folder", put("pupil_desk.basics.files.check_room", nothing)),
        ),
    ),
    Number(
        48,
        "Killed while it exports: no file, or a whole one that fits its receipt",
        (Protection("a part that takes its name last", _written_under_its_name),),
    ),
    Number(
        49,
        "An encrypted export opens with its password alone, and tells no name without",
        (
            Protection("the lock", put("pupil_desk.documents.files.locked_zip.locked_zip", _plain_zip)),
            Protection("its seal", put("pyzipper.zipfile_aes.AESZipDecrypter.check_hmac", nothing)),
            Protection("a password that is kept nowhere", _the_password_in_the_log),
        ),
    ),
    Number(
        50,
        "A plain export needs a role, a reason and a word typed, and is in the log",
        (
            Protection("the role", put("pupil_desk.services.desk.Desk.require", nothing)),
            Protection("the reason", put("pupil_desk.services.exports.making.tidy", lambda _text: "none")),
            Protection("the log", put("pupil_desk.services.exports.recording.ExportJob.log", nothing)),
            Protection("the word typed", put("pupil_desk.ui.pages.exports.making.ExportMaking._sure", always)),
        ),
    ),
    Number(
        51,
        "A receipt lets another person verify the file, its time and the log’s head",
        (
            Protection(
                "the signature on the receipt", put("pupil_desk.services.receipts.seals.SealingKey.signature", lambda *_: "0" * 128)
            ),
            Protection("the look at the signature", put("pupil_desk.services.receipts.seals.Seal.proves", always)),
            Protection("the MAC", put(f"{_CHECKING}.hmac.compare_digest", always)),
            Protection("the look into the log", put(f"{_CHECKING}.audit.mac_of", lambda *_: "0" * 64)),
            Protection("the files’ digests", put(f"{_CHECKING}.of_files", lambda *_: [])),
        ),
    ),
)
