"""The termly progress report to a family: prose that the office may edit, with its tables, and what the teachers wrote, or lines to write on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import NOTHING, Block, FactList, Heading, Keep, Para, Table, WritingLine
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.papers.signing import dated
from pupil_desk.documents.prose import Filling, blocks_of

_TO_WRITE_ON = (_("What has gone well"), _("What comes next"))
_OF_FAMILY, _OF_OWN = _("How you can help"), _("What would help you")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line: what was assessed, the result with its day, the estimate and the target."""

    what: str
    result: str
    estimate: str
    target: str
    going: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a teacher wrote: on what, the words, and the teacher's name."""

    about: str
    text: str
    teacher: str


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """What one report says. ``attendance`` and ``behaviour`` (rewards, and ordinary behaviour) are label and words; without any, the section is left out.

    ``scales`` are the scales of the results with what their values mean. ``reviews`` are what was looked at and what the review found; ``tutor`` is the comment on the whole, in whose place there
    are lines to write on where it is not written yet. ``to_pupil`` is whether it goes to the pupil.
    """

    envelope: Envelope
    attendance: Sequence[tuple[str, str]]
    results: Sequence[ResultRow]
    scales: Sequence[tuple[str, str]] = ()
    reviews: Sequence[tuple[str, str]] = ()
    comments: Sequence[Comment] = ()
    tutor: Comment | None = None
    behaviour: Sequence[tuple[str, str]] = ()
    to_pupil: bool = False


def story(prose: str, filling: Mapping[str, Filling], report: ProgressReport) -> list[Block]:
    """The report as blocks. The prose has four parts under headings of level 2, in this order: attendance, results, comment, questions."""
    front, *parts = _parts(blocks_of(prose, filling))
    assert len(parts) == 4, "the prose of the progress report has four headings of level 2"
    attendance, results, comment, questions = parts
    blocks = [*report.envelope.about(front[0]), *front[1:]]
    if report.attendance:
        blocks += [Keep([*attendance, FactList(report.attendance)])]
    if report.behaviour:
        blocks += [Keep([Heading(2, _("Rewards and behaviour")), FactList(report.behaviour)])]
    blocks += [*results, _results(report.results)] if report.results else [results[0], Para(_("There is none on file yet."))]
    if report.scales:
        blocks += [Keep([Heading(3, _("What the results mean")), FactList(report.scales)])]
    if report.reviews:
        blocks += [Keep([Heading(3, _("What the reviews found")), FactList(report.reviews)])]
    return [*blocks, *_comments(comment, report), Keep(questions)]


def _comments(heading: Sequence[Block], report: ProgressReport) -> list[Block]:
    """What the teachers wrote, then the tutor; lines to write on in the place of what is not written."""
    comments = [*report.comments, *([report.tutor] if report.tutor else [])]
    comment_blocks = [
        Keep([Heading(3, comment.about), *_paragraphs(comment.text), Para(comment.teacher, style="small")]) for comment in comments
    ]
    lines = [] if report.tutor else [*map(WritingLine, (*_TO_WRITE_ON, _OF_OWN if report.to_pupil else _OF_FAMILY))]
    signature_columns = dated(_("Signed"))
    if not comment_blocks:
        return [Keep([*heading, *lines, signature_columns])]
    return [Keep([*heading, comment_blocks[0]]), *comment_blocks[1:], Keep([*lines, signature_columns])]


def _paragraphs(text: str) -> list[Block]:
    return [Para(line) for line in text.splitlines() if line.strip()]


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks before the first heading of level 2, then each such heading with what follows it."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            parts.append([])
        parts[-1].append(block)
    return parts


_COLUMNS = ((_("Subject"), 0.4), (_("Result"), 0.28), (_("Estimate"), 0.16), (_("Target"), 0.16), (_("How it is going"), 0.3))


def _results(rows: Sequence[ResultRow]) -> Table:
    """The results, with the columns in which any row says something: estimates, targets, and how each target is going once one was reviewed."""
    cells = [(row.what, row.result, row.estimate, row.target, row.going or NOTHING) for row in rows]
    used_columns = [column for column in range(len(_COLUMNS)) if column <= 1 or any(line[column] != NOTHING for line in cells)]
    return Table(
        caption="",
        header=[_COLUMNS[column][0] for column in used_columns],
        rows=[[line[column] for column in used_columns] for line in cells],
        widths=[_COLUMNS[column][1] for column in used_columns],
    )
