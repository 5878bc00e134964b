"""The program's mark: a folder standing on a desk. Drawn, so that it is sharp at every size and needs no plug-in to be read.

``installers/icon.py`` writes the files of it that the installer and the .exe carry.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap

from pupil_desk.ui.style.colours import LIGHT

GRID: Final = 16  # the drawing is laid out on a square of so many units, so that the smallest icon is on whole pixels
SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 128, 256)  # pixels: what Windows asks for from 100 to 250 %


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of the drawing with round corners, in units of the grid; ``least_pixels`` is the smallest size that shows it."""

    left: float
    top: float
    right: float
    bottom: float
    round: float
    colour: str
    least_pixels: int = 0

    def rect_at(self, size: int) -> QRectF:
        """Where it lies in an icon of so many pixels: every edge on a whole pixel, so that none is smeared."""
        left, top, right, bottom = (round_up(edge * size / GRID) for edge in (self.left, self.top, self.right, self.bottom))
        return QRectF(left, top, right - left, bottom - top)


def round_up(pixels: float) -> int:
    """The nearest whole pixel; a half goes up, so that equal widths stay equal."""
    return int(pixels + 0.5)


_FOLDER, _FOLDER_BACK, _PAPER = "#f4b95a", "#d08f2c", "#ffffff"
BLOCKS: Final = (
    Block(0, 0, 16, 16, 3.0, LIGHT.accent),
    Block(4, 3, 8, 6, 0.5, _FOLDER_BACK),
    Block(4, 4, 12, 9, 0.5, _FOLDER_BACK),
    Block(5, 4.25, 11, 8, 0.25, _PAPER, least_pixels=32),
    Block(4, 5, 12, 10, 0.5, _FOLDER),
    Block(6, 6.5, 10, 7.25, 0.25, _FOLDER_BACK, least_pixels=32),
    Block(2, 10, 14, 12, 0.5, _PAPER),
    Block(3, 11, 5, 14, 0.25, _PAPER),
    Block(11, 11, 13, 14, 0.25, _PAPER),
)


def draw(painter: QPainter, size: int) -> None:
    """Draw the mark into the square of so many pixels at the painter's origin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for block in BLOCKS:
        if size >= block.least_pixels:
            painter.setBrush(QColor(block.colour))
            corner = block.round * size / GRID
            corner = corner if corner >= 1 else 0.0  # less than a pixel round is only smeared
            painter.drawRoundedRect(block.rect_at(size), corner, corner)


def picture(size: int) -> QImage:
    """The mark as a square picture of so many pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw(painter, size)
    painter.end()
    return image


class _Mark(QIconEngine):
    """Draws the mark when, and as large as, somebody asks for it."""

    def availableSizes(self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> list[QSize]:  # noqa: N802 - Qt's name
        return [QSize(size, size) for size in SIZES]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        size = min(rect.width(), rect.height())
        painter.save()
        painter.translate(rect.topLeft() + QPoint((rect.width() - size) // 2, (rect.height() - size) // 2))
        draw(painter, size)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return image

    def clone(self) -> QIconEngine:
        return _Mark()


def program_icon() -> QIcon:
    """The icon of every window, and of the taskbar."""
    return QIcon(_Mark())
