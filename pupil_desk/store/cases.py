"""What the rule of sharing needs of each pupil, in five queries for all of them or for one.

A protection counts if it is in force on the day judged or today: what is sent today, judged on whatever day, must not
tell of a pupil who is protected today.
"""

from datetime import date

from pupil_desk.domain.sharing import Case
from pupil_desk.store import choices, enrolments, notices, protections, pupils
from pupil_desk.store.vault import Vault


def everyone(vault: Vault, day: date, today: date) -> list[Case]:
    """The cases of all pupils, by name; ``day`` is the one judged."""
    stays, said = enrolments.by_pupil(vault), choices.by_pupil(vault)
    given, protected = notices.days_given(vault), protections.by_pupil(vault, day, today)
    return [
        Case(
            pupil=pupil,
            enrolments=stays[pupil.id],
            choices=said[pupil.id],
            notices_given=given[pupil.id],
            protections=protected[pupil.id],
        )
        for pupil in pupils.everyone(vault)
    ]


def of_pupil(vault: Vault, pupil_id: str, day: date, today: date) -> Case | None:
    """The case of one pupil; ``day`` is the one judged."""
    pupil = pupils.get(vault, pupil_id)
    if pupil is None:
        return None
    given = [date.fromisoformat(row["on"]) for row in notices.issues_of(vault, pupil_id) if row["contact_id"]]
    return Case(pupil=pupil, enrolments=enrolments.of_pupil(vault, pupil_id), choices=choices.of_pupil(vault, pupil_id),
                notices_given=given, protections=protections.of_pupil(vault, pupil_id, day, today))  # fmt: skip
