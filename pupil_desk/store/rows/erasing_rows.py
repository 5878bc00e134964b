"""Which rows belong to one consent, one request, or to the papers of a class, so that they go together and nothing else does.

The same rows are found when an erasure is carried out and when a restored backup has it carried out again. What refers to a row
that goes is among them; a paper that proves another consent too stays for that.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping

from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.same import of_person

type Rows = Mapping[str, Collection[int]]
_FORM_CHILDREN = ("paper_form_asked", "paper_form_page", "paper_form_step", "scan_page")


def of_consent(vault: Vault, pupil_id: str, consent_type: str, occasion_id: str | None) -> Rows:
    """All that was said of one consent of a pupil, its list, its forms with their scans, and the papers that prove it alone."""
    key = f"{consent_type}/{occasion_id}" if occasion_id else consent_type
    numbers_by_table: defaultdict[str, list[int]] = defaultdict(list)
    events_clause = f"FROM consent_event e WHERE {of_person('e')} AND e.consent_type = ?2 AND e.occasion_id IS ?3"
    params = (pupil_id, consent_type, occasion_id)
    numbers_by_table["consent_event"] = _numbers(vault, f"SELECT e.rowid {events_clause}", params)
    numbers_by_table["consent_reversal"] = _numbers(
        vault, f"SELECT r.rowid FROM consent_reversal r WHERE r.event_id IN (SELECT e.id {events_clause})", params
    )
    if occasion_id:
        numbers_by_table["consent_invitation"] = _numbers(
            vault, f"SELECT i.rowid FROM consent_invitation i WHERE {of_person('i')} AND i.occasion_id = ?2", (pupil_id, occasion_id)
        )
    other_occasions = f"SELECT 1 FROM consent_event o WHERE {of_person('o')} AND o.consent_type = ?2 AND o.occasion_id IS NOT ?3"
    numbers_by_table["consent_competence"] = _numbers(
        vault,
        f"SELECT c.rowid FROM consent_competence c WHERE {of_person('c')} AND c.consent_type = ?2 AND NOT EXISTS ({other_occasions})",
        params,
    )
    forms = f"SELECT f.id FROM paper_form f WHERE {of_person('f')} AND f.form_kind = 'consent' AND f.subject = ?2"
    _add(numbers_by_table, _of_forms(vault, forms, (pupil_id, key)))
    proof = f"""SELECT a.id FROM attachment a WHERE {of_person("a")} AND a.about_kind IS NOT 'sen_period'
          AND a.id IN (SELECT e.evidence {events_clause} UNION SELECT s.attachment_id FROM paper_form_step s WHERE s.form_id IN ({forms.replace("?2", "?4")}))
          AND NOT EXISTS (SELECT 1 FROM consent_event o WHERE {of_person("o")} AND o.evidence = a.id AND (o.consent_type <> ?2 OR o.occasion_id IS NOT ?3))"""
    _add(numbers_by_table, _of_papers(vault, proof, (*params, key)))
    return _not_empty(numbers_by_table)


def of_request(vault: Vault, case_id: str) -> Rows:
    """A case with its steps and letters, every wording of it. What was given in answer to it is proof, and is not among them."""
    return _not_empty(
        {
            table: _numbers(vault, f'SELECT rowid FROM "{table}" WHERE {column} = ?1', (case_id,))
            for table, column in (("request_case", "id"), ("request_event", "case_id"), ("request_letter", "case_id"))
        }
    )


def of_papers(vault: Vault, pupil_id: str) -> Rows:
    """A pupil's papers and forms that go neither with a consent nor with special educational needs."""
    numbers_by_table: defaultdict[str, list[int]] = defaultdict(list)
    _add(
        numbers_by_table,
        _of_forms(vault, f"SELECT f.id FROM paper_form f WHERE {of_person('f')} AND f.form_kind <> 'consent'", (pupil_id,)),
    )
    papers = f"""SELECT a.id FROM attachment a WHERE {of_person("a")} AND a.about_kind IS NOT 'sen_period'
          AND NOT EXISTS (SELECT 1 FROM consent_event e WHERE {of_person("e")} AND e.evidence = a.id)"""
    _add(numbers_by_table, _of_papers(vault, papers, (pupil_id,)))
    numbers_by_table["scan_page"] += _numbers(
        vault, f"SELECT p.rowid FROM scan_page p WHERE {of_person('p')} AND p.form_id IS NULL", (pupil_id,)
    )
    return _not_empty(numbers_by_table)


def of_needs(vault: Vault, pupil_id: str) -> Rows:
    """A pupil's papers about special educational needs."""
    return _not_empty(
        _of_papers(vault, f"SELECT a.id FROM attachment a WHERE {of_person('a')} AND a.about_kind = 'sen_period'", (pupil_id,))
    )


def _of_forms(vault: Vault, forms: str, params: tuple[str | None, ...]) -> Rows:
    numbers_by_table = {
        table: _numbers(vault, f'SELECT x.rowid FROM "{table}" x WHERE x.form_id IN ({forms})', params) for table in _FORM_CHILDREN
    }
    return numbers_by_table | {"paper_form": _numbers(vault, f"SELECT g.rowid FROM paper_form g WHERE g.id IN ({forms})", params)}


def _of_papers(vault: Vault, papers: str, params: tuple[str | None, ...]) -> Rows:
    return {
        "attachment": _numbers(vault, f"SELECT x.rowid FROM attachment x WHERE x.id IN ({papers})", params),
        "attachment_content": _numbers(vault, f"SELECT x.rowid FROM attachment_content x WHERE x.id IN ({papers})", params),
    }


def _numbers(vault: Vault, sql: str, params: tuple[str | None, ...]) -> list[int]:
    return [row[0] for row in vault.rows(sql, params)]


def _add(numbers_by_table: defaultdict[str, list[int]], further_rows: Rows) -> None:
    for table, numbers in further_rows.items():
        numbers_by_table[table] += numbers


def _not_empty(numbers_by_table: Rows) -> Rows:
    return {table: numbers for table, numbers in numbers_by_table.items() if numbers}


def delete(vault: Vault, table: str, numbers: Collection[int]) -> int:
    """Delete these rows of a table, and what the record said before of them; how many rows they were."""
    numbers_json = json.dumps(list(numbers))
    if any(column["name"] == "id" for column in vault.rows(f'PRAGMA table_info("{table}")')):
        vault.execute(
            f'DELETE FROM amendment WHERE kind = ?1 AND record_id IN (SELECT id FROM "{table}" WHERE rowid IN (SELECT value FROM json_each(?2)))',
            (table, numbers_json),
        )
    return vault.execute(f'DELETE FROM "{table}" WHERE rowid IN (SELECT value FROM json_each(?))', (numbers_json,))
