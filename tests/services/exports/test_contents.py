"""File, preview and receipt say the same of every export: the file is read again by programs that are not ours, and held against the two."""

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from pupil_desk.basics.clock import FixedClock
from pupil_desk.documents.papers.receipt import Receipt
from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport, choosable_items
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import EXPORTS, run_export
from pupil_desk.services.exports.contents import without_places
from pupil_desk.services.exports.export import Export, Format
from pupil_desk.services.exports.listing import one_made
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.own import versions
from pupil_desk.services.exports.own.rows import export_of
from pupil_desk.services.exports.papers.receipt_paper import receipt_of
from pupil_desk.services.exports.previewing import Preview, preview
from pupil_desk.services.notes import readers
from pupil_desk.store.tables import pupils
from tests.services.exports.made import MOMENT
from tests.trained import training_unit

OWN = OwnExport(
    title="Everything",
    recipient="Larkfield Reviewers",
    purpose="To review",
    basis="public-task",
    law="A law of ours",
    condition="Article 9(2)(g)",
    columns=tuple(OwnColumn(path, path) for path in [*choosable_items()][:40]),
)
FORMS = [(export, form) for export in (*EXPORTS, export_of(OWN)) for form in export.layouts]
TABLES = [(export, form) for export, form in FORMS if form is not Format.PDF and not export.in_full]


def str_of(param: Export | Format) -> str:
    return param.value if isinstance(param, Format) else param.name or "own"


@dataclass(frozen=True)
class Table:
    """A table as another program reads it: how many rows, its headings, and those with a value in any row."""

    rows: int
    headings: frozenset[str]
    filled: frozenset[str]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = training_unit(tmp_path_factory.mktemp("unit") / "unit.pupildesk", number=24, clock=FixedClock(MOMENT)).desk
    if readers.may_read(made):
        readers.set_reader(made, made.user, may=False, reason="Another is the lead")
    versions.approve(made, versions.save(made, OWN).id)
    yield made
    made.vault.close()


@dataclass(frozen=True)
class Made:
    """An export that was made of whoever is due, and protected pupils; its preview, and its receipt as it was kept."""

    export: Export
    preview: Preview
    made: ExportMade
    receipt: Receipt
    folder: Path


def made(desk: Desk, export: Export, form: Format, folder: Path) -> Made:
    everybody = (
        frozenset(pupil.id for pupil in pupils.all_pupils(desk.vault)) if export.once else None
    )  # else nothing is due the second time
    order = ExportOrder(reason="A test", plain=True, format=form, pupils=everybody, holder="Acme Records" if export.in_full else "")
    name = export.name or next(one.name for one in versions.usable(desk) if one.title == OWN.title)
    seen, written = preview(desk, name, order), run_export(desk, name, folder, order)
    return Made(export, seen, written, receipt_of(desk, one_made(desk, written.export_id)), folder)


def table_of(lines: list[list[object]]) -> Table:
    headings = [str(heading) for heading in lines[0]]
    filled = {heading for line in lines[1:] for heading, cell in zip(headings, line, strict=True) if cell not in (None, "")}
    return Table(len(lines) - 1, frozenset(headings), frozenset(filled))


def tables_in(path: Path) -> Iterator[Table]:
    """The tables of data of a file: neither «About this file» nor what explains the columns of a census."""
    if path.suffix.lower() == ".csv":
        with open(path, encoding="utf-8-sig", newline="") as file:
            yield table_of([list(line) for line in csv.reader(file)])
    elif path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            if name not in ("About this file", "columns"):
                yield table_of(book.get_sheet_by_name(name).to_python())
    else:
        root = etree.parse(path).getroot()
        (pupil,) = root.iterfind("CTFpupilData/Pupil")
        tree = etree.ElementTree(pupil)
        leaves = {without_places(tree.getelementpath(leaf)) for leaf in pupil.iter() if len(leaf) == 0 and (leaf.text or "").strip()}
        yield Table(1, frozenset(leaves | {"Header"}), frozenset(leaves | {"Header"}))


def headings_in(fields: list[str]) -> set[str]:
    """The headings that a receipt names: in brackets after the words, or in place of them."""
    found: set[str] = set()
    for field in fields:
        found |= set(field.rpartition(" (")[2][:-1].split(", ")) if field.endswith(")") else {field}
    return found


def words_in(fields: list[str]) -> set[str]:
    return {field.rpartition(" (")[0] if field.endswith(")") else field for field in fields}


@pytest.mark.parametrize(("export", "form"), TABLES, ids=str_of)
def test_the_receipt_names_each_column_of_the_file_filled_or_empty_and_counts_its_rows(
    desk: Desk, export: Export, form: Format, tmp_path: Path
) -> None:
    done = made(desk, export, form, tmp_path)
    paths = [tmp_path / file.name for file in done.made.files if not file.name.endswith("-columns.csv")]
    tables = [table for path in paths for table in tables_in(path)]
    filled = set[str]().union(*(table.filled for table in tables))
    assert headings_in([*done.receipt.fields]) == filled
    assert headings_in([*done.receipt.empty]) >= set[str]().union(*(table.headings for table in tables if table.rows)) - filled
    of_unit = 1 if export.name == "school-census" else 0
    assert done.receipt.rows == sum(table.rows for table in tables) - of_unit == done.made.rows
    if export.name == "school-week":  # a workbook of four tables for each school
        assert [number for _name, number in done.receipt.sheets] == [sum(table.rows for table in tables[place::4]) for place in range(4)]
    elif done.receipt.sheets:
        assert sorted(number for _name, number in done.receipt.sheets) == sorted(table.rows for table in tables)


@pytest.mark.parametrize(("export", "form"), FORMS, ids=str_of)
def test_the_preview_says_in_the_same_words_what_goes_and_what_is_kept_back(
    desk: Desk, export: Export, form: Format, tmp_path: Path
) -> None:
    done = made(desk, export, form, tmp_path)
    going = [line for line in done.preview.lines if line.level]
    if not export.in_full:
        beside = {"of the file itself and the unit: name, number, version, day"}
        said = {word for line in going for word in line.goes}
        assert words_in([*done.receipt.fields]) - (beside if not going else set()) == said
    assert done.receipt.pupils == len({line.pupil.id for line in going}) == done.preview.pupils
    kept_back = Counter(word for _pupil, word in {(line.pupil.id, word) for line in going for word in line.kept_back})
    assert dict(map(tuple, done.receipt.withheld)) == kept_back
    assert Counter(reason for _ref, reason in done.receipt.left_out) == Counter(
        line.in_short for line in done.preview.lines if not line.level
    )
    for word in kept_back:
        assert word in " ".join(done.made.receipt_text.split())


def test_of_the_whole_unit_the_receipt_counts_what_lies_in_the_package(desk: Desk, tmp_path: Path) -> None:
    (export,) = (export for export in EXPORTS if export.in_full)
    done = made(desk, export, Format.CSV, tmp_path)
    (package,) = tmp_path.rglob("datapackage.json")
    resources = json.loads(package.read_text("utf-8"))["resources"]
    tables = {one["name"]: table for one in resources for table in tables_in(package.parent / one["path"])}
    assert dict(done.receipt.sheets) == {name: table.rows for name, table in tables.items()}
    assert done.receipt.rows == sum(table.rows for table in tables.values())
    papers = len([*(package.parent / "papers").iterdir()])
    assert list(done.receipt.fields) == [f"everything on file, in {len(tables)} tables, and {papers:,} papers"]
    assert f"{done.receipt.rows:,} in {len(tables)} tables" in done.made.receipt_text
    assert [what for what, _number in done.receipt.withheld] == ["what restricted notes say"]
    assert "Kept back:    of 1 pupil what restricted notes say\n" in done.made.receipt_text
    assert "nothing lost" not in done.made.receipt_text


def test_who_takes_the_whole_unit_stands_in_the_receipt_the_log_and_on_the_opening_sheet(desk: Desk, tmp_path: Path) -> None:
    from pupil_desk.documents.blocks import plain_text
    from pupil_desk.services.disclosures import told
    from pupil_desk.services.exports.papers.opening_sheet import opening_stories

    order = ExportOrder(reason="A test", holder="  Acme Records Ltd ")
    written = run_export(desk, "whole-unit", tmp_path, order)
    name = "Acme Records Ltd (whoever keeps our records for us, or takes our place)"
    assert name in " ".join(written.receipt_text.split())
    assert name in {disclosure.recipient for disclosure in told.log(desk) if disclosure.what.startswith("The whole unit")}
    assert all(name in plain_text(story) for story in opening_stories(desk, written.export_id))
    assert zipfile.is_zipfile(io.BytesIO((tmp_path / written.files[0].name).read_bytes()))
