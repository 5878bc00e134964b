"""One step of the entry: a heading, some words, fields, a button that goes on, and a place for what went wrong."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.domain.validation import Problem
from pupil_desk.ui.kit.summary import ProblemSummary
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.style import tokens


class Panel(QWidget):
    """A step. ``forward`` is the words of its main button; Enter presses it."""

    def __init__(self, title: str, text: str, forward: str, go: Callable[[], object]) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(tokens.M)
        self.column.addWidget(label(title, "title"))
        if text:
            self.column.addWidget(label(text))
        self.problem = ProblemSummary(lambda _column: self.begin())
        self.column.addWidget(self.problem)
        self.forward = button(forward, go, "primary")
        self._go = go
        self._fields: list[QLineEdit] = []
        self._more = QHBoxLayout()

    def field(self, words: str, hint: str = "", *, secret: bool = False) -> QLineEdit:
        """Add a line to type in, its label above it."""
        made = QLineEdit()
        made.setMaxLength(1000)
        if secret:
            made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setAccessibleName(words.replace("&", ""))
        made.setAccessibleDescription(hint)
        made.returnPressed.connect(self._entered)
        name = label(words, "label")
        name.setBuddy(made)
        self.column.addWidget(name)
        if hint:
            self.column.addWidget(label(hint, "hint"))
        self.column.addWidget(made)
        self._fields.append(made)
        return made

    def add(self, part: QWidget) -> None:
        """Add something else."""
        self.column.addWidget(part)

    def close_with(self, others: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Put the buttons at the foot, the main one first."""
        row = QHBoxLayout()
        row.setSpacing(tokens.M)
        row.addWidget(self.forward)
        row.addStretch(1)
        self.column.addSpacing(tokens.S)
        self.column.addLayout(row)
        for words, run in others:
            self.column.addWidget(button(words, run, "link"), 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def begin(self) -> None:
        """Put the cursor into the first empty field."""
        empty = next((line for line in self._fields if not line.text()), None)
        (empty or next(iter(self._fields), None) or self.forward).setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, what: Known | str | Sequence[Problem]) -> None:
        """Say what is wrong; an empty text takes it away."""
        if isinstance(what, Known):
            what = [Problem("", "", what.message)]
        elif isinstance(what, str):
            what = [Problem("", "", what)] if what else []
        self.problem.show_problems(what)

    def working(self, on: bool) -> None:
        """While the password is worked on, nothing can be pressed twice."""
        self.setEnabled(not on)
        self.forward.setText(_("One moment…") if on else self.forward.accessibleName())

    def _entered(self) -> None:
        at = next((place for place, line in enumerate(self._fields) if line.hasFocus()), len(self._fields))
        following = next((line for line in self._fields[at + 1 :] if not line.text()), None)
        if following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._go()
