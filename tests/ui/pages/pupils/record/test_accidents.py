"""The accident book on the pupil's record: the form asks what decides, and says what RIDDOR comes to; what an incident says is taken over."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.services.accidents import accidents_due, recording
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import told
from pupil_desk.services.incidents import recording as incidents
from pupil_desk.ui.kit.context import Context, Place, place_of
from pupil_desk.ui.pages.home.of_deadlines import accidents_card
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.accidents import AccidentsPart
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.test_parts import open_page

TYPED = {"day": "23/11/2026", "time": "9.05", "place": "hall", "account": "Fell", "injury": "bump", "body_part": "head"}


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> PupilsPage:
    return open_page(qtbot, context, "Theo", "accidents")


def _part(page: PupilsPage) -> AccidentsPart:
    part = page.view.part
    assert isinstance(part, AccidentsPart)
    return part


def _shown(part: AccidentsPart) -> set[str]:
    return {name for name, field in part.form.fields.items() if not field.isHidden()}


def test_the_next_question_is_named_and_what_is_answered_decides(page: PupilsPage, qtbot: QtBot, context: Context) -> None:
    part = _part(page)
    part.add_button.click()
    assert not {"treated", "specified", "over_seven_days"} & _shown(part)
    part.form.take_draft(TYPED | {"hospital": "yes"})
    qtbot.waitUntil(lambda: "treated" in _shown(part))
    assert part.decision.text().startswith("RIDDOR: not decided yet. Answer “Treated there for the injury”.")
    part.form.take_draft({"treated": "yes", "work_related": "yes"})
    qtbot.waitUntil(lambda: part.decision.text().startswith("RIDDOR: report it."))
    assert page.save()
    assert [part.table.cell(0, name) for name in ("day", "what", "place")] == ["23 Nov 2026", "Bump or bruise: head", "Hall or gym"]
    assert part.table.cell(0, "left") == "Tell a parent by 23 Nov 2026, and 3 more"
    step = part.next_act
    assert step.words.text().startswith(
        "Next: tell a parent by 23 Nov 2026. Then: give the parent the letter about a knock on the head by "
    )
    assert step.buttons[0].hasFocus(), "the cursor goes on to the step"
    step.buttons[0].click()
    assert part.form.fields["parent_told_on"].editor.field.hasFocus()
    part.form.take_draft({"parent_told_on": "23/11/2026", "parent": "Ms Bramley", "parent_told_by": "Jo Marsh"})
    assert page.save()
    step._calm.stop()
    assert [act.text() for act in step.buttons if not act.isHidden()] == ["Head injury letter…", "Enter that it was given…"]
    assert part.table.cell(0, "left").endswith("and 2 more")
    (line,) = accidents_card(accidents_due.open_accidents(context.desk), lambda *where: went.append(where)).lines
    went: list[tuple[str, ...]] = []
    line.go()
    ((where, place),) = went
    assert (where, place_of(place).part) == ("pupils", "accidents")
    page.view.go_to(place_of(place))
    assert part.current_row is not None
    part.page_button.click()
    part.paper.paper._gone("Sent to the printer.")
    assert told.log(context.desk, pupil_id=part.current_row.pupil_id) == [], "the page of the book stays here"
    part.paper.close()
    part.letter_button.click()
    assert not part.paper.paper.isHidden()
    assert part.paper.paper.guard.for_family
    assert told.log(context.desk, pupil_id=part.current_row.pupil_id) == []
    part.paper.paper._gone("Sent to the printer.")
    (letter,) = told.log(context.desk, pupil_id=part.current_row.pupil_id)
    assert (letter.recipient, letter.what) == ("Parents and carers", "Letter about a knock on the head")


def test_what_an_incident_says_is_taken_over(page: PupilsPage, desk: Desk) -> None:
    theo = pupil_called(desk, "Theo")
    incidents.enter(
        desk, [Incident(pupil_id=theo.id, kind="threat", day=date(2026, 11, 23), account="Pushed", part="hurt", injury="Cut lip")]
    )
    (case,) = incidents.of_pupil(desk, theo.id)
    page.view.go_to(Place(theo.id, "accidents", "accident", "", recording.FROM_INCIDENT + case.now.entry_id))
    part = _part(page)
    assert part.adding
    assert part.form.fields["account"].editor.typed_text() == "Pushed"
    part.form.take_draft({"place": "hall", "injury": "cut", "body_part": "mouth"})
    draft = part.draft()
    part.put_back()
    part.take_draft(draft)
    assert page.save()
    (accident,) = recording.of_pupil(desk, theo.id)
    assert (accident.entry_id, accident.injury_detail) == (case.now.entry_id, "Cut lip")
    assert not recording.to_enter(desk, case)
