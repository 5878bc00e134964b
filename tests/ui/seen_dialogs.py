"""The program's own questions, each looked at as it stands on the screen instead of waited for."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog

from pupil_desk.ui.kit.talk.ask import Kinds
from pupil_desk.ui.kit.talk.dialogs import Dialogs


class SeenDialogs(Dialogs):
    """``look`` is given the title and the dialog. Each gets the next of the prepared ``answers``, yes or a path, and without one its safe answer."""

    def __init__(self, look: Callable[[str, QDialog], object]) -> None:
        super().__init__()
        self._look = look
        self.answers: list[bool | Path] = []

    def _run(self, dialog: QDialog) -> bool:
        dialog.fit()  # type: ignore[attr-defined] # a question's
        dialog.show()
        self._look(dialog.windowTitle(), dialog)
        if self.answers:
            dialog.answer = "yes" if self.answers.pop(0) else "cancel"  # type: ignore[attr-defined]
        dialog.done(QDialog.DialogCode.Rejected)
        dialog.deleteLater()
        return False

    def _path(self) -> Path | None:
        return next((self.answers.pop(0) for answer in self.answers[:1] if isinstance(answer, Path)), None)  # type: ignore[misc]

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        return self._path()

    def open_file(self, title: str, kinds: Kinds, start: Path | None = None) -> Path | None:
        return self._path()

    def save_file(self, title: str, name: str, kinds: Kinds, start: Path | None = None) -> Path | None:
        return self._path()
