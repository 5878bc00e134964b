"""The list of what to check as a paper, for the office to work through."""

from collections.abc import Sequence
from itertools import groupby

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import findings as layout
from pupil_desk.services.desk import Desk
from pupil_desk.services.quality.looking import Finding, summary
from pupil_desk.services.roles import Action

LYING, BASE = layout.LYING, layout.BASE


def story(desk: Desk, findings: Sequence[Finding], group: str) -> tuple[list[Block], str]:
    """These findings as a story, and its title. ``group`` says in words which part of the list they are."""
    desk.require(Action.READ_RECORD)
    pupils = [
        layout.CheckedPupil(
            _("{name} ({ref})").format(name=name, ref=ref), [(finding.field, finding.words, finding.gravity.value) for finding in rows]
        )
        for (_pupil_id, ref, name), rows in groupby(findings, key=lambda finding: (finding.pupil_id, finding.ref, finding.pupil))
    ]
    printed_words = _("{count}. Printed on {day} by {user}.").format(
        count=summary(findings), day=show_date(desk.today), user=desk.user.name
    )
    return layout.story(desk.settings.name, group, printed_words, pupils), _("Records to check")


def log_print(desk: Desk, number: int) -> None:
    """Log that the list went to the printer."""
    with desk.act(Action.READ_RECORD, "unit", "", f"list of records to check printed, {number} lines"):
        pass
