"""What was told by word is entered on the record: the missing consent is said at once, and kept only after a second word."""

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.services.consents import occasions
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import by_hand, told
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.governance.told import ToldList
from pupil_desk.ui.pages.pupils.record.history import HistoryPart
from tests.ui.pages.made import pupil_called


def test_it_is_entered_warned_of_kept_and_struck_out(
    qtbot: QtBot, context: Context, desk: Desk, answers: Answers, nameless: Callable[[Any], list[str]]
) -> None:
    priya = pupil_called(desk, "Priya")
    occasions.add(desk, Occasion(consent_type="named-sharing", name="Acme Garage"), [priya.id])
    stays: list[bool] = []
    part = HistoryPart(context, lambda: not stays)
    qtbot.addWidget(part)
    part.resize(760, 560)
    part.show()
    part.show_record(pupils.record(desk, priya.id))
    part.tell_button.click()
    panel = part.telling
    panel.back_button.click()
    assert not panel.isVisible()
    part.focus_on("disclosure", "", "")
    assert panel.isVisible()
    assert nameless(panel) == []
    panel.purpose.setText("To plan the placement")
    assert not part.save()
    assert [line.accessibleName() for line in panel.summary.lines] == [
        "Choose to whom it was told.",
        "Tick what kind of data was told.",
        "Choose on what basis it was told.",
        "Choose how it was told.",
    ]
    assert panel.problem_labels["kinds"].text() == "Tick what kind of data was told."
    assert panel.problem_labels["purpose"].isHidden()
    panel.summary.lines[0].click()
    assert part.focusWidget() is panel.recipient_kind
    assert panel.recipient_kind.findData("social-care") == -1, "whom the notice does not name cannot be chosen"
    panel.recipient_kind.set_key("other")
    panel.recipient.setText("Acme Garage")
    panel.kinds["attendance"].setChecked(True)
    panel.way.set_key("phone")
    panel.basis.setCurrentIndex(panel.basis.findText("Consent: Telling a named person or body: Acme Garage"))
    assert panel.warning.isVisible()
    assert panel.warning.text().startswith("No consent was in force on that day: the consent has not been asked for.")
    typed = part.draft()
    part.put_back()
    assert not part.dirty
    part.take_draft(typed)
    assert part.draft() == typed
    stays.append(False)
    panel.back_button.click()
    assert part.dirty, "what is typed is asked about before one goes back"
    answers.answers += ["back", "keep"]
    assert not part.save()
    assert told.log(desk, pupil_id=priya.id) == []
    assert part.save()
    assert not part.dirty
    assert not panel.isVisible()
    (line,) = told.log(desk, pupil_id=priya.id)
    assert line.without_consent
    assert any("Told to Acme Garage: By telephone. Attendance" in text for text in part.timeline.texts())

    log = ToldList(context)
    qtbot.addWidget(log)
    log.show()
    log.refresh()
    log.totals.selectRow(0)
    assert not log.strike_button.isVisible(), "no line is acted on that nobody chose"
    log.table.selectRow(0)
    assert log.strike_button.isVisible()
    assert "Whether the family may know of it is not decided." in log.words.text()
    answers.answers += ["no", "It could harm Priya", "yes"]
    log.family_button.click()
    assert told.log(desk, pupil_id=priya.id)[0].may_know is False
    assert "The family may not know of it: It could harm Priya." in log.words.text()
    log.family_button.click()
    assert told.log(desk, pupil_id=priya.id)[0].may_know is True
    answers.answers.append("It was another pupil")
    log.strike_button.click()
    assert answers.questions[-1].text.startswith(f"Chandra, Priya ({priya.ref}): Acme Garage, ")
    assert told.log(desk, pupil_id=priya.id)[0].struck == "It was another pupil"
    part.show_record(pupils.record(desk, priya.id))
    assert any("Struck out, and counts no more: It was another pupil" in text for text in part.timeline.texts())


def test_only_the_kinds_of_data_that_the_notice_names_are_offered_unless_a_ground_is_chosen(
    qtbot: QtBot, context: Context, desk: Desk
) -> None:
    priya = pupil_called(desk, "Priya")
    part = HistoryPart(context, lambda: True)
    qtbot.addWidget(part)
    part.resize(760, 560)
    part.show()
    part.show_record(pupils.record(desk, priya.id))
    part.tell_button.click()
    panel = part.telling
    panel.kinds["notes"].setChecked(True)
    panel.recipient_kind.set_key("authority")

    def offered() -> set[str]:
        return {code for code, box in panel.kinds.items() if box.isVisible()}

    assert offered() == set(by_hand.kinds_named(desk, "authority"))
    assert "notes" not in offered()
    assert not panel.kinds["notes"].isChecked()
    assert panel.only_named.isVisible()
    panel.basis.set_key("vital")
    assert offered() == set(panel.kinds)
    assert not panel.only_named.isVisible()
    panel.basis.set_key("legal-obligation")
    assert offered() == set(by_hand.kinds_named(desk, "authority"))
    qtbot.keyClicks(panel.law, "Children Act 1989")
    assert offered() == set(panel.kinds)
