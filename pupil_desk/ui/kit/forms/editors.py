"""One editor for each kind of item. An editor holds the text as typed; what it means is ``domain.catalogue.validation``'s to say."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, Kind
from pupil_desk.domain.catalogue.validation import Problem, Reading, read, show
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.codebox import CodeBox
from pupil_desk.ui.kit.forms.completing import LineCompletion
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.radio_group import RadioGroup
from pupil_desk.ui.kit.words import column_in, set_look
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_CHARACTERS = {
    Kind.UPN: 18,
    Kind.ULN: 14,
    Kind.POSTCODE: 12,
    Kind.PHONE: 22,
    Kind.SCHOOL: 12,
    Kind.AUTHORITY: 8,
    Kind.NUMBER: 8,
}  # the width of a field hints at what belongs in it


class Editor(QWidget):
    """An editor in its frame: ``typed_text`` and ``take_text`` are the raw text, ``edited`` comes with each change."""

    edited = Signal()
    left = Signal()

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self.column = column_in(self, tokens.XS)

    @property
    @abstractmethod
    def field(self) -> QWidget:
        """What takes the focus."""

    @abstractmethod
    def typed_text(self) -> str:
        """The text as it stands, as ``validation.read`` takes it."""

    @abstractmethod
    def take_text(self, text: str) -> None:
        """Put a text there, as if typed."""

    def reading(self, item: Item, today: date) -> Reading:
        """What is typed means as that item."""
        return read(item, self.typed_text(), today)

    @property
    def is_ambiguous(self) -> bool:
        """Whether what is typed may mean one or the other."""
        return False

    def show_value(self, value: Any) -> None:
        self.take_text(show(self.item, value))

    @abstractmethod
    def set_readonly(self, readonly: bool) -> None:
        """Whether it can only be read."""

    def mark(self, look: str) -> None:
        """Mark it as «problem», or clear the mark."""
        set_look(self.field, look)

    def describe(self, name: str, description: str) -> None:
        """What a screen reader says of it."""
        self.field.setAccessibleName(name)
        self.field.setAccessibleDescription(description)

    def put_hint(self, hint: QLabel) -> bool:
        """Have the hint stand within it; False where the field is to put it beneath."""
        return False

    def _watch(self, field: QWidget) -> None:
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(event, QFocusEvent) or event.type() is not QEvent.Type.FocusOut or isinstance(watched, QRadioButton):
            return False
        if event.reason() is not Qt.FocusReason.PopupFocusReason:  # its own list has only opened
            self.left.emit()
        return False


class LineEditor(Editor):
    """One line."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self._line = QLineEdit()
        characters = _CHARACTERS.get(item.kind) or (item.longest + 4 if 0 < item.longest <= 20 else 0)
        self._line.setMaximumWidth(_width(self._line, characters) if characters else sized(tokens.FIELD))
        self._line.textEdited.connect(self.edited)
        self._watch(self._line)
        self.column.addWidget(self._line)

    @property
    def field(self) -> QWidget:
        return self._line

    def typed_text(self) -> str:
        return self._line.text()

    def take_text(self, text: str) -> None:
        caret = self._line.cursorPosition() if self._line.hasFocus() else 0  # as after saving, where one goes on typing
        self._line.setText(text)
        self._line.setCursorPosition(caret)
        self.edited.emit()

    def set_readonly(self, readonly: bool) -> None:
        self._line.setReadOnly(readonly)


class LinesEditor(Editor):
    """Several lines; Tab leaves it."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self._lines = QPlainTextEdit(tabChangesFocus=True)
        self.set_tallest(8)
        self._lines.setMinimumHeight(self._lines.fontMetrics().lineSpacing() * 4 + tokens.L)
        self._lines.textChanged.connect(self.edited)
        self._watch(self._lines)
        self.column.addWidget(self._lines)

    def set_tallest(self, lines: int) -> None:
        """The most lines in sight at once."""
        tall = self._lines.fontMetrics().lineSpacing() * lines + tokens.L
        self._lines.setMinimumHeight(min(self._lines.minimumHeight(), tall))
        self._lines.setMaximumHeight(tall)

    def complete_from(self, names: Callable[[], Sequence[str]]) -> None:
        """Complete the name that one begins in a line from these."""
        LineCompletion(self._lines, names)

    @property
    def field(self) -> QWidget:
        return self._lines

    def typed_text(self) -> str:
        return self._lines.toPlainText()

    def take_text(self, text: str) -> None:
        caret, at = self._lines.textCursor(), self._lines.textCursor().position() if self._lines.hasFocus() else 0
        self._lines.setPlainText(text)
        caret.setPosition(min(at, len(self._lines.toPlainText())))
        self._lines.setTextCursor(caret)

    def set_readonly(self, readonly: bool) -> None:
        self._lines.setReadOnly(readonly)


class DateEditor(Editor):
    """A date as people write it, with what it was understood as beneath."""

    def __init__(self, item: Item, today: date) -> None:
        super().__init__(item)
        self.box = DateBox(today=today, is_birthday=item.name == "dob")
        self.box.line.textEdited.connect(self.edited)
        self._watch(self.box.line)
        self.column.addWidget(self.box)

    @property
    def field(self) -> QWidget:
        return self.box.line

    def typed_text(self) -> str:
        return self.box.text()

    def take_text(self, text: str) -> None:
        self.box.set_text(text)
        self.edited.emit()

    def show_value(self, value: Any) -> None:
        self.box.set_day(value)
        self.edited.emit()

    def put_hint(self, hint: QLabel) -> bool:
        self.box.put_hint(hint)
        return True

    def set_readonly(self, readonly: bool) -> None:
        self.box.line.setReadOnly(readonly)


class CodeEditor(Editor):
    """A code from its list."""

    def __init__(self, item: Item, today: date) -> None:
        super().__init__(item)
        assert item.codes is not None
        self.box = CodeBox(item.codes, today=today, required=item.required)
        self.box.changed.connect(self.edited)
        self.box.setMaximumWidth(sized(tokens.FIELD))
        self._watch(self.box)  # its line takes no focus itself
        self.column.addWidget(self.box)

    @property
    def field(self) -> QWidget:
        return self.box

    def typed_text(self) -> str:
        return self.box.typed_text()

    def reading(self, item: Item, today: date) -> Reading:
        """None of several that may be meant is taken."""
        if not self.is_ambiguous:
            return super().reading(item, today)
        words = _("{label}: several lines begin with “{text}”. Choose one of them.")
        problem = Problem(item.name, "several", words.format(label=item.quoted_label, text=self.box.currentText().strip()))
        return Reading(None, (problem,))

    @property
    def is_ambiguous(self) -> bool:
        return self.box.is_ambiguous

    def take_text(self, text: str) -> None:
        self.box.take_text(text)

    def show_value(self, value: Any) -> None:
        self.box.set_code(value)

    def set_readonly(self, readonly: bool) -> None:
        self.box.set_readonly(readonly)


class YesNoEditor(Editor):
    """Radio buttons Yes, No and Not known: never a box of three states."""

    def __init__(self, item: Item, *, must_answer: bool) -> None:
        super().__init__(item)
        self._group = RadioGroup(self)
        row = QWidget()
        line = FlowLayout(row, tokens.L)
        self._answers = {"yes": QRadioButton(_("Yes")), "no": QRadioButton(_("No"))}
        if not must_answer:
            self._answers[""] = QRadioButton(_("Not known"))
        for answer in self._answers.values():
            self._group.add(answer, answer.text())
            line.addWidget(answer)
        self._group.buttonClicked.connect(self.edited)
        self.column.addWidget(row)
        self._readonly = False

    @property
    def field(self) -> QWidget:
        return self._group.checkedButton() or self._answers["yes"]

    def typed_text(self) -> str:
        return next((text for text, answer in self._answers.items() if answer.isChecked()), "")

    def take_text(self, text: str) -> None:
        answer = self._answers.get(text)
        if answer is None:
            self._group.setExclusive(False)
            for choice in self._answers.values():
                choice.setChecked(False)
            self._group.setExclusive(True)
        else:
            answer.setChecked(True)
        self.edited.emit()

    def show_value(self, value: Any) -> None:
        self.take_text({True: "yes", False: "no"}.get(value, ""))

    def set_readonly(self, readonly: bool) -> None:
        for answer in self._answers.values():
            answer.setEnabled(not readonly)

    def mark(self, look: str) -> None:
        """The words beside it say what is wrong; a radio button has no edge to colour."""

    def describe(self, name: str, description: str) -> None:
        self.setAccessibleName(name)
        for answer in self._answers.values():
            answer.setAccessibleName(f"{name}: {answer.text()}")
            answer.setAccessibleDescription(description)


def _width(line: QLineEdit, characters: int) -> int:
    return line.fontMetrics().horizontalAdvance("0") * characters + 2 * tokens.M


def editor_for(item: Item, today: date, *, must_answer: bool = False) -> Editor:
    """The editor of an item's kind. ``must_answer``: a yes-or-no that always has one of the two."""
    match item.kind:
        case Kind.DATE:
            return DateEditor(item, today)
        case Kind.CODE:
            return CodeEditor(item, today)
        case Kind.YES_NO:
            return YesNoEditor(item, must_answer=must_answer)
        case Kind.LINES:
            return LinesEditor(item)
        case _:
            return LineEditor(item)
