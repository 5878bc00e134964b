"""The copy that answers a request, on its tab: begun, gone through place by place, written. Restricted notes are added by who may read them.

The one step of somebody else's request that a named reader does: restricted notes added to its copy. It shows nothing else of the request.
"""

from functools import cached_property
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.requests.case import COPIES, CaseKind, RequestCase
from pupil_desk.domain.requests.pack import PackBegun
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import readers
from pupil_desk.services.packs import compiling, deciding, restricted
from pupil_desk.services.packs.content import Compiled
from pupil_desk.services.requests.looking import RequestState
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, button, column_of, flow_of, label
from pupil_desk.ui.pages.requests.pack_finish import written_words
from pupil_desk.ui.pages.requests.pack_view import PackView
from pupil_desk.ui.pages.requests.part import CasePart
from pupil_desk.ui.pages.requests.words import case_title


class CasePackPart(CasePart):
    """The tab «Copy» of a request for one."""

    name: ClassVar[str] = "copy"
    title: ClassVar[str] = _("Co&py")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._case_overview: RequestState | None = None
        self._pack: PackBegun | None = None
        self.empty = EmptyState(
            "package",
            _("No copy is begun"),
            _("It gathers everything held on the pupil, and marks the names of others for you to decide."),
            (_("&Begin the copy"), self.begin),
        )
        self.state_words = label("")
        self.open_button = button(_("&Go on with the copy"), self.open_work, "primary", icon_name="package")
        self.notes_button = button(_("Restricted n&otes…"), self.open_notes, icon_name="lock-key")
        self.drop_button = button(_("&Drop the copy…"), self.drop)
        self._open: PackView | None = None
        self.pages = QStackedWidget()
        for page in (self.empty, self._overview()):
            self.pages.addWidget(page)
        self.column.addWidget(self.pages, 1)
        if not context.desk.may(Action.COMPILE_PACK):
            refusal = only(Action.COMPILE_PACK)
            for act_button in (self.empty.button, self.open_button, self.drop_button):
                act_button.setEnabled(False)
                act_button.setToolTip(refusal)
                act_button.setAccessibleDescription(refusal)

    @cached_property
    def work(self) -> PackView:
        """The work on the copy."""
        return self._connected(PackView(self.context))

    @cached_property
    def notes_work(self) -> PackView:
        """The work on its restricted notes."""
        return self._connected(PackView(self.context, restricted_only=True))

    def _connected(self, work: PackView) -> PackView:
        work.records_changed.connect(self._on_records_changed)
        work.closed.connect(self.put_away)
        work.finish.wants_answer.connect(self._give_answer)
        return work

    def _overview(self) -> QWidget:
        return column_of(self.state_words, flow_of(self.open_button, self.notes_button, self.drop_button), STRETCH)

    @classmethod
    def concerns(cls, case: RequestCase) -> bool:
        """Requests that are answered with a copy."""
        return CaseKind(case.kind) in COPIES

    def show_case(self, overview: RequestState | None) -> None:
        """Show how the copy of a case stands; the work on the same one goes on."""
        is_same_case = overview is not None and self._case_overview is not None and overview.case.id == self._case_overview.case.id
        self._case_overview = overview
        if not is_same_case:
            self._end_work()
        if overview is None or overview.pupil is None:
            self._pack = None
            self.pages.setCurrentIndex(0)
            return
        self._pack = deciding.under_way(self.context.desk, overview.pupil.id, overview.case.id)
        if self._pack is None:
            self._end_work()
        self.pages.setCurrentIndex(0 if self._pack is None else 1)
        if self._pack is not None:
            self.state_words.setText(self._words(self._pack))
            number, _sealed, _covers = restricted.state(self.context.desk, self._pack)
            self.notes_button.setVisible(bool(number) and readers.may_read(self.context.desk))

    def _words(self, pack: PackBegun) -> str:
        lines = [_("A copy for {asker}, begun on {day}.").format(asker=pack.asker, day=show_date(pack.begun_on))]
        number, sealed, covers = restricted.state(self.context.desk, pack)
        if number and (sealed is None or not covers):
            notes = count_of(number, _("restricted note"), _("restricted notes"))
            lines.append(
                _("{notes} to be added by someone named to read them: {who}.").format(
                    notes=notes, who=readers.who_may_read(self.context.desk)
                )
            )
        elif number and sealed is not None:
            lines.append(
                _("The restricted notes were added by {who}.").format(who=sealed.by)
                if sealed.given
                else _("The restricted notes were withheld by {who}.").format(who=sealed.by)
            )
        return "\n".join([*lines, *written_words(self.context.desk, pack)])

    def begin(self) -> None:
        """Begin a copy for who asks, and open it."""
        overview = self._case_overview
        if overview is None or overview.pupil is None:
            return
        pupil_id, case = overview.pupil.id, overview.case
        pack = self.context.attempt(lambda: deciding.begin(self.context.desk, pupil_id, case.requester, case_id=case.id))
        if pack is not None:
            self._pack = pack
            self.context.news.tell(Changed.of("request", "pack", ids=(case.id, pupil_id)))
            self.open_work()

    def open_work(self) -> None:
        """Compile the copy, and work on it."""
        pack = self._pack
        if pack is None:
            return

        def show(compiled_pack: Compiled) -> None:
            with self.context.making.of(self):
                work = self.work
            self._open_view(work, compiled_pack)

        self.context.jobs.run(
            self, lambda job: compiling.compiled(self.context.desk, pack.id, job.step), show, title=_("Compiling the copy")
        )

    def open_notes(self) -> None:
        """The restricted notes, for someone named to read them."""
        pack = self._pack
        if pack is None:
            return
        compiled_pack = self.context.attempt(lambda: restricted.read(self.context.desk, pack.id))
        if compiled_pack is not None:
            self._open_view(self.notes_work, compiled_pack)

    def _open_view(self, view: PackView, compiled_pack: Compiled) -> None:
        self._open = view
        with self.context.making.of(view) as pause:
            view.show_pack(compiled_pack)
            pause()
            self.wants.emit(view)
        view.begin()

    def drop(self) -> None:
        """Say that the copy is not wanted after all, with the reason."""
        pack = self._pack
        if pack is None or self._case_overview is None:
            return
        reason = self.context.ask.text(
            _("Drop this copy?"),
            _("{case} What was decided in the copy stays on file. A new one can be begun.").format(case=case_title(self._case_overview)),
            _("Why"),
            verb=_("Drop the copy"),
            stay=_("Keep it"),
            check=lambda text: "" if text.strip() else _("Enter the reason."),
        )
        if reason is not None:
            self.context.keep(lambda: deciding.drop(self.context.desk, pack, reason), _("The copy is dropped."))

    def _on_records_changed(self, changed: Changed) -> None:
        self.context.news.tell(changed)
        if self._pack is not None:
            self.state_words.setText(self._words(self._pack))

    def put_away(self) -> None:
        """Back to how the copy stands; everything that was decided is kept."""
        if self.leave():
            self._end_work()
            self.show_case(self._case_overview)
            self.open_button.setFocus()

    def _give_answer(self) -> None:
        self.put_away()
        if self._open is None:
            self.wants_step.emit()

    def _end_work(self) -> None:
        if self._open is not None:
            self._open.show_pack(None)
            self._open = None
            self.wants.emit(None)

    def leave(self) -> bool:
        """Asks once where words are on the screen that are kept nowhere else."""
        return self._open is None or self._open.leave()

    def print_(self) -> None:
        """Ctrl+P: print the list that is shown."""
        work = self._open
        if work is not None and work.stack.currentIndex() == 1 and not work.paper.print_button.isHidden():
            work.paper.print_()

    def first(self) -> QWidget:
        """What takes the cursor when the tab comes into view."""
        return self.empty.button if self.pages.currentIndex() == 0 else self.open_button


def waits_for_notes(desk: Desk, pack_id: str) -> bool:
    """Whether that is a copy that waits for its restricted notes."""
    return any(pack.pack_id == pack_id for pack in restricted.to_add(desk))


class NotesForCopy(PackView):
    """The notes of a copy, in the place of the list. ``wants`` carries itself to be shown, or None to be put away."""

    wants = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context, restricted_only=True)
        self.away_button.setText(_("Back to the re&quests"))
        self.closed.connect(self.put_away)
        self.records_changed.connect(context.news.tell)

    def open(self, pack_id: str) -> bool:
        """Read the notes for a copy that waits for them; False where it is refused, which the banner says."""
        compiled_pack = self.context.attempt(lambda: restricted.read(self.context.desk, pack_id))
        if compiled_pack is None:
            return False
        self.show_pack(compiled_pack)
        self.wants.emit(self)
        self.begin()
        return True

    def put_away(self) -> None:
        """Back to the list, with nothing kept in memory; what was decided is kept on file."""
        if self.leave():
            self.forget()

    def forget(self) -> None:
        """The same, and nothing is asked."""
        if self.state.compiled_pack is not None:
            self.show_pack(None)
            self.wants.emit(None)
