"""More than a hundred files that ask for hours or for all memory: each is read, or refused in a sentence, within seconds and in little room.

They are read as the program reads them, in its child process, while another thread beats as the window does.
"""

from collections.abc import Callable, Iterator

import pytest

from installers.pace import slowness
from pupil_desk.basics.apart import process
from pupil_desk.basics.apart.reader import in_a_child, run_by
from pupil_desk.basics.errors import Known
from pupil_desk.documents.files.calendar_file import calendar_events
from pupil_desk.documents.pdf.attachment_pages import pages_of
from pupil_desk.documents.scans import reading, scan_files
from pupil_desk.services.attachments.attachments import look_into
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import outcome_of
from pupil_desk.services.imports.run import propose
from tests import hostile_lists, hostile_papers
from tests.hostile import Watch
from tests.services.imports.ctf_made import NAME
from tests.services.imports.made import new_unit

MOST_SECONDS, MOST_MEGABYTES, LONGEST_BEAT = 5, 400, 0.1
_UNDER_LOAD = 3  # times that a beat may be late on a machine with other work


def _import(desk: Desk, data: bytes, name: str) -> str:
    outcome = outcome_of(propose(desk, "auto", data, name))
    return " ".join(problem.message for problem in outcome.problems[:1]) if outcome.status else ""


def _paper(_desk: Desk, data: bytes) -> str:
    file = look_into(data, "paper")
    assert pages_of(file.media, file.data).startswith(b"%PDF-")
    return ""


def _scan(_desk: Desk, data: bytes) -> str:
    pages = scan_files.pages_of(scan_files.open_scan(data))
    assert all(reading.read_page(page, lambda _code: None).aside for page in pages)
    return ""


def _calendar(_desk: Desk, data: bytes) -> str:
    calendar_events(data)
    return ""


KINDS: dict[str, tuple[hostile_lists.Makers, Callable[[Desk, bytes], str]]] = {
    "transfer file": (hostile_lists.TRANSFER_FILES, lambda desk, data: _import(desk, data, NAME)),
    "list": (hostile_lists.LISTS, lambda desk, data: _import(desk, data, "list.csv")),
    "workbook": (hostile_lists.WORKBOOKS, lambda desk, data: _import(desk, data, "list.xlsx")),
    "paper": (hostile_papers.PAPERS, _paper),
    "scan": (hostile_papers.SCANS, _scan),
    "calendar": (hostile_papers.CALENDARS, _calendar),
}
LONG = {**hostile_lists.LONG, **hostile_papers.LONG}
EACH = [(kind, name) for kind, (makers, _read) in KINDS.items() for name in makers]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with run_by(in_a_child):
        yield new_unit(tmp_path_factory.mktemp("unit"))
    process.end_idle()


def _marked(kind: str, name: str) -> object:
    marks = [pytest.mark.torture] if name in LONG.get(kind, ()) else []
    return pytest.param(kind, name, marks=marks, id=f"{kind}: {name}")


@pytest.mark.parametrize(("kind", "name"), [_marked(*each) for each in EACH])
def test_a_hostile_file_ends_within_seconds_with_a_sentence(desk: Desk, kind: str, name: str) -> None:
    makers, read = KINDS[kind]
    data = makers[name]()
    with Watch() as watch:
        try:
            message = read(desk, data)
        except Known as error:
            message = error.message
    slow = slowness()
    assert message == "" or message.endswith((".", "?")), message
    assert watch.seconds < (MOST_SECONDS + 1) * max(1, slow), message
    assert watch.megabytes < MOST_MEGABYTES, message
    assert watch.longest_gap < LONGEST_BEAT * _UNDER_LOAD * max(1, slow)


def test_there_are_enough_of_them() -> None:
    assert len(EACH) >= 100
    assert [name for kind, names in LONG.items() for name in names if name not in KINDS[kind][0]] == []
