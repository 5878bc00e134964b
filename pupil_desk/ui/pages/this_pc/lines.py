"""Things looked at, a line each: a sign, what it is, and in a sentence what was seen and what to do."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.backup.this_pc import PcCheck
from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.words import label, set_look
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours, look, sized

_SIGNS = {True: "check-circle-fill", False: "warning-fill", None: "question-fill"}
_SAID = {True: _("Fine"), False: _("See to this"), None: _("Find out")}


def in_order(checks: Sequence[PcCheck]) -> list[PcCheck]:
    """What is to be seen to first, then what is not known, then what is fine; else as they came."""
    return sorted(checks, key=lambda check: (False, None, True).index(check.ok))


class Lines(QFrame):
    """A card of things looked at. It takes the focus, so that a screen reader reads all of it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, "card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self, "Section")
        self._title = title
        self._checks: list[PcCheck] = []
        self._signs: list[tuple[QLabel, bool | None]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        self._grid.setHorizontalSpacing(tokens.M)
        self._grid.setVerticalSpacing(tokens.XS)
        self._grid.setColumnStretch(1, 1)
        if (dress := look()) is not None:
            dress.changed.connect(self._draw)

    def show_checks(self, checks: Sequence[PcCheck]) -> None:
        """Show these, in the order given."""
        self._empty()
        self._checks = list(checks)
        for place, check in enumerate(checks):
            self._add(check, 3 * place, is_last=place == len(checks) - 1)
        self._draw()
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(" ".join(f"{_SAID[f.ok]}: {f.title}. {f.words}" for f in checks))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As tall as its words are at its width: Qt's own would be that of the narrowest, and make the page scroll."""
        least_size = super().minimumSizeHint()
        return QSize(least_size.width(), min(least_size.height(), self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.updateGeometry()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._checks)

    @property
    def words(self) -> str:
        """What a person reads there, a line for each thing: sign, title, sentence."""
        return "\n".join(f"{_SAID[check.ok]} | {check.title} | {check.words}" for check in self._checks)

    def _add(self, check: PcCheck, row: int, *, is_last: bool) -> None:
        sign = QLabel()
        sign.setToolTip(_SAID[check.ok])
        sign.setAccessibleName(_SAID[check.ok])
        self._signs.append((sign, check.ok))
        title, words = label(check.title, "label"), label(check.words)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(title, row, 1)
        self._grid.addWidget(words, row + 1, 1)
        if not is_last:
            self._grid.setRowMinimumHeight(row + 2, tokens.S)

    def _empty(self) -> None:
        self._signs.clear()
        while (layout_item := self._grid.takeAt(0)) is not None:
            widget: QWidget | None = layout_item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _draw(self) -> None:
        self.setMaximumWidth(sized(tokens.READING + tokens.FIELD))
        scheme = colours()
        inks = {True: scheme.good, False: scheme.bad, None: scheme.check}
        for sign, ok in self._signs:
            sign.setPixmap(icon(_SIGNS[ok], inks[ok]).pixmap(QSize(sized(tokens.ICON), sized(tokens.ICON))))
