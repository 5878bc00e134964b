"""Two records side by side: which is kept, whose word holds where they differ, and what to know before they are merged."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.duplicates.comparing import Comparison, ComparisonLine
from pupil_desk.ui.kit.forms.radio_group import RadioGroup
from pupil_desk.ui.kit.words import STRETCH, aligned, column_in, growing, label, row_in, set_look
from pupil_desk.ui.kit.words import line as one_line
from pupil_desk.ui.style import tokens


def title_of(record: Pupil | Contact) -> str:
    """A record by its name, a pupil's with our reference."""
    return f"{record.ref} {record.legal_name}" if isinstance(record, Pupil) else record.full_name


class RecordComparison(QWidget):
    """Shows one comparison. ``taken_items`` are the items for which the person has chosen the record that goes."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        self.reason_label = label("", "subhead")
        self._content = QWidget()
        self._column = column_in(self, None, self._content, STRETCH)

    @property
    def taken_items(self) -> tuple[str, ...]:
        """The names of the items that are taken over."""
        return tuple(name for name, (_kept_button, other_button) in self.answers.items() if other_button.isChecked())

    def show_both(self, comparison: Comparison[Pupil] | Comparison[Contact] | None, reason: str = "") -> None:
        """Show two records with why they are proposed, or nothing."""
        self.answers = {}
        self.reason_label = label(reason, "subhead")
        new = QWidget()
        column = column_in(new, tokens.S)
        if comparison is not None:
            column.addWidget(self.reason_label)
            self._fill(column, comparison)
        self._column.replaceWidget(self._content, new)
        self._content.hide()
        self._content.deleteLater()
        self._content = new

    def _fill(self, column: QVBoxLayout, comparison: Comparison[Pupil] | Comparison[Contact]) -> None:
        if comparison.warnings:
            column.addWidget(_warning_note(comparison.warnings))
        column.addWidget(self._lines(comparison))
        same_labels = [line.label for line in comparison.lines if not line.differs]
        if same_labels:
            column.addWidget(one_line(_("The same in both: {items}.").format(items=", ".join(same_labels)), "muted"))
        if comparison.row_counts:
            column.addSpacing(tokens.S)
            column.addWidget(one_line(_("What hangs on each"), "subhead"))
            column.addWidget(one_line(_("All of it stays, and stands with the record kept."), "muted"))
            column.addWidget(_numbers(comparison))

    def _lines(self, comparison: Comparison[Pupil] | Comparison[Contact]) -> QWidget:
        widget = QWidget()
        grid = _grid(widget)
        for place, words in enumerate((_("Kept: {record}"), _("Goes: {record}")), start=1):
            record = comparison.kept_record if place == 1 else comparison.other_record
            grid.addWidget(label(words.format(record=title_of(record)), "label"), 0, place)
        for row, line in enumerate((line for line in comparison.lines if line.differs), start=1):
            grid.addWidget(label(line.label.replace("&", "&&"), "label"), row, 0)
            if line.name:
                self._offer(grid, row, line)
            else:
                grid.addWidget(label(line.kept_text), row, 1)
                grid.addWidget(label(line.other_text), row, 2)
        return widget

    def _offer(self, grid: QGridLayout, row: int, line: ComparisonLine) -> None:
        """Whose word holds: the record kept, unless it says nothing and the other does."""
        group = RadioGroup(grid.parentWidget())
        buttons = []
        for place, words in enumerate((line.kept_text, line.other_text), start=1):
            answer = QRadioButton()
            answer.setProperty("look", "bare")
            answer.setAccessibleName(_("{item}: {value}").format(item=line.label, value=words or _("empty")))
            group.add(answer, words)
            grid.addWidget(_answer_row(answer, words), row, place)
            buttons.append(answer)
        buttons[1 if not line.kept_text else 0].setChecked(True)
        self.answers[line.name] = (buttons[0], buttons[1])

    @property
    def stops(self) -> list[QWidget]:
        """What takes the focus here, in order."""
        return [answer for pair in self.answers.values() for answer in pair]


def _answer_row(answer: QRadioButton, words: str) -> QWidget:
    """A button with words that wrap beside it; a click on them chooses too."""
    place = QWidget()
    caption = _ClickableWords(words, answer)
    row_in(place, tokens.XS, aligned(answer, Qt.AlignmentFlag.AlignVCenter), growing(caption))
    return place


class _ClickableWords(QWidget):
    """Words that belong to a button."""

    def __init__(self, words: str, answer: QRadioButton) -> None:
        super().__init__()
        self._answer = answer
        column_in(self, None, label(_with_breaks(words)) if words else label(_("empty"), "muted"))

    def mousePressEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        self._answer.click()


def _with_breaks(words: str) -> str:
    """An e-mail address may go on in a second line after its «@» and its dots: in one piece it would make the record scroll sideways."""
    gap = "\N{ZERO WIDTH SPACE}"
    return words.replace("@", f"@{gap}").replace(".", f".{gap}") if "@" in words else words


def _grid(widget: QWidget) -> QGridLayout:
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(tokens.M)
    grid.setVerticalSpacing(tokens.S)
    for place, share in enumerate((3, 4, 4)):
        grid.setColumnStretch(place, share)
    return grid


def _numbers(comparison: Comparison[Pupil] | Comparison[Contact]) -> QWidget:
    widget = QWidget()
    grid = _grid(widget)
    grid.setVerticalSpacing(tokens.XS)
    for row, line in enumerate(comparison.row_counts):
        grid.addWidget(label(line.label), row, 0)
        grid.addWidget(label(line.kept_text or "0"), row, 1)
        grid.addWidget(label(line.other_text or "0"), row, 2)
    return widget


def _warning_note(warnings: list[str]) -> QFrame:
    frame = QFrame()
    set_look(frame, "banner-note")
    column = column_in(frame, tokens.XS, left=tokens.M, top=tokens.S, right=tokens.M, bottom=tokens.S)
    for words in warnings:
        column.addWidget(label(words))
    return frame
