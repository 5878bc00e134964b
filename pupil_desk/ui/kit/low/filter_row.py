"""The boxes that narrow a list down, in a row that wraps. In a low window they fold behind one button, beside which stands what is chosen in them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QComboBox, QLabel, QLineEdit, QSizePolicy, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.flow import turn
from pupil_desk.ui.kit.low.foldable import Foldable
from pupil_desk.ui.kit.watch.descendants import descendants
from pupil_desk.ui.kit.words import Elided, button, column_in, flow_in, flow_of, labelled, set_look, without_sign
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import sized


class FilterRow(Foldable):
    """``boxes`` fold. The box to ``find`` in, with its name, does not: folded, the name stands in the box, without its key where that has
    no room. ``after`` is what stands in the line after it. ``beside`` is what stands beneath them, such as how many are found: folded, it stands
    beside them."""

    def __init__(
        self,
        *boxes: QWidget,
        find: tuple[str, QLineEdit] | None = None,
        after: Sequence[QWidget] = (),
        beside: QWidget | None = None,
        spacing: int = tokens.M,
    ) -> None:
        super().__init__()
        self._boxes, self._away = boxes, set[QWidget]()
        self._is_low, self._is_open = False, False
        self.open_button = button(_("Choices"), self._turn)
        self._chosen = _Chosen()
        find_pair = [] if find is None else [labelled(*find)]
        self._name = find_pair[0].findChild(QLabel) if find_pair else None
        self._find_box = find[1] if find is not None else None
        if self._find_box is not None:
            self._find_box.installEventFilter(self)
        line = self.open_button, self._chosen, *boxes, *find_pair, *after
        self._column: QBoxLayout | None = None  # where something stands beneath them
        if beside is None:
            flow_in(self, *line, spacing=spacing)
        else:
            self._column = column_in(self, tokens.S, flow_of(*line, spacing=spacing), beside)
        for own in (self.open_button, self._chosen):
            own.hide()
        self._said = QTimer(self, singleShot=True, interval=0)  # once the boxes have been filled anew, which they tell nobody
        self._said.timeout.connect(self._say_chosen)
        for part in boxes:
            for box in _choices_in(part):
                box.currentTextChanged.connect(lambda _text: self._said.start())
                box.model().rowsInserted.connect(lambda *_rows: self._said.start())
            if isinstance(part, QAbstractButton):
                part.toggled.connect(lambda _checked: self._said.start())

    @property
    def is_folded(self) -> bool:
        """Whether the boxes are out of view behind the button."""
        return self._is_low and not self._is_open and self._has_boxes

    @property
    def _has_boxes(self) -> bool:
        return any(part not in self._away for part in self._boxes)

    def fold(self, *, is_low: bool) -> None:
        if is_low != self._is_low:
            self._is_low, self._is_open = is_low, False
            self._stand()

    def show_box(self, part: QWidget, *, visible: bool) -> None:
        """Whether one of the boxes stands there at all, unfolded."""
        (self._away.discard if visible else self._away.add)(part)
        self._stand()

    def begin_at(self, box: QWidget) -> None:
        """Put the cursor on a box, or on the button that it is behind."""
        (self.open_button if self.is_folded else box).setFocus()

    def go_to(self, box: QWidget) -> None:
        """Put the cursor on a box, wherever it is."""
        if self.is_folded and any(part is box or part.isAncestorOf(box) for part in self._boxes):
            self._turn()
        box.setFocus()

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._stand()

    def _stand(self) -> None:
        """Stand as befits the window, and as the person wants it."""
        is_folded, is_low = self.is_folded, self._is_low
        if self._column is not None:
            is_one_line = is_low and not self._is_open
            turn(self._column, is_row=is_one_line)
            self._column.setStretch(0, int(is_one_line))
        for part in self._boxes:
            part.setVisible(not is_folded and part not in self._away)
        self.open_button.setVisible(is_low and self._has_boxes)
        self.open_button.setIcon(icon("caret-right" if is_folded else "caret-down"))
        self.open_button.setAccessibleName(_("Choices, folded") if is_folded else _("Choices"))
        self._chosen.setVisible(is_folded)
        self._say_chosen()
        if self._name is not None:
            self._name.setVisible(not is_low)
            self._name_in_box()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self._find_box and event.type() is QEvent.Type.Resize:
            self._name_in_box()
        return super().eventFilter(watched, event)

    def _name_in_box(self) -> None:
        """Folded, the name of the box to find in stands there, and with its key where there is room for both."""
        if self._name is None or self._find_box is None:
            return
        box, words = self._find_box, without_sign(self._name.text())
        short = words.partition(" (")[0]
        if box.placeholderText() in ("", words, short):
            has_room = box.fontMetrics().horizontalAdvance(words) <= box.width() - 2 * tokens.M
            box.setPlaceholderText((words if has_room else short) if self._is_low else "")

    def _say_chosen(self) -> None:
        """«Attendance, School year 2026/27, In the chart: Attendance»: what another box says already is said with the box's name."""
        words: list[str] = []
        for part in self._boxes:
            if part in self._away:
                continue
            for box in _choices_in(part):
                said = box.currentText()
                words.append(_("{box}: {choice}").format(box=box.accessibleName(), choice=said) if said and said in words else said)
            words += [without_sign(part.text())] if isinstance(part, QAbstractButton) and part.isChecked() else []
        self._chosen.setText(", ".join(word for word in words if word))


def _choices_in(part: QWidget) -> list[QComboBox]:
    return [part] if isinstance(part, QComboBox) else list(descendants(part, QComboBox))


class _Chosen(Elided):
    """As wide as the line has room, with dots where that is too little."""

    def __init__(self) -> None:
        super().__init__()
        set_look(self, "muted")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(sized(tokens.HUGE), super().sizeHint().height())
