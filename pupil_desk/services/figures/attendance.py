"""Attendance: sessions possible, attended and missed, and pupils persistently or severely absent (domain reference 16)."""

from collections.abc import Iterable, Mapping
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import ATTENDING, AUTHORISED, ELSEWHERE, UNAUTHORISED, codes_of
from pupil_desk.domain.register.attendance_totals import Totals
from pupil_desk.services.figures.asking import Asked, Kind
from pupil_desk.services.figures.people import Person
from pupil_desk.services.figures.rows import answer
from pupil_desk.services.figures.shape import Column, Counts, Figure, Sort
from pupil_desk.store.tables import figures as store

_CODES = (codes_of(ATTENDING, ELSEWHERE), codes_of(AUTHORISED), codes_of(UNAUTHORISED))
_amount = partial(Column, sort=Sort.AMOUNT, head="pupils")
_share = partial(Column, sort=Sort.PER_CENT)
_COLUMNS = (
    Column(key="pupils", title=_("Pupils")),
    _share(key="attendance", title=_("Attendance"), top="attended", base="possible"),
    _share(key="authorised-share", title=_("Authorised absence"), top="authorised", base="possible"),
    _share(key="unauthorised-share", title=_("Unauthorised absence"), top="unauthorised", base="possible"),
    _amount(key="possible", title=_("Sessions possible")),
    _amount(key="attended", title=_("Sessions attended")),
    _amount(key="authorised", title=_("Authorised sessions")),
    _amount(key="unauthorised", title=_("Unauthorised sessions")),
    Column(key="persistent", title=_("Persistently absent"), part_of="pupils"),
    _share(key="persistent-share", title=_("Persistently absent, per cent"), top="persistent", base="pupils"),
    Column(key="severe", title=_("Severely absent"), part_of="persistent"),
    _share(key="severe-share", title=_("Severely absent, per cent"), top="severe", base="pupils"),
)
_NOTES = (
    _("Pupils on roll in the time of the row who had at least one possible session in it. Guests are not counted."),
    _("A session is possible if it was marked as attended (here or in an approved activity elsewhere), authorised absence or unauthorised absence. All other codes, and sessions not marked, are left out. An amended session counts as what it says now."),
    _("Persistently absent: at least 10 % of a pupil’s possible sessions in the time of the row missed. Severely absent: at least half; they are among the persistently absent."),
)


def _make(asked: Asked) -> Figure:
    parts = asked.parts if asked.timely else (asked.whole,)
    counted = store.sessions(asked.desk.vault, [(part.first, part.last) for part in parts], _CODES)
    of_part: list[dict[str, Totals]] = [{} for _part in parts]
    for record, by_part in counted.items():
        person = asked.people.person_of[record]
        for number, groups in enumerate(by_part):
            if any(groups):
                of_part[number][person] = _plus(of_part[number].get(person), Totals(sum(groups), *groups))
    whole: dict[str, Totals] = {}
    for of_one in of_part:
        for person, found in of_one.items():
            whole[person] = _plus(whole.get(person), found)
    return answer(asked, ATTENDANCE, _COLUMNS, _NOTES, main="attendance",
                  of_part=lambda number, people: _counts(people, of_part[number]), of_people=lambda people: _counts(people, whole))  # fmt: skip


def _plus(one: Totals | None, other: Totals) -> Totals:
    if one is None:
        return other
    return Totals(one.rows + other.rows, one.attended + other.attended, one.authorised + other.authorised, one.unauthorised + other.unauthorised)


def _counts(people: Iterable[Person], totals: Mapping[str, Totals]) -> Counts:
    found = [totals[person.id] for person in people if person.id in totals]
    return {
        "pupils": len(found),
        "possible": sum(one.possible for one in found),
        "attended": sum(one.attended for one in found),
        "authorised": sum(one.authorised for one in found),
        "unauthorised": sum(one.unauthorised for one in found),
        "persistent": sum(one.persistent for one in found),
        "severe": sum(one.severe for one in found),
    }


ATTENDANCE = Kind("attendance", _("Attendance"), _make)
