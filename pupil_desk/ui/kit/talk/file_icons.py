"""What a dialog for files shows beside each: one icon for folders and one for files.

Qt's own looks into every file of a folder for its kind, in the window's thread: in a folder of 500 that is 60 ms of work in one turn.
"""

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QApplication, QStyle

from pupil_desk.basics.words import _


class FileIcons(QAbstractFileIconProvider):
    """A dialog does not own them: whoever gives it these keeps them as long as it lives."""

    def __init__(self) -> None:
        super().__init__()
        style = QApplication.style()
        self._file, self._folder = (
            style.standardIcon(pixmap) for pixmap in (QStyle.StandardPixmap.SP_FileIcon, QStyle.StandardPixmap.SP_DirIcon)
        )

    def icon(self, file: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        if isinstance(file, QFileInfo):
            return self._folder if file.isDir() else self._file
        return self._file if file is QAbstractFileIconProvider.IconType.File else self._folder  # else a folder, a drive, this computer

    def type(self, file: QFileInfo) -> str:
        """What the dialog's column of kinds says, by the name alone."""
        if file.isDir():
            return _("Folder")
        return _("{kind} file").format(kind=suffix.upper()) if (suffix := file.suffix()) else _("File")
