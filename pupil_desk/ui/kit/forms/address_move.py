"""Another address: from which day it holds, and who told us."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.pupil import Move
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.talk.announce import refuse
from pupil_desk.ui.kit.words import label, name_label, passing_label, rule, show_words
from pupil_desk.ui.style import tokens


class AddressMove(QWidget):
    """A strip beneath the form, seen only while another address is typed. Left empty, the change is a correction."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.day = DateBox(today=today, name=_("The new address holds from"))
        self.informant_box = QLineEdit(maxLength=100)
        self.informant_box.setAccessibleName(_("Who told us"))
        self.wrong = passing_label("problem")
        day_words, who_words = name_label(_("The new address holds from"), self.day.line), name_label(_("Who told us"), self.informant_box)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, tokens.S, 0)
        grid.setHorizontalSpacing(tokens.XL)
        grid.setVerticalSpacing(tokens.XS)
        grid.addWidget(rule(), 0, 0, 1, 2)
        grid.addWidget(day_words, 1, 0)
        grid.addWidget(who_words, 1, 1)
        grid.addWidget(self.day, 2, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.informant_box, 2, 1, Qt.AlignmentFlag.AlignTop)
        hint = _("The register then keeps the address before. Leave it empty if you only correct a mistake.")
        grid.addWidget(label(hint, "hint"), 3, 0, 1, 2)
        grid.addWidget(self.wrong, 4, 0, 1, 2)
        self.day.edited.connect(self.wrong.hide)
        self.withdraw()

    def offer(self, visible: bool) -> None:
        """Whether another address is typed."""
        if visible or not self.isHidden():
            self.setVisible(visible)

    def withdraw(self) -> None:
        """Nothing is asked, and nothing typed stays."""
        self.day.set_text("")
        self.informant_box.clear()
        self.wrong.hide()
        self.hide()

    def readable(self) -> bool:
        """Whether what is typed is a day, or nothing; else it says so and takes the focus."""
        words = "" if self.isHidden() else self.day.problem()
        if not words:
            return True
        show_words(self.wrong, words)
        refuse(self.wrong, self.wrong.text())
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def typed_move(self) -> Move | None:
        """The move, or None for a correction."""
        day = None if self.isHidden() else self.day.day()
        return Move(day, " ".join(self.informant_box.text().split()) or None) if day else None

    def draft(self) -> dict[str, str]:
        """What is typed, for a draft; nothing if nothing is."""
        draft = {"day": self.day.text(), "who": self.informant_box.text()}
        return draft if any(draft.values()) else {}

    def take_draft(self, draft: dict[str, str]) -> None:
        """Put back what ``draft`` gave."""
        self.day.set_text(draft.get("day", ""))
        self.informant_box.setText(draft.get("who", ""))
