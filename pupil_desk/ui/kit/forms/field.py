"""One field of a form: label, editor, the words on what is wrong with it, and the hint: beneath, so that the editors of a row stand in line.

What is wrong comes and goes once a click is over: it puts the fields beneath elsewhere, and the pointer may be on one.
"""

import dataclasses
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, Kind
from pupil_desk.domain.catalogue.validation import Problem, Reading
from pupil_desk.ui.kit.forms.editors import CodeEditor, editor_for
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.pushbutton import PushButton
from pupil_desk.ui.kit.watch.presses import CALM, once_calm
from pupil_desk.ui.kit.words import STRETCH, button, column_in, label, made, name_label, set_look, show_words
from pupil_desk.ui.style import tokens


class Field(QWidget):
    """An item of the catalogue on the screen. ``edited`` comes when its text changes."""

    edited = Signal()

    def __init__(self, item: Item, today: date, *, must_answer: bool) -> None:
        super().__init__()
        self.item, self.today = item, today
        self._must_answer = must_answer
        self._name = item.label
        self._value_shown: Any = None
        self._shown_text = ""
        self.editor = editor_for(item, today, must_answer=must_answer)
        self.label = name_label("", self.editor.field)
        self._offering: Callable[[], object] = _nothing
        self._words = ""  # what is wrong with it; ``problem`` says so a moment later
        self._column = column_in(self, tokens.XS, self.label, self.editor, STRETCH)
        if item.hint:
            self.hint.setText(item.hint)
        self.editor.edited.connect(self._on_edited)
        self.editor.left.connect(self._left)
        self.mark_required(item.required)

    @cached_property
    def hint(self) -> QLabel:
        """What helps to fill it in. Most fields have none, and most have nothing wrong with them: a form has dozens."""
        hint = label("", "hint")
        if not self.editor.put_hint(hint):
            self._column.insertWidget(self._column.count() - 1, hint)
        return hint

    @cached_property
    def problem(self) -> QLabel:
        """What is wrong with it."""
        problem = label("", "problem")
        self._column.insertWidget(self._column.indexOf(self.editor) + 1, problem)
        problem.hide()
        return problem

    @property
    def _said(self) -> str:
        return self.problem.text() if made(self, "problem") and not self.problem.isHidden() else ""

    @property
    def wide(self) -> bool:
        """Whether it takes a whole line of the form."""
        return self.item.kind is Kind.LINES or len(self.item.label) > 60

    @property
    def dirty(self) -> bool:
        """Whether something else is typed than was shown."""
        return self.editor.typed_text() != self._shown_text

    @property
    def holds_something(self) -> bool:
        """Whether something stands in it, other than the No of a question that is always answered."""
        return self.editor.typed_text().strip() not in ("", "no" if self._must_answer else "")

    def offer(self, words: str, run: Callable[[], object]) -> PushButton:
        """A button beneath it that fills it in with what is known; with no words there is none."""
        if not made(self, "_offered"):
            self._column.insertWidget(self._column.count() - 1, self._offered)
            tab_after(self.editor.field, [self._offered])
        self._offering = run
        self._offered.setText(words.replace("&", "&&"))
        self._offered.setAccessibleName(words)
        self._offered.setVisible(bool(words))
        return self._offered

    @cached_property
    def _offered(self) -> PushButton:
        return button("", self._run_offering, "link")

    def _run_offering(self) -> None:
        self._offering()

    def stand_beside(self, *, above: QWidget | None, beneath: QWidget) -> None:
        """Put above it what it is filled in from, such as what was written by hand, and beneath it what that comes to."""
        self._column.insertWidget(self._column.count() - 1, beneath)
        if above is not None:
            self._column.insertWidget(0, above)

    def show_value(self, value: Any) -> None:
        self.editor.show_value(value)
        self._value_shown, self._shown_text = value, self.editor.typed_text()
        self.tell(())
        self._say()

    def reading(self) -> Reading:
        """What it means. A value that was held and is not touched stays as it is, even where a new one would be refused."""
        if not self.dirty and self._value_shown is not None:
            return Reading(self._value_shown)
        item = dataclasses.replace(self.item, required=True) if self._must_answer else self.item
        return self.editor.reading(item, self.today)

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """Say beside the field what is wrong with it; nothing clears it."""
        self._words = "\n".join(problem.message for problem in problems)
        if self._words != self._said:
            once_calm(self, self._say, wait=CALM)
        stops = any(problem.stops for problem in problems)
        if problems or made(self, "problem"):
            if self.problem.isHidden():
                self.problem.setText(self._words)
            set_look(self.problem, "problem" if stops else "check")
        self.editor.mark("problem" if stops else "")
        self._describe()

    def _say(self) -> None:
        if self._words or made(self, "problem"):
            show_words(self.problem, self._words)

    def mark_required(self, required: bool) -> None:
        """Say by the label whether it must be filled in. Where another item decides that, the rule across them refuses it empty."""
        words = self._name.replace("&", "&&")
        self.label.setText(_("{label} (required)").format(label=words) if required else words)
        self._describe()

    def name_it(self, words: str) -> None:
        """Another name on the screen than the catalogue's, which stands in the notice and so stays: another there is another edition."""
        self._name = words
        self.mark_required(self.item.required)

    def limit_codes(self, codes: tuple[str, ...]) -> None:
        """Offer only these codes of its list."""
        assert isinstance(self.editor, CodeEditor), f"{self.item.name} is no pick list"
        self.editor.box.limit(codes)

    def _describe(self) -> None:
        self.editor.describe(self.label.text().replace("&&", "&"), " ".join(part for part in (self.item.hint, self._words) if part))

    def _on_edited(self) -> None:
        if self._words:
            self.tell(())
        self.edited.emit()

    def _left(self) -> None:
        """On leaving the field, what is typed and cannot be read is said at once; that it is empty waits for saving."""
        if self.dirty and self.editor.typed_text().strip():
            self.tell(self.reading().problems)


def _nothing() -> None:
    """What a field offers of which nothing is known."""
