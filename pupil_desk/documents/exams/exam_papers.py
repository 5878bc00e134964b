"""The candidate's timetable, and the sheet that lies on a results envelope."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Columns, FactList, Heading, Keep, NoticeBox, Para, Spacer, Table, WritingLine

_SHARES = (2.1, 1.7, 3.5, 1.8, 1.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateTimetable:
    """What it says: ``facts`` about the candidate, a row for each paper, and the access arrangements.

    What the office has still to settle is told in the window: the paper is the candidate's.
    """

    title: str
    facts: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]
    without_day: Sequence[str]
    planned: Sequence[str]
    arrangements: Sequence[str]
    foot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeSheet:
    """Whose results lie in the envelope, and to whom it may be handed; not what they are."""

    candidate: str
    facts: Sequence[tuple[str, str]]
    collectors: Sequence[str]
    foot: str


def timetable(content: CandidateTimetable) -> list[Block]:
    """The timetable of one candidate, for the candidate."""
    blocks: list[Block] = [Heading(1, content.title), FactList(list(content.facts))]
    if content.rows:
        header = (_("Day"), _("Time"), _("Paper"), _("Minutes, without extra time"), _("Room and seat"))
        blocks += [Heading(2, _("Exams")), Table(caption="", header=header, rows=content.rows, widths=_SHARES)]
    if content.without_day:
        blocks += [Heading(2, _("Entered, without a day yet")), Bullets(content.without_day)]
    if content.planned:
        blocks += [Heading(2, _("Planned, and not entered with the board yet")), Bullets(content.planned)]
    if content.arrangements:
        blocks += [Heading(2, _("Access arrangements")), Bullets(content.arrangements)]
    return [*blocks, Para(content.foot, style="small")]


def envelope_sheet(content: EnvelopeSheet) -> list[Block]:
    """The sheet, with room for who takes the envelope to sign."""
    lines = [WritingLine(_("Name")), WritingLine(_("Shown as proof"))]
    signed = [WritingLine(_("Signature")), WritingLine(_("Day"))]
    return [
        Heading(1, _("Exam results of {candidate}").format(candidate=content.candidate)),
        FactList(list(content.facts)),
        NoticeBox([Heading(2, _("May be handed to")), Bullets(content.collectors)], firm=True),
        Para(
            _(
                "Hand this envelope to nobody else, whoever asks: not to a parent, a brother or a friend whom the candidate has not named in writing. "
                "A parent’s report, and a request for the record, go by their own rules: ask the office."
            )
        ),
        Keep([Heading(2, _("Handed over")), Spacer(1), Columns(lines), Spacer(1), Columns(signed)]),
        Para(content.foot, style="small"),
    ]
