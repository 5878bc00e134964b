"""What a pupil's sheet tells of assessments, reviews of targets and the comments of progress reports: every wording, with who recorded it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.learning.review import ReportComment, TargetReview, WordingHistory
from pupil_desk.services.desk import Desk
from pupil_desk.services.learning import assessments
from pupil_desk.services.sheet.entries import LABELS, SheetEntry, SheetSection, in_words, of_record
from pupil_desk.store.tables import reviews


def sections(desk: Desk, pupil_id: str) -> list[SheetSection]:
    """Results, reviews of targets, and comments."""
    comments = reviews.of_pupil(desk.vault, ReportComment, pupil_id)
    return [
        SheetSection("assessments", _("Assessments and results"), _assessments(desk, pupil_id)),
        SheetSection("target_reviews", _("Reviews of targets"), _reviews(desk, pupil_id)),
        SheetSection("report_comments", _("Comments in progress reports"), tuple(_wordings(comments))),
    ]


def _assessments(desk: Desk, pupil_id: str) -> tuple[SheetEntry, ...]:
    """Every entry, those that count no more too, each with how it stands; an exam result that is not published is marked."""
    entries = []
    for entry in assessments.history(desk, pupil_id):
        first: dict[str, tuple[str, Any]] = {"standing": (_("How it stands"), entry.standing.value)}
        if entry.withdrawal_reason:
            first["withdrawn_because"] = (_("Withdrawn because"), entry.withdrawal_reason)
        worded = of_record(entry.record, **first).worded(subject=entry.record.subject_label, component=entry.record.component_label)
        facts = (
            *worded.facts,
            ("at", LABELS["at"], entry.recorded_at, in_words("at", entry.recorded_at)),
            ("recorded_by", _("Recorded by"), entry.recorded_by, entry.recorded_by),
        )
        entries.append(SheetEntry(facts, entry.record.published_on, frozenset({"result"})))
    return tuple(entries)


def _reviews(desk: Desk, pupil_id: str) -> tuple[SheetEntry, ...]:
    """Every wording, each with the target that was looked at."""
    targets = {entry.record.id: entry.record for entry in assessments.history(desk, pupil_id)}
    target_words = {key: _("{what}: {result}").format(what=target.title, result=target.result) for key, target in targets.items()}
    return tuple(_wordings(reviews.of_pupil(desk.vault, TargetReview, pupil_id), target_words))


def _wordings(held_records: Iterable[WordingHistory[Any]], target_words: Mapping[str, str] | None = None) -> Iterator[SheetEntry]:
    """Wordings with who recorded each, and when; ``target_words`` is the words of each target."""
    for wording in (wording for held_record in held_records for wording in held_record.wordings):
        first = {} if target_words is None else {"target": (_("Target"), target_words.get(wording.record.assessment_id, ""))}
        facts = (*of_record(wording.record, **first).facts, ("at", LABELS["at"], wording.at, in_words("at", wording.at)))
        yield SheetEntry((*facts, ("recorded_by", _("Recorded by"), wording.by, wording.by)))
