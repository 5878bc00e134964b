"""The first run: a unit is made by keys alone, its code typed back, or the training unit is tried."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import units
from pupil_desk.store.file import opening
from pupil_desk.store.file.vault import Vault
from pupil_desk.ui.entry.entry import Entry
from pupil_desk.ui.entry.first_run import NewUnit, Welcome
from pupil_desk.ui.entry.known_units import training_place
from pupil_desk.ui.entry.shown_code import ShownCode
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from tests.ui.conftest import NOW, USER
from tests.ui.conftest import PASSWORD as OWN_PASSWORD
from tests.ui.entry.conftest import OpenEntry
from tests.ui.entry.made import press, said, sign_in_as, title, type_in, unit_file, words

NAME, PASSWORD = "Dana Officer", "slow green kettle by the window"


def at_new_unit(open_entry: OpenEntry) -> tuple[Entry, NewUnit]:
    entry = open_entry()
    assert title(entry) == "Welcome to Pupil Desk"
    press(entry, "Set up a unit")
    assert isinstance(entry.panel, NewUnit)
    return entry, entry.panel


def fill(qtbot: QtBot, panel: NewUnit, *, password: str = PASSWORD, again: str = PASSWORD) -> None:
    """Type into whatever has the focus, and go on by Enter, as a person does who never takes the mouse."""
    for text in ("Larkshire Unit", "919", "1100", NAME, password, again):
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        qtbot.keyClicks(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)


def test_on_a_small_screen_the_button_that_makes_the_file_is_in_sight(qtbot: QtBot, open_entry: OpenEntry) -> None:
    entry, panel = at_new_unit(open_entry)
    entry.resize(entry.width(), 737)  # what a screen of 1366 by 768 leaves of a window, with its title bar
    entry.show()
    qtbot.waitUntil(lambda: panel.forward.visibleRegion().boundingRect() == panel.forward.rect())


@pytest.fixture
def at_code(qtbot: QtBot, open_entry: OpenEntry) -> tuple[Entry, ShownCode]:
    """A unit has been made, and its recovery code is on the screen."""
    entry, panel = at_new_unit(open_entry)
    fill(qtbot, panel)
    assert isinstance(entry.panel, ShownCode), said(entry)
    return entry, entry.panel


def test_a_unit_is_made_by_keys_alone_and_its_first_user_is_a_data_officer(
    at_code: tuple[Entry, ShownCode], qtbot: QtBot, desks: list[Desk], memory: Memory, tmp_path: Path
) -> None:
    _entry, panel = at_code
    groups = panel.secret.secret.toPlainText().split("-")
    assert [len(group) for group in groups] == [4] * 7
    type_in(qtbot, panel.second, groups[1].lower())
    type_in(qtbot, panel.last, groups[-1], enter=True)
    (desk,) = desks
    assert (desk.user.name, desk.user.role) == (NAME, Role.DATA_OFFICER)
    assert desk.settings.name == "Larkshire Unit"
    assert desk.vault.path.parent == (tmp_path / "data" / "pupil-desk").resolve()
    assert memory.get("unit/file") == str(desk.vault.path)
    assert panel.secret.secret.toPlainText() == ""


def test_the_kind_of_unit_is_asked_and_may_be_left_for_later(qtbot: QtBot, open_entry: OpenEntry, desks: list[Desk]) -> None:
    entry, panel = at_new_unit(open_entry)
    assert [panel.kind.itemText(at) for at in range(panel.kind.count())][:2] == [
        "Not chosen yet: Home will ask",
        "Pupil referral unit of a local authority",
    ]
    panel.kind.set_key("ap-academy")
    fill(qtbot, panel)
    shown = entry.panel
    assert isinstance(shown, ShownCode)
    groups = shown.secret.secret.toPlainText().split("-")
    type_in(qtbot, shown.second, groups[1].lower())
    type_in(qtbot, shown.last, groups[-1], enter=True)
    (desk,) = desks
    assert desk.settings.kind == "ap-academy"


def test_a_file_that_is_made_and_cannot_be_opened_shows_its_code_and_goes_to_sign_in(
    qtbot: QtBot, open_entry: OpenEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, panel = at_new_unit(open_entry)
    real, opened = opening.open_with_key, []

    def once(path: Path, *how: Any, **more: Any) -> Vault:
        opened.append(path)
        if len(opened) > 1:
            raise CannotWrite("full")
        return real(path, *how, **more)

    monkeypatch.setattr(opening, "open_with_key", once)
    fill(qtbot, panel)
    shown = entry.panel
    assert isinstance(shown, ShownCode)
    assert said(entry) == "unit.pupildesk is made, and could not be opened just now. Keep its recovery code, and sign in."
    monkeypatch.undo()
    code = shown.secret.secret.toPlainText()
    type_in(qtbot, shown.second, code.split("-")[1])
    type_in(qtbot, shown.last, code.split("-")[-1], enter=True)
    assert title(entry) == "Sign in"
    units.open_with_recovery_code(opened[-1], code, entry._clock).close()


def test_the_code_is_not_passed_until_two_groups_are_typed_back(at_code: tuple[Entry, ShownCode], qtbot: QtBot, desks: list[Desk]) -> None:
    entry, panel = at_code
    groups = panel.secret.secret.toPlainText().split("-")
    press(entry, "Go on")
    assert "second group" in said(entry)
    assert QApplication.focusWidget() is panel.second, QApplication.focusWidget()
    type_in(qtbot, panel.second, groups[1])
    type_in(qtbot, panel.last, groups[1], enter=True)
    assert "last group" in said(entry)
    assert panel.last.hasFocus()
    assert desks == []


def test_the_sheet_that_is_printed_bears_the_code_and_the_unit(at_code: tuple[Entry, ShownCode]) -> None:
    import pypdfium2

    entry, panel = at_code
    sent: list[bytes] = []
    entry.send = lambda data, _parent, **_more: bool(sent.append(data)) or True  # type: ignore[func-returns-value,assignment]
    assert panel.print_button.hasFocus()
    panel.print_button.click()
    text = pypdfium2.PdfDocument(sent[0])[0].get_textpage().get_text_bounded()
    assert panel.secret.secret.toPlainText() in text
    assert "Larkshire Unit" in text


def test_closing_before_the_code_is_on_paper_asks_first(at_code: tuple[Entry, ShownCode], answers: Answers, qtbot: QtBot) -> None:
    entry, _panel = at_code
    assert isinstance(entry._held_file, Vault)
    path = entry._held_file.path
    answers.answers = [False]
    entry.close()
    assert entry.isVisible()
    assert "not shown again" in answers.questions[0].text
    answers.answers = [True]
    with qtbot.waitSignal(entry.closing):
        entry.close()
    assert not entry.isVisible()
    assert units.sign_in(path, name=NAME, password=PASSWORD, clock=entry._clock).vault.close() is None  # it was let go


def test_the_code_opens_the_file(at_code: tuple[Entry, ShownCode]) -> None:
    entry, panel = at_code
    assert isinstance(entry._held_file, Vault)
    code, path = panel.secret.secret.toPlainText(), entry._held_file.path
    panel.loses = ""
    entry.close()
    recovered = units.open_with_recovery_code(path, code, entry._clock)
    assert [user.name for user in recovered.users()] == [NAME]
    recovered.close()


@pytest.mark.parametrize(
    ("password", "again", "words_", "field"),
    [("short", "short", "too short", "password"), (PASSWORD, "slow green kettle", "not the same", "repeat_field")],
)
def test_a_weak_or_mistyped_password_is_said_in_place(
    qtbot: QtBot, open_entry: OpenEntry, password: str, again: str, words_: str, field: str
) -> None:
    entry, panel = at_new_unit(open_entry)
    fill(qtbot, panel, password=password, again=again)
    assert words_ in said(entry)
    assert getattr(panel, field).hasFocus()
    assert not (panel._place).exists()


def test_what_is_wrong_with_the_unit_is_said_beside_its_field(qtbot: QtBot, open_entry: OpenEntry) -> None:
    entry, panel = at_new_unit(open_entry)
    panel.form.fields["name"].editor.take_text("Larkshire Unit")
    panel.form.fields["la"].editor.take_text("919")
    panel.form.fields["estab"].editor.take_text("11")
    press(entry, "Make the unit")
    assert panel.form.fields["estab"].problem.text() == "The establishment number has 4 digits, such as 1100."


def test_the_file_may_go_elsewhere_and_a_full_place_is_refused(
    qtbot: QtBot, open_entry: OpenEntry, answers: Answers, tmp_path: Path
) -> None:
    entry, panel = at_new_unit(open_entry)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "unit.pupildesk").write_text("something")
    answers.answers = [tmp_path / "taken"]
    press(entry, "Keep the file in another folder")
    assert str(tmp_path / "taken") in panel.where.text()
    fill(qtbot, panel)
    assert "unit.pupildesk" in said(entry)
    assert (tmp_path / "taken" / "unit.pupildesk").read_text() == "something"
    assert panel.isEnabled()


def test_the_training_unit_is_made_once_and_tells_its_open_secret(
    qtbot: QtBot, open_entry: OpenEntry, desks: list[Desk], memory: Memory, monkeypatch: Any
) -> None:
    from pupil_desk.services.demo import unit

    made: list[Path] = []
    real = unit.make_training_unit

    def few(place: Path, **more: Any) -> unit.Training:
        made.append(place)
        panel = entry.panel
        assert isinstance(panel, Welcome)
        assert (panel.forward.text(), panel.training.text()) == ("&Set up a unit", "One moment…"), "what was pressed says so"
        return real(place, number=3, **more)

    monkeypatch.setattr(unit, "make_training_unit", few)
    entry = open_entry()
    press(entry, "Try the training unit")
    assert title(entry) == "Sign in"
    assert unit.PASSWORD in words(entry)
    assert unit.OFFICER in words(entry)
    type_in(qtbot, entry.panel.name, unit.OFFICER)  # type: ignore[attr-defined]
    type_in(qtbot, entry.panel.password, unit.PASSWORD, enter=True)  # type: ignore[attr-defined]
    assert units.is_training(desks[0])
    assert memory.get("unit/file") is None  # tomorrow the real unit is asked for
    entry.welcome()
    press(entry, "Try the training unit")
    assert (title(entry), made) == ("Sign in", [training_place()])


def test_the_fields_of_the_training_units_own_are_on_its_forms_alone(
    qtbot: QtBot, open_entry: OpenEntry, desks: list[Desk], tmp_path: Path
) -> None:
    from pupil_desk.services.demo import unit

    def labels() -> list[str]:
        form = Form(Pupil, today=NOW.date())
        qtbot.addWidget(form)
        return [field.item.label for field in form.fields.values()]

    own, _code = unit_file(tmp_path / "office")
    training = tmp_path / "training" / "unit.pupildesk"
    training.parent.mkdir()
    unit.make_training_unit(training, number=3, clock=FixedClock(NOW)).desk.vault.close()
    assert "Locker number" not in labels(), "made for a try, before anybody signs in"
    sign_in_as(qtbot, open_entry(training), unit.OFFICER, unit.PASSWORD)
    assert labels()[-2:] == ["Locker number", "Bus pass until"]
    units.sign_out(desks[0])
    sign_in_as(qtbot, open_entry(own), USER, OWN_PASSWORD)
    assert desks[1].settings.name == "Larkshire Unit"
    assert "Locker number" not in labels()


def test_who_worked_in_the_training_unit_finds_it_again_and_the_real_unit_comes_first(
    qtbot: QtBot, open_entry: OpenEntry, desks: list[Desk], tmp_path: Path
) -> None:
    from pupil_desk.services.demo import unit

    training_place().parent.mkdir(parents=True)
    units.sign_out(unit.make_training_unit(training_place(), number=3, clock=FixedClock(NOW)).desk)
    own, _code = unit_file(tmp_path / "office")
    first = open_entry(training_place())
    sign_in_as(qtbot, first, unit.OFFICER, unit.PASSWORD)
    desks[0].vault.close()
    again = open_entry()
    assert (title(again), unit.OFFICER in words(again)) == ("Sign in", True)
    sign_in_as(qtbot, open_entry(own), USER, OWN_PASSWORD)
    desks[1].vault.close()
    both = open_entry()
    assert f"File: {own.name}, in {own.parent}" in words(both)
    press(both, "Sign in to the training unit")
    assert unit.OFFICER in words(both)
    press(both, "Sign in to your own unit")
    assert f"File: {own.name}, in {own.parent}" in words(both)


def test_esc_leads_back_and_one_slip_loses_nothing_typed(qtbot: QtBot, open_entry: OpenEntry) -> None:
    entry, panel = at_new_unit(open_entry)
    qtbot.keyClick(entry.focusWidget(), Qt.Key.Key_Escape)
    assert title(entry) == "Welcome to Pupil Desk"
    press(entry, "Set up a unit")
    panel = entry.panel
    assert isinstance(panel, NewUnit)
    for text in ("Dana", " Officer"):
        panel.user.setFocus()
        qtbot.keyClicks(panel.user, text)
        qtbot.keyClick(entry.focusWidget(), Qt.Key.Key_Escape)
        assert said(entry) == "Press Esc once more to leave. What you typed is not kept."
    assert panel.user.text() == "Dana Officer"
    qtbot.keyClick(entry.focusWidget(), Qt.Key.Key_Escape)
    assert title(entry) == "Welcome to Pupil Desk"


def test_back_leads_back(open_entry: OpenEntry) -> None:
    entry, _panel = at_new_unit(open_entry)
    press(entry, "Back")
    assert title(entry) == "Welcome to Pupil Desk"


def test_every_field_and_button_has_a_name(open_entry: OpenEntry, nameless: Any) -> None:
    entry, _panel = at_new_unit(open_entry)
    assert nameless(entry) == []


def test_nothing_flashes_up_as_a_window_of_its_own(open_entry: OpenEntry, qtbot: QtBot) -> None:
    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[str] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.seen.append(type(watched).__name__)
            return False

    watch = Watch()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    _entry, _panel = at_new_unit(open_entry)
    app.removeEventFilter(watch)
    assert watch.seen == ["Entry"]
