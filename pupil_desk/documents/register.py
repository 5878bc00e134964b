"""The attendance register on paper: a table a week, every amendment with its reason, and what the codes mean. Lying A4."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, PageBreak, Para, Table
from pupil_desk.documents.style import A4

LYING = (A4[1], A4[0])
BASE = 10  # points of body text: ten sessions and a name stand side by side
_NAME, _SESSION = 3.4, 1.0  # shares of the width


@dataclass(frozen=True, slots=True)
class Week:
    """One week: its title, a heading a session, and a row a pupil, the name first."""

    title: str
    sessions: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Amended:
    """One amendment in words."""

    pupil: str
    session: str
    was: str
    now: str
    reason: str
    by: str


def story(unit: str, made: str, weeks: Sequence[Week], amended: Sequence[Amended], codes: Sequence[tuple[str, str]]) -> list[Block]:
    """The register as blocks. ``made`` says by whom and when; ``codes`` are those that stand in it, with their words."""
    blocks: list[Block] = [Heading(1, _("Attendance register of {unit}").format(unit=unit)), Para(made, style="small")]
    for place, week in enumerate(weeks):
        blocks += [PageBreak()] if place else []
        blocks.append(Heading(2, week.title))
        if week.rows:
            blocks.append(_table(week))
        else:
            blocks.append(Para(_("No pupil was on the register in this week.")))
    blocks.append(Heading(2, _("Amendments")))
    if amended:
        header = [_("Pupil"), _("Session"), _("Was"), _("Now"), _("Reason"), _("Amended by")]
        rows = [[one.pupil, one.session, one.was, one.now, one.reason, one.by] for one in amended]
        blocks.append(Table(caption="", header=header, rows=rows, widths=(2.2, 2, 0.7, 0.7, 3, 3)))
    else:
        blocks.append(Para(_("No entry was amended.")))
    if codes:
        blocks.append(Heading(2, _("Codes")))
        blocks.append(Table(caption="", header=[_("Code"), _("Meaning")], rows=[list(pair) for pair in codes], widths=(1, 12)))
    return blocks


def _table(week: Week) -> Table:
    widths = (_NAME, *(_SESSION for _session in week.sessions))
    return Table(caption="", header=[_("Pupil"), *week.sessions], rows=week.rows, widths=widths, row_headers=True)
