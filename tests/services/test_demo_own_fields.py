"""The fields of the training unit's own: some pupils have a locker, some a bus pass, and they are seen wherever items are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.run import template
from pupil_desk.services.many.workbook import save_workbook
from pupil_desk.services.notices import notice_text
from pupil_desk.services.pupils import lists, pupils
from pupil_desk.services.unit import own_fields
from tests.trained import training_unit

LABELS = ["Locker number", "Bus pass until", "Best reached"]
LOCKER, BUS_PASS, REACHED = "own_text_1", "own_date_2", "own_code_3"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    clock = FixedClock(datetime(2026, 11, 24, 10, 5, tzinfo=UTC))
    made = training_unit(tmp_path_factory.mktemp("demo") / "unit.pupildesk", number=24, clock=clock).desk
    yield made
    made.vault.close()


def test_there_are_three_and_something_stands_in_each(desk: Desk) -> None:
    states = own_fields.fields(desk)
    assert [state.label for state in states] == LABELS
    assert [state.record_count for state in states] == [8, 6, 13], "one of the contacts was entered twice"
    on_file = pupils.on_roll(desk, desk.today)
    numbers = [number for pupil in on_file if (number := getattr(pupil, LOCKER))]
    assert len(set(numbers)) == len(numbers), "no two pupils have one locker"
    assert {getattr(pupil, BUS_PASS) for pupil in on_file} == {None, date(2027, 7, 22)}


def test_they_are_on_the_form_the_list_the_workbook_and_in_the_notice(desk: Desk, tmp_path: Path) -> None:
    assert [item.label for item in items_of(Pupil)][-2:] == LABELS[:2]
    assert items_of(Contact)[-1].label == LABELS[2]
    lists.choose_columns(desk, [LOCKER, BUS_PASS])
    columns = lists.columns(desk)
    assert [column.label for column in columns] == LABELS[:2]
    assert lists.cells(desk, columns)[LOCKER]
    assert template("pupils").strip().endswith(f"{LOCKER},{BUS_PASS}")
    path = tmp_path / "pupils.xlsx"
    save_workbook(desk, [pupil.id for pupil in pupils.on_roll(desk, desk.today)], path)
    headings, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Pupils").to_python()
    place = headings.index(LABELS[0])
    assert "L04" in {row[place] for row in rows}
    told = {label for row in notice_text.annex_from(notice_text.edition_text(desk.settings, desk.today)).items for label in row.labels}
    assert [label for label in LABELS if not any(label.casefold() in words.casefold() for words in told)] == []
