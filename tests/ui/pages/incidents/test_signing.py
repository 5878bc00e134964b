"""Who signs an account: a member of staff, chosen; and the account on paper, to be signed by hand."""

import pytest
from PySide6.QtWidgets import QLineEdit

from pupil_desk.services.desk import Desk
from pupil_desk.store.tables import ledger
from pupil_desk.ui.pages.incidents import IncidentsPage
from tests.services.packs.test_writing import text_of
from tests.ui.pages.incidents.test_steps import go_on, left, sign


@pytest.fixture
def page(held_page: IncidentsPage) -> IncidentsPage:
    return held_page


def test_who_signs_is_chosen_and_no_other_name_is_taken(page: IncidentsPage) -> None:
    go_on(page, "Sign it")
    line = page.step.form.fields["who"].editor.field
    assert isinstance(line, QLineEdit)
    completer = line.completer()
    assert completer is not None
    model = completer.model()
    offered = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert offered[0] == page.context.desk.user.name
    assert {"Jo Marsh", "Lee Hart"} <= set(offered), "whom the account names"
    page.step.form.take_draft({"who": "Nobody Known"})
    assert not page.save()
    assert left(page)[0] == "signed"
    page.step.form.take_draft({"who": "Lee Hart"})
    assert page.save()


def test_the_account_is_printed_whole_to_be_signed_by_hand(page: IncidentsPage, desk: Desk) -> None:
    sign(page)
    page.print_account()
    assert page.now is page.account
    text = " ".join(text_of(page.account.view.data).split())
    for words in (
        "Account of an incident",
        "Bea threw a chair and was held.",
        "Theo Bramley",
        "Reasonable force",
        "Signed in the program by",
        "Signature",
    ):
        assert words in text
    page.account._gone("Sent to the printer.")
    rows = ledger.log_rows(desk.vault)
    assert any(row["reason"] == "incident-account" for row in rows)
    page.account.closed.emit()
    assert page.now is page.panes_
    assert page.account.view.data == b""
