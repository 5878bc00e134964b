"""The exports made: when, by whom, to whom, the receipt of each; and what is done about one afterwards."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.pc.drives import Drive, removable_drives
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.exports import delivery, listing
from pupil_desk.services.exports.delivery import Swept
from pupil_desk.services.exports.kept import comparing, frozen, rereading
from pupil_desk.services.exports.kept.comparing import Comparison
from pupil_desk.services.exports.kept.rereading import Reread
from pupil_desk.services.exports.listing import PastExport
from pupil_desk.services.exports.papers import receipt_paper
from pupil_desk.services.exports.protected import kinds_of
from pupil_desk.services.guard import NOBODY
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.short import ShortTable
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.talk.passphrase import all_noted
from pupil_desk.ui.kit.words import STRETCH, Placement, allow, button, column_in, column_of, flow_of, growing, label, set_look
from pupil_desk.ui.pages.exports import proof
from pupil_desk.ui.pages.exports.compared import ExportComparison
from pupil_desk.ui.pages.exports.delivered import DeliveryPanel
from pupil_desk.ui.pages.exports.result import ReceiptText, RereadView, secrets_of
from pupil_desk.ui.pages.exports.words import COLUMNS, SPARE, export_title, next_step, state_words
from pupil_desk.ui.style import tokens

_CHOOSE = _("Choose an export in the list first.")
_NAMES = (
    440  # least width at 100 % of the list beside what is done: where there is less, what is done stands beneath it, and no name is cut
)


class PastExports(QWidget):
    """The list, and on the right the receipt of the line one is on; in their place the comparison, the receipt as a paper, or the words of files written again.

    ``export_wanted`` asks for the list of exports, from which one is made; ``written_again`` comes once the words of such files are shown."""

    export_wanted, written_again = Signal(), Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.drives = removable_drives  # tests put others in its place
        empty = EmptyState(
            "export",
            _("No export has been made yet"),
            _("Each one leaves its receipt here."),
            act=(_("Make an export"), self.export_wanted.emit),
        )
        self.table: ShortTable[PastExport] = ShortTable(
            COLUMNS,
            name=_("Exports made"),
            id_of=lambda row: row.export_id,
            memory=context.memory,
            memory_key="exports-made",
            empty=empty,
            stands_on_first=False,
        )
        self.state = label("")
        self.checked = label("")
        self.receipt_title, self.receipt = label(_("Receipt"), "label"), ReceiptText()
        self.compare_button = button(_("&Compare with today"), self.compare)
        self.sign_button = button(_("Receipt to &sign…"), self.sign)
        self.deliver_button = button(_("Confirm &delivery…"), self.deliver)
        self.sweep_button = button(_("Dele&te the copy…"), self.sweep)
        self.check = button(_("C&heck the files…"), self.check_files)
        self.again_button = button(_("&Write the files kept here again…"), self.write_again)
        self.unkeep_button = button(_("Delete the files &kept here…"), self.unkeep, "danger")
        self.page_button = button(_("Sa&ve the checking page…"), lambda: proof.save_page(context))
        self.reread = RereadView()
        self.delivered, self.compared, self.paper = DeliveryPanel(context), ExportComparison(context), Paper(context, _("Receipt to sign"))
        self.stack = QStackedWidget()
        self._paper_view = QWidget()
        self._right = QStackedWidget()
        self._lay_out()
        self.table.current_changed.connect(self._on_row_changed)
        self.table.lead_to(self.deliver_button, self.compare_button, self.sign_button, self.check)
        for view in (self.compared, self.paper, self.delivered):
            view.closed.connect(self._back)
        self.reread.closed.connect(self._close_once_noted)
        self.table.always_give_way(SPARE, room_of=self)  # the receipt says them too

    def _lay_out(self) -> None:
        bar = flow_of(
            self.deliver_button,
            self.sweep_button,
            self.sign_button,
            self.compare_button,
            self.check,
            self.page_button,
            self.again_button,
            self.unkeep_button,
        )
        detail = column_of(self.state, bar, self.checked, self.receipt_title, growing(self.receipt), Placement(None, 0))
        self._right.addWidget(detail)
        self._right.addWidget(self.delivered)
        self._list = column_of(
            Panes(
                column_of(self.table, STRETCH, spacing=None),
                self._right,
                shares=(6, 5),
                memory=self._context.memory,
                key="exports-made",
                beside=_NAMES,
            ),
            spacing=None,
            top=tokens.M,
        )
        column_in(self._paper_view, None, self.paper, top=tokens.M)
        for view in (self._list, self.compared, self._paper_view, self.reread):
            self.stack.addWidget(view)
        column_in(self, None, self.stack)

    def refresh(self) -> None:
        """The exports made, the latest first."""
        rows = listing.past_exports(self._context.desk)
        self._right.setVisible(bool(rows))  # an empty list has no receipt beside it
        self.table.show_rows(rows)
        self._on_row_changed(self.table.current() if rows else None)

    def go_to(self, export_id: str) -> bool:
        """The line of an export; False where there is none."""
        if not self.table.select(export_id):
            return False
        self._back()
        return True

    def panes(self) -> list[QWidget]:
        """What one goes round in with F6."""
        now = self.stack.currentWidget()
        if now is not self._list:
            return [self.compared.table if now is self.compared else self.reread if now is self.reread else self.paper.view]
        return [self.table, self.delivered if self._right.currentWidget() is self.delivered else self.receipt]

    def _on_row_changed(self, row: PastExport | None) -> None:
        self._right.setCurrentIndex(0)
        self.receipt.setPlainText(row.receipt if row is not None else "")
        self.state.setText(state_words(row) if row is not None else _CHOOSE if self.table.rows else "")
        self._tell_checked(())
        self.receipt.setVisible(row is not None)
        self.receipt_title.setVisible(row is not None)
        old, none = _("An older program made it, and kept nothing to compare it by."), _("Nothing was due: there is no file.")
        allow(self.compare_button, row is not None and row.frozen, _CHOOSE if row is None else old)
        allow(self.sign_button, row is not None, _CHOOSE)
        for widget in (self.deliver_button, self.sweep_button, self.check):
            allow(widget, row is not None and bool(row.file_name), _CHOOSE if row is None else none)
        for widget, is_next in zip((self.deliver_button, self.sweep_button), next_step(row), strict=True):
            set_look(widget, "primary" if is_next else "")
        self.deliver_button.setText(_("Correct the &delivery…") if row is not None and row.delivered else _("Confirm &delivery…"))
        may = self._context.desk.may(Action.KEEP_CONTENT)
        for widget in (self.again_button, self.unkeep_button):
            widget.setVisible(row is not None and row.content_until is not None)
            allow(widget, may, only(Action.KEEP_CONTENT))

    def _close_once_noted(self) -> None:
        """The words of the files written again stay until the person says that they are noted."""
        if all_noted(self._context.ask, [self.reread.password]):
            self.put_away()

    def put_away(self) -> None:
        """The words of files written again are noted: the list is there again."""
        if self.stack.currentWidget() is self.reread:
            self._back()

    def _back(self) -> None:
        self.compared.forget()
        self.paper.clear()
        self.reread.forget()
        self.stack.setCurrentWidget(self._list)
        self._right.setCurrentIndex(0)
        self.table.setFocus()

    # -- what can be done

    def compare(self) -> None:
        """What the same order would say today."""
        row, desk = self.table.current(), self._context.desk
        if row is not None:
            self._context.jobs.run(
                self, lambda _job: comparing.compare(desk, row.export_id), self._show_compared, title=_("Comparing with today")
            )

    def _show_compared(self, comparison: Comparison) -> None:
        self.stack.setCurrentWidget(self.compared)
        self.compared.show_comparison(comparison)

    def sign(self) -> None:
        """The receipt as a page with lines to sign, seen first."""
        row, desk = self.table.current(), self._context.desk
        if row is not None:
            self._context.jobs.run(
                self,
                lambda _job: receipt_paper.receipt_paper(desk, row.export_id),
                lambda data: self._show_paper(row, data),
                title=_("Making the receipt"),
            )

    def _show_paper(self, row: PastExport, data: bytes) -> None:
        self.stack.setCurrentWidget(self._paper_view)
        title = _("Receipt: {title}").format(title=row.title)
        self.paper.show_pdf(title, data, on_printed=lambda: receipt_paper.receipt_printed(self._context.desk, row.export_id), guard=NOBODY)

    def deliver(self) -> None:
        """Who took it, when and how."""
        row = self.table.current()
        if row is not None:
            self._right.setCurrentWidget(self.delivered)
            self.delivered.show_export(row)

    def sweep(self) -> None:
        """Delete the copy on the stick or in the folder, by the program or by hand."""
        row = self.table.current()
        if row is None:
            return
        drive = self._holding(row)
        stick_choices = [Choice("found", _("Delete it from {label}").format(label=drive.label), "primary")] if drive else []
        choices = [
            *stick_choices,
            Choice("folder", _("Choose the folder…"), "plain" if stick_choices else "primary"),
            Choice("by-hand", _("I have deleted it")),
            Choice("", _("Cancel")),
        ]
        text = _("{export} Only files that are still those of the receipt are deleted; the receipt stays.").format(export=export_title(row))
        answer = self._context.ask.choose(_("Delete the copy?"), f"{text} {delivery.traces(row)}", choices, safe="")
        if answer == "by-hand":
            self._context.keep(
                lambda: delivery.record_copy_deleted(self._context.desk, row.export_id, self._context.desk.today),
                _("It is recorded that the copy is deleted."),
            )
            return
        folder = (
            drive.path
            if answer == "found" and drive
            else self._context.ask.folder(_("The folder that holds the files"))
            if answer
            else None
        )
        if folder is not None:
            desk, place = self._context.desk, folder
            self._context.jobs.run(
                self, lambda _job: delivery.delete_from_stick(desk, row.export_id, place), self._swept, title=_("Deleting the files")
            )

    def _holding(self, row: PastExport) -> Drive | None:
        return next(
            (drive for drive in self.drives() if any((drive.path / file.name).is_file() for file in listing.lying_in(row, drive.path))),
            None,
        )

    def _swept(self, swept: Swept) -> None:
        if swept.deleted:
            self._context.news.tell(Changed.of("export"))
        words = [_("Deleted: {names}.").format(names=join_words(swept.deleted))] if swept.deleted else []
        words += (
            [_("Not the file of the receipt, and left alone: {names}.").format(names=join_words(swept.changed))] if swept.changed else []
        )
        words += [_("Not there: {names}.").format(names=join_words(swept.missing))] if swept.missing else []
        (self._context.banner.problem if swept.changed or swept.missing else self._context.banner.success)(" ".join(words))

    def write_again(self) -> None:
        """The files that are kept in the unit's file, written to a folder or a stick as they went out; locked ones locked anew."""
        row, desk = self.table.current(), self._context.desk
        if row is None or row.content_until is None or not self._context.clock_is_right():
            return
        lock_sentence = (
            _("They went out without a lock, and so are written without one.") if row.plain else _("They are locked with a new password.")
        )
        text = _("{export} What went out then is written once more. {how} Choose a place that nobody else can read.")
        if not self._context.ask.confirm(
            _("Write the files kept here again?"), text.format(export=export_title(row), how=lock_sentence), _("Choose the folder…")
        ):
            return
        waiting = rereading.to_confirm(desk, row.export_id)
        if waiting and not self._ask_if_protected(waiting):
            return
        folder = self._context.ask.folder(_("The folder to write them to"))
        if folder is not None:
            place, confirm = folder, frozenset(pupil.id for pupil, _protections in waiting)
            self._context.jobs.run(
                self,
                lambda _job: rereading.write_again(desk, row.export_id, place, confirm),
                self._show_reread,
                title=_("Writing the files"),
                untold=lambda reread_files: self._context.not_kept.extend(secrets_of(reread_files)),
            )

    def _ask_if_protected(self, waiting: Sequence[tuple[Pupil, Sequence[Protection]]]) -> bool:
        """Asked by name of those of whom a protection was set since."""
        names = join_words(
            [_("{name} ({kinds})").format(name=pupil.full_name, kinds=kinds_of(protections)) for pupil, protections in waiting]
        )
        text = _(
            "Since it was made a protection was set of {names}. The files tell of them as they did then. Be sure that whoever gets them may have it. The log will name them."
        )
        return self._context.ask.confirm(
            _("Write files that tell of protected pupils?"), text.format(names=names), _("Write them all the same")
        )

    def _show_reread(self, reread_files: Reread) -> None:
        self.stack.setCurrentWidget(self.reread)
        self.reread.show_written(reread_files)
        self.written_again.emit()

    def unkeep(self) -> None:
        """Delete the files that are kept in the unit's file."""
        row = self.table.current()
        if row is None or row.content_until is None:
            return
        text = _("{export} The files were to be kept until {day}. The receipt stays, and what was told of whom. This cannot be undone.")
        text = text.format(export=export_title(row), day=show_date(row.content_until))
        reason = self._context.ask.text(_("Delete the files kept here?"), text, _("Why"), verb=_("Delete them"), stay=_("Keep them"))
        if reason is not None:
            self._context.keep(
                lambda: frozen.delete_content(self._context.desk, row.export_id, reason), _("The files kept here are deleted.")
            )

    def check_files(self) -> None:
        """Whether the file that lies in a folder is still the one of the receipt."""
        row, desk = self.table.current(), self._context.desk
        folder = self._context.ask.folder(_("The folder that holds the file")) if row is not None else None
        if row is not None and folder is not None:
            place = folder
            self._context.jobs.run(self, lambda _job: proof.looked(desk, row, place), self._tell_checked, title=_("Reading the file"))

    def _tell_checked(self, looked: proof.Looked) -> None:
        """Each file and the receipt on a line of its own, until another export is looked at or the page is left; none tells nothing."""
        self.checked.setText("\n".join(line for line, _is_right in looked))
        set_look(self.checked, "" if all(is_right for _line, is_right in looked) else "problem")
        self.checked.setVisible(bool(looked))
        if looked:
            announce(self, self.checked.text())
