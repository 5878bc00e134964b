"""An export compared with today: the sentence, and one line for each pupil of whom it would say something else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.exports.kept.comparing import Altered, Comparison
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, button, column_in, growing, label, row_layout
from pupil_desk.ui.style import tokens

GONE, NEW, ALTERED = "gone", "new", "altered"
_WORDS = {GONE: _("Would be left out"), NEW: _("New"), ALTERED: _("Changed")}
_SIGNS = {GONE: "prohibit", NEW: "user-plus", ALTERED: "pencil-simple"}


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A line: what would be another with a pupil, and why, or which fields, with what stands there now."""

    pupil: Pupil
    kind: str
    words: str

    @property
    def id(self) -> tuple[str, str, str]:
        """Of a pupil told to several there may be several."""
        return self.pupil.id, self.kind, self.words


def rows_of(comparison: Comparison) -> list[DifferenceRow]:
    """The lines of a comparison: who would be left out, who is new, who has changed."""
    return [
        *(DifferenceRow(change.pupil, GONE, _for(change.recipient, change.reason)) for change in comparison.removed),
        *(
            DifferenceRow(
                change.pupil,
                NEW,
                _for(
                    change.recipient,
                    _("Left out then: {reason}").format(reason=change.reason) if change.reason else _("Was not covered then"),
                ),
            )
            for change in comparison.new
        ),
        *(DifferenceRow(change.pupil, ALTERED, _for(change.recipient, "; ".join(_changes(change)))) for change in comparison.altered),
    ]


def _for(recipient: str, words: str) -> str:
    return f"{recipient}: {words}" if recipient else words


def _changes(change: Altered) -> Iterator[str]:
    if change.level:
        yield _("level now {level}").format(level=codelist("level").label_of(change.level).lower())
    for field in change.fields:
        key = f"{field.key} " if field.key and field.key != field.label and not field.key.endswith("/" + field.label) else ""
        yield _("{key}{field}: now {value}").format(key=key, field=field.label, value=field.now or _("nothing"))
    for keys, words in ((change.rows_new, _("{entries} that were not there")), (change.rows_gone, _("{entries} no longer there"))):
        if keys:
            yield words.format(entries=count_of(len(keys), _("entry"), _("entries")))


class ExportComparison(QWidget):
    """Shows a comparison. ``closed`` comes on Back and Esc; opening a line leads to the pupil."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.title = label("", "subhead")
        self.sentence = label("")
        hint = _(
            "Of the values of then only digests are kept: it is known that one differs, not what it was. What stands there now is shown."
        )
        self.hint = label(hint, "hint")
        self.empty = EmptyState("check-circle", _("Nothing differs"), _("The same order would say the same today."))
        self.table: Table[DifferenceRow] = Table(
            (
                badged(
                    context.desk,
                    Column[DifferenceRow](
                        "pupil", _("Pupil"), lambda row: row.pupil.surname_first, width=22, tip=lambda row: row.pupil.ref
                    ),
                    lambda row: row.pupil.id,
                ),
                Column[DifferenceRow]("what", _("Today"), lambda row: _WORDS[row.kind], width=18, icon=lambda row: _SIGNS[row.kind]),
                Column[DifferenceRow](
                    "words", _("Why, or what has changed"), lambda row: row.words, stretch=True, width=24, tip=lambda row: row.words
                ),
            ),
            name=_("Compared with today"),
            memory=context.memory,
            memory_key="exports-compared",
            empty=self.empty,
        )
        self.back = button(_("&Back to the exports made (Esc)"), self.closed.emit, icon_name="arrow-left")
        self.open_button = button(_("&Open the pupil"), self._open, icon_name="user")
        self.table.opened.connect(lambda _row: self._open())
        self.table.current_changed.connect(lambda row: self.open_button.setEnabled(row is not None))
        column_in(
            self,
            tokens.S,
            self.title,
            self.sentence,
            self.hint,
            growing(self.table),
            row_layout(self.back, self.open_button, STRETCH),
            top=tokens.M,
        )

    def show_comparison(self, comparison: Comparison) -> None:
        """Show it, the cursor on its first line."""
        day = datetime.fromisoformat(comparison.export.made_at).astimezone().date()
        self.title.setText(
            _("{title} of {day}, compared with {today}").format(
                title=comparison.export.title, day=show_date(day), today=show_date(comparison.day)
            )
        )
        self.sentence.setText(comparison.sentence)
        rows = rows_of(comparison)
        self.table.show_rows(rows)
        self.open_button.setEnabled(bool(rows))
        self.hint.setVisible(bool(rows))
        (self.table if rows else self.back).setFocus()

    def forget(self) -> None:
        """Keep nothing of it on the screen."""
        self.table.show_rows([])
        self.sentence.clear()

    def _open(self) -> None:
        row = self.table.current()
        if row is not None:
            self._context.go("pupils", row.pupil.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
