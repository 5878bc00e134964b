"""Exams to come: two papers in one session, what is still planned or lacks a number, and access arrangements that do not hold; and exams that are over without a result."""

from collections.abc import Iterator
from datetime import timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.exams.exam import WITHDRAWN, clashes, not_approved
from pupil_desk.services.exams.exams_due import still_planned
from pupil_desk.services.exams.recording import paper_words, series_words
from pupil_desk.services.exams.results import without_result
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope, gap_in, limits


def exams_clash(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """More than one paper in a session that is still to come."""
    for (day, _session), entries in clashes(file.exam_entries).items():
        if day >= context.today:
            words = _("{count} papers are in one session on {day}. Settle with the board which is sat when.")
            yield gap_in(entries[0], "session", words.format(count=len(entries), day=short_date(day)))


def arrangement_not_approved(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An arrangement that does not hold on the day of an exam that is still to come."""
    entries = [entry for entry in file.exam_entries if entry.day and entry.day >= context.today]
    uncovered = not_approved(entries, file.exam_arrangements)
    for arrangement in file.exam_arrangements:
        if arrangement.id in uncovered:
            kind = begun_small(codelist("exam_arrangement").label_of(arrangement.kind))
            words = _("Not approved for the exam on {day}: {kind}.").format(day=short_date(uncovered[arrangement.id]), kind=kind)
            yield gap_in(arrangement, "approved_from" if arrangement.approved_from is None else "approved_until", words)


def arrangement_without_evidence(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An arrangement for an exam still to come, of which nothing on file shows the need."""
    if any(entry.day and entry.day >= context.today and entry.status != WITHDRAWN for entry in file.exam_entries):
        for arrangement in file.exam_arrangements:
            is_over = arrangement.approved_until is not None and arrangement.approved_until < context.today
            if not is_over and arrangement.evidence in (None, "none"):
                kind = begun_small(codelist("exam_arrangement").label_of(arrangement.kind))
                yield gap_in(arrangement, "evidence", _("No evidence is on file: {kind}.").format(kind=kind))


def exam_still_planned(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An entry that comes near, or whose day has gone by, and is not made with the board."""
    for entry in file.exam_entries:
        if still_planned(entry, context.today):
            words = _("{paper} is still planned. Enter it with the board, or say that it is withdrawn.")
            yield gap_in(entry, "status", words.format(paper=paper_words(entry)))


def exam_without_number(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An exam of these weeks without the number of the centre or of the candidate."""
    until = context.today + timedelta(days=limits()["exam_numbers_days"])
    for entry in file.exam_entries:
        if entry.status != WITHDRAWN and entry.day and context.today <= entry.day <= until:
            if not entry.centre:
                yield gap_in(entry, "centre", _("{paper}: the centre number is missing.").format(paper=paper_words(entry)))
            elif not entry.candidate_number:
                yield gap_in(entry, "candidate_number", _("{paper}: the candidate number is missing.").format(paper=paper_words(entry)))


def exam_without_result(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An exam that was over some time ago with all its papers, of which no result is among the assessments."""
    since = context.today - timedelta(days=limits()["no_result_days"])
    for entry in without_result(file.exam_entries, file.results, since):
        if entry.year >= since.year - 1:
            words = _("No result is on file of {exam} ({series}). Enter it under Assessments.")
            exam = words.format(exam=entry.qualification, series=series_words(entry.series, entry.year))
            yield gap_in(entry, "qualification", exam)


RULES = (
    QualityRule(_("Exams that clash"), (Need.EXAMS,), Gravity.SHOULD, Scope.HERE, OURS, exams_clash),
    QualityRule(_("Arrangement not approved"), (Need.EXAMS,), Gravity.SHOULD, Scope.HERE, OURS, arrangement_not_approved),
    QualityRule(_("Arrangement without evidence"), (Need.EXAMS,), Gravity.SHOULD, Scope.HERE, OURS, arrangement_without_evidence),
    QualityRule(_("Exam not entered yet"), (Need.EXAMS,), Gravity.SHOULD, Scope.HERE, OURS, exam_still_planned),
    QualityRule(_("Exam without a number"), (Need.EXAMS,), Gravity.SHOULD, Scope.HERE, OURS, exam_without_number),
    QualityRule(_("Exam without a result"), (Need.EXAMS, Need.ASSESSMENTS), Gravity.SHOULD, Scope.RECENT, OURS, exam_without_result),
)
