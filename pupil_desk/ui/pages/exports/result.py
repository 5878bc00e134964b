"""What an export left: files, rows, who was left out, the password shown once, the papers that go with it, the receipt's text.

What is shown once the files kept of an export were written again: where they lie, and the password, once.
"""

from collections import Counter
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.papers.receipt import LABEL, unwrapped
from pupil_desk.services.exports.kept.rereading import Reread
from pupil_desk.services.exports.made import NO_FILE, ExportMade
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.next_act import NextAct
from pupil_desk.ui.kit.talk.passphrase import Passphrase, ShownSecret, shown_secrets
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, flow_of, growing, label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.fonts import fixed_font
from pupil_desk.ui.style.look import percent

_SMALLER = 0.88  # a receipt's lines are long, and stay whole where there is room


class ReceiptText(QTextEdit):
    """A receipt, to read and to copy from. A line that is too long for the pane goes on beneath its own words: what is cut off nobody reads."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(fixed_font(round(percent() * _SMALLER)))
        self.setAccessibleName(_("The receipt"))
        self.setMinimumHeight(tokens.HUGE * 3)

    def setPlainText(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setPlainText(unwrapped(text))
        hanging, width = QTextBlockFormat(), QFontMetricsF(self.font()).horizontalAdvance(" " * LABEL)
        hanging.setLeftMargin(width)
        hanging.setTextIndent(-width)
        whole = QTextCursor(self.document())
        whole.select(QTextCursor.SelectionType.Document)
        whole.mergeBlockFormat(hanging)


_NAME, _NAME_AGAIN = _("Password of the file"), _("Password of these files")


def _where_made(export_made: ExportMade) -> str:
    files = [_("File: {name}, {size} bytes").format(name=file.name, size=f"{file.bytes:,}") for file in export_made.files]
    lines = [
        *(files or [NO_FILE]),
        _("Receipt: {name}").format(name=export_made.receipt_path.name),
        _("Folder: {folder}").format(folder=export_made.receipt_path.parent),
        _("In it: {rows}. Left out: {left}.").format(rows=export_made.counts.in_short, left=len(export_made.left_out)),
    ]
    return "\n".join(lines)


def _where_written(reread_files: Reread) -> str:
    files = [_("File: {name}").format(name=path.name) for path in reread_files.paths]
    return "\n".join([*files, _("Folder: {folder}").format(folder=reread_files.paths[0].parent)])


def _own_secrets(export_made: ExportMade) -> tuple[str, list[tuple[str, str]]]:
    """What one password alone is called, and each under the name of its receiver, who is told it; of its file where that has none."""
    names, several = export_made.receivers, Counter(export_made.receivers.values())
    own = [(names[name] if several[names.get(name, "")] == 1 else name, words) for name, words in export_made.secrets]
    receiver = next((names[name] for name, _words in export_made.secrets if name in names), "")
    return (_("Password of the file for {receiver}").format(receiver=receiver) if receiver else _NAME), own


def secrets_of(outcome: ExportMade | Reread) -> list[ShownSecret]:
    """The passwords of what was made or written again, as they are shown here."""
    if isinstance(outcome, Reread):
        return shown_secrets(_NAME_AGAIN, outcome.secrets, _where_written(outcome))
    name, own = _own_secrets(outcome)
    return shown_secrets(name, own, _where_made(outcome))


def _passwords_words(export_made: ExportMade) -> str:
    """Of several files, that each has a password of its own; and how many go under one that their receiver has already. Empty for one file with a new password."""
    of_each = _("Each file has a password of its own: tell each receiver theirs alone.") if len(export_made.secrets) > 1 else ""
    number = len(export_made.agreed)
    agreed = (
        _("Under the password that its receiver has already: {files}.").format(files=count_of(number, _("file"), _("files")))
        if number
        else ""
    )
    return " ".join(filter(None, (of_each, agreed)))


def _contacts_words(export_made: ExportMade) -> str:
    """A line for each who has a file and of whom it is entered whom to ask there: to tell a password to, and to send the file."""
    receivers = dict.fromkeys(export_made.receivers[file.name] for file in export_made.files if file.name in export_made.receivers)
    lines = [
        _("{receiver}: {contact}").format(receiver=receiver, contact=export_made.contacts[receiver])
        for receiver in receivers
        if receiver in export_made.contacts
    ]
    return "\n".join([_("Whom to ask there:"), *lines]) if lines else ""


class ExportResult(QWidget):
    """``closed`` comes when the person goes back to the exports, ``receipt_wanted`` and ``sheet_wanted`` carry the export's id for its papers,
    ``delivery_wanted`` to record that it arrived.
    """

    closed = Signal()
    receipt_wanted = Signal(str)
    sheet_wanted = Signal(str)
    delivery_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._export_id = ""
        self.title = label(_("The export is made and was read back whole"), "subhead")
        self.lines = label("")
        self.stick = label(_("Now take the stick out safely: close its windows, and ask the system to eject it."), "check")
        self.next_act = NextAct()
        explain = _(
            "Tell it to the receiver by another way than the file, such as by telephone. Once you have noted it, it is not shown again."
        )
        self.password = Passphrase(_NAME, explain)
        self.passwords_note, self.contacts = label(""), label("")
        self.receipt = ReceiptText()
        self.sheet_button = button(_("&Opening sheet…"), lambda: self.sheet_wanted.emit(self._export_id), icon_name="printer")
        self.receipt_button = button(_("&Receipt to sign…"), lambda: self.receipt_wanted.emit(self._export_id), icon_name="printer")
        self.close_button = button(_("&Done"), self.closed.emit, "primary")
        self._lay_out(context)

    def _lay_out(self, context: Context) -> None:
        left = column_of(
            self.title, self.passwords_note, self.contacts, self.password, self.lines, self.stick, self.next_act, STRETCH, spacing=tokens.M
        )
        acts = flow_of(self.close_button, self.sheet_button, self.receipt_button)
        beneath = column_of(
            growing(scrolled(left)), acts, spacing=tokens.S
        )  # of many passwords one scrolls; what is done with them stays in sight
        right = column_of(label(_("Receipt"), "label"), growing(self.receipt))
        column_in(self, None, Panes(beneath, right, shares=(2, 3), memory=context.memory, key="export-made"), top=tokens.M)

    def show_made(self, export_made: ExportMade, *, on_stick: bool) -> None:
        """Show it, with the password if there is one."""
        self._export_id = export_made.export_id
        self.title.setText(_("The export is made and was read back whole") if export_made.files else _("No file was made"))
        self.lines.setText(_where_made(export_made))
        self.stick.setVisible(on_stick)
        record = (_("Record that it arrived…"), partial(self.delivery_wanted.emit, export_made.export_id))
        words = (
            _("When the receiver has it, record that it arrived, and that the copy on the stick is deleted.")
            if on_stick
            else _("When the receiver has it, record that it arrived, and that the copy in the folder is deleted.")
        )
        self.next_act.offer(words if export_made.files else "", (record,))
        self.receipt.setPlainText(export_made.receipt_text)
        self.sheet_button.setVisible(bool(export_made.secrets or export_made.agreed))
        for line, words in ((self.passwords_note, _passwords_words(export_made)), (self.contacts, _contacts_words(export_made))):
            line.setText(words)
            line.setVisible(bool(words))
        name, own = _own_secrets(export_made)
        self.password.show_each(own, self.lines.text(), name=name)
        self.focus_first()
        announce(self, self.title.text())

    def focus_first(self) -> None:
        """What is to be noted; else what puts it away."""
        (self.password.copy if self.password.showing else self.close_button).setFocus()

    @property
    def shown_of(self) -> str:
        """The id of the export shown; empty for none."""
        return self._export_id

    def forget(self) -> None:
        """Take the password off the screen."""
        self.password.forget()
        self.receipt.clear()
        self._export_id = ""


class RereadView(QWidget):
    """``closed`` comes on Done and Esc."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = label("")
        explain = _(
            "It is another than the one of then. Once you have noted it, it is not shown again. Whoever needs it again writes the files again."
        )
        self.password = Passphrase(_NAME_AGAIN, explain)
        self.done_button = button(_("D&one"), self.closed.emit, "primary")
        note = label(_("They are what went out then, whatever the records say today. That they were read is logged."), "muted")
        column_in(
            self,
            tokens.M,
            label(_("The files kept are written"), "subhead"),
            self.lines,
            self.password,
            note,
            flow_of(self.done_button),
            STRETCH,
            top=tokens.M,
        )

    def show_written(self, reread_files: Reread) -> None:
        """Where they lie, with the password if there is one."""
        self.lines.setText(_where_written(reread_files))
        self.password.show_each(reread_files.secrets, self.lines.text())
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
