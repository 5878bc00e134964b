"""The files read in, the newest first, and a button that undoes one once it has said what would go back and what would stay."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.undoing import Made
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import allow, button, label
from pupil_desk.ui.pages.changes.recycled import moment_words
from pupil_desk.ui.pages.changes.telling import by_kind, done_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized


def _undone(one: Made) -> str:
    return moment_words(one.undone_at) if one.undone_at else ""


_COLUMNS = (
    Column[Made]("at", _("When"), lambda one: moment_words(one.at), width=20),
    Column[Made]("kind", _("Kind of file"), lambda one: one.kind, width=20, stretch=True, tip=lambda one: one.kind),
    Column[Made]("undone", _("Undone"), _undone, width=20),
    Column[Made]("who", _("Who"), lambda one: one.who, width=16, longest=_("A longer name")),
    Column[Made]("read", _("Rows"), lambda one: f"{one.read:,}", width=8, align="right"),
    Column[Made]("added", _("Added"), lambda one: f"{one.added:,}", width=8, align="right"),
    Column[Made]("changed", _("Changed"), lambda one: f"{one.changed:,}", width=10, align="right"),
    Column[Made]("unchanged", _("Unchanged"), lambda one: f"{one.unchanged:,}", width=12, align="right"),
    Column[Made]("refused", _("Refused"), lambda one: f"{one.refused:,}", width=8, align="right"),
)


_SPARE = {"refused": 1000, "unchanged": 1000, "read": 860, "who": 780}  # columns for which there is room from a width on, at 100 %


def _named(one: Made) -> str:
    """The file in a question: its kind, and when and by whom it was read in."""
    return _("{kind}, read in on {when} by {who}.").format(kind=one.kind, when=moment_words(one.at), who=one.who)


def _about(one: Made) -> str:
    """The file in hand in a sentence or two."""
    words = _("Read in by {who}: {read}, {added} added, {changed} changed, {unchanged} unchanged, {refused} refused.")
    told = words.format(who=one.who, read=count_of(one.read, _("row"), _("rows")), added=one.added, changed=one.changed, unchanged=one.unchanged, refused=one.refused)
    back = _("Undone {when} by {who}.").format(when=moment_words(one.undone_at), who=one.undone_by) if one.undone_at else ""
    return " ".join(filter(None, (told, back)))


class ReadIn(QWidget):
    """The list and the button."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table: Table[Made] = Table(
            _COLUMNS, name=_("Files read in"), id_of=lambda one: one.id, memory=context.memory, memory_key="read-in", stands_on_first=False,
            empty=EmptyState("download-simple", _("No file was read in"), _("What a file changed can be undone here, all of it at once.")),
        )  # fmt: skip
        self.table.setMinimumHeight(sized(tokens.HUGE * 2))
        self.count, self.why = label("", "hint"), label("", "hint")
        self.undo = button(_("Un&do this import…"), self.undo_import, icon_name="arrow-u-up-left")
        foot = QWidget()
        FlowLayout(foot, tokens.S).addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.M, 0, 0)
        column.setSpacing(tokens.S)
        column.addWidget(self.count)
        column.addWidget(self.table, 1)
        column.addWidget(self.why)
        column.addWidget(foot)
        self.table.moved.connect(self._moved)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.table.give_way(_SPARE, self.width())  # the line beneath says them too

    def panes(self) -> list[QWidget]:
        """The list alone."""
        return [self.table]

    def look_again(self) -> None:
        """The files as they are now."""
        rows = undoing.made(self._context.desk)
        self.table.show_rows(rows)
        self.count.setText(f"{count_of(len(rows), _('file'), _('files'))}.")
        self._moved(self.table.current() if rows else None)

    def _moved(self, one: Made | None) -> None:
        allow(self.undo, one is not None and not one.why_not, _("Choose a file first") if one is None else one.why_not)
        self.why.setText(" ".join(filter(None, (_about(one), one.why_not))) if one is not None else "")
        self.why.setVisible(bool(self.why.text()))

    def undo_import(self) -> None:
        """Say by kind what would go back and what would stay, ask, and do it."""
        one = self.table.current()
        would = self._context.attempt(lambda: undoing.would_undo(self._context.desk, one.id)) if one is not None else None
        if one is None or would is None:
            return
        if not would.done:
            self._context.ask.tell(_("Nothing would go back"), by_kind(would))
            return
        if not self._context.ask.confirm(_("Undo this import?"), f"{_named(one)}\n\n{by_kind(would)}", _("Undo")):
            return
        undone = self._context.attempt(lambda: undoing.undo(self._context.desk, one.id))
        if undone is not None:
            self._context.news.tell(undone.changed)
            self.look_again()
            self._context.banner.success(done_words(undone))
