"""The summary of what is wrong with a form: takes the focus, and each line leads to its field.

It stands beneath what scrolls the form, so that no field is put elsewhere when it comes or goes, and is in view with the form alone. What is mended goes as the words beside its
field do: once a click is over.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.scroll import bring_into_view, put_at_foot
from pupil_desk.ui.kit.talk.announce import alert, announce, refuse
from pupil_desk.ui.kit.watch.presses import CALM, once_calm
from pupil_desk.ui.kit.words import column_in, flow_in, label, set_look
from pupil_desk.ui.style import tokens

if TYPE_CHECKING:  # sign-in is painted before these are read
    from pupil_desk.domain.catalogue.validation import Problem
    from pupil_desk.ui.kit.linkline import LinkLine


class ProblemSummary(QFrame):
    """Headed «There is a problem», or «Please check» where nothing stops. Hidden while there is nothing to say.

    ``of`` is the form at whose foot it stands; without, it stands where it is put.
    """

    def __init__(self, jump: Callable[[str], None], *, of: QWidget | None = None) -> None:
        super().__init__()
        self._jump, self._of, self._is_away = jump, of, False
        self.problems: list[Problem] = []  # what it says; what was mended is no longer among them
        if of is not None:
            of.destroyed.connect(self.deleteLater)
            of.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, "AlertMessage")
        self.heading = label("", "subhead", wraps=False)
        self.lines: list[LinkLine] = []
        self._problem_of: dict[LinkLine, Problem] = {}
        self._lines = QWidget()  # side by side where they are short: the fewer fields it stands over
        self._flow = flow_in(self._lines, self.heading, spacing=tokens.M)
        self._flow.set_between(0)  # each line is as tall as what is clicked
        column_in(self, 0, self._lines, left=tokens.L, top=tokens.S, right=tokens.L, bottom=tokens.S)
        self.hide()

    def show_problems(self, problems: "Sequence[Problem]") -> None:
        """Say what is wrong; no problems hides it. The lines of the same as before stay as they are: a press on one meets it, and nothing comes anew beneath it."""
        if problems and self._of is not None:
            put_at_foot(self, of=self._of)
        self.problems = sorted(problems, key=lambda p: not p.stops)
        if self.problems != [self._problem_of[line] for line in self.lines]:
            self._make_lines()
        self._appear()
        if not problems:
            return
        stops = self._head()
        if stops:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(self.heading)
            alert(self)
        (refuse if stops else announce)(self, self.accessibleName())

    def _make_lines(self) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self._problem_of = {self._line(problem): problem for problem in self.problems}
        self.lines = list(self._problem_of)
        tab_after(self, self.lines)

    def _head(self) -> bool:
        """The heading and the name, by what is said; returns whether any of it stops."""
        stops = any(problem.stops for problem in self.problems)
        self.heading.setText(_("There is a problem") if stops else _("Please check"))
        set_look(self, "summary" if stops else "summary-check")
        self.setAccessibleName(". ".join((self.heading.text(), " ".join(problem.message for problem in self.problems))))
        return stops

    def drop(self, mended: "Collection[Problem]") -> None:
        """No longer say these. Nobody is told, and nothing takes the focus; with nothing left it goes."""
        if mended:
            self.problems = [problem for problem in self.problems if problem not in mended]
            once_calm(self, self._fit, wait=CALM)

    def _fit(self) -> None:
        """Only the lines of what is still said."""
        gone = [line for line in self.lines if self._problem_of[line] not in self.problems]
        self.lines = [line for line in self.lines if line not in gone]
        for line in gone:
            line.hide()
            line.deleteLater()
        self._appear()
        if self.lines:
            self._head()

    def _appear(self) -> None:
        """In view while there is something to say, and the form of which it is said is in view itself."""
        self.setVisible(bool(self.problems) and not self._is_away)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self._of and event.type() in (QEvent.Type.Show, QEvent.Type.Hide) and not event.spontaneous():
            self._is_away = event.type() is QEvent.Type.Hide
            self._appear()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter on the whole goes to the field of the first line: it has the focus when something is wrong."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.lines:
            self.lines[0].click()
        else:
            super().keyPressEvent(event)

    def _line(self, problem: "Problem") -> "LinkLine":
        from pupil_desk.ui.kit.linkline import LinkLine

        line = LinkLine(problem.message, lambda: self._jump(problem.column), "bad" if problem.stops else "check")
        self._flow.addWidget(line)
        return line
