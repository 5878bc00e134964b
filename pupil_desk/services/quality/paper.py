"""The list of what to check as a paper, for the office to work through.

What to check in the records, on paper: a table a pupil, with a place to tick. Lying A4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, Para, Table
from pupil_desk.documents.pdf.style import A4
from pupil_desk.services.desk import Desk
from pupil_desk.services.quality.looking import Finding, summary
from pupil_desk.services.roles import Action

LYING = (A4[1], A4[0])
BASE = 10  # points of body text


@dataclass(frozen=True, slots=True)
class CheckedPupil:
    """One pupil: the name with our reference, and a row a thing: where, what to do, how pressing."""

    pupil: str
    rows: Sequence[tuple[str, str, str]]


def checked_pupils(unit: str, scope: str, imprint: str, pupils: Sequence[CheckedPupil]) -> list[Block]:
    """The list as blocks. ``scope`` says which part of it this is, ``imprint`` by whom, when and how many."""
    blocks: list[Block] = [Heading(1, _("Records to check at {unit}").format(unit=unit)), Para(scope), Para(imprint, style="small")]
    header = [_("Pupil"), _("Field"), _("What to do"), _("How pressing"), _("Done")]
    rows = [[pupil.pupil, where, words, pressing, "☐"] for pupil in pupils for where, words, pressing in pupil.rows]
    blocks.append(Table(caption="", header=header, rows=rows, widths=(2.6, 2.4, 6.4, 2, 0.8), row_headers=True))
    return blocks


def story(desk: Desk, findings: Sequence[Finding], group: str) -> tuple[list[Block], str]:
    """These findings as a story, and its title. ``group`` says in words which part of the list they are."""
    desk.require(Action.READ_RECORD)
    pupils = [
        CheckedPupil(
            _("{name} ({ref})").format(name=name, ref=ref), [(finding.field, finding.words, finding.gravity.value) for finding in rows]
        )
        for (_pupil_id, ref, name), rows in groupby(findings, key=lambda finding: (finding.pupil_id, finding.ref, finding.pupil))
    ]
    printed_words = _("{count}. Printed on {day} by {user}.").format(
        count=summary(findings), day=show_date(desk.today), user=desk.user.name
    )
    return checked_pupils(desk.settings.name, group, printed_words, pupils), _("Records to check")


def log_print(desk: Desk, number: int) -> None:
    """Log that the list went to the printer."""
    desk.log(Action.READ_RECORD, "unit", "", f"list of records to check printed, {number} lines")
