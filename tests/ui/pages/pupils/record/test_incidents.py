"""The incidents of a pupil in the record: newest first, what is still to do, and the way to each and to a new one."""

import dataclasses
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.incidents.incident import Incident, IncidentEvent, IncidentEventKind
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import recording
from pupil_desk.services.unit import calendars
from pupil_desk.ui.kit.context import Context, new_with
from pupil_desk.ui.pages.pupils.record import incidents
from pupil_desk.ui.pages.pupils.record.incidents import IncidentsPart
from tests.ui.pages.made import USER, pupil_called
from tests.ui.pages.pupils.test_parts import open_page


def _enter(context: Context, *kinds: str) -> list[str]:
    """One a day of these kinds for Theo and for Zofia, the last today; the identities of the incidents."""
    theo, zofia = pupil_called(context.desk, "Theo"), pupil_called(context.desk, "Zofia")
    for back, kind in enumerate(reversed(kinds)):
        day = context.desk.today - timedelta(days=back)
        entry = Incident(pupil_id=theo.id, kind=kind, day=day, account="There was shouting.", part="took-part")
        recording.enter(context.desk, [entry, dataclasses.replace(entry, pupil_id=zofia.id, part="saw")])
    cases = sorted(recording.of_pupil(context.desk, theo.id), key=lambda case: case.now.day)
    return [case.now.incident_id for case in cases]


def _part(qtbot: QtBot, context: Context, forename: str = "Theo") -> IncidentsPart:
    part = open_page(qtbot, context, forename, "incidents").view.part
    assert isinstance(part, IncidentsPart)
    return part


def _cells(part: IncidentsPart) -> list[list[str]]:
    model = part.table.model()
    return [[str(model.index(row, column).data() or "") for column in range(1, 4)] for row in range(model.rowCount())]


def test_the_newest_stands_first_with_the_pupils_own_part_and_what_is_left(qtbot: QtBot, context: Context) -> None:
    _enter(context, "threat", "kindness", "refusal")
    assert _cells(_part(qtbot, context)) == [
        ["Refusal to follow instructions", "Took part", ""],
        ["Kindness", "Took part", ""],
        ["Threatening behaviour or verbal abuse", "Took part", "Sign the account"],
    ]
    assert _cells(_part(qtbot, context, "Zofia"))[2] == ["Threatening behaviour or verbal abuse", "Saw it", "Sign the account"]


def test_rewards_and_ordinary_behaviour_are_summed_up_above_the_list(qtbot: QtBot, context: Context) -> None:
    _enter(context, "threat", "kindness", "refusal")
    said = _part(qtbot, context).sum_label
    assert said.text().startswith("This term: rewards: 1; ordinary behaviour: 1. School year 2026/27: rewards: 1; ordinary behaviour: 1.")
    assert not said.isHidden()
    assert _part(qtbot, context, "Zofia").sum_label.isHidden(), "who only saw it has none"


def test_between_two_terms_no_sum_is_said_to_be_of_this_term(context: Context) -> None:
    _enter(context, "kindness")
    cases = recording.of_pupil(context.desk, pupil_called(context.desk, "Theo").id)
    assert incidents._sum_words(context.desk, cases).startswith("This term: rewards: 1")
    last_day = max(term.end for term in calendars.terms(context.desk) if term.start <= context.desk.today)
    holiday = Desk(context.desk.vault, context.desk.user, FixedClock(datetime.combine(last_day + timedelta(days=1), time(9), tzinfo=UTC)))
    assert "This term" not in incidents._sum_words(holiday, cases)


def test_enter_opens_the_incident_and_new_incident_one_with_this_pupil(
    qtbot: QtBot, context: Context, went: list[tuple[str, str | None]]
) -> None:
    first, _second = _enter(context, "threat", "kindness")
    part = _part(qtbot, context)
    part.table.selectRow(1)
    assert part.left_label.text() == "Still to do: sign the account."
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    part.open_button.click()
    part.new_button.click()
    assert went == [("incidents", first), ("incidents", first), ("incidents", new_with(pupil_called(context.desk, "Theo").id))]


def test_what_is_done_and_what_is_struck_out_asks_for_nothing(qtbot: QtBot, context: Context) -> None:
    _enter(context, "threat", "damage")
    signed, struck = recording.of_pupil(context.desk, pupil_called(context.desk, "Theo").id)
    step = IncidentEvent(entry_id=signed.now.entry_id, kind=IncidentEventKind.SIGNED, on=context.desk.today, who=USER)
    recording.record(context.desk, [step])
    recording.strike(context.desk, [struck.now.entry_id], "He was at home")
    part = _part(qtbot, context)
    assert sorted(row[2] for row in _cells(part)) == ["", "Struck out"]
    part.table.selectRow([row[2] for row in _cells(part)].index("Struck out"))
    assert part.left_label.text() == "Struck out, and counts no more: He was at home"


def test_nothing_on_file_leaves_one_way(qtbot: QtBot, context: Context) -> None:
    part = _part(qtbot, context)
    assert not part.open_button.isEnabled()
    assert part.new_button.isEnabled()
