"""A statement for each family: who was told what of a pupil in some days, when, on which law, and how to object. Two sides.

Source: UK GDPR Articles 12 to 15 and 21: people are told in plain words who receives their data, and how to object. The lines
(``statement_lines``) add up to the log of disclosures. It is made of one pupil, whatever the household it is handed to.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from pupil_desk.basics.dates import age_on, birthday, short_date, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.blocks import Block, texts_of
from pupil_desk.documents.papers import disclosure_log as layout
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import OWN_WORD_FROM
from pupil_desk.domain.sharing.recipients import FAMILY, PUPIL, register
from pupil_desk.services import households
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.disclosures import disclosures, on_paper, statement_lines
from pupil_desk.services.disclosures.disclosures import Way
from pupil_desk.services.disclosures.statement_lines import LoggedDisclosures, StatementLine, in_lines, what_words
from pupil_desk.services.disclosures.told import Days
from pupil_desk.services.guard import guard
from pupil_desk.services.households import LeftOut
from pupil_desk.services.notices.notice_text import filling_of, prose
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import pupils

if TYPE_CHECKING:
    from pupil_desk.documents.pdf.page import Document

STATEMENT = "statement"
"""What the log calls one, and how its file's name begins."""
TITLE = _("Who was told")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as a story, with the pupil and what the log said. Its file's name says nothing but our reference."""

    pupil: Pupil
    story: Sequence[Block]
    found: LoggedDisclosures
    stamp: str
    base_size: float

    @property
    def file_stem(self) -> str:
        """How its file is called."""
        return f"{STATEMENT}-{self.pupil.ref}"


def last_year(desk: Desk) -> Days:
    """The twelve months up to today, which are proposed."""
    return Days(birthday(desk.today, -1) + timedelta(days=1), desk.today)


def statements(desk: Desk, ids: Collection[str], days: Days, *, progress: Progress = unwatched) -> tuple[list[Statement], list[LeftOut]]:
    """The statements of these pupils, each of some days, both counted, and whose has letters that no font has. ``progress`` may raise to stop. Logged by ``log_print``.

    Raises NotAllowed; WrongUse for days in the wrong order, or to come.
    """
    desk.require(Action.PRINT_FORM)
    if days.until < days.since:
        raise WrongUse(_("The period ends before it begins. Correct one of the two days."))
    if days.since > desk.today:
        raise WrongUse(_("The period begins on a day to come. Nothing has been told in it yet."))
    records, papers, guarded = pupils.some(desk.vault, ids), list[Statement](), guard(desk, ids, STATEMENT, for_family=True)
    left_out: list[LeftOut] = []
    for number, pupil in enumerate(records):
        progress(number, len(records), _("Making the statements"))
        paper = statement(desk, pupil, days, guarded.stamp_for(pupil.id))
        if isinstance(paper, Statement):
            papers.append(paper)
        else:
            left_out.append(paper)
    return papers, left_out


def statement(desk: Desk, pupil: Pupil, days: Days, stamp: str = "") -> Statement | LeftOut:
    """The statement of one pupil, as much of it one by one as two sides hold; ``stamp`` is that of the guard. A family reads no boxes: one with
    letters that no font has is left out, and said why.
    """
    from pupil_desk.documents.pdf.page import pages_needed

    log = statement_lines.from_log(desk, pupil.id, days)
    filling = filling_of(desk.settings, desk.today, desk.schedule) | {
        "pupil": pupil.full_name,
        "day": show_date(desk.today),
        "span": _("{since} to {until}").format(since=show_date(days.since), until=show_date(min(days.until, desk.today))),
    }
    story: list[Block] = []
    for step, detail, size in _WAYS:
        lines, laws = _lines(in_lines(log.told, step), detail)
        story = layout.statement(prose(STATEMENT), prose("statement_rights"), filling, lines, laws)
        if reason := households.against(texts_of(story)):
            return LeftOut(pupil, "", reason, unprintable=True)
        if pages_needed(story, base_size=size, stamp=stamp) <= layout.SIDES:
            break
    return Statement(pupil, story, log, stamp, size)


def document(paper: Statement) -> "Document":
    """One of several in a print file."""
    from pupil_desk.documents.pdf.page import Document

    return Document(paper.story, TITLE, stamp=paper.stamp, base_size=paper.base_size)


class _Detail(Enum):
    """How much a line says: the items and what they are for; the kinds of data; those with no more than the number of the law."""

    ITEMS = auto()
    KINDS = auto()
    LAW = auto()


_WAYS = (
    *((step, detail, layout.SIZES[0]) for detail in (_Detail.ITEMS, _Detail.KINDS) for step in (0, 1)),
    *((step, detail, layout.SIZES[0]) for step in range(2, statement_lines.STEPS) for detail in (_Detail.KINDS, _Detail.LAW)),
    *((statement_lines.STEPS - 1, _Detail.LAW, size) for size in layout.SIZES[1:]),
)
"""How a statement is set, the fullest way first: lines of so many rows, with so much in each, in letters of that size. The first that two sides hold is taken."""


def _lines(log_lines: Sequence[StatementLine], detail: _Detail) -> tuple[list[layout.StatementRow], list[str]]:
    """The lines in words, and the laws that their numbers stand for."""
    laws = list(dict.fromkeys(law for line in log_lines for law in line.laws))
    numbers = {law: str(number) for number, law in enumerate(laws, 1)}
    return [_line(line, [numbers[law] for law in line.laws], detail) for line in log_lines], laws


def _line(line: StatementLine, numbers: Sequence[str], detail: _Detail) -> layout.StatementRow:
    law = (_("law {numbers}") if len(numbers) == 1 else _("laws {numbers}")).format(numbers=join_words(list(numbers)))
    purpose_words = capital(law) if detail is _Detail.LAW else _("{purpose} ({law})").format(purpose=capital(line.purpose), law=law)
    lacking = _(" No consent was in force on that day.") if line.lacking else ""
    recipient = _("{kind}: {name}").format(kind=line.kind, name=line.name) if line.name else line.kind
    return layout.StatementRow(
        _when(line.days),
        recipient,
        capital(what_words(line.items, with_items=detail is _Detail.ITEMS)) or _("See the paper itself"),
        f"{purpose_words}.{lacking}",
    )


def _when(days: Sequence[date]) -> str:
    """«3 Sep 2026»; «12 times, 3 Sep 2025 to 20 Jul 2026»; «each month, …» where it came at least once in each of three months or more."""
    first, last, times = days[0], days[-1], len(days)
    if times == 1:
        return short_date(first)
    often = count_of(times, _("time"), _("times"))
    if first == last:
        return _("{day} ({times})").format(day=short_date(first), times=often)
    span = _("{since} to {until} ({times})").format(since=short_date(first), until=short_date(last), times=often)
    months = {day.year * 12 + day.month for day in days}
    return _("each month, {span}").format(span=span) if len(months) >= _MONTHS and max(months) - min(months) < len(months) else span


_MONTHS = 3  # in a row, from which it is said to come each month


# -- printed


def log_print(desk: Desk, papers: Sequence[Statement]) -> None:
    """Log that statements were printed or saved, one row a pupil, and that each family, or from 16 the pupil, was told by it."""
    if not papers:
        return
    with desk.act(Action.PRINT_FORM, "pupil", papers[0].pupil.id, _logged(papers[0])) as work:
        for paper in papers[1:]:
            work.note(Action.PRINT_FORM, "pupil", paper.pupil.id, _logged(paper))
        disclosures.keep(work, Way.PRINT, [_disclosure(desk, paper.pupil) for paper in papers])


def _logged(paper: Statement) -> str:
    return f"{STATEMENT}: {count_of(paper.found.rows, 'line', 'lines')}"


def _disclosure(desk: Desk, pupil: Pupil) -> disclosures.Disclosure:
    recipient_name = PUPIL if age_on(pupil.dob, desk.today) >= OWN_WORD_FROM else FAMILY
    tells = on_paper.STATEMENT
    return disclosures.Disclosure(
        pupil_id=pupil.id,
        what=tells.what,
        to=recipient_name,
        recipient=register()[recipient_name].label,
        law=tells.law,
        purpose=tells.purpose,
        fields=", ".join(on_paper.NAMES),
    )


def not_told(papers: Sequence[Statement]) -> str:
    """What the statements leave out, for the office alone: in a sentence, empty where nothing is left out."""
    return left_out_words([paper.found for paper in papers])


def left_out_words(logs: Collection[LoggedDisclosures]) -> str:
    """The same of what was read of the log for any paper."""
    undecided, kept_back = sum(log.undecided for log in logs), sum(log.kept_back for log in logs)
    parts = []
    if undecided:
        words = _(
            "Of {lines} told by word nobody has said whether the family may know: they are left out. Say it in the record, under “What happened”."
        )
        parts.append(words.format(lines=count_of(undecided, _("line"), _("lines"))))
    if kept_back:
        parts.append(_("{lines} kept from the family, and left out.").format(lines=count_of(kept_back, _("line is"), _("lines are"))))
    return " ".join(parts)
