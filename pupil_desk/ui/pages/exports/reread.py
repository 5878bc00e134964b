"""What is shown once the files kept of an export were written again: where they lie, and the password, once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.exports.kept.rereading import Reread
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.layout import column_in
from pupil_desk.ui.kit.talk.passphrase import Passphrase
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.style import tokens


class RereadView(QWidget):
    """``closed`` comes on Done and Esc."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = label("")
        explain = _("It is another than the one of then, and is not kept. Whoever needs it again writes the files again.")
        self.password = Passphrase(_("Password of these files"), explain)
        self.done_button = button(_("D&one"), self.closed.emit, "primary")
        act_bar = QWidget()
        FlowLayout(act_bar, tokens.S).addWidget(self.done_button)
        column = column_in(self, tokens.M, top=tokens.M)
        note = label(_("They are what went out then, whatever the records say today. That they were read is logged."), "muted")
        for part in (label(_("The files kept are written"), "subhead"), self.lines, self.password, note, act_bar):
            column.addWidget(part)
        column.addStretch(1)

    def show_written(self, reread_files: Reread) -> None:
        """Where they lie, with the password if there is one."""
        files = [_("File: {name}").format(name=path.name) for path in reread_files.paths]
        self.lines.setText("\n".join([*files, _("Folder: {folder}").format(folder=reread_files.paths[0].parent)]))
        self.password.show_each(reread_files.secrets)
        (self.password.copy if reread_files.secrets else self.done_button).setFocus()

    def forget(self) -> None:
        """Take the password off the screen."""
        self.password.forget()
        self.lines.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
