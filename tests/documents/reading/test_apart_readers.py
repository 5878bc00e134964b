"""The readers that run apart: a child of the program itself answers to each of them, as it would be read here."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import pupil_desk.documents
from pupil_desk.basics.apart import process
from pupil_desk.basics.apart.reader import in_a_child, run_by
from pupil_desk.documents.reading.apart_readers import READERS
from pupil_desk.documents.reading.table import TableLine, Unreadable
from pupil_desk.documents.reading.table_file import read_whole
from pupil_desk.documents.reading.xml_tree import Unsafe, safe_tree
from tests.services.imports.made import workbook


@pytest.fixture(autouse=True)
def _in_a_child() -> Iterator[None]:
    with run_by(in_a_child):
        yield
    process.end_idle()


def test_every_reader_that_runs_apart_is_known_to_the_child_by_a_name_of_its_own() -> None:
    names = [module.name for module in pkgutil.walk_packages(pupil_desk.documents.__path__, "pupil_desk.documents.")]
    found = [
        value for name in names for value in vars(importlib.import_module(name)).values() if "reader" in getattr(value, "__dict__", ())
    ]
    assert {vars(value)["reader"].name for value in found if callable(value)} == {vars(value)["reader"].name for value in READERS}
    assert len({vars(value)["reader"].name for value in READERS}) == len(READERS)


def test_a_table_is_read() -> None:
    lines = [TableLine(1, ["surname", "dob"]), TableLine(3, ["Zoë", ""])]
    assert read_whole("surname,dob\n,\nZoë,\n".encode()).lines == lines
    table = read_whole(workbook(("surname", "dob"), ("Zoë", "4/3/2012")))
    assert [line.cells for line in table.lines] == [["surname", "dob"], ["Zoë", "4/3/2012"]]
    assert [sheet.is_read for sheet in table.sheets] == [True, False]
    with pytest.raises(Unreadable, match=r"^The file is empty\."):
        read_whole(b"")


def test_a_tree_is_read() -> None:
    root = safe_tree(b"<CTfile a='1'><b>x<c/>y</b>z<b/></CTfile>")
    assert (root.tag, root.attrib, [part.tag for part in root.iter()]) == ("CTfile", {"a": "1"}, ["CTfile", "b", "c", "b"])
    assert (root[0].text, root[0].tail, root[0][0].tail, root[1].text) == ("x", "z", "y", None)
    with pytest.raises(Unsafe, match="DOCTYPE"):
        safe_tree(b"<!DOCTYPE a><a/>")
    with pytest.raises(Unreadable, match="damaged"):
        safe_tree(b"<a>")
