"""Confirming that an export reached its receiver: the day, how, and who took it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.services.exports import delivery
from pupil_desk.services.exports.listing import PastExport
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.talk.announce import refuse
from pupil_desk.ui.kit.words import STRETCH, button, column_in, fill, label, name_label, passing_label, row_layout
from pupil_desk.ui.style import tokens


class DeliveryPanel(QWidget):
    """The form. ``closed`` comes when it is recorded, and on Cancel and Esc."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._past: PastExport | None = None
        self.title = label("", "subhead")
        ways = [(code.code, code.label) for code in codelist("delivery_way").choices(context.desk.today)]
        self.day = DateBox(today=context.desk.today, name=_("Day"))
        self.way_box = ChoiceBox([("", _("Choose how")), *ways], name=_("How it was delivered"))
        self.to_whom, self.note = QLineEdit(), QLineEdit()
        self.problem = passing_label("problem")
        self.record_button = button(_("&Record it"), self.record, "primary")
        self.cancel_button = button(_("Cancel (Esc)"), self.closed.emit)
        column = column_in(self, tokens.XS, self.title)
        labelled_fields: tuple[tuple[str, QWidget], ...] = (
            (_("&Day"), self.day),
            (_("Ho&w it was delivered"), self.way_box),
            (_("Who &took it, by name or office"), self.to_whom),
            (_("&Note (optional)"), self.note),
        )
        for words, field in labelled_fields:
            fill(column, name_label(words, field.line if isinstance(field, DateBox) else field), field)
        self.to_whom.setAccessibleName(_("Who took it, by name or office"))
        self.note.setAccessibleName(_("Note, optional"))
        column.addWidget(self.problem)
        fill(column, row_layout(self.record_button, self.cancel_button, STRETCH), STRETCH)

    def show_export(self, past: PastExport) -> None:
        """Ask about an export; what was typed of another is gone."""
        self._past = past
        self.title.setText(_("{title}: delivered").format(title=past.title))
        self.day.set_day(self._context.desk.today)
        self.way_box.setCurrentIndex(0)
        self.to_whom.clear()
        self.note.clear()
        self._tell(())
        self.way_box.setFocus(Qt.FocusReason.OtherFocusReason)

    def record(self) -> None:
        """Keep what is typed; what is wrong with it is said beneath."""
        past, day = self._past, self.day.day()
        if past is None:
            return
        if day is None:
            self._tell((Problem("on", "missing", _("Enter the day it was delivered.")),))
            return
        changed = self._context.attempt(
            lambda: delivery.record_delivery(
                self._context.desk, past.export_id, day=day, way=self.way_box.key(), to_whom=self.to_whom.text(), note=self.note.text()
            ),
            on_refusal=self._tell,
        )
        if changed is not None:
            self.closed.emit()
            self._context.news.tell(changed)
            self._context.banner.success(_("It is recorded that the export was delivered."))

    def _tell(self, problems: Sequence[Problem]) -> None:
        self.problem.setText("\n".join(problem.message for problem in problems))
        self.problem.setVisible(bool(problems))
        if problems:
            fields = {"on": self.day.line, "how": self.way_box, "to_whom": self.to_whom, "note": self.note}
            fields[problems[0].column].setFocus(Qt.FocusReason.OtherFocusReason)
            refuse(self, self.problem.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
