"""Dresses the application, and again when the system's scheme or the text size changes."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon, QPalette, QPixmapCache
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QScrollArea,
    QStyleFactory,
    QWidget,
)

from pupil_desk.ui.kit.watch.descendants import descendants
from pupil_desk.ui.style.colours import DARK, LIGHT, Colours, of_system, to_palette
from pupil_desk.ui.style.fonts import load_family, window_font
from pupil_desk.ui.style.ring import RingColours, RingOfFocus
from pupil_desk.ui.style.sheet import style_sheet
from pupil_desk.ui.style.tokens import scaled

Scheme = Literal["system", "light", "dark"]
_OWN_ICONS = "pupil-desk"  # the name of no theme of the desktop
_PICTURES = 1_024  # KB: Qt would keep ten times as much of the icons of pages that have gone


class Look(QObject):
    """The application's dress. Made once; ``changed`` tells widgets that draw their own colours to draw again.

    The template hangs on each window (``dress``) and not on the application: there, Qt would dress every part of a page
    anew at each step on its way into the window, which takes five times as long.
    """

    changed = Signal()

    def __init__(self, app: QApplication, percent: int = 100, scheme: Scheme = "system") -> None:
        super().__init__(app)
        self.setObjectName("look")
        self._app, self.percent, self.scheme = app, percent, scheme
        self._family = load_family()
        self.colours, self.sheet = LIGHT, ""
        app.setStyle(QStyleFactory.create("Fusion"))
        QPixmapCache.setCacheLimit(_PICTURES)
        QIcon.setThemeName(_OWN_ICONS)  # else the first dialog for files looks for its icons in 200,000 places, a fifth of a second long
        QIcon.setFallbackThemeName(_OWN_ICONS)
        # Both are kept: PySide forgets the second once nobody holds the first, and then raises at the next change.
        self._hints = app.styleHints()
        self._needs = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._dress)
        self._needs.contrastPreferenceChanged.connect(self._dress)
        app.applicationStateChanged.connect(self._come_back)
        self._ring = RingOfFocus(app, self._ring_colours)
        self._dress()

    def set_text_size(self, percent: int) -> None:
        """Text at 90 to 200 per cent, whatever Windows has set."""
        self.percent = max(90, min(200, percent))
        self._dress()

    def set_scheme(self, scheme: Scheme) -> None:
        """Light, dark, or as the system has it. High contrast of the system goes before all."""
        self.scheme = scheme
        self._dress()

    def _come_back(self, state: Qt.ApplicationState) -> None:
        """From the system's settings, perhaps: nothing tells of one contrast theme that follows another."""
        if state is Qt.ApplicationState.ApplicationActive and self._high_contrast():
            self._dress()

    def _ring_colours(self) -> RingColours:
        now = self.colours
        return RingColours(now.focus, now.bad, now.focus_chosen, now.accent)

    def _high_contrast(self) -> bool:
        return self._needs.contrastPreference() is Qt.ContrastPreference.HighContrast

    def _dark(self) -> bool:
        return self._hints.colorScheme() is Qt.ColorScheme.Dark

    def _system_palette(self) -> QPalette:
        self._app.setPalette(QPalette())  # the system's own again, as it is now
        return self._app.palette()

    def _colours_wanted(self) -> Colours:
        if self._high_contrast():
            return of_system(self._system_palette())
        dark = self._dark() if self.scheme == "system" else self.scheme == "dark"
        return DARK if dark else LIGHT

    def _dress(self) -> None:
        self.colours = self._colours_wanted()
        self._app.setFont(window_font(self._family, self.percent))
        self._app.setPalette(to_palette(self.colours))
        self.sheet = style_sheet(self.colours, self.percent)
        for window in self._app.topLevelWidgets():
            if window.styleSheet():
                window.setStyleSheet(self.sheet)
        self._ring.follow()
        self.changed.emit()


def look() -> Look | None:
    """The look of the running application, or None before there is one."""
    app = QApplication.instance()
    return app.findChild(Look, "look") if app is not None else None


def dress(window: QWidget) -> None:
    """Dress what has no parent to take its dress from: a window, or the list that pops up under a box."""
    dress_now = look()
    if dress_now is not None:
        window.setStyleSheet(dress_now.sheet)


def dress_anew(widget: QWidget) -> None:
    """After one of its properties changed by which the template goes; what was never seen is dressed once it is."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def undress(view: QScrollArea) -> None:
    """Before a view goes: have Qt's memory of how things are drawn hear of the end of whatever scrolls in it, and of the lines within boxes.

    As that is drawn by another's dress, Qt would keep a kilobyte of each for good. To one that has a dress of its own it listens; what
    stands in it is taken out first, or it would all be dressed once more.
    """
    areas = [view, *descendants(view, QAbstractScrollArea)]
    lists = [part for part in descendants(view, QFrame) if isinstance(part.parent(), QComboBox)]  # that would open beneath a box
    lines = [part for part in descendants(view, QLineEdit) if isinstance(part.parent(), QComboBox | QAbstractSpinBox)]
    parts = (*lists, *lines, *(area.viewport() for area in areas))
    drawn = [part for part in parts if part.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)]
    for area in areas:
        if isinstance(area, QScrollArea) and (content := area.takeWidget()) is not None:
            content.deleteLater()
    for inner in drawn:
        inner.setStyleSheet("*{}")


def colours() -> Colours:
    """The colours in force."""
    dress_now = look()
    return dress_now.colours if dress_now is not None else LIGHT


def sized(size: float) -> int:
    """A size at 100 % in pixels at the text size in force."""
    return scaled(size, percent())


def keep_least_width(widget: QWidget, size: float) -> None:
    """The least width of a widget as a size at 100 %, now and whenever the text size changes."""

    def fit() -> None:
        widget.setMinimumWidth(sized(size))

    fit()
    dress_now = look()
    if dress_now is not None:
        connection = dress_now.changed.connect(fit)
        widget.destroyed.connect(lambda: QObject.disconnect(connection))  # a function of ours would hear of every change for good


def percent() -> int:
    """The text size in force, in per cent."""
    dress_now = look()
    return dress_now.percent if dress_now is not None else 100
