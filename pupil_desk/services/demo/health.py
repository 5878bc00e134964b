"""Inventing needs, care and health for every third pupil: plans with a review, allergies, medicines and doses given."""

import dataclasses
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pupil_desk.domain.care.health import ALLERGY, CONDITION, DIETARY, Disability, Dose, HealthItem, Medicine, NothingKnown
from pupil_desk.domain.care.needs import LOOKED_AFTER, CarePeriod, SenPeriod
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import records
from pupil_desk.services.demo.families import identity
from pupil_desk.services.demo.invention import weekday
from pupil_desk.services.desk import Work
from pupil_desk.store.rows import several as store
from pupil_desk.store.tables import contacts

_EVERY = 3
_WITH_WORKER = 11  # every eleventh who is not looked after has a social worker
_WORKERS = ("Mo Reed", "Ira Bell", "Sal Finch")
_UNASKED = 7  # every seventh has not been asked about health
_KNOWN = (
    (
        ALLERGY,
        "Peanuts",
        "LIFE",
        "Give the adrenaline pen in the outer thigh.\nCall 999 and say “anaphylaxis”.\nLay the pupil down, legs raised.",
    ),
    (ALLERGY, "Penicillin", "SEV", "Tell whoever treats the pupil."),
    (
        CONDITION,
        "Asthma",
        "MOD",
        "Two puffs of the reliever through the spacer.\nWait two minutes, then two more.\nCall 999 if it does not help.",
    ),
    (CONDITION, "Epilepsy", "SEV", "Time the seizure, and keep the head safe.\nCall 999 after five minutes."),
    (DIETARY, "Halal", None, None),
    (DIETARY, "No gluten (coeliac disease)", None, None),
)
_KITCHEN: Mapping[str, tuple[str | None, str | None]] = {
    "Peanuts": ("peanuts", None),
    "Penicillin": ("no-food", None),
    "Asthma": ("no-food", None),
    "Epilepsy": ("no-food", None),
    "Halal": (None, "halal"),
    "No gluten (coeliac disease)": (None, "gluten-free"),
}
"""What the kitchen goes by: the allergen, and the diet."""
_MEDICINES = (
    ("Salbutamol inhaler", "2 puffs", "When short of breath", False, "Blue box in the office"),
    ("Adrenaline pen", "1 pen", "In a severe allergic reaction", False, "Red box in the office"),
    ("Methylphenidate", "10 mg", "12:30 on school days", True, "Locked cupboard in the office"),
)
_RELIEVER, _PEN, _DAILY = _MEDICINES
_MEDICINE_FOR = {"Peanuts": _PEN, "Asthma": _RELIEVER}
"""The medicine goes with what is known, so that a card does not say to give what is not kept; for anything else the daily one."""
_MEALS = (_TARGETED := "TFSM", "EFSM", "FSM")
_REVIEWED_AFTER = 700  # days


def keep_health(work: Work, people: Sequence[Pupil]) -> None:
    """Within a transaction: what is held of every third pupil; of the others, what nobody has noted is mostly said to be nothing. The same each time."""
    for pupil in people[::_EVERY]:
        chance = random.Random(pupil.id)  # noqa: S311 - invention, not secrecy
        _keep_health_of(work, pupil, chance)
        _keep_care_of(work, pupil, chance)
    _keep_social_work(work, people)
    for place, pupil in enumerate(people):
        if place % _EVERY and place % _UNASKED and not pupil.medical:
            chance = random.Random(pupil.id)  # noqa: S311 - invention, not secrecy
            nothing_known = NothingKnown(
                id=identity(chance),
                pupil_id=pupil.id,
                said_by="a parent",
                said_on=work.desk.today - timedelta(days=chance.randrange(30, 390)),
                channel="form",
            )
            records.add(work, [nothing_known], source="form")


def _keep_health_of(work: Work, pupil: Pupil, chance: random.Random) -> None:
    vault, today = work.desk.vault, work.desk.today
    kind, condition, severity, emergency = chance.choice(_KNOWN)
    allergen, diet = _KITCHEN.get(condition, (None, None))
    item = HealthItem(
        id=identity(chance),
        pupil_id=pupil.id,
        kind=kind,
        what=condition,
        severity=severity,
        emergency=emergency,
        plan="Invented for training." if emergency else None,
        allergen=allergen,
        diet=diet,
    )
    records.add(work, [item], source="form")
    if chance.random() < 0.2:
        disability = chance.choice(("HEAR", "VIS", "MOB", "AUT"))
        records.add(work, [Disability(id=identity(chance), pupil_id=pupil.id, disability=disability)], source="form")
    if kind == DIETARY:
        return
    medicine = _medicine(pupil, _MEDICINE_FOR.get(condition, _DAILY), chance, today)
    records.add(work, [medicine], source="form")
    if medicine.name == _PEN[0]:
        return
    for day in dict.fromkeys(weekday(today - timedelta(days=days)) for days in range(1, 5)):
        store.add(vault, _dose(medicine, chance, day), at=work.stamp, recorded_by=work.actor)


def _medicine(pupil: Pupil, usual: tuple[str, str, str, bool, str], chance: random.Random, today: date) -> Medicine:
    name, dose, times, controlled, stored = usual
    return Medicine(
        id=identity(chance),
        pupil_id=pupil.id,
        name=name,
        dose=dose,
        taken=times,
        controlled=controlled,
        stored=stored,
        consented_by="The parent",
        consented_on=today - timedelta(days=chance.randrange(20, 200)),
        expiry=today + timedelta(days=chance.randrange(-10, 400)),
    )


def _dose(medicine: Medicine, chance: random.Random, day: date) -> Dose:
    return Dose(
        id=identity(chance),
        pupil_id=medicine.pupil_id,
        medicine_id=medicine.id,
        given_on=day,
        given_time="12:30",
        amount=medicine.dose,
        given_by="Sam Training",
        witness="Robin Training" if medicine.controlled else None,
        was_given=True,
    )


def _keep_social_work(work: Work, people: Sequence[Pupil]) -> None:
    """Who the social worker is of those looked after, and of every so-manyth other one: a child in need, or under a plan."""
    for place, pupil in enumerate(people):
        chance = random.Random(f"{pupil.id} social work")  # noqa: S311 - invention, not secrecy
        worker: dict[str, Any] = {"worker": chance.choice(_WORKERS), "worker_reach": f"01632 960{chance.randrange(100, 999)}"}
        for contact in contacts.of_pupil(work.desk.vault, pupil.id):
            if contact.relationship == "SWR":
                worker = {"worker": contact.full_name, "worker_reach": contact.mobile}
        if pupil.looked_after:
            care = next(row for row in store.of_pupil(work.desk.vault, CarePeriod, pupil.id) if row.kind == LOOKED_AFTER)
            records.change(work, care, dataclasses.replace(care, **worker), source="form")
        elif place % _WITH_WORKER == 1:
            since = work.desk.today - timedelta(days=chance.randrange(20, 300))
            records.add(
                work,
                [CarePeriod(id=identity(chance), pupil_id=pupil.id, kind=chance.choice(("CIN", "CP")), start_date=since, **worker)],
                source="form",
            )


def _keep_care_of(work: Work, pupil: Pupil, chance: random.Random) -> None:
    """A plan gets its day of review and its first day; some have free meals, with the premium that goes with them."""
    vault, today = work.desk.vault, work.desk.today
    for period in store.of_pupil(vault, SenPeriod, pupil.id):
        changes: dict[str, Any] = {"start_date": today - timedelta(days=chance.randrange(100, 900))}
        if period.provision != "N":
            changes["review_date"] = today + timedelta(days=chance.randrange(-15, 300))
        records.change(work, period, dataclasses.replace(period, **changes), source="form")
    if chance.random() < 0.5:
        since = today - timedelta(days=chance.randrange(30, 600))
        for kind in (chance.choice(_MEALS), "DPP"):
            reviewed: dict[str, Any] = (
                {"verified_on": since, "review_date": since + timedelta(days=_REVIEWED_AFTER)} if kind == _TARGETED else {}
            )
            care_period = CarePeriod(id=identity(chance), pupil_id=pupil.id, kind=kind, start_date=since, **reviewed)
            records.add(work, [care_period], source="form")
