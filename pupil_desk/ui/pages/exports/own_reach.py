"""Of whom an export of the unit's own tells: the filter, the order, and a preview of who would go today and who would not, and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.own import versions
from pupil_desk.services.pupils import lists
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, fill, flow_in, flow_of, growing, label, labelled
from pupil_desk.ui.pages.exports.own_items import LEAST
from pupil_desk.ui.style import tokens

EVERYONE, AS_KEPT = "everyone", "as-kept"


@dataclass(frozen=True, slots=True)
class ReachedPupil:
    """One pupil: whether they would go, and why or why not."""

    id: str
    name: str
    goes: bool
    reason: str


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
        self.table: Table[ReachedPupil] = Table(_columns(context.desk), name=_("Who would go today"), empty=empty)
        self.table.setMinimumHeight(LEAST)
        self.table.opened.connect(lambda row: context.go("pupils", row.id))
        self._build()
        self.filter.activated.connect(lambda _place: self._filtered())
        self.order_box.activated.connect(lambda _place: self.changed.emit())

    def _build(self) -> None:
        top, column = QWidget(), QVBoxLayout(self)
        flow_in(top, labelled(_("Wh&ich pupils"), self.filter), labelled(_("In the orde&r of"), self.order_box), spacing=tokens.L)
        self.count.setMinimumHeight(self.look_button.sizeHint().height())
        column.setContentsMargins(0, tokens.S, 0, 0)
        column.setSpacing(tokens.S)
        fill(column, top, self.words, flow_of(self.look_button, self.count), growing(self.table))

    @property
    def order(self) -> str:
        """The item that the rows are ordered by; empty for the name."""
        return self.order_box.key()

    def show_version(self, version: OwnExport, *, readonly: bool) -> None:
        """The filter and order of a version; what was previewed before is gone."""
        self.conditions = version.conditions
        self.filter.clear()
        self.filter.addItem(_("All pupils registered on the day"), EVERYONE)
        for saved_filter in lists.saved_filters(self._context.desk):
            if not saved_filter.wrong:
                self.filter.addItem(saved_filter.name, saved_filter.id)
        if version.conditions:
            filter_id = next(
                (candidate.id for candidate in lists.saved_filters(self._context.desk) if candidate.conditions == version.conditions), ""
            )
            if not filter_id:
                self.filter.addItem(_("As kept with this export"), AS_KEPT)
            self.filter.set_key(filter_id or AS_KEPT)
        self.show_columns(version.columns, version.order)
        for part in (self.filter, self.order_box):
            part.setEnabled(not readonly)
        self.forget()
        self._tell()

    def show_columns(self, columns: Sequence[OwnColumn], order: str | None = None) -> None:
        """The items that the rows can be ordered by."""
        now = self.order if order is None else order
        self.order_box.offer([("", _("Name of the pupil")), *((column.item, column.heading) for column in columns)], now)

    def _filtered(self) -> None:
        key = self.filter.key()
        if key != AS_KEPT:
            self.conditions = next(
                (saved_filter.conditions for saved_filter in lists.saved_filters(self._context.desk) if saved_filter.id == key), ()
            )
        self.forget()
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        note = _("Filters are kept in the list of pupils, and copied here: a later change of the filter changes nothing in this.")
        condition_words = (
            _("Those of whom this is true: {conditions}.").format(conditions=join_words([condition.words for condition in self.conditions]))
            if self.conditions
            else ""
        )
        self.words.setText(f"{condition_words} {note}".strip())

    def forget(self) -> None:
        """What was previewed no longer holds."""
        self.table.show_rows([])
        self.count.setText("")
        self.count.hide()

    def look(self) -> None:
        """Who would go today with what is typed."""
        preview = self._context.attempt(lambda: versions.preview(self._context.desk, self._version()))
        if preview is None:
            return
        going = [
            ReachedPupil(line.pupil.id, f"{line.pupil.surname}, {line.pupil.forename}", True, line.reason) for line in preview.exported
        ]
        left = [
            ReachedPupil(line.pupil.id, f"{line.pupil.surname}, {line.pupil.forename}", False, line.reason) for line in preview.left_out
        ]
        self.table.show_rows([*going, *left])
        words = _("{go} would go today, {left} would not.")
        self.count.setText(words.format(go=count_of(len(going), _("pupil"), _("pupils")), left=len(left)))
        self.count.show()


def _columns(desk: Desk) -> tuple[Column[ReachedPupil], ...]:
    pupil = Column[ReachedPupil]("name", _("Pupil"), lambda row: row.name, width=22)
    return (
        badged(desk, pupil, lambda row: row.id),
        Column[ReachedPupil](
            "goes",
            _("Goes"),
            lambda row: _("Goes") if row.goes else _("Left out"),
            icon=lambda row: "check-circle" if row.goes else "prohibit",
            width=12,
        ),
        Column[ReachedPupil]("why", _("Why"), lambda row: row.reason, width=16, stretch=True, tip=lambda row: row.reason),
    )
