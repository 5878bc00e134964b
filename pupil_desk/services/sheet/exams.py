"""On a pupil's sheet: entries for exams, access arrangements, and who may have the results."""

from pupil_desk.basics.words import _
from pupil_desk.domain.exams.exam import ExamArrangement, ExamEntry, ResultsCollector
from pupil_desk.services.sheet.entries import SheetSection, of_record
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several


def sections(vault: Vault, pupil_id: str) -> tuple[SheetSection, ...]:
    """The sections, those with nothing in them too."""
    return tuple(
        SheetSection(name, title, tuple(map(of_record, several.of_pupil(vault, record_type, pupil_id))))
        for name, title, record_type in (
            ("exam_entries", _("Entries for exams"), ExamEntry),
            ("exam_arrangements", _("Access arrangements"), ExamArrangement),
            ("exam_collectors", _("Who may have exam results"), ResultsCollector),
        )
    )
