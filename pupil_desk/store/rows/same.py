"""One person, several records: the rows of a record that stands for another are read, and written, as those of the record kept.

Two records found to be of one person stay as they are; the one that goes bears the identity of the one kept in ``same_as``
(``merging.py``). So that nothing above the store ever sees it, every query over a pupil's rows is written with what is here:

- ``of_person``: the condition that a row is one pupil's, in place of ``pupil_id = ?``;
- ``among``: the same for some people, or for all;
- ``as_kept``: whose a row is, in place of the bare column; ``rows.columns`` writes it for every record type;
- ``owner_of_row``: to whom a new row belongs. It goes to the record kept; a row that refers to another goes to whom that one belongs
  to, so that two records that are parted again have nothing of each other, and either can be erased;
- ``PERSON``: a list of pupils holds those kept alone.

``tests/rules/test_same_person.py`` reads every query of the store for it. The two indexes of script 0013 hold only records that
stand for another, mostly none, so that asking them costs next to nothing per row; ``INDEXED BY`` sees to it that they are asked.
"""

import json
from collections.abc import Iterable, Mapping

PERSON = "same_as IS NULL"
"""Of a row of ``pupil`` or ``contact``: it stands for itself. A pupil entered by mistake (``mistaken.py``) names itself there, and is so in no list."""

REFERS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "protection": (("contact_id", "contact", "id"),),
    "protection_lift": (("protection_id", "protection", "id"),),
    "notice_issue": (("contact_id", "contact", "id"),),
    "notice_copy": (("issue_id", "notice_issue", "id"),),
    "notice_issue_reversal": (("issue_id", "notice_issue", "id"),),
    "notice_acknowledgement": (("contact_id", "contact", "id"),),
    "notice_acknowledgement_reversal": (("acknowledgement_id", "notice_acknowledgement", "id"),),
    "former_address_reversal": (("address_id", "former_address", "id"),),
    "attachment_content": (("id", "attachment", "id"),),
    "disclosure_strike": (("disclosure", "disclosure", "seq"),),
    "disclosure_family": (("disclosure", "disclosure", "seq"),),
    "dose": (("medicine_id", "medicine", "id"),),
    "choice_reversal": (("choice_id", "choice", "id"),),
    "choice": (("contact_id", "contact", "id"),),
    "wish_step": (("contact_id", "contact", "id"),),
    "letter_sent": (("contact_id", "contact", "id"),),
    "paper_form_asked": (("form_id", "paper_form", "id"), ("contact_id", "contact", "id")),
    "paper_form_page": (("form_id", "paper_form", "id"),),
    "paper_form_step": (("form_id", "paper_form", "id"),),
    "scan_page": (("form_id", "paper_form", "id"),),
    "consent_event": (("contact_id", "contact", "id"),),
    "consent_reversal": (("event_id", "consent_event", "id"),),
    "note": (("note_id", "note", "note_id"),),
    "restricted_note": (("note_id", "restricted_note", "note_id"), ("note_id", "note", "note_id")),
    "target_review": (("entry_id", "target_review", "entry_id"), ("assessment_id", "assessment", "id")),
    "report_comment": (("entry_id", "report_comment", "entry_id"),),
    "legal_hold": (("hold_id", "legal_hold", "hold_id"),),
    "returned": (("enrolment_id", "enrolment", "id"),),
    "assessment": (("corrects", "assessment", "id"),),
    "assessment_withdrawal": (("assessment_id", "assessment", "id"),),
    "suspension": (("decision", "suspension", "decision"),),
    "suspension_session": (("suspension_id", "suspension", "id"),),
    "suspension_event": (("decision", "suspension", "decision"),),
    "absence_step": (("takes_back", "absence_step", "id"),),
    "leave_request": (("entry_id", "leave_request", "entry_id"),),
    "incident": (("entry_id", "incident", "entry_id"),),
    "accident": (("entry_id", "incident", "entry_id"),),
    "safeguarding_entry": (("entry_id", "safeguarding_entry", "entry_id"), ("entry_id", "restricted_note", "note_id")),
    "safeguarding_paper": (("entry_id", "safeguarding_entry", "entry_id"),),
    "incident_event": (("entry_id", "incident", "entry_id"), ("contact_id", "contact", "id")),
    "plan": (("entry_id", "plan", "entry_id"),),
    "plan_step": (("entry_id", "plan", "entry_id"), ("plan_version_id", "plan", "id"), ("takes_back", "plan_step", "id")),
    "pack": (("case_id", "request_case", "id"),),
    "pack_mark": (("pack_id", "pack", "id"),),
    "pack_section": (("pack_id", "pack", "id"),),
    "pack_box": (("pack_id", "pack", "id"),),
    "pack_sealed": (("pack_id", "pack", "id"),),
    "pack_made": (("pack_id", "pack", "id"),),
    "pack_dropped": (("pack_id", "pack", "id"),),
    "request_case": (("contact_id", "contact", "id"),),
    "request_event": (("case_id", "request_case", "id"),),
    "request_letter": (("case_id", "request_case", "id"),),
}
"""Rows of a pupil that refer to another row of the pupil's: by which column, to which table and column there."""


def of_person(alias: str = "") -> str:
    """The condition that a row is a person's: ``?1`` of the query is any record of the person, mostly the only one."""
    column = f"{alias}.pupil_id" if alias else "pupil_id"
    kept_id = as_kept("?1")
    return f"{column} IN (SELECT {kept_id} UNION ALL SELECT o.id FROM pupil o INDEXED BY pupil_kept WHERE o.same_as = {kept_id})"


def among(column: str, place: int) -> str:
    """The condition that a row is of some people: the query's parameter of that number is a JSON list of the records kept, or None for everybody."""
    some = f"SELECT o.id FROM pupil o WHERE coalesce(o.same_as, o.id) IN (SELECT value FROM json_each(?{place}))"
    return f"(?{place} IS NULL OR {column} IN ({some}))"


def id_list(ids: Iterable[str] | None) -> str | None:
    """The parameter of ``among``."""
    return None if ids is None else json.dumps([*ids])


def as_kept(column: str = "pupil_id", table: str = "pupil") -> str:
    """The record kept in place of the one that a column names."""
    return f"coalesce((SELECT stood.same_as FROM {table} stood INDEXED BY {table}_merged WHERE stood.id = {column} AND stood.same_as IS NOT NULL), {column})"


def owner_of_row(table: str, places: Mapping[str, int]) -> str:
    """To whom a new row of a table belongs; ``places`` are the numbers of the query's parameters, by column."""
    tries = [
        f'(SELECT o.pupil_id FROM "{referred_table}" o WHERE o."{key}" = ?{places[column]} LIMIT 1)'
        for column, referred_table, key in REFERS.get(table, ())
        if column in places
    ]
    kept_id = as_kept(f"?{places['pupil_id']}")
    return f"coalesce({', '.join([*tries, kept_id])})" if tries else kept_id
