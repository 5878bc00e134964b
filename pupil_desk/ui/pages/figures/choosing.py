"""What is looked at: the figure, the days, by what, and which of its columns is drawn."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services import figures
from pupil_desk.services.figures import Figure, FigureKind, FigureQuestion, Period
from pupil_desk.services.figures.asking import YEARS
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.kit.words import column_in, labelled

_WAY, _COLUMN = 17, 27  # characters: room for the longest of any figure, so that the tick after these boxes stays where it is


class FigureChooser(QWidget):
    """``figure_asked`` says that another figure is wanted, ``redrawn`` that the same is to be shown another way."""

    figure_asked = Signal()
    redrawn = Signal()

    def __init__(self, memory: Memory, kinds: Sequence[FigureKind]) -> None:
        super().__init__()
        self._memory = memory
        self._periods: dict[str, Period] = {}
        self.kind = ChoiceBox([(kind.name, kind.title) for kind in kinds], name=_("Figure"))
        self.period = ChoiceBox(name=_("Period"))
        self.grouping_box = ChoiceBox(name=_("Show by"))
        self.only = ChoiceBox([("", _("All pupils"))], name=_("Who is counted"))
        self.column = ChoiceBox(name=_("In the chart"))
        self.for_others = TickBox(_("As printed for &others"))
        boxes = (
            labelled(_("&Figure"), self.kind),
            labelled(_("&Period"), self.period),
            labelled(_("Show &by"), self.grouping_box),
            labelled(_("&Who is counted"), self.only),
            labelled(_("In the &chart"), self.column),
            self.for_others,
        )
        for box, characters in ((self.grouping_box, _WAY), (self.column, _COLUMN)):
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(characters)
        self.filters = FilterRow(*boxes)
        column_in(self, 0, self.filters)
        self.kind.set_key(str(memory.get("figures/kind", kinds[0].name)))
        if self.kind.currentIndex() < 0:
            self.kind.setCurrentIndex(0)
        self._fill_ways()
        self.grouping_box.set_key(str(memory.get("figures/by", self.grouping_box.key())))
        if self.grouping_box.currentIndex() < 0:
            self.grouping_box.setCurrentIndex(0)
        self._settle()
        self.kind.activated.connect(self._other_kind)
        self.period.activated.connect(self.figure_asked)
        self.grouping_box.activated.connect(self._other_way)
        self.only.activated.connect(self.figure_asked)
        self.column.activated.connect(self.redrawn)
        self.for_others.toggled.connect(self.redrawn)

    @property
    def question(self) -> FigureQuestion | None:
        """What is asked for; None before there is a period to choose."""
        period = self._periods.get(self.period.key())
        return FigureQuestion(self.kind.key(), period, self.grouping_box.key(), self.only.key()) if period else None

    def show_periods(self, periods: Sequence[Period]) -> None:
        """Offer these, and stay with the one chosen."""
        if list(self._periods.values()) == list(periods):
            return
        period_key = self.period.key()
        self._periods = {period.key: period for period in periods}
        self.period.offer([(period.key, period.label) for period in periods], period_key)

    def show_groups(self, groups: Sequence[tuple[str, str]]) -> None:
        """Offer to count one of these groups alone; the one chosen stays, though there be nobody of it in the period."""
        group_key, words = self.only.key(), self.only.currentText()
        options = [("", _("All pupils")), *groups]
        if group_key not in {key for key, _words in options}:
            options.append((group_key, words))
        if [(self.only.itemData(index), self.only.itemText(index)) for index in range(self.only.count())] == options:
            return
        self.only.offer(options, group_key)

    def show_columns(self, figure: Figure) -> None:
        """Offer the columns of a figure for the chart, and stay with the one chosen if it has it."""
        column_key = self.column.key()
        keys = [self.column.itemData(index) for index in range(self.column.count())]
        if keys == [column.key for column in figure.columns]:
            return
        is_offered = column_key in {column.key for column in figure.columns} and self.column.property("figure") == figure.kind
        self.column.setProperty("figure", figure.kind)
        self.column.offer([(column.key, column.title) for column in figure.columns], column_key if is_offered else figure.main)

    def _other_kind(self) -> None:
        self._fill_ways()
        self._other_way()

    def _other_way(self) -> None:
        self._memory.keep("figures/kind", self.kind.key())
        self._memory.keep("figures/by", self.grouping_box.key())
        self._settle()
        self.figure_asked.emit()

    def _settle(self) -> None:
        """By school years, all of them are shown, and no period is chosen."""
        by_years = self.grouping_box.key() == YEARS
        self.period.setEnabled(not by_years)
        self.period.setToolTip(_("All school years on file are shown") if by_years else "")

    def _fill_ways(self) -> None:
        way_key = self.grouping_box.key()
        self.grouping_box.offer(figures.kind_called(self.kind.key()).ways, way_key)
