"""Who would receive what: every pupil on roll, for one recipient and one day, and why."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.text import tokens as words_of
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.sharing import sharing
from pupil_desk.services.sharing.sharing import PreviewRow
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, card, column_in, find_line, growing, label, labelled, row_layout
from pupil_desk.ui.pages.sharing.words import (
    LEVEL_SIGNS,
    count_words,
    decided_words,
    goes_short,
    items_words,
    level_words,
    protection_words,
    recipients,
    withheld_short,
    withheld_words,
)
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_SPARE = {"goes": 880, "decided": 1200}  # widths at 100 % from which there is room for them beside why, which says who decided
_TALLEST_DETAIL = 190
_LEVELS = ["none", "minimum", "full"]
_ORDERS: Mapping[str, Callable[[PreviewRow], object]] = {
    "level": lambda row: _LEVELS.index(row.decision.level.value),
    "decided": lambda row: row.decision.decided_by,
    "reason": lambda row: row.decision.reason,
}


class AllPupils(QWidget):
    """The preview. ``opened`` carries the id of the pupil to go to."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._rows: list[PreviewRow] = []
        self._order, self._descending = "name", False
        self.recipient = ChoiceBox(recipients(context.desk), name=_("Recipient"))
        self.recipient.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.recipient.setMinimumContentsLength(18)
        self.day = DateBox(today=context.desk.today, name=_("On the day"))
        self.day.set_day(context.desk.today)
        self.find_box = find_line(_("Find in this list"))
        self.count = label("", "label")
        empty = EmptyState("magnifying-glass", _("Nobody to show"), _("Nobody on roll on that day has a name like that."))
        self.table = Table(
            _columns(context.desk),
            name=_("Who would receive what"),
            id_of=lambda row: row.pupil.id,
            memory=context.memory,
            memory_key="who-receives-what",
            empty=empty,
        )
        self.table.show_order("name", False)
        self._build()
        self.recipient.currentIndexChanged.connect(lambda _place: self.refresh())
        self.day.line.textChanged.connect(lambda _text: self.refresh())
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.find_box.returnPressed.connect(self.table.setFocus)
        self.table.order.connect(self._reorder)
        self.table.current_changed.connect(self._detail)
        self.table.opened.connect(lambda row: self.opened.emit(row.pupil.id))
        self.table.always_give_way(_SPARE, room_of=self)

    def _build(self) -> None:
        top = FilterRow(
            labelled(_("Reci&pient"), self.recipient),
            labelled(_("On the &day"), self.day),
            find=(_("&Find in this list (Ctrl+F)"), self.find_box),
            beside=self.count,
            spacing=tokens.L,
        )
        self._detail_area = scrolled(self._make_detail())
        column_in(self, tokens.S, top, growing(self.table), self._detail_area, top=tokens.M)

    def _make_detail(self) -> QWidget:
        self.detail = card()
        self.detail.setAccessibleName(_("More on the pupil chosen"))
        self.name_label, self.reason_label, self.goes, self.withheld = label("", "label"), label(""), label(""), label("")
        self.go_button = button(_("&Open this pupil (Enter)"), self._open)
        column_in(
            self.detail,
            tokens.XS,
            row_layout(growing(self.name_label), self.go_button, spacing=None),
            self.reason_label,
            self.goes,
            self.withheld,
            left=tokens.L,
            top=tokens.S,
            right=tokens.L,
            bottom=tokens.S,
        )
        for line in (self.name_label, self.reason_label, self.goes, self.withheld):
            line.setMinimumHeight(1)  # its height is that of its words at the width it has, not at the narrowest
        return self.detail

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit_detail()

    def _fit_detail(self) -> None:
        """As tall as its words, up to a part of the page; beyond that it scrolls, and the list keeps its room."""
        needed_height = self.detail.heightForWidth(self._detail_area.viewport().width())
        self._detail_area.setFixedHeight(min(max(needed_height, sized(tokens.HUGE)), sized(_TALLEST_DETAIL)))

    def _offer(self) -> None:
        """The recipients as the settings have them now; the one chosen stays, if it is still there."""
        now, recipient_key = recipients(self.context.desk), self.recipient.key()
        if [self.recipient.itemData(place) for place in range(self.recipient.count())] == [name for name, _label in now]:
            return
        self.recipient.offer(now, recipient_key)

    def refresh(self) -> None:
        """Ask the rule again, for the recipient and the day in the boxes."""
        self._offer()
        day = self.day.day()
        if day is None:
            self.count.setText(_("Enter a day, for example 24 11 2026."))
            self._rows = []
        else:
            self._rows = sharing.preview(self.context.desk, self.recipient.key(), day)
        self._show()

    def _show(self) -> None:
        words = words_of(self.find_box.text())
        rows = [row for row in self._rows if all(_has(row, word) for word in words)]
        key = _ORDERS.get(self._order)
        if key is not None:
            rows = sorted(rows, key=key, reverse=self._descending)  # type: ignore[arg-type]  # each order has one comparable type
        elif self._descending:
            rows = rows[::-1]
        if self.day.day() is not None:
            self.count.setText(count_words(rows))
        self.table.show_rows(rows)
        self._detail(self.table.current() if rows else None)

    def _reorder(self, key: str, descending: bool) -> None:
        self._order, self._descending = key, descending
        self._show()

    def _detail(self, row: PreviewRow | None) -> None:
        self._detail_area.setVisible(row is not None)
        if row is None:
            return
        age = age_on(row.pupil.dob, self.day.day() or self.context.desk.today)
        born = _("{name}, {age} years old, born {day}").format(name=row.pupil.full_name, age=age, day=show_date(row.pupil.dob))
        protected = protection_words(row.protections)
        self.name_label.setText(_("{born}. Protected: {how}").format(born=born, how=protected.lower()) if protected else born)
        self.reason_label.setText(_("{level}: {reason}").format(level=level_words(row.decision.level), reason=row.decision.reason))
        self.goes.setText(_("Told: {items}").format(items=items_words(row.decision.items)))
        self.withheld.setText(_("Withheld: {items}").format(items=withheld_words(row)))
        self._fit_detail()

    def _open(self) -> None:
        row = self.table.current()
        if row is not None:
            self.opened.emit(row.pupil.id)

    def search(self) -> None:
        """Put the cursor into the find box."""
        self.find_box.setFocus()
        self.find_box.selectAll()


def _columns(desk: Desk) -> tuple[Column[PreviewRow], ...]:
    return (
        badged(desk, Column("name", _("Pupil"), _name, order="name", width=20), lambda row: row.pupil.id, in_colour=True),
        Column(
            "level",
            _("Level"),
            lambda row: level_words(row.decision.level),
            order="level",
            icon=lambda row: LEVEL_SIGNS[row.decision.level],
        ),
        Column("decided", _("Decided by"), lambda row: decided_words(row.decision.decided_by), order="decided"),
        Column("reason", _("Why"), lambda row: row.decision.reason, order="reason", stretch=True),
        Column("goes", _("Goes"), goes_short, width=24, tip=lambda row: items_words(row.decision.items)),
        Column("withheld", _("Withheld"), withheld_short, tip=withheld_words),
    )


def _name(row: PreviewRow) -> str:
    return row.pupil.surname_first


def _has(row: PreviewRow, word: str) -> bool:
    pupil = row.pupil
    names = " ".join(filter(None, (pupil.surname, pupil.forename, pupil.preferred_forename, pupil.preferred_surname, pupil.ref, pupil.upn)))
    return any(part.startswith(word) for part in words_of(names))
