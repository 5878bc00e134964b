"""What a record says of others that were merged with it, and the way to part them again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.services.duplicates import merging
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.words import button, growing, label, row_in
from pupil_desk.ui.style import tokens


@dataclass(frozen=True, slots=True)
class _MergedRecord:
    record_id: str
    name: str
    words: str
    is_contact: bool


class MergedLine(QWidget):
    """«Also kept as P0031, merged on …» with a button; not to be seen for a record with which none was merged. ``record_saved`` carries what changed."""

    record_saved = Signal(object)

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__()
        self.context, self._may_leave = context, may_leave
        self._merged_records: list[_MergedRecord] = []
        self.words = label("", "muted")
        self.part_button = button(_("Part again…"), self.part, "link")
        row_in(self, tokens.S, growing(self.words), self.part_button)
        refusal = "" if context.desk.may(Action.MERGE) else only(Action.MERGE)
        self.part_button.setEnabled(not refusal)
        self.part_button.setToolTip(refusal)
        self.part_button.setAccessibleDescription(refusal)
        self.hide()

    def show_pupil(self, pupil_id: str) -> None:
        """Say what was merged with this pupil's record, and which of its contacts were."""
        desk = self.context.desk
        self._merged_records = []
        for row in merging.stands_for(desk, pupil_id):
            words = _("Also kept as {record}, merged on {day} by {who}.").format(
                record=row["ref"], day=_day(row["at"]), who=_merged_by(row)
            )
            name = _("{ref} {forename} {surname}").format(ref=row["ref"], forename=row["forename"], surname=row["surname"])
            self._merged_records.append(_MergedRecord(row["id"], name, words, is_contact=False))
        for row in merging.contacts_merged(desk, pupil_id):
            name = " ".join(part for part in (row["title"], row["forename"], row["surname"]) if part)
            words = _("The contact {name} was merged with another on {day} by {who}.").format(
                name=name, day=_day(row["at"]), who=_merged_by(row)
            )
            self._merged_records.append(_MergedRecord(row["id"], name, words, is_contact=True))
        self.words.setText("\n".join(merged_record.words for merged_record in self._merged_records))
        self.setVisible(bool(self._merged_records))

    def part(self) -> None:
        """Part one of them, after asking which, where there are several, and why."""
        merged_record = self._ask_which() if self._may_leave() else None
        if merged_record is None:
            return
        text = _(
            "{name} stands for itself again, with all that was entered in it. What was entered since the two were merged stays with the record that it was entered in."
        ).format(name=merged_record.name)
        reason = self.context.ask.text(
            _("Part the two again?"), text, _("Why they are two people"), verb=_("Part"), stay=_("Keep them as one"), check=_wrong
        )
        if reason is None:
            return
        act = merging.part_contact if merged_record.is_contact else merging.part
        parted = self.context.attempt(lambda: act(self.context.desk, merged_record.record_id, reason=reason))
        if parted is not None:
            self.record_saved.emit(parted.changed)
            self.context.banner.success(" ".join((_("Parted. Each record stands for itself again."), *parted.sentences)))

    def _ask_which(self) -> _MergedRecord | None:
        if len(self._merged_records) < 2:
            return self._merged_records[0] if self._merged_records else None
        choices = [Choice(merged_record.record_id, merged_record.name) for merged_record in self._merged_records]
        key = self.context.ask.choose(
            _("Which one?"), _("Choose the record to part from this one."), (*choices, Choice("", _("Cancel"))), safe=""
        )
        return next((merged_record for merged_record in self._merged_records if merged_record.record_id == key), None)


def _wrong(reason: str) -> str:
    return "" if reason.strip() else _("Enter why, such as the family’s word.")


def _day(moment: str) -> str:
    return show_date(local_time(moment).date())


def _merged_by(row: Any) -> str:
    return row["by_name"] or _("someone who has left")
