"""What the signs beside names mean is said at the foot of the window, of those that are in view and of no others."""

from collections.abc import Iterator, Sequence

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.lists.legend import SignLegend
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.signs_in_view import Sign
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.foldable import LOW, tell_height
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.talk.progress import ProgressStrip
from pupil_desk.ui.kit.talk.statusbar import StatusBar
from pupil_desk.ui.kit.words import column_of

ALLERGY, PLAN, SOCIAL_WORKER = ("first-aid", "bad"), ("clipboard-text", "muted"), ("identification-badge", "check")
LIFE = ("first-aid-fill", "muted")
SIGNS: dict[str, Sequence[Sign]] = {"Fern, Mia": [SOCIAL_WORKER, ALLERGY], "Hall, Ann": [PLAN], "Low, Kit": [LIFE]}


type Parts = tuple[Table[str], Banner, SignLegend]


@pytest.fixture
def parts(qtbot: QtBot) -> Iterator[Parts]:
    banner, legend = Banner(), SignLegend()
    banner.show_at_rest(legend)
    people: Table[str] = Table([Column("name", "Name", str, stretch=True, signs=lambda row: SIGNS.get(row, ()))], name="Pupils", id_of=str)
    window = column_of(people, banner)
    qtbot.addWidget(window)
    window.resize(1000, 300)
    window.show()
    yield people, banner, legend
    window.close()


def test_the_signs_of_the_rows_in_view_are_explained_what_weighs_most_first_while_nothing_is_said(qtbot: QtBot, parts: Parts) -> None:
    people, banner, legend = parts
    people.show_rows(["Fern, Mia", "Hall, Ann", "Moss, Jo"])
    qtbot.waitUntil(lambda: legend.said() != [])
    assert legend.said() == [(ALLERGY, "Severe allergy"), (PLAN, "Plan that runs"), (SOCIAL_WORKER, "Social worker")]
    banner.success("Saved.")
    assert not legend.isVisible()
    banner.dismiss()
    assert legend.isVisible()
    people.hide()
    qtbot.waitUntil(lambda: legend.said() == [])


def test_signs_that_are_in_no_row_or_in_none_in_view_are_not_explained(qtbot: QtBot, parts: Parts) -> None:
    people, _banner, legend = parts
    people.show_rows(["Hall, Ann", *(f"Moss, Jo {number}" for number in range(200)), "Fern, Mia"])
    qtbot.waitUntil(lambda: legend.said() == [(PLAN, "Plan that runs")])
    people.select("Fern, Mia")
    qtbot.waitUntil(lambda: legend.said() == [(ALLERGY, "Severe allergy"), (SOCIAL_WORKER, "Social worker")])
    people.show_rows(["Low, Kit", "Fern, Mia"])
    qtbot.waitUntil(lambda: [words for _sign, words in legend.said()] == ["Life-threatening allergy", "Severe allergy", "Social worker"])
    people.show_rows(["Moss, Jo"])
    qtbot.waitUntil(lambda: legend.said() == [])


def test_in_a_low_window_the_foot_has_room_for_what_the_signs_mean_and_for_who_is_signed_in(qtbot: QtBot) -> None:
    bar = StatusBar(Banner(), ProgressStrip(ImmediateJobs()), unit="Larkfield Unit", user="Morgan Bailey")
    bar.show_backup("Proved backup: today 09:12")
    people: Table[str] = Table([Column("name", "Name", str, stretch=True, signs=lambda row: SIGNS.get(row, ()))], name="Pupils", id_of=str)
    window = column_of(people, bar)
    qtbot.addWidget(window)
    window.resize(911, LOW - 1)
    window.show()
    tell_height(window)
    people.show_rows(["Fern, Mia", "Hall, Ann"])
    legend = bar.findChild(SignLegend)
    qtbot.waitUntil(lambda: [words for _sign, words in legend.said()] == ["Severe allergy", "Plan that runs", "Social worker"])
    assert bar.user.isVisible()
    assert bar.user.width() >= bar.user.sizeHint().width()
    people.show_rows([])
    qtbot.waitUntil(bar.backup.isVisible)
