"""Words in a place that is no taller than two lines, or one, whatever they are."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_NARROWEST = 96
_BREAK = "\u2028"  # between two lines, as a layout of text has it


class Clipped(QLabel):
    """Two lines at most, or as many as ``lines`` says; the last ends in dots where there is more."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = 2
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    @property
    def lines(self) -> int:
        """How many lines there are at most."""
        return self._lines

    @lines.setter
    def lines(self, lines: int) -> None:
        self._lines = lines
        self.updateGeometry()
        self.update()

    def is_cut_at(self, width: int) -> bool:
        """Whether so wide a place has no room for all the words."""
        self.ensurePolished()
        return len(_lines_of(self, max(1, width))) > self._lines

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + tokens.XS, self._lines * self.fontMetrics().lineSpacing())

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(min(sized(_NARROWEST), self.sizeHint().width()), self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        lines, metrics = _lines_of(self, self.width()), self.fontMetrics()
        if len(lines) <= self._lines and all(metrics.horizontalAdvance(word) <= self.width() for word in self.text().split()):
            super().paintEvent(event)
            return
        left = "".join(lines[self._lines - 1 :]).replace(_BREAK, " ")  # or the last line would be several
        last = metrics.elidedText(left, Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        words = "\n".join((*(line.rstrip() for line in lines[: self._lines - 1]), last))
        self.style().drawItemText(
            painter, self.rect(), Qt.AlignmentFlag.AlignVCenter, self.palette(), self.isEnabled(), words, self.foregroundRole()
        )


def _lines_of(label: QLabel, width: int) -> list[str]:
    """A label's words as they are broken in a place so wide."""
    text = label.text().replace("\n", _BREAK)
    layout = QTextLayout(text, label.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return lines
