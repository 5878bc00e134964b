"""The lines of a letter or form with what stands for each in another language, and who made the translation and who checked it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.documents.typography.languages import is_rtl
from pupil_desk.services.translations.papers import TranslatablePaper
from pupil_desk.services.translations.translations import TranslationEntry
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import STRETCH, column_in, column_layout, fill, flow_of, label, name_label, set_look, without_sign
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_LINES = 2  # of a field: most sentences of a letter


class TranslatedLines(QWidget):
    """``edited`` comes with each key. ``entry`` is what stands there. A check that is on file goes once a line is changed: it was of others."""

    edited = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.fields: dict[str, QPlainTextEdit] = {}
        self.translated_by, self.checked_by = QLineEdit(), QLineEdit()
        self.checked_on = DateBox(today=today, name=_("Checked on"))
        self.problems: dict[str, QLabel] = {}
        self._lines: QWidget | None = None
        self._shown = TranslationEntry({})
        self._is_filling = False
        self._is_check_new = False
        self._lines_column = column_layout()
        content = QWidget()
        self._column = column_in(content, tokens.XS)
        self._build()
        column_in(self, None, scrolled(content))

    def _build(self) -> None:
        people: list[QWidget] = []
        for key, words, editor in (
            ("translated_by", _("Translated by"), self.translated_by),
            ("checked_by", _("Checked by (somebody who speaks the language)"), self.checked_by),
            ("checked_on", _("On which day"), self.checked_on),
        ):
            people.append(QWidget())
            people[-1].setFixedWidth(sized(tokens.FIELD))  # of all that is said of it too
            self._add_field(column_in(people[-1], tokens.XS), key, words, editor)
        fill(self._column, flow_of(*people, spacing=tokens.M), self._lines_column, STRETCH)
        self.translated_by.textEdited.connect(self._on_edited)
        self.checked_by.textEdited.connect(self._on_checked)
        self.checked_on.edited.connect(self._on_checked)

    def _add_field(self, column: QVBoxLayout, key: str, words: str, editor: QWidget) -> None:
        problem = label("", "problem")
        problem.hide()
        editor.setAccessibleName(without_sign(words))
        self.problems[key] = problem
        fill(column, name_label(words.replace("&", "&&"), editor), editor, problem)
        column.addSpacing(tokens.S)

    def begin(self, paper: TranslatablePaper, language: str, entry: TranslationEntry, *, readonly: bool) -> None:
        """Show the lines of a paper with what is proposed for each."""
        for key in self.fields:
            self.problems.pop(key)
        if self._lines is not None:
            self._lines_column.removeWidget(self._lines)
            self._lines.hide()  # it goes only when the event loop comes round
            self._lines.deleteLater()
        self.fields = {}
        lines_area = QWidget()
        column = column_in(lines_area, tokens.XS)
        for line in paper.lines:
            field = _field(language)
            self.fields[line.key] = field
            self._add_field(column, line.key, line.english, field)
            field.textChanged.connect(self._on_line_edited)
            pause()
        self._lines = lines_area
        self._lines_column.addWidget(lines_area)
        lines_area.show()
        self._shown = entry
        self.put_back()
        for field in self.fields.values():
            field.setReadOnly(readonly)
        for line_edit in (self.translated_by, self.checked_by):
            line_edit.setReadOnly(readonly)
        self.checked_on.setEnabled(not readonly)

    @property
    def entry(self) -> TranslationEntry:
        return TranslationEntry(
            {key: field.toPlainText() for key, field in self.fields.items() if field.toPlainText().strip()},
            self.translated_by.text(),
            self.checked_by.text(),
            self.checked_on.day(),
            self._is_check_new,
        )

    @property
    def dirty(self) -> bool:
        """Whether something else stands there than was put there."""
        return self.entry != self._shown or (self.checked_on.day() is None and bool(self.checked_on.text().strip()))

    def put_back(self) -> None:
        """Put back what was there."""
        self.take_entry(self._shown)
        self.tell({})

    def take_entry(self, entry: TranslationEntry) -> None:
        """Put in what is proposed, without its counting as typed by the person."""
        self._is_filling = True
        for key, field in self.fields.items():
            if field.toPlainText() != entry.words.get(key, ""):
                field.setPlainText(entry.words.get(key, ""))
        self.translated_by.setText(entry.translated_by)
        self.checked_by.setText(entry.checked_by)
        self.checked_on.set_day(entry.checked_on)
        self._is_check_new = entry.is_check_new
        self._is_filling = False

    def tell(self, messages: Mapping[str, str]) -> None:
        """Say beside each field what is wrong with it; the first takes the cursor."""
        first = None
        for key, problem in self.problems.items():
            words = messages.get(key, "")
            editor = self.fields[key] if key in self.fields else getattr(self, key)
            problem.setText(words)
            problem.setVisible(bool(words))
            set_look(editor, "problem" if words else "")
            first = first or (editor if words else None)
        if first is not None:
            first.setFocus()

    def as_data(self) -> dict[str, Any]:
        """What is typed, as JSON would hold it."""
        entry = self.entry
        return {
            "words": dict(entry.words),
            "translated_by": entry.translated_by,
            "checked_by": entry.checked_by,
            "checked_on": self.checked_on.text(),
            "is_check_new": self._is_check_new,
        }

    def take_data(self, data: dict[str, Any]) -> None:
        """Put back what ``as_data`` gave."""
        self.take_entry(TranslationEntry(data["words"], data["translated_by"], data["checked_by"], is_check_new=data["is_check_new"]))
        self.checked_on.set_text(data["checked_on"])
        self._on_edited()

    def say_beside(self, messages: Mapping[str, str]) -> None:
        """Say something beside fields, where nothing is wrong and the cursor stays."""
        for key, words in messages.items():
            self.problems[key].setText(words)
            self.problems[key].setVisible(bool(words))

    def drop_check(self) -> None:
        """Take out who checked it and when, and say why: other lines were checked than stand there."""
        if not self.checked_by.text() and not self.checked_on.text():
            return
        self.checked_by.clear()
        self.checked_on.set_day(None)
        self.say_beside({"checked_by": _("Other lines were checked than these. Enter who has checked these, and when.")})

    def _on_line_edited(self) -> None:
        if not self._is_filling and not self._is_check_new:
            self.drop_check()
        self._on_edited()

    def _on_checked(self, _text: str = "") -> None:
        self._is_check_new = True
        self._on_edited()

    def _on_edited(self, _text: str = "") -> None:
        if not self._is_filling:
            self.edited.emit()


def _field(language: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * _LINES + 2 * tokens.S)
    if is_rtl(language):
        option = QTextOption(Qt.AlignmentFlag.AlignRight)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        field.document().setDefaultTextOption(option)
    return field
