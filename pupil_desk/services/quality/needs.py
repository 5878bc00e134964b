"""Special educational needs and care: what the census and the transfer file need, and what contradicts."""

from collections.abc import Iterator

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import LOOKED_AFTER, NO_NEED, CarePeriod, SenPeriod, lasts_on
from pupil_desk.domain.catalogue.validation import check_pupil
from pupil_desk.domain.plans.reviewing import provisions_planned
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope, gap_in

_PLAN = "E"
_MEALS_NOT_KNOWN, _SERVICE_PREMIUM, _CARE_PREMIUM = "FSM", "SCP", "LAP"


def no_provision(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """On roll without an answer about special needs."""
    if not file.pupil.sen_provision:
        yield Gap(_("SEN provision is missing. “No special educational need” is an answer."), "sen_provision")


def no_main_need(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """SEN support or a plan without a type of need."""
    if file.pupil.sen_provision not in (None, "", NO_NEED) and not file.pupil.sen_need_1:
        words = _(
            "The pupil has SEN support or a plan, and no main need. Choose it; for SEN support there is a code for “not assessed yet”."
        )
        yield Gap(words, "sen_need_1")


def second_before_main(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A second need and no main one, where no provision asks for it already."""
    if file.pupil.sen_need_2 and not file.pupil.sen_need_1 and file.pupil.sen_provision in (None, "", NO_NEED):
        yield Gap(_("There is a second need, and no main need. Correct one of the two."), "sen_need_1")


def needs_contradict(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Provision and needs that do not go together."""
    for problem in check_pupil(file.pupil):
        if problem.code in ("need_without_provision", "need_twice", "need_unassessed"):
            yield Gap(problem.message, problem.column)


def _now(file: PupilFile, context: QualityContext) -> list[SenPeriod]:
    return [period for period in file.periods if lasts_on(period, context.today)]


def two_provisions(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Two provisions in force on one day."""
    now = _now(file, context)
    if len(now) > 1:
        yield gap_in(now[0], "end_date", _("Two provisions are in force at once. Give the earlier one its last day."))


def plan_without_review(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An education, health and care plan without the day of its yearly review, or whose review has gone by."""
    planned = provisions_planned(file.plans, context.today)  # a plan that runs has a review of its own
    for period in (period for period in _now(file, context) if period.provision not in planned):
        if period.provision == _PLAN and period.review_date is None:
            yield gap_in(
                period, "review_date", _("The plan has no day of review. It is reviewed at least once a year: enter the next review.")
            )
        elif period.provision != NO_NEED and period.review_date and period.review_date < context.today:
            words = _("The plan was to be reviewed on {day}. Enter the next review once it has taken place.")
            yield gap_in(period, "review_date", words.format(day=show_date(period.review_date)))


def care_not_said(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """No answer whether an authority looks after the pupil."""
    if file.pupil.looked_after is None:
        yield Gap(_("It is not said whether an authority looks after the pupil. Ask, and answer yes or no."), "looked_after")


def care_without_authority(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Looked after, and not said by whom."""
    if file.pupil.looked_after and not file.pupil.care_authority:
        yield Gap(_("The pupil is looked after, and the authority is missing. Enter its number of 3 digits."), "care_authority")


def authority_without_care(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A caring authority of a pupil who is not looked after."""
    if file.pupil.care_authority and not file.pupil.looked_after:
        yield Gap(_("A caring authority is named, and the pupil is not said to be looked after. Correct one of the two."), "looked_after")


def _care_now(file: PupilFile, context: QualityContext) -> list[CarePeriod]:
    return [period for period in file.care if lasts_on(period, context.today)]


def meals_without_category(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Free school meals of which the category is not known."""
    for period in _care_now(file, context):
        if period.kind == _MEALS_NOT_KNOWN:
            yield gap_in(period, "kind", _("The category of the free school meals is not known. Ask the authority which it is."))


def premium_contradicts(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A premium whose reason the record denies."""
    for period in _care_now(file, context):
        if period.kind == _CARE_PREMIUM and file.pupil.looked_after is False:
            yield gap_in(
                period,
                "kind",
                _("A premium for looked-after pupils is in force, and the pupil is not looked after. Correct one of the two."),
            )
        if period.kind == _SERVICE_PREMIUM and file.pupil.service_child == "N":
            yield gap_in(period, "kind", _("A premium for service children is in force, and no parent serves. Correct one of the two."))


def two_spells_in_care(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Two spells in care in force on one day."""
    now = [period for period in _care_now(file, context) if period.kind == LOOKED_AFTER]
    if len(now) > 1:
        yield gap_in(now[0], "end_date", _("Two spells in care are in force at once. Give the earlier one its last day."))


_MUST, _SHOULD, _HERE = Gravity.MUST, Gravity.SHOULD, Scope.HERE
_CENSUS, _CTF = _("School census"), _("SI 2005/1437, schedule 2")
RULES = (
    QualityRule(_("SEN provision"), (Need.CENSUS, Need.SEN, Need.TRANSFER), _MUST, _HERE, _CENSUS, no_provision),
    QualityRule(_("Main need"), (Need.CENSUS, Need.SEN, Need.TRANSFER, Need.YOUTH), _MUST, _HERE, _CENSUS, no_main_need),
    QualityRule(_("Second need alone"), (Need.SEN, Need.CENSUS), _SHOULD, _HERE, _CENSUS, second_before_main),
    QualityRule(_("Needs that contradict"), (Need.SEN, Need.CENSUS, Need.TRANSFER), _MUST, _HERE, _CENSUS, needs_contradict),
    QualityRule(_("Two provisions at once"), (Need.SEN, Need.TRANSFER), _MUST, _HERE, _CTF, two_provisions),
    QualityRule(_("Review of the plan"), (Need.SEN,), _SHOULD, _HERE, _("Children and Families Act 2014, section 44"), plan_without_review),
    QualityRule(_("Looked after not answered"), (Need.SEN, Need.TRANSFER, Need.YOUTH), _SHOULD, _HERE, OURS, care_not_said),
    QualityRule(_("Caring authority"), (Need.TRANSFER, Need.SEN), _MUST, _HERE, _("transfer file, InCare and CareAuthority"), care_without_authority),
    QualityRule(_("Authority without care"), (Need.TRANSFER, Need.SEN), _SHOULD, _HERE, OURS, authority_without_care),
    QualityRule(_("Category of free meals"), (Need.TRANSFER, Need.CENSUS), _SHOULD, _HERE, _("transfer file 26.0"), meals_without_category),
    QualityRule(_("Premium that contradicts"), (Need.SEN, Need.CENSUS), _SHOULD, _HERE, OURS, premium_contradicts),
    QualityRule(_("Two spells in care"), (Need.TRANSFER, Need.SEN), _SHOULD, _HERE, OURS, two_spells_in_care),
)  # fmt: skip
