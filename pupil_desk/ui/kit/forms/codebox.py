"""Pick lists: found as you type, by code or by words, and never edited by a wheel that passes over them."""

from collections.abc import Collection, Iterable
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QCompleter, QWidget

from pupil_desk.basics.codelists import Code, codelist
from pupil_desk.basics.words import _
from pupil_desk.ui.kit.accessible import name_box
from pupil_desk.ui.kit.forms.dropdown import DropDown
from pupil_desk.ui.kit.forms.typed import TypedLetters
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import dress, dress_anew, sized

_KEEPS_WHEN_READONLY = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End})
_MOST_LINES = 14  # of a list in sight at once
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TABS = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_ARROWS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class ChoiceBox(QComboBox):
    """A short closed list, found as you type. The wheel scrolls the page and never edits; the list opens beneath, by Alt+Down, F4 or a click.

    A beginning that only one line has is taken. Of one that several have none is: the list opens, with the first of them lit.
    """

    def __init__(self, choices: Collection[tuple[str, str]] = (), *, name: str = "", parent: QWidget | None = None) -> None:
        pause()  # before it is there: nothing half made hears of anything
        super().__init__(parent)
        name_box(self)
        self._typed, self._is_pressed = TypedLetters(), False
        self._drop_down: DropDown | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.offer(choices)
        if name:
            self.setAccessibleName(name)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the line within it too, which Qt leaves without."""
        super().setAccessibleName(name)
        if (line := self.lineEdit()) is not None:
            line.setAccessibleName(name)

    def offer(self, choices: Iterable[tuple[str, str]], chosen: str = "") -> None:
        """Other choices in place of these, told to nobody. The first is chosen where ``chosen`` is none of them."""
        with QSignalBlocker(self):
            self.clear()
            for key, words in choices:
                self.addItem(words, key)
            self.setCurrentIndex(max(0, self.findData(chosen)))

    def ask_for(self, choices: Iterable[tuple[str, str]], chosen: str = "") -> None:
        """Other choices, of which a person chooses one: the first line asks for it and has no key, unless there is only one to choose."""
        able = list(choices)
        self.offer([*([("", _("Choose one"))] if len(able) > 1 else []), *able], chosen)

    def key(self) -> str:
        """The key of what is chosen."""
        return str(self.currentData() or "")

    def set_key(self, key: str) -> None:
        self._typed.forget()
        self.setCurrentIndex(self.findData(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Letters find a line, blanks between them too: Qt would open the list at the blank, and begin anew at the next letter."""
        if self.isEditable() or not self._typed.takes(event):
            super().keyPressEvent(event)
        else:
            self._find(event.text())

    def _find(self, letter: str) -> None:
        """Take the only line that is meant; of several light one in the list, which opens."""
        places = self._typed.places(letter, [self.itemText(place) for place in range(self.count())])
        if len(places) == 1:
            self._take(places[0])
        elif places:
            self._light(places)

    def _take(self, place: int) -> None:
        if self.view().isVisible():
            self.hidePopup()
        if place not in (-1, self.currentIndex()):
            self.setCurrentIndex(place)
            self.activated.emit(place)

    def _light(self, places: list[int]) -> None:
        """The first of these; the same letter again goes on to the next."""
        if not self.view().isVisible():
            self.showPopup()
            place = places[0]
        else:
            lit = self.view().currentIndex().row()
            place = next((place for place in places if place > lit), places[0]) if self._typed.is_again or lit not in places else lit
        self.view().setCurrentIndex(self.model().index(place, self.modelColumn()))

    def _on_list_key(self, event: QKeyEvent) -> bool:
        """A key in the open list that is ours: letters find a line, and Tab takes the one that is lit and goes on."""
        if event.key() in _TABS:
            self._take(self.view().currentIndex().row())
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
            return True
        if self._typed.takes(event):
            self._find(event.text())
            return True
        return False

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        self._drop_down = DropDown.kept(self._drop_down, self, self.view(), self._on_list_key)
        self.view().setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)  # Qt has none, whatever there is to scroll to
        super().showPopup()
        self.view().setCurrentIndex(
            self.model().index(self.currentIndex(), self.modelColumn())
        )  # Qt lights the line that was pointed at last
        self._drop_down.place()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens the list when it ends: one that opened at its beginning could end on a line that nobody looked at."""
        self._is_pressed = event.button() is Qt.MouseButton.LeftButton
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        is_click, self._is_pressed = self._is_pressed and self.rect().contains(event.position().toPoint()), False
        if is_click:
            self.showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        side = sized(tokens.ICON) * 3 // 4
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        place = QRect(self.width() - side - tokens.S, (self.height() - side) // 2, side, side)
        if self.property("readonly") is not True:
            icon("caret-down").paint(QPainter(self), place, Qt.AlignmentFlag.AlignCenter, mode)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()


class CodeBox(ChoiceBox):
    """The codes of a list, with an empty first line unless one is required. ``changed`` comes with each edit."""

    changed = Signal()

    def __init__(self, codes: str, *, today: date, required: bool = False, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name=name, parent=parent)
        self._list, self._today, self._required = codelist(codes), today, required
        self._readonly = False
        self.setEditable(True)
        self.setAccessibleName(name)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setMaxVisibleItems(_MOST_LINES)
        self._fill(self._list.choices(today))
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_MOST_LINES)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self.editTextChanged.connect(self._on_edited)
        if (line := self.lineEdit()) is not None:
            line.installEventFilter(self)
            line.textEdited.connect(lambda _text: QTimer.singleShot(0, self, self._show_meant))
            line.returnPressed.connect(self._on_return)

    def limit(self, codes: Collection[str]) -> None:
        """Offer only these codes; what is held is kept."""
        text = self.typed_text()
        self._fill([code for code in self._list.choices(self._today) if code.code in codes])
        self.take_text(text)

    def typed_text(self) -> str:
        """The code of what stands in the box, or the text where it is none of the list's, or may be several of them."""
        return meant[0] if len(meant := self.meant()) == 1 else self.currentText()

    def meant(self) -> list[str]:
        """The codes that what stands in the box may mean: that of a whole line or of its words, else of each line that begins so.

        A code may be the beginning of other lines' words: «ph» is one, and what «Physical assault …» begins with. Then all of them may be meant.
        """
        text = self.currentText()
        index = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if index >= 0:
            return [str(self.itemData(index))]
        begun, code = text.strip().casefold(), self._list.match(text) if text.strip() else None
        lines = [(str(self.itemData(place)), self.itemText(place).casefold()) for place in range(self.count())] if begun else []
        if code is None:
            return [key for key, words in lines if words.startswith(begun) or key.casefold().startswith(begun)]
        if code.code.casefold() != begun:
            return [code.code]
        return [code.code, *(key for key, words in lines if key != code.code and words.startswith(begun))]

    @property
    def is_ambiguous(self) -> bool:
        """Whether what stands in the box may mean one or the other."""
        return len(self.meant()) > 1

    def take_text(self, text: str) -> None:
        """Put a code or a half-typed text there."""
        index = self.findData(text)
        self.setCurrentIndex(index)
        if index < 0:
            code = self._list.get(text)
            self.setEditText(self._list.shown(code) if code is not None else text)
        if (line := self.lineEdit()) is not None:
            line.setCursorPosition(0)
        self.changed.emit()

    def code(self) -> str | None:
        """The code, if what stands there is one of the list."""
        code = self._meant_code()
        return code.code if code is not None else None

    def _meant_code(self) -> Code | None:
        return self._list.get(meant[0]) if len(meant := self.meant()) == 1 else None

    def set_code(self, code: str | None) -> None:
        """Show a code; a retired one by its label, one we do not know as it is."""
        self.take_text(code or "")

    def set_readonly(self, readonly: bool) -> None:
        """Whether it can only be read."""
        self._readonly = readonly
        if (line := self.lineEdit()) is not None:
            line.setReadOnly(readonly)
        if self.property("readonly") is not readonly:
            self.setProperty("readonly", readonly)
            dress_anew(self)

    def _fill(self, codes: list[Code]) -> None:
        self.offer([*(() if self._required else [("", "")]), *((code.code, self._list.shown(code)) for code in codes)])
        with QSignalBlocker(self):
            self.setCurrentIndex(-1)

    def _on_edited(self, text: str) -> None:
        self.setAccessibleDescription(text or _("Nothing chosen"))
        self.changed.emit()

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """All the lines, in the list that finds as one types: what is typed next stands for what stood, and narrows it."""
        self._make_list()
        completer, line = self.completer(), self.lineEdit()
        if self._readonly or completer is None or line is None or (popup := completer.popup()) is None:
            return
        completer.setCompletionPrefix("")
        completer.complete()
        popup.setCurrentIndex(completer.completionModel().index(self.currentIndex(), 0))
        line.selectAll()

    def _make_list(self) -> None:
        """Only when it is asked for: a record has a dozen of these boxes, and to dress the list under one takes longer than all the rest of it."""
        if (completer := self.completer()) is not None and (popup := completer.popup()) is not None and self._drop_down is None:
            popup.setProperty("look", "popup")
            dress(popup)
            self._drop_down = DropDown(self, popup, self._on_list_key)

    def _open_list(self) -> QAbstractItemView | None:
        """The list, while it is open."""
        popup = completer.popup() if (completer := self.completer()) is not None and self._drop_down is not None else None
        return popup if popup is not None and popup.isVisible() else None

    def _on_list_key(self, event: QKeyEvent) -> bool:
        """Enter with no line lit, while several may be meant, takes none of them; a letter stands for the line that an arrow wrote there."""
        popup, line = self._open_list(), self.lineEdit()
        if popup is not None and line is not None and self._typed.takes(event) and popup.currentIndex().data() == line.text():
            line.selectAll()
        asks = event.key() in _ENTERS and popup is not None and not popup.currentIndex().isValid() and self.is_ambiguous
        if asks:
            self._ask()
        return asks

    def _on_return(self) -> None:
        popup = self._open_list()
        if popup is not None and popup.currentIndex().isValid():
            return  # the line that is lit is taken
        if self.is_ambiguous:
            self._ask()
        else:
            self._settle()

    def _ask(self) -> None:
        """Nothing is taken where several may be meant: the list of them stands open with the first lit, and it is said."""
        if (completer := self.completer()) is None or self._readonly:
            return
        self._make_list()
        if self._open_list() is None:
            completer.setCompletionPrefix(self.currentText())
            completer.complete()
        meant = self.meant()
        self._light_code(meant)
        words = _("{number} lines begin with “{text}”. Choose one with the arrow keys, then press Enter.")
        announce(self, words.format(number=len(meant), text=self.currentText().strip()))

    def _show_meant(self) -> None:
        """In the list that narrows as one types the only line that is meant is lit, which is what Enter and Tab take."""
        self._light_code(meant if len(meant := self.meant()) == 1 else ())

    def _light_code(self, codes: Collection[str]) -> None:
        """Light the first line of these, or none. Qt would write a line that it is told of into the box, over what is typed."""
        popup, completer = self._open_list(), self.completer()
        if popup is None or completer is None:
            return
        lines = completer.completionModel()
        places = [lines.index(row, 0) for row in range(lines.rowCount())]
        with QSignalBlocker(popup.selectionModel()):
            popup.setCurrentIndex(next((place for place in places if place.data(Qt.ItemDataRole.UserRole) in codes), QModelIndex()))
        popup.scrollTo(popup.currentIndex())
        popup.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A click in the text opens the list, as one beside it does."""
        if watched is self.lineEdit() and event.type() is QEvent.Type.MouseButtonRelease:
            self.showPopup()
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._make_list()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._settle()

    def _settle(self) -> None:
        """Write out what was meant, once it is known."""
        code = self._meant_code()
        if code is not None and self.currentText() != self._list.shown(code):
            self.take_text(code.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._readonly and event.key() not in _KEEPS_WHEN_READONLY:
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in _ARROWS and (line := self.lineEdit()) is not None:
            line.selectAll()  # what is typed next stands for what an arrow chose

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())
