"""What a question says, in a place that is as tall as it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy

from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.words import label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized


def as_tall_as_its_place(words: QLabel) -> QLabel:
    """Its own wish is for a narrower place: held to, the area would scroll for a line, and the dialog have a hole."""
    policy = words.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    words.setSizePolicy(policy)
    return words


class QuestionWords(QScrollArea):
    """What a question says, as tall as it is: it scrolls only where the screen has less room than that."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        set_role(self, "Section")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words = as_tall_as_its_place(label(text))
        self.setWidget(self._words)
        self.setMinimumWidth(tokens.FIELD + tokens.XXL)
        self.setMaximumWidth(sized(tokens.READING))
        self.setVisible(bool(text))
        self.verticalScrollBar().rangeChanged.connect(self._take_keys)

    def _take_keys(self, _lowest: int, highest: int) -> None:
        """Tab comes here only where there is something to scroll."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if highest else Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        self._words.ensurePolished()
        wide = max(self.minimumWidth(), min(self.maximumWidth(), self._words.sizeHint().width() + tokens.M))
        return QSize(
            wide, self._words.heightForWidth(wide) + tokens.THIN
        )  # a pixel lost where the screen's own scale is a fraction hides nothing

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, min(self.sizeHint().height(), 3 * self.fontMetrics().lineSpacing()))
