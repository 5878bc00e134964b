"""Who may have said it: names to pick beneath the box, and offered while one types in it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.protection import ORDER
from pupil_desk.services import sharing
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import PupilRecord
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.order import tab_after
from pupil_desk.ui.kit.words import button
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import dress


def givers_of(desk: Desk, record: PupilRecord) -> list[str]:
    """Contacts with parental responsibility and givers on file; nobody who is under an order."""
    barred_ids = {protection.contact_id for protection in record.protections if protection.kind == ORDER}
    barred = {fold(contact.full_name) for contact in record.contacts if contact.id in barred_ids}
    return [name for name in sharing.givers(desk, record.pupil.id) if fold(name) not in barred]


class GiverPicks(QWidget):
    """The names as links. ``picked`` carries one."""

    picked = Signal(str)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__()
        self._line = line
        self._row = FlowLayout(self, tokens.XS)

    def show_names(self, names: Sequence[str]) -> None:
        """Offer these; a single one stands in the box already."""
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        picks = []
        for name in names:
            pick = button(name, partial(self.picked.emit, name), "link")
            pick.setAccessibleName(_("Said by {name}").format(name=name))
            self._row.addWidget(pick)
            picks.append(pick)
        if self.window() is self._line.window():
            tab_after(self._line, picks)
        self.setVisible(len(names) > 1)
        completer = QCompleter(list(names), self._line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if (popup := completer.popup()) is not None:
            dress(popup)
        self._line.setCompleter(completer)
