"""Reviews of targets, and what teachers say in the progress report. A wording is never written over; a further one follows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem

_said = partial(item, facts=Facts(Section.ASSESSMENTS, Category.ASSESSMENTS, Purpose.PROGRESS, Basis.PUBLIC_TASK))
_LONGEST_NAME = 100
_LONGEST_COMMENT = 1500  # characters: a third of a page

REVIEW_FORM = ("day", "standing", "reviewer", "comment")  # the target is chosen beside the form
COMMENT_FORM = ("subject", "text", "teacher")  # the term is chosen beside the form


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReview:
    """One wording of a review. Those that share ``entry_id`` are one review; ``assessment_id`` is the target as it was entered."""

    id: str = ""
    pupil_id: str = ""
    entry_id: str = ""
    assessment_id: str = ""
    day: date = _said(_("Day of the review"), Kind.DATE, required=True)
    standing: str = _said(_("How the target is going"), Kind.CODE, codes="target_standing", required=True)
    reviewer: str = _said(_("Reviewed by"), Kind.TEXT, required=True, longest=_LONGEST_NAME)
    comment: str | None = _said(
        _("What the review found"),
        Kind.LINES,
        longest=_LONGEST_COMMENT,
        hint=_("This stands in the progress report to the family, and in the week that a school is told. Name no other pupil"),
    )
    struck: str | None = _said(_("Review struck out because"), Kind.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportComment:
    """One wording of a comment on a term. Those that share ``entry_id`` are one comment; without a subject it is the tutor's, on the whole."""

    id: str = ""
    pupil_id: str = ""
    entry_id: str = ""
    term: date = _said(_("Term that begins on"), Kind.DATE, required=True)
    subject: str | None = _said(
        _("Subject of the comment"),
        Kind.TEXT,
        longest=_LONGEST_NAME,
        hint=_("A code or a name: MAT, Maths. Empty for the tutor’s comment on the whole term"),
    )
    text: str = _said(
        _("Comment in the report"),
        Kind.LINES,
        required=True,
        longest=_LONGEST_COMMENT,
        hint=_("Written to the family. Name no other pupil"),
    )
    teacher: str = _said(_("Comment by"), Kind.TEXT, required=True, longest=_LONGEST_NAME)
    struck: str | None = _said(_("Comment struck out because"), Kind.TEXT)

    @property
    def title(self) -> str:
        """The subject in words; of a comment without one, whose it is."""
        return codelist("assessment_subject").label_of(self.subject) if self.subject else _("Tutor’s comment")


@dataclass(frozen=True, slots=True)
class RecordedWording[R]:
    """One wording, when it was recorded (as the file keeps a moment), and by whom."""

    record: R
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class WordingHistory[R]:
    """One review or comment with its wordings, the oldest first."""

    wordings: tuple[RecordedWording[R], ...]

    @property
    def now(self) -> R:
        return self.wordings[-1].record


def check_review(review: TargetReview, today: date) -> tuple[Problem, ...]:
    """A review tells of what has been found."""
    if review.day <= today:
        return ()
    return (Problem("day", "future_date", _("This day is still to come. Enter the day on which the target was looked at.")),)


def settled_comment(comment: ReportComment) -> ReportComment:
    """The comment with its subject as the list has it: MAT for Maths."""
    code = codelist("assessment_subject").match(comment.subject) if comment.subject else None
    return replace(comment, subject=code.code) if code else comment


def check_comment(comment: ReportComment, comments: Sequence[ReportComment]) -> tuple[Problem, ...]:
    """There is one comment for a subject and term; ``comments`` are those of the pupil that hold."""
    for other_comment in comments:
        same_subject = (other_comment.term, fold(other_comment.subject or "")) == (comment.term, fold(comment.subject or ""))
        if same_subject and other_comment.entry_id != comment.entry_id:
            words = _("There is a comment on this for the term already. Change that one instead.")
            return (Problem("subject", "there_already", words),)
    return ()
