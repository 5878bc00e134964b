"""Reviews of targets and comments for the progress report: kept with author, corrected by a further wording, struck out with a reason."""

import dataclasses
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.learning.assessment import TARGET, Assessment
from pupil_desk.domain.learning.review import (
    RecordedWording,
    ReportComment,
    TargetReview,
    WordingHistory,
    check_comment,
    check_review,
    settled_comment,
)
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.learning import assessments
from pupil_desk.services.learning.assessments import AssessmentEntry
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import differences, new_id
from pupil_desk.store.tables import reviews as store

type Either = TargetReview | ReportComment
_KINDS = {TargetReview: "target_review", ReportComment: "report_comment"}


def reviews(desk: Desk, pupil_id: str) -> list[WordingHistory[TargetReview]]:
    """A pupil's reviews of targets, the latest day first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    entries = store.of_pupil(desk.vault, TargetReview, pupil_id)
    return sorted(entries, key=lambda entry: (entry.now.day, entry.wordings[0].at), reverse=True)


def comments(desk: Desk, pupil_id: str) -> list[WordingHistory[ReportComment]]:
    """A pupil's comments, the latest term first; in a term the tutor's, then by subject. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    entries = store.of_pupil(desk.vault, ReportComment, pupil_id)
    entries.sort(key=lambda entry: (entry.now.subject is not None, entry.now.title))
    return sorted(entries, key=lambda entry: entry.now.term, reverse=True)


def comments_of_term(desk: Desk, pupil_id: str, since: date, until: date) -> list[ReportComment]:
    """The comments that hold for a term of those days: by subject, then the tutor's."""
    current = [entry.now for entry in comments(desk, pupil_id) if entry.now.struck is None and since <= entry.now.term <= until]
    return sorted(current, key=lambda comment: comment.subject is None)


def wordings_of(desk: Desk, record: Either) -> list[RecordedWording[Any]]:
    """The wordings of one review or comment, the oldest first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", record.pupil_id)
    entries: list[WordingHistory[Any]] = store.of_pupil(desk.vault, type(record), record.pupil_id)
    return [wording for entry in entries if entry.now.entry_id == record.entry_id for wording in entry.wordings]


def targets(desk: Desk, pupil_id: str) -> dict[str, Assessment]:
    """Of each entry of a target, those that were corrected too, the entry that counts now in its place; none where it was withdrawn."""
    return _counting(assessments.history(desk, pupil_id))


def _counting(entries: Sequence[AssessmentEntry]) -> dict[str, Assessment]:
    later = {entry.record.corrects: entry.record.id for entry in entries if entry.record.corrects}
    now = {entry.record.key: entry.record for entry in entries if entry.current}
    by_id = {entry.record.id: entry for entry in entries}
    current_targets = {}
    for entry in entries:
        last = entry.record.id
        while last in later:
            last = later[last]
        counts = now.get(by_id[last].record.key)
        if counts is not None and counts.status == TARGET and not by_id[last].withdrawal_reason:
            current_targets[entry.record.id] = counts
    return current_targets


def latest(desk: Desk, pupil_id: str) -> dict[str, TargetReview]:
    """The latest review of each target that counts now, by the identity of the target's entry."""
    count = targets(desk, pupil_id)
    latest_reviews: dict[str, TargetReview] = {}
    for entry in reversed(reviews(desk, pupil_id)):
        target = count.get(entry.now.assessment_id)
        if target is not None and entry.now.struck is None:
            latest_reviews[target.id] = entry.now
    return latest_reviews


def latest_of_all(desk: Desk, until: date, ids: Collection[str] | None = None) -> dict[str, list[tuple[Assessment, TargetReview]]]:
    """By pupil, each target that counts now and was reviewed by a day, with its latest review until then; with ``ids`` those pupils'. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    reviews_by_pupil = grouped(
        (history.now.pupil_id, history.now)
        for history in store.of_all(desk.vault, TargetReview, ids)
        if history.now.struck is None and history.now.day <= until
    )
    latest_by_pupil: dict[str, list[tuple[Assessment, TargetReview]]] = {}
    for pupil_id, entries in assessments.histories(desk, list(reviews_by_pupil)).items():
        count = _counting(entries)
        latest_reviews = {
            count[review.assessment_id].id: (count[review.assessment_id], review)
            for review in sorted(reviews_by_pupil[pupil_id], key=lambda review: review.day)
            if review.assessment_id in count
        }
        latest_by_pupil[pupil_id] = list(latest_reviews.values())
    return latest_by_pupil


def add(desk: Desk, record: Either) -> Changed:
    """Keep a new review or comment. Raises Refused, WrongUse."""
    pupil_of(desk.vault, record.pupil_id)
    record = dataclasses.replace(_checked(desk, dataclasses.replace(record, entry_id="")), entry_id=new_id(), struck=None)
    return _keep(desk, record, "added")


def correct(desk: Desk, record: Either) -> Changed:
    """Keep a further wording; what it said before stays. Raises Refused, WrongUse."""
    old = _open(desk, record)
    record = dataclasses.replace(_checked(desk, record), id=old.id, struck=None)
    if not differences(old, record):
        return Changed.of()
    return _keep(desk, record, "corrected")


def strike(desk: Desk, record: Either, reason: str) -> Changed:
    """Say that it was entered by mistake; it stays on file with the reason, and in no report. Raises Refused, WrongUse."""
    old, reason = _open(desk, record), tidy(reason)
    refuse(() if reason else (Problem("struck", "missing", _("Enter why it is struck out.")),))
    return _keep(desk, dataclasses.replace(old, struck=reason), "struck out")


def keep_wording(work: Work, record: Either) -> None:
    """Within a transaction: keep one more wording of a checked review or comment."""
    store.add(work.desk.vault, dataclasses.replace(record, id=new_id()), moment=work.stamp, actor=work.actor)


def _keep(desk: Desk, record: Either, step: str) -> Changed:
    kind = _KINDS[type(record)]
    with desk.act(Action.EDIT_RECORD, "pupil", record.pupil_id, f"{kind} {step}") as work:
        keep_wording(work, record)
    return Changed.of("pupil", kind, ids=(record.pupil_id,))


def _open(desk: Desk, record: Either) -> Either:
    desk.require(Action.EDIT_RECORD, "pupil", record.pupil_id)
    old = store.now(desk.vault, record)
    if old is None or old.pupil_id != record.pupil_id:
        raise WrongUse(_("That entry is no longer on file. Open the pupil again."))
    if old.struck is not None:
        raise WrongUse(_("This entry is struck out. Write a new one instead."))
    return old


def _checked(desk: Desk, record: Either) -> Either:
    record = tidied(record, desk.today)
    refuse(problems_of(record, desk.today))
    if isinstance(record, TargetReview):
        refuse((*check_review(record, desk.today), *_target(desk, record)))
        return record
    record = settled_comment(record)
    refuse(check_comment(record, standing(desk, record.pupil_id)))
    return record


def standing(desk: Desk, pupil_id: str) -> Sequence[ReportComment]:
    """The comments that hold, of every term."""
    return [entry.now for entry in comments(desk, pupil_id) if entry.now.struck is None]


def _target(desk: Desk, review: TargetReview) -> tuple[Problem, ...]:
    if review.assessment_id in targets(desk, review.pupil_id):
        return ()
    return (Problem("standing", "no_target", _("Choose the target that was looked at. It must be on file, and not withdrawn.")),)
