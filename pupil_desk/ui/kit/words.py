"""Labels and buttons made in one line, with their look and their accessible name.

A line of words that ends in dots where it has no room, and says the whole under the mouse and to screen readers.

Widgets one under the other or side by side: the layout of a widget, without the margins that Qt would give it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from re import sub
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.accessible import set_heading
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.pushbutton import PushButton
from pupil_desk.ui.kit.watch.descendants import descendants
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import dress_anew


@dataclass(frozen=True, slots=True)
class Placement:
    """A part that takes a share of the room left over, or stands at one side of its place; ``None`` is the room itself."""

    part: QWidget | QLayout | None
    share: int = 0
    side: Qt.AlignmentFlag = Qt.AlignmentFlag(0)


type Part = QWidget | QLayout | Placement | int  # a number is a gap, in pixels
STRETCH = Placement(None, 1)
_STANDS_AT_TOP = "stands-at-top"  # of an editor with its name: beside a taller one the names stand in one line, and the boxes in another


def growing(part: QWidget | QLayout, share: int = 1) -> Placement:
    """A part that takes the room left over."""
    return Placement(part, share)


def aligned(part: QWidget, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> Placement:
    """A part that is no wider, or no taller, than it asks to be."""
    return Placement(part, side=side)


def fill[L: QBoxLayout](layout: L, *parts: Part) -> L:
    """Put parts into a column or row, in their order, which is that of the Tab key too. A heading stands nearer to what it heads than to what is above."""
    for part in parts:
        match Placement(part) if isinstance(part, QWidget | QLayout) else part:
            case int(gap):
                layout.addSpacing(gap)
            case Placement(None, share):
                layout.addStretch(share)
            case Placement(QLayout() as inner, share):
                layout.addLayout(inner, share)
            case Placement(QWidget() as widget, share, side):
                if isinstance(layout, QHBoxLayout) and widget.property(_STANDS_AT_TOP):
                    side |= Qt.AlignmentFlag.AlignTop
                if widget.property("look") == "subhead" and isinstance(layout, QVBoxLayout) and layout.count():
                    layout.addSpacing(max(0, tokens.ABOVE_HEADING - layout.spacing()))
                layout.addWidget(widget, share, side)
    return layout


def column_in(
    owner: QWidget, spacing: int | None = None, *parts: Part, left: int = 0, top: int = 0, right: int = 0, bottom: int = 0
) -> QVBoxLayout:
    """The column of a widget. ``spacing`` is what lies between its parts, the style's own unless given; the rest are its margins. All in pixels."""
    return fill(_with_margins(QVBoxLayout(owner), spacing, (left, top, right, bottom)), *parts)


def row_in(
    owner: QWidget, spacing: int | None = None, *parts: Part, left: int = 0, top: int = 0, right: int = 0, bottom: int = 0
) -> QHBoxLayout:
    """The row of a widget, as ``column_in``."""
    return fill(_with_margins(QHBoxLayout(owner), spacing, (left, top, right, bottom)), *parts)


def column_of(*parts: Part, spacing: int | None = tokens.S, left: int = 0, top: int = 0, right: int = 0, bottom: int = 0) -> QWidget:
    """A widget that is nothing but its column."""
    owner = QWidget()
    column_in(owner, spacing, *parts, left=left, top=top, right=right, bottom=bottom)
    return owner


def row_layout(*parts: Part, spacing: int | None = tokens.S) -> QHBoxLayout:
    """A row within a column."""
    return fill(_spaced(QHBoxLayout(), spacing), *parts)


def column_layout(*parts: Part, spacing: int | None = tokens.XS) -> QVBoxLayout:
    """A column within a row or a column, as a name stands close above its box."""
    return fill(_spaced(QVBoxLayout(), spacing), *parts)


def flow_in(owner: QWidget, *widgets: QWidget, spacing: int = tokens.S) -> FlowLayout:
    """The row of a widget that goes on in another line where there is no room, as commands do."""
    row = FlowLayout(owner, spacing)
    for widget in widgets:
        row.addWidget(widget)
    return row


def flow_of(*widgets: QWidget, spacing: int = tokens.S) -> QWidget:
    """A widget that is nothing but such a row."""
    owner = QWidget()
    flow_in(owner, *widgets, spacing=spacing)
    return owner


def _with_margins[L: QBoxLayout](layout: L, spacing: int | None, margins: tuple[int, int, int, int]) -> L:
    layout.setContentsMargins(*margins)
    return _spaced(layout, spacing)


def _spaced[L: QBoxLayout](layout: L, spacing: int | None) -> L:
    if spacing is not None:
        layout.setSpacing(spacing)
    return layout


LabelLook = Literal["", "title", "subhead", "label", "hint", "muted", "understood", "problem", "check"]
ButtonLook = Literal["", "primary", "danger", "link", "quiet", "head", "foot", "line"]


def set_look(widget: QWidget, look: str) -> None:
    """Change what a widget is for the template, and paint it anew."""
    if (widget.property("look") or "") == look:
        return
    widget.setProperty("look", look)
    dress_anew(widget)


def label(text: str, look: LabelLook = "", *, wraps: bool = True) -> QLabel:
    """A text, never read as markup."""
    return _as_text(QLabel(text), look, wraps=wraps)


def _as_text[L: QLabel](text_label: L, look: LabelLook, *, wraps: bool) -> L:
    text_label.setTextFormat(Qt.TextFormat.PlainText)
    text_label.setWordWrap(wraps)
    _be(text_label, look)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(wraps)  # Qt sets it where words wrap, and a new policy would take it away: its last line would be cut
    text_label.setSizePolicy(policy)
    return text_label


class _Passing(QLabel):
    longest: Sequence[str] = ()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        self.ensurePolished()
        margins, words = self.contentsMargins(), self.fontMetrics()
        room = QRect(0, 0, max(1, width - margins.left() - margins.right()), 0)
        tall = max(words.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() for text in ("-", *self.longest))
        return max(super().heightForWidth(width), tall + margins.top() + margins.bottom())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._with_a_line(super().sizeHint())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._with_a_line(super().minimumSizeHint())

    def _with_a_line(self, hint: QSize) -> QSize:
        return hint.expandedTo(QSize(0, self.heightForWidth(max(hint.width(), self.width()))))


def passing_label(look: LabelLook, *longest: str) -> QLabel:
    """A text that comes and goes beside what is clicked: its room is kept while it says nothing, that of a line or of the longest of these texts."""
    text_label = _as_text(_Passing(""), look, wraps=True)
    text_label.longest = longest
    text_label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    policy = text_label.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    text_label.setSizePolicy(policy)
    text_label.hide()
    return text_label


def _be(text_label: QLabel, look: LabelLook) -> None:
    """What looks like a heading is one to a screen reader too."""
    if look:
        text_label.setProperty("look", look)
    if look in ("title", "subhead"):
        set_heading(text_label, 1 if look == "title" else 2)


def tip(text: str) -> str:
    """Words under the mouse that are never read as markup: what Qt would take for such, because somebody typed a «<», is made harmless."""
    return f"<span>{escape(text).replace(chr(10), '<br>')}</span>" if QtText.mightBeRichText(text) else text


class _LineLabel(QLabel):
    least = 0  # pixels: it wants to stand beside something only where there is so much room, whatever it says just now

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        self.ensurePolished()
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        return (words.grownBy(self.contentsMargins()) + QSize(tokens.HAIR, 0)).expandedTo(QSize(self.least, 0))


def line(text: str, look: LabelLook = "", *, least: int = 0) -> QLabel:
    """A text that stands in one line where there is room for it, and wraps where there is not. ``least`` is the room that it asks for in any case."""
    text_label = _LineLabel(text)
    text_label.least = least
    text_label.setTextFormat(Qt.TextFormat.PlainText)
    text_label.setWordWrap(True)
    _be(text_label, look)
    text_label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return text_label


def button(text: str, run: Callable[[], object], look: ButtonLook = "", *, icon_name: str = "") -> PushButton:
    """A button that names its verb. ``&`` before a letter makes it the Alt key."""
    made_button = PushButton(text)
    if look:
        made_button.setProperty("look", look)
    if icon_name:
        made_button.setIcon(icon(icon_name, QPalette.ColorRole.Base if look == "primary" else QPalette.ColorRole.ButtonText))
    made_button.setAccessibleName(without_sign(text))
    made_button.setAutoDefault(False)
    made_button.setCursor(Qt.CursorShape.PointingHandCursor)
    made_button.clicked.connect(lambda _checked: run())
    return made_button


def allow(push_button: QPushButton, enabled: bool, reason: str = "") -> None:
    """Whether a button can be pressed now; where it cannot, why, under the mouse and for a screen reader."""
    push_button.setEnabled(enabled)
    push_button.setToolTip("" if enabled else reason)
    push_button.setAccessibleDescription("" if enabled else reason)


def find_line(name: str = "") -> QLineEdit:
    """A line in which one types to find; ``name`` is for a screen reader."""
    find_box = QLineEdit()
    find_box.setAccessibleName(name)
    make_clearable(find_box)
    return find_box


def make_clearable(line_edit: QLineEdit) -> None:
    """Give a line the button of Qt that empties it, with a name."""
    line_edit.setClearButtonEnabled(True)
    for clear_button in descendants(line_edit, QToolButton):
        clear_button.setAccessibleName(_("Clear"))
        clear_button.setToolTip(_("Clear"))


def show_words(text_label: QLabel, words: str) -> None:
    """Say this in a place that is not there while there is nothing to say."""
    text_label.setText(words)
    text_label.setVisible(bool(words))


def plain_words(text: str) -> str:
    """Words of a button or a tab as one says them: without the underlined letter's sign, the key or the count in brackets, and the dots."""
    return sub(r"\s*\([^()]*\)$|\s+\d[\d,]*$|^\d\s+|…$", "", without_sign(text)).strip()


def without_sign(text: str) -> str:
    """Words without the sign of the underlined letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def name_label(words: str, editor: QWidget, *, wraps: bool = True) -> QLabel:
    """The name of an editor, whose Alt key leads there."""
    return tie(label(words, "label", wraps=wraps), editor)


def tie(name: QLabel, editor: QWidget) -> QLabel:
    """Make a label an editor's: its Alt key leads there, and who calls the editor by the words on the screen is understood.

    What stands in brackets, such as a key, is no part of a name (WCAG 2.2, 2.5.3).
    """
    field = editor.focusProxy() or editor
    name.setBuddy(field)
    spoken_name = sub(r" \([^)]*\)", "", without_sign(name.text())).strip()
    if spoken_name.casefold() not in field.accessibleName().casefold():
        field.setAccessibleName(spoken_name)
    return name


def labelled(words: str, editor: QWidget) -> QWidget:
    """An editor with its name close above it, which takes the room that the editor would."""
    pair = column_of(name_label(words, editor, wraps=False), editor, STRETCH, spacing=tokens.XS)
    pair.setSizePolicy(editor.sizePolicy())
    pair.setProperty(_STANDS_AT_TOP, True)
    return pair


def made(owner: QWidget, part: str) -> bool:
    """Whether a part that is made when it is first asked for (a ``cached_property``) is there already."""
    return part in vars(owner)


def card(parent: QWidget | None = None) -> QFrame:
    """A framed surface for what belongs together."""
    frame = QFrame(parent)
    frame.setProperty("look", "card")
    return frame


def rule() -> QFrame:
    """A thin line between two parts."""
    line = QFrame()
    line.setProperty("look", "rule")
    line.setFixedHeight(tokens.HAIR)
    return line


class Elided(QLabel):
    """For the status bar, whose parts share what room there is."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        room, full_text = self.contentsRect(), self.text()
        elided = self.fontMetrics().elidedText(full_text, Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip("" if elided == full_text else tip(full_text))
        if elided == full_text:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawItemText(painter, room, self.alignment(), self.palette(), self.isEnabled(), elided, self.foregroundRole())
