"""Several pupils: a workbook of them is saved where one says, and who is protected is said not to be in it."""

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.services.imports.run import run_import
from pupil_desk.store.tables import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils.many import workbook
from pupil_desk.ui.pages.pupils.many.workbook import WorkbookView


def test_it_is_saved_and_comes_back(qtbot: QtBot, context: Context, answers: Answers, tmp_path: Path) -> None:
    view = WorkbookView(context)
    qtbot.addWidget(view)
    everybody = pupils.all_pupils(context.desk.vault)
    view.begin([pupil.id for pupil in everybody])
    assert view.title.text() == f"A workbook of {len(everybody)} pupils"
    answers.answers += [None, tmp_path / "pupils.xlsx"]
    view.save_button.click()
    assert not (tmp_path / "pupils.xlsx").exists()
    view.save_button.click()
    outcome = run_import(context.desk, "pupils", (tmp_path / "pupils.xlsx").read_bytes())
    assert (outcome.changed, outcome.refused) == (0, 0)
    assert context.banner.words.startswith(f"Saved: {outcome.read} pupil")
    assert ("protected" in context.banner.words) == (outcome.read < len(everybody))


def test_contacts_are_chosen_in_their_place_and_come_back_too(
    qtbot: QtBot, context: Context, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = WorkbookView(context)
    qtbot.addWidget(view)
    view.begin([pupil.id for pupil in pupils.all_pupils(context.desk.vault)])
    view.kind.set_key("contacts")
    answers.answers += [tmp_path / "contacts.xlsx"]
    save = workbook.save_workbook

    def save_while_another_is_chosen(*asked: Any) -> workbook.PupilWorkbook:
        view.kind.set_key("pupils")
        return save(*asked)

    monkeypatch.setattr(workbook, "save_workbook", save_while_another_is_chosen)
    view.save_button.click()
    outcome = run_import(context.desk, "contacts", (tmp_path / "contacts.xlsx").read_bytes())
    assert (outcome.changed, outcome.added, outcome.refused) == (0, 0, 0)
    assert context.banner.words.startswith(f"Saved: {outcome.read} row")
