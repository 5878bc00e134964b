"""The sessions that pupils missed without leave, as the rule of penalty notices counts them: on days on the roll, while of compulsory school age."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from pupil_desk.domain.pupils.enrolment import on_roll
from pupil_desk.domain.pupils.leaving import of_compulsory_age
from pupil_desk.domain.register.absence_steps import AbsenceStep, not_settled
from pupil_desk.domain.register.penalty import Missed, SchoolWeek, missed_lately, penalty_rule, school_weeks
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.rows import several
from pupil_desk.store.tables import enrolments, pupils, standing

type CodesByDay = Mapping[date, Collection[str]]


def by_pupil(desk: Desk, weeks: Sequence[SchoolWeek], ids: Collection[str]) -> dict[str, CodesByDay]:
    """The codes that count in these school weeks, by pupil and day; nobody without one."""
    if not weeks or not ids:
        return {}
    births = {pupil.id: pupil.dob for pupil in pupils.some(desk.vault, ids)}
    stays = enrolments.by_pupil(desk.vault, ids)
    codes_by_pupil: dict[str, CodesByDay] = {}
    for pupil_id, marks in standing.by_pupil(desk.vault, weeks[0][0], weeks[-1][-1], codes=penalty_rule().codes, ids=ids).items():
        codes = {date.fromisoformat(day): codes for day, codes in marks.codes().items()}
        codes_by_pupil[pupil_id] = {
            day: codes[day] for day in codes if on_roll(stays[pupil_id], day) and of_compulsory_age(births[pupil_id], day)
        }
    return codes_by_pupil


def may_be_missed(desk: Desk, ids: Collection[str], day: date) -> set[str]:
    """Those of these pupils of whom a session of a day counts: on the roll, and of compulsory school age."""
    if not ids:
        return set()
    stays = enrolments.by_pupil(desk.vault, ids)
    return {pupil.id for pupil in pupils.some(desk.vault, ids) if on_roll(stays[pupil.id], day) and of_compulsory_age(pupil.dob, day)}


def weeks_until(desk: Desk, day: date) -> list[SchoolWeek]:
    """The school weeks up to a day in which the rule looks back."""
    return school_weeks(law_calendar(desk.vault), day, penalty_rule().looked_back)


def missed_of(desk: Desk, ids: Collection[str], day: date) -> dict[str, Missed]:
    """What a letter says of each pupil on a day: of the sessions that are not settled those that meet the threshold, else those of the rule's last
    school weeks; nobody without one."""
    weeks, steps = weeks_until(desk, day), several.by_pupil(desk.vault, AbsenceStep, ids)
    missed = {pupil_id: missed_lately(not_settled(codes, steps[pupil_id]), weeks) for pupil_id, codes in by_pupil(desk, weeks, ids).items()}
    return {pupil_id: sessions for pupil_id, sessions in missed.items() if sessions is not None}
