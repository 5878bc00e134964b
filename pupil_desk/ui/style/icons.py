"""Icons: glyphs of the Phosphor font that qtawesome carries, drawn in the text colour of whatever they stand on.

The font is read from qtawesome's folder and the package itself is not imported: that costs 118 ms (measured) and brings qtpy,
which names Qt modules that we leave out of the program. An icon is found and drawn when it is first painted.
"""

from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap

from pupil_desk.ui.style.colours import SEEN, contrast
from pupil_desk.ui.style.fonts import folder_of

type Tone = QPalette.ColorRole | str


@cache
def _glyphs() -> tuple[str, dict[str, str]]:
    """The family of the icon font, and the letter of each icon; empty where the font cannot be had."""
    import json

    folder = folder_of("qtawesome", "fonts")
    faces = sorted(folder.glob("phosphor-*.ttf")) if folder else []
    if not folder or not faces:
        return "", {}
    number = QFontDatabase.addApplicationFont(str(faces[-1]))
    charmap = next(iter(sorted(folder.glob("phosphor-charmap-*.json"))))
    letters = json.loads(charmap.read_text(encoding="utf-8"))
    return QFontDatabase.applicationFontFamilies(number)[0], {name: chr(int(code, 16)) for name, code in letters.items()}


def names() -> frozenset[str]:
    """The names of all icons that the font has; empty where it cannot be had."""
    return frozenset(_glyphs()[1])


class _Glyph(QIconEngine):
    def __init__(self, name: str, tone: Tone) -> None:
        super().__init__()
        self._name, self._tone = name, tone

    def _colour(self, mode: QIcon.Mode) -> QColor:
        palette = QGuiApplication.palette()
        if isinstance(self._tone, str):
            chosen = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Highlight)
            seen = mode is not QIcon.Mode.Selected or contrast(self._tone, chosen.name()) >= SEEN
            return QColor(self._tone) if seen else palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText)
        if mode is QIcon.Mode.Disabled:  # the words beside it are grey then, whatever they stood on before
            return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        role = QPalette.ColorRole.HighlightedText if mode is QIcon.Mode.Selected else self._tone
        return palette.color(QPalette.ColorGroup.Active, role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        family, letters = _glyphs()
        if not family:
            return
        font = QFont(family)
        font.setPixelSize(max(1, min(rect.width(), rect.height())))
        font.setUnderline(False)  # said of it, or the painter would take that of the link it stands in
        painter.save()
        painter.setFont(font)
        painter.setPen(self._colour(mode))
        painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, letters.get(self._name, ""))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        if size.isEmpty():  # asked for where there is no room: nothing can be painted on
            return QPixmap()
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return image

    def clone(self) -> QIconEngine:
        return _Glyph(self._name, self._tone)


def icon(name: str, tone: Tone = QPalette.ColorRole.WindowText) -> QIcon:
    """The Phosphor icon of that name, such as «house» or «users-fill», in a palette role's colour or in #rrggbb."""
    return QIcon(_Glyph(name, tone))
