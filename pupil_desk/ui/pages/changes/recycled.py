"""The recycle bin: what was taken away, of whom, when, by whom and why, and a button that puts it back."""

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, count_of
from pupil_desk.services import bin as bins
from pupil_desk.services.bin import Binned
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.heights import keep_rows
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import allow, button, column_in, find_line, flow_of, growing, label, name_label, row_layout, show_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized


def moment_words(stamp: str) -> str:
    """A moment as lists show it."""
    when = local_time(stamp)
    return f"{short_date(when.date())} {when:%H:%M}"


def _columns(desk: Desk) -> tuple[Column[Binned], ...]:
    pupil = Column[Binned](
        "pupil", _("Pupil"), lambda entry: entry.pupil, width=18, longest=_("Winterbourne, Ann"), tip=lambda entry: entry.pupil
    )
    return (
        Column[Binned]("at", _("When"), lambda entry: moment_words(entry.taken_at), width=20),
        badged(desk, pupil, lambda entry: entry.pupil_id),
        Column[Binned]("record", _("What"), lambda entry: entry.record, width=18, longest=_("Period of SEN provision")),
        Column[Binned]("title", _("It said"), lambda entry: entry.title, width=14, stretch=True, tip=lambda entry: entry.title),
        Column[Binned]("why", _("Why"), lambda entry: entry.reason, width=14, stretch=True, tip=lambda entry: entry.reason),
        Column[Binned]("by", _("Who"), lambda entry: entry.taken_by, width=16, longest=_("A longer name")),
    )


_SPARE = {"by": 900, "why": 700}  # columns for which there is room from a width on, at 100 %


def _entry_words(entry: Binned) -> str:
    """The one in hand: who took it away and why, and what stands against putting it back."""
    sentence = _("Taken away by {who}: {why}.").format(who=entry.taken_by, why=entry.reason.rstrip(".") or _("no reason is on file"))
    return " ".join(filter(None, (sentence, entry.why_not)))


class RecycleBin(QWidget):
    """The list, found in by words, and the button."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._all: list[Binned] = []
        self.find_box = find_line(_("Find"))
        self.table: Table[Binned] = Table(
            _columns(context.desk),
            name=_("Recycle bin"),
            id_of=lambda entry: entry.key,
            memory=context.memory,
            memory_key="bin",
            stands_on_first=False,
            empty=EmptyState("trash", _("The recycle bin is empty"), _("What is taken away from a pupil’s record can be had back here.")),
        )
        keep_rows(self.table)
        self.count, self.reason_label = label("", "hint"), label("", "hint")
        self.back = button(_("&Put back"), self.put_back, icon_name="arrow-u-up-left")
        self._lay_out()
        self.table.current_changed.connect(self._on_row_changed)
        self.table.opened.connect(lambda entry: context.go("pupils", entry.pupil_id) if entry.kind != "pupil" else self.back.setFocus())
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.table.always_give_way(_SPARE, room_of=self)  # the line beneath says them too

    def _lay_out(self) -> None:
        self.find_box.setPlaceholderText(_("Name, record or reason"))
        self.find_box.setMaximumWidth(sized(tokens.FIELD))
        column_in(
            self,
            tokens.S,
            row_layout(name_label(_("Fi&nd"), self.find_box, wraps=False), growing(self.find_box, 2), growing(self.count)),
            growing(self.table),
            self.reason_label,
            flow_of(self.back),
            top=tokens.M,
        )

    def panes(self) -> list[QWidget]:
        """The list and the box to find in it."""
        return [self.table, self.find_box]

    def refresh(self) -> None:
        """What is in the bin now."""
        self._all = bins.waiting(self._context.desk)
        self._show()

    def _show(self) -> None:
        words = fold(self.find_box.text()).split()
        searchable = [(entry, fold(f"{entry.pupil} {entry.record} {entry.title} {entry.reason} {entry.taken_by}")) for entry in self._all]
        rows = [entry for entry, text in searchable if all(word in text for word in words)]
        self.table.show_rows(rows)
        self.count.setText(f"{count_of(len(rows), _('record'), _('records'))}.")
        self._on_row_changed(self.table.current() if rows else None)

    def _on_row_changed(self, entry: Binned | None) -> None:
        allow(self.back, entry is not None and not entry.why_not, _("Choose a line first") if entry is None else entry.why_not)
        show_words(self.reason_label, _entry_words(entry) if entry is not None else "")

    def put_back(self) -> None:
        """Put the one in hand back where it was."""
        entry = self.table.current()
        outcome = self._context.attempt(lambda: bins.put_back(self._context.desk, entry.key)) if entry is not None else None
        if entry is None or outcome is None:
            return
        self._context.news.tell(outcome.changed)
        self.refresh()
        self.table.setFocus()
        words = _("{record} of {pupil} is on file again.") if entry.kind != "pupil" else _("{pupil} is on file again.")
        self._context.banner.success(" ".join((words.format(record=entry.record, pupil=entry.pupil), *outcome.left)))
