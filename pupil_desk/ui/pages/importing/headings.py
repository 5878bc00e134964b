"""Step 2, where headings are not known: which column each of them means. It is remembered for lists with the same headings."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pupil_desk.basics.text import shortened
from pupil_desk.basics.words import _
from pupil_desk.services.imports.headings import KEPT_BESIDE, ColumnHeading
from pupil_desk.services.imports.proposal import Proposal
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import STRETCH, button, column_in, flow_of, growing, label
from pupil_desk.ui.style import tokens

_LEFT_OUT = "-"  # the key of a box for a column left out
_FEWEST = 18  # characters of a column that are in view where there is no room for all
_SHOWN = 40  # characters of a heading and of an example


class HeadingsView(QWidget):
    """``mapped`` carries the column of each heading of which somebody decided, «» for one left out; ``forget_wanted`` and ``closed`` ask the page."""

    mapped = Signal(dict)
    forget_wanted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, ChoiceBox] = {}
        self._known: Mapping[str, str] = {}
        self.title = label(_("What do the headings mean?"), "subhead")
        self.hint = label(
            _(
                "Choose the column for each heading that is not known. What stands under one that is not decided is kept with the pupil, under From files; "
                "of one that is left out nothing is kept. It is remembered for lists with the same headings."
            ),
            "hint",
        )
        self.use_button = button(_("Use these headings"), self._use, "primary", icon_name="check-circle")
        self.forget_button = button(_("Forget what was chosen before"), self.forget_wanted.emit, icon_name="eraser")
        self.close_button = button(_("Go back"), self.closed.emit)
        self._content = QWidget()
        self._holder = QWidget()
        self._column = column_in(self._holder, None, self._content, STRETCH)
        column_in(
            self,
            tokens.S,
            self.title,
            self.hint,
            flow_of(self.use_button, self.forget_button, self.close_button),
            growing(scrolled(self._holder)),
        )

    def show_proposal(self, proposal: Proposal) -> None:
        """Show the headings of a list: those that are not known first."""
        assert proposal.kind is not None
        columns = [(item.name, item.label) for item in proposal.kind.columns]
        examples = {heading.name: text for heading, text in zip(proposal.headings, proposal.examples, strict=True)}
        headings = sorted((heading for heading in proposal.headings if heading.text), key=lambda heading: heading.is_known)
        self._known = {heading.name: heading.column or KEPT_BESIDE for heading in headings if not heading.is_chosen}
        self.boxes = {}
        new = QWidget()
        grid = QGridLayout(new)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.S)
        grid.setColumnStretch(1, 1)
        for row, heading in enumerate(headings):
            box = self._box(heading, columns)
            words = label(shortened(heading.name, _SHOWN).replace("&", "&&"), "label", wraps=False)
            words.setBuddy(box)
            grid.addWidget(words, row, 0)
            grid.addWidget(
                label(_("such as {text}").format(text=shortened(text, _SHOWN)) if (text := examples[heading.name]) else "", "hint"), row, 1
            )
            grid.addWidget(box, row, 2)
        self._column.replaceWidget(self._content, new)
        self._content.hide()
        self._content.deleteLater()
        self._content = new
        self.forget_button.setVisible(proposal.is_remembered)
        tab_after(self.close_button, list(self.boxes.values()))

    def _box(self, heading: ColumnHeading, columns: list[tuple[str, str]]) -> ChoiceBox:
        box = ChoiceBox(
            [
                (KEPT_BESIDE, _("Not decided: kept under From files") if heading.of_contact is None else _("Of a contact of the pupil")),
                (_LEFT_OUT, _("Leave out: not kept")),
                *columns,
            ],
            name=_("Column of “{name}”").format(name=heading.name),
        )
        box.setMinimumContentsLength(_FEWEST)
        box.set_key(heading.column or (_LEFT_OUT if heading.is_left_out else KEPT_BESIDE))
        self.boxes[heading.name] = box
        return box

    def choices(self) -> dict[str, str]:
        """The column of each heading that is not simply what its words say, «» for one left out."""
        chosen = {}
        for name, box in self.boxes.items():
            column = "" if box.key() == _LEFT_OUT else box.key()
            if column != self._known.get(name):
                chosen[name] = column
        return chosen

    def _use(self) -> None:
        self.mapped.emit(self.choices())

    def focus_first(self) -> None:
        """To the first heading that is to be decided."""
        if self.boxes:
            next(iter(self.boxes.values())).setFocus()
