"""Whose record one is in: the name, what tells this pupil from another, and every protection at once."""

from datetime import date

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.badge import PROTECTED_SIGN, Badge
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.words import line
from pupil_desk.ui.style import tokens


class PupilHead(QWidget):
    """Stands above what a page shows of one pupil. ``badges`` are the protections in force."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.line = line("", "title"), line("", "muted")
        self.badges: list[Badge] = []
        self._row = FlowLayout(self, tokens.M)
        self._row.addWidget(self.title)
        self._row.addWidget(self.line)

    def show_record(self, record: PupilRecord, today: date) -> None:
        """Say who it is, and who or what must be kept from whom."""
        pupil = record.pupil
        self.title.setText(pupil.full_name)
        self.line.setText(
            _("{ref}, {age} years old, born {day}").format(ref=pupil.ref, age=age_on(pupil.dob, today), day=show_date(pupil.dob))
        )
        self.line.setMinimumHeight(self.title.sizeHint().height())
        for badge in self.badges:
            self._row.removeWidget(badge)
            badge.hide()
            badge.deleteLater()
        self.badges = [_badge(protection, record) for protection in record.protections]
        for badge in self.badges:
            self._row.addWidget(badge)


def _badge(protection: Protection, record: PupilRecord) -> Badge:
    words = codelist("protection_kind").label_of(protection.kind)
    contact_name = next((contact.full_name for contact in record.contacts if contact.id == protection.contact_id), "")
    return Badge(f"{words}: {contact_name}" if contact_name else words, PROTECTED_SIGN, "bad", protection.reason)
