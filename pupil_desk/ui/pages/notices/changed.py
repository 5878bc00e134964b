"""What has changed between two editions, a line for each promise, and all of the line that one is on."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.notices.change import ChangeGravity, NoticeChange
from pupil_desk.ui.kit.lists.heights import height_of, keep_rows
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.short import ShortTable
from pupil_desk.ui.kit.scroll import scrolled_words
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, column_in, label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_LEAST_ROWS = 2  # in view, however little room there is
_ANY_HEIGHT = 2**24 - 1  # Qt's own: none is too tall

_WORDS = {ChangeGravity.REISSUE: _("Give again"), ChangeGravity.MINOR: _("Minor")}
_SIGNS = {ChangeGravity.REISSUE: "warning", ChangeGravity.MINOR: "info"}

_COLUMNS = (
    Column[NoticeChange](
        "gravity",
        _("What to do"),
        lambda change: _WORDS[change.gravity],
        width=14,
        longest=_WORDS[ChangeGravity.REISSUE],
        icon=lambda change: _SIGNS[change.gravity],
    ),
    Column[NoticeChange](
        "words", _("What has changed"), lambda change: change.words, stretch=True, width=24, tip=lambda change: change.words
    ),
)


def count_words(changes: Sequence[NoticeChange]) -> str:
    """«3 changes: 1 to be given again, 2 minor.»"""
    grave = sum(change.gravity is ChangeGravity.REISSUE for change in changes)
    words = _("{changes}: {grave} to be given again, {minor} minor.")
    return words.format(changes=count_of(len(changes), _("change"), _("changes")), grave=grave, minor=len(changes) - grave)


class Changes(QWidget):
    """The list, and beneath it the sentence in full with the words before and after.

    The words have what room they take, up to half of what there is, and scroll beyond it; the list ends with a whole row.
    """

    def __init__(self) -> None:
        super().__init__()
        self.empty = EmptyState("check-circle", "")
        self.table: ShortTable[NoticeChange] = ShortTable(
            _COLUMNS, name=_("What has changed"), id_of=lambda change: (change.kind, change.about), empty=self.empty
        )
        self.count, self.words, self.before, self.after = (label("", look) for look in ("hint", "", "muted", "muted"))
        self._detail_area = scrolled_words(self.words, self.before, self.after)
        column_in(self, tokens.XS, self.count, self.table, self._detail_area, STRETCH, top=tokens.S)
        self.table.current_changed.connect(self._on_row_changed)

    def show_changes(self, changes: Sequence[NoticeChange], *, none: str, reason: str = "") -> None:
        """Show these, what asks for something first; ``none`` and ``reason`` are said where there are none."""
        self.empty.say(none, reason)
        self.table.show_rows(sorted(changes, key=lambda change: change.gravity is not ChangeGravity.REISSUE))
        self.count.setText(count_words(changes))
        self.count.setVisible(bool(changes))
        keep_rows(self.table, min(len(changes), _LEAST_ROWS) or _LEAST_ROWS)
        self._on_row_changed(self.table.current() if changes else None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Between the list and the words."""
        content, rows = self._detail_area.widget(), len(self.table.rows)
        if content is None or self._detail_area.isHidden():
            self.table.setMaximumHeight(_ANY_HEIGHT)
            return
        room = self.height() - tokens.S - self.count.heightForWidth(self.width()) - 2 * tokens.XS
        most = max(min(room // 2, room - self.table.minimumHeight()), sized(tokens.HUGE))
        line = self.words.fontMetrics().lineSpacing()
        lines = -(-content.heightForWidth(self._detail_area.viewport().width()) // line)  # it shows whole ones
        words = min(lines * line, most)
        self._detail_area.setFixedHeight(words)
        heading, row = height_of(self.table, 0), self.table.verticalHeader().defaultSectionSize()
        seen = max(_LEAST_ROWS, (room - words - heading) // row)
        self.table.setMaximumHeight(_ANY_HEIGHT if seen >= rows else height_of(self.table, seen))

    def _on_row_changed(self, change: NoticeChange | None) -> None:
        self._detail_area.setVisible(change is not None)
        self.words.setText(change.words if change is not None else "")
        has_wordings = change is not None and change.kind in ("wording", "spelling", "section-added", "section-removed")
        for part, words, pattern in (
            (self.before, change.before if change is not None else "", _("Before: {words}")),
            (self.after, change.after if change is not None else "", _("Now: {words}")),
        ):
            part.setText(pattern.format(words=words))
            part.setVisible(has_wordings and bool(words))
        self._share_room()
