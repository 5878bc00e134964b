"""The leaver pack on the record: from the stay with a leaving day to the files, and the words that open them, once."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.register.authority_returns import DELETION
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.exports import delivery
from pupil_desk.services.home import deadlines
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.pupils import contacts, leaver_letter, leaver_pack, pupils
from pupil_desk.services.unit import drafts
from pupil_desk.services.unit.drafts import NOT_NOTED
from pupil_desk.services.unit.settings import save_settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.shown_again import NotNoted, ShownAgain
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.stays import StaysPart
from tests.ui.pages.late import LateJobs
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.pages.pupils.test_parts import open_page


def stays(qtbot: QtBot, context: Context, forename: str) -> StaysPart:
    part = open_page(qtbot, context, forename, "stays").view.part
    assert isinstance(part, StaysPart)
    return part


def test_a_pack_is_made_and_its_words_are_shown_once(
    qtbot: QtBot, context: Context, answers: Answers, tmp_path: Path, went: list[tuple[str, str | None]]
) -> None:
    part = stays(qtbot, context, "Gwen")
    assert part.pack_button.isEnabled()
    part.pack_button.click()
    assert part.list_area.isHidden()
    assert part.leaving.title.text() == "Leaver pack, last day 17 July 2026"
    folder = tmp_path / "packs"
    folder.mkdir()
    lack = part.leaving.lacks.findChildren(LinkLine)[-1]  # said before it is made, with the way there
    assert lack.words.startswith("No letter")
    lack.click()
    assert went == [("pupils", f"{pupil_called(context.desk, 'Gwen').id}#contacts///")]
    assert part.leaving.plain.isChecked()  # its upload takes only a plain file
    answers.answers += ["plain", folder]
    qtbot.keyClick(part.leaving.next_step, Qt.Key.Key_Return)  # where the cursor stands: where to is asked first
    assert "-leaver-2026-11-24.pdf" in part.leaving.files.text()
    assert "No letter" in part.leaving.left.text()  # nobody with parental responsibility is on file
    words = part.leaving.papers.secret.toPlainText()
    assert words.count("-") == 5
    assert not part.leaving.next_act.isVisible(), "no file went, and nothing is due any more"
    page = part.window()
    assert isinstance(page, PupilsPage)
    answers.answers.append("stay")
    assert not page.leave()  # to another pupil, or another page
    assert part.leaving.papers.showing
    answers.answers.append("leave")
    part.leaving.done_button.click()
    assert not part.list_area.isHidden()
    assert part.leaving.papers.secret.toPlainText() == ""
    part.pack_button.click()
    assert part.leaving.pages.currentIndex() == 0
    record = pupils.record(context.desk, pupil_called(context.desk, "Gwen").id)
    for entered, proposed in (("tbc", ""), ("St Jude’s (MMMMMMM)", "St Jude’s")):
        part.leaving.begin(record, dataclasses.replace(record.stays[-1], next_school=entered))
        assert part.leaving.next_step.text() == proposed, "to a family"


def test_what_the_letter_lacks_leads_to_where_it_is_put_right_and_goes_once_it_is(
    qtbot: QtBot, context: Context, went: list[tuple[str, str | None]]
) -> None:
    def lacks() -> list[LinkLine]:
        QApplication.processEvents()
        return [line for line in part.leaving.lacks.findChildren(LinkLine) if not line.isHidden()]

    desk, gwen = context.desk, pupil_called(context.desk, "Gwen").id
    letter = next(one for one in letter_templates.templates(desk) if one.template_id == leaver_letter.LETTER)
    letter_templates.save_template(desk, dataclasses.replace(letter, body=f"{letter.body}\n\nRing us at {{{{unit telephone}}}}."))
    save_settings(desk, dataclasses.replace(desk.settings, phone=None))
    page = open_page(qtbot, context, "Gwen", "stays")
    part = page.view.part
    assert isinstance(part, StaysPart)
    part.pack_button.click()
    next(line for line in lacks() if "unit telephone" in line.words).click()
    assert went.pop() == ("settings", "phone")
    save_settings(desk, dataclasses.replace(desk.settings, phone="01632 960100", head="Ms A. Fell"))
    page.on_show(f"{gwen}#stays///")
    assert [line.words for line in lacks()] == ["No letter: nobody with parental responsibility is on file."]
    mother = Contact(pupil_id=gwen, surname="Ash", relationship="PAM", parental_responsibility=True, lives_with=True)
    contacts.add_contact(desk, mother)
    page.on_show(f"{gwen}#stays///")
    assert [line.words for line in lacks()] == []


@pytest.mark.parametrize("goes", ["to another pupil", "back to the stays", "to another tab"])
def test_who_goes_elsewhere_while_a_pack_is_made_is_shown_its_password_all_the_same(
    qtbot: QtBot, context: Context, answers: Answers, tmp_path: Path, goes: str
) -> None:
    """Nobody could open its files."""
    late = LateJobs()
    page = open_page(qtbot, context := dataclasses.replace(context, jobs=late), "Gwen", "stays")
    part = page.view.part
    assert isinstance(part, StaysPart)
    part.pack_button.click()
    answers.answers += ["plain", tmp_path]
    part.leaving.make()
    place = len(late.late) - 1
    if goes == "to another pupil":
        page.on_show(pupil_called(context.desk, "Theo").id)
        page.view.turn_to("stays")
    elif goes == "to another tab":
        page.view.turn_to("contacts")
    else:
        part.leaving.back_button.click()
    late.tell(place)
    shown = page.findChild(ShownAgain)
    if goes == "to another tab":
        assert shown is None
        assert part.leaving.papers.showing
        said = context.banner.message
        assert said is not None
        assert said.words == "The leaver pack is made. Its password is shown in the pupil’s record under Stays, to be noted."
        assert said.act is not None
        context.go = lambda _name, place: page.on_show(place) or True  # type: ignore[func-returns-value]
        said.act[1]()
        assert page.focusWidget() is part.leaving.papers.secret
        assert part.leaving.papers.isVisible()
        answers.answers.append("leave")
        part.leaving.done_button.click()
        assert context.banner.message is None, "noted, it is said no longer"
        return
    assert isinstance(shown, ShownAgain)
    assert shown.isVisible()
    assert shown.secret.name == "Password of the papers"
    assert shown.secret.secret.toPlainText().count("-") == 5
    assert "-leaver-2026-11-24.pdf" in shown.secret.secret.accessibleDescription()
    assert "No letter" in shown.secret.secret.accessibleDescription(), "what the pack leaves undone"
    assert [draft.page for draft in drafts.own_drafts(context.desk)] == [NOT_NOTED], "a lock keeps it"
    shown.noted_button.click()
    assert drafts.own_drafts(context.desk) == []


def test_a_password_that_cannot_be_kept_is_shown_all_the_same_and_kept_at_the_lock(
    qtbot: QtBot, context: Context, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = LateJobs()
    page = open_page(qtbot, dataclasses.replace(context, jobs=late), "Gwen", "stays")
    part = page.view.part
    assert isinstance(part, StaysPart)
    part.pack_button.click()
    answers.answers += ["plain", tmp_path]
    part.leaving.make()
    part.leaving.back_button.click()

    def cannot(*_draft: object) -> None:
        raise CannotWrite("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(drafts, "keep", cannot)
        late.tell(len(late.late) - 1)
    shown = page.findChild(ShownAgain)
    assert isinstance(shown, ShownAgain)
    assert shown.isVisible()
    secret = shown.secret.secret.toPlainText()
    assert secret.count("-") == 5
    said = [line.text() for line in shown.findChildren(QLabel)]
    assert "It could not be kept in the unit’s file. Note it now: it may not be shown again." in said
    assert not any("each time you sign in" in words for words in said)
    assert context.banner.words == "The disk is full."
    shown.close()
    NotNoted(page.context, page).keep([])  # as a lock does
    (kept,) = drafts.own_drafts(context.desk)
    assert secret in str(kept.typed["secrets"])
    assert page.context.not_kept == []


def test_a_password_whose_place_is_gone_is_kept_at_once_and_shown_once_the_open_question_is_answered(
    qtbot: QtBot, context: Context, answers: Answers, tmp_path: Path
) -> None:
    late = LateJobs()
    page = open_page(qtbot, dataclasses.replace(context, jobs=late), "Gwen", "stays")
    part = page.view.part
    assert isinstance(part, StaysPart)
    part.pack_button.click()
    answers.answers += ["plain", tmp_path]
    part.leaving.make()
    part.leaving.back_button.click()
    question = QDialog(page)
    question.open()
    late.tell(len(late.late) - 1)
    assert page.findChild(ShownAgain) is None
    assert [draft.page for draft in drafts.own_drafts(context.desk)] == [NOT_NOTED]
    question.reject()
    qtbot.waitUntil(lambda: page.findChild(ShownAgain) is not None)
    shown = page.findChild(ShownAgain)
    assert isinstance(shown, ShownAgain)
    assert shown.isVisible()
    shown.noted_button.click()
    assert drafts.own_drafts(context.desk) == []


@pytest.mark.parametrize(
    ("due", "said", "place"),
    [
        ((DELETION, date(2026, 11, 30)), "Next: Tell the authority by 30 Nov 2026 that the pupil leaves.", DELETION),
        (None, "Next: Record that the Common Transfer File was delivered, once the next school has it.", "E-1"),
    ],
)
def test_after_the_pack_the_one_next_step_is_offered(
    qtbot: QtBot,
    context: Context,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    went: list[tuple[str, str | None]],
    due: tuple[str, date] | None,
    said: str,
    place: str,
) -> None:
    part = stays(qtbot, context, "Gwen")
    part.pack_button.click()
    pack = leaver_pack.LeaverPackMade((), (("Papers", "one-two"),), transfer_id="E-1")
    monkeypatch.setattr(leaver_pack, "make_pack", lambda *_args, **_named: pack)
    monkeypatch.setattr(deadlines, "next_return", lambda _desk, _stay_id: due)
    monkeypatch.setattr(delivery, "is_delivered", lambda _desk, _export_id: False)
    answers.answers += ["plain", tmp_path]
    part.leaving.make()
    assert part.leaving.next_act.words.text() == said
    part.leaving.next_act.buttons[0].click()
    assert went == [("exports", place)]
    page = part.window()  # and done there: who comes back is offered what is left
    assert isinstance(page, PupilsPage)
    back = f"{pupil_called(context.desk, 'Gwen').id}#stays///"
    monkeypatch.setattr(deadlines, "next_return", lambda _desk, _stay_id: None)
    page.on_show(back)
    assert part.leaving.next_act.words.text() == "Next: Record that the Common Transfer File was delivered, once the next school has it."
    monkeypatch.setattr(delivery, "is_delivered", lambda _desk, export_id: export_id == "E-1")
    page.on_show(back)
    assert part.leaving.next_act.isHidden()
    assert part.leaving.papers.showing


def test_another_pupil_puts_the_list_back(qtbot: QtBot, context: Context) -> None:
    page = open_page(qtbot, context, "Gwen", "stays")
    part = page.view.part
    assert isinstance(part, StaysPart)
    part.pack_button.click()
    page.on_show(pupil_called(context.desk, "Theo").id)
    page.view.turn_to("stays")
    assert not part.list_area.isHidden()
    assert not part.pack_button.isEnabled()
    assert part.pack_button.toolTip() == "Choose a stay with a leaving day, and save it first."


def test_a_protected_pupil_and_a_plain_file_are_asked_about(
    qtbot: QtBot, context: Context, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = stays(qtbot, context, "Priya")
    part.close_button.click()
    part.save()
    part.pack_button.click()
    monkeypatch.setattr(leaver_pack, "make_pack", lambda *_args, **_named: pytest.fail("made without a word"))
    answers.answers.append(False)
    part.leaving.make_button.click()
    answers.answers += [True, False]
    part.leaving.make_button.click()
    assert [question.kind for question in answers.questions] == ["confirm", "confirm", "confirm_typed"]
    assert "address withheld" in answers.questions[0].text


def test_only_a_data_officer_makes_one(qtbot: QtBot, context: Context) -> None:
    context.desk = as_role(context.desk, Role.OFFICE)
    part = stays(qtbot, context, "Gwen")
    assert not part.pack_button.isEnabled()
    assert "data officer" in part.pack_button.toolTip().lower()


def test_what_can_be_done_stays_in_view_on_a_low_screen(qtbot: QtBot, context: Context) -> None:
    part = stays(qtbot, context, "Gwen")
    part.window().resize(1000, 600)
    part.pack_button.click()
    for act in (part.leaving.make_button, part.leaving.back_button):
        qtbot.waitUntil(lambda act=act: act.visibleRegion().contains(act.rect().center()))
