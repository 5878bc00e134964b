"""What is on file of the pupils whose transfer files are written: read for all at once, with a fixed number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pupil_desk.basics.text import fold
from pupil_desk.domain.care.health import Disability
from pupil_desk.domain.care.needs import MEALS, NO_NEED, CarePeriod, SenNeed, SenPeriod, group_of, in_force, lasts_on
from pupil_desk.domain.learning.assessment import RESULT, Assessment, current_of
from pupil_desk.domain.notices.addressees import home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.schooling import AttendanceTotal, SchoolAttended
from pupil_desk.domain.register.attendance import Totals
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services.care.health import something_known
from pupil_desk.services.exports.ctf.results import has_codes
from pupil_desk.services.register.totals import totals_of_codes
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several
from pupil_desk.store.tables import assessments, attendance_counts, contacts


@dataclass(frozen=True, slots=True)
class Leaver:
    """One pupil of whom a file goes: by which stay; whether it is a copy, the pupil staying here."""

    pupil: Pupil
    stay: Enrolment
    stays: Sequence[Enrolment]
    is_copy: bool

    def told_on(self, day: date) -> date:
        """The day as on which the file tells: the last one here, or the day judged."""
        return day if self.is_copy else min(day, self.stay.end_date or day)


@dataclass(frozen=True, slots=True)
class TransferRecord:
    """All that a file tells of one pupil. ``family`` is without the contacts whom a protection keeps out, who are counted in ``kept_out``.

    ``withheld``: where the pupil lives is to be withheld, for the pupil's sake or for somebody's who lives there. ``needs`` are those that last on the day.
    ``year`` is the calendar year in which the school year of the totals begins; ``totals`` is None where nothing is marked in it. ``schools`` and
    ``totals_elsewhere`` are those of other schools, as the record holds them. ``unsent_results`` are those for which the file has no codes,
    ``later_results`` those of after the last day here.
    """

    leaver: Leaver
    day: date
    family: Sequence[Contact]
    kept_out: int
    withheld: bool
    meals: Sequence[CarePeriod]
    sen: Sequence[SenPeriod]
    needs: Sequence[SenNeed]
    disabilities: Sequence[Disability]
    medical_flag: bool
    results: Sequence[Assessment]
    unsent_results: Sequence[Assessment]
    later_results: Sequence[Assessment]
    year: int
    totals: Totals | None
    schools: Sequence[SchoolAttended]
    totals_elsewhere: Sequence[AttendanceTotal]

    @property
    def no_need(self) -> bool:
        """Whether it stands on that day that there is no special educational need."""
        period = in_force(self.sen, self.day)
        return period is not None and period.provision == NO_NEED

    @property
    def stays(self) -> list[Enrolment]:
        """The stays on the roll that had begun, the earliest first."""
        return [stay for stay in self.leaver.stays if stay.puts_on_roll and (stay.start_date is None or stay.start_date <= self.day)]


def read_transfer_records(
    vault: Vault, leavers: Sequence[Leaver], protected: Mapping[str, Sequence[Protection]], day: date
) -> list[TransferRecord]:
    """What is on file of these, as on a day."""
    if not leavers:
        return []
    ids = {leaver.pupil.id for leaver in leavers}
    families, health_items_of = contacts.by_pupil(vault, ids), something_known(vault, ids)
    care, sen, needs = (
        several.by_pupil(vault, CarePeriod, ids),
        several.by_pupil(vault, SenPeriod, ids),
        several.by_pupil(vault, SenNeed, ids),
    )
    disabilities = several.by_pupil(vault, Disability, ids)
    schools, totals_elsewhere = several.by_pupil(vault, SchoolAttended, ids), several.by_pupil(vault, AttendanceTotal, ids)
    results, later_results = _results(vault, {leaver.pupil.id: leaver.told_on(day) for leaver in leavers}, day)
    own_scales = {fold(scale.name) for scale in assessments.scales(vault)}
    totals = {year: _totals(vault, ids, year, day) for year in {school_year(leaver.told_on(day)) for leaver in leavers}}
    records = []
    for leaver in leavers:
        pupil_id, as_of_day = leaver.pupil.id, leaver.told_on(day)
        hidden_contact_ids = {p.contact_id for p in protected.get(pupil_id, ()) if p.kind in (ORDER, ADDRESS_WITHHELD)}
        sent_results = [entry for entry in results.get(pupil_id, ()) if has_codes(entry) and fold(entry.component or "") not in own_scales]
        family = [contact for contact in families[pupil_id] if contact.id not in hidden_contact_ids]
        records.append(
            TransferRecord(
                leaver=leaver,
                day=as_of_day,
                family=family,
                kept_out=len(families[pupil_id]) - len(family),
                withheld=home_withheld(leaver.pupil, families[pupil_id], protected.get(pupil_id, ())),
                meals=[row for row in _until(care[pupil_id], as_of_day) if group_of(row) == MEALS],
                sen=_until(sen[pupil_id], as_of_day),
                needs=[row for row in needs[pupil_id] if lasts_on(row, as_of_day)],
                disabilities=[row for row in disabilities[pupil_id] if lasts_on(row, as_of_day)],
                medical_flag=bool(health_items_of(leaver.pupil, as_of_day)),
                results=sent_results,
                unsent_results=[entry for entry in results.get(pupil_id, ()) if entry not in sent_results],
                later_results=later_results.get(pupil_id, ()),
                year=school_year(as_of_day),
                totals=totals[school_year(as_of_day)].get(pupil_id),
                schools=[school for school in schools[pupil_id] if school.start_date is None or school.start_date <= as_of_day],
                totals_elsewhere=totals_elsewhere[pupil_id],
            )
        )
    return records


type _Results = dict[str, list[Assessment]]


def _results(vault: Vault, last_days: Mapping[str, date], day: date) -> tuple[_Results, _Results]:
    """By pupil the results that counted on the last day, and those of later that count now: no targets, and no exam result before it is published."""
    until: _Results = {}
    later: _Results = {}
    results = [entry for entry in assessments.standing(vault) if entry.pupil_id in last_days and entry.status == RESULT]
    in_time = [entry for entry in results if entry.date is None or entry.date <= last_days[entry.pupil_id]]
    for results_by_pupil, counted in (
        (until, current_of(in_time)),
        (later, current_of(entry for entry in results if entry not in in_time)),
    ):
        for entry in counted:
            if not entry.embargoed(day):
                results_by_pupil.setdefault(entry.pupil_id, []).append(entry)
    return until, later


def _until[D: CarePeriod | SenPeriod](periods: Sequence[D], day: date) -> list[D]:
    """The periods as they stood on a day: what begins later is not among them, and an end to come is none yet."""
    begun_periods = (period for period in periods if period.start_date is None or period.start_date <= day)
    return [replace(period, end_date=None) if period.end_date is not None and period.end_date > day else period for period in begun_periods]


def _totals(vault: Vault, ids: Collection[str], year: int, day: date) -> dict[str, Totals]:
    """These pupils' sessions in the school year that begins in a year, up to a day: those of the days on the roll, for a guest's are not ours to count."""
    until = min(day, date(year + 1, 8, 1) - timedelta(days=1))
    codes_by_pupil = attendance_counts.by_code(vault, date(year, 8, 1), until, ids)
    return {pupil_id: totals_of_codes(codes) for pupil_id, codes in codes_by_pupil.items() if codes}
