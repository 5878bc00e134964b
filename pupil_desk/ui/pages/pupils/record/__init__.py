"""The record of one pupil, part by part."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pupil_desk.ui.pages.pupils.record.record import RecordView


def record_view() -> "type[RecordView]":
    """The record's class. To read its code, and that of all its parts, takes longer than a turn of the window may: the first time is for a thread."""
    from pupil_desk.ui.pages.pupils.record.record import RecordView

    return RecordView
