"""What LibreOffice reads in the tables that we write: the same, cell for cell, with a lock or without."""

import json
import os
import subprocess
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.documents.files.csv_table import csv_bytes, guard
from pupil_desk.documents.files.locked_xlsx import locked_xlsx
from pupil_desk.documents.files.xlsx_table import XlsxTable, xlsx_bytes

DEBIANS_PYTHON = "/usr/bin/python3"  # the one that has the module uno
PASSWORD = "harbour-lantern-meadow-thistle-copper-kettle"
HEADER = ("surname", "phone", "upn", "postcode", "dob", "note", "sessions", "looked_after")
ROWS = [
    ("O’Brien-Łukasz", "01632 960201", "A000011112228", "AL28 2QN", date(2012, 2, 29), "=1+1", 12, True),
    ("Zoë", "007", "0123456789012", "1E2", date(2011, 12, 1), "+cmd|' /C calc'!A0", -3, False),
    ("ليلى 花子", "+44 7700 900123", "0000000001", "SEP1", None, "two\nlines, and \"quotes\"; 'one'", 0, None),
    ("1-2", "MAR2", "12345678901234567890", "TRUE", date(1999, 1, 31), "@SUM(A1)", None, None),
]
SHOWN = [["Y" if cell is True else "N" if cell is False else "" if cell is None else str(cell) for cell in row] for row in ROWS]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What LibreOffice, started once, reads in each file."""
    folder = tmp_path_factory.mktemp("office")
    again = [XlsxTable("Pupils", HEADER, ROWS), XlsxTable("Second: [part]", ("upn",), [("007",)])]
    book = xlsx_bytes(again, [("Purpose", "=to read")], datetime(2026, 11, 24, 10, 5))
    files = {
        "a.csv": csv_bytes(HEADER, ROWS),
        "a.xlsx": book,
        "locked.xlsx": locked_xlsx(book, PASSWORD),
        "wrong.xlsx": locked_xlsx(book, "another"),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    as_text = {
        "filter": "Text - txt - csv (StarCalc)",
        "options": "44,34,76,1," + "/".join(f"{place}/2" for place in range(1, len(HEADER) + 1)),
    }
    asked = [
        {"path": str(folder / "a.csv"), **as_text},
        {"path": str(folder / "a.xlsx")},
        {"path": str(folder / "locked.xlsx"), "password": PASSWORD},
        {"path": str(folder / "wrong.xlsx"), "password": PASSWORD},
    ]
    env = {**os.environ, "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [DEBIANS_PYTHON, Path(__file__).with_name("office.py")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=240,
        env=env,
    )
    if "No module named 'uno'" in run.stderr:
        pytest.skip("not on this machine: python3-uno")
    assert run.stdout.endswith("]\n"), f"status {run.returncode}: {run.stderr}"  # how LibreOffice goes down once it has answered is its own
    return dict(zip(files, json.loads(run.stdout), strict=True))


def shown(rows: list[list[list[str]]]) -> list[list[str]]:
    return [[cell[1] for cell in row] for row in rows]


@pytest.mark.needs("soffice")
def test_a_csv_is_read_back_equal(read: Mapping[str, Any]) -> None:
    (rows,) = read["a.csv"]["sheets"].values()
    assert shown(rows) == [
        list(HEADER),
        *(
            [guard(cell) if isinstance(given, str) else cell for cell, given in zip(line, row, strict=True)]
            for line, row in zip(SHOWN, ROWS, strict=True)
        ),
    ]
    assert all(cell[0] in ("TEXT", "EMPTY") for row in rows for cell in row)


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", ["a.xlsx", "locked.xlsx"])
def test_a_workbook_is_read_back_equal_and_of_its_types(read: Mapping[str, Any], name: str) -> None:
    told = read[name]
    assert list(told["sheets"]) == ["Pupils", "Second part", "About this file"]
    rows = told["sheets"]["Pupils"]
    for line, row in zip(rows[1:], ROWS, strict=True):
        for (kind, text, formula), given in zip(line, row, strict=True):
            if isinstance(given, date):
                assert (kind, text) == ("VALUE", f"{given:%d/%m/%Y}")
            elif isinstance(given, int) and not isinstance(given, bool):
                assert (kind, text, formula) == ("VALUE", str(given), str(given))
            else:
                assert kind == ("EMPTY" if given is None else "TEXT")
                assert text == ({True: "Y", False: "N"}.get(given, given) if given is not None else "")
    assert shown(told["sheets"]["Second part"]) == [["upn"], ["007"]]
    assert told["sheets"]["About this file"][0][1][:2] == ["TEXT", "=to read"]
    assert told["author"] == ""


@pytest.mark.needs("soffice")
def test_a_workbook_of_another_password_is_refused(read: Mapping[str, Any]) -> None:
    assert "sheets" not in read["wrong.xlsx"]
