"""What the rule of sharing needs of each pupil, in five queries for all of them or for one."""

from datetime import date

from pupil_desk.domain.sharing import Case
from pupil_desk.store import choices, enrolments, notices, protections, pupils
from pupil_desk.store.vault import Vault


def everyone(vault: Vault, day: date) -> list[Case]:
    """The cases of all pupils, by name; ``day`` says which protections are in force."""
    stays, said = enrolments.by_pupil(vault), choices.by_pupil(vault)
    given, protected = notices.days_given(vault), protections.by_pupil(vault, day)
    return [
        Case(pupil=pupil, enrolments=stays[pupil.id], choices=said[pupil.id], notices_given=given[pupil.id], protections=protected[pupil.id])
        for pupil in pupils.everyone(vault)
    ]


def of_pupil(vault: Vault, pupil_id: str, day: date) -> Case | None:
    """The case of one pupil."""
    pupil = pupils.get(vault, pupil_id)
    if pupil is None:
        return None
    given = [date.fromisoformat(row["on"]) for row in notices.issues_of(vault, pupil_id) if row["contact_id"]]
    return Case(pupil=pupil, enrolments=enrolments.of_pupil(vault, pupil_id), choices=choices.of_pupil(vault, pupil_id),
                notices_given=given, protections=protections.of_pupil(vault, pupil_id, day))  # fmt: skip
