"""Lists about exams over the unit: who sits what on each day, for whoever invigilates, and all entries of each series, to be typed at the boards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, Para, Table
from pupil_desk.documents.pdf.style import A4

LYING = (A4[1], A4[0])
BASE = 10  # points of body text


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamChapter:
    """The rows under one heading: a day, or a series at a board."""

    heading: str
    rows: Sequence[Sequence[str]]


def days(chapters: Sequence[ExamChapter], foot: str) -> list[Block]:
    """A table a day."""
    header = (_("Time"), _("Pupil"), _("Paper"), _("Minutes"), _("Room and seat"), _("Arrangements that hold"))
    note = _(
        "Minutes are without extra time, unless it is said beside them. Nothing stands here of an arrangement that is not approved on the day."
    )
    return [Heading(1, _("Exams by day")), Para(note), *_tables(chapters, header), Para(foot, style="small")]


def series(chapters: Sequence[ExamChapter], foot: str) -> list[Block]:
    """A table for each board in a series."""
    header = (_("Pupil"), _("Born"), _("Candidate"), _("UCI"), _("Entry code"), _("Paper"), _("Entry"))
    note = _("Entries are made with the board itself; nothing is sent from here. Those that were withdrawn are left out.")
    return [Heading(1, _("Exam entries by series")), Para(note), *_tables(chapters, header, may_lack=_("UCI")), Para(foot, style="small")]


def _tables(chapters: Sequence[ExamChapter], header: Sequence[str], may_lack: str = "") -> Iterator[Block]:
    """``may_lack`` heads a column that is left out of a table in which nobody has it."""
    for chapter in chapters:
        places = [place for place, words in enumerate(header) if words != may_lack or any(row[place] for row in chapter.rows)]
        yield Heading(2, chapter.heading)
        yield Table(caption="", header=[header[place] for place in places], rows=[[row[place] for place in places] for row in chapter.rows])
