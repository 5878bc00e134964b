"""A state that must be seen at once: sign, word and colour together."""

from collections.abc import Iterable, Sequence
from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.words import line, row_in, set_look
from pupil_desk.ui.kit.words import tip as words_under
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours, look, sized

BadgeTone = Literal["good", "check", "bad"]
PROTECTED_SIGN = "shield-warning"  # before whoever something must be kept from


class Badge(QFrame):
    """A few words on a coloured ground, with a sign before them. ``tip`` says more."""

    def __init__(self, words: str, sign: str, tone: BadgeTone, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.is_grave = words, tone == "bad"
        self._sign, self._tone = sign, tone
        set_look(self, f"badge-{tone}")
        self._picture = QLabel()
        self._draw()
        text = line(words)
        row_in(self, tokens.XS, self._picture, text, left=tokens.S, top=tokens.THIN, right=tokens.M, bottom=tokens.THIN)
        wrapping = text.sizePolicy()
        wrapping.setHeightForWidth(True)
        text.setSizePolicy(wrapping)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        self.setToolTip(words_under(tip))
        self.setAccessibleName(words)
        self.setAccessibleDescription(tip)
        if (dress := look()) is not None:
            dress.changed.connect(self._draw)

    @staticmethod
    def change(row: FlowLayout, before: "Sequence[Badge]", badges: "Iterable[Badge]") -> "list[Badge]":
        """Put these badges at the end of a row, in the place of those of before."""
        for badge in before:
            row.removeWidget(badge)
            badge.hide()
            badge.deleteLater()
        made = list(badges)
        for badge in made:
            row.addWidget(badge)
        return made

    def _draw(self) -> None:
        scheme = colours()
        ink = {"good": scheme.good, "check": scheme.check, "bad": scheme.bad}[self._tone]
        self._picture.setPixmap(icon(self._sign, ink).pixmap(QSize(sized(tokens.ICON), sized(tokens.ICON))))
