"""Boxes drawn over what is withheld on a kept paper: the paper on the screen, its boxes, and why each is there. What is done is kept at once."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.reading.page_pictures import PageFacts, page_facts
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.requests.boxes import WHOLE, PageArea, PaperBox
from pupil_desk.domain.requests.pack import PackBegun
from pupil_desk.services.attachments import attachments
from pupil_desk.services.packs import paper_boxes
from pupil_desk.services.packs.paper_boxes import EarlierBoxes
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.papers.boxed_pages import BoxedPages, BoxShown
from pupil_desk.ui.kit.papers.pages_apart import PagesApart
from pupil_desk.ui.kit.words import button, column_in, flow_of, growing, label, line, name_label, row_layout
from pupil_desk.ui.style import tokens

_NEW = PageArea(left=WHOLE * 3 // 10, top=0, right=WHOLE * 7 // 10, bottom=WHOLE // 25)
"""How a box begins that is not drawn with the mouse: in the middle across, a line or two high."""


def reasons() -> list[tuple[str, str]]:
    """Why a box may be there, by code and in words, the usual reason first."""
    return [(code.code, code.label) for code in codelist("redaction_reason").codes.values() if code.category == "withhold"]


class PackBoxes(QWidget):
    """``closed`` goes back to the papers; ``changed_behind`` carries a copy of which a box was put back when its paper was put away already,

    ``wants_paper`` the title and the bytes of the paper as it goes out, to be looked at from the place on which one was: the page, from 0, and how far down."""

    closed = Signal()
    changed_behind = Signal(str)
    wants_paper = Signal(str, bytes, int, float)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._pack: PackBegun | None = None
        self._paper: Attachment | None = None
        self.boxes: tuple[PaperBox, ...] = ()
        self._box_id = ""
        self.title, self.count = line("", "subhead"), line("", "muted")
        self.pages = BoxedPages(_("The paper, with its boxes"))
        self.new_button = button(_("&New box"), self.new_box, "primary", icon_name="plus")
        self.propose_button = button(_("Propose &boxes over names"), self.propose)
        self.earlier_button = button(_("Boxes of an earlier copy…"), self.take_over)
        self.reason = ChoiceBox(reasons(), name=_("Why this box is here"))
        self.reason.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setMinimumContentsLength(24)
        self.remove_button = button(_("&Take this box away"), lambda: self.remove(self._box_id), icon_name="trash")
        self.look_button = button(_("See it as it &goes"), self.look, icon_name="eye")
        self.close_button = button(_("Back to the &papers (Esc)"), self.close_boxes)
        words = _(
            "Draw a box with the mouse, or press New box and use the arrow keys; Shift and arrow keys size it, Tab goes from box to box. The paper goes out as pictures of its pages with the boxes black; the one on file stays as it is."
        )
        column_in(
            self,
            tokens.S,
            flow_of(self.title, self.count),
            label(words, "muted"),
            flow_of(self.new_button, self.propose_button, self.earlier_button, self.look_button, self.close_button),
            row_layout(name_label(_("Why this bo&x is here"), self.reason, wraps=False), growing(self.reason), self.remove_button),
            growing(self.pages),
        )
        self.pages.box_drawn.connect(self._draw)
        self.pages.box_rested.connect(self._place)
        self.pages.box_removed.connect(self.remove)
        self.pages.box_entered.connect(self._choose)
        self.reason.currentIndexChanged.connect(lambda _place: self._give_reason())

    # -- the paper

    def open(self, pack: PackBegun, paper: Attachment) -> None:
        """Show a paper and the boxes that stand on it, once it is read."""
        desk = self._context.desk

        def read() -> tuple[bytes, tuple[PageFacts, ...]]:
            data = attachments.pages(desk, paper)
            return data, page_facts(data)

        def show(read_paper: tuple[bytes, tuple[PageFacts, ...]]) -> None:
            data, facts = read_paper
            self._pack, self._paper = pack, paper
            self.title.setText(_("Boxes on {title}").format(title=paper.title))
            with self._context.making.of(self):
                self.pages.show_paper(data, PagesApart(data, facts, self._context.jobs))
                self._show(self._context.attempt(lambda: paper_boxes.boxes_on(desk, pack.id, paper.id)) or ())
            self._choose(self.boxes[0].box_id if self.boxes else "")
            self.earlier_button.setVisible(bool(self._earlier().boxes))
            self.new_button.setFocus()

        attachments.looked_at(desk, paper.id)
        self._context.jobs.run(self, lambda _job: read(), show, title=_("Opening the paper"))

    def clear(self) -> None:
        """Show nothing, and keep nothing in memory."""
        self._pack = self._paper = None
        self.boxes, self._box_id = (), ""
        self.title.setText("")
        self.pages.clear()

    def close_boxes(self) -> None:
        """Back to the papers; all is kept."""
        self.pages.tell_all()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.close_boxes()
            return
        super().keyPressEvent(event)

    # -- its boxes

    def new_box(self) -> None:
        """A box in the middle of what is in view of the page, to be moved from the keyboard."""
        if self._paper is not None:
            self._draw(self.pages.page_in_view, _NEW.shifted(0, round(WHOLE * self.pages.view.middle_in_view()) - _NEW.bottom // 2))

    def _draw(self, page: int, area: PageArea) -> None:
        if self._pack is None or self._paper is None:
            return
        box = paper_boxes.new_box(self._pack, self._paper.id, page, area)
        if self._keep([box], _("The box is drawn.")):
            self._enter(box.box_id)

    def _place(self, box_id: str, area: PageArea) -> None:
        box = self._box(box_id)
        if box is not None and not self._keep([box.placed_at(area)], _("The box is moved.")):
            self._show(self.boxes)

    def remove(self, box_id: str) -> None:
        """Take a box away; the focus goes to the one before it, or to where a new one is begun."""
        box = self._box(box_id)
        if box is None:
            return
        place = self.boxes.index(box)
        if self._keep([replace(box, stands=False)], _("The box is taken away.")):
            if self.boxes:
                self._enter(self.boxes[max(0, place - 1)].box_id)
            else:
                self._choose("")
                self.new_button.setFocus()

    def _give_reason(self) -> None:
        box = self._box(self._box_id)
        if box is not None and self.reason.key() and self.reason.key() != box.reason:
            self._keep([replace(box, reason=self.reason.key())], _("The reason is kept."))

    def propose(self) -> None:
        """Boxes over the names of others that the words of the paper have; each can be moved and taken away."""
        pack, paper, desk = self._pack, self._paper, self._context.desk
        if pack is None or paper is None:
            return

        def show(boxes: tuple[PaperBox, ...]) -> None:
            if self._paper is not paper:
                return
            if not boxes:
                self._context.banner.quietly(
                    _(
                        "No name of others is found in the words of this paper that has no box yet. A scan may carry no words: look at each page."
                    )
                )
                return
            words = _("{boxes} drawn where names of others were found. Look at each page.").format(boxes=_count_words(boxes))
            with self._context.making.of(self):
                is_kept = self._keep(boxes, words)
            if is_kept:
                self._enter(boxes[0].box_id)

        self._context.jobs.run(
            self, lambda job: paper_boxes.propose(desk, pack.id, paper.id, job.step), show, title=_("Looking for the names of others")
        )

    def _earlier(self) -> EarlierBoxes:
        """What an earlier copy of the pupil has on this paper and this one has not."""
        pack, paper, desk = self._pack, self._paper, self._context.desk
        if pack is None or paper is None:
            return EarlierBoxes()
        return self._context.attempt(lambda: paper_boxes.of_earlier_copy(desk, pack.id, paper.id)) or EarlierBoxes()

    def take_over(self) -> None:
        """The boxes that an earlier copy has on this paper, once it is said that they are right for who asks now."""
        earlier = self._earlier()
        if not earlier.boxes or earlier.day is None or self._pack is None:
            self._context.banner.quietly(_("No earlier copy has a box on this paper that is not here too."))
            return
        words = _(
            "In the copy for {before}, begun on {day}: {boxes}. This copy is for {asker}, from whom other things may have to be withheld, and to whom others may be given. Look at each box, and at each page, afterwards."
        ).format(before=earlier.asker, day=show_date(earlier.day), boxes=_count_words(earlier.boxes), asker=self._pack.asker)
        if self._context.ask.confirm(_("Boxes of an earlier copy"), words, _("Draw them here")):
            news_words = _("{boxes} drawn as in the earlier copy. Look at each page.").format(boxes=_count_words(earlier.boxes))
            with self._context.making.of(self):
                is_kept = self._keep(earlier.boxes, news_words)
            if is_kept:
                self._enter(earlier.boxes[0].box_id)

    def look(self) -> None:
        """The paper made anew with its boxes, and read again."""
        paper, desk = self._paper, self._context.desk
        self.pages.tell_all()
        if paper is None or not self.boxes:
            return
        boxes, view = self.boxes, self.pages.view
        page, height = view.current_page(), view.middle_in_view()
        self._context.jobs.run(
            self,
            lambda job: paper_boxes.made_anew(desk, paper, boxes, job.step),
            lambda data: self.wants_paper.emit(paper.title, data, page, height),
            title=_("Making the paper anew"),
        )

    def _keep(self, boxes: Sequence[PaperBox], words: str) -> bool:
        """Keep what was done, and say so with a way back: Ctrl+Z. False where it is refused, which the banner says."""
        pack, paper, context = self._pack, self._paper, self._context
        if pack is None or paper is None:
            return False
        earlier_boxes = {box.box_id: box for box in self.boxes}
        back = [earlier_boxes.get(box.box_id, replace(box, stands=False)) for box in boxes]
        standing = context.attempt(lambda: paper_boxes.keep(context.desk, pack.id, paper.id, boxes))
        if standing is None:
            return False
        self._show(standing)
        context.banner.quietly(words, undo=(_("Undo"), lambda: self._put_back(back)))
        return True

    def _put_back(self, boxes: Sequence[PaperBox]) -> None:
        """Undo what was done last, whether the paper is still on the screen or not."""
        context, (pack_id, paper_id) = self._context, (boxes[0].pack_id, boxes[0].paper_id)
        standing = context.attempt(lambda: paper_boxes.keep(context.desk, pack_id, paper_id, boxes))
        if standing is None:
            return
        context.banner.quietly(_("Undone."))
        if self._paper is None or self._paper.id != paper_id:
            self.changed_behind.emit(pack_id)
        else:
            self._show(standing)
            self._enter(next((box.box_id for box in boxes if box.stands), self.boxes[0].box_id if self.boxes else ""))

    def _show(self, boxes: Sequence[PaperBox]) -> None:
        self.boxes = tuple(boxes)
        self.pages.show_boxes(_on_screen(self.boxes))
        self.count.setText(_count_words(self.boxes))
        self.look_button.setEnabled(bool(self.boxes))
        self._choose(self._box_id)

    def _box(self, box_id: str) -> PaperBox | None:
        return next((box for box in self.boxes if box.box_id == box_id), None)

    def _enter(self, box_id: str) -> None:
        """Go to a box, or to where one is begun."""
        widget = self.pages.box(box_id)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.new_button.setFocus()

    def _choose(self, box_id: str) -> None:
        """Show of which box the reason is, and what can be taken away."""
        box = self._box(box_id)
        self._box_id = box_id if box is not None else ""
        self.pages.choose(self._box_id)
        for widget in (self.reason, self.remove_button):
            widget.setEnabled(box is not None)
        self.reason.offer(reasons(), box.reason if box is not None else "")


def _on_screen(boxes: Sequence[PaperBox]) -> list[BoxShown]:
    """Each box as it is shown, numbered on its page: «Box 2 on page 3, it tells of someone else, who has not agreed»."""
    numbers: dict[int, int] = {}
    shown_boxes = []
    for box in boxes:
        number = numbers[box.page] = numbers.get(box.page, 0) + 1
        name = _("Box {number} on page {page}, reason: {why}").format(
            number=number, page=box.page, why=codelist("redaction_reason").label_of(box.reason)
        )
        shown_boxes.append(BoxShown(box.box_id, box.page, box.area, str(number), name))
    return shown_boxes


def _count_words(boxes: Sequence[PaperBox]) -> str:
    """«3 boxes on pages 1 and 4»."""
    if not boxes:
        return _("No box yet")
    pages = sorted({box.page for box in boxes})
    words = _("{boxes} on page {pages}") if len(pages) == 1 else _("{boxes} on pages {pages}")
    return words.format(boxes=count_of(len(boxes), _("box"), _("boxes")), pages=join_words([str(page) for page in pages]))
