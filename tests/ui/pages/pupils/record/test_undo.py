"""Undo at the foot after saving: what a change of the record can be taken back by, and where nothing of it would go back none is offered."""

from pytestqt.qtbot import QtBot

from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.protections import ProtectionsPart
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils import test_parts


def open_page(qtbot: QtBot, context: Context, forename: str, part: str) -> PupilsPage:
    """The record, which hears what is changed as it does in the window."""
    page = test_parts.open_page(qtbot, context, forename, part)
    context.news.changed.connect(page.on_change)
    return page


def _press(context: Context) -> None:
    message = context.banner.message
    assert message is not None
    assert message.act is not None, message.words
    assert message.act[0] == "&Undo"
    message.act[1]()


def test_saving_details_is_undone_at_the_foot(qtbot: QtBot, context: Context) -> None:
    page = open_page(qtbot, context, "Theo", "details")
    form = page.view.part.form  # type: ignore[attr-defined]
    form.take_draft({"forename": "Teo", "year_group": "10"})
    assert page.save()
    assert context.banner.words.startswith("Saved ")
    pupil_id = pupil_called(context.desk, "Teo").id
    _press(context)
    assert context.banner.words == "Undone: 2 changes put back."
    pupil = pupils.record(context.desk, pupil_id).pupil
    assert (pupil.forename, pupil.year_group) == ("Theo", "9")
    assert page.view.title.text() == "Theo Bramley"
    assert not page.dirty


def test_a_contact_that_was_added_is_taken_off_again(qtbot: QtBot, context: Context) -> None:
    page = open_page(qtbot, context, "Theo", "contacts")
    part = page.view.part
    part.begin_new()  # type: ignore[attr-defined]
    part.form.take_draft({"surname": "Aunt", "relationship": "OTH"})  # type: ignore[attr-defined]
    assert page.save()
    assert "Aunt" in [contact.surname for contact in pupils.record(context.desk, pupil_called(context.desk, "Theo").id).contacts]
    _press(context)
    assert "Aunt" not in [contact.surname for contact in pupils.record(context.desk, pupil_called(context.desk, "Theo").id).contacts]
    assert len(part.table.rows) == 2  # type: ignore[attr-defined]


def test_what_stays_on_file_offers_no_undo(qtbot: QtBot, context: Context) -> None:
    """A protection is lifted by who may; what was done before is not undone in its place."""
    page = open_page(qtbot, context, "Theo", "details")
    page.view.part.form.take_draft({"forename": "Teo"})  # type: ignore[attr-defined]
    assert page.save()
    page.view.turn_to("protections")
    part = page.view.part
    assert isinstance(part, ProtectionsPart)
    part.begin_new()
    part.person_box.setCurrentIndex(2)
    part.form.take_draft({"kind": "order", "reason": "Court order"})
    assert page.save()
    assert context.banner.message is not None
    assert context.banner.message.act is None


def test_what_is_typed_since_is_asked_about_first(qtbot: QtBot, context: Context, answers: Answers) -> None:
    page = open_page(qtbot, context, "Theo", "details")
    form = page.view.part.form  # type: ignore[attr-defined]
    form.take_draft({"forename": "Teo"})
    assert page.save()
    form.take_draft({"surname": "Bramble"})
    answers.answers = ["stay"]
    _press(context)
    assert pupil_called(context.desk, "Teo").surname == "Bramley", "not undone"
    assert form.fields["surname"].editor.typed_text() == "Bramble"
