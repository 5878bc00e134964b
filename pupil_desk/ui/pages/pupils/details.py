"""The pupil's own items: one form from the catalogue, with links to its sections."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.facts import Section
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.validation import check_pupil
from pupil_desk.services import pupils
from pupil_desk.services.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.form import Form
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import button
from pupil_desk.ui.pages.pupils.part import Part
from pupil_desk.ui.style import tokens

_SHORT = {
    Section.ADDRESS: _("Address"),
    Section.STAY: _("School"),
    Section.NEEDS: _("Special needs"),
    Section.WELFARE: _("Health"),
}  # so that the links stand in one line


class DetailsPart(Part):
    """Everything that the record says of the pupil."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave)
        desk = context.desk
        self.form = Form(Pupil, today=desk.today, check=check_pupil, readonly=not desk.may(Action.EDIT_RECORD))
        self.form.edited.connect(self.edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.S, 0, 0)
        column.setSpacing(tokens.S)
        column.addWidget(self._links())
        column.addWidget(scrolled(self.form), 1)

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
        self.form.show_record(record.pupil)

    @property
    def dirty(self) -> bool:
        return self.form.dirty

    def save(self) -> bool:
        pupil = self.form.submit()
        if pupil is None:
            return False
        warnings = tuple(problem for problem in self.form.problems() if not problem.stops)
        if not self.keep(self.form, lambda: pupils.save_pupil(self.context.desk, pupil)):
            return False
        self.form.show_problems(warnings)
        return True

    def put_back(self) -> None:
        self.form.put_back()

    def typed(self) -> dict[str, Any]:
        return {"typed": self.form.typed()}

    def take_typed(self, typed: dict[str, Any]) -> None:
        self.form.take_typed(typed["typed"])

    def focus_first(self) -> None:
        self.form.focus()
