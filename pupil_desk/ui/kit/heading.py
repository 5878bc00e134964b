"""The top of a page: its title, and the few named things that can be done on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import LOOKING, Action, who_may
from pupil_desk.ui.kit.context import LOOKING_ONLY
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.words import button, column_in, flow_in, line, show_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

MOST = 7  # commands shown; the rest stand in «More»


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. ``key`` names it in code; ``action`` is what the role must include; ``shortcut`` as «Ctrl+N». ``lets_out``: it
    saves or prints, whatever the role."""

    key: str
    words: str
    run: Callable[[], object]
    action: Action | None = None
    icon: str = ""
    shortcut: str = ""
    primary: bool = False
    tip: str = ""
    lets_out: bool = False


class Heading(QWidget):
    """Title, with an optional line or else the command bar beside it; with such a line the bar is beneath. Where there is no room for two side by
    side, each has a line of its own. What the role lacks is shown disabled, with who may.

    ``most_buttons`` are shown; where there are more commands, the last is «More»."""

    def __init__(
        self,
        title: str,
        commands: Sequence[Command] = (),
        *,
        desk: Desk | None = None,
        text: str = "",
        most_buttons: int = MOST,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._text = line(title, "title"), line(text, "muted", least=sized(tokens.READING))  # so that other words move nothing
        self._controls: dict[str, QPushButton | QAction] = {}
        self._refusals: dict[str, str] = {}
        self._most_buttons = most_buttons
        self._head = QWidget()
        row = flow_in(self._head, self._title, self._text, spacing=tokens.M)
        column = column_in(self, tokens.S, self._head)
        self._text.setMinimumHeight(self._title.sizeHint().height())
        self._text.setVisible(bool(text))  # once it has a parent: before, it would be a window of its own
        self._commands = self._bar(commands, desk) if commands else None
        if self._commands is not None:
            (column if text else row).addWidget(self._commands)

    def set_title(self, title: str, text: str = "") -> None:
        """Other words at the top; the text beneath may name a record, the window's own title never does."""
        self._title.setText(title)
        show_words(self._text, text)

    def show_title(self, visible: bool) -> None:
        """Whether the title stands there: where little has room, what the page shows says enough."""
        self._title.setVisible(visible)

    def show_commands(self, visible: bool) -> None:
        """Whether the commands stand there at all: a pane of the page may have its own."""
        if self._commands is not None:
            self._commands.setVisible(visible)

    def enable(self, key: str, enabled: bool, reason: str = "") -> None:
        """Whether a command can be used now, and if not, why. One that the role lacks stays refused."""
        control = self._controls[key]
        refusal = self._refusals.get(key, "")
        control.setEnabled(enabled and not refusal)
        _explain(control, refusal or ("" if enabled else reason))

    def button_of(self, key: str) -> QPushButton:
        """The button of a command, to focus or to press."""
        control = self._controls[key]
        assert isinstance(control, QPushButton)
        return control

    def _bar(self, commands: Sequence[Command], desk: Desk | None) -> QWidget:
        bar = QWidget()
        row = FlowLayout(bar, tokens.S)
        in_row = commands if len(commands) <= self._most_buttons else commands[: self._most_buttons - 1]
        for command in in_row:
            command_button = button(command.words, command.run, "primary" if command.primary else "", icon_name=command.icon)
            if command.shortcut:
                # beside the letter that is underlined, not in its place, as the button's own shortcut would be
                QShortcut(QKeySequence(command.shortcut), command_button, command_button.click)
            self._keep(command, command_button, desk)
            row.addWidget(command_button)
        if len(commands) > len(in_row):
            row.addWidget(self._more_menu(commands[len(in_row) :], desk))
        return bar

    def _more_menu(self, commands: Sequence[Command], desk: Desk | None) -> QPushButton:
        more_button = button(_("&More"), lambda: None)
        menu = QMenu(more_button)
        for command in commands:
            entry = QAction(command.words, menu)  # one that addAction makes is lost to PySide when a paper is shown elsewhere on the page
            entry.triggered.connect(command.run)
            menu.addAction(entry)
            if command.shortcut:
                entry.setShortcut(QKeySequence(command.shortcut))
            self._keep(command, entry, desk)
        menu.setToolTipsVisible(True)
        more_button.setMenu(menu)
        return more_button

    def _keep(self, command: Command, control: QPushButton | QAction, desk: Desk | None) -> None:
        self._controls[command.key] = control
        control.setProperty("tip", f"{command.tip} ({command.shortcut})".strip() if command.shortcut else command.tip)
        if command.action is not None and desk is not None and (refusal := _refusal(desk, command.action)):
            self._refusals[command.key] = refusal
        elif command.lets_out and desk is not None and desk.vault.read_only:
            self._refusals[command.key] = LOOKING_ONLY
        self.enable(command.key, True)


def _refusal(desk: Desk, action: Action) -> str:
    """Why that cannot be done at this desk; empty where it can."""
    if desk.vault.read_only and action not in LOOKING:
        return LOOKING_ONLY
    return "" if desk.may(action) else only(action)


def only(action: Action) -> str:
    """«Data officer only»."""
    sentence = _("{who} only").format(who=who_may(action))
    return capital(sentence)


def only_for(desk: Desk, action: Action, *widgets: QWidget) -> None:
    """Who may not do that, or is only looking, cannot press these, and reads under the mouse why."""
    if refusal := _refusal(desk, action):
        for widget in widgets:
            widget.setEnabled(False)
            widget.setToolTip(refusal)


def _explain(control: QPushButton | QAction, reason: str) -> None:
    tip = str(control.property("tip") or "")
    control.setToolTip(reason or tip)
    if isinstance(control, QPushButton):
        control.setAccessibleDescription(reason or tip)
        control.setCursor(Qt.CursorShape.PointingHandCursor if control.isEnabled() else Qt.CursorShape.ForbiddenCursor)
