"""The photograph of a pupil, which stands beside the name, and the lines of the card that take one in, put another in its place, or take it away."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.attachments import photographs
from pupil_desk.services.attachments.photographs import PhotographHeld
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.linkline import LinkLine, LinkTone
from pupil_desk.ui.kit.talk.dialogs import once_answered
from pupil_desk.ui.kit.talk.message import Act
from pupil_desk.ui.kit.words import column_in
from pupil_desk.ui.style.look import sized

_KINDS = ((_("Pictures"), "*.jpg *.jpeg *.png"),)
_TALL = 72  # at 100 %


class PhotographBlock(QWidget):
    """``record_saved`` carries what a service changed. ``picture`` is for the head of the record, where it takes no room from the facts."""

    record_saved = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._record: PupilRecord | None = None
        self._held: PhotographHeld | None = None
        self.picture = QLabel(self)
        self.picture.hide()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add_line = LinkLine("", self.add, quiet=True)
        self.remove_line = LinkLine(_("Remove…"), self.remove, quiet=True)
        self.remove_line.setAccessibleName(_("Remove the photograph…"))
        column_in(self, 0, self.add_line, self.remove_line)

    def show_record(self, record: PupilRecord, photograph: PhotographHeld) -> None:
        """The picture, or the way to add one; nothing while nobody has said yes to one."""
        desk = self.context.desk
        self._record, self._held = record, photograph
        pixels = QPixmap()
        if (data := photographs.picture(desk, photograph)) is not None:
            pixels.loadFromData(data, "JPEG")
        self.picture.setVisible(not pixels.isNull())
        if not pixels.isNull():
            ratio = self.devicePixelRatioF()
            size = QSize(sized(_TALL), sized(_TALL)) * ratio
            pixels = pixels.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            pixels.setDevicePixelRatio(ratio)
        self.picture.setPixmap(pixels)
        self.picture.setAccessibleName(_("Photograph of {name}").format(name=record.pupil.full_name))
        self.setVisible(photograph.paper is not None or photograph.verdict.in_force)  # else the consents missing say it
        self.add_line.say(*_add_words(photograph))
        if photograph.paper is not None and not photograph.has_ended:
            self.add_line.setAccessibleName(_("Replace the photograph…"))
        self.remove_line.setVisible(photograph.paper is not None)
        for line in (self.add_line, self.remove_line):
            line.setEnabled(desk.may(Action.EDIT_RECORD) and not desk.vault.read_only and not photograph.is_kept)

    def add(self) -> None:
        """Choose a picture and keep it small; where the yes has ended, take it off."""
        if self._record is None or self._held is None:
            return
        if self._held.has_ended:
            self.remove()
            return
        path = self.context.ask.open_file(_("Which photograph?"), _KINDS)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Look into a file, away from the screen, and keep what is drawn of it."""
        if self._record is None:
            return
        pupil_id = self._record.pupil.id
        self.context.jobs.run(
            self,
            lambda _job: photographs.look_at(path),
            lambda data: once_answered(self, lambda: self._keep(pupil_id, data)),
            title=_("Looking into the file"),
        )

    def _keep(self, pupil_id: str, data: bytes) -> None:
        """Keep it, after asking where another goes for it, and offer to undo that."""
        if not self._is_of(pupil_id) or self._held is None:
            return  # the person has gone on to somebody else meanwhile
        desk = self.context.desk
        before = photographs.picture(desk, self._held)
        if self._held.paper is not None and not (self._may_replace() and self._is_of(pupil_id)):
            return
        changed = self.context.attempt(lambda: photographs.keep(desk, pupil_id, data))
        take_back = partial(photographs.remove, desk, pupil_id) if before is None else partial(photographs.keep, desk, pupil_id, before)
        undone = _("Undone: the photograph of before is on the record.") if before is not None else _("The photograph is off the record.")
        self._tell(
            changed, _("The photograph is on the record."), undo=(_("&Undo"), lambda: self._tell(self.context.attempt(take_back), undone))
        )

    def _may_replace(self) -> bool:
        assert self._record is not None
        text = _("The new photograph takes the place of the one of {name} that is there now.").format(name=self._record.pupil.full_name)
        return self.context.ask.confirm(_("Replace the photograph?"), text, _("Replace"), stay=_("Keep the old one"))

    def _is_of(self, pupil_id: str) -> bool:
        return self._record is not None and self._record.pupil.id == pupil_id

    def remove(self) -> None:
        """Take it off for good, after asking."""
        if self._record is None:
            return
        pupil = self._record.pupil
        text = _("The photograph of {name} goes for good. That there was one, and who took it away, stays on file.").format(
            name=pupil.full_name
        )
        if self.context.ask.confirm(_("Remove the photograph?"), text, _("Remove"), danger=True, stay=_("Keep it")):
            self._tell(
                self.context.attempt(lambda: photographs.remove(self.context.desk, pupil.id)), _("The photograph is off the record.")
            )

    def _tell(self, changed: Changed | None, words: str, *, undo: Act | None = None) -> None:
        if changed is not None:
            self.record_saved.emit(changed)
            self.context.banner.success(words, undo=undo)


def _add_words(photograph: PhotographHeld) -> tuple[str, LinkTone]:
    if photograph.must_go:
        return _("The consent to the photograph has ended: take it off"), "bad"
    if photograph.has_ended:
        return _("The consent to the photograph has ended: it is shown no more, and a hold keeps it on file"), "accent"
    return (_("Replace…") if photograph.paper else _("Add a photograph…")), "accent"
