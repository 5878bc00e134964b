"""The completeness sheet says of every section as many records as the file holds: counted a second time by plain SQL over its tables."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.documents.blocks import Table, texts_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import compiling, deciding, paper
from pupil_desk.services.sheet.sections import APART, TABLES
from tests.services.packs.made import Scene
from tests.trained import training_unit

PERSON = "(SELECT id FROM pupil WHERE id = ?1 OR same_as = ?1)"
ROWS = {
    "pupil": f"SELECT (SELECT count(*) FROM pupil WHERE id IN {PERSON}) + (SELECT count(*) FROM merging WHERE kind = 'pupil' AND ?1 IN (record_id, kept_id)) "
    f"+ (SELECT count(*) FROM pupil_mistaken WHERE pupil_id IN {PERSON})",
    "assessments": f"SELECT count(*) FROM assessment WHERE pupil_id IN {PERSON}",
    "protections": f"SELECT count(*) FROM protection WHERE pupil_id IN {PERSON}",
    "choices": f"SELECT count(*) FROM choice WHERE pupil_id IN {PERSON}",
    "consents": f"SELECT count(*) FROM consent_event WHERE pupil_id IN {PERSON}",
    "disclosures": f"SELECT count(*) FROM disclosure WHERE pupil_id IN {PERSON}",
    "forms": f"SELECT (SELECT count(*) FROM paper_form WHERE pupil_id IN {PERSON}) + (SELECT count(*) FROM scan_page WHERE pupil_id IN {PERSON}) + (SELECT count(*) FROM register_sheet_row WHERE pupil_id IN {PERSON})",
    "notices": f"SELECT count(*) FROM notice_issue WHERE pupil_id IN {PERSON}",
    "attachments": f"SELECT count(*) FROM attachment WHERE pupil_id IN {PERSON}",
    "restricted_notes": f"SELECT count(DISTINCT note_id) FROM restricted_note WHERE pupil_id IN {PERSON}",
    "packs": f"SELECT (SELECT count(*) FROM pack WHERE pupil_id IN {PERSON}) + (SELECT count(*) FROM pack_made WHERE pupil_id IN {PERSON})",
}
"""Sections of which not every row of every table is a record of its own; of all others each row is one."""


def counted(desk: Desk, pupil_id: str) -> dict[str, int]:
    """Each section with the number of its rows, asked of the tables."""
    found = {}
    for section, tables in ((name, tables) for name, tables in TABLES.items() if name not in APART):
        asked = [ROWS[section]] if section in ROWS else [f"SELECT count(*) FROM {table} WHERE pupil_id IN {PERSON}" for table in tables]
        found[section] = sum(int(desk.vault.rows(sql, (pupil_id,))[0][0]) for sql in asked)
    return found


def everyone(desk: Desk) -> list[str]:
    return [str(row["id"]) for row in desk.vault.rows("SELECT id FROM pupil WHERE same_as IS NULL ORDER BY ref")]


def unit_of(path: Path, number: int) -> Desk:
    return training_unit(path / "unit.pupildesk", number=number, clock=FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))).desk


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = unit_of(tmp_path_factory.mktemp("counted"), 60)
    yield desk
    desk.vault.close()


def agree(desk: Desk) -> int:
    """Every pupil's sheet beside the count; how many sections of all pupils hold something."""
    held = 0
    for pupil_id in everyone(desk):
        told = {part.name: part.number for part in compiling.parts_of(desk, pupil_id)}
        assert told == counted(desk, pupil_id)
        held += sum(bool(number) for number in told.values())
    return held


def test_every_sheet_of_a_demonstration_equals_the_count(small: Desk) -> None:
    assert agree(small) > 400


@pytest.mark.torture
def test_every_sheet_of_a_demonstration_of_300_equals_the_count(tmp_path: Path) -> None:
    desk = unit_of(tmp_path, 300)
    try:
        assert len(everyone(desk)) == 300
        assert agree(desk) > 2000
    finally:
        desk.vault.close()


def test_the_count_sees_a_record_that_the_sheet_leaves_out(small: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services import sheet

    whole = sheet.everything

    def short(desk: Desk, pupil_id: str, *, restricted: bool = True) -> list[sheet.SheetSection]:
        return [
            sheet.SheetSection(one.name, one.title, one.entries[1:] if one.name == "history" else one.entries)
            for one in whole(desk, pupil_id, restricted=restricted)
        ]

    monkeypatch.setattr(sheet, "everything", short)
    with pytest.raises(AssertionError):
        agree(small)


def test_the_first_pages_say_each_number_or_that_nothing_is_held(scene: Scene) -> None:
    scene.add_secret()
    made = scene.compiled(scene.begin())
    [table] = [
        block
        for block in paper.story(scene.officer, made)
        if isinstance(block, Table) and block.caption == "What stands in this copy, counted"
    ]
    said = {str(row[0]): (str(row[1]), str(row[2])) for row in table.rows}
    assert said["Notes"][0] == "1"
    assert said["Family and other contacts"][0] == "2"
    assert said["Restricted notes"] == ("1", "To be added")
    titles = [part.title for part in made.parts]
    assert len(titles) == len(TABLES) - len(APART)
    assert [int(said[title][0]) if title in said else 0 for title in titles] == list(counted(scene.officer, scene.bea.id).values())


def test_what_nothing_is_held_of_is_one_line_with_every_name(scene: Scene) -> None:
    made = scene.compiled(scene.begin())
    [line] = [text for text in texts_of(paper.story(scene.officer, made)) if text.startswith("Nothing stands in this copy about: ")]
    named = line.removeprefix("Nothing stands in this copy about: ").removesuffix(".").split("; ")
    unsaid = "protections"  # where a copy said of some that there are none, it would tell of the others that there are
    assert [name.casefold() for name in named] == [part.title.casefold() for part in made.parts if not part.number and part.name != unsaid]
    assert "medicines" in named


def test_a_section_that_is_left_out_is_counted_all_the_same(scene: Scene) -> None:
    made = deciding.withhold_section(scene.officer, scene.compiled(scene.begin()), "notes", exemption="serious-harm-education")
    [table] = [
        block
        for block in paper.story(scene.officer, made)
        if isinstance(block, Table) and block.caption == "What stands in this copy, counted"
    ]
    assert ["Notes", "1", "Withheld: see there"] in [list(map(str, row)) for row in table.rows]
