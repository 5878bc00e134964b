"""The top of a page: its title, and the few named things that can be done on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import LOOKING, Action, who_may
from pupil_desk.ui.kit.context import LOOKING_ONLY
from pupil_desk.ui.kit.flow import turn
from pupil_desk.ui.kit.low.command_bar import CommandBar
from pupil_desk.ui.kit.low.foldable import Foldable, is_in_low_window
from pupil_desk.ui.kit.pushbutton import PushButton
from pupil_desk.ui.kit.words import button, column_in, flow_in, line
from pupil_desk.ui.kit.words import tip as words_under
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


class Heading(Foldable):
    """Title, with an optional line or else the command bar beside it; with such a line the bar is beneath. Where there is no room for two side by
    side, each has a line of its own. What the role lacks is shown disabled, with who may.

    ``has_line``: there is such a line, whose words are told later. ``comes_and_goes``: the bar is not always there (``show_commands``), and so stands
    beside the title all the same, the line beneath, and its place is kept: nothing below is put elsewhere by it. ``most_buttons`` are shown; where there are more commands, the last is «More».
    In a low window all is one line: the line of words is under the mouse on the title, and the buttons that have no room are under «More».
    ``is_whole``: not so, as no list beneath it needs the height."""

    def __init__(
        self,
        title: str,
        commands: Sequence[Command] = (),
        *,
        desk: Desk | None = None,
        text: str = "",
        has_line: bool = False,
        comes_and_goes: bool = False,
        is_whole: bool = False,
        most_buttons: int = MOST,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._text = line(title, "title"), line(text, "muted", least=sized(tokens.READING))  # so that other words move nothing
        self._controls: dict[str, QPushButton | QAction] = {}
        self._refusals: dict[str, str] = {}
        self._most_buttons = most_buttons
        self._is_low, self._has_line, self._is_whole = False, has_line, is_whole
        self._head = QWidget()
        row = flow_in(self._head, self._title, spacing=tokens.M)
        self._column = column_in(self, tokens.S, self._head)
        (self._column if comes_and_goes else row).addWidget(self._text)
        self._text.setMinimumHeight(self._title.sizeHint().height())
        self._text.setVisible(has_line or bool(text))  # once it has a parent: before, it would be a window of its own
        self._commands = self._bar(commands, desk) if commands else None
        if self._commands is not None:
            (row if comes_and_goes or not (has_line or text) else self._column).addWidget(self._commands)
            place = self._commands.sizePolicy()
            place.setRetainSizeWhenHidden(comes_and_goes)
            self._commands.setSizePolicy(place)

    def set_title(self, title: str, text: str = "") -> None:
        """Other words at the top; the text beneath may name a record, the window's own title never does."""
        self._title.setText(title)
        self._text.setText(text)
        self._fit()
        self._settle()

    def _settle(self) -> None:
        """As tall as its words are now, at once: each layout around them would know it a turn later than the one within, after the next click perhaps."""
        part: QWidget | None = self._head
        while self.isVisible() and part is not None and (layout := part.layout()) is not None:
            layout.activate()
            part = None if part is self.parentWidget() else part.parentWidget()

    def keep_whole(self, is_whole: bool) -> None:
        """Whether it folds in no window, as long as what stands beneath leaves it the height."""
        self._is_whole = is_whole
        self.fold(is_low=is_in_low_window(self))

    def fold(self, *, is_low: bool) -> None:
        is_low = is_low and not self._is_whole
        if is_low != self._is_low:
            self._is_low = is_low
            turn(self._column, is_row=is_low)
            self._column.setSpacing(tokens.M if is_low else tokens.S)
            for place in range(self._column.count()):
                self._column.setStretch(place, int(is_low and place > 0))
        self._fit()

    def _fit(self) -> None:
        """Have the words and the buttons stand as befits the window."""
        words = self._text.text().strip()
        self._text.setVisible((self._has_line or bool(self._text.text())) and not self._is_low)
        self._title.setToolTip(words_under(words) if self._is_low else "")
        self._title.setAccessibleDescription(words if self._is_low else "")
        if self._commands is not None:
            title_width = 0 if self._title.isHidden() else self._title.sizeHint().width() + tokens.M
            self._commands.fit(self.width() - title_width if self._is_low else None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self._is_low:
            self._fit()

    def show_title(self, visible: bool) -> None:
        """Whether the title stands there: where little has room, what the page shows says enough."""
        self._title.setVisible(visible)
        self._fit()

    def show_commands(self, visible: bool) -> None:
        """Whether the commands stand there at all: a pane of the page may have its own."""
        if self._commands is not None:
            self._commands.setVisible(visible)

    def show_command(self, key: str, visible: bool) -> None:
        """Whether one command stands there: of two that are never seen together."""
        if self._commands is not None:
            self._commands.hide_button(self.button_of(key), hidden=not visible)
            self._fit()

    def enable(self, key: str, enabled: bool, reason: str = "") -> None:
        """Whether a command can be used now, and if not, why. One that the role lacks stays refused."""
        control = self._controls[key]
        refusal = self._refusals.get(key, "")
        control.setEnabled(enabled and not refusal)
        _explain(control, refusal or ("" if enabled else reason))

    def button_of(self, key: str) -> PushButton:
        """The button of a command, to focus or to press."""
        control = self._controls[key]
        assert isinstance(control, PushButton)
        return control

    def _bar(self, commands: Sequence[Command], desk: Desk | None) -> CommandBar:
        bar = CommandBar()
        in_row = commands if len(commands) <= self._most_buttons else commands[: self._most_buttons - 1]
        for command in in_row:
            command_button = button(command.words, command.run, "primary" if command.primary else "", icon_name=command.icon)
            if command.shortcut:
                # beside the letter that is underlined, not in its place, as the button's own shortcut would be
                QShortcut(QKeySequence(command.shortcut), command_button, command_button.click)
            self._keep(command, command_button, desk)
            bar.put(command_button, command.shortcut)
        for command in commands[len(in_row) :]:
            entry = QAction(command.words, bar)  # one that addAction makes is lost to PySide when a paper is shown elsewhere on the page
            entry.triggered.connect(command.run)
            if command.shortcut:
                entry.setShortcut(QKeySequence(command.shortcut))
            bar.put_away(entry)
            self._keep(command, entry, desk)
        return bar

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


def only_for(desk: Desk, action: Action, *widgets: QWidget) -> str:
    """Who may not do that, or is only looking, cannot press these, and reads under the mouse why, as a screen reader says it. Returns why."""
    refusal = _refusal(desk, action)
    if refusal:
        for widget in widgets:
            widget.setEnabled(False)
            widget.setToolTip(refusal)
            widget.setAccessibleDescription(refusal)
    return refusal


def _explain(control: QPushButton | QAction, reason: str) -> None:
    tip = str(control.property("tip") or "")
    control.setToolTip(reason or tip)
    if isinstance(control, QPushButton):
        control.setAccessibleDescription(reason or tip)
        control.setCursor(Qt.CursorShape.PointingHandCursor if control.isEnabled() else Qt.CursorShape.ForbiddenCursor)
