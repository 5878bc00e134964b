"""The papers kept on the pupil: whom each names, where its words could be read, and whether it goes along as a file."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.services.packs import deciding
from pupil_desk.services.packs.held_papers import PaperHeld
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.heights import keep_rows
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, flow_of, growing, label, labelled
from pupil_desk.ui.pages.requests.pack_sections import NO_GROUND, grounds, refusable
from pupil_desk.ui.pages.requests.pack_state import PackState
from pupil_desk.ui.style import tokens

_NAMED = 3  # names told of those found in a paper


def _content_words(paper: PaperHeld) -> str:
    """What could be told of a paper without a person."""
    if paper.boxes:
        return _("{boxes} drawn on it. It goes along as pictures of its pages, with the boxes black.{names}").format(
            boxes=count_of(len(paper.boxes), _("box is"), _("boxes are")), names=" " + _names(paper) if paper.names else ""
        )
    if not paper.readable:
        return _("Its words cannot be read by the program, as with a scan. Look whether it tells of somebody else.")
    if paper.names:
        return _names(paper)
    return _("Its words were read, and name nobody who would be withheld.")


def _names(paper: PaperHeld) -> str:
    remainder = _(" and {number} more").format(number=len(paper.names) - _NAMED) if len(paper.names) > _NAMED else ""
    return _("It names: {names}{more}.").format(names=join_words(paper.names[:_NAMED]), more=remainder)


def _state(paper: PaperHeld) -> str:
    if paper.given is None:
        return _("To decide")
    if not paper.given:
        return _("Withheld")
    return _("Given, with boxes") if paper.boxes else _("Given")


def _sign(paper: PaperHeld) -> str:
    return "circle-dashed" if paper.given is None else "check" if paper.given else "prohibit"


_COLUMNS: tuple[Column[PaperHeld], ...] = (
    Column("title", _("Paper"), lambda paper: paper.title, stretch=True, width=18, tip=_content_words),
    Column("file", _("File"), lambda paper: paper.words, width=16),
    Column("state", _("In the copy"), _state, longest=_("Given, with boxes"), icon=_sign),
)


class PackPapers(QWidget):
    """The papers kept: whom each names, where that could be read, and whether it goes along as a file."""

    def __init__(self, state: PackState, show: Callable[[str], object], draw_boxes: Callable[[str], object]) -> None:
        super().__init__()
        self.state = state
        self._show, self._draw_boxes = show, draw_boxes
        self.table: Table[PaperHeld] = Table(
            _COLUMNS,
            name=_("Papers kept on the pupil"),
            empty=EmptyState("files", _("No papers are kept"), _("So no files of papers go with this copy.")),
        )
        self.content_label = label("", "muted")
        self.ground = ChoiceBox((NO_GROUND, *grounds()), name=_("Ground for withholding it"))
        self.ground.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.ground.setMinimumContentsLength(24)
        self.look_button = button(_("Loo&k at it"), self.look, icon_name="eye")
        self.give_button = button(_("&Give it"), lambda: self.decide(give=True), "primary", icon_name="check")
        self.boxes_button = button(_("Draw &boxes on it…"), self.draw_boxes, icon_name="selection-slash")
        self.out_button = button(_("&Withhold"), lambda: self.decide(give=False), icon_name="prohibit")
        column_in(
            self,
            tokens.S,
            label(
                _("A paper goes along as it is, or with boxes over what is withheld, or not at all. Look at each before you give it."),
                "muted",
            ),
            growing(self.table),
            self.content_label,
            labelled(_("Gro&und for withholding it"), self.ground),
            flow_of(self.give_button, self.out_button, self.look_button, self.boxes_button),
            top=tokens.M,
        )
        keep_rows(self.table, 2)  # so that what is done with a paper is in sight beneath it
        self.table.current_changed.connect(self._on_row_changed)
        self.table.opened.connect(lambda _paper: self.look())
        self.ground.currentIndexChanged.connect(lambda _place: self._on_ground_chosen())
        state.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the papers as they are now."""
        compiled_pack = self.state.compiled_pack
        self.table.show_rows(compiled_pack.papers if compiled_pack else ())
        self._on_row_changed(self.table.current())

    def _on_row_changed(self, paper: PaperHeld | None) -> None:
        self.content_label.setText(_content_words(paper) if paper is not None else "")
        for widget in (self.ground, self.look_button, self.boxes_button, self.give_button):
            widget.setEnabled(paper is not None)
        self._on_ground_chosen()

    def _on_ground_chosen(self) -> None:
        """Without a ground nothing can be withheld."""
        self.out_button.setEnabled(self.ground.isEnabled() and bool(self.ground.key()))

    def look(self) -> None:
        """Show the paper itself."""
        paper = self.table.current()
        if paper is not None:
            self._show(paper.id)

    def draw_boxes(self) -> None:
        """Boxes over what is withheld on the paper."""
        paper = self.table.current()
        if paper is not None:
            self._draw_boxes(paper.id)

    def decide(self, *, give: bool) -> None:
        """Give the paper, or withhold it on the ground chosen; the next one follows."""
        paper, desk, ground = self.table.current(), self.state.context.desk, self.ground.key()
        if paper is None:
            return
        place = self.table.currentIndex().row()
        if refusable(
            self.state, lambda compiled_pack: deciding.decide_paper(desk, compiled_pack, paper.id, is_given=give, exemption=ground)
        ):
            self.table.selectRow(min(place + 1, len(self.table.rows) - 1))
