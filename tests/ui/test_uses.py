"""What a unit does not use: once it is switched off in Settings it is not on the rail, not found, and not offered, until it is switched on again."""

import dataclasses

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import recording
from pupil_desk.services.notes import readers
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.pupils import pupils
from pupil_desk.services.transport import journeys
from pupil_desk.services.unit import settings, uses
from pupil_desk.ui.finding import Finder
from pupil_desk.ui.kit.context import Place
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.figures import FiguresPage
from pupil_desk.ui.pages.importing import ImportPage
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.incidents import IncidentsPart
from pupil_desk.ui.pages.pupils.record.places.placements import JourneysPart
from pupil_desk.ui.pages.pupils.record.record import RecordView
from pupil_desk.ui.pages.safeguarding import SafeguardingPage
from pupil_desk.ui.pages.settings import SettingsPage
from pupil_desk.ui.window import Window


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    return invented_desk


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path_factory: pytest.TempPathFactory) -> Window:
    memory = Memory(tmp_path_factory.mktemp("window") / "window.json")
    made = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=answers, memory=memory)
    qtbot.addWidget(made, before_close_func=lambda closing: closing.page.discard())
    made.go("home")
    made.show()
    return made


def save(window: Window, *, incidents: str) -> bool:
    """Answer so in Settings, and save."""
    assert window.go("settings")
    page = window.page
    assert isinstance(page, SettingsPage)
    page.form.take_draft({"records_incidents": incidents})
    return page.save()


def offered(box: ChoiceBox) -> set[str]:
    return {str(box.itemData(place)) for place in range(box.count())}


OFFERED_BY_USE = {
    "records_incidents": {"page incidents", "found incidents", "figure incidents", "figure interventions", "import incidents"},
    "keeps_accidents": {"figure accidents", "import accidents"},
    "enters_exams": {"import exam-entries", "import exam-arrangements"},
    "keeps_plans": {"figure plans", "import plans"},
    "records_schools": {"page schools", "found schools", "import school-contacts", "import school-marks", "import school-places"},
    "buys_places": {"page providers", "found providers", "import placements", "import provider-returns", "import providers"},
    "records_transport": {"page transport", "found transport", "import journeys", "import routes"},
    "keeps_safeguarding": {"page safeguarding", "found safeguarding"},
}
"""What goes with each switch, and with no other: pages on the rail and found, figures and imports."""
PAGES_OF_USES = ("incidents", "schools", "providers", "transport", "safeguarding")


def what_is_offered(window: Window) -> set[str]:
    """The pages on the rail and those of the uses that are found, and what is offered as a figure and as an import."""
    window.go("figures")
    figures = window.page
    assert isinstance(figures, FiguresPage)
    shown = {f"figure {name}" for name in offered(figures.choosing.kind)}
    window.go("import")
    importing = window.page
    assert isinstance(importing, ImportPage)
    shown |= {f"import {name}" for name in offered(importing.source.kind)} | {f"page {name}" for name in window.rail.shown}
    window.find_anything()
    finder = window.findChild(Finder)
    assert isinstance(finder, Finder)
    for name in PAGES_OF_USES:
        finder.box.setText(name)
        shown |= {f"found {line.page}" for line in finder.lines if line.words == "Open this page" and line.page == name}
    finder.leave()
    return shown


def test_what_is_switched_off_is_offered_nowhere_until_it_is_switched_on_again(window: Window, desk: Desk) -> None:
    switches = [use.switch for use in uses._USES]
    assert set(switches) == {*OFFERED_BY_USE}
    readers.set_reader(desk, desk.user, may=True, reason="Designated safeguarding lead", room=SAFEGUARDING_FILES)
    window.context.news.tell(settings.save_settings(desk, dataclasses.replace(desk.settings, keeps_safeguarding=True)))
    with_all = what_is_offered(window)
    for off in switches:
        others_on = {switch: switch != off for switch in switches}
        window.context.news.tell(settings.save_settings(desk, dataclasses.replace(desk.settings, **others_on)))
        assert with_all ^ what_is_offered(window) == OFFERED_BY_USE[off], off
        assert not [words for words in OFFERED_BY_USE[off] if words.startswith("page ") and window.go(words.removeprefix("page "))]
    switch_all(window, on=True)
    window.context.news.tell(settings.save_settings(desk, dataclasses.replace(desk.settings, keeps_safeguarding=True)))
    assert what_is_offered(window) == with_all
    assert window.go("incidents")


def test_who_signs_in_where_it_is_off_does_not_have_it(window: Window, desk: Desk, qtbot: QtBot, answers: Answers) -> None:
    settings.save_settings(desk, dataclasses.replace(desk.settings, records_incidents=False))
    made = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=answers, memory=window.context.memory)
    qtbot.addWidget(made)
    assert "incidents" not in made.rail.shown
    assert made.rail.shown[0] == "home"


def test_in_a_record_what_is_on_file_is_read_and_nothing_leads_to_the_page(window: Window, desk: Desk, qtbot: QtBot) -> None:
    pupil = pupils.all_pupils(desk)[0]
    recording.enter(desk, [Incident(pupil_id=pupil.id, kind="effort", day=desk.today, part="took-part")])
    for on in (True, False):
        settings.save_settings(desk, dataclasses.replace(desk.settings, records_incidents=on))
        part = IncidentsPart(window.context, lambda: True)
        qtbot.addWidget(part)
        part.show_record(pupils.record(desk, pupil.id))
        assert [row.case.now.kind for row in part.table.rows] == ["effort"]
        assert [button.isVisibleTo(part) for button in (part.open_button, part.new_button)] == [on, on]


PARTS_OF_USES = {"Incidents", "Accidents", "Exams", "Plans", "Agreed places", "Placements", "Transport"}
SWITCHES = ("records_incidents", "keeps_accidents", "enters_exams", "keeps_plans", "records_schools", "buys_places", "records_transport")


def switch_all(window: Window, *, on: bool) -> None:
    desk = window.context.desk
    window.context.news.tell(settings.save_settings(desk, dataclasses.replace(desk.settings, **dict.fromkeys(SWITCHES, on))))


def record_at(window: Window, place: str) -> RecordView:
    """The record of that place, gone to from Home."""
    assert window.go("home")
    assert window.go("pupils", place)
    assert isinstance(window.page, PupilsPage)
    return window.page.view


def parts_found(window: Window) -> set[str]:
    """Which of those parts Ctrl+E offers."""
    window.find_anything()
    finder = window.findChild(Finder)
    assert isinstance(finder, Finder)
    found: set[str] = set()
    for words in PARTS_OF_USES:
        finder.box.setText(words)
        found |= {line.title for line in finder.lines if line.page == "pupils" and line.title in PARTS_OF_USES}
    finder.leave()
    return found


def test_a_part_that_is_switched_off_is_in_no_record_in_which_nothing_of_it_stands(window: Window, desk: Desk) -> None:
    carried, other, *_rest = pupils.all_pupils(desk)
    journeys.add(desk, Journey(pupil_id=carried.id, route="Green", start_date=desk.today, days="Mon"))
    view = record_at(window, other.id)
    assert set(view.contents.names) >= PARTS_OF_USES
    assert parts_found(window) == PARTS_OF_USES
    view.turn_to("transport")
    assert view.key == "transport"
    switch_all(window, on=False)
    view = record_at(window, other.id)
    assert not PARTS_OF_USES & set(view.contents.names)
    assert parts_found(window) == set()
    view = record_at(window, str(Place(other.id, "transport", "journey")))
    assert view.key == "card"
    view = record_at(window, str(Place(carried.id, "transport")))
    part = view.part
    assert isinstance(part, JourneysPart)  # there to be read, and nothing is added
    assert part.table.rows
    assert not part.add_button.isVisible()
    assert parts_found(window) == {"Transport"}
    switch_all(window, on=True)
    view = record_at(window, str(Place(carried.id, "transport")))
    assert isinstance(view.part, JourneysPart)
    assert view.part.add_button.isVisible()
    assert set(view.contents.names) >= PARTS_OF_USES


def test_it_is_not_switched_off_while_the_law_asks_for_something(window: Window, desk: Desk) -> None:
    pupil = pupils.all_pupils(desk)[0]
    recording.enter(desk, [Incident(pupil_id=pupil.id, kind="threat", day=desk.today, account="Words", part="took-part")])
    assert not save(window, incidents="no")
    page = window.page
    assert isinstance(page, SettingsPage)
    words = page.form.fields["records_incidents"].problem.text()
    assert words == "Something is still to be done about 1 incident: Home lists them. Do that first."
    assert desk.settings.records_incidents


def test_a_concern_is_begun_by_a_key_from_anywhere_once_the_files_are_kept_here(window: Window, desk: Desk, qtbot: QtBot) -> None:
    pupil = pupils.all_pupils(desk)[0]
    key = next(act for act in window.actions() if act.shortcut().toString() == "Ctrl+Shift+C")
    window.go("pupils", pupil.id)
    key.trigger()
    assert window.page.name == "pupils"
    assert "safeguarding" not in window.rail.shown
    window.context.news.tell(settings.save_settings(desk, dataclasses.replace(desk.settings, keeps_safeguarding=True)))
    readers.set_reader(desk, desk.user, may=True, reason="Designated safeguarding lead", room=SAFEGUARDING_FILES)
    window.go("pupils", pupil.id)
    key.trigger()
    assert isinstance(window.page, SafeguardingPage)
    assert window.page.entry.finder.pupil_id == pupil.id
    window.page.discard()
    window.go("home")
    key.trigger()
    assert window.page.name == "safeguarding"
    assert window.page.entry.finder.pupil_id == ""
