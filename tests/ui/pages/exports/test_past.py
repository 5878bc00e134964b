"""The exports made: compared, signed for, confirmed as delivered, and taken off the stick."""

import dataclasses
import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.basics.pc.drives import Drive
from pupil_desk.basics.places import resource
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import locking, run_export
from pupil_desk.services.exports.listing import past_exports
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.pupils import protections, pupils
from pupil_desk.services.receipts import seals
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.exports.past import PastExports
from tests.ui.pages.made import as_role, pupil_called


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that stands for a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def _digest_in(receipt: str) -> str:
    (digest,) = re.findall("SHA-256  ([0-9a-f]{64})", receipt)
    return str(digest)


@pytest.fixture
def past(qtbot: QtBot, context: Context, stick: Path, desk: Desk) -> PastExports:
    """One export made, whose files are kept for a month."""
    run_export(desk, "youth-support", stick, ExportOrder(reason="Autumn return", keep_content=desk.today + timedelta(days=30)))
    return opened(qtbot, context, stick)


def opened(qtbot: QtBot, context: Context, stick: Path) -> PastExports:
    view = PastExports(context)
    qtbot.addWidget(view)
    view.drives = lambda: [Drive(stick, "REGISTER (E:)", 12_300_000_000, 16_000_000_000)]
    context.news.changed.connect(lambda _changed: view.refresh())
    context.jobs.known_error.connect(context.banner.problem)
    view.resize(1000, 640)
    view.show()
    view.refresh()
    view.table.setFocus()
    view.table.selectRow(0)
    return view


def test_no_export_is_acted_on_that_nobody_chose(qtbot: QtBot, past: PastExports, answers: Answers) -> None:
    past.table.choose_none()
    past.refresh()
    past.table.setFocus()
    for door in (past.deliver_button, past.sweep_button, past.check, past.sign_button, past.compare_button):
        assert not door.isEnabled()
        assert door.toolTip() == "Choose an export in the list first."
    for act in (past.unkeep, past.sweep, past.write_again):
        act()
    assert (past.unkeep_button.isHidden(), past.receipt.isHidden(), answers.questions) == (True, True, [])
    qtbot.keyClick(past.table, Qt.Key.Key_Down)
    assert past.deliver_button.isEnabled()
    assert past.receipt.toPlainText()


def test_each_question_names_the_export_and_the_day(past: PastExports, answers: Answers) -> None:
    for answer, act in ((None, past.unkeep), ("", past.sweep), (False, past.write_again)):
        answers.answers = [answer]
        act()
        assert "Pupils for the youth support service, for " in answers.questions[-1].text
        assert "made on 24 Nov 2026 10:00." in answers.questions[-1].text


def test_the_line_says_what_is_still_to_be_done(past: PastExports) -> None:
    assert [past.table.cell(0, key) for key in ("title", "rows", "left", "delivered")] == [
        "Pupils for the youth support service",
        "3",
        "2",
        "not confirmed",
    ]
    assert past.state.text() == "Nobody has confirmed yet that it was delivered. Its files are kept here until 24 December 2026."


def test_compared_with_today_it_says_who_and_what(past: PastExports, desk: Desk, context: Context, answers: Answers) -> None:
    went: list[tuple[object, ...]] = []
    context.go = lambda *where: bool(went.append(where)) or True
    theo = pupil_called(desk, "Theo")
    pupils.save_pupil(desk, dataclasses.replace(theo, address_1="9 New Row"))
    past.compare_button.click()
    view = past.compared
    assert view.isVisible()
    assert view.sentence.text() == "1 pupil has a new address; 2 are the same."
    assert [[view.table.cell(n, key) for key in ("pupil", "what", "words")] for n in range(len(view.table.rows))] == [
        ["Bramley, Theo", "Changed", "Address line 1: now 9 New Row"]
    ]
    view.open_button.click()
    assert went == [("pupils", theo.id)]
    view.back.click()
    assert past.table.isVisible()
    assert view.sentence.text() == ""


def test_the_receipt_to_sign_is_seen_and_printed(past: PastExports, desk: Desk, qtbot: QtBot) -> None:
    printed: list[bytes] = []
    past.paper.send = lambda data, _parent, *, memory=None: printed.append(data) is None  # type: ignore[assignment,misc]
    past.sign_button.click()
    assert past.paper.isVisible()
    past.paper.print_()
    assert printed[0].startswith(b"%PDF")
    (row,) = desk.vault.rows("SELECT action, object_id FROM log WHERE action = 'print-form'")
    assert row["object_id"] == past_exports(desk)[0].export_id
    qtbot.keyClick(past.paper, Qt.Key.Key_Escape)
    assert past.table.isVisible()


def test_delivery_is_confirmed_by_keyboard_and_what_lacks_is_said(past: PastExports, qtbot: QtBot, context: Context) -> None:
    past.deliver_button.click()
    form = past.delivered
    form.record()
    assert form.problem.text() == "Choose how it was delivered.\nEnter who took it, by name or office."
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    past.deliver_button.click()
    assert form.problem.text() == ""
    form.way_box.set_key("hand")
    qtbot.keyClicks(form.to_whom, "Jo Field")
    form.record_button.click()
    assert not form.isVisible()
    assert past.table.cell(0, "delivered") == "24 Nov 2026"
    assert past.state.text().startswith(
        "Delivered on 24 November 2026 to Jo Field, by hand. Now delete the copy on the stick, or in the folder."
    )
    assert past.deliver_button.text() == "Correct the &delivery…"
    assert context.banner.look == "success"


def test_the_sticks_copy_is_deleted_where_it_lies(past: PastExports, stick: Path, answers: Answers, context: Context) -> None:
    answers.answers = [""]
    past.sweep_button.click()
    assert len(list(stick.iterdir())) == 2
    answers.answers = ["found"]
    past.sweep_button.click()
    assert [path.name for path in stick.iterdir()] == ["youth-support-2026-11-24-1000-receipt.txt"]
    assert "without its password the traces tell nothing" in answers.questions[-1].text
    assert context.banner.words == "Deleted: youth-support-2026-11-24-1000.zip."
    assert "The copy on the stick, or in the folder, was deleted on 24 November 2026." in past.state.text()
    answers.answers = ["folder", stick]  # not offered to be found any more
    past.sweep_button.click()
    assert context.banner.look == "problem"
    answers.answers = ["by-hand"]
    past.sweep_button.click()
    assert context.banner.words == "It is recorded that the copy is deleted."


def test_the_files_kept_are_deleted_with_a_reason_by_a_data_officer(
    past: PastExports, qtbot: QtBot, desk: Desk, context: Context, stick: Path, answers: Answers
) -> None:
    other = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, Role.OFFICE)), stick)
    assert not other.unkeep_button.isEnabled()
    assert other.unkeep_button.toolTip() == "Data officer only"
    answers.answers = ["Its day has come"]
    past.unkeep_button.click()
    assert past.unkeep_button.isHidden()
    assert "kept here" not in past.state.text()


def test_the_files_kept_are_written_again_with_a_new_password(
    past: PastExports,
    qtbot: QtBot,
    desk: Desk,
    context: Context,
    stick: Path,
    tmp_path: Path,
    answers: Answers,
    nameless: Callable[[QWidget], list[str]],
) -> None:
    other = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, Role.ASSISTANT_HEAD)), stick)
    assert not other.again_button.isEnabled()
    assert other.again_button.toolTip() == "Data officer only"
    answers.answers = [False]
    past.again_button.click()
    assert "They are locked with a new password." in answers.questions[-1].text
    place = tmp_path / "again"
    place.mkdir()
    answers.answers = [True, place]
    past.again_button.click()
    view = past.reread
    assert view.isVisible()
    assert past.panes() == [view]
    assert view.lines.text() == f"File: youth-support-2026-11-24-1000-again.zip\nFolder: {place}"
    (path,) = place.iterdir()
    assert list(locking.open_locked(path.name, path.read_bytes(), view.password.secret.toPlainText())) == [
        "youth-support-2026-11-24-1000.csv"
    ]
    assert nameless(view) == []
    words = view.password.secret.toPlainText()
    past.refresh()  # something was changed elsewhere: the words stay
    answers.answers = ["stay"]
    view.done_button.click()
    assert (view.isVisible(), view.password.secret.toPlainText()) == (True, words)
    answers.answers = ["leave"]
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert past.receipt.isVisible()
    assert view.password.secret.toPlainText() == ""
    dale = next(pupil for pupil in pupils.all_pupils(desk) if pupil.surname == "Dale")
    protections.set_protection(desk, Protection(pupil_id=dale.id, kind="order", reason="Court", since=desk.today))
    answers.answers = [True, False]
    past.again_button.click()
    assert f"{dale.full_name} (order or restriction)" in answers.questions[-1].text
    answers.answers = [True, True, place]
    past.again_button.click()
    assert sorted(file.name for file in place.iterdir()) == [
        "youth-support-2026-11-24-1000-again-2.zip",
        "youth-support-2026-11-24-1000-again.zip",
    ]


def test_everything_has_words_and_nothing_is_offered_without_an_export(
    qtbot: QtBot, past: PastExports, context: Context, desk: Desk, stick: Path, nameless: Callable[[QWidget], list[str]]
) -> None:
    assert nameless(past) == []
    past.deliver_button.click()
    assert nameless(past) == []


def test_each_file_is_told_on_a_line_and_no_longer_once_another_line_or_page_is_in_view(
    past: PastExports, stick: Path, answers: Answers, context: Context, desk: Desk
) -> None:
    answers.answers = [stick]
    past.check.click()
    (name,) = (path.name for path in stick.glob("*.zip"))
    (receipt,) = stick.glob("*-receipt.txt")
    (seal,) = seals.seals(desk.vault)
    whose = f"The unit that it names: {desk.settings.name} ({desk.settings.dfe_number}). The seal that it bears: {seal.fingerprint}."
    assert past.checked.text().splitlines() == [
        f"{name}: the same as on the receipt.",
        f"{receipt.name}: the receipt, word for word as it was made.",
        whose,
    ]
    assert past.checked.isVisible()
    assert not past.checked.property("look")
    assert context.banner.words == ""
    past.refresh()
    assert not past.checked.isVisible()
    (stick / name).write_bytes(b"edited")
    words = receipt.read_text("utf-8")
    receipt.write_text(words.replace(_digest_in(words), hashlib.sha256(b"edited").hexdigest()), "utf-8")
    answers.answers = [stick]
    past.check.click()
    assert past.checked.text().splitlines() == [
        f"{name}: not the same as on the receipt.",
        f"{receipt.name}: not the receipt as it was made: something in it was altered.",
        whose,
    ]
    assert past.checked.property("look") == "problem"
    made = run_export(desk, "school-census", stick, ExportOrder(reason="Autumn", plain=True))
    past.refresh()
    past.table.select(made.export_id)
    next(stick.glob("*-pupilonroll.csv")).write_text("other")
    answers.answers = [stick]
    past.check.click()
    lines = past.checked.text().splitlines()
    assert len(lines) > 6
    assert [line for line in lines if "not the same" in line] == [line for line in lines if "-pupilonroll.csv:" in line]
    assert past.checked.property("look") == "problem"


def test_the_checking_page_and_the_seal_are_saved_together_and_the_seal_is_read_out(
    past: PastExports, tmp_path: Path, answers: Answers, context: Context, desk: Desk
) -> None:
    answers.answers = [False]
    past.page_button.click()
    folder = tmp_path / "for-the-authority"
    folder.mkdir()
    answers.answers = [True, folder]
    past.page_button.click()
    (seal,) = seals.seals(desk.vault)
    page, text = sorted(folder.iterdir())
    assert page.read_bytes() == resource("receipts", "check-a-receipt.html").read_bytes()
    assert seals.seals_in(text.read_text("utf-8")) == [seal]
    assert seal.fingerprint in context.banner.words
    assert "a forger could bring a page and a seal of his own" in answers.questions[0].text
    assert past.receipt.toPlainText().count(seal.fingerprint) == 1
