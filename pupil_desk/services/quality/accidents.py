"""Accidents after which something was left undone: not reported though the law asks for it, RIDDOR not decided, no parent told. What is in time is a matter of Home."""

from collections.abc import Collection, Iterator

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import QUESTIONS
from pupil_desk.domain.accidents.duties import duties_of
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope


def accident_not_reported(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """One that is to be reported by its answers, after the last day for it."""
    yield from _left_undone(file, context, ("reported_on",))


def riddor_not_decided(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """One of which the RIDDOR questions are not answered."""
    yield from _left_undone(file, context, QUESTIONS)


def parent_not_told_of_accident(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """One of which no parent was told, or that has no letter about a knock on the head."""
    yield from _left_undone(file, context, ("parent_told_on", "letter_on"))


def _left_undone(file: PupilFile, context: QualityContext, items: Collection[str]) -> Iterator[Gap]:
    for accident in file.accidents:
        last_by_item = {duty.item: duty for duty in duties_of(accident, file.pupil.dob)}
        for duty in last_by_item.values():
            if duty.item in items and duty.due < context.today:
                words = _("Accident of {day}: {todo}.").format(day=short_date(accident.day), todo=duty.words)
                yield Gap(words, duty.item, "accident", accident.id)


_LAW = _("RIDDOR 2013 (SI 2013/1471)")
RULES = (
    QualityRule(_("Accident not reported"), (Need.ACCIDENTS,), Gravity.MUST, Scope.ANYONE, _LAW, accident_not_reported),
    QualityRule(_("RIDDOR not decided"), (Need.ACCIDENTS,), Gravity.SHOULD, Scope.RECENT, _LAW, riddor_not_decided),
    QualityRule(_("No parent told of an accident"), (Need.ACCIDENTS,), Gravity.SHOULD, Scope.RECENT, OURS, parent_not_told_of_accident),
)
