"""From 14 on: learner numbers, qualifications, prior attainment, and where the pupil goes."""

from collections.abc import Iterator
from datetime import timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.next_steps import ACTUAL, KNOWN, QUALIFICATION, SIX_MONTHS, check_destination, check_learning
from pupil_desk.domain.pupils.leaving import compulsory_age_ends
from pupil_desk.services.quality.rule import (
    OURS,
    Gap,
    Gravity,
    Need,
    PupilFile,
    QualityContext,
    QualityRule,
    Scope,
    gap_in,
    lately,
    limits,
    problems_with,
)

_LEAVING_YEARS = frozenset({"11", "12", "13"})
_NOT_KNOWN, _DIED = "810", "9(1)(k)"
_SUBJECTS = {"ENG": _("English"), "MAT": _("mathematics")}
_RPA_UNTIL = 18  # age until which a young person owes participation (Education and Skills Act 2008, part 1)


def wrong_uln(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A ULN that does not pass the check, the placeholder of nines among them."""
    for problem in problems_with(file.pupil, "uln", context):
        yield Gap(problem.message, "uln")


def no_uln_yet(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """From 14, no ULN."""
    if limits()["uln_from_age"] <= file.age < 16 and not file.pupil.uln:
        words = _("From {age} a pupil may have a ULN, and there is none. Look in the transfer file, or ask the Learning Records Service.")
        yield Gap(words.format(age=limits()["uln_from_age"]), "uln")


def no_uln(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """From 16, no ULN: no college can enrol without it."""
    if file.age >= 16 and not file.pupil.uln:
        yield Gap(_("There is no ULN, and every college and training provider needs it. Ask the Learning Records Service."), "uln")


def learning_contradicts(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Days or results of learning that do not go together."""
    for entry in file.learning:
        for problem in check_learning(entry):
            yield gap_in(entry, problem.column, _("{what}: {problem}").format(what=entry.title, problem=problem.message))


def no_result_yet(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A qualification that ended some time ago without a result."""
    for entry in file.learning:
        has_ended_lately = entry.kind == QUALIFICATION and entry.end and lately(entry.end, context.today, limits()["no_result_days"])
        if has_ended_lately and not entry.result and not entry.result_date:
            words = _("{what} ended on {day}, and there is no result. Enter it, or that it was not completed.")
            yield gap_in(entry, "result", words.format(what=entry.title, day=show_date(entry.end) if entry.end else ""))


def qualification_half_named(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A qualification without its level or its awarding body."""
    for entry in file.learning:
        if entry.kind != QUALIFICATION:
            continue
        if not entry.level:
            yield gap_in(entry, "level", _("{what}: the level is missing.").format(what=entry.title))
        elif not entry.awarding_body:
            yield gap_in(entry, "awarding_body", _("{what}: the awarding body is missing.").format(what=entry.title))


def no_prior_attainment(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Past Year 11 without a result in English or mathematics, on which a college's funding turns."""
    if context.today <= compulsory_age_ends(file.pupil.dob) + timedelta(days=limits()["no_result_days"]):
        return
    attained_codes = {_code_of(subject) for subject in file.attained}
    lacks = [words for code, words in _SUBJECTS.items() if code not in attained_codes]
    if lacks:
        words = _("No GCSE or functional skills result is on file in: {subjects}. A college’s funding turns on it.")
        yield Gap(words.format(subjects=", ".join(lacks)), "result", "assessment")


def _code_of(subject: str) -> str:
    """A subject as typed, such as «English Language», as its code; an empty text for another."""
    subject_code = codelist("assessment_subject").match(subject)
    return subject_code.code if subject_code else next((code for code, words in _SUBJECTS.items() if words.lower() in subject.lower()), "")


def never_assessed(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """On roll for some weeks without any assessment."""
    start = file.stay.start_date if file.stay else None
    if not file.assessed and start and lately(start, context.today, limits()["no_assessment_days"]):
        yield Gap(_("No assessment is on file: neither a result of the school before nor a baseline of ours."), "subject", "assessment")


def no_intention(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """In Year 11 or later, and nothing known of where the pupil means to go."""
    if file.pupil.year_group in _LEAVING_YEARS and not file.destinations:
        words = _("Nothing is on file of where the pupil means to go. Enter what the pupil intends, and later the offer.")
        yield Gap(words, "activity", "destination")


def _left_for_good(file: PupilFile) -> bool:
    """Whether a leaver was at an age at which the authority is told where they are, and lives."""
    left = file.left
    if left is None or left.end_date is None or left.deletion_ground == _DIED:
        return False
    # the last Friday in June ends compulsory age; who leaves in the last term of Year 11 counts as one who has left school
    near_the_end = left.end_date >= compulsory_age_ends(file.pupil.dob) - timedelta(days=62)
    return near_the_end and age_on(file.pupil.dob, left.end_date) < _RPA_UNTIL


def left_without_destination(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A leaver at the end of compulsory school age, or later, of whom it is not known where they are."""
    if (
        _left_for_good(file)
        and file.left
        and file.left.end_date
        and not any(destination.kind in KNOWN for destination in file.destinations)
    ):
        words = _("Left on {day}, and it is not known where to. The authority is told of everybody of 16 and 17: find out, and enter it.")
        yield Gap(words.format(day=show_date(file.left.end_date)), "activity", "destination")


def no_six_months(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A leaver of whom it is not known where they are after six months."""
    kinds = {destination.kind for destination in file.destinations}
    left = file.left.end_date if file.left else None
    if (
        left
        and _left_for_good(file)
        and ACTUAL in kinds
        and SIX_MONTHS not in kinds
        and lately(left, context.today, limits()["six_months_days"])
    ):
        words = _("Left on {day}. It is not known whether the pupil is still there after six months: ask, and enter it.")
        yield Gap(words.format(day=show_date(left)), "activity", "destination")


def destination_open(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A destination that says «not known», or not when it was confirmed."""
    for destination in file.destinations:
        if destination.kind == ACTUAL and destination.activity == _NOT_KNOWN and len(file.destinations) == 1:
            yield gap_in(destination, "activity", _("Where the pupil is, is not known. Ask the family, or the authority."))
        for problem in check_destination(destination):
            yield gap_in(destination, problem.column, problem.message)


_MUST, _SHOULD, _HERE, _RECENT = Gravity.MUST, Gravity.SHOULD, Scope.HERE, Scope.RECENT
_LRS, _ESA, _FUNDING = _("Learning Records Service"), _("Education and Skills Act 2008"), _("individualised learner record")
RULES = (
    QualityRule(_("ULN that cannot be right"), (Need.ULN, Need.COLLEGE, Need.TRANSFER), _MUST, _RECENT, _LRS, wrong_uln),
    QualityRule(_("No ULN yet"), (Need.ULN, Need.COLLEGE), _SHOULD, _HERE, _LRS, no_uln_yet),
    QualityRule(_("No ULN"), (Need.COLLEGE, Need.ULN, Need.YOUTH), _MUST, _HERE, _FUNDING, no_uln),
    QualityRule(_("Learning that contradicts"), (Need.COLLEGE, Need.CENSUS), _SHOULD, _RECENT, OURS, learning_contradicts),
    QualityRule(_("Result of a qualification"), (Need.COLLEGE, Need.ASSESSMENTS), _SHOULD, _RECENT, OURS, no_result_yet),
    QualityRule(_("Level or awarding body"), (Need.COLLEGE,), _SHOULD, _HERE, OURS, qualification_half_named),
    QualityRule(_("English and mathematics"), (Need.COLLEGE, Need.ASSESSMENTS), _SHOULD, _RECENT, _FUNDING, no_prior_attainment),
    QualityRule(_("Never assessed"), (Need.ASSESSMENTS, Need.TRANSFER), _SHOULD, _HERE, OURS, never_assessed),
    QualityRule(_("Intended destination"), (Need.YOUTH, Need.COLLEGE), _SHOULD, _HERE, _ESA, no_intention),
    QualityRule(_("Leaver without a destination"), (Need.YOUTH,), _MUST, Scope.LEFT, _ESA, left_without_destination),
    QualityRule(_("Six months after leaving"), (Need.YOUTH,), _SHOULD, Scope.LEFT, OURS, no_six_months),
    QualityRule(_("Destination still open"), (Need.YOUTH,), _SHOULD, _RECENT, _ESA, destination_open),
)
