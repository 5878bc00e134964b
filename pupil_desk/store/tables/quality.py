"""What the check of the records reads beside the records themselves: the register where suspensions are, and assessments in short."""

from collections import defaultdict
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.learning.assessment import RESULT
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.same import as_kept


def marked(vault: Vault, code: str, since: date, until: date) -> list[Row]:
    """The sessions of these days that stand with a code: pupil_id, day, session; by pupil and day."""
    days = (code, since.isoformat(), until.isoformat())
    return vault.rows(
        f"""SELECT {as_kept("m.pupil_id")} AS pupil_id, m.day, m.session FROM pupil p CROSS JOIN mark m
           WHERE m.pupil_id = p.id AND m.day BETWEEN ?2 AND ?3 AND m.code = ?1 AND NOT EXISTS (
             SELECT 1 FROM mark_amendment a WHERE a.pupil_id = m.pupil_id AND a.day = m.day AND a.session = m.session)
           UNION ALL SELECT {as_kept()}, day, session FROM amended_mark WHERE code = ?1 AND day BETWEEN ?2 AND ?3
           ORDER BY 1, 2, 3""",
        days,
    )


def during_suspensions(vault: Vault, since: date, until: date) -> dict[str, dict[tuple[date, str], str]]:
    """What the register says of the sessions of suspensions in these days, by pupil; an empty text where there is no mark."""
    codes_by_pupil: defaultdict[str, dict[tuple[date, str], str]] = defaultdict(dict)
    for row in vault.rows(
        f"""SELECT DISTINCT {as_kept("s.pupil_id")} AS pupil_id, s.day, s.session, r.code FROM suspension_session s
           LEFT JOIN register_mark r ON r.pupil_id = s.pupil_id AND r.day = s.day AND r.session = s.session
           WHERE s.day BETWEEN ? AND ?""",
        (since.isoformat(), until.isoformat()),
    ):
        codes_by_pupil[row["pupil_id"]][date.fromisoformat(row["day"]), row["session"]] = row["code"] or ""
    return dict(codes_by_pupil)


def assessed(vault: Vault) -> set[str]:
    """The pupils of whom any assessment is on file."""
    return {row["pupil_id"] for row in vault.rows(f"SELECT DISTINCT {as_kept()} AS pupil_id FROM assessment")}


def attained(vault: Vault, born_by: date) -> dict[str, list[str]]:
    """The subjects of results in GCSE and functional skills that are neither corrected nor withdrawn, by pupil born by a day."""
    subjects_by_pupil = grouped(
        (row["pupil_id"], row["subject"])
        for row in vault.rows(
            f"""SELECT DISTINCT {as_kept("a.pupil_id")} AS pupil_id, a.subject FROM pupil p CROSS JOIN assessment a
           WHERE p.dob <= ? AND a.pupil_id = p.id AND a.status = ? AND (a.component LIKE 'GCSE%' OR a.component LIKE 'FS %')
             AND NOT EXISTS (SELECT 1 FROM assessment c WHERE c.corrects = a.id)
             AND NOT EXISTS (SELECT 1 FROM assessment_withdrawal w WHERE w.assessment_id = a.id)""",
            (born_by.isoformat(), RESULT),
        )
    )
    return dict(subjects_by_pupil)
