"""One box for a date as people write it: 27/3/07, 27 3 2007, 27 Mar 2007, ISO, or «today». No calendar pops up."""

from datetime import date, timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from pupil_desk.basics.dates import age_on, read_date, show_date, why_no_day
from pupil_desk.basics.words import _
from pupil_desk.ui.kit.words import column_in, passing_label, set_look, show_words
from pupil_desk.ui.style import tokens

_SAID = {_("today"): 0, _("yesterday"): -1, _("tomorrow"): 1}

_LONGEST, _LONGEST_OF_BIRTHDAY = _("Wednesday 20 September 2000"), _("20 September 2000 (age 20)")


def typed(day: date) -> str:
    """A day as it would be typed."""
    return f"{day.day} {day.month} {day.year}"


def as_typed(text: str, today: date) -> str:
    """A day that is said, such as «today», as it would be typed; any other text as it is."""
    step = _SAID.get(text.strip().casefold())
    return typed(today + timedelta(days=step)) if step is not None else text


class DateBox(QWidget):
    """A line, and beneath it what was understood: «27 March 2007 (age 19)» for a birthday, else with the weekday.

    A ``hint`` stands in the room kept for that while nothing is typed, and beneath it after that: the box is as tall either way.
    """

    edited = Signal()

    def __init__(self, *, today: date, is_birthday: bool = False, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._born = today, is_birthday
        self.line = QLineEdit()
        self.reading_label = passing_label("understood", _LONGEST_OF_BIRTHDAY if is_birthday else _LONGEST)
        self.line.textChanged.connect(self._read)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self._settle)
        self.line.setMaximumWidth(self._width_of_words())  # as what is read of it: beside another the two stand without a gap
        self._column = column_in(self, tokens.THIN, self.line, self.reading_label)
        self._hint: QLabel | None = None
        if name:
            self.line.setAccessibleName(name)
        self._read("")

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802 - Qt's name
        """Go to the line. Qt's own proxy is a stop of Tab by itself, so that Tab goes round in a circle where the line is moved away from the box."""
        self.line.setFocus(reason)

    def focusProxy(self) -> QWidget:  # noqa: N802 - Qt's name
        """What has the focus in its place."""
        return self.line

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the day in words, where there is room: with less it would need two lines, and keep the room of both."""
        return super().sizeHint().expandedTo(QSize(self._width_of_words(), 0))

    def _width_of_words(self) -> int:
        self.reading_label.ensurePolished()
        return self.reading_label.fontMetrics().horizontalAdvance(_LONGEST_OF_BIRTHDAY if self._born else _LONGEST) + tokens.XS

    def put_hint(self, hint: QLabel) -> None:
        """Have words on what belongs in it stand beneath it."""
        self._hint = hint
        self._stand()

    def _stand(self) -> None:
        """The words beneath the line, in their order: room kept for words that are not there comes last."""
        if self._hint is not None:
            self._column.removeWidget(self._hint)
            self._column.insertWidget(2 if self.reading_label.text() else 1, self._hint)

    def text(self) -> str:
        """What is typed; a day that is said, such as «today», as it would be typed."""
        return as_typed(self.line.text(), self._today)

    def _settle(self) -> None:
        """Write out the day that was said, once it is."""
        if self.text() != self.line.text():
            self.line.setText(self.text())

    def set_text(self, text: str) -> None:
        self.line.setText(text)

    def day(self) -> date | None:
        """The date that was understood; None for none or an unreadable one."""
        try:
            return read_date(self.text(), latest=self._today if self._born else None)
        except ValueError:
            return None

    def problem(self) -> str:
        """Why what is typed is no day; empty where it is one, or nothing is typed."""
        if not self.line.text().strip() or self.day() is not None:
            return ""
        return why_no_day(self.text(), _("That is not a date we can read. Write it like 27/3/2027 or 27 Mar 2027."))

    def set_day(self, day: date | None) -> None:
        """Show a date, as it would be typed."""
        caret = self.line.cursorPosition()
        self.line.setText(typed(day) if day else "")
        if self.line.hasFocus():  # as after saving, where one goes on typing
            self.line.setCursorPosition(caret)

    def _read(self, text: str) -> None:
        words = self._words()
        show_words(self.reading_label, words)
        self._stand()
        set_look(self.reading_label, "problem" if why_no_day(self.text(), "") else "understood")
        self.line.setAccessibleDescription(words)

    def _words(self) -> str:
        if not self.line.text().strip():
            return ""
        day = self.day()
        if day is None:
            return why_no_day(self.line.text(), _("Not read as a date yet"))
        if self._born and day <= self._today:
            return _("{day} (age {age})").format(day=show_date(day), age=age_on(day, self._today))
        return f"{_weekday(day)} {show_date(day)}"


def _weekday(day: date) -> str:
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))[day.weekday()]
