"""Stays, leaving and timetables: what the two registers, the census and the transfer file need."""

from collections.abc import Iterator

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import check_enrolment
from pupil_desk.domain.pupils.enrolment import DUAL, Enrolment
from pupil_desk.domain.pupils.leaving import DUAL_ENDED, check_leaving, compulsory_age_ends, of_compulsory_age
from pupil_desk.domain.pupils.sending import next_school
from pupil_desk.domain.register.attendance import PART_TIME, PATTERN_ITEMS
from pupil_desk.domain.suspensions.suspension import SuspensionStanding
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope, gap_in, limits

_OVER_AGE, _EXCLUDED = "9(1)(l)", "9(1)(o)"
_NO_NEXT_SCHOOL = frozenset({"9(1)(e)", "9(1)(f)", "9(1)(j)", "9(1)(k)", _OVER_AGE})  # grounds after which there is none


def no_stay(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Somebody on file who never had a stay."""
    if not file.stays:
        yield Gap(
            _(
                "There is no stay at the unit, so nothing that counts from leaving ever falls due, such as a consent. Add it, or find out why this pupil is on file."
            ),
            "status",
            "enrolment",
        )


def no_starting_day(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """On roll from a day that is not known."""
    for stay in file.stays:
        if stay.start_date is None and stay.on_roll(context.today):
            yield gap_in(
                stay, "start_date", _("The starting day is missing. It is in the letter of the school or authority that placed the pupil.")
            )


def two_stays(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """On roll by two stays on one day."""
    current = [stay for stay in file.stays if stay.on_roll(context.today)]
    if len(current) > 1:
        words = _("The pupil is on roll by {number} stays at once. Give the earlier one its leaving day.")
        yield gap_in(
            min(current, key=lambda stay: (stay.start_date is not None, stay.start_date)), "end_date", words.format(number=len(current))
        )


def _checked(file: PupilFile, codes: frozenset[str]) -> Iterator[Gap]:
    for stay in file.stays:
        for problem in (*check_enrolment(stay), *check_leaving(stay, file.pupil.dob)):
            if problem.code in codes:
                yield gap_in(stay, problem.column, problem.message)


def days_contradict(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Days of a stay in the wrong order, or a ground without a day."""
    yield from _checked(file, frozenset({"ends_before_start", "ground_without_day", "starts_before_end"}))


def left_on_no_day(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A previous pupil without a leaving day."""
    yield from _checked(file, frozenset({"no_leaving_day"}))


def dual_without_school(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A dual registration on roll that does not name the other school."""
    for stay in file.stays:
        if stay.status in DUAL and not stay.main_school and stay.on_roll(context.today):
            yield gap_in(
                stay, "main_school", _("The pupil is registered at another school too, and it is not named. Enter its DfE number.")
            )


def dual_with_itself(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A dual registration whose other school is the unit itself."""
    for stay in file.stays:
        if context.dfe_number and stay.main_school == context.dfe_number and stay.on_roll(context.today):
            yield gap_in(stay, "main_school", _("The main school named is this unit. Enter the DfE number of the other school, or none."))


def no_school_before(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """On roll with no school before: the register shows the last one, if any."""
    stay = file.stay
    if stay and not (stay.last_school or stay.main_school or file.pupil.previous_school):
        words = _("The school before is not named. Enter its name and address, or “none” if there was none.")
        yield gap_in(stay, "last_school", words)


def _last_left(file: PupilFile) -> Enrolment | None:
    """The stay by which a leaver left the roll, where its day is known."""
    return file.left if file.left and file.left.end_date else None


def no_ground(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A leaver of compulsory school age without a ground."""
    if (stay := _last_left(file)) is not None:
        for problem in check_leaving(stay, file.pupil.dob):
            if problem.code == "no_deletion_ground":
                yield gap_in(stay, "deletion_ground", problem.message)


def odd_ground(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A ground that contradicts something else on file."""
    stay = _last_left(file)
    if stay is None or stay.end_date is None or not stay.deletion_ground:
        return
    if stay.deletion_ground == _OVER_AGE and of_compulsory_age(file.pupil.dob, stay.end_date):
        words = _("Ground (l) is for one over compulsory school age; this pupil is of that age until {day}. Check the ground.")
        yield gap_in(stay, "deletion_ground", words.format(day=show_date(compulsory_age_ends(file.pupil.dob))))
    if stay.deletion_ground == DUAL_ENDED and stay.status not in DUAL:
        words = _("Ground (c) ends a dual registration, and this stay was none. Check the ground, or the status of the stay.")
        yield gap_in(stay, "deletion_ground", words)
    if stay.deletion_ground == _EXCLUDED and not _was_excluded(file, stay):
        words = _("Ground (o) is a permanent exclusion, and none is on file in this stay. Enter it, or check the ground.")
        yield gap_in(stay, "deletion_ground", words)


def _was_excluded(file: PupilFile, stay: Enrolment) -> bool:
    end = stay.end_date
    return any(
        case.suspension.permanent
        and (end is None or case.suspension.start <= end)
        and case.standing(case.suspension.start) in (SuspensionStanding.IN_FORCE, SuspensionStanding.SERVED)
        for case in file.cases
    )


def no_next_school(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A leaver of compulsory school age whose next school is not named; the transfer file has a day."""
    stay = _last_left(file)
    if stay is None or stay.end_date is None or next_school(stay) or stay.deletion_ground in _NO_NEXT_SCHOOL:
        return
    if stay.status in DUAL or not of_compulsory_age(file.pupil.dob, stay.end_date):
        return
    due = context.calendar.school_days_after(stay.end_date, limits()["transfer_school_days"])
    words = (
        _("The next school is not named. Its transfer file was due by {day}.")
        if due and due < context.today
        else _("The next school is not named. Its transfer file is due by {day}.")
    )
    if due is None:
        words = _("The next school is not named. It is owed the transfer file within {number} school days of the leaving day.")
    sentence = words.format(day=show_date(due) if due else "", number=limits()["transfer_school_days"])
    yield gap_in(stay, "next_school", sentence)


def timetable_not_agreed(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A pattern of the week in force that nobody is named to have agreed to."""
    for timetable in file.timetables:
        if timetable.in_force(context.today) and not timetable.agreed_with:
            words = _("It is not said with whom the timetable was agreed: a parent for part-time, the other school for days there.")
            yield gap_in(timetable, "agreed_with", words)


def timetable_without_review(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A part-time timetable in force without a day of review."""
    for timetable in file.timetables:
        part_time = any(getattr(timetable, name) == PART_TIME for name in PATTERN_ITEMS)
        if part_time and timetable.in_force(context.today) and not timetable.review_on:
            yield gap_in(
                timetable,
                "review_on",
                _("The part-time timetable has no day of review. It lasts no longer than needed: enter when it is looked at again."),
            )


_MUST, _SHOULD, _HERE = Gravity.MUST, Gravity.SHOULD, Scope.HERE
_REGISTER, _LEAVING = _("SI 2024/208, regulation 8"), _("SI 2024/208, regulation 9")
RULES = (
    QualityRule(_("No stay at the unit"), (Need.ADMISSION, Need.RECORD), _SHOULD, Scope.ANYONE, OURS, no_stay),
    QualityRule(_("No starting day"), (Need.ADMISSION, Need.CENSUS), _MUST, _HERE, _REGISTER, no_starting_day),
    QualityRule(_("Two stays at once"), (Need.ADMISSION, Need.CENSUS, Need.ATTENDANCE), _MUST, _HERE, _("School census"), two_stays),
    QualityRule(_("Days of a stay"), (Need.ADMISSION, Need.CENSUS), _MUST, Scope.RECENT, _REGISTER, days_contradict),
    QualityRule(_("Left on a day not known"), (Need.ADMISSION, Need.TRANSFER), _SHOULD, Scope.LEFT, _LEAVING, left_on_no_day),
    QualityRule(_("Main school not named"), (Need.CENSUS, Need.ADMISSION, Need.ATTENDANCE), _MUST, _HERE, _("School census"), dual_without_school),
    QualityRule(_("Main school is this unit"), (Need.CENSUS, Need.ADMISSION), _MUST, _HERE, _("School census"), dual_with_itself),
    QualityRule(_("School before"), (Need.ADMISSION,), _SHOULD, _HERE, _REGISTER, no_school_before),
    QualityRule(_("No ground for leaving the register"), (Need.ADMISSION,), _MUST, Scope.LEFT, _LEAVING, no_ground),
    QualityRule(_("Ground that contradicts"), (Need.ADMISSION,), _SHOULD, Scope.LEFT, _LEAVING, odd_ground),
    QualityRule(_("Next school not named"), (Need.TRANSFER, Need.ADMISSION), _MUST, Scope.LEFT, _("SI 2005/1437, regulation 9"), no_next_school),
    QualityRule(_("Timetable not agreed"), (Need.ATTENDANCE,), _SHOULD, _HERE, _("guidance on school attendance"), timetable_not_agreed),
    QualityRule(_("Timetable without review"), (Need.ATTENDANCE,), _SHOULD, _HERE, _("guidance on school attendance"), timetable_without_review),
)  # fmt: skip
