"""The two texts of the notice as they are written, and of a translation who made and who checked it."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.notices.addressees import ENGLISH
from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.domain.translations.checking import OTHER_WORDS
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.low.foldable import Spare
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import column_in, fill, label, name_label, set_look, without_sign
from pupil_desk.ui.style import tokens

_FRONT_LINES, _MORE_LINES = 7, 5  # the least in sight, so that in a window of 768 pixels the two scroll and nothing around them does


class NoticeEditor(QWidget):
    """``edited`` comes with each key. ``prose`` is what stands there. A check that is on file goes once a word is changed: it was of others.

    ``is_check_new`` is whether the check was stated of what stands there, whoever it names.
    """

    edited = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._prose_shown = NoticeProse()
        self._quiet = self.is_check_new = self._has_dropped = False
        self.front, self.more = QPlainTextEdit(), QPlainTextEdit()
        self.translated_by, self.checked_by = QLineEdit(), QLineEdit()
        self.checked_on = DateBox(today=today, name=_("Checked on"))
        self.problems: dict[str, QLabel] = {}
        self._last_text = self.front
        self._build()
        for text in (self.front, self.more):
            text.textChanged.connect(self._on_words_edited)
        self.translated_by.textEdited.connect(self._on_edited)
        self.checked_by.textEdited.connect(self._on_checked)
        self.checked_on.edited.connect(self._on_checked)

    def _build(self) -> None:
        content = QWidget()
        column = column_in(content, tokens.XS)
        hint = _("“# ” title, “## ” heading, “- ” point of a list, **bold**. {…} is filled in.")
        self._translation_box = QWidget()
        by_column = column_in(self._translation_box, tokens.XS)
        for key, words, widget in (
            ("translated_by", _("Translated &by"), self.translated_by),
            ("checked_by", _("Check&ed by (somebody who speaks the language)"), self.checked_by),
            ("checked_on", _("On which &day"), self.checked_on),
        ):
            self._field(by_column, key, words, widget)
        column.addWidget(self._translation_box)
        self._field(column, "front", _("Fr&ont part: what everyone reads"), self.front, hint)
        self._field(column, "more", _("&Last part, after the tables"), self.more)
        column.setStretchFactor(self.front, 3)
        column.setStretchFactor(self.more, 2)
        for text, lines in ((self.front, _FRONT_LINES), (self.more, _MORE_LINES)):
            text.setTabChangesFocus(True)
            text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            text.setMinimumHeight(text.fontMetrics().lineSpacing() * lines)
        column_in(self, None, scrolled(content))

    def _field(self, column: QVBoxLayout, key: str, words: str, widget: QWidget, hint: str = "") -> None:
        above, problem = name_label(words, widget), label("", "problem")
        widget.setAccessibleName(without_sign(words))
        widget.setAccessibleDescription(hint)
        self.problems[key] = problem
        column.addWidget(above)
        if hint:
            column.addWidget(Spare(label(hint, "hint")))
        fill(column, widget, problem)
        problem.hide()
        column.addSpacing(tokens.S)

    @property
    def place(self) -> tuple[str, str]:
        """The language and layout of what is written."""
        return self._prose_shown.place

    @property
    def prose(self) -> NoticeProse:
        prose = self._prose_shown
        is_translation = prose.language != ENGLISH
        return NoticeProse(
            language=prose.language,
            variant=prose.variant,
            front=self.front.toPlainText(),
            more=self.more.toPlainText(),
            translated_by=self.translated_by.text().strip() or None if is_translation else None,
            checked_by=self.checked_by.text().strip() or None if is_translation else None,
            checked_on=self.checked_on.day() if is_translation else None,
        )

    @property
    def dirty(self) -> bool:
        """Whether the two texts are others than those that were put there."""
        return (self.front.toPlainText(), self.more.toPlainText()) != (self._prose_shown.front, self._prose_shown.more)

    def begin(self, prose: NoticeProse, *, readonly: bool = False) -> None:
        self._prose_shown = NoticeProse(
            language=prose.language,
            variant=prose.variant,
            front=_lines(prose.front),
            more=_lines(prose.more),
            translated_by=prose.translated_by,
            checked_by=prose.checked_by,
            checked_on=prose.checked_on,
        )
        self.put_back()
        self._translation_box.setVisible(prose.language != ENGLISH)
        for field in (self.front, self.more, self.translated_by, self.checked_by):
            field.setReadOnly(readonly)
        self.checked_on.setEnabled(not readonly)

    def put_back(self) -> None:
        """Put back what was there."""
        prose = self._prose_shown
        self._quiet = True
        for text, words in ((self.front, prose.front), (self.more, prose.more)):
            if text.toPlainText() != words:
                text.setPlainText(words)
        self.translated_by.setText(prose.translated_by or "")
        self.checked_by.setText(prose.checked_by or "")
        self.checked_on.set_day(prose.checked_on)
        self._quiet = self.is_check_new = self._has_dropped = False
        self.tell({})

    def take_texts(self, front: str, more_text: str) -> None:
        """Put other texts in, as if they were typed. A check of those that stood there goes: it was of other lines."""
        if (_lines(front), _lines(more_text)) == (_lines(self.front.toPlainText()), _lines(self.more.toPlainText())):
            return
        self.front.setPlainText(front)
        self.more.setPlainText(more_text)
        self._drop_check()

    def _drop_check(self) -> None:
        """Take out who checked it and when, and say why."""
        self.is_check_new = False
        if self.checked_by.text() or self.checked_on.text():
            self.checked_by.clear()
            self.checked_on.set_day(None)
            self._has_dropped = True
            self.tell({})

    def mark_saved(self) -> None:
        """What stands there is kept."""
        self._prose_shown = self.prose

    def insert_field(self, text: str) -> None:
        """Insert a field where the cursor was last."""
        field = self.more if self.more.hasFocus() else self.front if self.front.hasFocus() else self._last_text
        field.insertPlainText(text)
        field.setFocus()

    def tell(self, messages: dict[str, str]) -> None:
        """Say beside each field what is wrong with it."""
        for key, problem in self.problems.items():
            words = messages.get(key, "")
            set_look(getattr(self, key), "problem" if words else "")
            words = words or (OTHER_WORDS if key == "checked_by" and self._has_dropped and not self.checked_by.text() else "")
            problem.setText(words)
            problem.setVisible(bool(words))

    def as_data(self) -> dict[str, Any]:
        """What is typed, as JSON would hold it."""
        return {
            "front": self.front.toPlainText(),
            "more": self.more.toPlainText(),
            "translated_by": self.translated_by.text(),
            "checked_by": self.checked_by.text(),
            "checked_on": self.checked_on.text(),
            "is_check_new": self.is_check_new,
        }

    def take_data(self, data: dict[str, Any]) -> None:
        """Put back what ``as_data`` gave."""
        self._quiet = True
        self.front.setPlainText(data["front"])
        self.more.setPlainText(data["more"])
        self._quiet = False
        self.take_check(data)
        self._on_edited()

    def take_check(self, data: dict[str, Any]) -> None:
        """Put back what ``as_data`` gave of who translated and who checked it."""
        self.translated_by.setText(data["translated_by"])
        self.checked_by.setText(data["checked_by"])
        self.checked_on.set_text(data["checked_on"])
        self.is_check_new = data.get("is_check_new", False)

    def _on_words_edited(self) -> None:
        if not self._quiet and not self.is_check_new:
            self._drop_check()
        self._on_edited()

    def _on_checked(self, _text: str = "") -> None:
        self.is_check_new = True
        self._on_edited()

    def _on_edited(self, _text: str = "") -> None:
        for text in (self.front, self.more):
            if text.hasFocus():
                self._last_text = text
        if not self._quiet:
            self.edited.emit()


def _lines(text: str) -> str:
    """As the field gives it back: without an empty line at the end."""
    return text.strip()
