"""Absences that nobody explained, and of which the pupil's social worker was never told. Those of today are a matter of Home."""

from collections.abc import Iterator

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services.quality.rule import Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope


def social_worker_not_told(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A line for each pupil, with the first such day: it is recorded in the register of that day, or the mark is put right there."""
    days = sorted(day for day in file.untold if day < context.today)
    if days:
        words = _(
            "Absent without a reason on {day}, and nothing says that the social worker was told. Tell them and record it in the register, or enter the reason."
        )
        if len(days) > 1:
            words = _(
                "Absent without a reason on {number} days, the first {day}, and nothing says that the social worker was told. Tell them and record it in the register, or enter the reason."
            )
        yield Gap(words.format(day=short_date(days[0]), number=len(days)), "code", "mark", f"{days[0].isoformat()}@{Session.AM}")


RULES = (
    QualityRule(_("Social worker not told of an absence"), (Need.ATTENDANCE, Need.SEN), Gravity.SHOULD, Scope.PRESENT, _("Working together to improve school attendance"), social_worker_not_told),
)  # fmt: skip
