"""A file that is open while the window locks: it is read again with what was corrected, decided and typed, unless it has changed."""

import json
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage
from tests.ui.pages.importing.conftest import Opener
from tests.ui.pages.importing.test_page import DIFFERS, Written, rows, surnames

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
        "What you corrected and decided in it is kept: under Import, F5 reads it again, once it is where it was."
    )
    assert json.loads(json.dumps(again.draft())) == kept, "another lock keeps it too"
    stick.rename(path)
    again.refresh()
    assert (rows(again), json.loads(json.dumps(again.draft()))) == (rows(page), kept)


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
