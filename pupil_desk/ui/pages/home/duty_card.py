"""A card of Home: a line each for what one does, one stop of the Tab key in all, and the arrow keys from line to line.

Enter or a click goes where it is done. Right shows the things that a line counts, Left hides them; so does the arrow at its end.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QStyle, QStyleOptionButton, QStylePainter, QToolButton, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.linkline import AT_TOP, LinkLine
from pupil_desk.ui.kit.scroll import bring_into_view
from pupil_desk.ui.kit.words import column_in, growing, label, row_layout
from pupil_desk.ui.pages.home.cards import CardLine, Duty
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours, sized

_LISTED = 20  # things shown of one line; the rest are counted
_NAMES = 190  # pixels at 100 % for the name of what a line is about
_SIGNS = {"bad": "warning", "check": "warning-circle", "accent": "circle"}
_ENDLESS = 10_000
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class DutyLine(LinkLine):
    """A line of a card: a sign of how pressing it is, the name of what it is about, and beside it, or beneath where that is narrow, what one does.

    The sign alone has the colour of that: a card of red and brown words would say of each that it comes first.
    """

    def __init__(self, duty: Duty) -> None:
        super().__init__(duty.words, duty.go, duty.tone)
        self.duty = duty
        self.setAccessibleName(f"{duty.name}: {duty.words}")
        self.show_badges(duty.badges.signs, duty.badges.words)
        if duty.items:
            self.setAccessibleDescription(_("Right shows them one by one"))

    def _rooms(self, width: int) -> tuple[QRect, QRect]:
        """Where the name stands, and where the words."""
        metrics, names = self.fontMetrics(), sized(_NAMES)
        badges = self.badges_take  # before the words, so that the names stand beneath each other
        room = self.content_rect(QRect(0, 0, width, _ENDLESS))
        is_narrow = room.width() < 2 * names
        name = QRect(room.topLeft(), QSize(room.width() if is_narrow else names, _ENDLESS))
        name_height = metrics.boundingRect(name, AT_TOP, self.duty.name).height()
        words = room.adjusted(badges, name_height, 0, 0) if is_narrow else room.adjusted(names + tokens.S + badges, 0, 0, 0)
        return QRect(name.topLeft(), QSize(name.width(), name_height)), metrics.boundingRect(words, AT_TOP, self.words)

    @property
    def _before(self) -> int:
        return sized(tokens.ICON) + tokens.S

    @property
    def _ink(self) -> str:
        return colours().accent

    def _words_in(self, width: int) -> QRect:
        name, words = self._rooms(width)
        return name.united(words)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        name, words = self._rooms(self.width())
        painter.translate(0, (self.height() - name.united(words).height()) // 2 - name.top())
        scheme, mark = colours(), sized(tokens.ICON)
        sign = QRect(0, name.top() + (self.fontMetrics().height() - mark) // 2, mark, mark)
        icon(_SIGNS[self.tone], {"bad": scheme.bad, "check": scheme.check, "accent": scheme.muted}[self.tone]).paint(painter, sign)
        painter.setPen(QColor(scheme.text))
        font = painter.font()
        font.setUnderline(False)
        painter.setFont(font)
        painter.drawText(name, AT_TOP, self.duty.name)
        self.paint_badges(painter, words, self.fontMetrics().height())
        self.write_words(painter, words.united(QRect(words.topLeft(), QSize(self.width() - words.left(), words.height()))), AT_TOP)


class DutyCard(QFrame):
    """The duties of one group."""

    def __init__(self, name: str, duties: Sequence[Duty]) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAccessibleName(name)
        set_role(self, "Grouping")
        self._column = column_in(self, tokens.THIN, left=tokens.L, top=tokens.M, right=tokens.L, bottom=tokens.M)
        self._shown: dict[DutyLine, QWidget] = {}  # what holds the things of a line that are in view
        self._items: dict[DutyLine, list[LinkLine]] = {}  # those things, of every line
        self._arrows: dict[DutyLine, QToolButton] = {}
        self._rows: dict[DutyLine, QLayout] = {}
        for duty in duties:
            self._add(duty)
        self._rove_to(next(iter(self.lines), None))

    @property
    def lines(self) -> list[LinkLine]:
        """All lines in view, from top to bottom."""
        return [line for duty_line, items in self._items.items() for line in (duty_line, *items)]

    @property
    def focused(self) -> str:
        """The name of the line with the cursor; empty where the cursor is elsewhere."""
        return next((line.duty.name for line in self.lines if isinstance(line, DutyLine) and line.hasFocus()), "")

    def focus_on(self, name: str, reason: Qt.FocusReason) -> None:
        """Put the cursor on the line of that name, or on the first."""
        lines = self.lines
        named = (line for line in lines if isinstance(line, DutyLine) and line.duty.name == name)
        if lines:
            next(named, lines[0]).setFocus(reason)

    def _add(self, duty: Duty) -> None:
        line = DutyLine(duty)
        line.installEventFilter(self)
        row = row_layout(growing(line), spacing=tokens.XS)
        self._column.addLayout(row)
        if duty.items:
            self._arrows[line] = arrow = QToolButton()
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has Right and Left
            arrow.setProperty("look", "fold")
            arrow.setIcon(icon("caret-down"))
            arrow.setAccessibleName(_("{name}: show them one by one").format(name=duty.name))
            arrow.setToolTip(arrow.accessibleName())
            arrow.clicked.connect(partial(self._turn, line))
            row.addWidget(arrow)
        self._rows[line], self._items[line] = row, []

    def _turn(self, line: DutyLine) -> None:
        self.show_items(line, shown=line not in self._shown)

    def show_items(self, line: DutyLine, *, shown: bool) -> None:
        """Show the things of a line beneath it, or hide them."""
        if shown == (line in self._shown) or not line.duty.items:
            return
        if shown:
            holder, self._items[line] = self._made_items(line.duty)
            self._shown[line] = holder
            self._column.insertWidget(self._column.indexOf(self._rows[line]) + 1, holder)
            holder.show()  # at once, so that the cursor can go there
            tab_after(line, self._items[line])
        else:
            holder = self._shown.pop(line)
            self._items[line] = []
            holder.hide()
            holder.deleteLater()
        self._arrows[line].setIcon(icon("caret-up" if shown else "caret-down"))

    def _made_items(self, duty: Duty) -> tuple[QWidget, list[LinkLine]]:
        holder, lines = QWidget(), []
        column = column_in(holder, tokens.THIN, left=tokens.XL)
        if duty.text:
            column.addWidget(label(duty.text, "muted"))
        for item in _listed(duty):
            line = LinkLine(item.words, item.go, item.tone)
            line.show_badges(item.badges.signs, item.badges.words)
            line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            line.installEventFilter(self)
            column.addWidget(line)
            lines.append(line)
        return holder, lines

    def lead_anew(self, duties: Sequence[Duty]) -> None:
        """Let each line lead where that of these duties leads: they read the same, and may be of others."""
        for (line, items), duty in zip(self._items.items(), duties, strict=True):
            line.duty = duty
            line.lead_to(duty.go)
            for shown, item in zip(items, _listed(duty), strict=False):
                shown.lead_to(item.go)

    def _rove_to(self, chosen: LinkLine | None) -> None:
        """Let the Tab key come to this line, and to no other of the card."""
        for line in self.lines:
            line.setFocusPolicy(Qt.FocusPolicy.StrongFocus if line is chosen else Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(watched, LinkLine):
            return False
        if event.type() is QEvent.Type.FocusIn:
            self._rove_to(watched)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._take_key(watched, Qt.Key(event.key()))
        return False

    def _take_key(self, line: LinkLine, key: Qt.Key) -> bool:
        lines = self.lines
        if key in _STEPS:
            place = lines.index(line) + _STEPS[key]
        elif key in _ENDS:
            place = _ENDS[key] % len(lines)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            if isinstance(line, DutyLine):
                self.show_items(line, shown=key is Qt.Key.Key_Right)
            return True
        else:
            return False
        if 0 <= place < len(lines):
            lines[place].setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_view(lines[place])
        return True


def _listed(duty: Duty) -> list[CardLine]:
    """The things that a line counts as they are shown beneath it: the first of them, and the number of the rest."""
    left = len(duty.items) - _LISTED
    more = [CardLine(_("and {count} more").format(count=left), duty.all or duty.items[_LISTED].go)] if left > 0 else []
    return [*duty.items[:_LISTED], *more]
