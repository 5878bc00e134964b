"""Where our register and a school's contradict each other, of the last weeks whose marks were read."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.schools import clash_told, clashes
from pupil_desk.services.schools.clashes import PupilClash
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import allow, button, column_in, flow_of, growing, label
from pupil_desk.ui.style import tokens


def _columns(desk: Desk) -> tuple[Column[PupilClash], ...]:
    pupil = Column[PupilClash]("pupil", _("Pupil"), lambda row: row.pupil.surname_first, stretch=True)
    return (
        Column[PupilClash]("day", _("Day"), lambda row: short_date(row.clash.day)),
        Column[PupilClash]("session", _("Session"), lambda row: row.clash.session.value),
        badged(desk, pupil, lambda row: row.pupil.id),
        Column[PupilClash]("ours", _("We say"), lambda row: row.clash.our_code or _("nothing")),
        Column[PupilClash]("theirs", _("They say"), lambda row: row.clash.their_code or _("nothing")),
        Column[PupilClash]("told", _("Told"), lambda row: short_date(row.told_on) if row.told_on else "", longest="30 Nov 2026"),
        Column[PupilClash]("kind", _("What is wrong"), lambda row: row.clash.label, width=32, longest="n" * 22),
        Column[PupilClash]("school", _("School"), lambda row: row.school_name, width=16),
    )


class ClashList(QWidget):
    """The clashes, the latest first, with whom to ask at the school of the one chosen; Enter leads to the session in the register.

    ``paper_wanted`` carries the clashes chosen, all with one school: they are to be printed for it.
    """

    paper_wanted = Signal(list)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        empty = EmptyState(
            "check-circle",
            _("The registers agree"),
            _("Read a school’s marks with “Read marks…”: what contradicts ours in the last six weeks is listed here."),
        )
        self.count = label("", "hint")
        self.table = Table(
            _columns(context.desk),
            name=_("Clashes"),
            id_of=lambda row: row.id,
            several=True,
            stands_on_first=False,
            memory=context.memory,
            memory_key="clashes",
            empty=empty,
        )
        self.table.always_give_way({"school": 1000, "session": 760})
        self.told_button = button(_("School was &told"), self.record_told, icon_name="check")
        self.not_told_button = button(_("It was &not told"), self.take_back, icon_name="arrow-counter-clockwise")
        self.print_button = button(_("&Print for the school"), lambda: self.paper_wanted.emit(self.table.selected()), icon_name="printer")
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._enable())
        self.table.opened.connect(lambda row: context.go("register", f"{row.pupil.id}@{row.clash.day}@{row.clash.session}"))
        self.whom_to_ask = label("", "muted")
        self.table.current_changed.connect(self._say_whom_to_ask)
        column_in(
            self,
            None,
            self.count,
            growing(self.table),
            self.whom_to_ask,
            flow_of(self.told_button, self.not_told_button, self.print_button),
            top=tokens.M,
        )
        self._enable()

    def _say_whom_to_ask(self, row: PupilClash | None) -> None:
        if row is None:
            words = _("Choose a clash: whom to ask at the school is shown here.") if self.table.rows else ""
        else:
            contact = row.whom_to_ask or _("Nobody is entered under Contacts")
            words = _("Whom to ask at {school}: {contact}").format(school=row.school_name, contact=contact)
        self.whom_to_ask.setText(words)

    def refresh(self) -> None:
        """As the registers are now."""
        rows = self._context.attempt(lambda: clashes.open_clashes(self._context.desk))
        if rows is not None:
            self.table.show_rows(rows[::-1])
            self.count.setText(_("{clashes} in the last six weeks.").format(clashes=count_of(len(rows), _("clash"), _("clashes"))))
            self._enable()

    def record_told(self) -> None:
        """That the schools of those chosen were told of them, with a way back."""
        rows = [row for row in self.table.selected() if row.told_on is None]
        changed = self._context.attempt(lambda: clash_told.record_told(self._context.desk, rows))
        if changed is not None:
            self.refresh()
            self._context.news.tell(changed)
            words = _("Noted: the school was told of {clashes}. Home waits two weeks for its next list.")
            clashes = count_of(len(rows), _("clash"), _("clashes"))
            self._context.banner.success(words.format(clashes=clashes), undo=(_("&Undo"), partial(self._take_back, rows)))

    def take_back(self) -> None:
        """That the schools of those chosen were told was a mistake."""
        self._take_back([row for row in self.table.selected() if row.told_on is not None])

    def _take_back(self, rows: Sequence[PupilClash]) -> None:
        changed = self._context.attempt(lambda: clash_told.take_back(self._context.desk, rows))
        if changed is not None:
            self.refresh()
            self._context.news.tell(changed)
            self._context.banner.success(_("Struck out: the school was not told."))

    def _enable(self) -> None:
        may, rows = self._context.desk.may(Action.RECORD_DISCLOSURE), self.table.selected()
        for act_button, is_meant, reason in (
            (self.told_button, any(row.told_on is None for row in rows), _("Choose a clash of which the school was not told yet")),
            (self.not_told_button, any(row.told_on is not None for row in rows), _("Choose a clash of which the school was told")),
        ):
            allow(act_button, may and is_meant, reason if may else only(Action.RECORD_DISCLOSURE))
        may_print, is_one = self._context.desk.may(Action.EXPORT), len({row.school for row in rows}) == 1
        allow(self.print_button, may_print and is_one, _("Choose clashes with one school") if may_print else only(Action.EXPORT))
