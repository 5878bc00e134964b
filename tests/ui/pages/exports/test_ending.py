"""An export ends while something else is in view, or as the window locks: its password is not lost, and it is said where it waits."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication

from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import ImmediateJobs, Job, Jobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.exports import ExportsPage, making
from tests.ui.pages.exports.made import YOUTH, in_workbook, make


class _Later(ImmediateJobs):
    """Work that is done when a test says so."""

    def _submit[T](self, job: Job, work: Callable[[Job], T]) -> None:
        self.end = partial(super()._submit, job, work)


def test_of_an_export_that_ends_beside_another_page_it_is_said_there_that_its_password_waits_and_the_way_leads_to_it(
    page: ExportsPage, context: Context, answers: Answers
) -> None:
    context.jobs = jobs = _Later()
    context.go = lambda name: page.setVisible(name == "exports") or True
    make(page)
    end, context.jobs = jobs.end, ImmediateJobs()
    page.making.back_button.click()  # to the list of exports, and on to another page
    page.hide()
    context.banner.problem("The record cannot be saved.")
    end()
    assert context.banner.words == "The record cannot be saved.", "what went wrong there is read first"
    context.banner.dismiss()
    QCoreApplication.processEvents()
    said = context.banner.message
    assert said is not None
    assert said.words == "Pupils for the youth support service is made. Its password is shown under Exports, to be noted."
    assert said.act is not None
    said.act[1]()
    assert page.heading._title.text() == "Pupils for the youth support service"
    assert page.focusWidget() is page.result.password.secret
    answers.answers = ["leave"]
    page.result.close_button.click()
    assert answers.questions[-1].text.endswith("Without it nobody can open what it locks."), "be it one file or two"
    assert context.banner.message is not said, "noted, it is said no longer"


def test_the_password_of_an_export_that_a_lock_keeps_from_being_shown_is_kept_as_shown_ones_are(
    page: ExportsPage, context: Context, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Event()

    def without_steps(desk: Desk, name: str, folder: Path, order: ExportOrder, progress: object) -> ExportMade:
        begun.set()  # the lock comes after its last step
        return run_export(desk, name, folder, order)

    monkeypatch.setattr(making, "run_export", without_steps)
    context.jobs = Jobs()
    make(page)
    begun.wait()
    context.jobs.close()
    (shown,) = context.not_kept
    assert shown.name == "Password of the file"
    assert "File: youth-support-2026-11-24-1000.xlsx" in shown.opens
    assert in_workbook(stick / "youth-support-2026-11-24-1000.xlsx", shown.secret)


def test_of_files_written_again_beside_another_tab_it_is_said_that_their_password_waits(
    page: ExportsPage, context: Context, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    made = run_export(desk, YOUTH, tmp_path, ExportOrder(reason="Autumn return", keep_content=desk.today + timedelta(days=30)))
    context.jobs = jobs = _Later()
    context.go = lambda name: name == "exports"
    page.on_show(made.export_id)
    answers.answers = [True, tmp_path]
    page.past.again_button.click()
    end, context.jobs = jobs.end, ImmediateJobs()
    page.tabs.setCurrentIndex(0)
    end()
    said = context.banner.message
    assert said is not None
    assert said.words == "The files are written again. Their password is shown under Exports, to be noted."
    assert said.act is not None
    said.act[1]()
    assert page.focusWidget() is page.past.reread.password.secret
    answers.answers = ["leave"]
    page.past.reread.done_button.click()
    assert context.banner.message is None, "noted, it is said no longer"


def test_who_may_not_leave_the_page_for_the_password_is_told_of_it_still(page: ExportsPage, context: Context) -> None:
    context.go = lambda _name: False
    page.hide()
    make(page)
    said = context.banner.message
    assert said is not None
    assert said.act is not None
    context.banner._run_act()
    assert context.banner.words == said.words
