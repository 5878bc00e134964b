"""Destinations: where pupils in Year 11 or above mean to go, have an offer, went, and are half a year later."""

from collections.abc import Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.next_steps import ACTUAL, INTENDED, OFFER, SIX_MONTHS, Destination
from pupil_desk.services.figures.asking import YEARS, FigureKind, PreparedQuestion
from pupil_desk.services.figures.people import Person, group_called
from pupil_desk.services.figures.periods import Period
from pupil_desk.services.figures.rows import answer, put_together
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn, Sort
from pupil_desk.store.rows import several as store

ACTIVITIES = "activities"
NONE_ON_FILE = _("None on file")
_LEAVING = frozenset({"11", "12", "13", "14"})
_KINDS = {INTENDED: _("Intended"), OFFER: _("Offer"), ACTUAL: _("Confirmed"), SIX_MONTHS: _("After six months")}
_SHARED = {OFFER: _("Offer, per cent"), ACTUAL: _("Confirmed, per cent"), SIX_MONTHS: _("After six months, per cent")}
_COLUMNS = (
    FigureColumn(key="pupils", title=_("Pupils")),
    *(FigureColumn(key=kind, title=title, part_of="pupils") for kind, title in _KINDS.items()),
    *(FigureColumn(key=f"{kind}-share", title=title, sort=Sort.PER_CENT, top=kind, base="pupils") for kind, title in _SHARED.items()),
)
_OF_ACTIVITIES = tuple(FigureColumn(key=kind, title=title) for kind, title in _KINDS.items())
_NOTES = (
    _("Pupils on roll in the period who were in Year 11 or above on its last day, or on their last day on roll in it."),
    _("A pupil is counted in a column if a destination of that kind is on file, whenever it was recorded; of several the latest."),
)

type LatestDestinations = dict[str, dict[str, Destination]]


def _make(prepared: PreparedQuestion) -> Figure:
    latest = _latest_destinations(prepared)
    is_leaving = _Leaving(prepared)
    if prepared.question.grouping == ACTIVITIES:
        return _by_activity(
            prepared,
            latest,
            [person for person in prepared.people.on_roll(prepared.full_period) if is_leaving(person, prepared.full_period)],
        )

    def counts(people: Sequence[Person]) -> Counts:
        kinds = {kind: sum(kind in latest.get(person.id, ()) for person in people) for kind in _KINDS}
        return {"pupils": len(people), **kinds}

    return answer(
        prepared,
        DESTINATIONS,
        _COLUMNS,
        _NOTES,
        main=INTENDED,
        of_part=lambda _number, people: counts(people),
        of_people=counts,
        is_counted=is_leaving,
    )


class _Leaving:
    """Whether a pupil is in Year 11 or above in a period."""

    def __init__(self, prepared: PreparedQuestion) -> None:
        group = group_called("year-group")
        assert group is not None, "year groups are always there"
        self._people, self._year_group = prepared.people, group.code_of

    def __call__(self, person: Person, period: Period) -> bool:
        return self._year_group(person, self._people.day_of(person, period)) in _LEAVING


def _latest_destinations(prepared: PreparedQuestion) -> LatestDestinations:
    """Of each pupil the latest destination of each kind."""
    latest: LatestDestinations = {}
    for record, destinations in store.by_pupil(prepared.desk.vault, Destination).items():
        of_person = latest.setdefault(prepared.people.person_of[record], {})
        for destination in destinations:
            if destination.kind not in of_person or _when(destination) >= _when(of_person[destination.kind]):
                of_person[destination.kind] = destination
    return latest


def _when(destination: Destination) -> str:
    day = destination.confirmed_on or destination.start
    return day.isoformat() if day else ""


def _by_activity(prepared: PreparedQuestion, latest: LatestDestinations, people: Sequence[Person]) -> Figure:
    """A row an activity, and one for what is not on file, so that each column comes to all pupils."""
    activities = codelist("activity")
    pupil_activities = [{kind: destination.activity for kind, destination in latest.get(person.id, {}).items()} for person in people]
    used_codes = {code for by_kind in pupil_activities for code in by_kind.values()}
    codes: list[str | None] = [
        *(code for code in activities.codes if code in used_codes),
        *sorted(used_codes - set(activities.codes)),
        None,
    ]
    counted_rows = [(activities.label_of(code) if code else NONE_ON_FILE, _of_activity(pupil_activities, code)) for code in codes]
    total_row = (_("All pupils"), dict.fromkeys(_KINDS, len(people)))
    return put_together(
        prepared, DESTINATIONS, _OF_ACTIVITIES, counted_rows, total_row, heading=_("Activity"), notes=_NOTES, main=INTENDED, summed=False
    )


def _of_activity(pupil_activities: Sequence[dict[str, str]], code: str | None) -> Counts:
    return {kind: sum(by_kind.get(kind) == code for by_kind in pupil_activities) for kind in _KINDS}


DESTINATIONS = FigureKind("destinations", _("Destinations"), _make, in_time=(YEARS,), own_ways=((ACTIVITIES, _("Activity")),))
