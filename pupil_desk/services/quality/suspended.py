"""Suspensions: what the letter and the census need, and where the register says otherwise."""

from collections.abc import Iterator

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import CODES, ELSEWHERE, NOT_POSSIBLE, category_of
from pupil_desk.domain.register.calendar import AM, Half, school_year
from pupil_desk.domain.suspensions.limit import MOST_DAYS, days_in_year
from pupil_desk.domain.suspensions.suspension import LUNCHTIME, SuspensionCase, SuspensionStanding, check_suspension
from pupil_desk.services.quality.rule import Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope, gap_in

_SUSPENDED = "E"
_STANDING = (SuspensionStanding.IN_FORCE, SuspensionStanding.SERVED, SuspensionStanding.CANCELLED, SuspensionStanding.REINSTATED)


def _of_late(file: PupilFile, context: QualityContext) -> list[SuspensionCase]:
    """The decisions since the last school year began that were no mistake."""
    return [case for case in file.cases if case.suspension.start >= context.since and case.standing(context.today) in _STANDING]


def no_reason(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A decision without a reason, or with one that cannot be."""
    for case in _of_late(file, context):
        if not case.suspension.reasons:
            yield gap_in(case.suspension, "reason_1", _("There is no reason for the suspension. Choose the main one."))
        for problem in check_suspension(case.suspension):
            yield gap_in(case.suspension, problem.column, problem.message)


def no_circumstances(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A decision of ours without what happened, which the letter to the family tells."""
    for case in _of_late(file, context):
        if case.suspension.school is None and not case.imported and not case.suspension.circumstances:
            words = _("It is not said what happened. The letter to the family gives the reason in plain words.")
            yield gap_in(case.suspension, "circumstances", words)


def nobody_decided(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A decision of ours that does not say who made it: only the head can."""
    for case in _of_late(file, context):
        if case.suspension.school is None and not case.imported and not case.suspension.decided_by:
            yield gap_in(case.suspension, "decided_by", _("It is not said who decided. Only the head, or who acts as head, may."))


def over_the_limit(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """More days in the school year than the law allows."""
    year = school_year(context.today)
    days = days_in_year(file.cases, year, context.calendar)
    cases_this_year = [case for case in file.cases if school_year(case.suspension.start) == year]
    if days > MOST_DAYS and cases_this_year:
        words = _(
            "Suspended for {days} school days this school year; the law allows {most}. Check the number of sessions of each decision."
        )
        yield gap_in(cases_this_year[-1].suspension, "sessions", words.format(days=f"{days:g}", most=f"{MOST_DAYS:g}"))


def register_says_otherwise(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A session of a suspension of ours that is over, and that the register does not say was one."""
    for case in _of_late(file, context):
        if case.suspension.category == LUNCHTIME or case.suspension.school:
            continue
        wrong = [half for half in case.counted if half[0] < context.today and _disagrees(file.stands.get(half))]
        if wrong:
            words = _("Suspended on {when}, and the register says {code}. Correct the register, or the suspension.")
            yield gap_in(case.suspension, "start", words.format(when=_half(wrong[0]), code=_words(file.stands.get(wrong[0], ""))))


def _disagrees(code: str | None) -> bool:
    """Whether a code goes against a suspension: not E, not education elsewhere, and not a session that was not possible.

    None is a session outside the days that were read; one without a mark is a matter of the register.
    """
    return bool(code) and code != _SUSPENDED and category_of(code or "") not in (ELSEWHERE, NOT_POSSIBLE)


def marked_without_suspension(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A session marked E in no suspension on file, another school's among them."""
    if not file.e_marks:
        return
    suspended_halves = {
        half for case in file.cases if case.standing(context.today) is not SuspensionStanding.MISTAKEN for half in case.counted
    }
    permanent = min((_first(case) for case in file.cases if case.suspension.permanent), default=None)
    loose = [half for half in file.e_marks if half not in suspended_halves and not (permanent and half >= permanent)]
    if loose:
        words = _("The register says E on {when}, and no suspension on file covers it. Enter the suspension, or correct the register.")
        yield Gap(words.format(when=_half(loose[0])), "start", "suspension")


def _first(case: SuspensionCase) -> Half:
    return case.suspension.start, case.suspension.session


def _half(half: Half) -> str:
    words = _("{day}, morning") if half[1] == AM else _("{day}, afternoon")
    return words.format(day=short_date(half[0]))


def _words(code: str) -> str:
    return _("{code} ({words})").format(code=code, words=codelist(CODES).label_of(code).lower())


_LAW = _("Education Act 2002, section 51A")
RULES = (
    QualityRule(_("Reason of a suspension"), (Need.SUSPENSIONS, Need.CENSUS), Gravity.MUST, Scope.RECENT, _LAW, no_reason),
    QualityRule(_("What happened"), (Need.SUSPENSIONS,), Gravity.SHOULD, Scope.RECENT, _("guidance on suspension and exclusion"), no_circumstances),
    QualityRule(_("Who decided"), (Need.SUSPENSIONS,), Gravity.SHOULD, Scope.RECENT, _LAW, nobody_decided),
    QualityRule(_("More than 45 days"), (Need.SUSPENSIONS,), Gravity.MUST, Scope.RECENT, _("SI 2012/1033"), over_the_limit),
    QualityRule(_("Suspension and register"), (Need.SUSPENSIONS, Need.ATTENDANCE, Need.CENSUS), Gravity.MUST, Scope.RECENT, _("SI 2024/208, regulation 10"), register_says_otherwise),
    QualityRule(_("Marked E without a suspension"), (Need.SUSPENSIONS, Need.ATTENDANCE, Need.CENSUS), Gravity.MUST, Scope.RECENT, _("SI 2024/208, regulation 10"), marked_without_suspension),
)  # fmt: skip
