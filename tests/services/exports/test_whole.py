"""The whole unit, read back by programs that are not ours: every row of every table that holds a pupil's data, value by value; and who may hold it."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.catalogue.own_values import is_own
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import bin as recycle_bin
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.previewing import preview
from pupil_desk.services.exports.whole import WHOLE_UNIT
from pupil_desk.services.exports.whole.tables import APART, UNSAID, texts, whole_tables
from pupil_desk.services.notes import notes, readers, second_key
from pupil_desk.services.notices import notice_copies
from pupil_desk.services.unit import staff, units
from pupil_desk.store.tables import under_second_key, whole
from tests.services.exports.made import MOMENT, Unit
from tests.trained import training_unit

ADDED = {"pupil": ["taken_away"]}
"""Columns that the file does not have, by the table."""
RESTRICTED_TEXT = "Told me, in confidence"


@dataclass
class Made:
    """The export as it lies in a folder: who made it, what was made, and the folder with its files."""

    desk: Desk
    made: ExportMade
    folder: Path

    @property
    def description(self) -> Mapping[str, object]:
        described = json.loads((self.folder / "datapackage.json").read_text("utf-8"))
        assert isinstance(described, dict)
        return described

    def table(self, name: str) -> list[dict[str, str]]:
        with open(self.folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def everybody(desk: Desk) -> frozenset[str]:
    """All protected pupils, as they are ticked by name."""
    return frozenset(line.pupil.id for line in preview(desk, "whole-unit", ExportOrder(reason="")).lines if line.held_back)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Of a training unit, by a data officer who is named to read restricted notes, with the protected pupils."""
    folder = tmp_path_factory.mktemp("moved")
    (folder / "unit").mkdir()
    path, clock = folder / "unit" / "unit.pupildesk", FixedClock(MOMENT)
    training = training_unit(path, number=24, clock=clock)
    officer = training.desk.user
    readers.set_reader(training.desk, officer, may=True, reason="Safeguarding lead")
    units.sign_out(training.desk)
    lead = next(name for name, role in training.users if role is Role.ASSISTANT_HEAD)
    desk = units.sign_in(path, name=lead, password=training.password, clock=clock)
    second_key.hand_over(desk, officer)
    units.sign_out(desk)
    desk = units.sign_in(path, name=officer.name, password=training.password, clock=clock)
    out = folder / "stick"
    out.mkdir()
    made = run_export(desk, "whole-unit", out, ExportOrder(reason="A new program", plain=True, confirm=everybody(desk)))
    (inner,) = [path for path in out.iterdir() if path.is_dir()]
    yield Made(desk, made, inner)
    desk.vault.close()


def kept(desk: Desk) -> Iterator[tuple[str, list[str], list[tuple[object, ...]]]]:
    """Every table that holds a pupil's data, read from the file by itself: name, columns and rows; files by their kind alone.

    What is under the second key stands as it reads to who holds that. Fields of the unit's own, which stand in one column, go one by one.
    """
    for row in desk.vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        table = str(row["name"])
        columns = [str(column["name"]) for column in desk.vault.rows(f'PRAGMA table_info("{table}")')]
        if table == "pupil" or "pupil_id" in columns:
            fields = desk.vault.rows("SELECT name FROM own_field WHERE record = ? ORDER BY seq", (table,))
            own_names = [str(field["name"]) for field in fields]
            columns = [name for column in columns for name in (own_names if column == "own" else [column])]
            columns = [column for column in columns if column not in ("key_id", "own_body", "own_key_id")]
            yield table, columns, list(lines(desk, table, columns))


def lines(desk: Desk, table: str, columns: list[str]) -> Iterator[tuple[object, ...]]:
    what = next((what for what in under_second_key.ALL if what.table == table), None)
    if what is None:
        names = ", ".join(f"own ->> '$.{column}'" if is_own(column) else f'"{column}"' for column in columns)
        yield from (tuple(line) for line in desk.vault.rows(f'SELECT {names} FROM "{table}"'))
        return
    for line in desk.vault.rows(f"SELECT *, {what.read('t')} FROM {table} t"):
        yield tuple(under_second_key.read(desk.vault, what, line, column) if column in what.columns else line[column] for column in columns)


def as_text(value: object) -> str:
    return "" if value is None else str(value)


def without_later(desk: Desk, table: str, rows: list[tuple[object, ...]], columns: list[str]) -> list[tuple[object, ...]]:
    """Without what the export itself left: who was told, and digests of it."""
    if table not in ("disclosure", "export_row"):
        return rows
    (last,) = desk.vault.rows("SELECT id FROM export_made WHERE name = 'whole-unit'")
    if table == "disclosure":
        return [row for row in rows if row[columns.index("export_id")] != last["id"]]
    return []


def test_every_row_of_every_table_with_a_pupils_data_is_read_back_by_three_programs(moved: Made) -> None:
    import duckdb  # both when they are needed: every process of the suite would hold them
    import pandas as pd

    told = 0
    for table, columns, everything in kept(moved.desk):
        if table in texts().left_out:
            continue
        untold = table in UNSAID  # the data officer is no safeguarding lead
        rows = [] if untold else without_later(moved.desk, table, everything, columns)
        files = {column for name, column in whole.MEDIA if name == table}
        plain = [
            place for place, column in enumerate(columns) if column not in files and not any(isinstance(row[place], bytes) for row in rows)
        ]
        headings = [*columns, *ADDED.get(table, ())]
        expected = sorted(tuple(as_text(row[place]) for place in plain) for row in rows)
        path = str(moved.folder / f"{table}.csv")
        by_csv = [tuple(line[columns[place]] for place in plain) for line in moved.table(table)]
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        by_pandas = [tuple(line[place] for place in plain) for line in frame.itertuples(index=False, name=None)]
        relation = duckdb.sql(
            f"SELECT * FROM read_csv('{path}', all_varchar=true, header=true, delim=',', quote='\"', escape='\"', auto_detect=false, columns={dict.fromkeys(headings, 'VARCHAR')})"
        )
        by_duckdb = [tuple(as_text(line[place]) for place in plain) for line in relation.fetchall()]
        assert list(frame.columns) == headings == relation.columns
        assert sorted(by_csv) == expected, table
        assert sorted(by_pandas) == expected, table
        assert sorted(by_duckdb) == expected, table
        told += len(expected)
    assert told > 3000
    assert moved.made.left_out == ()


def test_the_files_are_those_that_are_kept(moved: Made) -> None:
    vault = moved.desk.vault
    papers = [(row, (moved.folder / row["body"]).read_bytes()) for row in moved.table("attachment_content")]
    assert papers
    for row, data in papers:
        stored = vault.first_row("SELECT body FROM attachment_content WHERE id = ?", (row["id"],))
        assert stored is not None
        assert data == stored["body"]
    given = moved.table("notice_copy")
    assert given
    for row in given:
        assert (moved.folder / row["body"]).read_bytes() == notice_copies.given_file(moved.desk, row["issue_id"]).data
    for row in moved.table("scan_page"):
        stored = vault.first_row("SELECT picture FROM scan_page WHERE id = ?", (row["id"],))
        assert stored is not None
        assert (moved.folder / row["picture"]).read_bytes() == stored["picture"]


def test_the_description_names_every_table_and_column_with_what_it_is(moved: Made) -> None:
    resources = moved.description["resources"]
    assert isinstance(resources, list)
    described = {resource["name"]: resource for resource in resources}
    assert set(described) == {path.stem for path in moved.folder.glob("*.csv")}
    for table, columns, _rows in kept(moved.desk):
        if table in texts().left_out:
            continue
        fields = {field["name"]: field for field in described[table]["schema"]["fields"]}
        assert list(fields) == [*columns, *ADDED.get(table, ())]
        for name, field in fields.items():
            assert field["description"], f"say what {table}.{name} is in resources/whole_unit/tables.toml"
        for item in items_of(RECORDS[table]) if table in RECORDS and table not in APART else ():
            assert fields[item.name]["title"] == item.label
        assert table == "pupil" or described[table]["title"] not in ("", "Record") or table in RECORDS, f"say what {table} is"
        for key in described[table]["schema"].get("foreignKeys", ()):
            assert set(key["fields"]) <= set(columns)
            assert key["reference"]["resource"] in {"", *described}
    assert {"table": "pupil", "there": ["id"]} in [
        {"table": key["reference"]["resource"], "there": key["reference"]["fields"]}
        for key in described["contact"]["schema"]["foreignKeys"]
    ]
    codes = {(row["list"], row["code"]): row["label"] for row in moved.table("code")}
    assert codes["sen_provision", "E"]
    assert {row["sen_provision"] for row in moved.table("pupil")} - {""} <= {code for name, code in codes if name == "sen_provision"}


def test_what_is_typed_stands_as_it_is_typed(unit: Unit, stick: Path) -> None:
    """Breaks, quotes, commas, what a spreadsheet would run, and an empty text beside no value."""
    import pandas as pd

    odd = 'She said “no”,\r\nthen "yes", =1+1\n'
    pupil = unit.pupil("=HYPERLINK(1)", "Zoë, O’Brien", date(2012, 1, 5), phone="+44 20 7946 0000")
    notes.add(unit.desk, Note(pupil_id=pupil.id, category="family", text=odd, day=unit.desk.today))
    folder = export(unit, stick)
    (row,) = table(folder, "pupil")
    assert (row["surname"], row["forename"], row["phone"], row["upn"]) == ("=HYPERLINK(1)", "Zoë, O’Brien", "+44 20 7946 0000", "")
    (stored,) = unit.desk.vault.rows("SELECT text FROM note")
    assert [line["text"] for line in table(folder, "note")] == [stored["text"]]
    frame = pd.read_csv(io.BytesIO(folder["note.csv"]), dtype=str, keep_default_na=False)
    assert list(frame["text"]) == [stored["text"]]


def export(unit: Unit, stick: Path, **order: object) -> dict[str, bytes]:
    """The files of a locked one by name, without its folder: those under a lock of their own too."""
    made = run_export(unit.desk, "whole-unit", stick, replace(ExportOrder(reason="A new program"), **order))
    found: dict[str, bytes] = {}
    for name, words in made.secrets:
        found |= {inner.partition("/")[2]: data for inner, data in unlocked((stick / name).read_bytes(), words).items()}
    return found


def table(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode("utf-8"), newline="")))


def test_a_protected_pupil_is_in_no_table_unless_confirmed_by_name(unit: Unit, stick: Path) -> None:
    seen, hidden = unit.pupil("Abel", "Ann", date(2012, 1, 5)), unit.pupil("Quill", "Bea", date(2012, 5, 6))
    unit.contact(hidden, "Hiddenname")
    unit.protect(hidden)
    files = export(unit, stick)
    described = json.loads(files["datapackage.json"])["description"]
    assert (described.startswith("All that"), "They may not be all its pupils" in described) == (False, True)
    assert [row["id"] for row in table(files, "pupil")] == [seen.id]
    for name, data in files.items():
        if name not in ("log.csv", "datapackage.json", "code.csv"):
            assert hidden.id.encode() not in data, name
        assert b"Hiddenname" not in data, name
    again = export(unit, stick, confirm=frozenset({hidden.id}))
    assert {row["id"] for row in table(again, "pupil")} == {seen.id, hidden.id}
    assert [row["surname"] for row in table(again, "contact")] == ["Hiddenname"]


def test_restricted_notes_go_for_a_named_reader_alone_and_under_a_lock_of_their_own(unit: Unit, stick: Path) -> None:
    pupil = unit.pupil("Abel", "Ann", date(2012, 1, 5))
    readers.set_reader(unit.desk, unit.desk.user, may=True, reason="Safeguarding lead")
    notes.add(unit.desk, Note(pupil_id=pupil.id, category="family", text=RESTRICTED_TEXT, day=unit.desk.today), restrict=True)
    made = run_export(unit.desk, "whole-unit", stick, ExportOrder(reason="A new program"))
    assert [name.endswith("-restricted.zip") for name, _words in made.secrets] == [False, True]
    (all_name, all_words), (apart_name, apart_words) = made.secrets
    assert all_words != apart_words
    assert not any(RESTRICTED_TEXT.encode() in data for data in unlocked((stick / all_name).read_bytes(), all_words).values())
    apart = unlocked((stick / apart_name).read_bytes(), apart_words)
    assert [name.rpartition("/")[2] for name in apart] == ["restricted_note.csv"]
    assert RESTRICTED_TEXT.encode() in b"".join(apart.values())
    assert ("view", pupil.id, "1") in unit.log()
    assert "a file of their own" in WHOLE_UNIT.question(unit.desk)  # type: ignore[misc]
    lead = staff.add_user(unit.desk, "Jo Lead", Role.ASSISTANT_HEAD, "window copper garden ladder")
    readers.set_reader(unit.desk, lead, may=True, reason="Safeguarding lead")
    readers.set_reader(unit.desk, unit.desk.user, may=False, reason="No longer")
    files = export(unit, stick)
    assert [(row["pupil_id"], row["body"]) for row in table(files, "restricted_note")] == [(pupil.id, "")]
    assert not any(RESTRICTED_TEXT.encode() in data for data in files.values())
    assert "not named to read them" in WHOLE_UNIT.question(unit.desk)  # type: ignore[misc]
    assert "left out, since who made this is not named" in files["datapackage.json"].decode()


def test_a_data_officer_alone_makes_it(unit: Unit, stick: Path) -> None:
    unit.pupil("Abel", "Ann", date(2012, 1, 5))
    for role in (Role.OFFICE, Role.ASSISTANT_HEAD):
        with pytest.raises(NotAllowed):
            run_export(unit.as_role(role), "whole-unit", stick, ExportOrder(reason="A new program"))
    assert list(stick.iterdir()) == []


def test_it_is_on_record_as_every_export(unit: Unit, stick: Path) -> None:
    pupil = unit.pupil("Abel", "Ann", date(2012, 1, 5), ethnicity="WBRI")
    made = run_export(unit.desk, "whole-unit", stick, ExportOrder(reason="A new program"))
    assert made.receipt_path.exists()
    assert "everything on file" in made.receipt_text
    (told,) = unit.desk.vault.rows("SELECT pupil_id, recipient, fields FROM disclosure")
    assert (told["pupil_id"], told["recipient"]) == (pupil.id, WHOLE_UNIT.recipient)
    assert {"pupil.surname", "pupil.ethnicity", "enrolment.start_date"} <= set(told["fields"].split(", "))
    assert "pupil.medical" not in told["fields"].split(", ")
    assert [reason for action, _about, reason in unit.log() if action == "export"][-1].startswith("whole-unit: 1 pupil, ")


def test_a_plain_one_is_a_folder_and_goes_again_whole(unit: Unit, stick: Path) -> None:
    from pupil_desk.services.exports import delivery, listing

    unit.pupil("Abel", "Ann", date(2012, 1, 5))
    made = run_export(unit.desk, "whole-unit", stick, ExportOrder(reason="A new program", plain=True))
    (folder,) = [path for path in stick.iterdir() if path.is_dir()]
    assert {file.name for file in made.files} == {f"{folder.name}/{path.name}" for path in folder.iterdir()}
    states = listing.verify_receipt(made.receipt_text, stick)
    assert len(states) == len(made.files)
    assert {state for _name, state in states} == {listing.FileState.SAME}
    delivery.delete_from_stick(unit.desk, made.export_id, stick)
    assert [path.name for path in stick.iterdir()] == [made.receipt_path.name]


def test_a_failure_leaves_no_folder(unit: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unit.pupil("Abel", "Ann", date(2012, 1, 5))

    def fail(*_arguments: object, **_named: object) -> str:
        raise RuntimeError("pulled")

    monkeypatch.setattr("pupil_desk.services.exports.making.keep_record", fail)
    with pytest.raises(RuntimeError):
        run_export(unit.desk, "whole-unit", stick, ExportOrder(reason="A new program", plain=True))
    assert list(stick.iterdir()) == []


def test_what_is_left_out_says_why_and_is_in_the_file(unit: Unit) -> None:
    names = {shape.name for shape in whole.shapes(unit.desk.vault)} | {"find"}
    assert set(texts().left_out) <= names
    assert {table.name for table in whole_tables(unit.desk.vault)} == names - set(texts().left_out)
    assert set(texts().tables) <= names


def test_who_was_taken_away_is_marked_and_the_description_says_so(unit: Unit, stick: Path) -> None:
    kept_pupil, gone = unit.pupil("Abel", "Ann", date(2012, 1, 5)), unit.pupil("Quill", "Bea", date(2012, 5, 6))
    recycle_bin.take_pupil_away(unit.desk, gone.id, "Entered twice")
    files = export(unit, stick)
    assert {row["id"]: row["taken_away"] for row in table(files, "pupil")} == {kept_pupil.id: "0", gone.id: "1"}
    described = json.loads(files["datapackage.json"])
    assert "in pupil.csv taken_away is 1" in described["description"]
    (pupil,) = (resource for resource in described["resources"] if resource["name"] == "pupil")
    assert pupil["schema"]["fields"][-1] | {"description": ""} == {
        "name": "taken_away",
        "type": "boolean",
        "title": "taken away",
        "description": "",
        "trueValues": ["1"],
        "falseValues": ["0"],
    }
