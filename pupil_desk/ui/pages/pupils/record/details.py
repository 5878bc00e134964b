"""The pupil's own items: one form from the catalogue, with links to its sections; and the addresses before, in words."""

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Section
from pupil_desk.domain.catalogue.validation import check_pupil
from pupil_desk.domain.pupils.pupil import ADDRESS, FormerAddress, Pupil
from pupil_desk.services.pupils import pupils
from pupil_desk.services.pupils import pupils as addresses
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.address_move import AddressMove
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only_for
from pupil_desk.ui.kit.keys import last_in, tab_after, tab_stops
from pupil_desk.ui.kit.next_for_pupil import act_after_move
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.next_act import NextAct
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import button, column_in, fill, growing, label, show_words
from pupil_desk.ui.pages.pupils.record.moving import MoveHouse
from pupil_desk.ui.pages.pupils.record.part import RecordPart
from pupil_desk.ui.style import tokens


def earlier_words(addresses: Iterable[FormerAddress]) -> str:
    """A pupil's earlier addresses, a line each, the latest first; an empty text for none."""
    lines = []
    for address in reversed(list(addresses)):
        where = ", ".join(address.address_lines)
        until = (
            _("{address}: until the move on {day}").format(address=where, day=show_date(address.moved_on)) if address.moved_on else where
        )
        lines.append(_("{line} (told by {who})").format(line=until, who=address.told_by) if address.told_by else until)
    return "\n".join([_("Earlier addresses"), *lines]) if lines else ""


_SHORT = {
    Section.ADDRESS: _("Address"),
    Section.STAY: _("School"),
    Section.NEEDS: _("Needs"),
    Section.WELFARE: _("Health"),
}  # so that the links stand in one line


class DetailsPart(RecordPart):
    """Everything that the record says of the pupil."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave)
        desk = context.desk
        self._record: PupilRecord | None = None
        self._pupil: Pupil | None = None
        self.form = Form(Pupil, today=desk.today, check=check_pupil, readonly=not desk.may(Action.EDIT_RECORD))
        self.form.edited.connect(self.edited)
        self.address_move = AddressMove(context.desk.today)
        self.form.edited.connect(self._offer_move)
        self.before = label("", "muted")
        self._content = QWidget()
        self._column = column_in(self._content)
        area = scrolled(self._content)
        area.setMinimumHeight(3 * tokens.HUGE)  # so that at 150 % the record still ends in sight, with its buttons
        self.move_button = button(_("Move house…"), self.begin_move, "link")  # so that it stands in the same line
        only_for(desk, Action.EDIT_RECORD, self.move_button)
        self.details = QWidget()
        self.next_act = NextAct()
        self._movers: Collection[str] = ()  # the pupils who moved house with this one just now
        self._moved_to: tuple[str, ...] = ()
        self._rows = column_in(self.details, tokens.S, self._links(), self.next_act, growing(area), top=tokens.S)
        self._moving: MoveHouse | None = None
        self._parts = column_in(self, 0, growing(self.details))

    def put_in(self) -> None:
        for column, piece in ((self._column, self.form), (self._column, self.before), (self._rows, self.address_move)):
            column.addWidget(piece)
            pause()

    @property
    def moving(self) -> MoveHouse:
        """The way to move house, made when it is first gone: few who look at the details do."""
        if self._moving is None:
            self._moving = moving = MoveHouse(self.context)
            moving.hide()
            moving.left.connect(self.leave_move)
            moving.closed.connect(self.end_move)
            moving.record_saved.connect(self.record_saved)
            moving.moved.connect(self._lead_on)
            moving.edited.connect(self.edited)
            before = last_in(self)
            fill(self._parts, growing(moving))
            if before is not None:
                tab_after(before, tab_stops(moving))
        return self._moving

    @property
    def _is_moving(self) -> bool:
        return self._moving is not None and not self._moving.isHidden()

    def _links(self) -> QWidget:
        bar = QWidget()
        row = FlowLayout(bar, tokens.M)
        for section in self.form.headings:
            link = button(_SHORT.get(section, section.value), partial(self.form.focus_section, section), "link")
            link.setAccessibleName(_("Go to {section}").format(section=section.value))
            row.addWidget(link)
        row.addWidget(self.move_button)
        return bar

    def begin_move(self) -> None:
        """Moving house, in the place of the form; asks first when something is typed."""
        if self._record is None or not self.may_leave():
            return
        self.details.hide()
        self.moving.show()
        self.moving.begin(self._record)
        self.edited.emit()

    def leave_move(self) -> bool:
        """Back to the form, unless the person stays with what is typed."""
        if self._is_moving and self.moving.dirty and not self.may_leave():
            return False
        if self._is_moving:
            self.end_move()
        return True

    def end_move(self) -> None:
        """Back to the form."""
        self.moving.hide()
        self.details.show()
        self.move_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _lead_on(self, movers: Collection[str]) -> None:
        """Offer what the move calls for, as long as it stands and this pupil is shown."""
        assert self._pupil is not None
        self._movers, self._moved_to = movers, self._pupil.address_lines
        self._offer_next()

    def _offer_next(self) -> None:
        is_so = self._pupil is not None and bool(self._moved_to) and self._pupil.address_lines == self._moved_to
        step = act_after_move(self.context, self._pupil.id, self._movers) if self._pupil is not None and is_so else None
        self.next_act.offer(step[0] if step else "", (step[1],) if step else ())

    def show_record(self, record: PupilRecord) -> None:
        is_same_pupil = self._pupil is not None and self._pupil.id == record.pupil.id
        if not is_same_pupil and self._is_moving:
            self.moving.hide()
            self.details.show()
        self._record, self._pupil = record, record.pupil
        if not is_same_pupil:
            self._moved_to = ()
        self._offer_next()
        self.form.show_record(record.pupil)
        words = earlier_words(addresses.earlier_addresses(self.context.desk, record.pupil.id))
        show_words(self.before, words)
        self.address_move.withdraw()

    def _offer_move(self) -> None:
        """Ask for the day of a move, beneath the form, while another address is typed where one was."""
        changed = any(self.form.fields[name].dirty for name in ADDRESS)
        self.address_move.offer(changed and self._pupil is not None and bool(self._pupil.address_lines))

    @property
    def is_form(self) -> bool:  # type: ignore[override]  # moving house has buttons of its own
        return not self._is_moving

    @property
    def dirty(self) -> bool:
        return self.form.dirty or (self._moving is not None and self._moving.dirty)

    @property
    def adding(self) -> bool:
        """Moving house may be saved before anything is typed: it says what is missing."""
        return self._is_moving

    def save(self) -> bool:
        if self._is_moving:
            self.moving.move_house()
            return not self._is_moving
        pupil = self.form.submit()
        if pupil is None:
            return False
        warnings = tuple(problem for problem in self.form.problems() if not problem.stops)
        if not self.address_move.readable():
            return False
        move = self.address_move.typed_move()
        if not self.keep(self.form, lambda: pupils.save_pupil(self.context.desk, pupil, move=move)):
            return False
        self.form.show_problems(warnings)
        return True

    def put_back(self) -> None:
        if self._moving is not None:
            self._moving.put_back()
        self.form.put_back()
        self.address_move.withdraw()

    def draft(self) -> dict[str, Any]:
        if self._is_moving:
            return {"house": self.moving.draft()}
        return {"typed": self.form.draft(), **({"move": move} if (move := self.address_move.draft()) else {})}

    def take_draft(self, draft: dict[str, Any]) -> None:
        if "house" in draft:
            self.begin_move()
            self.moving.take_draft(draft["house"])
            return
        self.form.take_draft(draft["typed"])
        self._offer_move()
        self.address_move.take_draft(draft.get("move", {}))

    def focus_first(self) -> None:
        self.form.focus()

    def focus_on(self, kind: str, row_id: str, item: str) -> None:
        if self.leave_move():
            self.form.focus(item)
