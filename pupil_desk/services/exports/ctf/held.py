"""What is on file of the pupils whose transfer files are written: read for all at once, with a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.text import fold
from pupil_desk.domain.assessment import RESULT, Assessment, current_of
from pupil_desk.domain.attendance import ATTENDING, AUTHORISED, ELSEWHERE, UNAUTHORISED, codes_of
from pupil_desk.domain.attendance_totals import Totals
from pupil_desk.domain.calendar import school_year
from pupil_desk.domain.contact import Contact
from pupil_desk.domain.enrolment import OFF_THE_ROLL, Enrolment
from pupil_desk.domain.health import Disability, HealthItem, Medicine
from pupil_desk.domain.needs import CarePeriod, SenNeed, SenPeriod, lasts_on
from pupil_desk.domain.needs_rules import group_of
from pupil_desk.domain.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupil import Pupil
from pupil_desk.store import assessments, attendance_counts, contacts, several
from pupil_desk.store.vault import Vault

_MEALS = "meals"  # the category in the list of care kinds


@dataclass(frozen=True, slots=True)
class Leaver:
    """One pupil of whom a file goes: by which stay; whether it is a copy, the pupil staying here."""

    pupil: Pupil
    stay: Enrolment
    stays: Sequence[Enrolment]
    copy: bool

    def told_on(self, day: date) -> date:
        """The day as on which the file tells: the last one here, or the day judged."""
        return day if self.copy else min(day, self.stay.end_date or day)


@dataclass(frozen=True, slots=True)
class Held:
    """All that a file tells of one pupil. ``family`` is without the contacts whom a protection keeps out, who are counted in ``kept_out``.

    ``year`` is the calendar year in which the school year of the totals begins; ``totals`` is None where nothing is marked in it.
    """

    leaver: Leaver
    day: date
    family: Sequence[Contact]
    kept_out: int
    meals: Sequence[CarePeriod]
    sen: Sequence[SenPeriod]
    needs: Sequence[SenNeed]
    disabilities: Sequence[Disability]
    medical: bool
    results: Sequence[Assessment]
    year: int
    totals: Totals | None

    @property
    def stays(self) -> list[Enrolment]:
        """The stays on the roll that had begun, the earliest first."""
        return [
            stay for stay in self.leaver.stays
            if stay.status not in OFF_THE_ROLL and (stay.start_date is None or stay.start_date <= self.day)
        ]  # fmt: skip


def read_held(vault: Vault, leavers: Sequence[Leaver], protected: Mapping[str, Sequence[Protection]], day: date) -> list[Held]:
    """What is on file of these, as on a day."""
    if not leavers:
        return []
    ids = {leaver.pupil.id for leaver in leavers}
    families = contacts.by_pupil(vault, ids)
    care, sen, needs = several.by_pupil(vault, CarePeriod, ids), several.by_pupil(vault, SenPeriod, ids), several.by_pupil(vault, SenNeed, ids)
    disabilities, health = several.by_pupil(vault, Disability, ids), several.by_pupil(vault, HealthItem, ids)
    medicines = several.by_pupil(vault, Medicine, ids)
    results = _results(vault, ids, day)
    totals = {year: _totals(vault, year, day, ids) for year in {school_year(leaver.told_on(day)) for leaver in leavers}}
    found = []
    for leaver in leavers:
        pupil_id, on = leaver.pupil.id, leaver.told_on(day)
        hidden = {p.contact_id for p in protected.get(pupil_id, ()) if p.kind in (ORDER, ADDRESS_WITHHELD)}
        family = [contact for contact in families[pupil_id] if contact.id not in hidden]
        found.append(
            Held(
                leaver=leaver, day=on, family=family, kept_out=len(families[pupil_id]) - len(family), meals=[row for row in care[pupil_id] if group_of(row) == _MEALS],
                sen=sen[pupil_id], needs=[row for row in needs[pupil_id] if lasts_on(row, on)],
                disabilities=[row for row in disabilities[pupil_id] if lasts_on(row, on)],
                medical=bool(leaver.pupil.medical or medicines[pupil_id] or any(lasts_on(row, on) for row in health[pupil_id])),
                results=results.get(pupil_id, ()), year=school_year(on), totals=totals[school_year(on)].get(pupil_id),
            )
        )  # fmt: skip
    return found


def _results(vault: Vault, ids: set[str], day: date) -> dict[str, list[Assessment]]:
    """The results that count now, by pupil: no targets, nothing by a scale of the unit's own, and no exam result before it is published."""
    own_scales = {fold(scale.name) for scale in assessments.scales(vault)}
    found: dict[str, list[Assessment]] = {}
    for entry in current_of(entry for entry in assessments.standing(vault) if entry.pupil_id in ids and entry.status == RESULT):
        if not entry.embargoed(day) and fold(entry.component or "") not in own_scales:
            found.setdefault(entry.pupil_id, []).append(entry)
    return found


def _totals(vault: Vault, year: int, day: date, ids: set[str]) -> dict[str, Totals]:
    """These pupils' sessions in the school year that begins in a year, up to a day."""
    until = min(day, date(year + 1, 8, 1) - timedelta(days=1))
    groups = (codes_of(ATTENDING, ELSEWHERE), codes_of(AUTHORISED), codes_of(UNAUTHORISED))
    counted = attendance_counts.counted(vault, date(year, 8, 1), until, groups, ids)
    return {pupil_id: Totals(one.rows, *one.groups) for pupil_id, one in counted.items()}
