"""Rows of two boxes each, such as the first and the last day of a term, with a button to add one and one to take it out.

As one text they are lines, as they are kept in a draft and read when they are saved.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import STRETCH, button, column_in, fill, label, row_layout
from pupil_desk.ui.style import tokens

_DAY = "30 September 2026 "  # a box of a day is as wide as this


class DayRows(QWidget):
    """``headings`` stand over the two boxes; ``joint`` is what parts them in a line, such as « to ». ``edited`` comes with each change."""

    edited = Signal()

    def __init__(
        self, headings: tuple[str, str], joint: str, add: str, *, split: Callable[[str], list[str]], second_is_day: bool = True
    ) -> None:
        super().__init__()
        self._headings, self._joint, self._split, self._second_is_day = headings, joint, split, second_is_day
        self._readonly = False
        self.rows: list[tuple[QLineEdit, QLineEdit, QPushButton]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.S)
        self._grid.setVerticalSpacing(tokens.XS)
        for place, heading in enumerate(headings):
            self._grid.addWidget(label(heading, "hint"), 0, place)
        self._grid.setColumnStretch(3, 1)
        self.add_button = button(add, self.add, icon_name="plus")
        fill(column_in(self, tokens.S), self._grid, row_layout(self.add_button, STRETCH))

    def text(self) -> str:
        """The rows in which anything stands, a line each."""
        pairs = [(first.text().strip(), second.text().strip()) for first, second, _out in self.rows]
        return "\n".join(self._joint.join(filter(None, pair)) for pair in pairs if any(pair))

    def set_text(self, text: str) -> None:
        """Rows for these lines, in place of those there are."""
        if text == self.text() and self.rows:
            return
        for row in tuple(self.rows):
            self._drop(row)
        for line in filter(None, map(str.strip, text.splitlines())):
            pause()
            self._append(*[*self._split(line), ""][:2])
        self.edited.emit()

    def set_readonly(self) -> None:
        """It can only be read."""
        self._readonly = True
        self.add_button.hide()

    def add(self) -> None:
        """An empty row, with the cursor in it."""
        self._append("", "")
        self.rows[-1][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus(self) -> None:
        """To the first box; to the button where there is no row."""
        (self.rows[0][0] if self.rows else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_on(self, line: int, place: int) -> None:
        """To a box of the row that is this line of the text."""
        filled_rows = [row for row in self.rows if row[0].text().strip() or row[1].text().strip()]
        filled_rows[line][place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, *texts: str) -> None:
        boxes = (QLineEdit(texts[0]), QLineEdit(texts[1]))
        number = len(self.rows) + 1
        for place, box in enumerate(boxes):
            box.setAccessibleName(_("{heading}, row {number}").format(heading=self._headings[place], number=number))
            box.setReadOnly(self._readonly)
            if place == 0 or self._second_is_day:
                box.setFixedWidth(box.fontMetrics().horizontalAdvance(_DAY) + 2 * tokens.M)
            else:
                box.setMinimumWidth(tokens.FIELD)
            box.textEdited.connect(self.edited)
        out = button("", lambda: self._take_out(row), "quiet", icon_name="trash")
        row = (*boxes, out)
        out.setAccessibleName(_("Take out row {number}").format(number=number))
        out.setToolTip(_("Take out"))
        self.rows.append(row)
        line = self._grid.rowCount()
        for place, part in enumerate(row):
            self._grid.addWidget(part, line, place)
            part.setVisible(part is not out or not self._readonly)  # now, so that the focus can go there
        before: QWidget | None = self.rows[-2][2] if len(self.rows) > 1 else None
        for part in row:
            if before is not None:
                QWidget.setTabOrder(before, part)
            before = part
        QWidget.setTabOrder(out, self.add_button)

    def _take_out(self, row: tuple[QLineEdit, QLineEdit, QPushButton]) -> None:
        self._drop(row)
        self.focus()
        self.edited.emit()

    def _drop(self, row: tuple[QLineEdit, QLineEdit, QPushButton]) -> None:
        self.rows.remove(row)
        for part in row:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
