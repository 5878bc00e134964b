"""What the rule of sharing needs of each pupil, in six queries for all of them or for one.

A protection counts if it is in force on the day judged or today: what is sent today, judged on whatever day, must not
tell of a pupil who is protected today.
"""

from dataclasses import replace
from datetime import date

from pupil_desk.domain.notices.addressees import WHOLE
from pupil_desk.domain.sharing.sharing import Rules, SharingCase
from pupil_desk.domain.sharing.wish import SaidOnRecord
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import merging
from pupil_desk.store.rows.merging import Together
from pupil_desk.store.rows.same import of_person
from pupil_desk.store.tables import choices, enrolments, notices, protections, pupils, wish_steps


def all_cases(vault: Vault, day: date, today: date) -> list[SharingCase]:
    """The cases of all pupils, by name; ``day`` is the one judged."""
    stays, choices_by_pupil = enrolments.by_pupil(vault), choices.by_pupil(vault)
    notice_days, protected = notices.days_given(vault), protections.by_pupil(vault, day, today)
    steps = wish_steps.by_pupil(vault)
    cases = [
        SharingCase(
            pupil,
            stays.get(pupil.id, ()),
            choices_by_pupil.get(pupil.id, ()),
            notice_days.get(pupil.id, ()),
            protected.get(pupil.id, ()),
            steps=steps.get(pupil.id, ()),
        )
        for pupil in pupils.all_pupils(vault)
    ]
    together = merging.together(vault)
    return [_by_record(vault, case, together[case.pupil.id]) if case.pupil.id in together else case for case in cases]


def of_pupil(vault: Vault, pupil_id: str, day: date, today: date) -> SharingCase | None:
    """The case of one pupil; ``day`` is the one judged."""
    pupil = pupils.get(vault, pupil_id)
    if pupil is None:
        return None
    pupil_id = pupil.id
    notice_days = [
        date.fromisoformat(row["on"])
        for row in notices.issues_of(vault, pupil_id)
        if row["contact_id"] and row["variant"] in WHOLE and not row["back_because"]
    ]
    case = SharingCase(
        pupil=pupil,
        enrolments=enrolments.of_pupil(vault, pupil_id),
        choices=choices.of_pupil(vault, pupil_id),
        notices_given=notice_days,
        protections=protections.of_pupil(vault, pupil_id, day, today),
        steps=wish_steps.of_pupil(vault, pupil_id),
    )
    together = merging.together(vault).get(pupil_id)
    return _by_record(vault, case, together) if together else case


def said_by_record(vault: Vault, rules: Rules, pupil_id: str | None = None) -> dict[str, list[SaidOnRecord]]:
    """Of each person of whom there are several records, or of one: what each record says, and what was recorded since they are together."""
    said = {}
    for kept_id, together in merging.together(vault).items():
        if pupil_id is None or pupil_id in together.records:
            all_choices = choices.of_pupil(vault, kept_id)
            numbers_by_record = _choice_numbers(vault, together)
            days_by_record = _notice_days(vault, together)
            said[kept_id] = [
                SaidOnRecord([choice for choice in all_choices if choice.seq in numbers], days_by_record[record], rules)
                for record, numbers in numbers_by_record.items()
            ]
    return said


def _choice_numbers(vault: Vault, together: Together) -> dict[str, set[int]]:
    rows = vault.rows(f"SELECT seq, pupil_id AS own, at FROM choice WHERE {of_person()}", (together.records[0],))
    return {record: {row["seq"] for row in rows if row["own"] == record or row["at"] > together.since} for record in together.records}


def _notice_days(vault: Vault, together: Together) -> dict[str, list[date]]:
    rows = vault.rows(
        f'SELECT "on", pupil_id AS own, at FROM notice_issue WHERE {of_person()} AND contact_id IS NOT NULL AND {notices.WHOLE_ONES} '
        f"AND {notices.COUNTS.format(row='notice_issue')}",
        (together.records[0],),
    )
    return {
        record: [date.fromisoformat(row["on"]) for row in rows if row["own"] == record or row["at"] > together.since]
        for record in together.records
    }


def _by_record(vault: Vault, case: SharingCase, together: Together) -> SharingCase:
    """A person of whom there are several records: each says what was recorded on it, and what was recorded since they are together."""
    choice_numbers, notice_days = _choice_numbers(vault, together), _notice_days(vault, together)
    cases = []
    for record in together.records:
        record_choices = tuple(choice for choice in case.choices if choice.seq in choice_numbers[record])
        cases.append(replace(case, choices=record_choices, notices_given=notice_days[record]))
    return replace(cases[0], others=tuple(cases[1:]))
