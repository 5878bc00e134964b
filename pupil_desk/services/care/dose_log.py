"""The dose log: a line is added, never edited; what is unusual is asked about before it is kept, and each line tells its story."""

import dataclasses

from pupil_desk.basics.clock import local_time, stamp
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.care.dose_doubts import differences
from pupil_desk.domain.care.health import Dose, Medicine, check_dose, standing, tidy_time
from pupil_desk.domain.catalogue.validation import Problem, Refused, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.consents import rule
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.services.care.health import HealthRecord
from pupil_desk.services.consents import standings, types
from pupil_desk.services.consents.wrong_medicines import MEDICINES
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.rows import several as store
from pupil_desk.store.rows.rows import new_id

_SATURDAY = 5


def dose_now(desk: Desk, medicine: Medicine) -> Dose:
    """The usual dose of a medicine, given just now: who gave it is said by a person, who may not be the one at the desk."""
    return Dose(
        pupil_id=medicine.pupil_id,
        medicine_id=medicine.id,
        given_on=desk.today,
        given_time=_now(desk),
        amount=medicine.dose,
        given_by="",
        was_given=True,
    )


def give_dose(desk: Desk, dose: Dose) -> Changed:
    """Add a line to the dose log; one that ``corrects`` another puts it right, and both stay. Raises Refused, WrongUse."""
    dose, _medicine = _checked(desk, dose)
    words = "dose put right" if dose.corrects else "dose given"
    with desk.act(Action.EDIT_RECORD, "pupil", dose.pupil_id, words) as work:
        store.add(desk.vault, dataclasses.replace(dose, id=new_id()), at=work.stamp, recorded_by=work.actor)
    return Changed.of("pupil", "dose", ids=(dose.pupil_id,))


def _checked(desk: Desk, dose: Dose) -> tuple[Dose, Medicine]:
    """A line as it may be kept, and its medicine. Raises Refused, WrongUse."""
    medicine = store.get(desk.vault, Medicine, dose.medicine_id)
    if medicine is None or medicine.pupil_id != dose.pupil_id:
        raise WrongUse(_("That medicine is no longer on file. Open the pupil again."))
    dose = tidied(dose, desk.today)
    dose = dataclasses.replace(dose, given_time=tidy_time(dose.given_time))
    refuse((*problems_of(dose, desk.today), *check_dose(dose, medicine, desk.today, _now(desk))))
    _may_be_righted(desk, dose)
    return dose, medicine


def _may_be_righted(desk: Desk, dose: Dose) -> None:
    if dose.corrects is None:
        if not dose.was_given:
            words = _("A dose that was not given is no entry. Only an entry put right can say so.")
            raise Refused((Problem("was_given", "not_given", words),))
        return
    log = store.of_pupil(desk.vault, Dose, dose.pupil_id)
    if not any(row.id == dose.corrects and row.medicine_id == dose.medicine_id for row in log):
        raise WrongUse(_("That entry is no longer on file. Open the pupil again."))
    if any(row.corrects == dose.corrects for row in log):
        raise WrongUse(_("That entry has been put right already. Put the later one right."))


def _now(desk: Desk) -> str:
    return local_time(stamp(desk.clock.now())).strftime("%H:%M")


# -- what is asked before a line is kept


def question(desk: Desk, dose: Dose) -> str:
    """What to ask before it is kept: whose it is, what is written, what was given on that day, and what differs. Empty where nothing does.

    Raises Refused, WrongUse where it cannot be kept at all.
    """
    dose, medicine = _checked(desk, dose)
    if not dose.was_given:
        return ""
    given = _others_of_day(desk, dose, medicine)
    differing = (*differences(dose, medicine, given, school_day=_is_school_day(desk, dose)), *_no_to_it(desk, dose, medicine))
    if not differing:
        return ""
    day = show_date(dose.given_on)
    pupil = pupil_of(desk.vault, dose.pupil_id)
    lines = (
        _("{pupil}: {medicine}, {amount}, {day}, {time}.").format(
            pupil=pupil.full_name, medicine=medicine.name, amount=dose.amount, day=day, time=dose.given_time
        ),
        _("Written: {dose}, {taken}.").format(dose=medicine.dose, taken=medicine.taken.rstrip(".")),
        _("Given on {day} already: {doses}.").format(day=day, doses="; ".join(map(_given_words, given)))
        if given
        else _("Nothing else was given of it on {day}.").format(day=day),
        " ".join(differing),
    )
    return "\n\n".join(lines)


def _no_to_it(desk: Desk, dose: Dose, medicine: Medicine) -> list[str]:
    """That there was a no to giving the medicine on that day, with whose it was."""
    consent_type = types.type_named(desk, MEDICINES)
    verdict = rule.standing(
        consent_type, standings.case_of(desk, dose.pupil_id, consent_type, medicine=medicine), dose.given_on, medicine.id
    )
    is_no = verdict.standing in (ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN)
    return [_("There was a no to it. {why}").format(why=verdict.reason)] if is_no else []


def _others_of_day(desk: Desk, dose: Dose, medicine: Medicine) -> list[Dose]:
    """The other doses of that day that count: of the medicine, under whichever entry of the same name; not the one that is put right."""
    same = {row.id for row in store.of_pupil(desk.vault, Medicine, dose.pupil_id) if fold(row.name) == fold(medicine.name)}
    return [
        row
        for row in standing(store.of_pupil(desk.vault, Dose, dose.pupil_id))
        if row.given_on == dose.given_on and row.medicine_id in same and row.id != dose.corrects
    ]


def _given_words(dose: Dose) -> str:
    return _("{time}, {amount}, by {who}").format(time=dose.given_time, amount=dose.amount, who=dose.given_by)


def _is_school_day(desk: Desk, dose: Dose) -> bool:
    """By the school year that somebody has confirmed; before that a weekend alone is certain to be none."""
    calendar = law_calendar(desk.vault)
    return calendar.is_open(dose.given_on) if calendar.confirmed else dose.given_on.weekday() < _SATURDAY


# -- what a line says


def medicine_of(log: HealthRecord, dose: Dose) -> str:
    """The medicine's name."""
    return next((medicine.name for medicine in log.medicines if medicine.id == dose.medicine_id), "")


def entry_words(log: HealthRecord, dose: Dose) -> str:
    """Which entry it is: the medicine, the day, the time and the amount."""
    return _("{medicine}, {day}, {time}, {amount}").format(
        medicine=medicine_of(log, dose), day=show_date(dose.given_on), time=dose.given_time, amount=dose.amount
    )


def story(log: HealthRecord, dose: Dose) -> str:
    """All that is to be known of an entry: who gave it and saw it; what it puts right, or by what it is put right, why and by whom."""
    sentences = [_("Given by {who}.").format(who=dose.given_by) if dose.was_given else _("It was never given.")]
    if dose.was_given and dose.witness:
        sentences.append(_("Witness: {who}.").format(who=dose.witness))
    righting = next((row for row in log.doses if row.corrects == dose.id), None)
    if righting is not None:
        how = entry_words(log, righting) if righting.was_given else _("it was never given")
        words = _("This entry is wrong and counts no more. It was put right by {who}: {how}. Why: {why}")
        sentences.append(words.format(who=log.entered_by.get(righting.id, righting.given_by), how=how, why=righting.reason))
    wrong = next((row for row in log.doses if row.id == dose.corrects), None)
    if wrong is not None:
        words = _("This entry was made by {who} and takes the place of another, which was wrong: {entry}, given by {giver}. Why: {why}")
        sentences.append(
            words.format(
                who=log.entered_by.get(dose.id, dose.given_by), entry=entry_words(log, wrong), giver=wrong.given_by, why=dose.reason
            )
        )
    return " ".join(sentences)
