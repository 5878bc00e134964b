"""Inventing reviews of targets, and a term's comments for the report: of the first pupils alone, one comment corrected since."""

import dataclasses
from collections.abc import Sequence
from datetime import date

from pupil_desk.domain.learning.assessment import TARGET
from pupil_desk.domain.learning.review import ReportComment, TargetReview
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.demo.results import results_of
from pupil_desk.services.desk import Work
from pupil_desk.services.learning.reviews import keep_wording
from pupil_desk.services.letters.progress_reports import term_on
from pupil_desk.services.unit import calendars
from pupil_desk.store.rows.rows import new_id

_REVIEWED = (11, 13)  # month and day, in the autumn of the school year
_FOUND = (
    ("ON", "Reads longer texts to the end now. Next: one paragraph to write each week.", "Chris Rowan"),
    ("BEHIND", "Two of six tests were missed. A time on Thursdays is set aside to sit them.", "Pat Alder"),
)
_HOW_MANY = 3
_COMMENTS: tuple[tuple[str | None, str, str], ...] = (
    ("ENG", "Listens well, and takes up what others have said. Spelling needs a little time each day.", "Chris Rowan"),
    ("MAT", "Explains each step. Is ready for harder problems.", "Pat Alder"),
    (None, "A steady term. Mornings were hard at first and are better since the call home each Friday.", "Sam Whitlock"),
)


def keep_reviews(work: Work, people: Sequence[Pupil]) -> None:
    """Within a transaction: reviews of the targets of the first pupils that have some, and comments on the first pupil's term."""
    today = work.desk.today
    with_targets = [(pupil, targets) for pupil in people if (targets := _targets(pupil, today))][:_HOW_MANY]
    for _pupil, targets in with_targets:
        for place, (target_id, pupil_id, since) in enumerate(targets):
            standing, comment, reviewer = _FOUND[place % len(_FOUND)]
            day = date(since.year, *_REVIEWED)
            if day <= today:
                keep_wording(
                    work,
                    TargetReview(
                        pupil_id=pupil_id,
                        entry_id=new_id(),
                        assessment_id=target_id,
                        day=day,
                        standing=standing,
                        reviewer=reviewer,
                        comment=comment,
                    ),
                )
    term = term_on(calendars.terms(work.desk), today)
    if term is not None:
        _comment(work, (with_targets[0][0] if with_targets else people[0]).id, term.since)


def _targets(pupil: Pupil, today: date) -> list[tuple[str, str, date]]:
    return [
        (entry.id, pupil.id, entry.date)
        for entry in results_of(pupil, pupil.id, today)
        if entry.status == TARGET and entry.date is not None
    ]


def _comment(work: Work, pupil_id: str, term: date) -> None:
    for subject, text, teacher in _COMMENTS:
        comment = ReportComment(pupil_id=pupil_id, entry_id=new_id(), term=term, subject=subject, text=text, teacher=teacher)
        keep_wording(work, comment)
        if subject == "MAT":
            keep_wording(work, dataclasses.replace(comment, text=f"{text} The fractions test showed it."))
