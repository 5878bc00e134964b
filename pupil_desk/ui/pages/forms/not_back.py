"""Forms that are out: missing, waiting to be confirmed, or answered in another way."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of, some_of
from pupil_desk.services.paper_forms import acknowledgement, kinds, out
from pupil_desk.services.paper_forms.out import Out
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import allow, button, label, labelled
from pupil_desk.ui.pages.forms.to_print import name_of
from pupil_desk.ui.style import tokens

_GIVEN_UP = "given-up"  # no title of a form begins so small
_WITH_ON, _WITH_DAYS, _WITH_ASKED = 680, 760, 960  # widths at 100 % from which there is room for them


class NotBack(QWidget):
    """``opened`` carries the pupil of a line; ``again`` the name of a form and the pupils for whom it is printed anew."""

    opened = Signal(str)
    again = Signal(str, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: list[Out] = []
        self._given_up: list[Out] = []
        self.which = ChoiceBox([("", _("Every form"))], name=_("Which form"))
        self.count = label("", "label")
        self.empty = EmptyState("check-circle", _("Every form is back"), _("A form that is printed stands here until it comes back."))
        self.table: Table[Out] = Table(_columns(), name=_("Forms that are not back"), several=True, empty=self.empty, memory=context.memory, memory_key="forms-out", stands_on_first=False)
        self.again_button = button(_("Print a&gain…"), self._again, icon_name="printer")
        self.give_up_button = button(_("Wait &no longer…"), self.give_up, icon_name="prohibit")
        self.wait_button = button(_("Wait for it agai&n"), self.wait_again, icon_name="arrow-u-up-left")
        self.open_button = button(_("&Open the pupil (Enter)"), self._open)
        self._build()
        self.which.currentIndexChanged.connect(lambda _place: self._show())
        self.table.opened.connect(lambda row: self.opened.emit(row.pupil.id))
        self.table.selectionModel().selectionChanged.connect(lambda *_chosen: self._chosen())

    def _build(self) -> None:
        acts = QWidget()
        row = FlowLayout(acts, tokens.S)
        for one in (self.again_button, self.give_up_button, self.wait_button, self.open_button):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.M, 0, 0)
        column.setSpacing(tokens.S)
        column.addWidget(labelled(_("&Which form"), self.which))
        column.addWidget(self.count)
        column.addWidget(self.table, 1)
        column.addWidget(acts)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.table.give_way({"asked": _WITH_ASKED, "days": _WITH_DAYS, "on": _WITH_ON}, self.width())

    def refresh(self) -> None:
        """Ask which forms are out, and which were given up."""
        self._found, self._given_up = out.out(self._context.desk), out.given_up(self._context.desk)
        held = self.which.key()
        titles = list(dict.fromkeys(one.form.title for one in self._found))
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem(_("Every form"), "")
        for title in titles:
            self.which.addItem(title, title)
        if self._given_up:
            self.which.addItem(_("No longer waited for ({count})").format(count=len(self._given_up)), _GIVEN_UP)
        self.which.set_key(held if self.which.findData(held) >= 0 else "")
        self.which.blockSignals(False)
        self._show()

    @property
    def missing(self) -> int:
        """How many are not back: neither come nor answered in another way."""
        return sum(_is_missing(one) for one in self._found)

    def _show(self) -> None:
        wanted = self.which.key()
        past = wanted == _GIVEN_UP
        rows = self._given_up if past else [one for one in self._found if not wanted or one.form.title == wanted]
        missing, forms = sum(map(_is_missing, rows)), count_of(len(rows), _("form"), _("forms"))
        self.count.setText(_("{forms} no longer waited for").format(forms=forms) if past else _("{forms} out, {missing} of them not back").format(forms=forms, missing=missing))
        self.wait_button.setVisible(past)
        self.give_up_button.setVisible(not past)
        self.table.show_rows(sorted(rows, key=lambda one: not _is_missing(one)))
        self._chosen()

    def _chosen(self) -> None:
        some = bool(self.table.selected())
        for one in (self.again_button, self.give_up_button, self.wait_button):
            allow(one, some, _("Choose a form first"))
        allow(self.open_button, len(self.table.selected()) == 1, _("Choose one form first"))

    def _open(self) -> None:
        chosen = self.table.selected()
        if chosen:
            self.opened.emit(chosen[0].pupil.id)

    def _again(self) -> None:
        chosen = self.table.selected()
        if not chosen:
            return
        first, banner = chosen[0].form, self._context.banner
        if any((one.form.form_kind, one.form.subject) != (first.form_kind, first.subject) for one in chosen):
            banner.note(_("These lines are of several forms. Choose lines of one form at a time."))
            return
        found = kinds.printed_anew(self._context.desk, first.form_kind, first.subject)
        if found is not None:
            self.again.emit(found.name, frozenset(one.pupil.id for one in chosen))
        elif first.form_kind == acknowledgement.KIND.name:
            to = chosen[0].pupil.id if len(chosen) == 1 else None
            banner.note(_("This slip goes with an older edition of the notice. Print the current notice, which has a slip of its own."), act=(_("Go to N&otices"), lambda: self._context.go("notices", to)))
        else:
            banner.note(_("This form is printed no more: what it asks about is over, or is not asked any longer."))

    def give_up(self) -> None:
        """Wait for the forms chosen no longer, with the reason."""
        chosen = self.table.selected()
        if not chosen:
            return
        title = _("Wait for this form no longer?") if len(chosen) == 1 else _("Wait for {count} forms no longer?").format(count=len(chosen))
        text = _("{forms}. It stays on file with the reason. Should it come back all the same, it is read.")
        text = text.format(forms=some_of([f"{one.pupil.full_name}: {one.form.title}" for one in chosen]))
        why = self._context.ask.text(title, text, _("Why"), verb=_("Wait no longer"))
        if why is not None:
            ids = [one.id for one in chosen]
            told = count_of(len(ids), _("form"), _("forms"))
            if self._context.keep(lambda: out.give_up(self._context.desk, ids, why)):
                self._context.banner.success(_("No longer waited for: {forms}.").format(forms=told), act=(_("&Undo"), lambda: self._wait_for(ids)))

    def wait_again(self) -> None:
        """Wait again for those chosen that were given up."""
        self._wait_for([one.id for one in self.table.selected()])

    def _wait_for(self, ids: Sequence[str]) -> None:
        told = count_of(len(ids), _("form"), _("forms"))
        if ids:
            self._context.keep(lambda: out.look_for_again(self._context.desk, ids), _("Waited for again: {forms}.").format(forms=told))


def _is_missing(one: Out) -> bool:
    return not (one.waits or one.answered or one.given_up)


def _columns() -> tuple[Column[Out], ...]:
    return (
        Column("name", _("Pupil"), lambda one: name_of(one.pupil), stretch=True, width=20),
        Column("state", _("State"), _state, width=22, longest=_("Answered in another way, or past"), icon=lambda one: "warning" if _is_missing(one) else "check-circle"),
        Column("form", _("Form"), lambda one: one.form.title, width=24),
        Column("asked", _("Who was asked"), lambda one: one.form.asked, width=22, tip=lambda one: one.form.asked),
        Column("on", _("Printed on"), lambda one: short_date(one.form.on), width=12),
        Column("days", _("Days"), lambda one: str(one.days), align="right", width=6),
    )


def _state(one: Out) -> str:
    if one.given_up:
        return _("No longer waited for")
    if one.waits:
        return _("Waits to be confirmed")
    return _("Answered in another way, or past") if one.answered else _("Not back")
