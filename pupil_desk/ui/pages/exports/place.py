"""Where an export goes: the sticks that are plugged in, by label and free space, or a folder."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pupil_desk.basics.drives import drive_holding, removable_drives
from pupil_desk.basics.words import _
from pupil_desk.ui.kit.codebox import ChoiceBox
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.style import tokens

FOLDER = "exports/folder"  # where the last one went, if it was no stick


class Place(QWidget):
    """The choice of a folder. Sticks are looked for when it is shown, and again when asked."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.drives = removable_drives  # tests put others in its place
        self.box = ChoiceBox(name=_("Where to"))
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(18)
        name = label(_("Where &to"), "label")
        name.setBuddy(self.box)
        self.none = label(_("No stick is plugged in. Put one in and look again, or choose a folder."), "hint")
        again = button(_("Look a&gain"), self.look, icon_name="arrows-clockwise")
        other = button(_("Another &folder…"), self.choose, icon_name="folder-open")
        bar = QWidget()
        row = FlowLayout(bar, tokens.S)
        row.addWidget(other)
        row.addWidget(again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.XS)
        for part in (name, self.box, self.none):
            column.addWidget(part)
        column.addWidget(bar)

    def look(self) -> None:
        """Look which sticks are plugged in, and stay on the one chosen."""
        chosen = self.box.key() or str(self._context.memory.get(FOLDER) or "")
        drives = self.drives()
        self.box.clear()
        for drive in drives:
            words = _("{label}: {free} free").format(label=drive.label, free=_size(drive.free))
            self.box.addItem(words, str(drive.path))
        if chosen and self.box.findData(chosen) < 0 and Path(chosen).is_dir():
            self.box.addItem(chosen, chosen)
        self.box.setCurrentIndex(max(0, self.box.findData(chosen)) if self.box.count() else -1)
        self.box.setToolTip(self.box.currentText())
        self.none.setVisible(not drives)

    def choose(self) -> None:
        """A folder that is no stick."""
        start = self.folder
        folder = self._context.ask.folder(_("Where to make the export"), start)
        if folder is None:
            return
        if self.box.findData(str(folder)) < 0:
            self.box.addItem(str(folder), str(folder))
        self.box.set_key(str(folder))
        self.box.setToolTip(str(folder))

    @property
    def folder(self) -> Path | None:
        """The folder chosen."""
        return Path(self.box.key()) if self.box.key() else None

    @property
    def on_stick(self) -> bool:
        """Whether it lies on something to be taken out."""
        return self.folder is not None and drive_holding(self.folder, self.drives()) is not None

    def remember(self) -> None:
        """Offer the same folder next time."""
        if self.folder is not None and not self.on_stick:
            self._context.memory.put(FOLDER, str(self.folder))


def _size(free: int) -> str:
    """Bytes as people count them."""
    if free >= 1_000_000_000:
        return _("{size} GB").format(size=f"{free / 1_000_000_000:.1f}")
    return _("{size} MB").format(size=f"{free // 1_000_000:,}")
