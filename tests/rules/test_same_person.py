"""No query of the store forgets that one person may have several records: read from the queries' own text, and seen in what readers give.

The text: a query that reads of one pupil, tells whose a row is, or lists pupils, names the rule (``store/rows/same.py``), or stands in
``NEED_NOT`` with the reason. What they give: pupils with something of everything are merged; no reader names the record that went.
"""

import ast
import inspect
import pkgutil
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import pupil_desk.store
from pupil_desk.services.duplicates import merging
from pupil_desk.store.file import migrate
from pupil_desk.store.rows import same
from tests.services.duplicates.people import filled
from tests.services.exports.made import Unit, new_unit

STORE = Path(pupil_desk.store.__file__).parent
MINDS = re.compile(r"of_person\(|as_kept\(|PERSON|same_as|pupil_kept|columns\(|select\(|\{id_column\}|\{some\}|\{people\}")
OF_ONE = re.compile(r"pupil_id = \?|pupil_id = \?|pupil_id IN \((\?|\{)|SELECT [^()]*\bpupil_id\b(?! AS own)|FROM pupil\b(?! [a-z]+ ON)")
NEED_NOT = {
    "pupils.next_ref": "a reference is never given twice, whoever has it",
    "pupils.remove": "takes one row away, which is named by itself",
    "ledger.import_files": "names each record as it stands; the erasure compares them with all records of the person",
    "attendance_counts._of_spans": "counts those with one record alone; of the others the register tells what stands",
    "attendance_counts._amended": "counts those with one record alone; of the others the register tells what stands",
    "standing.by_pupil": "reads the marks of every record, and then puts those of one person together",
    "register_watch.any_mark": "asks for the first day on which any record at all is marked",
    "contacts.owner": "asks in whose record a contact's own row stands",
    "cases._choice_numbers": "asks what each record of a person says, so that the strictest decides",
    "finding": "whether one of the two is on roll: it only puts those found in their order",
    "figures.people": "says of each record which person is counted",
    "figures.stays": "each row's person is looked up in «people»",
    "figures.provisions": "each row's person is looked up in «people»",
    "figures.care": "each row's person is looked up in «people»",
    "amendments.gone_with": "what an act took away is named as it was",
    "whole": "rows go as they stand, each naming its own record, to who keeps them from then on",
    "mistaken": "a row entered by mistake is named by itself: it stands for nobody",
    "erasing.closed_orders": "an order names the record that it was opened for",
    "merging.changed_by": "names rows as they stand, so that they can be put back",
}
"""By file and function: queries that name records as they stand, each with the reason."""


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the store by file and function, as it stands in the source; what is written outside functions by its file alone."""
    for path in sorted(STORE.rglob("*.py")):
        source = path.read_text("utf-8")
        tree = ast.parse(source)
        for top in tree.body:
            place = f"{path.stem}.{top.name}" if isinstance(top, ast.FunctionDef) else path.stem
            inside = {id(part) for node in ast.walk(top) if isinstance(node, ast.JoinedStr) for part in ast.walk(node) if part is not node}
            for node in ast.walk(top):
                if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in inside:
                    yield place, ast.get_source_segment(source, node) or ""


def forgetful() -> dict[str, list[str]]:
    """The texts that read of a pupil and do not name the rule, by place."""
    found: dict[str, list[str]] = {}
    for place, text in texts():
        if re.search(r"\b(FROM|WHERE)\b", text) and OF_ONE.search(text) and not MINDS.search(text) and not place.startswith("same"):
            found.setdefault(place, []).append(text)
    return found


def test_every_query_of_a_pupil_names_the_rule_or_says_why_it_need_not() -> None:
    found = forgetful()
    assert {place for place in found if not {place, place.split(".")[0]} & set(NEED_NOT)} == set(), (
        "read with of_person(), as_kept() or PERSON of store/rows/same.py, or give the reason here"
    )


def test_the_search_finds_a_query_that_forgets() -> None:
    assert OF_ONE.search("SELECT name FROM note WHERE pupil_id = ?")
    assert not MINDS.search("SELECT name FROM note WHERE pupil_id = ?")
    assert OF_ONE.search("SELECT n.pupil_id, n.name FROM note n")
    assert OF_ONE.search("SELECT surname FROM pupil ORDER BY sort_key")


def test_every_reference_to_a_row_of_a_pupils_is_known_to_the_rule() -> None:
    import sqlite3

    con = sqlite3.connect(":memory:")
    for script in migrate.scripts():
        for statement in migrate.statements(script.text):
            con.execute(statement)
    names = [row[0] for row in con.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    owned = {name for name in names if "pupil_id" in {row[1] for row in con.execute(f'PRAGMA table_info("{name}")')}}
    for table in owned - {"mark_amendment"}:  # it bears the pupil of its mark, and the register's store sees to it
        refers = {
            (row[3], row[2])
            for row in con.execute(f'PRAGMA foreign_key_list("{table}")')
            if row[2] in owned and row[3] not in ("pupil_id", "same_as")
        }
        known = {(column, other) for column, other, _key in same.REFERS.get(table, ())}
        assert refers - known <= {(column, table) for column, _other in refers}, f"name in same.REFERS what {table} refers to"
    con.close()


GIVES_RECORDS = {
    "merging": "it is about records, not people",
    "mistaken": "it is about one row",
    "erasing": "an order names every record",
    "pupils.own_row": "asks for the very row",
    "pupils.merged": "tells of the records that went",
    "pupils.holder_of_upn": "asks for the very row",
    "pupils.stands_for_itself": "asks of the very row",
    "contacts.own_row": "asks for the very row",
    "contacts.owner": "asks in whose record a row stands",
    "ledger.log_rows": "the log is as it was written",
    "amendments.of_pupil": "names the very row that was changed",
    "figures": "each row's person is looked up in «people»",
    "acts": "what an act did is told as it was done",
    "audit": "the log is as it was written",
}


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Unit, str, list[str]]]:
    """Pupils with something of everything, merged: the unit, the record kept, and those that went."""
    unit = new_unit(tmp_path_factory.mktemp("same") / "unit" / "unit.pupildesk")
    kept, *others = (filled(unit, random.Random(seed), "Quill", date(2012, 5, 6)).id for seed in range(6))
    for other in others:
        merging.merge(unit.desk, kept, other, reason="One girl")
    yield unit, kept, others
    unit.desk.vault.close()


def readers() -> list[tuple[str, Callable[..., Any]]]:
    """The store's functions that read of one pupil (vault, pupil_id) or of all (vault)."""
    found = []
    for module in pkgutil.walk_packages(pupil_desk.store.__path__, "pupil_desk.store."):
        loaded = import_module(module.name)
        stem = module.name.rpartition(".")[2]
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            place = f"{stem}.{name}"
            if function.__module__ != loaded.__name__ or name.startswith("_") or {stem, place} & set(GIVES_RECORDS):
                continue
            needed = [
                p.name for p in inspect.signature(function).parameters.values() if p.default is p.empty and p.kind is not p.VAR_POSITIONAL
            ]
            if needed in (["vault"], ["vault", "pupil_id"]):
                found.append((place, function))
    return found


def test_no_reader_names_the_record_that_went(merged: tuple[Unit, str, list[str]]) -> None:
    unit, kept, others = merged
    assert len(readers()) > 100
    for place, reader in readers():
        one = "pupil_id" in inspect.signature(reader).parameters
        told = shown(reader(unit.desk.vault, kept) if one else reader(unit.desk.vault))
        assert not [other for other in others if other in told], (
            f"{place} gives rows of the record that was merged as if it were another pupil's"
        )
        if one:
            assert told == shown(reader(unit.desk.vault, others[0])), f"{place} does not read of one person by either record"


def shown(value: Any) -> str:
    """All that a reader gives, as text: rows, records, and what is in them."""
    if isinstance(value, dict):
        return repr({shown(key): shown(each) for key, each in value.items()})
    if isinstance(value, list | tuple | set):
        return repr([shown(each) for each in value])
    return repr(tuple(value)) if type(value).__name__ == "Row" else repr(value)


def test_most_readers_are_tried() -> None:
    assert len(readers()) > 25
