"""The sessions at providers that are to be confirmed: what our register says, what the provider says, and what one enters of it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.providers.provider_return import ProviderReturn, ReturnOutcome
from pupil_desk.domain.register.attendance import CODES
from pupil_desk.services.changes import provider_sessions
from pupil_desk.services.desk import Desk
from pupil_desk.services.providers import returns
from pupil_desk.services.providers.listed import why_all_listed
from pupil_desk.services.providers.returns import SessionToConfirm
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.undoing import done_words
from pupil_desk.ui.kit.words import allow, button, column_in, column_of, flow_of, growing, label
from pupil_desk.ui.style import tokens


def _mark_words(code: str | None) -> str:
    return _("{code}: {words}").format(code=code, words=begun_small(codelist(CODES).label_of(code))) if code else _("nothing")


def _columns(desk: Desk) -> tuple[Column[SessionToConfirm], ...]:
    pupil = Column[SessionToConfirm]("pupil", _("Pupil"), lambda row: row.pupil.surname_first, stretch=True, width=22)
    return (
        Column[SessionToConfirm]("day", _("Day"), lambda row: short_date(row.expected.day), longest="30 Nov 2026"),
        Column[SessionToConfirm]("session", _("Session"), lambda row: row.expected.session.value),
        badged(desk, pupil, lambda row: row.pupil.id),
        Column[SessionToConfirm]("provider", _("Provider"), lambda row: row.provider, width=22),
        Column[SessionToConfirm]("ours", _("We say"), lambda row: _mark_words(row.expected.code), width=22),
        Column[SessionToConfirm](
            "theirs",
            _("They say"),
            lambda row: (
                codelist("provider_return").label_of(row.expected.returned_outcome) if row.expected.returned_outcome else _("nothing")
            ),
            width=22,
        ),
    )


class SessionList(QWidget):
    """The sessions, the earliest first; several can be chosen. Enter leads to the session in the register."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__()
        self._context, self._may_leave = context, may_leave
        empty = EmptyState(
            "check-circle",
            _("Every session is confirmed"),
            _("A session at a provider is listed here once it has begun, until the provider has said whether the pupil came."),
        )
        self.count = label("", "hint")
        self.table = Table(
            _columns(context.desk),
            name=_("Sessions to be confirmed"),
            id_of=lambda row: row.id,
            several=True,
            stands_on_first=False,
            memory=context.memory,
            memory_key="provider-sessions",
            empty=empty,
        )
        self.table.always_give_way({"provider": 820, "theirs": 640})
        self.table.opened.connect(self.open_in_register)
        self.reason = label("", "hint")
        self.form = Form(ProviderReturn, today=context.desk.today, only=["told_by"])
        self.buttons = {
            ReturnOutcome.ATTENDED: button(_("&Attended"), partial(self.enter, ReturnOutcome.ATTENDED), "primary"),
            ReturnOutcome.LATE: button(_("Attended, &late"), partial(self.enter, ReturnOutcome.LATE)),
            ReturnOutcome.ABSENT: button(_("&Did not attend"), partial(self.enter, ReturnOutcome.ABSENT)),
            ReturnOutcome.NOT_RUN: button(_("Was &not run"), partial(self.enter, ReturnOutcome.NOT_RUN)),
        }
        self.confirm_button = button(_("&Enter what they say"), self.confirm)
        self.register_button = button(
            _("Open in the re&gister"), lambda: self.open_in_register(self.table.current()), icon_name="arrow-right"
        )
        self.below = column_of(
            self.reason, self.form, flow_of(*self.buttons.values(), self.confirm_button, self.register_button), spacing=tokens.M
        )
        column_in(self, None, self.count, growing(self.table), self.below, top=tokens.M)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._enable())

    def refresh(self) -> None:
        """As the register and the returns are now."""
        rows = self._context.attempt(lambda: returns.to_confirm(self._context.desk))
        if rows is not None:
            self.table.show_rows(rows)
            words = _("{sessions} of this school year to confirm, or to settle where the register says otherwise.")
            self.count.setText(words.format(sessions=count_of(len(rows), _("session"), _("sessions"))))
        self._enable()

    def open_in_register(self, row: SessionToConfirm | None) -> None:
        """Go to the session in the register, where its mark is put right."""
        if row is not None:
            self._context.go("register", f"{row.pupil.id}@{row.expected.day}@{row.expected.session}")

    def enter(self, outcome: ReturnOutcome) -> None:
        """Keep what the provider says of the sessions chosen, and mark them by it."""
        field, sessions = self.form.fields["told_by"], self.table.selected()
        told_by = field.reading().value
        if not told_by:
            field.tell((Problem("told_by", "missing", _("Enter who said so.")),))
            self.form.focus("told_by")
            return
        if not self._replaces(sessions, outcome) or not self._is_meant(sessions, codelist("provider_return").label_of(outcome)):
            return
        self._keep(sessions, lambda: returns.enter(self._context.desk, [returns.returned(row, outcome, told_by) for row in sessions]))

    def confirm(self) -> None:
        """Mark the sessions chosen by what their provider returned of them, such as by a file."""
        sessions = [row for row in self.table.selected() if row.expected.returned_outcome]
        if not self._is_meant(sessions, _("Enter what they say")):
            return
        self._keep(sessions, lambda: returns.confirm(self._context.desk, sessions))

    def _keep(self, sessions: Sequence[SessionToConfirm], work: Callable[[], Changed]) -> None:
        if not sessions:
            self._context.banner.note(_("Choose the sessions first: of those chosen the provider has said nothing yet."))
            return
        changed = self._context.attempt(work)
        if changed is not None:
            undo = (_("&Undo"), partial(self._undo, self._context.desk.last_act)) if changed.kinds else None
            self.refresh()
            self._context.news.tell(changed)
            left = {row.id for row in self.table.rows} & {row.id for row in sessions}
            if left:
                words = _(
                    "Kept what the provider says. Still listed, since the register says otherwise: {sessions}. Decide in the register."
                )
                self._context.banner.note(words.format(sessions=count_of(len(left), _("session"), _("sessions"))), undo=undo)
            else:
                words = _("Entered: {sessions}.")
                self._context.banner.success(words.format(sessions=count_of(len(sessions), _("session"), _("sessions"))), undo=undo)

    def _undo(self, act: str) -> None:
        """What was entered last is listed again, and the register says what it said before; what stays is told."""
        if not self._may_leave():
            return
        undone = self._context.attempt(lambda: provider_sessions.undo(self._context.desk, act))
        if undone is not None:
            self.refresh()
            self._context.news.tell(undone.changed)
            self._context.banner.success(done_words(undone))

    def _replaces(self, sessions: Sequence[SessionToConfirm], outcome: ReturnOutcome) -> bool:
        """Whether what a provider returned of these sessions before is meant to be put otherwise; asked where it is."""
        otherwise = [row for row in sessions if row.expected.returned_outcome not in (None, "", outcome)]
        if not otherwise:
            return True
        said = join_words(
            list(dict.fromkeys(codelist("provider_return").label_of(row.expected.returned_outcome or "") for row in otherwise))
        )
        names = join_words(list(dict.fromkeys(row.pupil.full_name for row in otherwise)))
        verb = codelist("provider_return").label_of(outcome)
        return self._context.ask.confirm(
            _("Put what the provider said otherwise?"),
            _("Of {sessions} of {pupils} the provider said: {said}.").format(
                sessions=count_of(len(otherwise), _("session"), _("sessions")), pupils=names, said=said
            ),
            verb,
        )

    def _is_meant(self, sessions: Sequence[SessionToConfirm], verb: str) -> bool:
        """Whether several are meant: they are named by pupil before they are entered."""
        if len(sessions) < 2:
            return True
        names = join_words(list(dict.fromkeys(row.pupil.full_name for row in sessions)))
        text = _("{sessions} of {pupils}. A mark that is wrong is amended in the register.")
        return self._context.ask.confirm(
            _("{what}: several sessions at once?").format(what=verb),
            text.format(sessions=count_of(len(sessions), _("session"), _("sessions")), pupils=names),
            verb,
        )

    def _enable(self) -> None:
        may = self._context.desk.may(Action.EDIT_RECORD)
        selection, current = self.table.selected(), self.table.current()
        self.reason.setText(why_all_listed([row.expected for row in selection]))
        allow(self.register_button, current is not None, _("Choose a session"))
        for each in (*self.buttons.values(), self.confirm_button):
            allow(each, may and bool(selection), _("Choose a session") if may else only(Action.EDIT_RECORD))
