"""Incidents after which something was left undone: the account not signed, a parent not told, no debrief. What is still in time is a matter of Home."""

from collections.abc import Callable, Iterator

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.duties import Duty, IncidentContext, duties_of, still_to_do
from pupil_desk.domain.incidents.incident import IncidentEventKind
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope

_TOLD = (IncidentEventKind.REPORTED, IncidentEventKind.TOLD_AUTHORITY)
_DEBRIEFS = (IncidentEventKind.DEBRIEF_PUPIL, IncidentEventKind.DEBRIEF_STAFF)


def account_not_signed(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An account that is not signed as it stands, after the day by which it was to be."""
    yield from _left_undone(file, context, lambda duty: duty.event is IncidentEventKind.SIGNED)


def parent_not_told(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A restrictive intervention of which a parent has no report, and from whom it is not withheld; or the authority is not told instead."""
    yield from _left_undone(file, context, lambda duty: duty.event in _TOLD)


def no_debrief(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A restrictive intervention that was not talked over with the pupil, or with the staff."""
    yield from _left_undone(file, context, lambda duty: duty.event in _DEBRIEFS)


def _left_undone(file: PupilFile, context: QualityContext, concerns: Callable[[Duty], bool]) -> Iterator[Gap]:
    """A line for each incident; what is to be done is said as Home says it."""
    for case in file.incidents:
        late = [duty for duty in still_to_do(duties_of(case, _around(file, context))) if concerns(duty) and duty.due < context.today]
        if late and case.now.day >= context.since:
            words = _("{what}, {day}: {todo}.").format(
                what=codelist("incident_kind").label_of(case.now.kind),
                day=short_date(case.now.day),
                todo="; ".join(duty.words[:1].lower() + duty.words[1:] for duty in late),
            )
            yield Gap(words, "", "incident", case.now.entry_id)


def _around(file: PupilFile, context: QualityContext) -> IncidentContext:
    barred = (protection.contact_id for protection in file.protections if protection.kind == ORDER)
    return IncidentContext(
        file.pupil.dob, tuple(file.holders), context.calendar, frozenset(contact_id for contact_id in barred if contact_id)
    )


_LAW = _("Education and Inspections Act 2006, section 93A")
RULES = (
    QualityRule(_("Account not signed"), (Need.INCIDENTS,), Gravity.MUST, Scope.RECENT, _LAW, account_not_signed),
    QualityRule(_("Parent not told of an intervention"), (Need.INCIDENTS,), Gravity.MUST, Scope.RECENT, _LAW, parent_not_told),
    QualityRule(_("Not talked over"), (Need.INCIDENTS,), Gravity.SHOULD, Scope.RECENT, OURS, no_debrief),
)  # fmt: skip
