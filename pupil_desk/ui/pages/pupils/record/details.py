"""The pupil's own items: one form from the catalogue, with links to its sections."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Section
from pupil_desk.domain.catalogue.validation import check_pupil
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.services.pupils import addresses, pupils
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.layout import column_in
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.pages.pupils.record.moved import AddressMove, earlier_words
from pupil_desk.ui.pages.pupils.record.part import RecordPart
from pupil_desk.ui.style import tokens

_SHORT = {
    Section.ADDRESS: _("Address"),
    Section.STAY: _("School"),
    Section.NEEDS: _("Special needs"),
    Section.WELFARE: _("Health"),
}  # so that the links stand in one line


class DetailsPart(RecordPart):
    """Everything that the record says of the pupil."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave)
        desk = context.desk
        self._pupil: Pupil | None = None
        self.form = Form(Pupil, today=desk.today, check=check_pupil, readonly=not desk.may(Action.EDIT_RECORD))
        self.form.edited.connect(self.edited)
        self.address_move = AddressMove(context.desk.today)
        self.form.edited.connect(self._offer_move)
        self.before = label("", "muted")
        content = QWidget()
        rows = column_in(content)
        rows.addWidget(self.form)
        rows.addWidget(self.before)
        column = column_in(self, tokens.S, top=tokens.S)
        column.addWidget(self._links())
        area = scrolled(content)
        area.setMinimumHeight(3 * tokens.HUGE)  # so that at 150 % the record still ends in sight, with its buttons
        column.addWidget(area, 1)
        column.addWidget(self.address_move)

    def _links(self) -> QWidget:
        bar = QWidget()
        row = FlowLayout(bar, tokens.XS)
        for section in self.form.headings:
            link = button(_SHORT.get(section, section.value), partial(self._jump, section), "link")
            link.setAccessibleName(_("Go to {section}").format(section=section.value))
            row.addWidget(link)
        return bar

    def _jump(self, section: Section) -> None:
        self.form.focus(next(name for name, field in self.form.fields.items() if field.item.section is section))

    def show_record(self, record: PupilRecord) -> None:
        self._pupil = record.pupil
        self.form.show_record(record.pupil)
        words = earlier_words(addresses.of_pupil(self.context.desk, record.pupil.id))
        self.before.setText(words)
        self.before.setVisible(bool(words))
        self.address_move.withdraw()

    def _offer_move(self) -> None:
        """Ask for the day of a move, beneath the form, while another address is typed where one was."""
        changed = any(self.form.fields[name].dirty for name in ADDRESS)
        self.address_move.offer(changed and self._pupil is not None and bool(self._pupil.address_lines))

    @property
    def dirty(self) -> bool:
        return self.form.dirty

    def save(self) -> bool:
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
        self.form.put_back()
        self.address_move.withdraw()

    def draft(self) -> dict[str, Any]:
        return {"typed": self.form.draft(), **({"move": move} if (move := self.address_move.draft()) else {})}

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.form.take_draft(draft["typed"])
        self._offer_move()
        self.address_move.take_draft(draft.get("move", {}))

    def focus_first(self) -> None:
        self.form.focus()

    def focus_on(self, kind: str, row_id: str, item: str) -> None:
        self.form.focus(item)
