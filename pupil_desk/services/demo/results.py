"""Inventing results: Key Stage 2 tests, baselines, and from Year 10 estimates and targets. The same seed gives the same.

Inventing reviews of targets, and a term's comments for the report: of the first pupils alone, one comment corrected since.
"""

import dataclasses
import random
from collections.abc import Iterator, Sequence
from datetime import date

from pupil_desk.domain.learning.assessment import TARGET, Assessment, school_year_end
from pupil_desk.domain.learning.review import ReportComment, TargetReview
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.demo.families import identity
from pupil_desk.services.desk import Work
from pupil_desk.services.learning.reviews import keep_wording
from pupil_desk.services.letters.progress_reports import term_on
from pupil_desk.services.unit import calendars
from pupil_desk.store.rows.rows import new_id

_NO_TESTS = frozenset({2020, 2021})  # the years without Key Stage 2 tests
_KS2_AGE, _YEAR_10_AGE = 11, 15  # reached in the school year
_BASELINE = (9, 18)


def results_of(pupil: Pupil, seed: str, today: date) -> list[Assessment]:
    """The entries on file of one invented pupil on a day."""
    chance = random.Random(f"results/{seed}")  # noqa: S311 a plain seed is the point
    class_of = school_year_end(pupil.dob)
    entries = [*_key_stage_2(pupil, chance, class_of + _KS2_AGE), *_baselines(pupil, chance, today)]
    if school_year_end(today) >= class_of + _YEAR_10_AGE:
        entries += _towards_gcse(pupil, chance, today)
    entries += list(_since_then(chance, entries))
    return [dataclasses.replace(entry, id=identity(chance)) for entry in entries if entry.date is None or entry.date <= today]


def _key_stage_2(pupil: Pupil, chance: random.Random, year: int) -> Iterator[Assessment]:
    if year in _NO_TESTS or chance.random() < 0.1:
        return
    for subject in ("REA", "MAT", "GPS"):
        yield _entry(pupil, "KS2", subject, "TT", str(chance.randint(84, 108)), day=date(year, 5, 12), component="SUB", qualifier="SS")
    yield _entry(pupil, "KS2", "WRI", "TA", chance.choice(("WTS", "EXS", "PK6")), day=date(year, 6, 27), component="SUB", qualifier="TO")


def _baselines(pupil: Pupil, chance: random.Random, today: date) -> Iterator[Assessment]:
    stage = "KS4" if school_year_end(today) >= school_year_end(pupil.dob) + _YEAR_10_AGE else "KS3"
    day = date(school_year_end(today) - 1, *_BASELINE)
    for subject in ("REA", "MAT"):
        yield _entry(pupil, stage, subject, "TA", str(chance.randint(4, 18)), day=day, component="BASELINE", status="I")


def _towards_gcse(pupil: Pupil, chance: random.Random, today: date) -> Iterator[Assessment]:
    year = school_year_end(today) - 1
    for subject in ("ENG", "MAT"):
        grade = chance.randint(1, 5)
        yield _entry(pupil, "KS4", subject, "TA", str(grade), day=date(year, 9, 25), component="GCSE", status="E")
        yield _entry(pupil, "KS4", subject, "TA", str(grade + 1), day=date(year, 9, 25), component="GCSE", status="T")
    yield _entry(pupil, "KS4", "MAT", "TT", chance.choice(("Pass", "Pass", "Fail")), day=date(year, 10, 16), component="FS L1")
    yield _entry(pupil, "KS4", "Food hygiene", "TA", "Pass", day=date(year, 11, 13), component="UNIT")


def _since_then(chance: random.Random, entries: list[Assessment]) -> Iterator[Assessment]:
    """What a second look in the autumn found: reading again, and mock examinations beside the estimates."""
    for entry in entries:
        if entry.component == "BASELINE" and entry.subject == "REA" and entry.date:
            second_result = str(min(20, max(1, int(entry.result) + chance.choice((-1, 0, 1, 2, 3)))))
            yield dataclasses.replace(entry, result=second_result, date=date(entry.date.year, 11, 6))
        elif entry.component == "GCSE" and entry.status == "E" and entry.date:
            mock = str(max(1, int(entry.result) + chance.choice((-1, 0, 0, 1, 1))))
            yield dataclasses.replace(entry, method="TT", result=mock, date=date(entry.date.year, 11, 12), status="I")


def _entry(
    pupil: Pupil,
    stage: str,
    subject: str,
    method: str,
    result: str,
    *,
    day: date,
    component: str,
    status: str = "R",
    qualifier: str | None = None,
) -> Assessment:
    return Assessment(
        pupil_id=pupil.id,
        stage=stage,
        subject=subject,
        method=method,
        result=result,
        component=component,
        year=school_year_end(day),
        date=day,
        status=status,
        qualifier=qualifier,
    )


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
