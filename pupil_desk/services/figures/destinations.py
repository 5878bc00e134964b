"""Destinations: where pupils in Year 11 or above mean to go, have an offer, went, and are half a year later."""

from collections.abc import Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.destination import ACTUAL, INTENDED, OFFER, SIX_MONTHS, Destination
from pupil_desk.services.figures.asking import YEARS, Asked, Kind
from pupil_desk.services.figures.people import Person, group_called
from pupil_desk.services.figures.periods import Period
from pupil_desk.services.figures.rows import answer, put_together
from pupil_desk.services.figures.shape import Column, Counts, Figure, Sort
from pupil_desk.store.rows import several as store

ACTIVITIES = "activities"
_LEAVING = frozenset({"11", "12", "13", "14"})
_KINDS = {INTENDED: _("Intended"), OFFER: _("Offer"), ACTUAL: _("Confirmed"), SIX_MONTHS: _("After six months")}
_SHARED = {OFFER: _("Offer, per cent"), ACTUAL: _("Confirmed, per cent"), SIX_MONTHS: _("After six months, per cent")}
_COLUMNS = (
    Column(key="pupils", title=_("Pupils")),
    *(Column(key=kind, title=title, part_of="pupils") for kind, title in _KINDS.items()),
    *(Column(key=f"{kind}-share", title=title, sort=Sort.PER_CENT, top=kind, base="pupils") for kind, title in _SHARED.items()),
)
_OF_ACTIVITIES = tuple(Column(key=kind, title=title) for kind, title in _KINDS.items())
_NOTES = (
    _("Pupils on roll in the period who were in Year 11 or above on its last day, or on their last day on roll in it."),
    _("A pupil is counted in a column if a destination of that kind is on file, whenever it was recorded; of several the latest."),
)

type Held = dict[str, dict[str, Destination]]


def _make(asked: Asked) -> Figure:
    held = _held(asked)
    who = _Leaving(asked)
    if asked.question.by == ACTIVITIES:
        return _by_activity(asked, held, [person for person in asked.people.on_roll(asked.whole) if who(person, asked.whole)])

    def counts(people: Sequence[Person]) -> Counts:
        kinds = {kind: sum(kind in held.get(person.id, ()) for person in people) for kind in _KINDS}
        return {"pupils": len(people), **kinds}

    return answer(asked, DESTINATIONS, _COLUMNS, _NOTES, main=INTENDED, of_part=lambda _number, people: counts(people), of_people=counts, who=who)


class _Leaving:
    """Whether a pupil is in Year 11 or above in a period."""

    def __init__(self, asked: Asked) -> None:
        group = group_called("year-group")
        assert group is not None, "year groups are always there"
        self._people, self._year_group = asked.people, group.of

    def __call__(self, person: Person, period: Period) -> bool:
        return self._year_group(person, self._people.day_of(person, period)) in _LEAVING


def _held(asked: Asked) -> Held:
    """Of each pupil the latest destination of each kind."""
    found: Held = {}
    for record, destinations in store.by_pupil(asked.desk.vault, Destination).items():
        of_person = found.setdefault(asked.people.person_of[record], {})
        for one in destinations:
            if one.kind not in of_person or _when(one) >= _when(of_person[one.kind]):
                of_person[one.kind] = one
    return found


def _when(one: Destination) -> str:
    day = one.confirmed_on or one.start
    return day.isoformat() if day else ""


def _by_activity(asked: Asked, held: Held, people: Sequence[Person]) -> Figure:
    """A row an activity, and one for what is not on file, so that each column comes to all pupils."""
    listed = codelist("activity")
    chosen = [{kind: one.activity for kind, one in held.get(person.id, {}).items()} for person in people]
    used = {code for one in chosen for code in one.values()}
    codes: list[str | None] = [*(code for code in listed.codes if code in used), *sorted(used - set(listed.codes)), None]
    counted = [(listed.label_of(code) if code else _("None on file"), _of_activity(chosen, code)) for code in codes]
    whole = (_("All pupils"), dict.fromkeys(_KINDS, len(people)))
    return put_together(asked, DESTINATIONS, _OF_ACTIVITIES, counted, whole, by=_("Activity"), notes=_NOTES, main=INTENDED, summed=False)


def _of_activity(chosen: Sequence[dict[str, str]], code: str | None) -> Counts:
    return {kind: sum(one.get(kind) == code for one in chosen) for kind in _KINDS}


DESTINATIONS = Kind("destinations", _("Destinations"), _make, in_time=(YEARS,), own=((ACTIVITIES, _("Activity")),))
