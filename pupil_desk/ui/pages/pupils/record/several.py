"""Records of which a pupil has several, such as stays and contacts: the list above, the form of one beneath."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.changes import Changed
from pupil_desk.services import bin as bins
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import uses
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only, only_for
from pupil_desk.ui.kit.keys import tab_down
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.foldable import is_in_low_window
from pupil_desk.ui.kit.scroll import bring_into_view, scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.talk.next_act import NextAct
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import STRETCH, allow, button, column_in, fill, label, without_sign
from pupil_desk.ui.pages.pupils.record.part import RecordPart
from pupil_desk.ui.pages.pupils.record.taking import take_record
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_MOST_ROWS, _FEWEST_ROWS = 6, 2


@dataclass(frozen=True, slots=True)
class PartDefinition[R]:
    """What tells one kind of record from another: its words, its rows, and the services that keep it.

    ``spare`` are columns for which there is room only from a width (at 100 %); the form beneath shows the same.
    ``add_action`` is what the role must include to add one.
    ``switch`` is the setting by which a unit switches it off: then what is on file is read and corrected, and none is added.
    ``stands_on_first`` is False where something is done with a line that cannot be taken back: none is shown until it is chosen.
    """

    name: str
    add_words: str
    new_title: str
    empty_words: str
    sign: str
    columns: Callable[["SeveralPart[R]"], Sequence[Column[R]]]
    rows_of: Callable[[PupilRecord, Desk], Sequence[R]]
    title_of: Callable[[R], str]
    new_keys: Callable[[PupilRecord, Desk], dict[str, Any]]
    add: Callable[[Desk, R], Changed]
    save: Callable[[Desk, R], Changed] | None = None
    add_action: Action = Action.EDIT_RECORD
    switch: str = ""
    spare: Mapping[str, int] = field(default_factory=dict)
    stands_on_first: bool = True


class SeveralPart[R](RecordPart):
    """The list, and the form of the one chosen or of a new one.

    After a new one is saved the cursor goes on to the step that is offered next; ``leads_on``: after a change too.
    """

    leads_on = False

    def __init__(
        self, context: Context, may_leave: Callable[[], bool], manner: PartDefinition[R], form: Form[R], id_of: Callable[[R], str]
    ) -> None:
        super().__init__(context, may_leave)
        self.manner, self.form, self._id_of = manner, form, id_of
        self.record: PupilRecord | None = None
        self._current_row: R | None = None
        self._stood_on = ""  # the line shown last: a new one is begun from it
        self._adding = self._listening = False
        self._place_of_form = 0
        self.next_act: NextAct | None = None  # of a kind that has a next step
        empty = EmptyState(manner.sign, manner.empty_words, self.how_to_begin())
        self.table = Table(manner.columns(self), name=manner.name, id_of=id_of, empty=empty, stands_on_first=manner.stands_on_first)
        self.title = label("", "subhead")
        self.add_button = button(manner.add_words, self.begin_new, icon_name="plus")
        self.refusal = label(only_for(context.desk, manner.add_action, self.add_button), "hint")
        kind = next((name for name, record_type in RECORDS.items() if record_type is form.record_type), "")
        self.take_button = button(_("&Take away…"), self.take_away, icon_name="trash") if bins.may_take(kind) else None
        self._kind = kind
        self._bar = QWidget()
        self.acts = FlowLayout(self._bar, tokens.S)  # they go on to a second line where there is no room for one
        self.acts.addWidget(self.add_button)
        if self.take_button is not None:
            self.acts.addWidget(self.take_button)
        self._build()
        self.table.current_changed.connect(self._on_row_changed)
        self.table.clicked.connect(self._on_clicked)
        self.table.opened.connect(lambda _row: self.form.focus())
        self.form.edited.connect(self.edited)
        self.table.always_give_way(self.manner.spare, room_of=self)

    def how_to_begin(self) -> str:
        """What an empty list says to do: press the button that stands beneath it; nothing to one whose role may not; or that it is switched off."""
        if is_off := uses.off_words(self.context.desk, self.manner.switch):
            return is_off
        words = self.manner.add_words if self.context.desk.may(self.manner.add_action) else ""
        return _("Press “{button}” to begin.").format(button=without_sign(words)) if words else ""

    def _build(self) -> None:
        content = QWidget()
        self.column = column = QVBoxLayout(content)
        column.setContentsMargins(0, tokens.M, tokens.S, tokens.M)
        column.setSpacing(tokens.M)
        fill(column, self.table, self._bar, self.refusal, self.title, self.form, STRETCH)
        self.refusal.setVisible(bool(self.refusal.text()))
        self.list_area = scrolled(content)  # in whose place a paper may be shown
        self.list_area.setMinimumHeight(3 * tokens.HUGE)  # so that at 150 % the record still ends in sight, with its buttons
        self.outer = column_in(self, None, self.list_area)

    def hold_back(self) -> None:
        self._place_of_form = self.column.indexOf(self.form)
        self.column.removeWidget(self.form)  # with its item: one left by ``takeAt`` would hear of its heights in place of the next
        self.form.setParent(None)

    def put_in(self) -> None:
        self.column.insertWidget(self._place_of_form, self.form)
        pause()
        tab_down(self.column, self)

    def show_record(self, record: PupilRecord) -> None:
        self.record = record
        self._adding = False
        self.add_button.setVisible(bool(self.manner.add_words) and self.context.desk.settings.uses(self.manner.switch))
        if self.table.empty is not None:
            self.table.empty.say(self.manner.empty_words, self.how_to_begin())
        rows = list(self.manner.rows_of(record, self.context.desk))
        self._listening = False
        self.table.show_rows(rows)
        self._listening = True
        self._fit(len(rows))
        self._show(self.table.current() if rows else None)

    def fold(self, *, is_low: bool) -> None:
        self._fit(len(self.table.rows))

    def _fit(self, count: int) -> None:
        """As tall as its rows. In a low window one row is enough, and an empty list does without headings: what is done with it is to be seen."""
        is_low = is_in_low_window(self)
        headings = self.table.horizontalHeader()
        headings.setVisible(bool(count) or not is_low)
        rows = min(_MOST_ROWS, max(1 if is_low and count else _FEWEST_ROWS, count))
        header = 0 if headings.isHidden() else headings.sizeHint().height()
        row = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(header + rows * row + sized(tokens.S))

    def _show(self, row: R | None) -> None:
        self._current_row = row
        self.form.show_record(row)
        self._stood_on = self._shown_id()
        if row is not None:
            self.title.setText(self.manner.title_of(row))
        self._reveal()

    def _reveal(self) -> None:
        """The form is seen when there is a record in it, on file or new."""
        self._highlight()
        visible = self._adding or self._current_row is not None
        self.form.setVisible(visible)
        self.title.setVisible(visible)
        if self.take_button is not None:
            able = self.context.desk.may(Action.EDIT_RECORD)
            allow(self.take_button, able and self._current_row is not None, _("Choose a line first") if able else only(Action.EDIT_RECORD))

    def _highlight(self) -> None:
        """No line of the list is marked while the form is of none of them."""
        if self._adding:
            self.table.clearSelection()

    def take_away(self) -> None:
        """Take the one shown off the record, after asking why; it goes to the recycle bin."""
        if self._current_row is None or self.record is None or not self.may_leave():
            return
        changed = take_record(
            self.context, self._kind, self._shown_id(), self.manner.title_of(self._current_row), self.record.pupil.full_name
        )
        if changed is not None:
            self.record_saved.emit(changed)
            self.context.banner.success(_("Taken away. It can be put back under Changes, Recycle bin."))
            self.focus_first()

    def begin_new(self) -> None:
        """An empty form for one more; asks first when something else is typed."""
        if self.record is None or not self.may_leave():
            return
        self._adding, self._current_row = True, None
        self.form.show_record(None, pupil_id=self.record.pupil.id, **self.manner.new_keys(self.record, self.context.desk))
        self.title.setText(self.manner.new_title)
        self._reveal()
        self.form.focus()
        self.edited.emit()

    def _on_row_changed(self, row: R | None) -> None:
        shown_id = self._shown_id()
        if not self._listening or (row is None and (self._adding or not shown_id)) or (row is not None and self._id_of(row) == shown_id):
            return
        if self.dirty and not self.may_leave():
            self._listening = False
            self.table.select(self._stood_on)
            self._highlight()
            self._listening = True
            return
        self._adding = False
        self._show(self.table.current())
        self.edited.emit()

    def _on_clicked(self, place: QModelIndex) -> None:
        """The line that the list stands on already is gone to from a new one too, though the list says of no change."""
        if self._adding and place.row() == self.table.currentIndex().row():
            self._on_row_changed(self.table.current())

    def _shown_id(self) -> str:
        return "" if self._current_row is None else self._id_of(self._current_row)

    @property
    def current_row(self) -> R | None:
        """The one on file that the form shows; None for a new one."""
        return self._current_row

    @property
    def dirty(self) -> bool:
        return not self.form.isHidden() and self.form.dirty

    @property
    def adding(self) -> bool:
        return self._adding

    def save(self) -> bool:
        submitted = self.form.submit()
        if submitted is None:
            return False
        work = self.manner.add if self._adding else self.manner.save
        assert work is not None, "what is on file of this kind is not edited"
        record = self._finished(submitted)
        if not self._agreed(record):
            return False
        before, typing_in = {self._id_of(row) for row in self.table.rows}, QApplication.focusWidget()
        goes_on, next_before = self._adding or self.leads_on, self._next_offered()
        if not self.keep(self.form, lambda: work(self.context.desk, record)):
            return False
        new_rows = [row for row in self.table.rows if self._id_of(row) not in before]
        if new_rows:
            self.table.select(self._id_of(new_rows[0]))
        if typing_in is not None and self.form.isAncestorOf(typing_in):  # Qt moved it on while the form was hidden
            if typing_in.isVisible():
                typing_in.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.focus_first()  # what is not edited once it is kept has no form: it is a line of the list
        self.form.show_problems([problem for problem in self.form.problems() if not problem.stops])
        if goes_on and self._next_offered() not in ((), next_before):
            self.go_on()
        return True

    def _next_offered(self) -> tuple[str, ...]:
        """The step that is offered, and what can be done; empty for none."""
        if self.next_act is None or self.next_act.isHidden():
            return ()
        return (self.next_act.words.text(), *(act.text() for act in self.next_act.buttons if not act.isHidden()))

    def go_on(self) -> None:
        """Put the cursor on the step that comes next; where none is offered, where work begins."""
        if self.next_act is None or self.next_act.isHidden():
            self.focus_first()
            return
        self.next_act.take_focus()

    def _finished(self, record: R) -> R:
        """The record as typed, with what is chosen outside the form."""
        return record

    def _agreed(self, record: R) -> bool:
        """Whether it is to be kept: what is unusual is asked about first."""
        return True

    def put_back(self) -> None:
        if self._adding:
            self._adding = self._listening = False
            row = self.table.current()
            if not self.table.select(self._stood_on) and row is not None:
                self.table.select(self._id_of(row))
            self._listening = True
            self._show(self.table.current())
            self.edited.emit()
        else:
            self.form.put_back()

    def draft(self) -> dict[str, Any]:
        return {"id": self._shown_id(), "typed": self.form.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        if draft["id"]:
            self.table.select(draft["id"])
        else:
            self.begin_new()
        self.form.take_draft(draft["typed"])

    @property
    def _may_add(self) -> bool:
        return self.add_button.isEnabled() and not self.add_button.isHidden()

    def focus_first(self) -> None:
        """In the list; where it is empty, on what adds to it."""
        first = self.add_button if self._may_add and not self.table.rows else self.table
        first.setFocus()
        bring_into_view(self.table)

    def focus_on(self, kind: str, row_id: str, item: str) -> None:
        if row_id and self.table.select(row_id):
            if self._shown_id() == row_id:  # unless the person stays with what is typed
                self.form.focus(item)
        elif not row_id and self._may_add:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(self.add_button)
        else:
            self.focus_first()
