"""What was done last: one line an act, what it changed beside it, and a button that undoes it once it has said what would go back."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.services import changes
from pupil_desk.services.changes import Act, ChangeLine, Undone
from pupil_desk.services.changes.listing import SOURCES
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.heights import WrappedRows
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.talk.dialogs import once_answered
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.undoing import done_words
from pupil_desk.ui.kit.words import allow, button, column_in, column_of, flow_of, growing, label, labelled, make_clearable, show_words
from pupil_desk.ui.pages.changes.telling import question
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_AT_FIRST = 100  # acts shown, and as many more with each press
_MOST_LINES = 500  # changes of one act shown
_SPARE = {"who": 1400, "how": 1400}  # columns for which there is room from a width on, at 100 %
_WHAT = 460  # least width at 100 % of the list: where there is less, what was changed stands beneath it
_NAMED = 20  # pupils whom typed words may mean
_PERIODS: tuple[tuple[str, int | None], ...] = ((_("Last 7 days"), 7), (_("Last 30 days"), 30), (_("All"), None))


def _when(act: Act) -> str:
    moment = local_time(act.moment)
    return f"{short_date(moment.date())} {moment:%H:%M}"


def _source_words(act: Act) -> str:
    return SOURCES.get(act.source, act.source)


def _act_columns(desk: Desk) -> tuple[Column[Act], ...]:
    about = Column[Act](
        "about", _("Pupil"), lambda act: act.subject, width=14, most=34, stretch=True, first=True, tip=lambda act: act.subject
    )
    return (
        Column[Act]("at", _("When"), _when, width=20),
        badged(desk, about, lambda act: act.pupil_id),
        Column[Act]("what", _("What"), lambda act: act.summary, width=18, stretch=True, tip=lambda act: act.summary),
        Column[Act]("who", _("Who"), lambda act: act.staff_name, width=16, longest=_("A longer name")),
        Column[Act]("how", _("How"), _source_words, width=20, longest=_("Several pupils at once")),
    )


def _line_columns(desk: Desk) -> tuple[Column[ChangeLine], ...]:
    pupil = Column[ChangeLine]("pupil", _("Pupil"), lambda line: line.pupil, width=13, stretch=True, tip=lambda line: line.pupil)
    return (
        badged(desk, pupil, lambda line: line.pupil_id),
        Column[ChangeLine](
            "what",
            _("What"),
            lambda line: line.label or line.record,
            width=16,
            stretch=True,
            tip=lambda line: f"{line.record} {line.label}".strip(),
        ),
        Column[ChangeLine]("before", _("Before"), lambda line: line.before, width=10, stretch=True, tip=lambda line: line.before),
        Column[ChangeLine]("after", _("After"), lambda line: line.after, width=10, stretch=True, tip=lambda line: line.after),
    )


_NONE_CHOSEN = (_("Choose a change on the left"), _("What it changed is shown here."))
_NO_RECORD = (_("No record was changed"), _("Marks are seen in the Register."))


class RecentActs(QWidget):
    """The list of acts, newest first, and on the right what the one in hand changed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._limit = _AT_FIRST
        self.actor_box, self.period, self.pupil = ChoiceBox(), ChoiceBox(), QLineEdit()
        self.acts: Table[Act] = Table(
            _act_columns(context.desk),
            name=_("Recent changes"),
            id_of=lambda act: act.key,
            memory=context.memory,
            memory_key="changes",
            stands_on_first=False,
            empty=EmptyState("arrow-u-up-left", _("Nothing was changed"), _("Ask for a longer time, or for everyone’s changes.")),
        )
        self.no_lines = EmptyState("calendar-check", *_NONE_CHOSEN)
        self.lines: Table[ChangeLine] = Table(
            _line_columns(context.desk),
            name=_("What it changed"),
            id_of=lambda line: (line.record_id, line.label),
            memory=context.memory,
            memory_key="changes-of-act",
            empty=self.no_lines,
        )
        WrappedRows(self.lines)
        self.count, self.act_label, self.reason_label = label("", "hint"), label("", "hint"), label("", "hint")
        self.more_button = button(_("Show &earlier ones"), self.show_more)
        self.undo = button(_("Un&do this…"), self.undo_act, icon_name="arrow-u-up-left")
        self._lay_out(context)
        self.acts.current_changed.connect(self._on_row_changed)
        self.acts.opened.connect(self._open_pupil)
        self.lines.lead_to(self.undo)
        self.actor_box.currentIndexChanged.connect(self._on_filter_changed)
        self.period.currentIndexChanged.connect(self._on_filter_changed)
        self.pupil.textChanged.connect(self._on_filter_changed)
        self.acts.always_give_way(_SPARE, room_of=self)  # the words beside the list say them too

    def _lay_out(self, context: Context) -> None:
        self.actor_box.addItems([_("Everyone’s"), _("Mine")])
        self.period.addItems([words for words, _days in _PERIODS])
        make_clearable(self.pupil)
        self.pupil.setFixedWidth(sized(tokens.RAIL))
        filters = FilterRow(
            labelled(_("&Whose"), self.actor_box), labelled(_("&Time"), self.period), find=(_("P&upil"), self.pupil), beside=self.count
        )
        right = column_of(growing(self.lines), self.act_label, self.reason_label, flow_of(self.undo))  # both lists begin side by side
        left = column_of(growing(self.acts), flow_of(self.more_button))
        panes = Panes(left, right, shares=(5, 3), memory=context.memory, key="changes", beside=_WHAT)
        column_in(self, tokens.S, filters, growing(panes), top=tokens.M)

    def panes(self) -> list[QWidget]:
        """The list, what the act changed, the filters."""
        return [self.acts, self.lines, self.actor_box]

    def refresh(self) -> None:
        """The acts as they are now."""
        acts = changes.recent(
            self._context.desk,
            own_only=self.actor_box.currentIndex() == 1,
            days=_PERIODS[self.period.currentIndex()][1],
            pupil_ids=self._pupil_ids(),
            limit=self._limit + 1,
        )
        self.more_button.setVisible(len(acts) > self._limit)
        self.acts.show_rows(acts[: self._limit])
        number = count_of(min(len(acts), self._limit), _("change"), _("changes"))
        self.count.setText(_("The latest {number}.").format(number=number) if len(acts) > self._limit else f"{number}.")

    def show_act(self, key: str) -> None:
        """Choose one act, whatever was asked for before: from there it is one key to undo it."""
        for box, place in ((self.actor_box, 0), (self.period, 0)):
            box.setCurrentIndex(place)
        self.pupil.clear()
        self.refresh()
        self.acts.select(key)
        self.acts.setFocus()

    def _pupil_ids(self) -> list[str] | None:
        """The pupils whom the typed words mean; None for all."""
        words = self.pupil.text().strip()
        return [str(row[0]) for row in pupils.listing(self._context.desk, find=words)[:_NAMED]] if words else None

    def _on_filter_changed(self, *_signal_values: object) -> None:
        self._limit = _AT_FIRST
        self.refresh()

    def show_more(self) -> None:
        """As many again of the acts before."""
        self._limit += _AT_FIRST
        self.refresh()

    def _on_row_changed(self, act: Act | None) -> None:
        lines = changes.of_act(self._context.desk, act.key, limit=_MOST_LINES) if act is not None else []
        for words, empty_label in zip(_NONE_CHOSEN if act is None else _NO_RECORD, (self.no_lines.title, self.no_lines.text), strict=True):
            empty_label.setText(words)
        self.lines.show_rows(lines)
        self.lines.setColumnHidden(0, act is None or bool(act.pupil_id))
        self.lines.setColumnHidden(2, bool(lines) and not any(line.before for line in lines))
        self.lines.size_columns()
        why_not = _why_not(act) if act is not None else ""
        allow(self.undo, act is not None and not why_not, _("Choose a change first") if act is None else why_not)
        show_words(self.act_label, _("{how}, by {who}.").format(how=_source_words(act), who=act.staff_name) if act is not None else "")
        words = why_not
        if len(lines) == _MOST_LINES:
            words = " ".join(filter(None, (_("The first {number} are shown.").format(number=_MOST_LINES), words)))
        show_words(self.reason_label, words)

    def _open_pupil(self, act: Act) -> None:
        """Enter on an act that concerns one pupil opens the record."""
        if act.pupil_id:
            self._context.go("pupils", act.pupil_id)

    def undo_act(self) -> None:
        """Say what would go back and what would not, ask, and do it."""
        act, desk = self.acts.current(), self._context.desk
        if act is None or not self.undo.isEnabled():
            return
        self.undo.setEnabled(False)
        self._context.jobs.run(
            self,
            lambda _job: changes.would_undo(desk, act.key),
            lambda would: once_answered(self, partial(self._ask, act, would)),
            title=_("Looking at what would go back"),
            after=self._after,
        )

    def _ask(self, act: Act, would: Undone) -> None:
        desk = self._context.desk
        if not would.lines:
            self._context.ask.tell(_("Nothing would go back"), question(would))
        elif self._context.ask.confirm(_("Undo this?"), f"{_act_title(act)}\n\n{question(would)}", _("Undo"), stay=_("Keep it")):
            self._context.jobs.run(self, lambda _job: changes.undo(desk, act.key), self._on_undone, title=_("Undoing"))

    def _on_undone(self, undone: Undone) -> None:
        self._context.news.tell(undone.changed)
        self.refresh()
        self._context.banner.success(done_words(undone))

    def _after(self) -> None:
        act = self.acts.current()
        why_not = _why_not(act) if act is not None else ""
        allow(self.undo, act is not None and not why_not, _("Choose a change first") if act is None else why_not)


def _act_title(act: Act) -> str:
    """The act in a question: whom it was about, what was done, when and by whom."""
    return _("{about}: {what}, {when}, by {who}.").format(about=act.subject, what=act.summary, when=_when(act), who=act.staff_name)


def _why_not(act: Act) -> str:
    """Why an act is not undone here: an import is undone as a whole, with what is in no line of this list."""
    if act.source == "import" and not act.why_not and "|" not in act.key:
        return _("Undo it under “Files read in”: there all that came with the file goes back together.")
    return act.why_not
