"""One row of the proposal: what is wrong with it, what differs and whose word is kept, and its cells to mend."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QRadioButton, QVBoxLayout, QWidget

from pupil_desk.basics.text import printable, shortened
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.imports.ctf.leftover import place_words
from pupil_desk.services.imports.kinds import LEFT_OUT_ROW, MINE, NEW, THEIRS, Difference, Fate
from pupil_desk.services.imports.proposal import PlannedRow, Proposal
from pupil_desk.ui.kit.forms.radio import RadioLine
from pupil_desk.ui.kit.forms.radio_group import RadioGroup
from pupil_desk.ui.kit.words import STRETCH, button, card, column_in, fill, label, name_label, row_layout, set_look
from pupil_desk.ui.pages.importing.model import answer_held, answers_of, cell_words, new_words, row_words, state_words
from pupil_desk.ui.style import tokens

_MOST_LINES = 100  # values of one reason that are shown
_SHOWN = 200  # characters of each
_MEND = ""  # the key of the button below what is wrong


class RowDetail(QWidget):
    """``picked`` carries row, column and whose word; ``mended`` the row and the texts of its cells; ``answered`` the row and what is said of it."""

    picked = Signal(int, str, str)
    answered = Signal(int, str)
    mended = Signal(int, dict)

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[str, QLineEdit] = {}
        self.answers: dict[tuple[str, str], QRadioButton] = {}
        self.mend_button = button("", lambda: None)
        self.leave_button: QPushButton | None = None  # where nothing is to be answered instead
        self._number = self._above_button = 0
        self._read: Mapping[str, str] = {}  # the cells of the row shown, as they were read or corrected last
        self._typed: dict[int, dict[str, str]] = {}  # what was typed into the cells of a row and not used yet, by the row's number
        self._content = QWidget()
        self._column = column_in(self, None, self._content, STRETCH)

    def show_row(self, proposal: Proposal | None, row: PlannedRow | None) -> None:
        """Show a row, or nothing. What was typed into the one before stands there again when it comes back."""
        self._keep_typed()
        self.cells, self.answers, self.leave_button = {}, {}, None
        new = QWidget()
        column = column_in(new, tokens.S)
        if proposal is not None and row is not None:
            self._fill(column, proposal, row)
        self._column.replaceWidget(self._content, new)
        self._content.hide()
        self._content.deleteLater()
        self._content = new

    @property
    def typed(self) -> list[int]:
        """The rows with something typed that was not used yet."""
        return sorted(self.typed_texts)

    @property
    def typed_texts(self) -> dict[int, dict[str, str]]:
        """What is typed into these rows, by the row's number and the column."""
        self._keep_typed()
        return self._typed

    def forget_typed(self, typed: Mapping[int, dict[str, str]] | None = None) -> None:
        """Another file is open, or none; ``typed`` was typed into the rows of that one before."""
        self.cells, self._typed = {}, dict(typed or {})

    def _keep_typed(self) -> None:
        texts = {name: line.text() for name, line in self.cells.items() if line.text() != self._read.get(name, "")}
        if texts:
            self._typed[self._number] = texts
        elif self.cells:
            self._typed.pop(self._number, None)

    def _fill(self, column: QVBoxLayout, proposal: Proposal, row: PlannedRow) -> None:
        self._number, self._read = row.number, row.read.texts
        title = _("Row {number}: {state}").format(number=f"{row.number:,}", state=state_words(row).lower())
        column.addWidget(label(title, "subhead"))
        if row.plan.differences:
            column.addWidget(label(row_words(row, proposal.kind), "label"))
        for problem in row.problems:
            column.addWidget(_problem(problem))
        if row.number in proposal.mended:
            refused = _("You have corrected this row, and it cannot be read in yet.")
            column.addWidget(label(refused if row.fate is Fate.REFUSED else _("You have mended this row."), "hint"))
        self._add_answers(column, row)
        if row.fate is Fate.REFUSED:
            self._add_cells(column, proposal, row)
            self._add_not_taken(column, row)
            return
        for difference in row.plan.differences:
            column.addWidget(self._difference(difference))
        if not row.plan.differences and not row.plan.is_set_aside:  # what of the row is set aside stands below
            for name, text in row.read.texts.items():
                column.addWidget(label(f"{_label_of(proposal, name)}: {cell_words(proposal.kind, name, text)}"))
        self._add_lines(column, _("Goes in with the pupil"), row.plan.further_records)
        self._add_not_taken(column, row)

    def _add_answers(self, column: QVBoxLayout, row: PlannedRow) -> None:
        """Whom the row is about, where that is not certain; else that it can be left out."""
        if row.plan.alike:
            title, say = _("Whom is the row about?"), partial(self.answered.emit, self._number)
            column.addWidget(self._choice([title], answers_of(row), answer_held(row), say))
            return
        words, said = (_("Take this row after all"), "") if row.is_left_out else (_("Leave this row out"), LEFT_OUT_ROW)
        words, said = (_("Add as a new pupil"), NEW) if row.is_absent else (words, said)
        self.leave_button = button(words, partial(self.answered.emit, self._number, said))
        column.addLayout(row_layout(self.leave_button, STRETCH, spacing=None))

    def _add_lines(self, column: QVBoxLayout, title: str, lines: Sequence[str]) -> None:
        if lines:
            column.addWidget(label(title, "subhead"))
        for line in lines:
            column.addWidget(label(line))

    def _add_not_taken(self, column: QVBoxLayout, row: PlannedRow) -> None:
        """The values that no record will say, those of one reason together."""
        kept = [value for value in row.not_taken if row.keeps(value)]
        self._add_values(column, _("Kept under From files"), kept)
        self._add_values(column, _("Not kept"), [value for value in row.not_taken if value not in kept])

    def _add_values(self, column: QVBoxLayout, title: str, not_taken: Sequence[NotTaken]) -> None:
        if not_taken:
            column.addWidget(label(title, "subhead"))
        values_by_reason: dict[str, list[str]] = {}
        for value in not_taken:
            values_by_reason.setdefault(value.reason, []).append(f"{place_words(value.path)}: {shortened(printable(value.value), _SHOWN)}")
        for reason, values in values_by_reason.items():
            column.addWidget(label(reason, "hint"))
            further = [_("and {count} more").format(count=f"{len(values) - _MOST_LINES:,}")] if len(values) > _MOST_LINES else []
            column.addWidget(label("\n".join([*values[:_MOST_LINES], *further])))

    def _difference(self, difference: Difference) -> QWidget:
        name, number = difference.item.label, self._number
        lines = [difference.new_text] if difference.is_record else []
        return self._choice(
            [name, *lines],
            _answers(difference),
            difference.accept,
            lambda key: self.picked.emit(number, difference.column, key),
            difference.column,
        )

    def _choice(
        self, titles: Sequence[str], answers: Sequence[tuple[str, str]], held: str, say: Callable[[str], None], column: str = ""
    ) -> QWidget:
        """A question with its answers, of which one holds; ``column`` is what it is about, «» for the row as a whole."""
        frame = card()
        group = RadioGroup(frame)
        title, *lines = titles
        layout = column_in(frame, tokens.THIN, label(title, "label"), left=tokens.M, top=tokens.S, right=tokens.M, bottom=tokens.S)
        for line in lines:
            layout.addWidget(label(line))
        for key, words in answers:
            answer = RadioLine(words.replace("&", "&&"))
            answer.setAccessibleName(f"{', '.join(titles)}: {words}")
            answer.setChecked(held == key)
            answer.clicked.connect(lambda _checked, key=key: say(key))
            group.add(answer, words)
            layout.addWidget(answer)
            self.answers[column, key] = answer
        return frame

    def _add_cells(self, column: QVBoxLayout, proposal: Proposal, row: PlannedRow) -> None:
        column.addWidget(label(_("Correct it here, or in the file and read that again."), "hint"))
        wrong, typed = {problem.column: problem for problem in row.problems}, self._typed.get(row.number, {})
        names = _columns_of(proposal, row)
        self._above_button = first = sum(name in wrong for name in names) or len(names)  # the button stands below what is wrong, in sight
        for place, name in enumerate(names):
            if place == first:
                self._add_button(column)
                column.addWidget(label(_("The other cells"), "subhead"))
            line = QLineEdit(typed.get(name, row.read.texts.get(name, "")))
            words = name_label(_label_of(proposal, name).replace("&", "&&"), line)
            line.setAccessibleName(words.text().replace("&&", "&"))
            line.returnPressed.connect(self._mend)
            fill(column, words, line)
            if name in wrong:
                set_look(line, "problem" if wrong[name].stops else "")
                line.setAccessibleDescription(wrong[name].message)
            self.cells[name] = line
        if first == len(names):
            self._add_button(column)

    def _add_button(self, column: QVBoxLayout) -> None:
        self.mend_button = button(_("&Use the row as corrected"), self._mend, icon_name="check-circle")
        foot = row_layout(self.mend_button, STRETCH, spacing=None)
        column.addLayout(foot)

    def _mend(self) -> None:
        texts = {name: line.text() for name, line in self.cells.items()}
        self._read = texts
        self._typed.pop(self._number, None)
        self.mended.emit(self._number, texts)

    @property
    def number(self) -> int:
        """Of the row that is shown."""
        return self._number

    @property
    def mends(self) -> frozenset[object]:
        """The keys of what mends the row: its cells, and the button below what is wrong."""
        return frozenset((*self.cells, _MEND)) if self.cells else frozenset()

    @property
    def stops(self) -> list[QWidget]:
        """What takes the focus here, in the order in which it stands."""
        return list(self._able.values())

    def focused(self) -> object:
        """What of the row has the focus, by a key that holds when the row is shown anew; None where the focus is elsewhere."""
        return next((key for key, widget in self._able.items() if widget.hasFocus()), None)

    def take_focus(self, key: object) -> bool:
        """Give the focus to what had it, or to what comes first where that is no more; whether there is anything to give it to."""
        able = self._able
        widget = able.get(key) or next(iter(able.values()), None)
        if widget is not None:
            widget.setFocus()
        return widget is not None

    @property
    def _able(self) -> dict[object, QWidget]:
        """What takes the focus here, in the order in which it stands, each by a key of its own."""
        able: dict[object, QWidget] = dict(self.answers.items())
        if self.leave_button is not None:
            able[LEFT_OUT_ROW] = self.leave_button
        for place, (name, line) in enumerate(self.cells.items(), start=1):
            able[name] = line
            if place == self._above_button:
                able[_MEND] = self.mend_button
        return able

    def focus_cell(self) -> bool:
        """To the first cell that is wrong, or the first answer to what is asked; whether there is one."""
        first = next(iter((*self.cells.values(), *self.answers.values())), None)
        if first is not None:
            first.setFocus()
        return first is not None


def _answers(difference: Difference) -> tuple[tuple[str, str], tuple[str, str]]:
    if difference.is_record:
        return (THEIRS, _("Take it from the file")), (MINE, _("Leave it out"))
    new, old = new_words(difference) or _("empty"), difference.old_text or _("empty")
    return (THEIRS, _("From the file: {text}").format(text=new)), (MINE, _("As held here: {text}").format(text=old))


def _problem(problem: Problem) -> QLabel:
    return label(problem.message, "problem" if problem.stops else "check")


def _label_of(proposal: Proposal, name: str) -> str:
    assert proposal.kind is not None
    return proposal.kind.column(name).label


def _columns_of(proposal: Proposal, row: PlannedRow) -> Sequence[str]:
    """The cells to mend: those that are wrong first, then those that the row must have or has."""
    assert proposal.kind is not None
    names = [item.name for item in proposal.kind.columns]
    wrong = [name for name in dict.fromkeys(problem.column for problem in row.problems) if name in names]
    filled_names = [name for name in names if name in proposal.kind.required or row.read.texts.get(name)]
    return list(dict.fromkeys([*wrong, *filled_names]))
