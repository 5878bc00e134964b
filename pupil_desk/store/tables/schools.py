"""Main and commissioning schools: with whom one speaks there, their passwords, and the marks of their registers. Plain SQL."""

from collections.abc import Collection, Iterable
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.schools.of_pupils import SchoolsOfPupils
from pupil_desk.domain.schools.school import School
from pupil_desk.domain.schools.school_mark import SchoolMark
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import rows, several
from pupil_desk.store.rows.rows import columns, insert, insert_row, read, read_first
from pupil_desk.store.rows.same import among, id_list
from pupil_desk.store.tables import enrolments, settings


def all_schools(vault: Vault) -> list[School]:
    """The schools of which anything is on file, by number."""
    return read(vault, School, f"SELECT {columns(School)} FROM school ORDER BY number")


def of_number(vault: Vault, number: str) -> School | None:
    """The school of a DfE number."""
    return read_first(vault, School, f"SELECT {columns(School)} FROM school WHERE number = ?", (number,))


def add(vault: Vault, school: School) -> None:
    """Keep a new one."""
    insert(vault, "school", school)


def keep_password(vault: Vault, number: str, password: str, *, moment: str, actor: str) -> None:
    """Keep a school's password in the place of the one before."""
    vault.execute("DELETE FROM school_password WHERE number = ?", (number,))
    insert_row(vault, "school_password", number=number, password=password, at=moment, made_by=actor)


def passwords(vault: Vault) -> dict[str, str]:
    """The password of each school that has one, by number."""
    return {row["number"]: row["password"] for row in vault.rows("SELECT number, password FROM school_password")}


def marks(vault: Vault, since: date, until: date, ids: Iterable[str] | None = None) -> dict[str, list[SchoolMark]]:
    """The marks of schools' registers of these days, by pupil; with ``ids`` those pupils'."""
    sql = f"""SELECT {columns(SchoolMark)} FROM school_mark WHERE day BETWEEN ?1 AND ?2 AND {among("pupil_id", 3)} ORDER BY day, session, school, rowid"""
    return rows.by_pupil(vault, SchoolMark, sql, (since.isoformat(), until.isoformat(), id_list(ids)))


def sessions_read(vault: Vault, since: date, until: date) -> dict[str, frozenset[tuple[date, Session]]]:
    """Of each school, by number, the sessions of these days of which any mark of its register was read."""
    sql = "SELECT DISTINCT school, day, session FROM school_mark WHERE day BETWEEN ? AND ?"
    by_school = grouped(
        (row["school"], (date.fromisoformat(row["day"]), Session(row["session"])))
        for row in vault.rows(sql, (since.isoformat(), until.isoformat()))
    )
    return {number: frozenset(sessions) for number, sessions in by_school.items()}


def of_pupils(vault: Vault, ids: Collection[str] | None = None) -> SchoolsOfPupils:
    """Whose pupil everybody on file is, or each of these pupils, day by day."""
    told_schools = settings.current(vault).told_schools
    return SchoolsOfPupils(enrolments.by_pupil(vault, ids), several.by_pupil(vault, SchoolPlace, ids), told_schools)


def any_on_file(vault: Vault) -> bool:
    """Whether any place agreed with a school, review of one, or mark of a school's register, is on file."""
    return (
        vault.first_row(
            "SELECT 1 FROM school_place UNION ALL SELECT 1 FROM school_place_review UNION ALL SELECT 1 FROM school_mark LIMIT 1"
        )
        is not None
    )
