"""What is on file of something, to be read: each fact with its name above it."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.words import column_in, column_of, label
from pupil_desk.ui.style import tokens


class Facts(QWidget):
    """Names and values, one beneath the other."""

    def __init__(self, facts: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._column = column_in(self, tokens.S)
        self._facts: tuple[tuple[str, str], ...] = ()
        self.show_facts(facts)

    @property
    def text(self) -> str:
        """The facts as they are read aloud, a line each."""
        return "\n".join(_("{name}: {value}").format(name=name, value=value) for name, value in self._facts)

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show these in place of those before."""
        while (taken := self._column.takeAt(0)) is not None:
            if (before := taken.widget()) is not None:
                before.hide()
                before.deleteLater()
        self._facts = tuple(facts)
        for name, value in self._facts:
            self._column.addWidget(column_of(label(name, "muted"), label(value), spacing=0))
