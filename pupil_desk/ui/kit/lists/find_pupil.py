"""Find a pupil, then read and record: what every page does that shows one pupil at a time.

Whose record one is in: the name, what tells this pupil from another, and every protection at once.

The field in which one types to find a line of a list beneath it.
"""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from pupil_desk.basics.dates import age_on, short_date, show_date
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.pupil_badges import head_badges
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.foldable import Foldable, is_in_low_window
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.words import STRETCH, button, column_in, flow_in, growing, line, made, make_clearable, row_layout, tie
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_ALL = 100  # of the room beside the words; what the box may not take stays empty
_OF_TABLE = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class FindBox(QLineEdit):
    """The arrows go through the list, Enter chooses, Esc leaves. ``name`` is its accessible name, ``table`` the list when it is there."""

    chose = Signal()
    left = Signal()

    def __init__(self, name: str, table: Callable[[], QWidget]) -> None:
        super().__init__()
        self._table = table
        make_clearable(self)
        self.setAccessibleName(name)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc is the box's, and not of the form that it stands in
            return True
        if event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() in _OF_TABLE:
            QApplication.sendEvent(self._table(), event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chose.emit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False


def row_meant[R](table: Table[R], banner: Banner) -> R | None:
    """The pupil whom Enter in the box over a list means: the one chosen, else the only one found. Of several that nobody chose it is none; then the cursor
    goes to the list of them, and the banner says so until one is chosen or others are found."""
    row, rows = table.current(), table.rows
    if row is None and len(rows) > 1:
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        said = banner.note(_("Several pupils are found. Choose one with the arrow keys, then press Enter."))
        table.current_changed.connect(lambda _row: banner.retract(said), Qt.ConnectionType.SingleShotConnection)
    return row if row is not None or len(rows) != 1 else rows[0]


class PupilHead(Foldable):
    """Stands above what a page shows of one pupil. ``badges`` are what must be seen at once, the protections in force among them.

    In a low window the day of birth stands without the number and the age, so that the badges have room in the same line. ``all_wanted``: the list is
    wanted, where what finds a pupil has no line of its own."""

    all_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title, self.line = line("", "title"), line("", "muted")
        self.badges: list[Badge] = []
        self._row = flow_in(self, self.title, self.line, spacing=tokens.M)
        self._words = ("", "")  # in a high window and in a low one

    @cached_property
    def all_button(self) -> QPushButton:
        """What leads to the list, before the name."""
        all_button = button(_("All pupils"), self.all_wanted.emit, "quiet", icon_name="list")
        all_button.setToolTip(_("Find a pupil (Ctrl+F)"))
        self._row.put_first(all_button)
        return all_button

    def show_record(self, record: PupilRecord, desk: Desk) -> None:
        """Say who it is, and who or what must be kept from whom."""
        pupil = record.pupil
        self.title.setText(pupil.full_name)
        self._words = (
            _("{ref}, {age} years old, born {day}").format(ref=pupil.ref, age=age_on(pupil.dob, desk.today), day=show_date(pupil.dob)),
            _("born {day}").format(day=short_date(pupil.dob)),
        )
        self.fold(is_low=is_in_low_window(self))
        self.badges = Badge.change(self._row, self.badges, head_badges(desk, record))

    def fold(self, *, is_low: bool) -> None:
        self.line.setText(self._words[is_low])


class FindPupil[R](Foldable):
    """The find box with the list of those found, and in its place what a page shows of the one chosen. In a low window the box gives way to that too,
    until it is asked for.

    ``pupil_chosen`` says that another pupil, or none, is shown; ``edited`` comes with each change of a text; ``record_saved`` carries what was
    changed, and what it did in words. ``matches_table`` is the page's own list; a page says what is in it, reads a pupil, and says where
    work begins. ``id_of`` tells the pupil of a row, ``may_leave`` asks once about what is typed.
    """

    pupil_chosen = Signal()
    edited = Signal()
    record_saved = Signal(object, str)

    def __init__(self, context: Context, may_leave: Callable[[], bool], table: Table[R], id_of: Callable[[R], str]) -> None:
        super().__init__()
        self.context, self.may_leave, self._id_of = context, may_leave, id_of
        self.record: PupilRecord | None = None
        self._finds = True
        self.matches_table = table
        self.find_box = FindBox(_("Find a pupil"), lambda: self.matches_table)
        self.head = PupilHead()
        self.find_box.textChanged.connect(self._on_find_typed)
        self.find_box.chose.connect(self._chose)
        self.find_box.left.connect(self._left)
        self.head.all_wanted.connect(self._show_all)
        self.matches_table.opened.connect(lambda row: self.open(self._id_of(row)))

    def lay_out(self, pupil: QWidget) -> None:
        """The find box above the list, or above ``pupil``: what is shown of the one chosen, ``head`` in it."""
        self.body = Body(self.matches_table, pupil)
        words = tie(line(_("&Find a pupil by name or number (Ctrl+F)"), "label"), self.find_box)
        self.find_box.setMaximumWidth(sized(tokens.FIELD))
        self._find_name = words
        finding = row_layout(words, growing(self.find_box, _ALL), STRETCH, spacing=tokens.M)
        self.body.currentChanged.connect(lambda _place: self._give_way(is_low=is_in_low_window(self)))
        column_in(self, tokens.S, finding, growing(self.body), top=tokens.M)

    def fold(self, *, is_low: bool) -> None:
        self._give_way(is_low=is_low)

    def _give_way(self, *, is_low: bool) -> None:
        """What finds a pupil has no line of its own in a low window where one is shown, unless somebody is finding."""
        is_away = is_low and self.body.currentIndex() == 1 and not self.find_box.hasFocus()
        for part in (self._find_name, self.find_box):
            part.setHidden(is_away)
        if is_away and not made(self.head, "all_button"):
            tab_after(self.find_box, [self.head.all_button])
        if made(self.head, "all_button"):
            self.head.all_button.setVisible(is_away)

    # what a page says

    def rows_for(self, text: str) -> list[R]:
        """Who is found by what is typed."""
        raise NotImplementedError

    def read(self, pupil_id: str) -> bool:
        """Show what is on file of that pupil; False when there is no such pupil, and the banner has said so."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the cursor where work with the pupil begins."""
        raise NotImplementedError

    def on_open(self) -> None:
        """A pupil was opened: from the list, or from another page."""
        self.focus_first()

    # finding

    def list_again(self) -> None:
        """Those found by what is typed, as they are now."""
        self.matches_table.show_rows(self.rows_for(self.find_box.text()))

    def _on_find_typed(self, text: str) -> None:
        if not self._finds:
            return
        self.list_again()
        if text.strip():
            self.body.setCurrentIndex(0)
            if len(self.matches_table.rows) == 1:
                self.matches_table.selectRow(0)
            else:
                self.matches_table.choose_none()  # who is opened is logged: of several nobody is chosen unasked
        elif self.record is not None:
            self.body.setCurrentIndex(1)

    def _chose(self) -> None:
        if self.body.currentIndex() == 1:
            self.focus_first()
        elif (row := row_meant(self.matches_table, self.context.banner)) is not None:
            self.open(self._id_of(row))

    def _left(self) -> None:
        if self.find_box.text():
            self.find_box.clear()
        elif self.record is not None:
            self._show_pupil()
            self.focus_first()

    def _show_all(self) -> None:
        self.search()
        self.body.setCurrentIndex(0)

    def _show_pupil(self) -> None:
        self.body.setCurrentIndex(1)
        self.find_box.clearFocus()
        self._give_way(is_low=is_in_low_window(self))

    def search(self) -> None:
        """Put the cursor into the find box."""
        for part in (self._find_name, self.find_box):
            part.show()
        if made(self.head, "all_button"):
            self.head.all_button.hide()
        self.find_box.setFocus()
        self.find_box.selectAll()

    def open(self, pupil_id: str) -> bool:
        """Show that pupil, ready to work; False when the person stays, or there is no such pupil."""
        is_shown = self.record is not None and self.record.pupil.id == pupil_id
        if not is_shown and not (self.may_leave() and self.read(pupil_id)):
            return False
        self._finds = False  # the box itself hears of it, which else keeps its cross
        self.find_box.clear()
        self._finds = True
        self.list_again()
        self._show_pupil()
        self.on_open()
        self.pupil_chosen.emit()
        return True
