"""The report to the local authority about a pupil's part in an incident, where no parent can be told of it: from the signed account, with every
other child taken out, with whom it is withheld from, by whose decision and why.

Education and Inspections Act 2006 section 93A (``resources/incidents/duties.toml``; sure: medium). That it was told stands in the log of
disclosures once that is recorded (``told_authority``): a paper that is printed alone was given to nobody.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.rulefiles import rule_text
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.domain.incidents.incident import IncidentCase, IncidentEventKind
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import report, told_account
from pupil_desk.services.incidents.incidents_due import context_of
from pupil_desk.services.incidents.naming import AccountNames, NamedPlace, ReportPlace, ToldTexts
from pupil_desk.services.incidents.told_account import OwnWords
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts


@dataclass(frozen=True, slots=True)
class AuthorityPaper:
    """The paper as a story; its file name says nothing but our reference. ``told_texts`` and ``blank_story`` are what it is held against once it is made."""

    story: Sequence[Block]
    told_texts: ToldTexts
    blank_story: Sequence[Block]
    title: str
    file_stem: str

    def pdf(self, stamp: str = "") -> bytes:
        """The paper, read again. Raises CannotPrint, WrongUse."""
        from pupil_desk.documents.pdf.page import build_pdf

        data = build_pdf(self.story, title=self.title, stamp=stamp)
        report.prove(self.told_texts, list(self.blank_story), list(self.story), stamp, data)
        return data


def places(desk: Desk, entry_id: str, own_words: OwnWords | None = None) -> tuple[NamedPlace, ...]:
    """Every place of the account that is taken out of it, in order. Raises NotAllowed, WrongUse where no signed account is on file."""
    return _names(desk, told_account.told_case(desk, entry_id, own_words)).places()


def proposal(desk: Desk, entry_id: str) -> dict[str, str]:
    """What it may say in place of the account: ``told_account.proposal`` for whom it names."""
    pupil_id = told_account.signed_case(desk, entry_id).now.pupil_id
    return told_account.proposal(desk, entry_id, contacts.of_pupil(desk.vault, pupil_id), home_told=True)


def paper(
    desk: Desk, entry_id: str, stays: Collection[ReportPlace] = (), marked: Collection[ReportPlace] = (), own_words: OwnWords | None = None
) -> AuthorityPaper:
    """The report about one entry; ``stays``, ``marked`` and ``own_words`` as of the report to parents. Raises NotAllowed, WrongUse."""
    case = told_account.told_case(desk, entry_id, own_words)
    desk.require(Action.PRINT_FORM, "pupil", case.now.pupil_id)
    pupil, names = pupil_of(desk.vault, case.now.pupil_id), _names(desk, case)
    told_texts = names.told(stays, marked)
    story = partial(_story, desk, case, pupil, list(_why(desk, case, pupil, names)))
    return AuthorityPaper(
        story(told_texts.texts),
        told_texts,
        story(told_texts.blank),
        _("Report about an incident for the local authority"),
        f"incident-report-{pupil.ref}-authority",
    )


def log_print(desk: Desk, entry_id: str) -> None:
    """Log that it was printed or saved."""
    pupil_id = told_account.signed_case(desk, entry_id).now.pupil_id
    with desk.act(Action.PRINT_FORM, "pupil", pupil_id, "incident-report for the authority"):
        pass


def _names(desk: Desk, case: IncidentCase) -> AccountNames:
    """The pupil's own family is named to the authority, which must know of it, and the home of a pupil in its care; every other is not."""
    return told_account.names_for(desk, case, contacts.of_pupil(desk.vault, case.now.pupil_id), home_told=True)


def _story(desk: Desk, case: IncidentCase, pupil: Pupil, reasons: Sequence[str], texts: Mapping[str, str]) -> list[Block]:
    settings = desk.settings
    filling = {
        **report.filling_of(desk, case, pupil.full_name, texts),
        "debrief": report.talked_words(case, pupil.full_name),
        "why": "\n".join(reasons),
        "born": show_date(pupil.dob),
        "upn": pupil.upn or _("not known"),
    }
    envelope = Envelope(
        address=(settings.authority or _("The local authority"),),
        sender=settings.name_and_address,
        day=show_date(desk.today),
        reference=pupil.ref,
        pupil=pupil.legal_name,
    )
    return report.story_of(desk, rule_text("words", "en", "incident_report_authority.md"), filling, envelope)


def _why(desk: Desk, case: IncidentCase, pupil: Pupil, names: AccountNames) -> Iterator[str]:
    """Why no parent is told: of each by whose decision, or that there is none on file."""
    parents = context_of(desk, pupil).parents
    for parent in parents:
        if decision := case.last(IncidentEventKind.WITHHELD, parent.id):
            words = _("The report is withheld from {parent}, by decision of {who} on {day}: {why}")
            yield words.format(
                parent=parent.full_name, who=decision.who, day=show_date(decision.on), why=names.cleaned(decision.note or "")
            )
    if not parents:
        yield _("Nobody with parental responsibility for {pupil}, or with the care of {pupil}, is on file.").format(pupil=pupil.full_name)
