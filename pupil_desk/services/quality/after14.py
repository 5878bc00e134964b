"""From 14 on: learner numbers, qualifications, prior attainment, and where the pupil goes."""

from collections.abc import Iterator
from datetime import timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.destination import ACTUAL, KNOWN, SIX_MONTHS
from pupil_desk.domain.learning.learning import QUALIFICATION
from pupil_desk.domain.learning.next_steps import check_destination, check_learning
from pupil_desk.domain.pupils.leaving import compulsory_age_ends
from pupil_desk.services.quality.held import Around, PupilFile, lately, problems_with
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, Rule, Scope, limits, on

_LEAVING_YEARS = frozenset({"11", "12", "13"})
_NOT_KNOWN, _DIED = "810", "9(1)(k)"
_SUBJECTS = {"ENG": _("English"), "MAT": _("mathematics")}
_RPA_UNTIL = 18  # age until which a young person owes participation (Education and Skills Act 2008, part 1)


def wrong_uln(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A ULN that does not pass the check, the placeholder of nines among them."""
    for problem in problems_with(one.pupil, "uln", around):
        yield Gap(problem.message, "uln")


def no_uln_yet(one: PupilFile, around: Around) -> Iterator[Gap]:
    """From 14, no ULN."""
    if limits()["uln_from_age"] <= one.age < 16 and not one.pupil.uln:
        words = _("From {age} a pupil may have a ULN, and there is none. Look in the transfer file, or ask the Learning Records Service.")
        yield Gap(words.format(age=limits()["uln_from_age"]), "uln")


def no_uln(one: PupilFile, around: Around) -> Iterator[Gap]:
    """From 16, no ULN: no college can enrol without it."""
    if one.age >= 16 and not one.pupil.uln:
        yield Gap(_("There is no ULN, and every college and training provider needs it. Ask the Learning Records Service."), "uln")


def learning_contradicts(one: PupilFile, around: Around) -> Iterator[Gap]:
    """Days or results of learning that do not go together."""
    for each in one.learning:
        for problem in check_learning(each):
            yield on(each, problem.column, _("{what}: {problem}").format(what=each.title, problem=problem.message))


def no_result_yet(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A qualification that ended some time ago without a result."""
    for each in one.learning:
        ended = each.kind == QUALIFICATION and each.end and lately(each.end, around.today, limits()["no_result_days"])
        if ended and not each.result and not each.result_date:
            words = _("{what} ended on {day}, and there is no result. Enter it, or that it was not completed.")
            yield on(each, "result", words.format(what=each.title, day=show_date(each.end) if each.end else ""))


def qualification_half_named(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A qualification without its level or its awarding body."""
    for each in one.learning:
        if each.kind != QUALIFICATION:
            continue
        if not each.level:
            yield on(each, "level", _("{what}: the level is missing.").format(what=each.title))
        elif not each.awarding_body:
            yield on(each, "awarding_body", _("{what}: the awarding body is missing.").format(what=each.title))


def no_prior_attainment(one: PupilFile, around: Around) -> Iterator[Gap]:
    """Past Year 11 without a result in English or mathematics, on which a college's funding turns."""
    if around.today <= compulsory_age_ends(one.pupil.dob) + timedelta(days=limits()["no_result_days"]):
        return
    held = {_code_of(subject) for subject in one.attained}
    lacks = [words for code, words in _SUBJECTS.items() if code not in held]
    if lacks:
        words = _("No GCSE or functional skills result is on file in: {subjects}. A college’s funding turns on it.")
        yield Gap(words.format(subjects=", ".join(lacks)), "result", "assessment")


def _code_of(subject: str) -> str:
    """A subject as typed, such as «English Language», as its code; an empty text for another."""
    found = codelist("assessment_subject").match(subject)
    return found.code if found else next((code for code, words in _SUBJECTS.items() if words.lower() in subject.lower()), "")


def never_assessed(one: PupilFile, around: Around) -> Iterator[Gap]:
    """On roll for some weeks without any assessment."""
    begun = one.stay.start_date if one.stay else None
    if not one.assessed and begun and lately(begun, around.today, limits()["no_assessment_days"]):
        yield Gap(_("No assessment is on file: neither a result of the school before nor a baseline of ours."), "subject", "assessment")


def no_intention(one: PupilFile, around: Around) -> Iterator[Gap]:
    """In Year 11 or later, and nothing known of where the pupil means to go."""
    if one.pupil.year_group in _LEAVING_YEARS and not one.destinations:
        words = _("Nothing is on file of where the pupil means to go. Enter what the pupil intends, and later the offer.")
        yield Gap(words, "activity", "destination")


def _left_for_good(one: PupilFile) -> bool:
    """Whether a leaver was at an age at which the authority is told where they are, and lives."""
    left = one.left
    if left is None or left.end_date is None or left.deletion_ground == _DIED:
        return False
    # the last Friday in June ends compulsory age; who leaves in the last term of Year 11 counts as one who has left school
    near_the_end = left.end_date >= compulsory_age_ends(one.pupil.dob) - timedelta(days=62)
    return near_the_end and age_on(one.pupil.dob, left.end_date) < _RPA_UNTIL


def left_without_destination(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A leaver at the end of compulsory school age, or later, of whom it is not known where they are."""
    if _left_for_good(one) and one.left and one.left.end_date and not any(each.kind in KNOWN for each in one.destinations):
        words = _("Left on {day}, and it is not known where to. The authority is told of everybody of 16 and 17: find out, and enter it.")
        yield Gap(words.format(day=show_date(one.left.end_date)), "activity", "destination")


def no_six_months(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A leaver of whom it is not known where they are after six months."""
    kinds = {each.kind for each in one.destinations}
    left = one.left.end_date if one.left else None
    if left and _left_for_good(one) and ACTUAL in kinds and SIX_MONTHS not in kinds and lately(left, around.today, limits()["six_months_days"]):
        words = _("Left on {day}. It is not known whether the pupil is still there after six months: ask, and enter it.")
        yield Gap(words.format(day=show_date(left)), "activity", "destination")


def destination_open(one: PupilFile, around: Around) -> Iterator[Gap]:
    """A destination that says «not known», or not when it was confirmed."""
    for each in one.destinations:
        if each.kind == ACTUAL and each.activity == _NOT_KNOWN and len(one.destinations) == 1:
            yield on(each, "activity", _("Where the pupil is, is not known. Ask the family, or the authority."))
        for problem in check_destination(each):
            yield on(each, problem.column, problem.message)


_MUST, _SHOULD, _HERE, _RECENT = Gravity.MUST, Gravity.SHOULD, Scope.HERE, Scope.RECENT
_LRS, _ESA, _FUNDING = _("Learning Records Service"), _("Education and Skills Act 2008"), _("individualised learner record")
RULES = (
    Rule("wrong-uln", _("ULN that cannot be right"), (Need.ULN, Need.COLLEGE, Need.TRANSFER), _MUST, _RECENT, _LRS, wrong_uln),
    Rule("no-uln-yet", _("No ULN yet"), (Need.ULN, Need.COLLEGE), _SHOULD, _HERE, _LRS, no_uln_yet),
    Rule("no-uln", _("No ULN"), (Need.COLLEGE, Need.ULN, Need.YOUTH), _MUST, _HERE, _FUNDING, no_uln),
    Rule("learning-contradicts", _("Learning that contradicts"), (Need.COLLEGE, Need.CENSUS), _SHOULD, _RECENT, OURS, learning_contradicts),
    Rule("no-result-yet", _("Result of a qualification"), (Need.COLLEGE, Need.ASSESSMENTS), _SHOULD, _RECENT, OURS, no_result_yet),
    Rule("qualification-half-named", _("Level or awarding body"), (Need.COLLEGE,), _SHOULD, _HERE, OURS, qualification_half_named),
    Rule("no-prior-attainment", _("English and mathematics"), (Need.COLLEGE, Need.ASSESSMENTS), _SHOULD, _RECENT, _FUNDING, no_prior_attainment),
    Rule("never-assessed", _("Never assessed"), (Need.ASSESSMENTS, Need.TRANSFER), _SHOULD, _HERE, OURS, never_assessed),
    Rule("no-intention", _("Intended destination"), (Need.YOUTH, Need.COLLEGE), _SHOULD, _HERE, _ESA, no_intention),
    Rule("left-without-destination", _("Leaver without a destination"), (Need.YOUTH,), _MUST, Scope.LEFT, _ESA, left_without_destination),
    Rule("no-six-months", _("Six months after leaving"), (Need.YOUTH,), _SHOULD, Scope.LEFT, OURS, no_six_months),
    Rule("destination-open", _("Destination still open"), (Need.YOUTH,), _SHOULD, _RECENT, _ESA, destination_open),
)  # fmt: skip
