"""Find a pupil, then read and record: what every page does that shows one pupil at a time."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.body import Body
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.layout import column_in
from pupil_desk.ui.kit.lists.findbox import FindBox
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.pupil_head import PupilHead
from pupil_desk.ui.kit.words import line
from pupil_desk.ui.style import tokens


class FindPupil[R](QWidget):
    """The find box with the list of those found, and in its place what a page shows of the one chosen.

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
        self.matches_table = table
        self.find_box = FindBox(_("Find a pupil"), lambda: self.matches_table)
        self.head = PupilHead()
        self.find_box.textChanged.connect(self._on_find_typed)
        self.find_box.chose.connect(self._chose)
        self.find_box.left.connect(self._left)
        self.matches_table.opened.connect(lambda row: self.open(self._id_of(row)))

    def lay_out(self, pupil: QWidget) -> None:
        """The find box above the list, or above ``pupil``: what is shown of the one chosen, ``head`` in it."""
        self.body = Body(self.matches_table, pupil)
        words = line(_("&Find a pupil by name or number (Ctrl+F)"), "label")
        words.setBuddy(self.find_box)
        top = QHBoxLayout()
        top.setSpacing(tokens.M)
        top.addWidget(words)
        top.addWidget(self.find_box, 1)
        column = column_in(self, tokens.S, top=tokens.M)
        column.addLayout(top)
        column.addWidget(self.body, 1)

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
        self.list_again()
        if text.strip():
            self.body.setCurrentIndex(0)
            if self.matches_table.rows:
                self.matches_table.selectRow(0)
        elif self.record is not None:
            self.body.setCurrentIndex(1)

    def _chose(self) -> None:
        row = self.matches_table.current()
        if self.body.currentIndex() == 1:
            self.focus_first()
        elif row is not None:
            self.open(self._id_of(row))

    def _left(self) -> None:
        if self.find_box.text():
            self.find_box.clear()
        elif self.record is not None:
            self.focus_first()

    def search(self) -> None:
        """Put the cursor into the find box."""
        self.find_box.setFocus()
        self.find_box.selectAll()

    def open(self, pupil_id: str) -> bool:
        """Show that pupil, ready to work; False when the person stays, or there is no such pupil."""
        is_shown = self.record is not None and self.record.pupil.id == pupil_id
        if not is_shown and not (self.may_leave() and self.read(pupil_id)):
            return False
        self.find_box.blockSignals(True)
        self.find_box.clear()
        self.find_box.blockSignals(False)
        self.list_again()
        self.body.setCurrentIndex(1)
        self.on_open()
        self.pupil_chosen.emit()
        return True
