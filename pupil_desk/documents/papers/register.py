"""The two registers on paper.

The attendance register: a table a week with what its codes mean and what it comes to, and every amendment with its reason. Lying A4.

The admission register: for each pupil what the regulations have it show (SI 2024/208, regulation 8).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, PageBreak, Para, Run, Table
from pupil_desk.documents.pdf.style import A4

LYING = (A4[1], A4[0])
BASE = 10  # points of body text: ten sessions, a name and the total stand side by side
_NAME, _SESSION, _TOTAL = 3.4, 1.0, 1.3  # shares of the width
_ROOM = 0.3  # rows of marks stand close, so that a week of a whole unit is one page or two

type Codes = Sequence[tuple[str, str]]
"""Codes with what they mean."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week: its title, a heading a session, a row a pupil (the name first, then the sessions, then attended of possible), the sums of the sessions.

    ``codes`` are those that stand in it.
    """

    title: str
    sessions: Sequence[str]
    rows: Sequence[Sequence[str]]
    sums: Sequence[str]
    codes: Codes


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """One amendment in words."""

    pupil: str
    session: str
    was: str
    now: str
    reason: str
    amended_by: str


@dataclass(frozen=True, slots=True)
class Amendments:
    """Every amendment of the days, and what the codes mean that stand in them."""

    entries: Sequence[AmendmentRow]
    codes: Codes


def story(unit: str, imprint: str, weeks: Sequence[Week], to_come: str, amended: Amendments) -> list[Block]:
    """The register as blocks. ``imprint`` says by whom and when; ``to_come`` which weeks are left out, since nothing is marked in them yet."""
    blocks: list[Block] = [Heading(1, _("Attendance register of {unit}").format(unit=unit)), Para(imprint, style="small")]
    for place, week in enumerate(weeks):
        blocks += [PageBreak()] if place else []
        blocks.append(Heading(2, week.title))
        if week.rows:
            blocks += [*_key(week.codes), _table(week)]
        else:
            blocks.append(Para(_("No pupil was on the register in this week.")))
    if to_come:
        blocks.append(Para(to_come))
    return [*blocks, Heading(2, _("Amendments")), *_amendments(amended)]


def _amendments(amended: Amendments) -> list[Block]:
    if not amended.entries:
        return [Para(_("No entry was amended."))]
    header = [_("Pupil"), _("Session"), _("Was"), _("Now"), _("Reason"), _("Amended by")]
    rows = [
        [amendment.pupil, amendment.session, amendment.was, amendment.now, amendment.reason, amendment.amended_by]
        for amendment in amended.entries
    ]
    return [*_key(amended.codes), Table(caption="", header=header, rows=rows, widths=(2.2, 2, 0.9, 0.9, 2.6, 4.2), room=_ROOM)]


def _key(codes: Codes) -> list[Block]:
    """What the codes mean, in a line above their table."""
    if not codes:
        return []
    key_parts: list[str | Run] = []
    for code, meaning in codes:
        key_parts += [_("; ") if key_parts else "", Run(code, bold=True), f"\N{NO-BREAK SPACE}{meaning}"]
    return [Para([_("Codes: "), *key_parts], style="small", leads=True)]


def _table(week: Week) -> Table:
    widths = (_NAME, *(_SESSION for _session in week.sessions), _TOTAL)
    header = [_("Pupil"), *week.sessions, _("Attended")]
    return Table(caption="", header=header, rows=[*week.rows, week.sums], widths=widths, row_headers=True, room=_ROOM)


@dataclass(frozen=True, slots=True)
class AdmissionEntry:
    """One entry: the pupil's name as the register has it, and its facts as label and words, in the order of the regulation."""

    name: str
    facts: Sequence[tuple[str, str]]


def admission_register(unit: str, days: str, entries: Sequence[AdmissionEntry], imprint: str) -> list[Block]:
    """The register as blocks; an entry stays together on a page. What is not known is shown as missing, not left out."""
    blocks: list[Block] = [
        Heading(1, _("Admission register")),
        Para(_("{unit}. Pupils on roll {days}.").format(unit=unit, days=days), style="lead"),
        Para(imprint, style="small"),
    ]
    if not entries:
        blocks.append(Para(_("Nobody was on roll in these days.")))
    return blocks + [Keep([Heading(2, entry.name), FactList(entry.facts)]) for entry in entries]
