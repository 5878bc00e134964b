"""A file that is open while the window locks: it is read again with what was corrected, decided and typed, unless it has changed."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage
from tests.ui.pages.importing.conftest import Opener
from tests.ui.pages.importing.test_headings import WELSH, choose, pick_kind
from tests.ui.pages.importing.test_page import DIFFERS, Written, rows, surnames
from tests.ui.pages.late import LateJobs

FILE = (*DIFFERS, ",Larch,Sam,31/2/2012,,", ",Kestrel,Nia,31/4/2012,,")


def _worked_on(page: ImportPage, path: Path) -> dict[str, Any]:
    """One cell decided, one row corrected, one with something typed, and the file as it would be kept."""
    page.open_file(path)
    page.proposed.table.selectRow(0)
    page.proposed.detail.answers["town", "mine"].click()
    page.proposed.table.selectRow(1)
    page.proposed.detail.cells["dob"].setText("1/3/2012")
    page.proposed.detail.mend_button.click()
    page.proposed.table.selectRow(2)
    page.proposed.detail.cells["dob"].setText("1/4/2012")
    assert page.has_draft
    assert not page.dirty, "one may go to another page meanwhile"
    kept: dict[str, Any] = json.loads(json.dumps(page.draft()))
    return kept


def test_after_a_lock_a_file_is_open_again_as_it_was_left(
    page: ImportPage, open_page: Opener, context: Context, desk: Desk, written: Written
) -> None:
    kept = _worked_on(page, written(*FILE))
    again = open_page(context)
    again.take_draft(kept)
    assert rows(again) == rows(page)
    assert rows(again)[1][1] == "New"
    assert again.proposed.detail.cells["dob"].text() == "1/4/2012"
    assert again.draft() == page.draft()
    again.proposed.detail.mend_button.click()
    again.keep()
    assert {"Larch", "Kestrel"} <= set(surnames(desk))
    assert not again.has_draft


def test_of_a_file_that_has_changed_since_nothing_decided_is_taken_and_that_is_said(
    page: ImportPage, open_page: Opener, context: Context, written: Written
) -> None:
    path = written(*FILE)
    kept = _worked_on(page, path)
    written(*DIFFERS, ",Larch,Sam,31/2/2012,,", name=path.name)
    again = open_page(context)
    again.take_draft(kept)
    assert again.proposal is not None
    assert (again.proposal.mended, dict(again.proposal.picks), again.proposed.detail.typed) == (frozenset(), {}, [])
    assert context.banner.words == f"{path.name} has changed since it was open. What you had corrected and decided in it is not there."


def test_a_file_that_is_gone_is_said_and_comes_back_with_what_was_decided_once_its_stick_does(
    page: ImportPage, open_page: Opener, context: Context, written: Written
) -> None:
    path = written(*FILE)
    kept = _worked_on(page, path)
    stick = path.rename(path.with_suffix(".away"))
    again = open_page(context)
    again.take_draft(kept)
    assert context.banner.words == (
        f"There is no file {path.name}. Check the name and the folder. "
        "What you corrected and decided in it is kept: under Import, F5 reads it again, once it can be read."
    )
    assert json.loads(json.dumps(again.draft())) == kept, "another lock keeps it too"
    stick.rename(path)
    QApplication.processEvents()  # F5 comes in another turn
    again.refresh()
    assert (rows(again), json.loads(json.dumps(again.draft()))) == (rows(page), kept)
    assert (context.banner.look, context.banner.words) == ("note", f"{path.name} is read again, with what you corrected and decided in it.")


def test_whoever_chooses_the_file_again_that_is_to_come_back_has_it_with_what_was_decided(
    page: ImportPage, open_page: Opener, context: Context, written: Written
) -> None:
    path = written(*FILE)
    kept = _worked_on(page, path)
    stick = path.rename(path.with_suffix(".away"))
    again = open_page(context)
    again.take_draft(kept)
    stick.rename(path)
    again.open_file(path)
    assert rows(again) == rows(page)


def test_what_is_to_come_back_is_lost_only_where_a_person_says_so(
    page: ImportPage, open_page: Opener, context: Context, answers: Answers, written: Written
) -> None:
    path = written(*FILE)
    kept = _worked_on(page, path)
    path.unlink()
    again = open_page(context)
    again.take_draft(kept)
    answers.answers += [False, False, True]
    again.open_file(written(*DIFFERS, name="other.csv"))
    assert again.proposal is None
    assert not again.may_close()
    again.open_file(path.with_name("other.csv"))
    assert [question.title for question in answers.questions] == ["Lose what you mended?"] * 3
    assert again.proposal is not None
    assert (again.proposal.file_name, again.proposal.mended) == ("other.csv", frozenset())


def test_a_decision_that_is_still_worked_out_as_the_window_locks_is_kept(
    page: ImportPage, open_page: Opener, context: Context, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.open_file(written(*FILE))
    with monkeypatch.context() as slow:
        slow.setattr(page.context.jobs, "_submit", lambda _job, _work: None)
        page.proposed.table.selectRow(0)
        page.proposed.detail.answers["town", "mine"].click()
        kept = json.loads(json.dumps(page.draft()))
    again = open_page(context)
    again.take_draft(kept)
    assert again.proposal is not None
    assert dict(again.proposal.picks) == {(2, "town"): "mine"}


def test_f5_pressed_again_while_the_file_is_read_takes_no_decision_away(
    page: ImportPage, open_page: Opener, context: Context, written: Written
) -> None:
    kept, late = _worked_on(page, written(*FILE)), LateJobs()
    again = open_page(dataclasses.replace(context, jobs=late))
    again.take_draft(kept)
    again.refresh()
    again.refresh()
    assert len(late.late) == 1
    late.tell(0)
    again.proposed.table.selectRow(0)
    again.proposed.detail.answers["phone", "mine"].click()
    for place in range(1, len(late.late)):
        late.tell(place)
    assert again.proposal is not None
    assert dict(again.proposal.picks) == {(2, "town"): "mine", (2, "phone"): "mine"}


def test_while_a_file_is_read_anew_nothing_is_decided_that_would_be_lost(
    page: ImportPage, open_page: Opener, context: Context, written: Written
) -> None:
    late, path = LateJobs(), written(*DIFFERS)
    page.open_file(path)
    page.context.jobs = late
    page.refresh()
    page.proposed.table.selectRow(0)
    page.proposed.detail.answers["town", "mine"].click()
    assert page.proposal is not None
    assert (len(late.late), dict(page.proposal.picks)) == (1, {}), "it cannot be pressed"
    late.tell(0)
    assert page.focusWidget() is page.proposed.table
    page.proposed.table.selectRow(0)
    page.proposed.detail.answers["town", "mine"].click()
    late.tell(1)
    assert dict(page.proposal.picks) == {(2, "town"): "mine"}
    path.unlink()
    page.context.ask.answers = [True]  # type: ignore[attr-defined]
    page.context.jobs = ImmediateJobs()
    page.refresh()
    assert page.proposed.isEnabled(), "it could not be read, and what is in view can be worked on"


def test_of_two_files_that_are_read_the_one_wanted_last_is_shown(open_page: Opener, context: Context, written: Written) -> None:
    late = LateJobs()
    page = open_page(dataclasses.replace(context, jobs=late))
    for name in ("first.csv", "last.csv"):
        page.open_file(written(*DIFFERS, name=name))
    late.tell(0)
    assert page.proposal is None
    late.tell(1)
    assert page.proposal is not None
    assert page.proposal.file_name == "last.csv"


@pytest.mark.parametrize("act", ["mine_button", "unknown_button"])
def test_one_word_for_the_whole_file_is_a_decision_too_and_is_asked_about(
    page: ImportPage, open_page: Opener, context: Context, answers: Answers, written: Written, act: str
) -> None:
    path = written("upn,surname,forename,dob,town,language", "Y919110026001,Ashdown,Mia,5/3/2014,Wexbridge,Klingon")
    page.open_file(path)
    getattr(page.proposed, act).click()
    answers.answers = [False]
    page.refresh()
    assert [question.title for question in answers.questions] == ["Lose what you mended?"]
    kept = json.loads(json.dumps(page.draft()))
    path.unlink()
    again = open_page(context)
    again.take_draft(kept)
    assert "What you corrected and decided in it is kept" in context.banner.words


def test_a_file_of_which_nothing_can_be_read_any_more_is_not_given_up(
    page: ImportPage, open_page: Opener, context: Context, written: Written
) -> None:
    path = written(*FILE)
    kept, whole = _worked_on(page, path), path.read_bytes()
    path.write_bytes(b"\x00\x01" * 40)
    again = open_page(context)
    again.take_draft(kept)
    assert context.banner.look == "problem"
    assert context.banner.words.endswith(
        "What you corrected and decided in it is kept: under Import, F5 reads it again, once it can be read."
    )
    assert json.loads(json.dumps(again.draft())) == kept, "another lock keeps it too"
    path.write_bytes(whole)
    again.refresh()
    assert rows(again) == rows(page)


def test_a_file_whose_headings_are_known_no_more_has_its_decisions_once_they_are_said(
    page: ImportPage, open_page: Opener, context: Context, written: Written
) -> None:
    path = written(WELSH[0], "Pryce,Nia,4/3/2113,9N")
    page.open_file(path)
    pick_kind(page, "Pupils")
    _say_headings(page)
    page.open_file(path)
    page.proposed.detail.cells["dob"].setText("4/3/2013")
    page.proposed.detail.mend_button.click()
    kept = json.loads(json.dumps(page.draft()))
    page.proposed.headings_button.click()
    context.ask.answers = [True]  # type: ignore[attr-defined]
    page.headings.forget_button.click()
    again = open_page(context)
    again.take_draft(kept)
    assert again.stack.currentWidget() is again.headings
    said = "What you corrected and decided in it is there again once it is read with its headings."
    assert "There is no column for “Date of birth”" in context.banner.words
    assert context.banner.words.endswith(said)
    assert json.loads(json.dumps(again.draft())) == kept, "another lock keeps it too"
    again.headings.close_button.click()
    assert context.banner.words.endswith(said)
    again.refresh()
    _say_headings(again)
    assert rows(again)[0][1] == "New"
    assert context.banner.words == f"{path.name} is read again, with what you corrected and decided in it."


def _say_headings(page: ImportPage) -> None:
    for heading, words in (("Cyfenw", "Legal surname"), ("Enw cyntaf", "Legal forename"), ("Dyddiad geni", "Date of birth")):
        choose(page, heading, words)
    page.headings.use_button.click()


def test_a_file_that_is_another_now_and_lacks_headings_says_what_became_of_the_decisions(
    page: ImportPage, open_page: Opener, context: Context, written: Written
) -> None:
    path = written(*FILE)
    kept = _worked_on(page, path)
    written("surname,dob", "Larch,1/3/2012", name=path.name)
    again = open_page(context)
    again.take_draft(kept)
    assert again.stack.currentWidget() is again.headings
    assert context.banner.words.endswith(
        f"{path.name} has changed since it was open. What you had corrected and decided in it is not there."
    )
