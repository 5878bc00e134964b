"""The form of the settings, of which one group stands in the window at a time."""

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from pupil_desk.domain.catalogue.items import Section
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.ui.kit.forms.field import Field
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.watch.making import pause

_AT_ONCE = 8  # fields that come into the window before it has its next turn


class GroupedForm(Form[UnitSettings]):
    """All fields hold their values, but those of other groups are kept out of the window: Qt dresses at once all that comes into it, or moves in it."""

    _outside: QWidget | None = None

    def show_none(self) -> None:
        """Take all fields out."""
        for heading in self.headings.values():
            heading.hide()  # the tab names the group
        self._stand([])

    def show_group(self, section: Section) -> None:
        """Show the fields of one section, a few at a time."""
        fields = [field for field in self.fields.values() if field.item.section is section]
        for last in range(_AT_ONCE, len(fields) + _AT_ONCE, _AT_ONCE):
            self._stand(fields[:last])
            pause()

    def _stand(self, inside: Collection[Field]) -> None:
        """Have these fields stand in the form, and no others."""
        if self._outside is None:
            self._outside = QWidget()
            self.destroyed.connect(self._outside.deleteLater)  # it stands in no page that would end it
        self._aside = frozenset(field for field in self.fields.values() if field not in inside)
        for field in self._aside:
            if field.parent() is not self._outside:
                field.setParent(self._outside)
        self._lay_out(self._columns, anew=True)
        for field in inside:
            field.show()  # now: Qt would only once the event loop comes round, and one of them is to have the focus
