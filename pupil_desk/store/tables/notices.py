"""Editions of the privacy notice, and who was given which."""

from collections import defaultdict
from datetime import date
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.notices.addressees import WHOLE, Edition, NoticeIssue
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert, read_first
from pupil_desk.store.rows.same import as_kept, of_person


def latest_edition(vault: Vault) -> Edition | None:
    return read_first(vault, Edition, f"SELECT {columns(Edition)} FROM notice_edition ORDER BY number DESC LIMIT 1")


def has_edition(vault: Vault, edition_id: str) -> bool:
    """Whether the edition is on file."""
    return vault.first_row("SELECT 1 FROM notice_edition WHERE id = ?", (edition_id,)) is not None


def add_edition(vault: Vault, edition: Edition) -> None:
    insert(vault, "notice_edition", edition)


def add_issue(vault: Vault, issue: NoticeIssue, *, moment: str, actor: str) -> None:
    """Record that a notice was given."""
    insert(vault, "notice_issue", issue, at=moment, issued_by=actor)


def issues_by_pupil(vault: Vault) -> defaultdict[str, list[NoticeIssue]]:
    """Every pupil's notices given, as they were recorded."""
    return rows.by_pupil(vault, NoticeIssue, f"SELECT {columns(NoticeIssue)} FROM notice_issue ORDER BY seq")


def issues_of(vault: Vault, pupil_id: str) -> list[Row]:
    """A pupil's notices given: what, to whom, when, how, by whom."""
    return vault.rows(
        f"""SELECT i.given_to, i."on", i.channel, i.language, i.variant, {as_kept("i.contact_id", "contact")} AS contact_id, i.edition_id, i.at,
             s.name AS issued_by, e.number, e.made_on
           FROM notice_issue i JOIN notice_edition e ON e.id = i.edition_id LEFT JOIN staff s ON s.id = i.issued_by
           WHERE {of_person("i")} ORDER BY i.seq""",
        (pupil_id,),
    )


WHOLE_ONES = f"variant IN ({', '.join(repr(variant) for variant in sorted(WHOLE))})"
"""Of a row of ``notice_issue``: it says all that the law asks. An easy-read version beside it does not count."""


def given_rows(vault: Vault) -> list[Row]:
    """Every notice given, the latest recorded first: to whom of which pupil, when, how, which edition, and whether its file is kept."""
    return vault.rows(
        f"""SELECT i.id, {as_kept("i.pupil_id")} AS pupil_id, i.edition_id, {as_kept("i.contact_id", "contact")} AS contact_id, i.given_to, i."on",
             i.channel, i.language, i.variant, i.at, coalesce(s.name, i.issued_by) AS by, e.number, c.size
           FROM notice_issue i JOIN notice_edition e ON e.id = i.edition_id
             LEFT JOIN staff s ON s.id = i.issued_by LEFT JOIN notice_copy c ON c.issue_id = i.id
           ORDER BY i.seq DESC"""
    )


def days_given(vault: Vault) -> defaultdict[Any, list[date]]:
    """Of each pupil, the days on which a notice was given to a holder of parental responsibility."""
    return grouped(
        (pupil_id, date.fromisoformat(day))
        for pupil_id, day in vault.rows(
            f'SELECT {as_kept()} AS pupil_id, "on" FROM notice_issue WHERE contact_id IS NOT NULL AND {WHOLE_ONES} ORDER BY seq'
        )
    )
