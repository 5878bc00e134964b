"""Exams to come: two papers in one session, and an access arrangement that is not approved on the day of one."""

from collections.abc import Iterator

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.exams.exam import clashes, not_approved
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope, gap_in


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


RULES = (
    QualityRule(_("Exams that clash"), (Need.EXAMS,), Gravity.SHOULD, Scope.HERE, OURS, exams_clash),
    QualityRule(_("Arrangement not approved"), (Need.EXAMS,), Gravity.SHOULD, Scope.HERE, OURS, arrangement_not_approved),
)
