"""The list of pupils as each colleague wants it: the columns chosen, filters under a name, and who meets a condition.

Each question has its own fixed query; what was typed only ever comes in as a parameter.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pupil_desk.domain.catalogue.own_values import is_own, kind_of
from pupil_desk.domain.pupils.conditions import EMPTY, NO, OVER, TO_COME, YES, Condition
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import stay_days
from pupil_desk.store.rows.rows import insert_row, place_of
from pupil_desk.store.rows.same import PERSON, as_kept
from pupil_desk.store.tables import notices

_OF_STAY = f"SELECT {as_kept('e.pupil_id')} AS id FROM enrolment e WHERE {stay_days.spans()}"
_OF_PUPIL = f"SELECT id FROM pupil WHERE {PERSON}"
_ASKED: Mapping[str, str] = {
    "present": _OF_STAY,
    "on-roll": f"{_OF_STAY} AND {stay_days.puts_on_roll()}",
    "year-group": f"{_OF_PUPIL} AND year_group = ?2",
    "tutor-group": f"{_OF_PUPIL} AND tutor_group = ?2 COLLATE NOCASE",
    "site": f"{_OF_PUPIL} AND site = ?2 COLLATE NOCASE",
    "subject-set": f"""{_OF_PUPIL}
AND instr(',' || lower(replace(replace(subject_sets, ', ', ','), ' ,', ',')) || ',', ',' || lower(?2) || ',') > 0""",
    "status": f"{_OF_STAY} AND e.status = ?2",
    "main-school": f"{_OF_STAY} AND e.main_school = ?2",
    "born-in": f"{_OF_PUPIL} AND CAST(substr(dob, 6, 2) AS INTEGER) = CAST(?2 AS INTEGER)",
    "age": f"{_OF_PUPIL} AND dob > ?2 AND dob <= ?3",
    "sex": f"{_OF_PUPIL} AND sex = ?2",
    "sen": f"{_OF_PUPIL} AND sen_provision = ?2",
    "any-sen": f"{_OF_PUPIL} AND sen_provision IS NOT NULL AND sen_provision <> 'N'",
    "looked-after": f"{_OF_PUPIL} AND looked_after = 1",
    "protected": f"""SELECT {as_kept("x.pupil_id")} AS id FROM protection x WHERE x.since <= ?1 AND (x."until" IS NULL OR x."until" >= ?1)
AND NOT EXISTS (SELECT 1 FROM protection_lift l WHERE l.protection_id = x.id)""",
    "notice": f"SELECT {as_kept('i.pupil_id')} AS id FROM notice_issue i WHERE {notices.COUNTS.format(row='i')}",
}


def ids_of(vault: Vault, question: str, day: date, *values: str) -> set[str]:
    """The pupils of whom one question of ``_ASKED`` is true on a day."""
    sql = f"{_OF_PUPIL} AND {_asked_of_own(question, values[0])}" if is_own(question) else _ASKED[question]
    params = (day.isoformat(), *values)
    param_count = max((number for number in (1, 2, 3) if f"?{number}" in sql), default=0)
    return {row["id"] for row in vault.rows(sql, params[:param_count])}


def _asked_of_own(name: str, value: str) -> str:
    """What is asked of a field of the unit's own, whose name is ours and never from outside: of a yes or no and of a day by a word of ours."""
    place = place_of(name)
    if kind_of(name) in ("flag", "date"):
        by_word = {YES: f"{place} = 1", NO: f"{place} = 0", EMPTY: f"{place} IS NULL", OVER: f"{place} < ?1", TO_COME: f"{place} >= ?1"}
        return by_word[value]
    return f"CAST({place} AS TEXT) = ?2 COLLATE NOCASE"


def all_ids(vault: Vault) -> set[str]:
    """The identities of all pupils, leavers too."""
    return {row["id"] for row in vault.rows(_OF_PUPIL)}


def values_of_pupils(vault: Vault, names: Sequence[str]) -> list[Row]:
    """Some items of every pupil: the identity, then one column a name. ``names`` are the catalogue's, never from outside."""
    column_list = ", ".join(map(place_of, names))
    return vault.rows(f"SELECT id, {column_list} FROM pupil WHERE {PERSON}")


def values_of_stays(vault: Vault, names: Sequence[str], day: date) -> list[Row]:
    """Some items of the stays of that day: whose, then one column a name; of several, the one on the roll comes last."""
    column_list = ", ".join(f'e."{name}"' for name in names)
    order = f"ORDER BY {stay_days.puts_on_roll()}, coalesce(e.start_date, ''), e.id"
    return vault.rows(
        f"SELECT {as_kept('e.pupil_id')} AS id, {column_list} FROM enrolment e WHERE {stay_days.spans()} {order}", (day.isoformat(),)
    )


def columns_of(vault: Vault, staff_id: str) -> list[str]:
    """The columns that a colleague has chosen, in order."""
    return [row["column"] for row in vault.rows('SELECT "column" FROM list_column WHERE staff_id = ? ORDER BY place', (staff_id,))]


def keep_columns(vault: Vault, staff_id: str, columns: Iterable[str]) -> None:
    """Have a colleague's columns be these."""
    vault.execute("DELETE FROM list_column WHERE staff_id = ?", (staff_id,))
    for place, column in enumerate(columns):
        insert_row(vault, "list_column", staff_id=staff_id, place=place, column=column)


def filters(vault: Vault) -> list[Row]:
    """Every filter that is kept: its identity, name, whose it is, and whether it is for everyone."""
    return vault.rows("SELECT id, name, staff_id, for_all FROM list_filter ORDER BY id")


def conditions(vault: Vault) -> list[Row]:
    """The conditions of all filters, in order."""
    return vault.rows("SELECT filter_id, question, value FROM list_filter_condition ORDER BY filter_id, place")


def add_filter(
    vault: Vault, filter_id: str, name: str, *, staff_id: str, for_all: bool, moment: str, conditions: Sequence[Condition]
) -> None:
    """Keep a filter under a name."""
    insert_row(vault, "list_filter", id=filter_id, name=name, staff_id=staff_id, for_all=for_all, at=moment)
    for place, condition in enumerate(conditions):
        insert_row(vault, "list_filter_condition", filter_id=filter_id, place=place, question=condition.question, value=condition.value)


def remove_filter(vault: Vault, filter_id: str) -> None:
    vault.execute("DELETE FROM list_filter_condition WHERE filter_id = ?", (filter_id,))
    vault.execute("DELETE FROM list_filter WHERE id = ?", (filter_id,))
