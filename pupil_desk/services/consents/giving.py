"""Whether a medicine may be given on a day, or on each of several: agreed to by the family, and not past its use-by day. One rule for every paper that names one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.care.food_dangers import is_reliever, means_reliever, medicines_for, step_gives, step_names
from pupil_desk.domain.care.health import HealthAnswer, HealthItem, Medicine, steps_of
from pupil_desk.services.care import health_answers
from pupil_desk.services.consents import standings
from pupil_desk.services.consents.wrong_medicines import MEDICINES, agreed
from pupil_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class GivingRule:
    """The medicines to which there is a yes on the first of some days, by id, each with the last day of it; and the first and the last of the days."""

    agreed_until: Mapping[str, date]
    first_day: date
    last_day: date

    def may_be_given(self, medicine: Medicine) -> bool:
        """Whether it may be given without 999 saying so, on every day on which it is taken."""
        until = self._given_until(medicine)
        return until is not None and until >= _day_taken(medicine, self.last_day)

    def with_whether_given(self, words: str, medicine: Medicine) -> str:
        """Words about a medicine, and whether it is given: in those of the family’s own form. One past its day says that alone."""
        until = self._given_until(medicine)
        if past := self._past(medicine):
            reply = _("{past}: we do not give it, unless 999 tells us to").format(past=past)
        elif until is None:
            reply = _("not agreed: not given, unless 999 tells us to")
        elif self.may_be_given(medicine):
            reply = _("agreed: we give it")
        else:
            words_until = (
                _("in date until {day}: we give it until then, and afterwards only if 999 tells us to")
                if until == medicine.expiry
                else _("agreed until {day}: we give it until then, and afterwards only if 999 tells us to")
            )
            reply = words_until.format(day=show_date(until))
        return _("{medicine} ({given})").format(medicine=words, given=reply)

    def words_of(self, medicine: Medicine) -> str:
        """A medicine as it is held, and whether it is given."""
        return self.with_whether_given(health_answers.medicine_words(medicine), medicine)

    def kept_at(self, medicine: Medicine) -> str:
        """Where it is kept, and whether it is given."""
        return self.with_whether_given(medicine.stored or _("Not known"), medicine)

    def cautions(self, item: HealthItem, answer: HealthAnswer) -> tuple[str, ...]:
        """What stands above the steps of an entry whose medicine may not be given, nor another of its name: they and the list of medicines say one thing. Nothing above those of what is graded mild or moderate and names none."""
        names = grouped((self._warning(medicine), medicine.name) for medicine in self._not_given(medicines_for(item, answer)))
        return tuple(
            _("{medicines}: {warning}").format(medicines=join_words(names_warned), warning=warning)
            for warning, names_warned in names.items()
        )

    def steps(self, item: HealthItem, answer: HealthAnswer) -> tuple[str, ...]:
        """What to do, in order: a step that may be to give such a medicine says first when it may be given, whatever else it says; one that has the
        name or form of another which may be given is not taken for it.
        """
        medicines = medicines_for(item, answer)
        not_given, given = self._not_given(medicines), [medicine for medicine in answer.medicines if self.may_be_given(medicine)]

        has_reliever = any(is_reliever(medicine, surely=True) for medicine in given)

        def is_meant(step: str, medicine: Medicine, *, is_only: bool) -> bool:
            """Any inhaler against an attack is the one that may be given, where there is one, unless the other is named."""
            if step_names(step, medicine) or not (is_reliever(medicine, surely=False) and means_reliever(step)):
                return step_gives(step, medicine, is_only=is_only)
            return not has_reliever and not any(step_names(step, given_medicine) for given_medicine in given)

        def held_back(step: str) -> list[Medicine]:
            is_only = len(not_given) == len(medicines) and not any(step_gives(step, medicine, is_only=False) for medicine in given)
            return [medicine for medicine in not_given if is_meant(step, medicine, is_only=is_only)]

        return tuple(self._with_condition(step, held_back(step)) for step in steps_of(item))

    def _not_given(self, medicines: Collection[Medicine]) -> list[Medicine]:
        """Those of which none of the name may be given on each of the days."""
        given_names = {medicine.name.casefold() for medicine in medicines if self.may_be_given(medicine)}
        return [medicine for medicine in medicines if medicine.name.casefold() not in given_names]

    def _with_condition(self, step: str, not_given: Collection[Medicine]) -> str:
        if not not_given:
            return step
        untils = [until for medicine in not_given if (until := self._given_until(medicine)) is not None]
        if len(untils) < len(not_given):
            return _("Call 999 at once, and the medicine only when they say so: {step}").format(step=step)
        words = _("From {day} call 999 at once, and the medicine only when they say so: {step}")
        return words.format(day=show_date(min(untils) + timedelta(days=1)), step=step)

    def _warning(self, medicine: Medicine) -> str:
        """What to do with one that may not be given on each of the days."""
        until = self._given_until(medicine)
        if until is None:
            words = _("{why}. Call 999 at once, and give it only when they say so.")
            return words.format(why=self._past(medicine) or _("not agreed to"))
        words = _("until {last_day} give it; from {day} call 999 at once, and give it only when they say so.")
        return words.format(last_day=show_date(until), day=show_date(until + timedelta(days=1)))

    def _past(self, medicine: Medicine) -> str:
        if medicine.expiry is None or medicine.expiry >= _day_taken(medicine, self.first_day):
            return ""
        return _("past its use-by day, {day}").format(day=show_date(medicine.expiry))

    def _given_until(self, medicine: Medicine) -> date | None:
        """The last day on which it may be given; None where it may not be on the first."""
        until = self.agreed_until.get(medicine.id)
        if until is None or self._past(medicine):
            return None
        return min(until, medicine.expiry or until)


def _day_taken(medicine: Medicine, day: date) -> date:
    """A day, or the last on which a medicine is taken where that is before it."""
    return min(day, medicine.end_date or day)


def rule_of_pupil(desk: Desk, pupil_id: str) -> GivingRule:
    """The rule for the medicines of one pupil, today."""
    return GivingRule({medicine.id: desk.today for medicine in agreed(desk, pupil_id)}, desk.today, desk.today)


def rule_for(desk: Desk, medicines: Collection[Medicine], first_day: date, last_day: date | None = None) -> GivingRule:
    """The rule for these medicines on a day, or on several; the agreement to one that is no longer given then is judged on its last day."""
    last_day = last_day or first_day
    untils = {medicine.id: _agreed_until(desk, medicine, first_day, last_day) for medicine in medicines}
    return GivingRule({medicine_id: until for medicine_id, until in untils.items() if until is not None}, first_day, last_day)


def _agreed_until(desk: Desk, medicine: Medicine, first_day: date, last_day: date) -> date | None:
    """The last of these days until which there is a yes; None where there is none on the first."""
    if not _is_agreed(desk, medicine, first_day):
        return None
    if _is_agreed(desk, medicine, last_day):
        return last_day
    day = first_day
    while _is_agreed(desk, medicine, day + timedelta(days=1)):
        day += timedelta(days=1)
    return day


def _is_agreed(desk: Desk, medicine: Medicine, day: date) -> bool:
    return medicine.id in _agreed_on(desk, _day_taken(medicine, day))


def _agreed_on(desk: Desk, day: date) -> frozenset[str]:
    """The medicines of the unit, by id, to which there is a yes on a day: read once for all papers that are made before the next change."""
    return desk.remember("medicines agreed to", lambda: _read_agreed(desk, day), day)


def _read_agreed(desk: Desk, day: date) -> frozenset[str]:
    rows = standings.of_type(desk, MEDICINES, day, leavers_too=True)
    return frozenset(row.medicine.id for row in rows if row.medicine is not None and row.verdict.in_force)
