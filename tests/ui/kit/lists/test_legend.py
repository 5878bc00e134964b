"""What the signs beside names mean is said at the foot of the window."""

from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.lists.legend import SignLegend
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.words import column_of


def test_what_signs_mean_stands_at_the_foot_while_a_list_that_has_them_is_in_view_and_nothing_is_said(qtbot: QtBot) -> None:
    banner, legend = Banner(), SignLegend()
    banner.show_at_rest(legend)
    people: Table[str] = Table([Column("name", "Name", str, signs=lambda _row: [("first-aid", "bad")])], name="Pupils", id_of=str)
    window = column_of(people, banner)
    qtbot.addWidget(window)
    window.resize(1000, 300)
    window.show()
    qtbot.waitUntil(lambda: [words for _sign, words in legend.said()] != [])
    assert [words for _sign, words in legend.said()] == [
        "Severe allergy",
        "Protected",
        "Suspended today",
        "EHC or health care plan",
        "Social worker",
    ]
    banner.success("Saved.")
    assert not legend.isVisible()
    banner.dismiss()
    assert legend.isVisible()
    people.hide()
    qtbot.waitUntil(lambda: legend.said() == [])
