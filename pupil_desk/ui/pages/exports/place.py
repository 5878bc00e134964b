"""Where an export goes: the sticks that are plugged in, as they come and go, or a folder."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QSizePolicy, QWidget

from pupil_desk.basics.pc.drives import Drive, drive_holding, ours_in, removable_drives, unfit
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.scroll import bring_into_view
from pupil_desk.ui.kit.steady import keep_room, one_place
from pupil_desk.ui.kit.talk.announce import refuse
from pupil_desk.ui.kit.watch.sticks import StickWatch
from pupil_desk.ui.kit.words import button, column_in, flow_of, label, name_label, passing_label, show_words
from pupil_desk.ui.style import tokens

FOLDER = "exports/folder"  # where the last one went, if it was no stick


class ExportPlace(QWidget):
    """The choice of a folder. While it is in view a stick that is plugged in or pulled is seen by itself."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.drives = removable_drives  # tests put others in its place
        self.watch = StickWatch(self, self.look)
        self._plugged_in: list[Drive] = []
        self._size = 0
        self.box = ChoiceBox(name=_("Where to"))
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(14)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name = name_label(_("Where t&o"), self.box)
        self.none = label(_("No stick is plugged in. Put one in, or choose a folder."), "hint")
        self.on_it, self.problem = passing_label("hint"), passing_label("problem")
        self.folder_button = button(_("Another &folder…"), self.choose, icon_name="folder-open")
        place = one_place(self.problem, self.on_it, self.none)  # what is wrong with it is said in place of what lies there
        column_in(self, tokens.XS, name, flow_of(self.box, self.folder_button), place)
        self.box.currentIndexChanged.connect(lambda _place: self._tell())

    def look(self) -> None:
        """Look which sticks are plugged in, and stay on the one chosen. A stick that has just come is chosen where nothing was."""
        chosen_path = self.box.key() or str(self._context.memory.get(FOLDER) or "")
        self.watch.mark_seen()
        before, self._plugged_in = {drive.path for drive in self._plugged_in}, self.drives()
        with QSignalBlocker(self.box):
            self.box.clear()
            for drive in self._plugged_in:
                self._add(drive)
            if chosen_path and self.box.findData(chosen_path) < 0 and Path(chosen_path).is_dir():
                self.box.addItem(chosen_path, chosen_path)
            came = [str(drive.path) for drive in self._plugged_in if drive.path not in before and not drive.read_only]
            self.box.setCurrentIndex(self._first(chosen_path, came))
        keep_room(self.none, kept=not self._plugged_in)
        self._tell()

    def _add(self, drive: Drive) -> None:
        if not drive.read_only:
            self.box.addItem(_("{label}: {free} free").format(label=drive.label, free=_size(drive.free)), str(drive.path))
            return
        self.box.addItem(_("{label}: write-protected").format(label=drive.label), str(drive.path))
        model = self.box.model()
        assert isinstance(model, QStandardItemModel)
        model.item(self.box.count() - 1).setEnabled(False)

    def _first(self, chosen_path: str, came: list[str]) -> int:
        """The place of what was chosen, of a stick that has come, or of the first that can be written to."""
        ready = [str(drive.path) for drive in self._plugged_in if not drive.read_only]
        for path in (chosen_path, *came, *ready):
            place = self.box.findData(path) if path else -1
            if place >= 0 and path not in {str(drive.path) for drive in self._plugged_in if drive.read_only}:
                return place
        return -1

    def expect(self, size: int) -> None:
        """About how many bytes are to be written: too little room is said before."""
        self._size = size
        self._tell()

    def _tell(self) -> None:
        self.box.setToolTip(self.box.currentText())
        folder = self.folder
        drive = (
            drive_holding(folder, self._plugged_in) if folder is not None else next(iter(self._plugged_in), None)
        )  # none can be chosen: why the first cannot
        problem = unfit(drive, self._size) if drive is not None else None
        show_words(self.problem, problem or "")
        words = on_it_words(folder) if folder is not None and not problem else ""
        show_words(self.on_it, words)
        self.none.setVisible(not self._plugged_in and not problem and not words)

    def ask_for_one(self) -> None:
        """Nothing is chosen: say so here, and put the cursor where one can be."""
        self.problem.setText(_("Choose where to make the export: a stick, or another folder."))
        self.problem.show()
        self.none.hide()
        first = self.box if self.box.count() else self.folder_button
        first.setFocus()
        bring_into_view(first)
        refuse(self, self.problem.text())

    def choose(self) -> None:
        """A folder that is no stick."""
        folder = self._context.ask.folder(_("Where to make the export"), self.folder)
        if folder is None:
            return
        if self.box.findData(str(folder)) < 0:
            self.box.addItem(str(folder), str(folder))
        self.box.set_key(str(folder))
        self._tell()

    @property
    def folder(self) -> Path | None:
        return Path(self.box.key()) if self.box.key() else None

    @property
    def on_stick(self) -> bool:
        """Whether it lies on something to be taken out."""
        return self.folder is not None and drive_holding(self.folder, self._plugged_in) is not None

    def remember(self) -> None:
        """Offer the same folder next time."""
        if self.folder is not None and not self.on_stick:
            self._context.memory.keep(FOLDER, str(self.folder))


def on_it_words(folder: Path) -> str:
    """«There already: 2 exports of ours and 1 backup.»; empty where nothing of ours lies there."""
    our_files = ours_in(folder)
    parts = [
        count_of(len(names), singular, many)
        for names, singular, many in (
            (our_files.receipts, _("export of ours"), _("exports of ours")),
            (our_files.backups, _("backup"), _("backups")),
            (our_files.parts, _("file cut short"), _("files cut short")),
        )
        if names
    ]
    return _("There already: {what}.").format(what=join_words(parts)) if parts else ""


def _size(free: int) -> str:
    """Bytes as people count them."""
    if free >= 1_000_000_000:
        return _("{size} GB").format(size=f"{free / 1_000_000_000:.1f}")
    return _("{size} MB").format(size=f"{free // 1_000_000:,}")
