"""The page of pupils: the list on the left, the record on the right."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.guard import Guard
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import SEVERAL, Context, Place, place_of
from pupil_desk.ui.kit.groups import DAILY
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.next_for_pupil import button_for
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import fill, growing, made
from pupil_desk.ui.pages.pupils import papers
from pupil_desk.ui.pages.pupils.admission import AdmissionView
from pupil_desk.ui.pages.pupils.commands import OF_ONE, commands
from pupil_desk.ui.pages.pupils.duplicates.seeking import Seeking
from pupil_desk.ui.pages.pupils.folding import Folding
from pupil_desk.ui.pages.pupils.list.listing import PupilList
from pupil_desk.ui.pages.pupils.many.choosing import Choosing
from pupil_desk.ui.pages.pupils.new import NewPupil, NoPupilYet
from pupil_desk.ui.pages.pupils.record import record_view
from pupil_desk.ui.pages.pupils.wanted_part import WantedPart

if TYPE_CHECKING:
    from pupil_desk.ui.pages.pupils.many.frame import ActView
    from pupil_desk.ui.pages.pupils.record.record import RecordView

_CONCERNING = {"pupil", "contact", "protection", "choice", "notice", "export", "enrolment", "assessment", "learning", "destination"}


class PupilsPage(Page):
    """Find a pupil, read and correct the record, add one, print the sheet."""

    name = "pupils"
    title = _("Pupils")
    icon = "users"
    group = DAILY
    lasting = True
    action = Action.READ_RECORD

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._open_id, self._telling, self._wanted_part = "", False, WantedPart()
        self.heading = Heading(self.title, commands(self), desk=context.desk, most_buttons=5)  # one line of them at 150 % too
        self.list = PupilList(context)
        self.choose = EmptyState("user-focus", _("Choose a pupil"), _("Type a name until one is left, then press Enter."))
        self.right = Body(self.choose)
        self.panes_ = Panes(self.list, self.right, shares=(34, 66), memory=context.memory, key="pupils")
        self.folding = Folding(self.list, self.panes_, self.heading)
        self.none_yet = NoPupilYet(context, self.begin_new)
        self.body = Body(self.panes_, scrolled(self.none_yet))
        self.seeking = Seeking(context, self.body)
        self.choosing = Choosing(context, self.list, self.right, self.body, self.leave)
        fill(self.column, self.heading, growing(self.body))
        self.list.pupil_chosen.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.seeking.record_saved.connect(self._tell)
        self.seeking.search_ended.connect(self._after_seeking)
        self.choosing.begun.connect(self._say_what_can_be_done)
        self.choosing.ended.connect(self._after_new)
        self.choosing.edited.connect(self.edited)
        self._say_what_can_be_done()

    @cached_property
    def new(self) -> NewPupil:
        """The form of a new pupil."""
        new = NewPupil(self.context)
        new.pupil_added.connect(self._on_added)
        new.known_pupil_chosen.connect(self._show_known)
        new.closed.connect(self._after_new)
        new.wanted_back.connect(self.take_draft)
        new.edited.connect(self.edited)
        return self.right.put(new)

    @cached_property
    def paper(self) -> Paper:
        """The sheet, or a list, as it will be printed."""
        paper = Paper(self.context, _("The pupil’s sheet"))
        paper.closed.connect(self._close_paper)
        return self.right.put(paper)

    @cached_property
    def admission(self) -> AdmissionView:
        """The admission register."""
        admission = AdmissionView(self.context)
        admission.closed.connect(self._after_new)
        return self.right.put(admission)

    @cached_property
    def view(self) -> "RecordView":
        """The record, made when the first pupil is chosen: the list is shown without waiting for forms."""
        view = record_view()(self.context, self.leave)
        view.record_saved.connect(self._on_saved)
        view.edited.connect(self.edited)
        self._wanted_part.follow(view)
        self.folding.follow(view)
        return self.right.put(view)

    def on_show(self, object_id: str | None = None) -> None:
        self.refresh()
        self._wanted_part.begin(place := place_of(object_id or ""))
        if place.part == SEVERAL:
            self.choosing.do_with([place.object_id], place.kind, place.row_id)
        elif not place.object_id:
            self.search()
        elif self._go_to(place.object_id):
            self.list.show_whole(self._open_id)
            self.folding.fold()
            self.view.go_to(place)

    def on_change(self, changed: Changed) -> None:
        if not self._telling and changed.kinds & _CONCERNING:
            self.refresh()

    def refresh(self) -> None:
        self.list.refresh()
        if self.choosing.is_on:
            return
        if self.seeking.is_open:
            self.seeking.refresh()
            return
        is_empty = not self.list.finding and not self.list.table.rows and not pupils.listing(self.context.desk)
        self.body.setCurrentIndex(1 if is_empty and not self._adding else 0)
        if self._open_id and not self.dirty and not self._adding:
            self._read()
        self.list.mark("" if self._adding else self._open_id)

    def search(self) -> None:
        if self.seeking.is_open:
            self._to_list()
        if not self.choosing.focus_on_view():
            self.folding.unfold()
            self.list.begin_finding()

    def panes(self) -> list[QWidget]:
        return [self.heading, *(self.seeking.panes() if self.seeking.is_open else self.folding.panes(self.right))]

    @property
    def dirty(self) -> bool:
        return (typed_in := self._typed_in) is not None and typed_in.dirty

    def save(self) -> bool:
        return (typed_in := self._typed_in) is None or typed_in.save()

    def discard(self) -> None:
        if (typed_in := self._typed_in) is not None:
            typed_in.discard()

    @property
    def _typed_in(self) -> "ActView | NewPupil | RecordView | None":
        return self.choosing.view or (self.new if self._adding else self.view if made(self, "view") else None)

    @property
    def has_draft(self) -> bool:
        return self.dirty or self.choosing.draft() is not None

    def draft(self) -> dict[str, Any] | None:
        return self.choosing.draft() or (None if not self.dirty else self.new.draft() if self._adding else self.view.draft())

    def take_draft(self, draft: dict[str, Any]) -> None:
        if "several" in draft:
            self.choosing.take_draft(draft)
        elif "new" in draft:
            if self._adding and self.new.dirty:
                self.new.put_back()  # what was typed since, which can be brought back in its turn
            self.begin_new()
            self.new.take_draft(draft)
        elif self._go_to(draft["pupil_id"]):
            self.list.show_whole(self._open_id)
            self.view.take_draft(draft)

    def print_(self) -> None:
        if self.choosing.view is not None:
            self.choosing.view.print_()
        elif isinstance(current := self.right.currentWidget(), Paper | AdmissionView):
            current.print_()
        elif self._open_id and self.leave():
            papers.show_sheet(self, self.context, self._open_id, self._show_paper)

    def show_card(self) -> None:
        """The first-aid card of the pupil who is open."""
        if self._open_id and self.leave():
            papers.show_card(self, self.context, self._open_id, self._show_paper)

    def show_emergency_contacts(self) -> None:
        """Whom to call: for those that the list has found, else for all on roll."""
        if self.leave():
            ids = [row.id for row in self.list.table.rows] if self.list.narrowed else None
            papers.show_emergency_contacts(self, self.context, ids, self._show_paper)

    @property
    def _adding(self) -> bool:
        return isinstance(self.right.currentWidget(), NewPupil)

    def begin_new(self) -> None:
        """The form of a new pupil; asks first when something else is typed."""
        if self._adding or not self.leave():
            return
        self._to_list()
        self.right.setCurrentWidget(self.new)
        self.list.mark("")
        self.new.begin()
        self._say_what_can_be_done()

    def _to_list(self) -> None:
        self.folding.unfold()
        self.choosing.end()
        self.body.setCurrentWidget(self.panes_)

    def begin_choosing(self) -> None:
        """Tick pupils in the list, for what is done with several at once."""
        if self.seeking.is_open:
            self._to_list()
        self.choosing.begin()  # made after the commands

    def _go_to(self, pupil_id: str) -> bool:
        """Show that pupil; False when the person stays with what is typed, or there is no such pupil."""
        if pupil_id == self._open_id and self.right.currentWidget() is self.view:
            return True
        if not self.leave():
            self.list.mark(self._open_id)
            return False
        self._to_list()
        before, self._open_id = self._open_id, pupil_id
        if not made(self, "view"):
            self.context.making.beside(record_view)
        with self.context.making.of(self.right):
            if not self._read():
                self._open_id = before
                self.list.mark(before)
                return False
            for paper in ("paper", "admission"):
                if made(self, paper):
                    getattr(self, paper).clear()
            self.right.setCurrentWidget(self.view)
        self.list.mark(self._open_id)
        self._say_what_can_be_done()
        return True

    def _read(self) -> bool:
        record = self.context.attempt(lambda: pupils.record(self.context.desk, self._open_id))
        if record is not None:
            self._open_id = record.pupil.id  # another, where this one was merged with it
            self.view.show_record(record)
        return record is not None

    def _choose(self, pupil_id: str) -> bool:
        if is_shown := self._go_to(pupil_id):
            self._wanted_part.turn(self.view)
        return is_shown

    def _enter(self, pupil_id: str) -> None:
        if self._choose(pupil_id):
            self.folding.fold()
            self.view.go_to(Place(pupil_id, self._wanted_part.take()))

    def lead(self, page: str) -> None:
        """Go to another page, at the pupil in view."""
        if self._open_id:
            self.context.go(page, self._open_id)

    def _on_saved(self, changed: Changed) -> None:
        self._tell(changed)
        self.list.refresh()
        self._read()

    def _tell(self, changed: Changed) -> None:
        self._telling = True
        try:
            self.context.news.tell(changed)
        finally:
            self._telling = False

    def _on_added(self, pupil: Pupil) -> None:
        self._tell(Changed.of("pupil", ids=(pupil.id,)))
        self._show_known(pupil.id)
        words = _("{ref} is added. Go on with the details.").format(ref=pupil.ref)
        self.context.banner.success(words, act=button_for(self.context, pupil.id))

    def _show_known(self, pupil_id: str) -> None:
        self.right.setCurrentWidget(self.choose)
        if self._go_to(pupil_id):
            self.list.show_whole(self._open_id)
            self.view.edit()

    def _after_new(self) -> None:
        self.right.setCurrentWidget(self.view if self._open_id else self.choose)
        self.refresh()
        self._say_what_can_be_done()

    def _show_paper(self, title: str, data: bytes, *, guard: Guard) -> None:
        self._to_list()
        self.right.setCurrentWidget(self.paper)
        self.paper.show_pdf(title, data, guard=guard)

    def show_admission(self) -> None:
        """The admission register; asks first when something is typed."""
        if self.leave():
            self._to_list()
            self.right.setCurrentWidget(self.admission)
            self.admission.begin()
            self._say_what_can_be_done()

    def take_away(self) -> None:
        """Take the pupil in view away who was entered by mistake, after asking why."""
        if not self._open_id or not self.leave() or self.view.record is None:
            return
        from pupil_desk.ui.pages.pupils.record.taking import take_pupil

        if (changed := take_pupil(self.context, self.view.record.pupil)) is not None:
            self._open_id = ""
            self._tell(changed)
            self._after_new()
            self.search()
            self.context.banner.success(_("Taken away. It can be put back under Changes, Recycle bin."))

    def show_duplicates(self) -> None:
        """The pairs of records that look like one person's; asks first when something is typed."""
        if self.leave():
            self.choosing.end()
            self.seeking.begin()
            self._say_what_can_be_done()

    def _after_seeking(self) -> None:
        self._to_list()
        self.refresh()
        self._say_what_can_be_done()
        self.search()

    def _close_paper(self) -> None:
        self.paper.clear()
        self.right.setCurrentWidget(self.view)
        self.view.part.focus_first()

    def _say_what_can_be_done(self) -> None:
        able = bool(self._open_id) and not self._adding and not self.choosing.is_on
        self.speak_of(self._open_id if able else "")
        for key in OF_ONE:
            self.heading.enable(key, able, _("Choose a pupil first."))
