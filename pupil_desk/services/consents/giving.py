"""Whether a medicine may be given on a day: agreed to by the family, and not past its use-by day. One rule for every paper that names one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.care.food_dangers import medicines_for
from pupil_desk.domain.care.health import HealthAnswer, HealthItem, Medicine
from pupil_desk.services.care import health_answers
from pupil_desk.services.consents import standings
from pupil_desk.services.consents.wrong_medicines import MEDICINES, agreed
from pupil_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class GivingRule:
    """The medicines to which there is a yes, by id, and the day on which their use-by days are judged."""

    agreed_ids: frozenset[str]
    day: date

    def may_be_given(self, medicine: Medicine) -> bool:
        """Whether it may be given without 999 saying so."""
        return not self._past(medicine) and medicine.id in self.agreed_ids

    def with_whether_given(self, words: str, medicine: Medicine) -> str:
        """Words about a medicine, and whether it is given: in those of the family’s own form. One past its day says that alone."""
        if past := self._past(medicine):
            reply = _("{past}: we do not give it, unless 999 tells us to").format(past=past)
        else:
            reply = _("agreed: we give it") if self.may_be_given(medicine) else _("not agreed: not given, unless 999 tells us to")
        return _("{medicine} ({given})").format(medicine=words, given=reply)

    def words_of(self, medicine: Medicine) -> str:
        """A medicine as it is held, and whether it is given."""
        return self.with_whether_given(health_answers.medicine_words(medicine), medicine)

    def kept_at(self, medicine: Medicine) -> str:
        """Where it is kept, and whether it is given."""
        return self.with_whether_given(medicine.stored or _("Not known"), medicine)

    def first_steps(self, item: HealthItem, answer: HealthAnswer) -> tuple[str, ...]:
        """What stands before the steps of an entry whose medicine may not be given, nor another of its name: they and the list of medicines say one thing. Nothing before those of what is graded mild or moderate and names none."""
        medicines = medicines_for(item, answer)
        given_names = {medicine.name.casefold() for medicine in medicines if self.may_be_given(medicine)}
        names = grouped(
            (self._past(medicine) or _("not agreed to"), medicine.name)
            for medicine in medicines
            if medicine.name.casefold() not in given_names
        )
        words = _("{medicines}: {why}. Call 999 at once, and give it when they say so.")
        return tuple(words.format(medicines=join_words(names_of_reason), why=reason) for reason, names_of_reason in names.items())

    def _past(self, medicine: Medicine) -> str:
        if medicine.expiry is None or medicine.expiry >= self.day:
            return ""
        return _("past its use-by day, {day}").format(day=show_date(medicine.expiry))


def rule_of_pupil(desk: Desk, pupil_id: str) -> GivingRule:
    """The rule for the medicines of one pupil, today."""
    return GivingRule(frozenset(medicine.id for medicine in agreed(desk, pupil_id)), desk.today)


def rule_for(desk: Desk, medicines: Collection[Medicine], day: date) -> GivingRule:
    """The rule for these medicines on a day; the agreement to one that is no longer given then is judged on its last day."""
    return GivingRule(
        frozenset(medicine.id for medicine in medicines if medicine.id in _agreed_on(desk, min(day, medicine.end_date or day))), day
    )


def _agreed_on(desk: Desk, day: date) -> frozenset[str]:
    """The medicines of the unit, by id, to which there is a yes on a day: read once for all papers that are made before the next change."""
    return desk.remember("medicines agreed to", lambda: _read_agreed(desk, day), day)


def _read_agreed(desk: Desk, day: date) -> frozenset[str]:
    rows = standings.of_type(desk, MEDICINES, day, leavers_too=True)
    return frozenset(row.medicine.id for row in rows if row.medicine is not None and row.verdict.in_force)
