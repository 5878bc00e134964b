"""One step of the entry: a heading, some words, fields, a button that goes on, and a place for what went wrong."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.ui.kit.forms.summary import ProblemSummary
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.talk.ask import twice_words
from pupil_desk.ui.kit.words import (
    STRETCH,
    button,
    column_in,
    column_layout,
    fill,
    growing,
    label,
    name_label,
    row_layout,
    show_words,
    without_sign,
)
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized
from pupil_desk.ui.style.mark import program_icon

if TYPE_CHECKING:  # sign-in is painted before this is read
    from pupil_desk.domain.catalogue.validation import Problem

type Others = Sequence[tuple[str, Callable[[], object]]]
"""Further ways on from a step: the words of a link, and where it leads."""


def _brand() -> QHBoxLayout:
    """The mark and the name of the program, as at the head of a letter."""
    mark = QLabel()
    mark.setPixmap(program_icon().pixmap(QSize(sized(tokens.XL), sized(tokens.XL))))
    mark.setAccessibleName("Pupil Desk")
    return row_layout(mark, label("Pupil Desk", "muted", wraps=False), STRETCH)


class Panel(QWidget):
    """A step. ``forward`` is the words of its main button; Enter goes to the next empty field, and from the last one on. Esc leads back, where there is
    a way, and on the second press where something is typed. ``help_place`` is where the help tells of it.
    """

    help_place = "safety#Signing in"

    loses = ""  # what would be lost if the window were closed at this step; empty for nothing

    def __init__(self, title: str, text: str, forward: str, go: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)  # no taller than what is in it
        self._title, self._text = label("", "title"), label("")
        self.column = column_in(
            self, tokens.S, _brand(), self._title, self._text, left=tokens.XXL, top=tokens.XL, right=tokens.XXL, bottom=tokens.XL
        )
        self.column.addSpacing(tokens.XS)
        self.problem = ProblemSummary(
            lambda _column: self.begin()
        )  # it comes under the main button: above, it would push that away under the pointer
        self.forward = button("", self._go_on, "primary")
        self.is_for(title, text, forward)
        self._go = go
        self._fields: list[QLineEdit] = []
        self._back: Callable[[], object] | None = None
        self._is_warned = False

    def is_for(self, title: str, text: str, forward: str) -> None:
        """What the step is for, where that depends on what is chosen in it."""
        self.setAccessibleName(title)
        self._title.setText(title)
        show_words(self._text, text)
        self.forward.setText(forward)

    def field(self, words: str, hint: str = "", *, secret: bool = False) -> QLineEdit:
        """Add a line to type in, its label above it and its hint beneath, as on every form."""
        box, together = self._field(words, hint, secret=secret)
        fill(self.column, tokens.S, together)
        return box

    def password_twice(self, words: str, hint: str, again: str) -> tuple[QLineEdit, QLineEdit]:
        """Add a line for a new password, and beside it one in which it is typed again."""
        (box, first), (repeat_box, second) = self._field(words, hint, secret=True), self._field(again, secret=True)
        fill(self.column, tokens.S, row_layout(growing(first), growing(second), spacing=tokens.L))
        return box, repeat_box

    def _field(self, words: str, hint: str = "", *, secret: bool) -> tuple[QLineEdit, QVBoxLayout]:
        box = QLineEdit(maxLength=1000)
        box.setMaximumWidth(sized(tokens.FIELD))
        if secret:
            box.setEchoMode(QLineEdit.EchoMode.Password)
        box.setAccessibleName(without_sign(words))
        box.setAccessibleDescription(hint)
        name = name_label(words, box)
        together = column_layout(name, box, *([label(hint, "hint")] if hint else []), STRETCH)
        self.goes_through([box])
        return box, together

    def goes_through(self, lines: Iterable[QLineEdit]) -> None:
        """Enter leads on from these lines too."""
        for line in lines:
            line.returnPressed.connect(self._entered)
            line.textEdited.connect(self._go_on_typing)
            self._fields.append(line)

    def add(self, part: QWidget) -> None:
        """Add something else."""
        self.column.addWidget(part)

    def add_button(self, new_button: QPushButton) -> None:
        """A button as wide as its words."""
        self.column.addWidget(new_button, 0, Qt.AlignmentFlag.AlignLeft)

    def add_link(self, words: str, run: Callable[[], object]) -> None:
        """A link to another step."""
        self.column.addWidget(button(words, run, "link"), 0, Qt.AlignmentFlag.AlignLeft)

    def add_back(self, words: str, run: Callable[[], object]) -> None:
        """The link to the step before; Esc leads there too."""
        self._back = run
        self.add_link(words, run)

    def close_with(self, links: Others = (), *below: QWidget) -> None:
        """Put the buttons at the foot, the main one first; ``below`` it, after what went wrong, what can be done about that."""
        fill(self.column, tokens.L, row_layout(self.forward, STRETCH, spacing=None), self.problem, *below)
        if links:
            self.column.addSpacing(tokens.S)
        for words, run in links:
            self.add_link(words, run)

    def begin(self) -> None:
        """Put the cursor into the first empty field."""
        empty = next(self._empty(self._fields), None)
        (empty or next(iter(self._fields), None) or self.forward).setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, problem: "Known | str | Sequence[Problem]") -> None:
        """Say what is wrong; an empty text takes it away."""
        text = problem.message if isinstance(problem, Known) else problem
        if text and isinstance(text, str):
            from pupil_desk.domain.catalogue.validation import Problem

            text = [Problem("", "", text)]
        self.problem.show_problems(text or ())

    def wants(self, line: QLineEdit, words: str) -> None:
        """Say what is wrong with one line, and put the cursor there."""
        self.say(words)
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()

    def in_a_job[T](
        self, jobs: Jobs, work: Callable[[], T], then: Callable[[T], object], title: str = "", *, pressed: QPushButton | None = None
    ) -> None:
        """Do what takes the time of a password away from the screen; what the world refuses is said in place. ``pressed`` is the button that
        asked for it, where it is not the main one."""
        asked_by = pressed or self.forward
        words = asked_by.text()

        def attempt() -> T | Known:
            try:
                return work()
            except Known as error:
                return error

        def finish(outcome: T | Known) -> None:
            end()
            if isinstance(outcome, Known):
                self.refused(outcome)
            else:
                then(outcome)

        def end() -> None:
            self._working(False, asked_by, words)

        self.say("")
        self._working(True, asked_by, _("One moment…"))
        jobs.run(self, lambda _job: attempt(), finish, title=title or _("Signing in"), after=end)

    def refused(self, why: Known) -> None:
        """What the job met: said in place, with the cursor where the person types again."""
        self.say(why)
        self.begin()

    def _working(self, busy: bool, asked_by: QPushButton, words: str) -> None:
        """While the password is worked on, nothing can be pressed twice, and what was pressed says so."""
        if busy == self.isEnabled():
            self.setEnabled(not busy)
            asked_by.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """One slip of Esc loses nothing that was typed."""
        if event.key() != Qt.Key.Key_Escape or self._back is None:
            super().keyPressEvent(event)
        elif self._is_warned or not any(line.text() for line in self._fields):
            self._back()
        else:
            from pupil_desk.domain.catalogue.validation import Problem

            self._is_warned = True
            self.say([Problem.warning("", "", twice_words())])

    def _go_on_typing(self) -> None:
        self._is_warned = False

    def _empty(self, lines: list[QLineEdit]) -> Iterator[QLineEdit]:
        return (line for line in lines if not line.text() and line.isVisibleTo(self))

    def _go_on(self) -> None:
        self._go()

    def _entered(self) -> None:
        place_now = next((place for place, line in enumerate(self._fields) if line.hasFocus()), len(self._fields))
        following = next(self._empty(self._fields[place_now + 1 :]), None)
        if following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._go_on()
