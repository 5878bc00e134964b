"""Step 1: the file, by button or dropped here, and what kind it is."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.imports import IMPORTS
from pupil_desk.services.imports.run import AUTO
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.words import button, flow_in, name_label, row_in, set_look
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon

FOLDER = "import/folder"
KINDS = (
    (_("Tables and transfer files: CSV, Excel, CTF"), "*.csv *.xlsx *.txt *.tsv *.xml"),
    (_("Common Transfer Files"), "*.xml"),
    (_("All files"), "*"),
)
_FEWEST = 18  # characters of a kind that are in view where there is no room for all


class SourceBox(QWidget):
    """``chosen`` carries the path of a file; ``kind_changed`` comes when another kind is picked for the same file."""

    chosen = Signal(object)
    kind_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.choose_button = button(_("&Choose a file…"), self.choose, "primary", icon_name="folder-open")
        settings = context.desk.settings
        kinds = [(AUTO, _("Work it out from the headings")), *((kind.name, kind.label) for kind in IMPORTS if settings.uses(kind.switch))]
        self.kind = ChoiceBox(kinds, name=_("What the file holds"))
        self.kind.setMinimumContentsLength(_FEWEST)
        kind_name = name_label(_("&What it holds"), self.kind, wraps=False)
        flow_in(self, self.choose_button, label_beside(kind_name, self.kind), spacing=tokens.M)
        self.kind.activated.connect(lambda _place: self.kind_changed.emit())

    def lead(self, leads: bool) -> None:
        """Whether choosing the file is what to do next on the page."""
        set_look(self.choose_button, "primary" if leads else "")
        self.choose_button.setIcon(icon("folder-open", QPalette.ColorRole.Base if leads else QPalette.ColorRole.ButtonText))

    def choose(self) -> None:
        """Ask for the file; the folder is remembered."""
        start = self._context.memory.get(FOLDER)
        title = _("Choose a file to import")
        path = self._context.ask.open_file(title, KINDS, Path(start) if isinstance(start, str) else None)
        if path is not None:
            self._context.memory.keep(FOLDER, str(path.parent))
            self.chosen.emit(path)


def label_beside(words: QLabel, box: QWidget) -> QWidget:
    """A box and its label before it, which wrap as one."""
    pair = QWidget()
    row_in(pair, tokens.S, words, box)
    return pair
