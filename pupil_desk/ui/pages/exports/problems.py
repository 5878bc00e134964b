"""What an export's own rules find in the records before anything is written: each line opens the field that puts it right."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.exports.export import Problem
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import column_in, fill, label, set_look
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_SHOWN = 50  # lines; the others move up as these are put right
_TALL = 2  # lines in view at once


class ExportProblems(QFrame):
    """Headed «There is a problem» where something keeps a pupil out of the file, else «Please check». Hidden while there is nothing to say."""

    def __init__(self, open_field: Callable[[Problem], None]) -> None:
        super().__init__()
        self._open_field = open_field
        self.heading = label("", "label")
        self.rest_label = label("", "hint")
        self.lines: list[LinkLine] = []
        self._list = QWidget()
        self._column = column_in(self._list, 0)
        self._area = scrolled(self._list)
        column_in(self, tokens.XS, self.heading, self._area, self.rest_label, left=tokens.M, top=tokens.S, right=tokens.S, bottom=tokens.S)
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Those that stop a pupil come first. No problems hides it."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [self._line(problem) for problem in problems[:_SHOWN]]
        fill(self._column, *self.lines)
        if self.lines:
            tab_after(self.lines[0], self.lines[1:])
        stop_count = sum(problem.stops for problem in problems)
        set_look(self, "summary" if stop_count else "summary-check")
        self.heading.setText(_heading(stop_count, len(problems) - stop_count))
        self.setAccessibleName(self.heading.text())
        remaining = len(problems) - len(self.lines)
        self.rest_label.setText(_("and {count} more, which come up here as these are put right").format(count=f"{remaining:,}"))
        self.rest_label.setVisible(remaining > 0)
        self._area.setFixedHeight(min(len(problems), _TALL) * sized(tokens.TARGET + tokens.S) + tokens.XS)
        self.setVisible(bool(problems))

    def _line(self, problem: Problem) -> LinkLine:
        words = _("{pupil}: {words}").format(pupil=problem.pupil.full_name, words=problem.words)
        return LinkLine(words, lambda: self._open_field(problem), "bad" if problem.stops else "check")


def _heading(stops: int, warns: int) -> str:
    """«There is a problem: 2 keep a pupil out of the file. 3 to check. Each line opens the field.»"""
    sentences = []
    if stops:
        sentences.append(
            _("There is a problem: {count} a pupil out of the file.").format(count=count_of(stops, _("line keeps"), _("lines keep")))
        )
    if warns:
        sentences.append(_("Please check {count}.").format(count=count_of(warns, _("thing"), _("things"))))
    return " ".join([*sentences, _("Each line opens the field.")])
