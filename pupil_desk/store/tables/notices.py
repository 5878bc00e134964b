"""Editions of the privacy notice, and who was given which."""

from collections import defaultdict
from datetime import date
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.notices.addressees import WHOLE, Edition, NoticeIssue
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert, read_first, reverse
from pupil_desk.store.rows.same import as_kept, of_person

COUNTS = "NOT EXISTS (SELECT 1 FROM notice_issue_reversal r WHERE r.issue_id = {row}.id)"
"""Of a row of ``notice_issue``, under the name that is put in: it was not taken back."""
_COUNTS = COUNTS.format(row="notice_issue")


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


def take_issue_back(vault: Vault, issue: NoticeIssue, *, reason: str, moment: str, actor: str, act: str) -> None:
    """Record that a notice was not given."""
    reverse(vault, "notice_issue_reversal", "issue_id", issue, reason=reason, moment=moment, actor=actor, act=act)


def issues_by_pupil(vault: Vault) -> defaultdict[str, list[NoticeIssue]]:
    """Every pupil's notices given, as they were recorded; those taken back since are left out."""
    return rows.by_pupil(vault, NoticeIssue, f"SELECT {columns(NoticeIssue)} FROM notice_issue WHERE {_COUNTS} ORDER BY seq")


def issues_of(vault: Vault, pupil_id: str) -> list[Row]:
    """A pupil's notices given: what, to whom, when, how, by whom; of what was taken back, why."""
    return vault.rows(
        f"""SELECT i.given_to, i."on", i.channel, i.language, i.variant, {as_kept("i.contact_id", "contact")} AS contact_id, i.edition_id, i.at,
             s.name AS issued_by, e.number, e.made_on, r.reason AS back_because
           FROM notice_issue i JOIN notice_edition e ON e.id = i.edition_id LEFT JOIN staff s ON s.id = i.issued_by
             LEFT JOIN notice_issue_reversal r ON r.issue_id = i.id
           WHERE {of_person("i")} ORDER BY i.seq""",
        (pupil_id,),
    )


WHOLE_ONES = f"variant IN ({', '.join(repr(variant) for variant in sorted(WHOLE))})"
"""Of a row of ``notice_issue``: it says all that the law asks. An easy-read version beside it does not count."""


def given_rows(vault: Vault) -> list[Row]:
    """Every notice given that was not taken back, the latest recorded first: to whom of which pupil, when, how, which edition, and whether its file is
    kept."""
    return vault.rows(
        f"""SELECT i.id, {as_kept("i.pupil_id")} AS pupil_id, i.edition_id, {as_kept("i.contact_id", "contact")} AS contact_id, i.given_to, i."on",
             i.channel, i.language, i.variant, i.at, coalesce(s.name, i.issued_by) AS by, e.number, c.size
           FROM notice_issue i JOIN notice_edition e ON e.id = i.edition_id
             LEFT JOIN staff s ON s.id = i.issued_by LEFT JOIN notice_copy c ON c.issue_id = i.id
           WHERE {COUNTS.format(row="i")} ORDER BY i.seq DESC"""
    )


def days_given(vault: Vault) -> defaultdict[Any, list[date]]:
    """Of each pupil, the days on which a notice was given to a holder of parental responsibility."""
    return grouped(
        (pupil_id, date.fromisoformat(day))
        for pupil_id, day in vault.rows(
            f'SELECT {as_kept()} AS pupil_id, "on" FROM notice_issue WHERE contact_id IS NOT NULL AND {WHOLE_ONES} AND {_COUNTS} ORDER BY seq'
        )
    )
