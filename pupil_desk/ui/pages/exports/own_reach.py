"""Of whom an export of the unit's own tells: the filter, the order, and a preview of who would go today and who would not, and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pupil_desk.basics.words import _, count_of, listed
from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.services.exports.own import versions
from pupil_desk.services.pupils import lists
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, label, labelled
from pupil_desk.ui.pages.exports.own_items import LEAST
from pupil_desk.ui.style import tokens

EVERYONE, AS_KEPT = "everyone", "as-kept"


@dataclass(frozen=True, slots=True)
class Reached:
    """One pupil: whether they would go, and why or why not."""

    id: str
    name: str
    goes: bool
    why: str


class OwnReach(QWidget):
    """``changed`` comes when the filter or the order is another. ``version`` gives what is typed, to be previewed."""

    changed = Signal()

    def __init__(self, context: Context, version: Callable[[], OwnExport]) -> None:
        super().__init__()
        self._context, self._version = context, version
        self.conditions: tuple[Condition, ...] = ()
        self._columns: tuple[OwnColumn, ...] = ()
        self.filter = ChoiceBox(name=_("Which pupils"))
        self.order_box = ChoiceBox(name=_("In the order of"))
        for box in (self.filter, self.order_box):
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(26)
        self.words = label("", "hint")
        self.look_button = button(_("See who wou&ld go today"), self.look, icon_name="eye")
        self.count = label("", "label", wraps=False)
        empty = EmptyState("users", _("Not looked yet"), _("See who would go today, and who would not, and why. Nothing is written by it."))
        self.table: Table[Reached] = Table(_COLUMNS, name=_("Who would go today"), empty=empty)
        self.table.setMinimumHeight(LEAST)
        self._build()
        self.filter.activated.connect(lambda _place: self._filtered())
        self.order_box.activated.connect(lambda _place: self.changed.emit())

    def _build(self) -> None:
        top, column = QWidget(), QVBoxLayout(self)
        bar = FlowLayout(top, tokens.L)
        bar.addWidget(labelled(_("Wh&ich pupils"), self.filter))
        bar.addWidget(labelled(_("In the orde&r of"), self.order_box))
        beside = QWidget()
        row = FlowLayout(beside, tokens.S)
        row.addWidget(self.look_button)
        row.addWidget(self.count)
        self.count.setMinimumHeight(self.look_button.sizeHint().height())
        column.setContentsMargins(0, tokens.S, 0, 0)
        column.setSpacing(tokens.S)
        for part in (top, self.words, beside):
            column.addWidget(part)
        column.addWidget(self.table, 1)

    @property
    def order(self) -> str:
        """The item that the rows are ordered by; empty for the name."""
        return self.order_box.key()

    def show_version(self, made: OwnExport, *, readonly: bool) -> None:
        """The filter and order of a version; what was previewed before is gone."""
        self.conditions = made.conditions
        self.filter.clear()
        self.filter.addItem(_("All pupils registered on the day"), EVERYONE)
        for one in lists.saved(self._context.desk):
            if not one.wrong:
                self.filter.addItem(one.name, one.id)
        if made.conditions:
            kept = next((one.id for one in lists.saved(self._context.desk) if one.conditions == made.conditions), "")
            if not kept:
                self.filter.addItem(_("As kept with this export"), AS_KEPT)
            self.filter.set_key(kept or AS_KEPT)
        self.show_columns(made.columns, made.order)
        for part in (self.filter, self.order_box):
            part.setEnabled(not readonly)
        self.forget()
        self._tell()

    def show_columns(self, columns: Sequence[OwnColumn], order: str | None = None) -> None:
        """The items that the rows can be ordered by."""
        now = self.order if order is None else order
        self.order_box.clear()
        self.order_box.addItem(_("Name of the pupil"), "")
        for column in columns:
            self.order_box.addItem(column.heading, column.item)
        self.order_box.setCurrentIndex(max(0, self.order_box.findData(now)))

    def _filtered(self) -> None:
        key = self.filter.key()
        if key != AS_KEPT:
            self.conditions = next((one.conditions for one in lists.saved(self._context.desk) if one.id == key), ())
        self.forget()
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        kept = _("Filters are kept in the list of pupils, and copied here: a later change of the filter changes nothing in this.")
        asked = _("Those of whom this is true: {conditions}.").format(conditions=listed([one.words for one in self.conditions])) if self.conditions else ""
        self.words.setText(f"{asked} {kept}".strip())

    def forget(self) -> None:
        """What was previewed no longer holds."""
        self.table.show_rows([])
        self.count.setText("")
        self.count.hide()

    def look(self) -> None:
        """Who would go today with what is typed."""
        found = self._context.attempt(lambda: versions.preview(self._context.desk, self._version()))
        if found is None:
            return
        told = [Reached(one.pupil.id, f"{one.pupil.surname}, {one.pupil.forename}", True, one.reason) for one in found.told]
        left = [Reached(one.pupil.id, f"{one.pupil.surname}, {one.pupil.forename}", False, one.reason) for one in found.left_out]
        self.table.show_rows([*told, *left])
        words = _("{go} would go today, {left} would not.")
        self.count.setText(words.format(go=count_of(len(told), _("pupil"), _("pupils")), left=len(left)))
        self.count.show()


_COLUMNS = (
    Column[Reached]("name", _("Pupil"), lambda row: row.name, width=18),
    Column[Reached]("goes", _("Goes"), lambda row: _("Goes") if row.goes else _("Left out"), icon=lambda row: "check-circle" if row.goes else "prohibit", width=12),
    Column[Reached]("why", _("Why"), lambda row: row.why, width=16, stretch=True, tip=lambda row: row.why),
)
