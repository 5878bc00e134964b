"""The report about one pupil as a paper: of what, to whom, and what is told in place of the account there."""

import dataclasses
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import IncidentEventKind
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import authority_report, report, told_account
from pupil_desk.services.incidents.authority_report import AuthorityPaper
from pupil_desk.services.incidents.looking import IncidentState
from pupil_desk.services.incidents.naming import ReportPlace
from pupil_desk.services.incidents.report import IncidentLetter
from pupil_desk.services.incidents.steps import IncidentStep
from pupil_desk.services.incidents.told_account import OwnWords


@dataclass(frozen=True, slots=True)
class ReportMade:
    """A report as a paper, and what logs that it left the screen. ``reader_ids`` are the contacts who get it, the empty one where the authority does;
    ``lines`` what it tells in place of the account, as it is kept once it is given: none where it tells the account."""

    paper: IncidentLetter | AuthorityPaper
    log_print: Callable[[], None]
    reader_ids: tuple[str, ...]
    lines: str


@dataclass(frozen=True, slots=True)
class ReportSubject:
    """Of which entry the report is, of which pupil, and to which parent: none where it goes to the authority; and whether an order may mean the parent."""

    entry_id: str
    pupil_id: str
    parent_id: str
    may_be_barred: bool = False


def to_whom(desk: Desk, state: IncidentState, step: IncidentStep) -> tuple[str, IncidentStep]:
    """Whom the paper of a step names, and the step with all of them: who gets it with this parent, and was not told yet, is told by it too.

    Raises NotAllowed, WrongUse where no signed account is on file.
    """
    households = report.households(desk, step.entry_ids[0]) if step.contact_id else []
    letter = next((letter for letter in households if any(contact.id == step.contact_id for contact in letter.contacts)), None)
    if letter is None:
        return state.parent(step.contact_id) or _("the local authority"), step
    of_entry = [other for other in state.steps if other.kind is IncidentEventKind.REPORTED and other.entry_ids == step.entry_ids]
    told_ids = {other.contact_id for other in of_entry if other.done} - {other.contact_id for other in of_entry if not other.done}
    left_ids = {step.contact_id, *told_ids, *state.orders}
    return letter.addressee, dataclasses.replace(step, with_ids=tuple(c.id for c in letter.contacts if c.id not in left_ids))


def report_made(
    desk: Desk, subject: ReportSubject, stays: Collection[ReportPlace], marked: Sequence[ReportPlace], own_words: OwnWords | None
) -> ReportMade | None:
    """The report to the one whom it concerns; none where it goes to nobody. ``stays``, ``marked`` and ``own_words`` as of ``report.letters``."""

    def made_of(paper: IncidentLetter | AuthorityPaper, log_print: Callable[[], None], reader_ids: tuple[str, ...]) -> ReportMade:
        on_file = told_account.texts_to_reword(desk, told_account.signed_case(desk, subject.entry_id))
        lines = told_account.as_lines(paper.told_texts.texts, on_file) if own_words is not None else ""
        return ReportMade(paper, log_print, reader_ids, lines)

    entry_id = subject.entry_id
    if not subject.parent_id:
        to_authority = authority_report.paper(desk, entry_id, stays, marked, own_words)
        return made_of(to_authority, partial(authority_report.log_print, desk, entry_id), ("",))
    for letter_made in report.letters(desk, entry_id, stays, marked, own_words):
        reader_ids = tuple(contact.id for contact in letter_made.letter.contacts)
        if subject.parent_id in reader_ids:
            log_print = partial(report.log_print, desk, entry_id, [letter_made.letter], own_words)
            return made_of(letter_made, log_print, reader_ids)
    return None
