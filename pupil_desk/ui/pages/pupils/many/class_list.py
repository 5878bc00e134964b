"""The class list on the screen: its columns and order, and the list as it will be printed."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLineEdit

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.many import class_list
from pupil_desk.services.many.class_list import LABELS, ORDERS, ClassListColumn, ClassListOptions
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.words import STRETCH, fill, flow_of, label
from pupil_desk.ui.pages.pupils.many.frame import PaperView
from pupil_desk.ui.style import tokens

_KEY = "many/class-list"  # what of it this PC remembers: never a heading that somebody typed


class ClassListView(PaperView):
    """Tick the columns, name the empty ones, choose the order; the list follows."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Class list"), "class-list")
        remembered = context.memory.get(f"{_KEY}/columns", ClassListColumn.YEAR.value)
        saved_columns = str(remembered).split(",")
        self.title = QLineEdit()
        self.ticks = {
            column: TickBox(words, ticked=column.value in saved_columns and column is not ClassListColumn.CALL)
            for column, words in LABELS.items()
        }
        self.blanks = QLineEdit()
        self.order = ChoiceBox(list(ORDERS.items()))
        self.order.set_key(str(context.memory.get(f"{_KEY}/order", class_list.BY_NAME)))
        self.lying = TickBox(_("&Lay the page on its side"), ticked=context.memory.get(f"{_KEY}/lying") is True)
        self._build()
        self.title.textEdited.connect(self.make_soon)
        self.blanks.textEdited.connect(self.make_soon)
        self.order.activated.connect(lambda _place: self.make())
        self.lying.toggled.connect(lambda _checked: self.make())
        for box in self.ticks.values():
            box.toggled.connect(lambda _checked: self.make())

    def _build(self) -> None:
        self.add_field(_("&Heading (optional)"), self.title, _("Such as Trip to the museum"))
        self.options.addWidget(label(_("Columns beside the name"), "label"))
        columns = flow_of(*self.ticks.values())
        fill(self.options, columns, label(_("Tick only what the list is needed for: others may see it."), "hint"), tokens.S)
        self.add_field(_("&Empty columns to fill in by pen"), self.blanks, _("Their headings with commas between, such as Paid, Coach"))
        self.add_field(_("O&rder"), self.order)
        fill(self.options, self.lying, STRETCH)

    @property
    def list_options(self) -> ClassListOptions:
        """What is asked for now."""
        columns = tuple(column for column, box in self.ticks.items() if box.isChecked())
        return ClassListOptions(
            self.title.text(), columns, class_list.headings(self.blanks.text().split(",")), self.order.key() or class_list.BY_NAME
        )

    def begin(self, ids: Sequence[str]) -> None:
        if self.is_for_others(ids):
            self.title.clear()
            self.blanks.clear()
        self.ids = ids
        self._untick_call()
        self.make()

    def make(self) -> None:
        if not self.ids:
            return
        self._remember()
        desk, ids, options = self.context.desk, self.ids, self.list_options
        lying, guarded = self.lying.isChecked(), guard(desk, ids, "class list")

        def work(_job: Job) -> tuple[str, bytes]:
            from pupil_desk.documents.pdf.page import build_pdf

            layout, title = class_list.paper(desk, ids, options, lying=lying)
            return title, build_pdf(
                layout.story, title=title, page_size=layout.page_size, base_size=layout.base, stamp=guarded.stamp, box_unprintable=True
            )

        self.run(work, lambda result: self._show(result, ids, options, guarded))

    def _show(self, result: tuple[str, bytes], ids: Sequence[str], options: ClassListOptions, guard: Guard) -> None:
        title, data = result
        words = _("{title}, {pupils}").format(title=title, pupils=count_of(len(ids), _("pupil"), _("pupils")))
        self.show_or_none(words, data, lambda: class_list.log_print(self.context.desk, ids, options), guard=guard)

    def _remember(self) -> None:
        memory = self.context.memory
        memory.keep(f"{_KEY}/columns", ",".join(column.value for column in self.list_options.columns))
        memory.keep(f"{_KEY}/order", self.order.key())
        memory.keep(f"{_KEY}/lying", self.lying.isChecked())

    def _untick_call(self) -> None:
        box = self.ticks[ClassListColumn.CALL]
        with QSignalBlocker(box):
            box.setChecked(False)
