"""Fifteen fields of the unit's own, one of each kind of pupil, contact and plan, made by what is typed in the window: each is then on the form, in the list and
its filters, in what is read in and in the workbook, in the printed notice, in the copy that a family is given, and gone with an erasure."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from pupil_desk.basics.rulefiles import SHIPPED, put_in_force
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.domain.pupils.conditions import read_condition
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.run import run_import, template
from pupil_desk.services.many.workbook import WORKBOOKS, WorkbookKind, save_workbook
from pupil_desk.services.notices import notice_editions, notice_papers
from pupil_desk.services.packs import compiling, deciding, writing
from pupil_desk.services.plans import recording
from pupil_desk.services.pupils import lists, pupils
from pupil_desk.store.tables import contacts as contact_store
from pupil_desk.ui.kit.context import Context, News
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages.pupils.list.columns import ColumnMenu, MoreColumns
from pupil_desk.ui.pages.pupils.record.plans.plan_list import PlansList
from pupil_desk.ui.pages.settings import SettingsPage
from tests.services import erased_at_once
from tests.services.imports.made import TEMPORARY, table
from tests.services.packs.test_writing import text_of
from tests.services.unit.own_fields.made import KINDS, LABELS, field
from tests.ui.pages.made import PASSWORD, USER
from tests.ui.pages.settings.test_own_fields import typed
from tests.ui.whole import copy_at_desk

RECORDS = {"pupil": "", "contact": "Their ", "plan": "Agreed "}
"""What the labels of each record's fields begin with."""
SAID = {"text": "Quibble", "date": "20 May 2026", "yes-no": "Yes", "code": "Badger", "number": "3841"}


def label_of(record: str, kind: str) -> str:
    return f"{RECORDS[record]}{LABELS[kind].lower()}" if RECORDS[record] else LABELS[kind]


def names_of(record: str) -> list[str]:
    """The attributes of the fields of a record, numbered in the order in which they are made."""
    first = [*RECORDS].index(record) * len(KINDS) + 1
    words = {"yes-no": "flag"}
    return [f"own_{words.get(kind, kind)}_{first + place}" for place, kind in enumerate(KINDS)]


def value_of(record: str, kind: str) -> str:
    """As somebody types it in a list; of a text it says whose it is."""
    return f"{SAID[kind]} of {record}" if kind == "text" else SAID[kind]


@pytest.fixture(autouse=True)
def _as_shipped_again() -> Iterator[None]:
    yield
    put_in_force(SHIPPED)


@dataclasses.dataclass(frozen=True)
class Made:
    """The folder of a closed unit with all fifteen; what was said as the last was made; and the pupil of whom each is filled."""

    folder: Path
    said: str
    pupil_id: str


@pytest.fixture(scope="module")
def made_in_the_window(qapp: QApplication, invented_unit: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """All fifteen, typed on the page Settings and kept there, once for all these tests."""
    folder, answers = tmp_path_factory.mktemp("fifteen"), Answers()
    with copy_at_desk(invented_unit, folder, USER, PASSWORD) as desk:
        context = Context(desk=desk, jobs=ImmediateJobs(), ask=answers, news=News(), banner=Banner(), memory=Memory(folder / "window.json"))
        page = SettingsPage(context)
        context.news.changed.connect(page.on_change)
        page.show()
        page.on_show("fields")
        for record in RECORDS:
            for kind in KINDS:
                page.own_fields.begin()
                page.own_fields.form.take_draft(typed(field(kind, record, label=label_of(record, kind))))
                answers.answers.append(True)
                assert page.save(), [problem.message for problem in page.own_fields.form.problems()]
        made = Made(folder / "unit", context.banner.words, _read_in(desk))
        page.close()
        page.deleteLater()
    put_in_force(SHIPPED)
    return made


def _read_in(desk: Desk) -> str:
    """A pupil of whom three lists are read in, each with what her fields say."""
    stay = Enrolment(status="C", start_date=date(2026, 9, 2))
    pupil = pupils.add_pupil(desk, Pupil(surname="Quill", forename="Ada", dob=date(2008, 3, 1), upn=TEMPORARY), stay)
    heads = {"pupil": "upn|surname|forename|dob", "contact": "upn|surname|forename|relationship", "plan": "upn|kind|made_on|needs"}
    cells = {"pupil": "|Quill|Ada|1/3/2008", "contact": "|Quill|Jo|PAM", "plan": "|risk|10/09/2026|Leaves"}
    for record, kind_of_list in (("pupil", "pupils"), ("contact", "contacts"), ("plan", "plans")):
        head = "|".join((heads[record], *(label_of(record, kind) for kind in KINDS)))
        row = "|".join((TEMPORARY + cells[record], *(value_of(record, kind) for kind in KINDS)))
        outcome = run_import(desk, kind_of_list, table(f"{head}\n{row}"))
        assert outcome.refused == 0, outcome.problems
    return pupil.id


@pytest.fixture
def desk(made_in_the_window: Made, tmp_path: Path) -> Iterator[Desk]:
    """A copy of that unit, opened anew: what its fields are is read from the file."""
    with copy_at_desk(made_in_the_window.folder, tmp_path, USER, PASSWORD) as opened:
        yield opened


@pytest.fixture
def ada(made_in_the_window: Made, desk: Desk) -> Pupil:
    return pupils.record(desk, made_in_the_window.pupil_id).pupil


def test_each_is_in_the_form_of_its_record(context: Context, qtbot: QtBot) -> None:
    plans = PlansList(context, lambda: True)
    forms: dict[str, Form[Any]] = {"pupil": Form(Pupil, today=context.desk.today), "contact": Form(Contact, today=context.desk.today), "plan": plans.form}  # fmt: skip
    for record, form in forms.items():
        qtbot.addWidget(form)
        assert [form.fields[name].item.label for name in names_of(record)] == [label_of(record, kind) for kind in KINDS]
    qtbot.addWidget(plans)


def test_each_is_in_the_template_of_its_list_and_what_is_read_in_is_on_file(ada: Pupil, context: Context) -> None:
    desk = context.desk
    for record, kind_of_list in (("pupil", "pupils"), ("contact", "contacts"), ("plan", "plans")):
        assert set(template(kind_of_list).split(",")) >= set(names_of(record))
    (contact,) = contact_store.of_pupil(desk.vault, ada.id)
    (case,) = recording.of_pupil(desk, ada.id)
    for record, kept in {"pupil": ada, "contact": contact, "plan": case.now}.items():
        values = [getattr(kept, name) for name in names_of(record)]
        assert values == [f"Quibble of {record}", date(2026, 5, 20), True, "Badger", 3841]


def test_those_of_a_pupil_are_columns_of_the_list(ada: Pupil, context: Context, qtbot: QtBot) -> None:
    desk, names = context.desk, names_of("pupil")
    page = SettingsPage(context)
    qtbot.addWidget(page)
    offered = [action.text() for action in ColumnMenu(MoreColumns(desk), page).actions()]
    first = offered.index(next(iter(LABELS.values())))
    assert offered[first : first + len(KINDS)] == [*LABELS.values()], "those of contacts and plans come after them"
    lists.choose_columns(desk, names)
    columns, cells = lists.columns(desk), lists.cells(desk, lists.columns(desk))
    assert [lists.words(column, cells[column.key].get(ada.id)) for column in columns] == [value_of("pupil", kind) for kind in KINDS]


@pytest.mark.parametrize("record", RECORDS)
def test_those_of_each_record_are_filters_of_the_list(record: str, ada: Pupil, context: Context) -> None:
    desk = context.desk
    for name, asked in zip(names_of(record), (f"quibble of {record}", "over", "yes", "Badger", "3841"), strict=True):
        condition, wrong = read_condition(name, asked, desk.today)
        assert condition is not None, wrong
        assert lists.meeting(desk, [condition]) == {ada.id}, name
    for name, asked in zip(names_of(record), ("quibble", "to-come", "no", "Otter", "384"), strict=True):
        condition, wrong = read_condition(name, asked, desk.today)
        assert condition is not None, wrong
        assert not lists.meeting(desk, [condition]), name


@pytest.mark.parametrize(("record", "kind"), list(zip(RECORDS, WORKBOOKS, strict=True)))
def test_those_of_each_record_are_in_the_workbook_that_comes_back(
    record: str, kind: WorkbookKind, ada: Pupil, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    save_workbook(context.desk, [ada.id], path, kind)
    heads, row, *_rest = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(kind.label).to_python()
    written = dict(zip(heads, row, strict=True))
    values = (f"Quibble of {record}", date(2026, 5, 20), "Yes", "Badger", 3841)
    assert [written[label_of(record, field_kind)] for field_kind in KINDS] == list(values)
    outcome = run_import(context.desk, kind.name, path.read_bytes())
    assert (outcome.read, outcome.unchanged, outcome.refused) == (1, 1, 0), outcome.problems


def printed_notice(desk: Desk) -> str:
    """The words of the tables of the notice of today, as they are printed."""
    sheet = notice_papers.tables_alone(desk, notice_editions.current_edition(desk))
    assert sheet is not None
    return " ".join(text_of(notice_papers.file_of(sheet)).replace("\N{SOFT HYPHEN}", "").split())


def test_each_is_in_the_notice_which_is_a_new_edition(made_in_the_window: Made, context: Context) -> None:
    assert "A new edition of the privacy notice is due" in made_in_the_window.said
    words = printed_notice(context.desk)
    for record in RECORDS:
        for kind in KINDS:
            assert label_of(record, kind).casefold() in words.casefold()


def copy_of(desk: Desk, pupil: Pupil, asker: str, folder: Path) -> str:
    """The text of a copy as it lies on the stick, with all given that is proposed so."""
    pack = deciding.begin(desk, pupil.id, asker)
    made = deciding.accept(desk, compiling.compiled(desk, pack.id))
    made = deciding.tick(desk, made, made.unticked) if made.unticked else made
    written = writing.write(desk, made, folder)
    (name,) = [file.name for file in written.files if file.name.endswith(".pdf")]
    return " ".join(text_of(unlocked_pdf((folder / name).read_bytes(), written.password)).split())


def test_each_is_in_the_copy_for_a_family(ada: Pupil, context: Context, tmp_path: Path) -> None:
    text = copy_of(context.desk, ada, "Jo Quill", tmp_path)
    for record in RECORDS:
        for kind in KINDS:
            assert f"{label_of(record, kind)} {value_of(record, kind)}" in text


def left_of(desk: Desk) -> list[str]:
    """Each row of the file, save those that say what fields there are, in which a word that was entered stands, or a yes under the name of its field."""
    vault, found = desk.vault, []
    entered = re.compile(r"Quibble of|2026-05-20|Badger|(?<![\w-])3841(?![\w-])|own_flag_\d+\W{1,4}(true|True|1)")
    for name in [row["name"] for row in vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'own_field'")]:
        found += [f"{name}: {words}" for row in vault.rows(f'SELECT * FROM "{name}"') if entered.search(words := repr(tuple(row)))]
    return found


def test_an_erasure_leaves_nothing_of_any(ada: Pupil, context: Context) -> None:
    before = " ".join(left_of(context.desk))
    for record in RECORDS:
        assert f"Quibble of {record}" in before
        for name in names_of(record)[1:]:
            assert name in before
    erased_at_once.erase_pupil(context.desk, ada.id, authority="A court")
    assert left_of(context.desk) == []


def test_one_of_a_contact_or_a_plan_that_is_withdrawn_is_read_in_no_more(
    ada: Pupil, context: Context, answers: Answers, qtbot: QtBot
) -> None:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.on_show("fields")
    for record, kind_of_list in (("contact", "contacts"), ("plan", "plans")):
        name = names_of(record)[0]
        page.own_fields.table.select(name)
        answers.answers.append("Not needed")
        page.own_fields.withdraw_button.click()
        assert name not in template(kind_of_list)
    (contact,) = contact_store.of_pupil(context.desk.vault, ada.id)
    assert dataclasses.asdict(contact)
    assert getattr(contact, names_of("contact")[0]) == "Quibble of contact"
