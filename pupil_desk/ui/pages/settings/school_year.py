"""Terms and closures, a line each, in dates as people write them."""

import re
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from pupil_desk.basics.dates import read_date, short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.settings import Closure, Term
from pupil_desk.domain.validation import Problem, Refused
from pupil_desk.services import calendars
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.summary import ProblemSummary
from pupil_desk.ui.kit.words import label
from pupil_desk.ui.style import tokens


class SchoolYear(QWidget):
    """Two boxes of lines: «2 Sep 2026 to 23 Oct 2026», and «27 Nov 2026: Closed»."""

    edited = Signal()

    def __init__(self, context: Context, *, readonly: bool) -> None:
        super().__init__()
        self.context = context
        self._shown = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.L, 0, 0)
        column.setSpacing(tokens.S)
        self.summary = ProblemSummary(lambda _column: self.terms.setFocus())
        column.addWidget(self.summary)
        self.terms = self._box(
            column,
            _("Terms and half-terms"),
            _("One a line: the first day, “to”, the last day. For example, 2 Sep 2026 to 23 Oct 2026"),
            readonly,
        )
        self.closures = self._box(
            column,
            _("Days in term on which the unit is closed"),
            _("One a line: the day, a colon, why. For example, 27 Nov 2026: Staff training"),
            readonly,
        )
        column.addStretch(1)

    def _box(self, column: QVBoxLayout, words: str, hint: str, readonly: bool) -> QPlainTextEdit:
        box = QPlainTextEdit()
        box.setTabChangesFocus(True)
        box.setReadOnly(readonly)
        box.setAccessibleName(words)
        box.setAccessibleDescription(hint)
        line = box.fontMetrics().lineSpacing()
        box.setMinimumHeight(4 * line + tokens.L)
        box.setMaximumHeight(9 * line + tokens.L)
        box.setMaximumWidth(tokens.READING)
        box.textChanged.connect(self.edited)
        name = label(words, "label")
        name.setBuddy(box)
        for part in (name, label(hint, "hint"), box):
            column.addWidget(part)
        return box

    def show_kept(self) -> None:
        """The school year as it is kept."""
        desk = self.context.desk
        terms = "\n".join(
            _("{start} to {end}").format(start=short_date(t.start), end=short_date(t.end))
            for t in calendars.terms(desk)
        )
        closures = "\n".join(f"{short_date(day.day)}: {day.reason}" for day in calendars.closures(desk))
        self._shown = (terms, closures)
        self.terms.setPlainText(terms)
        self.closures.setPlainText(closures)
        self.summary.show_problems(())

    @property
    def dirty(self) -> bool:
        """Whether it differs from what is kept."""
        return (self.terms.toPlainText().strip(), self.closures.toPlainText().strip()) != self._shown

    def typed(self) -> dict[str, str]:
        """What is typed in a box that differs from what is kept: for a draft."""
        boxes = {"terms": self.terms, "closures": self.closures}
        now = {name: box.toPlainText() for name, box in boxes.items()}
        return {name: text for (name, text), kept in zip(now.items(), self._shown, strict=True) if text.strip() != kept}

    def take_typed(self, texts: dict[str, str]) -> None:
        """Put back what ``typed`` gave."""
        self.terms.setPlainText(texts.get("terms", self._shown[0]))
        self.closures.setPlainText(texts.get("closures", self._shown[1]))

    def save(self) -> bool:
        """Keep it; False after saying which line cannot be read."""
        changed = self.context.attempt(lambda: calendars.save_calendar(self.context.desk, self._terms(), self._closures()), refused=self.summary.show_problems)
        if changed is None:
            return False
        self.context.news.tell(changed)
        self.context.banner.success(_("School year saved."))
        return True

    def _terms(self) -> list[Term]:
        terms = []
        for line in _lines(self.terms):
            days = re.split(r"\s+(?:to|-|–)\s+", line)
            if len(days) != 2:
                raise _unread(line)
            terms.append(Term(start=_day(days[0], line), end=_day(days[1], line)))
        return terms

    def _closures(self) -> list[Closure]:
        closures = []
        for line in _lines(self.closures):
            day, _colon, reason = line.partition(":")
            closures.append(Closure(day=_day(day, line), reason=reason.strip() or _("Closed")))
        return closures


def _lines(box: QPlainTextEdit) -> list[str]:
    return [line.strip() for line in box.toPlainText().splitlines() if line.strip()]


def _day(text: str, line: str) -> date:
    try:
        return read_date(text)
    except ValueError:
        raise _unread(line) from None


def _unread(line: str) -> Refused:
    return Refused(
        (
            Problem(
                "", "bad_date", _("This line cannot be read: “{line}”. Write it as the example does.").format(line=line)
            ),
        )
    )
