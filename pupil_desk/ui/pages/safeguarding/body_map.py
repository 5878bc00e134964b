"""Marks on the body, typed and placed: two figures, the marks as a list in words, and the words of the one that one is on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.safeguarding.body_map import MOST_MARKS, VIEWS, BodyMark, lines_of, marks_of, view_label
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.flow import turn
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.lists.heights import height_of
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.scroll import bring_into_view
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import STRETCH, allow, button, column_in, column_of, flow_of, growing, label, labelled, row_in, row_layout
from pupil_desk.ui.pages.safeguarding.body_figure import BodyFigure
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_ROWS = 4  # in sight at once


@dataclass(frozen=True, slots=True)
class _NumberedMark:
    number: int
    mark: BodyMark

    @property
    def id(self) -> str:
        return str(self.number)


class BodyMapEditor(QWidget):
    """The marks of a concern. ``marks_changed`` comes with each change. A mark without words cannot be kept, and the words say so."""

    marks_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._marks: list[BodyMark] = []
        self._marks_before: tuple[BodyMark, ...] = ()
        self._quiet = False
        self.figures = {view: BodyFigure(view) for view in VIEWS}
        columns = (
            Column[_NumberedMark]("number", _("Mark"), lambda row: row.id, longest="60"),
            Column[_NumberedMark]("part", _("Where"), _part_words, longest=_("Back, back of the right knee")),
            Column[_NumberedMark]("words", _("What is seen there"), lambda row: row.mark.text, stretch=True),
        )
        empty = EmptyState(
            "map-pin", _("No mark"), _("Click where it is on the figure, or move the cross with the arrow keys and press Enter.")
        )
        self.table: Table[_NumberedMark] = Table(columns, name=_("Marks on the body"), empty=empty, id_of=lambda row: row.id)
        self.table.setFixedHeight(height_of(self.table, _ROWS))
        self.words_box = QLineEdit()
        self.words_box.setMaxLength(300)
        self.out_button = button(_("Take the mark out (Delete)"), self.take_out, icon_name="minus-circle")
        self.problem = label("", "problem")
        self._figure_row = QWidget()
        row_in(self._figure_row, tokens.M, *(_figure_column(view, figure) for view, figure in self.figures.items()))
        hint = label(
            _(
                "Left and right are the pupil’s own. Describe what you see: shape, colour, size. Do not undress or photograph a pupil for it."
            ),
            "hint",
        )
        self.words_part = labelled(_("What is seen at the mark you are on"), self.words_box)
        told = column_of(self.table, self.words_part, flow_of(self.out_button), STRETCH, spacing=tokens.S)
        self._beside = row_layout(self._figure_row, growing(told), spacing=tokens.L)
        column_in(self, tokens.S, label(_("Marks on the body"), "subhead"), hint, self._beside, self.problem)
        for view, figure in self.figures.items():
            figure.placed.connect(partial(self.place, view))
        self.table.current_changed.connect(lambda _row: self._show_words())
        self.words_box.textEdited.connect(self._on_words)
        shortcut_within(self.table, keys.TAKE_OUT.sequence, self.take_out)
        self._show()

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab comes to, in order."""
        return [*self.figures.values(), self.table, self.words_box, self.out_button]

    # what is shown

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The words stand beside the figures, so that both are seen at once, where there is room; else beneath."""
        super().resizeEvent(event)
        turn(self._beside, is_row=self.width() >= self._figure_row.sizeHint().width() + tokens.L + sized(tokens.FIELD))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As narrow as where the words stand beneath."""
        return QSize(self._figure_row.minimumSizeHint().width(), super().minimumSizeHint().height())

    def show_text(self, text: str | None) -> None:
        """The marks that an entry keeps; none for a new one."""
        self._marks = list(marks_of(text))
        self._marks_before = tuple(self._marks)
        self.tell("")
        self._show()

    def _show(self, number: int = 0) -> None:
        rows = [_NumberedMark(place, mark) for place, mark in enumerate(self._marks, 1)]
        self.table.show_rows(rows)
        if number:
            self.table.select(str(number))
        for figure in self.figures.values():
            figure.show_marks([(row.number, row.mark) for row in rows])
        self._show_words()

    def _show_words(self) -> None:
        row = self.table.current()
        self.words_box.setEnabled(row is not None)
        if not self._quiet:
            self.words_box.setText(row.mark.text if row is not None else "")
        allow(self.out_button, row is not None, _("Place a mark first"))

    # what is done

    def place(self, view: str, x: int, y: int) -> None:
        """A mark more, where it was clicked; the cursor goes to its words."""
        if len(self._marks) >= MOST_MARKS:
            self.tell(_("There are {most} marks at most.").format(most=MOST_MARKS))
            return
        self._marks.append(BodyMark(view, x, y, ""))
        self._show(len(self._marks))
        announce(self.table, _("Mark {number}: {where}").format(number=len(self._marks), where=self._marks[-1].where))
        self.focus_words()
        self.marks_changed.emit()

    def take_out(self) -> None:
        """Take out the mark that one is on."""
        if (row := self.table.current()) is not None:
            del self._marks[row.number - 1]
            self._show(min(row.number, len(self._marks)))
            self.tell("")
            self.marks_changed.emit()

    def _on_words(self, text: str) -> None:
        row = self.table.current()
        if row is None:
            return
        self._marks[row.number - 1] = replace(row.mark, text=text)
        self._quiet = True
        self._show(row.number)
        self._quiet = False
        self.tell("")
        self.marks_changed.emit()

    # what is typed

    @property
    def dirty(self) -> bool:
        """Whether other marks stand there than were shown."""
        return tuple(self._marks) != self._marks_before

    @property
    def text(self) -> str | None:
        """The marks as an entry keeps them."""
        return lines_of(self._marks)

    def lacks_words(self) -> int:
        """The number of the first mark without words; 0 for none."""
        return next((number for number, mark in enumerate(self._marks, 1) if not mark.text.strip()), 0)

    def ask_for_words(self, number: int) -> None:
        """Say that a mark has no words, and lead there."""
        self.table.select(str(number))
        self.tell(_("Say what is seen at mark {number}, or take it out.").format(number=number))
        self.focus_words()

    def focus_words(self) -> None:
        """Put the cursor into the words of the mark one is on, in sight."""
        self.words_box.setFocus(Qt.FocusReason.OtherFocusReason)
        once_calm(self, lambda: bring_into_view(self.words_part))

    def tell(self, problem: str) -> None:
        """Say what is wrong with the marks; nothing for an empty text."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def draft(self) -> list[list[str | int]]:
        """For a draft: each mark, those without words too."""
        return [[mark.view, mark.x, mark.y, mark.text] for mark in self._marks]

    def take_draft(self, draft: Sequence[Sequence[str | int]]) -> None:
        """Put back what ``draft`` gave."""
        self._marks = [BodyMark(str(view), int(x), int(y), str(text)) for view, x, y, text in draft]
        self._show(len(self._marks))


class BodyMapView(QWidget):
    """The marks of an entry on file, to be looked at: the figures beside the words."""

    def __init__(self) -> None:
        super().__init__()
        self._figures = {view: BodyFigure(view, readonly=True) for view in VIEWS}
        column_in(
            self, tokens.S, row_layout(*(_figure_column(view, figure) for view, figure in self._figures.items()), STRETCH, spacing=tokens.M)
        )

    def show_text(self, text: str | None) -> None:
        """Show these marks; without any the figures are not there."""
        marks = list(enumerate(marks_of(text), 1))
        for figure in self._figures.values():
            figure.show_marks(marks)
        self.setVisible(bool(marks))


def _figure_column(view: str, figure: BodyFigure) -> QWidget:
    return column_of(label(view_label(view), "label"), figure, STRETCH, spacing=tokens.XS)


def _part_words(row: _NumberedMark) -> str:
    return row.mark.where
