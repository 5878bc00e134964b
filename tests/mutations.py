"""Files from outside with some of their bytes changed: thousands of them are read, one after another, in a child of its own, and measured.

``python -m tests.mutations SEED KIND COUNT [KIND COUNT ...]`` prints, as JSON by kind, what was raised or logged that is no answer to a person, the
longest that one took, in seconds, and the most memory that the child took until then, or the one in which it has files read.
"""

import io
import json
import logging
import random
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from pupil_desk.basics.apart import process
from pupil_desk.basics.apart.reader import in_a_child, run_by
from pupil_desk.basics.errors import Known
from pupil_desk.documents.pdf.attachment_pages import pages_of
from pupil_desk.documents.reading.not_kept import NotKept
from pupil_desk.documents.scans import reading as scan_reading
from pupil_desk.documents.scans import scan_files
from pupil_desk.documents.typography.fonts import CannotPrint
from pupil_desk.services.attachments.attachments import look_into
from pupil_desk.services.backup import backups
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import outcome_of
from pupil_desk.services.imports.run import propose
from pupil_desk.services.unit.units import sign_out
from pupil_desk.store.file import keyfile
from pupil_desk.store.file.keyfile import KeyFile
from tests.hostile import memory_of_children
from tests.made_papers import a_jpeg, a_pdf, a_png, an_interlaced_png
from tests.once import laid_out
from tests.services.imports.ctf_made import NAME
from tests.services.imports.made import new_unit, workbook

ROOT = Path(__file__).resolve().parents[1]
NEIGHBOURS = ROOT / "tests" / "services" / "imports" / "neighbours"
MOST_SECONDS, MOST_MEGABYTES = 5, 500
_ANSWERS = (Known, NotKept, CannotPrint)  # what says in a sentence what is wrong with a file
_PASSWORD = "four plain short words"
_TELLING = (
    b"\0",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"'",
    b'"',
    b"<",
    b">",
    b"&",
    b"=",
    b",",
    b";",
    b"\n",
    b"\xe2\x80\xae",
    b"\xef\xbf\xbd",
    b"999999999",
)


@dataclass(frozen=True)
class Readers:
    """One kind of file: good ones, what reads one as the program does, and what spoils one. To read is one or several ways, each tried."""

    good: Sequence[bytes]
    read: Callable[[bytes], Sequence[Callable[[], object]]]
    mangle: Callable[[bytes, random.Random], bytes]


def mangled(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, put in, taken out, doubled, or the end cut off."""
    work = bytearray(data)
    for _time in range(chance.randint(1, 8)):
        if len(work) < 4:
            break
        place = chance.choice(
            (chance.randrange(len(work)), chance.randrange(min(64, len(work))), len(work) - 1 - chance.randrange(min(200, len(work))))
        )
        length = chance.choice((1, 1, 2, 4, 20))
        act = chance.randrange(7)
        if act < 2:
            work[place] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))
        elif act == 2:
            work[place : place + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\0\0\0\x80"))
        elif act == 3:
            del work[place : place + length]
        elif act == 4:
            work[place:place] = chance.choice(_TELLING) * chance.choice((1, 1, 3, 500))
        elif act == 5:
            work[place:place] = work[max(0, place - 50) : place + length * 10]
        elif chance.random() < 0.3:
            del work[place:]
    return bytes(work)


def mangled_workbook(data: bytes, chance: random.Random) -> bytes:
    """A workbook of which a part is changed, packed again so that it is whole; now and then the archive itself."""
    if chance.random() < 0.3:
        return mangled(data, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        changed = chance.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, mangled(old.read(name), chance) if name == changed else old.read(name))
    return made.getvalue()


def mangled_keys(data: bytes, chance: random.Random) -> bytes:
    """Sign-in data with its bytes changed, or with other values under a checksum that is right again."""
    if chance.random() < 0.4:
        return mangled(data, chance)
    told = json.loads(data)
    slot = chance.choice(told["slots"])
    numbers = (0, -1, 1, 7, 2**31, 2**63, 1024 * 1024, 512 * 1024, 65_537, 1.5, True, None, "64", [], {})
    texts = ("", "zz", "0" * 10_000, None, 5, "argon2d", "é", "\0")
    for _time in range(chance.randint(1, 3)):
        where = chance.choice((slot, slot, told))
        name = chance.choice([name for name in where if name not in ("slots", "checksum")])
        where[name] = chance.choice(numbers if isinstance(where[name], int) else texts)
    told["checksum"] = keyfile._checksum({name: value for name, value in told.items() if name != "checksum"})
    return json.dumps(told).encode()


def _imports(kind: str, good: Sequence[bytes], name: str, mangle: Callable[[bytes, random.Random], bytes], folder: Path) -> Readers:
    desk: Desk = new_unit(folder)

    def read(data: bytes) -> None:
        outcome = outcome_of(propose(desk, kind, data, name))
        json.dumps(outcome.as_json())
        if outcome.status:
            raise Known("refused, with its problems")

    return Readers(good, lambda data: [lambda: read(data)], mangle)


def _transfer_files(folder: Path) -> Readers:
    return _imports("ctf", [path.read_bytes() for path in (NEIGHBOURS / "ctf").glob("*_CTF_*.xml")], NAME, mangled, folder)


def _lists(folder: Path) -> Readers:
    paths = [path for name in ("tables", "more") for path in (NEIGHBOURS / name).glob("*.csv")]
    return _imports("auto", [path.read_bytes() for path in paths], "list.csv", mangled, folder)


def _workbooks(folder: Path) -> Readers:
    good = [path.read_bytes() for path in (NEIGHBOURS / "tables").glob("*.xlsx")]
    good.append(workbook(("surname", "forename", "dob"), *[("Hall", f"Ann {n}", "4/3/2012") for n in range(200)]))
    return _imports("auto", good, "list.xlsx", mangled_workbook, folder)


def _scans(_folder: Path) -> Readers:
    noise, good = Image.effect_noise((120, 160), 60), []
    for kind, how in (("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"}), ("TIFF", {"compression": "jpeg"}), ("PNG", {}), ("JPEG", {})):
        made = io.BytesIO()
        noise.save(made, kind, **how)
        good.append(made.getvalue())

    def read(data: bytes) -> None:
        for page in scan_files.pages_of(scan_files.open_scan(data)):
            scan_reading.read_page(page, lambda _code: None)

    return Readers([*good, a_pdf(), an_interlaced_png("grey")], lambda data: [lambda: read(data)], mangled)


def _papers(_folder: Path) -> Readers:
    def read(data: bytes) -> None:
        file = look_into(data, "paper")
        pages_of(file.media, file.data)

    return Readers(
        [a_pdf(), a_jpeg(), a_png(), an_interlaced_png("colours and cover"), "Dear Ó’Brien,\n\nyours".encode()],
        lambda data: [lambda: read(data)],
        mangled,
    )


def _backups(folder: Path) -> Readers:
    desk = new_unit(folder)
    made, _changed = backups.make(desk, folder)
    place, restored = folder / "mangled.pdbackup", folder / "restored" / "unit.pupildesk"
    restored.parent.mkdir()

    def read(data: bytes) -> Sequence[Callable[[], object]]:
        place.write_bytes(data)
        for left in restored.parent.iterdir():
            left.unlink()
        return (
            lambda: backups.verify(place),
            lambda: backups.verify(place, name="Dee", password=_PASSWORD),
            lambda: backups.restore(place, restored, desk.clock, name="Dee", password=_PASSWORD),
        )

    return Readers([made.path.read_bytes()], read, mangled)


def _keys(folder: Path) -> Readers:
    desk = new_unit(folder)
    path = desk.vault.path
    sign_out(desk)
    good = keyfile.places(path)[0].read_bytes()

    def read(data: bytes) -> None:
        for place in keyfile.places(path):
            place.write_bytes(data)
        keys: KeyFile = keyfile.read(path)
        slot = keys.of_name("Dee") or next(iter(keys.slots), None)
        if slot is not None:
            keys.unwrap(slot, _PASSWORD)

    return Readers([good], lambda data: [lambda: read(data)], mangled_keys)


KINDS: dict[str, Callable[[Path], Readers]] = {
    "transfer files": _transfer_files,
    "lists": _lists,
    "workbooks": _workbooks,
    "scans": _scans,
    "papers": _papers,
    "backups": _backups,
    "keys": _keys,
}


def _peak() -> int:
    """The most memory that this process has taken, in MB."""
    import resource

    own = Path("/proc/self/status")
    lines = own.read_text().splitlines() if own.exists() else []
    peak = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), None)
    return (peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024


def read_many(kind: str, count: int, seed: int) -> dict[str, object]:
    """Read so many; what is not an answer to a person is listed, each with the number by which it can be made again."""
    raised, slowest, answers = [], 0.0, 0
    logging.getLogger("pupil_desk").addHandler(told := _Told(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder, run_by(in_a_child):
        readers = KINDS[kind](Path(folder))
        assert any(_read(readers, good) is None for good in readers.good), "not even the good ones are read"
        for number in range(count):
            chance = random.Random(f"{kind} {seed} {number}")
            data = readers.mangle(chance.choice(readers.good), chance)
            began = time.monotonic()
            trouble = _read(readers, data)
            slowest = max(slowest, time.monotonic() - began)
            answers += trouble == ""
            if logged := told.taken():
                trouble = "; ".join(logged)
            if trouble:
                raised.append(f"{number}: {trouble}")
        megabytes = max(_peak(), memory_of_children())
        process.end_idle()
    return {"raised": raised, "slowest": slowest, "megabytes": megabytes, "answers": answers}


class _Told(logging.Handler):
    """Keeps what is logged: that a reader has a bug, which a person is told of as a damaged file."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self._messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())

    def taken(self) -> list[str]:
        """What was logged since it was asked last."""
        messages, self._messages = self._messages, []
        return messages


def _read(readers: Readers, data: bytes) -> str | None:
    """None for a file that is read, «» for one of which a person is told what is wrong, else what was raised."""
    answer = None
    for way in readers.read(data):
        try:
            way()
        except _ANSWERS:
            answer = ""
        except Exception as error:  # noqa: BLE001 - what is raised is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            return f"{type(error).__name__}: {error} ({Path(last.filename).name}, {last.lineno})"[:300]
    return answer


def told_by_a_child(counts: Mapping[str, int], seed: int) -> dict[str, dict[str, object]]:
    """What ``read_many`` tells of so many of each kind, one kind after another, in a child that says nothing else; one that dies fails."""
    asked = [word for kind, count in counts.items() for word in (kind, str(count))]
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutations", str(seed), *asked], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"ended by the system: {done.returncode} {done.stderr[-500:]}"
    assert done.stderr == "", done.stderr[-500:]
    told: dict[str, dict[str, object]] = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    seed, *asked = sys.argv[1:]
    with tempfile.TemporaryDirectory() as pattern, laid_out(Path(pattern)):  # nearly each kind has a unit of its own
        print(json.dumps({kind: read_many(kind, int(count), int(seed)) for kind, count in zip(asked[::2], asked[1::2], strict=True)}))
