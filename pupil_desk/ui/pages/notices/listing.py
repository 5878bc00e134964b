"""The lists of notices: due, everyone, and who gets none; found as you type, one or several chosen."""

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.services.notices.families import DueReason
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.heights import LEAST_ROWS, keep_rows
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.low.foldable import Foldable
from pupil_desk.ui.kit.tabs import SteadyTabBar
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, find_line, growing, label, labelled, row_layout
from pupil_desk.ui.pages.notices.model import LetterRow, Lists, NoneRow, lacking, letter_columns, lists, matching, none_columns
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import percent

DUE, EVERYONE, NONE = range(3)
_REASON = 16  # characters of a reason in sight
_WITH_ADDRESS = 680  # width at 100 % from which there is room for it beside whole names
_LOW_ROWS, _SMALL_TEXT = 6, 150  # rows in a low window, in text of so many per cent at the most


class LetterLists(Foldable):
    """``selection_changed`` comes when other letters are chosen; ``opened`` carries the pupil of a line on Enter or double click."""

    selection_changed = Signal()
    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lists = Lists((), (), ())
        self._quiet = False
        self.tabs = SteadyTabBar()
        self.tabs.setAccessibleName(_("Which notices"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for _place in range(3):
            self.tabs.addTab("")
        self.find_box = find_line(_("Find by name"))
        self.lack_box = ChoiceBox([("", ""), *((lack.name, "") for lack in DueReason)], name=_("Why they are due"))
        self.empty = EmptyState("check-circle", "")
        self.letters: Table[LetterRow] = Table(
            letter_columns(context.desk), name=_("Notices"), several=True, empty=self.empty, memory=context.memory, memory_key="notices"
        )
        self.none_empty = EmptyState("check-circle", "")
        self.none: Table[NoneRow] = Table(none_columns(context.desk), name=_("Who gets no notice"), empty=self.none_empty)
        self.fold(is_low=False)
        self.count = label("", "muted")
        self.all = button(_("Choose &all"), self.choose_all, icon_name="check-circle")
        self._build()
        self.tabs.currentChanged.connect(lambda _place: self._show())
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.lack_box.currentIndexChanged.connect(lambda _place: self._show())
        self.letters.selectionModel().selectionChanged.connect(lambda *_ranges: self._tell_selection())
        self.none.current_changed.connect(lambda _row: self._tell_selection())
        self.letters.opened.connect(lambda row: self.opened.emit(row.letter.pupil.id))
        self.none.opened.connect(lambda row: self.opened.emit(row.pupil.id))
        self.letters.always_give_way({"address": _WITH_ADDRESS}, room_of=self)

    def _build(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.letters)
        self.stack.addWidget(self.none)
        self._lack_row = labelled(_("Wh&y it is due"), self.lack_box)
        self.filters = FilterRow(self._lack_row, find=(_("&Find by name (Ctrl+F)"), self.find_box))
        self.lack_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.lack_box.setMinimumContentsLength(_REASON)
        column = column_in(self, tokens.XS, self.tabs, self.filters, self.stack, row_layout(growing(self.count), self.all, spacing=None))
        column.setStretchFactor(self.stack, 1)

    def fold(self, *, is_low: bool) -> None:
        """In a low window more rows are seen, and the page scrolls to the strip beneath."""
        for table in (self.letters, self.none):
            keep_rows(table, _LOW_ROWS if is_low and percent() <= _SMALL_TEXT else LEAST_ROWS)

    def refresh(self) -> None:
        """Ask for the lists again, and stay on the same line where it is still there."""
        self._lists = lists(self._context.desk)
        self._show()

    def show_due(self, lack: str = "") -> None:
        """Go to those that are due, for one reason by its name, or for any."""
        self._quiet = True
        self.find_box.clear()
        self.tabs.setCurrentIndex(DUE)
        self.lack_box.set_key(lack)
        self._quiet = False
        self._show()

    @property
    def segment(self) -> int:
        """DUE, EVERYONE or NONE."""
        return self.tabs.currentIndex()

    def selected(self) -> list[Letter]:
        """The letters chosen, in the order of the list."""
        if self.segment == NONE:
            return []
        selected_ids = {row.id for row in self.letters.selected()}
        return [row.letter for row in self.letters.rows if row.id in selected_ids]

    def none_row(self) -> NoneRow | None:
        """The line one is on in the list of those who get none."""
        return self.none.current() if self.segment == NONE else None

    def choose_all(self) -> None:
        """Every letter in view."""
        self.letters.selectAll()
        self.letters.setFocus()

    def choose_pupil(self, pupil_id: str) -> None:
        """Go to everyone, and choose all letters of that pupil; one who gets none is shown there."""
        self._quiet = True
        self.find_box.clear()
        has_letters = any(row.letter.pupil.id == pupil_id for row in self._lists.all_letters)
        self.tabs.setCurrentIndex(EVERYONE if has_letters else NONE)
        self._quiet = False
        self._show()
        if not has_letters:
            self.none.select(next((row.id for row in self.none.rows if row.pupil.id == pupil_id), None))
            return
        places = [place for place, row in enumerate(self.letters.rows) if row.letter.pupil.id == pupil_id]
        self.letters.selectRow(places[0])
        flags = QItemSelectionModel.SelectionFlag
        for place in places[1:]:
            line = self.letters.model_.index(place, 0)
            self.letters.selectionModel().select(line, flags.Select | flags.Rows)
        self.letters.scrollTo(self.letters.model_.index(places[0], 0))

    def _show(self) -> None:
        if self._quiet:
            return
        letter_lists, find = self._lists, self.find_box.text()
        titles = (_("&Due ({count})"), _("&Everyone ({count})"), _("No &notice ({count})"))
        for place, (title, rows) in enumerate(zip(titles, (letter_lists.due, letter_lists.all_letters, letter_lists.none), strict=True)):
            self.tabs.setTabText(place, title.format(count=len(rows)))
        self._say_why_empty(is_searching=bool(find.strip()))
        self._quiet = True
        self._count_reasons()
        self.stack.setCurrentIndex(int(self.segment == NONE))
        if self.segment == NONE:
            self.none.show_rows(matching(letter_lists.none, find))
        else:
            self.letters.show_rows(
                matching(lacking(letter_lists.due, self.lack_box.key()) if self.segment == DUE else letter_lists.all_letters, find)
            )
        self._quiet = False
        self.all.setVisible(self.segment != NONE)
        self._tell_selection()

    def _count_reasons(self) -> None:
        """The reasons with how many letters are due for each; they stand there only beside the list that they narrow."""
        for place, lack in enumerate(("", *(lack.name for lack in DueReason))):
            words = DueReason[lack].value if lack else _("For any reason")
            self.lack_box.setItemText(place, _("{words} ({count})").format(words=words, count=len(lacking(self._lists.due, lack))))
        self.filters.show_box(self._lack_row, visible=self.segment == DUE)

    def _say_why_empty(self, *, is_searching: bool) -> None:
        if self.segment == DUE and self.lack_box.key() and self._lists.due and not is_searching:
            self.empty.say(_("Nobody is due for that reason"), _("Choose another reason, or any."))
            return
        if is_searching:
            for state in (self.empty, self.none_empty):
                state.say(_("Nobody here has a name like that"), _("Try another list, or the beginning of a surname."))
            return
        if self.segment == DUE:
            self.empty.say(_("Every family has the current notice"), _("A new edition or a new pupil brings lines here."))
        else:
            self.empty.say(_("There is nobody to give a notice to"), _("Add pupils and their contacts first."))
        self.none_empty.say(_("Everybody who should have a notice can get one"))

    def _tell_selection(self) -> None:
        if self._quiet:
            return
        selected_count, letter_count = len(self.selected()), len(self.letters.rows)
        if self.segment == NONE:
            self.count.setText(count_of(len(self.none.rows), _("gets no notice"), _("get no notice")))
        else:
            words = _("{chosen} of {letters} chosen")
            self.count.setText(words.format(chosen=selected_count, letters=count_of(letter_count, _("notice"), _("notices"))))
        self.all.setEnabled(letter_count > 0)
        self.selection_changed.emit()
