"""The certificate of an erasure, made from what stays on file of it: the same words whenever it is printed. It names nobody."""

from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import governance as layout
from pupil_desk.domain.governance.erasure_case import ErasureCase, ErasureStep, Ground
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure.falling_due import how_much
from pupil_desk.services.governance.papers import section_words
from pupil_desk.services.roles import Action
from pupil_desk.services.sheet.sections import TABLES
from pupil_desk.store.tables import erasure_cases as store
from pupil_desk.store.tables import ledger, retention_events

_SECTION_OF = {table: section for section, tables in TABLES.items() for table in tables}


_BACKED_UP = _(
    "Backups made before that day still hold the records. When one is restored with the note of erasures beside it, they are deleted again before the file can be used. Destroy copies on other sticks and PCs."
)
_NOT_BACKED_UP = _(
    "The unit’s log knows of no backup made before that. Where the file was copied in another way, such a copy still holds the records: destroy it."
)


def certificate(desk: Desk, case_id: str) -> tuple[list[Block], str]:
    """The certificate as a story, and its title. Logged by ``log_print``. Raises NotAllowed, WrongUse (it was not carried out)."""
    desk.require(Action.READ_RECORD, "erasure", case_id)
    case = next((candidate for candidate in store.everything(desk.vault) if candidate.id == case_id), None)
    if case is None or case.done is None:
        raise WrongUse(_("There is no certificate: that erasure was not carried out. Look at the list again."))
    backups = _BACKED_UP if ledger.was_backed_up(desk.vault, case.done.at) else _NOT_BACKED_UP
    paper = layout.Certificate(desk.settings.name, _facts(desk, case, case.done), _counts(case.done), backups)
    return layout.erasure_certificate(paper), _("Certificate of erasure")


def log_print(desk: Desk, case_id: str) -> None:
    """Log that a certificate was printed."""
    desk.log(Action.PRINT_FORM, "erasure", case_id, "certificate")


def _facts(desk: Desk, case: ErasureCase, last_step: ErasureStep) -> list[tuple[str, str]]:
    proposal, agreed = case.proposed, case.agreed
    decided_by = _("One user with the recovery code: the unit has no other") if last_step.by_code else _("Two people")
    facts = [
        (_("What"), how_much(desk, proposal.reach, proposal.parts)),
        (_("Ground"), codelist("erasure_ground").label_of(proposal.ground)),
        (_("Kept"), _retention_sentences(desk, proposal, local_time(last_step.at).date())),
        (_("Proposed on"), _day(proposal)),
        (_("Agreed to on"), _day(agreed) if agreed else ""),
        (_("Carried out on"), local_time(last_step.at).strftime("%H:%M, ") + _day(last_step)),
        (_("Decided by"), decided_by),
        (_("Case"), case.id),
        (_("Order"), join_words(list(last_step.orders))),
    ]
    return [(label, value) for label, value in facts if value]


def _retention_sentences(desk: Desk, proposal: ErasureStep, day: date) -> str:
    """By which sentences its time was over, as they held on the day of the deed; empty for another ground, and where all of a pupil went."""
    if proposal.ground != Ground.DUE.value or not proposal.parts:
        return ""
    schedule = retention_events.schedule(desk.vault, day)
    periods = [schedule[name] for name in dict.fromkeys(part.partition(":")[0] for part in proposal.parts)]
    return "; ".join(_("{what}: {kept}").format(what=begun_small(period.label), kept=period.running) for period in periods)


def _day(step: ErasureStep) -> str:
    return show_date(local_time(step.at).date())


def _counts(last_step: ErasureStep) -> list[tuple[str, str]]:
    """By kind of record, as the sheet has them; what a record said before is one kind."""
    totals: dict[str, int] = {}
    for table, count in last_step.counts.items():
        section = _SECTION_OF.get(table, "")
        words = section_words(section) if section else begun_small(table.replace("_", " "))
        totals[words] = totals.get(words, 0) + count
    return [(words, str(count)) for words, count in sorted(totals.items())]
