"""Fields of a form that are seldom filled in: beneath a button, until somebody asks for them, something stands in them, or is wrong with them."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.ui.kit.forms.field import Field
from pupil_desk.ui.kit.scroll import bring_into_view, bring_once_calm
from pupil_desk.ui.kit.watch.descendants import worked_on_in
from pupil_desk.ui.kit.words import button, column_in, flow_of
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon


class FormFold(QWidget):
    """``words`` name it, ``grid`` is the layout of its ``fields``. Opened by its button, the cursor goes on to the first of them."""

    def __init__(self, words: str, fields: Sequence[Field], grid: QGridLayout) -> None:
        super().__init__()
        self._words, self.fields = words, tuple(fields)
        self.button = button(words, self._turn, "quiet")
        self._body = QWidget()
        self._body.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        column_in(self, tokens.S, flow_of(self.button), self._body)
        self.open(is_open=False)

    @property
    def is_open(self) -> bool:
        """Whether the fields are in view."""
        return not self._body.isHidden()

    @property
    def holds_something(self) -> bool:
        """Whether something stands in any of the fields."""
        return any(field.holds_something for field in self.fields)

    def is_told_of(self, problems: Iterable[Problem]) -> bool:
        """Whether any of these is about a field here."""
        names: Collection[str] = {field.item.name for field in self.fields}
        return any(problem.column in names for problem in problems)

    def open(self, *, is_open: bool = True) -> None:
        """Show the fields, or fold them."""
        self._body.setVisible(is_open)
        self.button.setIcon(icon("caret-down" if is_open else "caret-right"))
        self.button.setAccessibleDescription("" if is_open else _("Folded"))  # the name stays: it is one button, which shows or folds

    def fit(self) -> None:
        """Be there only while any of the fields is."""
        self.setVisible(any(not field.isHidden() for field in self.fields))

    def _turn(self) -> None:
        self.open(is_open=not self.is_open)
        first = next((field for field in self.fields if not field.isHidden()), None)
        if self.is_open and first is not None:
            first.editor.field.setFocus()
            bring_once_calm(self, partial(self._bring_into_view, first), lambda: worked_on_in(self.window()))

    def _bring_into_view(self, first: Field) -> None:
        if self.is_open:
            bring_into_view(self._body)
            bring_into_view(first)
