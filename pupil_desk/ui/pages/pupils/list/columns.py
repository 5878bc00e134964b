"""The columns that each colleague chooses for the list of pupils: what they say, their order, and the menu of them.

And the words about the lines of the list.
"""

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.enrolment import GUEST, Enrolment
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import lists
from pupil_desk.services.pupils.lists import Held, ListColumn, all_columns
from pupil_desk.services.pupils.pupils import Listed
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.pages.pupils.list.rows import PupilRow
from pupil_desk.ui.pages.pupils.list.ticks import Ticks
from pupil_desk.ui.style.look import sized

_ORDER = "more-"
_WIDEST = 220  # a further column at first


class MoreColumns:
    """Which further columns the person at the desk has, and what they hold. Where none is chosen, nothing is asked of the file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.selected: Sequence[ListColumn] = lists.columns(desk)
        self._cells: dict[str, dict[str, Held]] = {}

    def choose(self, keys: Sequence[str]) -> None:
        """Have these from now on."""
        lists.choose_columns(self._desk, keys)
        self.selected = lists.columns(self._desk)

    def read(self) -> None:
        """What they hold now, of everyone: kept until the records change, not asked for again with each key."""
        self._cells = lists.cells(self._desk, self.selected) if self.selected else {}

    def words(self, key: str, pupil_id: str) -> str:
        """What a column says of a pupil."""
        return lists.words(all_columns()[key], self._cells.get(key, {}).get(pupil_id))

    def is_order(self, order: str) -> bool:
        """Whether an order is by one of these columns."""
        return order.startswith(_ORDER)

    def knows(self, order: str) -> bool:
        """Whether an order is none of these columns', or of one that is chosen."""
        return not self.is_order(order) or order.removeprefix(_ORDER) in {column.key for column in self.selected}

    def ordered(self, ids: Sequence[str], order: str, *, descending: bool) -> list[str]:
        """Pupils by what a column holds; those of whom nothing is held come last either way, and equals stay as they were."""
        column = all_columns()[order.removeprefix(_ORDER)]
        cells = self._cells.get(column.key, {})
        keys = {pupil_id: lists.order(column, cells[pupil_id]) for pupil_id in ids if pupil_id in cells}
        return [*sorted(keys, key=keys.__getitem__, reverse=descending), *(pupil_id for pupil_id in ids if pupil_id not in cells)]

    def columns(self) -> tuple[Column[PupilRow], ...]:
        """One column for each that can be chosen; the list hides those that are not."""
        return tuple(self._column(column) for column in all_columns().values())

    def _column(self, column: ListColumn) -> Column[PupilRow]:
        return Column(
            column.key,
            column.title,
            lambda row: self.words(column.key, row.id),
            order=f"{_ORDER}{column.key}",
            align="right" if column.key == lists.ATTENDANCE else "left",
        )


def hide_columns(table: Table[PupilRow], more_columns: MoreColumns) -> None:
    """Have those in sight that are chosen, and no others."""
    keys = {column.key for column in more_columns.selected}
    offered = all_columns()
    for place, column in enumerate(table.model_.columns):
        if column.key in offered:
            table.setColumnHidden(place, column.key not in keys)


def bring_into_view(table: Table[PupilRow], key: str) -> None:
    """Scroll sideways to a column that was just chosen: at the end of the list it would come out of sight."""
    place = [column.key for column in table.model_.columns].index(key)
    table.updateGeometries()  # the bar knows how far it goes
    table.scrollTo(table.model_.index(max(0, table.rowAt(0)), place))


def size_columns(table: Table[PupilRow], more_columns: MoreColumns, *, but: Collection[str] = ()) -> None:
    """Those chosen are as wide as what they say, within reason."""
    keys = {column.key for column in more_columns.selected}.difference(but)
    for place, column in enumerate(table.model_.columns):
        if column.key in keys:
            words = max(table.sizeHintForColumn(place), table.horizontalHeader().sectionSizeHint(place))
            table.set_width(place, min(words, sized(_WIDEST)))


class ColumnMenu(QMenu):
    """Every column that can be chosen, with a tick where it is. It stays open while one ticks. ``chose`` carries the keys."""

    chose = Signal(list)

    def __init__(self, more_columns: MoreColumns, parent: QWidget) -> None:
        super().__init__(_("Columns"), parent)
        self.setAccessibleName(_("Columns"))
        self._more_columns = more_columns
        for key, column in all_columns().items():
            action = self.addAction(_("{column} (special category)").format(column=column.label) if column.special else column.label)
            action.setCheckable(True)
            action.setData(key)
            action.toggled.connect(lambda _checked: self._toggled())
        self._filling = False
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Tick those that are chosen now."""
        keys = {column.key for column in self._more_columns.selected}
        self._filling = True
        for action in self.actions():
            action.setChecked(action.data() in keys)
        self._filling = False

    def _toggled(self) -> None:
        if not self._filling:
            self.chose.emit([action.data() for action in self.actions() if action.isChecked()])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        action: QAction | None = self.actionAt(event.position().toPoint())  # none beside the lines, whatever its stub says
        if action is not None:
            action.toggle()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        action = self.activeAction()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and action is not None:
            action.toggle()
            return
        super().keyPressEvent(event)


def standing_of(stays: Sequence[Enrolment], today: date) -> str:
    """The same words from the stays themselves, with the day where a pupil has left or is yet to come."""
    present = [stay for stay in stays if _present(stay, today)]
    on_roll = next((stay for stay in present if stay.on_roll(today)), None)
    if on_roll is not None or present:
        stay = on_roll or present[0]
        return standing_words("on roll" if on_roll else "guest", stay.status)
    starts = sorted(stay.start_date for stay in stays if stay.start_date and stay.start_date > today)
    if starts:
        return _("Starts on {day}").format(day=show_date(starts[0]))
    ends = sorted(stay.end_date for stay in stays if stay.end_date and stay.end_date < today)
    return _("Left on {day}").format(day=show_date(ends[-1])) if ends else standing_words("left", "")


def _present(stay: Enrolment, today: date) -> bool:
    has_ended = (stay.end_date is not None and stay.end_date < today) or (stay.status == "P" and stay.end_date is None)
    return not has_ended and (stay.start_date is None or stay.start_date <= today)


def standing_words(standing: str, status: str) -> str:
    """«On roll: current (single registration here)», «Not on the roll: guest …», «Not here now»."""
    if standing == "left":
        return _("Not here now")
    label = begun_small(codelist("enrolment_status").label_of(status))
    return (_("On roll: {status}") if standing == "on roll" else _("Not on the roll: {status}")).format(status=label)


def count_words(matches: Listed, *, with_leavers: bool, is_searching: bool) -> str:
    """How many are shown, in words."""
    if is_searching:
        return count_of(len(matches), _("match"), _("matches"))
    if not with_leavers:  # then all that are shown are on roll
        return _("{pupils} on roll").format(pupils=count_of(len(matches), _("pupil"), _("pupils")))
    on_roll = len(matches.on_roll())
    return _("{pupils}, {number} on roll").format(pupils=count_of(len(matches), _("pupil"), _("pupils")), number=on_roll)


def why_empty(hidden_count: int, *, narrowed: bool) -> tuple[str, str]:
    """Why nobody is shown, and what to do: so many guests and leavers are ``hidden_count``; ``narrowed`` is whether conditions are in force."""
    if hidden_count:
        leavers = _("{others} among guests and leavers.").format(others=count_of(hidden_count, _("match"), _("matches")))
        return (_("Nobody on roll is found") if narrowed else _("Nobody on roll is called that")), leavers
    if narrowed:
        return _("No pupil meets all of this"), _("Take a condition away, above.")
    return _("No pupil has a name or number like that"), _("Try the beginning of a surname, or a UPN.")


def columns(ticks: Ticks, more_columns: MoreColumns, badges: ListBadges) -> tuple[Column[PupilRow], ...]:
    """Narrow enough to stand beside the record; what more there is to tell them apart is in the tip."""

    def own_name(row: PupilRow) -> str:
        return badges.apart(row.name, row.id)

    def tip_of_name(row: PupilRow) -> str:
        return "\n".join(filter(None, (_tip(row), capital(badges.words(row.id)))))

    return (
        Column(
            "name",
            _("Name"),
            own_name,
            order="name",
            width=23,
            stretch=True,
            signs=lambda row: badges.signs(row.id),
            accessible=lambda row: badges.named(own_name(row), row.id),
            shorter=lambda row: (row.name + badges.shortly(row.id),),
            end=lambda row: badges.shortly(row.id),
            tip=tip_of_name,
        ),
        Column("age", _("Age"), lambda row: str(row.age), order="dob", align="right", tip=_tip),
        Column("year", _("Year"), lambda row: row.year_group, order="year_group", align="right", tip=_tip),
        Column("standing", _("Here"), _enrolment_words, order="status", tip=_tip),
        *more_columns.columns(),
        ticks.column(),
    )


def _enrolment_words(row: PupilRow) -> str:
    if row.on_roll:
        return _("On roll")
    return _("Guest") if row.status == GUEST else _("Not on roll") if row.status else _("Not here")


def _tip(row: PupilRow) -> str:
    lines = [_("{name}, {ref}").format(name=row.name, ref=row.ref), _("Born {day}").format(day=show_date(row.dob))]
    if row.upn:
        lines.append(_("UPN {upn}").format(upn=row.upn))
    if row.protected:
        lines.append(_("Protected: open the record to see how"))
    return "\n".join([*lines, standing_words(row.standing, row.status)])
