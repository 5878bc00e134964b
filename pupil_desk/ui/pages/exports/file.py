"""In what form the file is, and how it is locked: what is proposed follows the receiver, and each choice says what it means."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.exports.export import Export, Format, Lock
from pupil_desk.services.exports.locking import allowed_locks
from pupil_desk.services.exports.offers import proposed_format
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.units import is_training
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.radio_group import RadioGroup
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.words import column_in, column_of, label, name_label, passing_label, show_words
from pupil_desk.ui.style import tokens

_FORMATS = {
    Format.XLSX: _("Excel workbook (XLSX)"),
    Format.CSV: _("Table as text (CSV)"),
    Format.XML: _("For a system to take in (XML)"),
    Format.PDF: _("Paper (PDF)"),
}
_LOCKS = {
    Lock.XLSX: _("Excel asks for the password"),
    Lock.PDF: _("The reader of PDF asks for the password"),
    Lock.ZIP: _("In a ZIP, encrypted with AES-256"),
}
_OPENS = {
    Lock.XLSX: _("Excel and LibreOffice open it by themselves. Another program is not needed."),
    Lock.PDF: _("Any reader of PDF opens it. Another program is not needed."),
    Lock.ZIP: _("Windows by itself does not open such a ZIP: the receiver needs 7-Zip or the like. The opening sheet says how."),
}
_UNLOCKED_FIRST = _("{opens} Its receiver’s upload takes only a plain file: unlock it before it is uploaded.")
_PLAIN_FOR_UPLOAD = _(
    "Proposed, since its receiver’s upload takes only a plain file. Keep the stick with you, and delete the file once it is uploaded."
)
_PLAIN = _(
    "Advised against. Choose it only if the receiver can open nothing else, and hand it over yourself. The log says that it was plain."
)


class FileChoice(QWidget):
    """The format, the lock, and whether the files are kept here too; ``changed`` comes with another format, ``summary_changed`` carries in short how the file will be."""

    changed = Signal()
    summary_changed = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        desk = context.desk
        self._export: Export | None = None
        self.training = is_training(desk)
        self.may_plain = self.training or desk.may(Action.EXPORT_PLAIN)
        self.format_box = ChoiceBox(name=_("Format"))
        self.lock_box = ChoiceBox(name=_("How it is locked"))
        self.locked = QRadioButton(_("&Locked with a password"))
        self.plain = QRadioButton(_("&Plain: anyone who finds it can read it"))
        self.advice = passing_label("hint", *map(_with_upload, _OPENS.values()), _PLAIN_FOR_UPLOAD, _PLAIN)
        self.keep = TickBox(_("&Keep a copy of the file in the unit’s file too"))
        self.until = DateBox(today=desk.today, name=_("Until which day the copy is kept"))
        self._group = RadioGroup(self)
        for choice in (self.locked, self.plain):
            self._group.add(choice, choice.text())
        self._lay_out()
        self.plain.setEnabled(self.may_plain)
        if not self.may_plain:
            self.plain.setToolTip(only(Action.EXPORT_PLAIN))
        self.keep.setVisible(desk.may(Action.KEEP_CONTENT))
        self.format_box.currentIndexChanged.connect(lambda _place: self._on_format_changed())
        self.lock_box.currentIndexChanged.connect(lambda _place: self._say())
        self.plain.toggled.connect(lambda _checked: self._say())
        self.keep.toggled.connect(self._keeping)

    def _lay_out(self) -> None:
        name, until = (
            name_label(_("Fo&rmat"), self.format_box),
            label(_("Until which day? It is deleted from here then, when you say so."), "hint"),
        )
        self._until = column_of(until, self.until, spacing=tokens.XS, left=tokens.XL)
        self._until.hide()
        column_in(
            self, tokens.XS, name, self.format_box, tokens.S, self.locked, self.lock_box, self.plain, self.advice, self.keep, self._until
        )

    def begin(self, export: Export) -> None:
        """What is proposed for an export."""
        self._export = export
        self.format_box.offer([(form.value, _FORMATS[form]) for form in export.layouts], proposed_format(export).value)
        self.format_box.setEnabled(len(export.layouts) > 1)
        (self.plain if export.upload and self.may_plain else self.locked).setChecked(True)
        self.keep.setChecked(False)
        self.until.set_day(None)
        self._formatted()

    @property
    def format(self) -> Format:
        return Format(self.format_box.key())

    @property
    def is_plain(self) -> bool:
        """Whether it is to have no lock."""
        return self.plain.isChecked()

    @property
    def lock(self) -> Lock | None:
        """The lock chosen; None for the one that is proposed, whatever the number of files, and for a plain file."""
        return Lock.ZIP if not self.is_plain and self.lock_box.currentIndex() > 0 else None

    @property
    def keep_until(self) -> date | None:
        """Until which day the files are kept here too; None for not, or while the day cannot be read."""
        return self.until.day() if self.keep.isChecked() else None

    def _formatted(self) -> None:
        locks = allowed_locks(self.format, 1)
        self.lock_box.offer([(lock.value, _LOCKS[lock]) for lock in locks])
        self._say()

    def _on_format_changed(self) -> None:
        self._formatted()
        self.changed.emit()

    def _say(self) -> None:
        self.lock_box.setEnabled(self.lock_box.count() > 1 and not self.is_plain)
        words = self._advice()
        show_words(self.advice, words)
        self.plain.setAccessibleDescription(words if self.is_plain else "")
        locking = _("plain") if self.is_plain else _("locked")
        self.summary_changed.emit(_("{format}, {how}").format(format=_FORMATS[self.format], how=locking))

    def _advice(self) -> str:
        upload = self._export is not None and self._export.upload
        if not self.is_plain:
            opens = _OPENS[Lock(self.lock_box.key())]
            return _with_upload(opens) if upload else opens
        if self.training:
            return _("In the training unit every pupil is invented, so nothing more is asked.")
        return _PLAIN_FOR_UPLOAD if upload else _PLAIN

    def _keeping(self, is_kept: bool) -> None:
        self._until.setVisible(is_kept)
        if is_kept:
            self.until.setFocus()


def _with_upload(opens: str) -> str:
    return _UNLOCKED_FIRST.format(opens=opens)
