"""Main and commissioning schools: told by the notice, and places agreed with them that are over or lack what such a place has."""

from collections.abc import Iterator

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.schools.school_place import check_school_place
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope, gap_in

_ODD = frozenset({"direction_without_end", "direction_without_review"})


def school_not_told(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """On roll for a school that the notice does not name: it cannot be told anything."""
    if context.schools_named is None or file.stay is None or not file.stay.main_school:
        return
    if file.stay.main_school not in context.schools_named:
        words = _(
            "The privacy notice does not name {school}, so nothing can be sent to it. A data officer names it in Settings, under Who else is told."
        )
        school = school_named(file.stay.main_school, None)
        yield gap_in(file.stay, "main_school", words.format(school=school[:1].lower() + school[1:]))


def placing_school_unclear(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Placed by a school whose name several schools of the notice have: nothing is sent to any of them."""
    if context.schools_named is None or file.stay is None or not file.stay.commissioned_by:
        return
    name = fold(file.stay.commissioned_by)
    if sum(fold(named) == name for named in context.schools_named.values()) > 1:
        words = _(
            "Several schools that the privacy notice names have this name, so none is told as the one that placed the pupil. Enter the DfE number instead."
        )
        yield gap_in(file.stay, "commissioned_by", words)


def place_is_over(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Still on roll though every place that a school agreed is over."""
    if (
        context.schools_named is not None
        and file.school_places
        and all(place.end_date is not None and place.end_date < context.today for place in file.school_places)
    ):
        last = max(file.school_places, key=lambda place: (place.end_date or context.today, place.id))
        words = _(
            "The last place agreed with a school ended on {day}, and the pupil is still on roll. Enter the next one, or the leaving day."
        )
        yield gap_in(last, "end_date", words.format(day=show_date(last.end_date or context.today)))


def place_lacks(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A direction off site that goes on without a last day or a review."""
    for place in file.school_places if context.schools_named is not None else ():
        if place.spans(context.today, context.today):
            for problem in check_school_place(place):
                if problem.code in _ODD:
                    yield gap_in(place, problem.column, problem.message)


_DIRECTED = _("SI 2010/1156, as amended by SI 2012/2532")
RULES = (
    QualityRule(_("Main school not in the notice"), (Need.NOTICES,), Gravity.SHOULD, Scope.HERE, OURS, school_not_told),
    QualityRule(_("Placing school named as another is"), (Need.NOTICES,), Gravity.SHOULD, Scope.HERE, OURS, placing_school_unclear),
    QualityRule(_("Agreed place is over"), (Need.RECORD,), Gravity.SHOULD, Scope.HERE, OURS, place_is_over),
    QualityRule(_("Direction off site without end or review"), (Need.RECORD,), Gravity.SHOULD, Scope.HERE, _DIRECTED, place_lacks),
)
