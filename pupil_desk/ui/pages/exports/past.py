"""The exports made: when, by whom, to whom, and the receipt of each."""

from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.services.exports import listing
from pupil_desk.services.exports.listing import FileState, PastExport
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.empty import EmptyState
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.rows import Column
from pupil_desk.ui.kit.table import Table
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.pages.exports.result import ReceiptText
from pupil_desk.ui.style import tokens

_SPARE = {"recipient": 1400, "by": 1400}  # columns for which there is room from a width on, at 100 %


def _when(row: PastExport) -> str:
    at = datetime.fromisoformat(row.at).astimezone()
    return f"{short_date(at.date())} {at:%H:%M}"


_COLUMNS = (
    Column[PastExport]("at", _("When"), _when, width=17),
    Column[PastExport]("title", _("Export"), lambda row: row.title, width=12, stretch=True),
    Column[PastExport]("recipient", _("For whom"), lambda row: row.recipient, width=16),
    Column[PastExport]("by", _("Made by"), lambda row: row.made_by, width=14),
    Column[PastExport]("rows", _("Pupils"), lambda row: f"{row.rows:,}", align="right"),
    Column[PastExport]("left", _("Left out"), lambda row: f"{row.left_out:,}", align="right"),
    Column[PastExport]("how", _("File"), lambda row: _("plain") if row.plain else _("locked"), width=8),
)


class Past(QWidget):
    """The list, and on the right the receipt of the line one is on."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        empty = EmptyState("export", _("No export has been made yet"), _("Each one leaves its receipt here."))
        self.table: Table[PastExport] = Table(
            _COLUMNS, name=_("Exports made"), id_of=lambda row: row.export_id, memory=context.memory,
            memory_key="exports-made", empty=empty,
        )  # fmt: skip
        self.receipt = ReceiptText()
        self.check = button(_("&Check the files against it…"), self.check_files, icon_name="checks")
        self.table.moved.connect(self._moved)
        right = self._right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.S)
        column.addWidget(label(_("Receipt"), "label"))
        column.addWidget(self.receipt, 1)
        row = QHBoxLayout()
        row.addWidget(self.check)
        row.addStretch(1)
        column.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, tokens.M, 0, 0)
        outer.addWidget(Panes(self.table, right, shares=(6, 5), memory=context.memory, key="exports-made"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.table.give_way(_SPARE, self.width())  # the receipt says them too

    def look_again(self) -> None:
        """The exports made, the latest first."""
        rows = listing.made(self._context.desk)
        self._right.setVisible(bool(rows))  # an empty list has no receipt beside it
        self.table.show_rows(rows)

    def _moved(self, row: PastExport | None) -> None:
        self.receipt.setPlainText(row.receipt if row is not None else "")
        self.check.setEnabled(row is not None)

    def check_files(self) -> None:
        """Whether the file that lies in a folder is still the one of the receipt."""
        row = self.table.current()
        folder = self._context.ask.folder(_("The folder that holds the file")) if row is not None else None
        if row is None or folder is None:
            return

        def work(_job: object, folder: Path = folder) -> list[tuple[str, FileState]]:
            return listing.verify_receipt(row.receipt, folder)

        self._context.jobs.run(self, work, self._checked, title=_("Reading the file"))

    def _checked(self, found: list[tuple[str, FileState]]) -> None:
        words = " ".join(_("{name}: {state}.").format(name=name, state=state.words) for name, state in found)
        if all(state is FileState.SAME for _name, state in found):
            self._context.banner.success(words)
        else:
            self._context.banner.problem(words)
