"""What is wrong with a window as it is drawn: words, edges and icons that cannot be seen, words that are cut or painted over.

It is measured in the picture, not by what the style means to draw or a widget asks for.
"""

import itertools
import math
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from pupil_desk.ui.finding import Finder
from pupil_desk.ui.kit.talk.clipped import Clipped
from pupil_desk.ui.kit.watch.descendants import in_view
from pupil_desk.ui.kit.words import Elided
from pupil_desk.ui.style.colours import READABLE, SEEN
from pupil_desk.ui.style.ring import GAP, WIDTH, FocusRing

_UNFRAMED = frozenset({"link", "line", "quiet", "foot", "foot-beside", "more", "door", "fact"})
_LEVELS = np.arange(256) / 255
_LIGHT = np.outer([0.2126, 0.7152, 0.0722], np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4))
"""How much each level of red, green and blue adds to the lightness, as WCAG 2.2 measures it."""
_MARGIN = 12  # pixels: so far in stands the frame of a button that keeps off the edge of its place
_GAP = 3  # pixels: so far before the end of its place the style ends the words of a tick box
_ROWS = 6  # of a list that are measured: the others are like them
type Lights = np.ndarray  # rows of columns of how light each pixel is, 0 to 1


class Picture:
    """A window's picture. ``scale`` is how many of its pixels there are to one of the window's."""

    def __init__(self, window: QWidget) -> None:
        if (ring := window.findChild(FocusRing)) is not None:
            ring.hide()  # it may lie over the foot of the words above
        drawn = window.grab()
        image = drawn.toImage().convertToFormat(QImage.Format.Format_RGB32)
        self.window, self.scale = window, drawn.devicePixelRatio()
        flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
        blue, green, red = (flat[:, : image.width(), channel] for channel in range(3))
        self.lights: Lights = _LIGHT[0][red] + _LIGHT[1][green] + _LIGHT[2][blue]

    def of(self, widget: QWidget, part: QRect | None = None) -> Lights:
        """How light what is drawn is, in the part of a widget that is in sight."""
        seen = widget.visibleRegion().boundingRect() if part is None else part & widget.visibleRegion().boundingRect()
        place = QRect(widget.mapTo(self.window, seen.topLeft()), seen.size()) & self.window.rect()
        left, top = self._dot(place.left()), self._dot(place.top())
        right, bottom = self._dot(place.right() + 1), self._dot(place.bottom() + 1)
        return self.lights[top:bottom, left:right]

    def _dot(self, place: int) -> int:
        """Where Qt begins to draw what stands there: it takes the half of a pixel up, where Python takes it to the even one, and so to the ground beside."""
        return math.floor(place * self.scale + 0.5)


def apart(first: np.ndarray, second: np.ndarray | float) -> np.ndarray:
    """The contrast of one lightness and another."""
    return (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)


def ground_of(lights: np.ndarray) -> float:
    """The lightness that most of it has."""
    values, counts = np.unique(lights.round(4), return_counts=True)
    return float(values[counts.argmax()])


def unseen(picture: Picture) -> Iterator[str]:
    """Words with less contrast than 4.5, and edges and icons with less than 3. What cannot be used now is no matter of contrast."""
    for widget in in_view(_in_front(picture.window)):
        if not widget.isEnabled() or widget.window() is not picture.window or widget.visibleRegion().isEmpty():
            continue
        if (least := _least(widget)) and _whole(widget) and (found := _most(picture.of(widget))) is not None and found < least:
            yield f"{_name(widget)} is drawn with a contrast of {found:.2f}"
        if (
            isinstance(widget, QAbstractItemView)
            and widget.model() is not None
            and not isinstance(widget.parentWidget(), QAbstractItemView)
        ):
            yield from _unread_cells(picture, widget)
        if (
            _has_frame(widget)
            and not widget.hasFocus()  # its edge is the ring then, which is measured by itself
            and _whole(widget)
            and (edge := _edge(picture.of(widget), round(_MARGIN * picture.scale))) is not None
            and edge < SEEN
        ):
            yield f"{_name(widget)} has an edge with a contrast of {edge:.2f}"


def _least(widget: QWidget) -> float:
    """The contrast that what stands in a widget needs; 0 where nothing stands there."""
    if isinstance(widget, QLabel):
        return READABLE if widget.text().strip() else SEEN if not widget.pixmap().isNull() else 0
    if isinstance(widget, QCheckBox | QRadioButton):
        return READABLE if widget.text().strip() else SEEN
    if isinstance(widget, QAbstractButton):
        words = widget.text().strip() or getattr(widget, "words", "")
        return READABLE if words else SEEN if not widget.icon().isNull() else 0
    if isinstance(widget, QLineEdit):
        return READABLE if widget.displayText().strip() else 0
    return READABLE if isinstance(widget, QComboBox) and widget.currentText().strip() else 0


def _most(lights: Lights) -> float | None:
    """How far what stands out most is from the ground. Of too little in sight nothing can be said."""
    if min(lights.shape, default=0) < 14:
        return None
    return float(apart(lights, ground_of(lights)).max())


def _unread_cells(picture: Picture, view: QAbstractItemView) -> Iterator[str]:
    model, root = view.model(), view.rootIndex()
    columns = model.columnCount(root) if isinstance(view, QTableView) else 1
    for row, column in itertools.product(range(min(_ROWS, model.rowCount(root))), range(columns)):
        index = model.index(row, column, root)
        place = view.visualRect(index)
        if str(index.data() or "").strip() and view.viewport().visibleRegion().boundingRect().contains(place) and place.width() > 16:
            found = _most(picture.of(view.viewport(), place))
            if found is not None and found < READABLE:
                yield f"«{index.data()}» in {_name(view)} is drawn with a contrast of {found:.2f}"


def _has_frame(widget: QWidget) -> bool:
    if isinstance(widget, QLineEdit):
        return not widget.isReadOnly() and not isinstance(widget.parentWidget(), QComboBox)
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    if isinstance(widget, QComboBox):
        return widget.property("readonly") is not True
    return isinstance(widget, QPushButton) and widget.property("look") not in _UNFRAMED


def _edge(lights: Lights, margin: int) -> float | None:
    """How far the outermost pixels half-way down stand out from what is within them, or a filled whole from nothing."""
    if min(lights.shape, default=0) < 2 * margin:
        return None
    outermost = lights[lights.shape[0] // 2, :margin]
    corner = lights[0, 0]  # a rounded corner leaves the ground around it
    return float(max(apart(outermost, ground_of(lights)).max(), apart(outermost, corner).max()))  # a pixel within may be of a letter


def cut(picture: Picture) -> Iterator[str]:
    """Words whose strokes run into the edge of their place, at which they are cut off."""
    for part in in_view(_in_front(picture.window)):
        if part.window() is not picture.window or not _whole(part) or isinstance(part, Elided) or not _words(part):
            continue
        place = _place_of_words(part)
        lights = picture.of(part, place)
        if min(lights.shape, default=0) < 8:
            continue
        strokes = apart(lights, ground_of(lights)) > 2
        edges = {"right": strokes[:, -1], "foot": strokes[-1], "head": strokes[0]}
        if place is not None:
            edges = {"right": strokes[:, -_GAP:].any(axis=1)} | ({"left": strokes[:, 0]} if isinstance(part, QPushButton) else {})
        for side, line in edges.items():
            if side == "right" and isinstance(part, Clipped):
                continue  # as those left out above, it ends in dots where it has no room: the last may fill the last pixel
            if line.any() and not line.all() and (side not in ("left", "right") or part.width() < part.sizeHint().width()):
                yield f"{_name(part)} is cut at its {side}"


def _words(part: QWidget) -> str:
    """What stands in a label, a button or a closed list, in which it does not scroll."""
    if isinstance(part, QLabel | QAbstractButton):
        return part.text().strip() or str(getattr(part, "words", ""))
    return part.currentText().strip() if isinstance(part, QComboBox) and not part.isEditable() else ""


def _place_of_words(part: QWidget) -> QRect | None:
    """Where a button or a closed list has its words, by its style; None for the whole of what has neither frame nor mark."""
    if isinstance(part, QComboBox):
        listed = QStyleOptionComboBox()
        part.initStyleOption(listed)
        field = QStyle.SubControl.SC_ComboBoxEditField
        return part.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, listed, field, part)
    element = QStyle.SubElement
    kinds = {
        QCheckBox: element.SE_CheckBoxContents,
        QRadioButton: element.SE_RadioButtonContents,
        QPushButton: element.SE_PushButtonContents,
    }
    found = next((contents for kind, contents in kinds.items() if isinstance(part, kind) and not hasattr(part, "words")), None)
    if found is None:
        return None
    pressed = QStyleOptionButton()
    part.initStyleOption(pressed)  # type: ignore[attr-defined]
    return part.style().subElementRect(found, pressed, part)


def under_rings(picture: Picture) -> Iterator[str]:
    """Words over whose strokes the ring of the focus would lie, around whatever stands beside them."""
    window = picture.window
    parts = [part for part in in_view(_in_front(window)) if part.window() is window]
    labels = [part for part in parts if isinstance(part, QLabel) and part.text().strip() and not part.visibleRegion().isEmpty()]
    for part in parts:
        if not part.focusPolicy() & Qt.FocusPolicy.TabFocus or not part.isEnabled() or not _whole(part) or isinstance(part, QTabBar):
            continue
        around = QRect(part.mapTo(window, QPoint(0, 0)), part.size()).adjusted(-_RING, -_RING, _RING, _RING)
        for label in labels:
            if part.isAncestorOf(label) or label.isAncestorOf(part) or not _whole(label):
                continue
            place = QRect(label.mapTo(window, QPoint(0, 0)), label.size())
            shared = [(place & side).translated(-place.topLeft()) for side in _sides(around) if place.intersects(side)]
            lights = picture.of(label)
            if any(_has_strokes(picture.of(label, side), ground_of(lights)) for side in shared if not side.isEmpty()):
                yield f"the ring around {_name(part)} lies over {_name(label)}"


_RING = GAP + WIDTH


def _sides(around: QRect) -> tuple[QRect, ...]:
    """The four sides of a ring."""
    wide, tall = around.width(), around.height()
    top, left = QRect(around.topLeft(), QSize(wide, WIDTH)), QRect(around.topLeft(), QSize(WIDTH, tall))
    return top, left, top.translated(0, tall - WIDTH), left.translated(wide - WIDTH, 0)


def _has_strokes(lights: np.ndarray, ground: float) -> bool:
    return bool(lights.size) and bool((apart(lights, ground) > 2).any())


def _in_front(window: QWidget) -> QWidget:
    """The box that finds, while it lies over all else."""
    return next((found for found in window.findChildren(Finder) if found.isVisible()), window)


def _whole(widget: QWidget) -> bool:
    """Whether all of it is in sight: what is scrolled away in part is not cut."""
    return widget.visibleRegion().boundingRect() == widget.rect()


def painted_over(window: QWidget) -> Iterator[str]:
    """What stands on its neighbour's place."""
    neighbours: dict[QWidget, list[tuple[QWidget, QRect]]] = {}
    for part in in_view(_in_front(window)):
        if isinstance(part, QLabel | QAbstractButton | QLineEdit | QComboBox):
            neighbours.setdefault(part.parentWidget(), []).append((part, part.geometry()))
    for parent, parts in neighbours.items():
        if isinstance(parent, QLineEdit | QComboBox):
            continue
        for (one, place), (other, place_of_other) in itertools.combinations(parts, 2):
            shared = place & place_of_other
            if shared.width() > 2 and shared.height() > 2:
                yield f"{_name(one)} and {_name(other)} stand on one another"


def _name(widget: QWidget) -> str:
    words = widget.accessibleName() or (widget.text() if hasattr(widget, "text") and callable(widget.text) else "")
    place = widget.mapTo(widget.window(), QPoint(0, 0))
    return f"{type(widget).__name__} «{str(words)[:40]}» at {place.x()},{place.y()}"
