"""The photograph of a pupil: one paper of its own kind, kept small and encrypted like every paper, and only while its own consent stands.

As a paper it is erased, copied for the pupil, kept for its period, merged and taken elsewhere with the others.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.paper_content import Media
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.consents.case import ConsentStatus, Verdict
from pupil_desk.domain.governance.hold import over
from pupil_desk.domain.papers.attachment import MOST_BYTES, PORTRAIT, PORTRAIT_CONSENT, Attachment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import holds, records
from pupil_desk.services.attachments import attachments
from pupil_desk.services.attachments.attachments import KIND, PreparedFile
from pupil_desk.services.consents import standings, types
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import amendments, several
from pupil_desk.store.tables import attachments as store
from pupil_desk.store.tables import pupils

_NOT_ASKED = Verdict(standing=ConsentStatus.NOT_ASKED, reason=_("This unit does not ask for it."))


@dataclass(frozen=True, slots=True)
class PhotographHeld:
    """What is held of a pupil's photograph: the paper, None for none (one set aside is none while the consent stands), how the consent to it stands, and whether a hold keeps it."""

    paper: Attachment | None
    verdict: Verdict
    is_kept: bool = False

    @property
    def has_ended(self) -> bool:
        """Whether it is shown no more: it is on file, and the consent does not stand."""
        return self.paper is not None and not self.verdict.in_force

    @property
    def must_go(self) -> bool:
        """Whether it must be taken off now."""
        return self.has_ended and not self.is_kept


def held(desk: Desk, pupil_id: str, consents: Iterable[PupilConsent] | None = None) -> PhotographHeld:
    """The photograph on file of a pupil; ``consents`` are how the pupil's stand, where that has been read. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    rows = standings.of_pupil(desk, pupil_id) if consents is None else consents
    verdict = next((row.verdict for row in rows if row.type.consent_type == PORTRAIT_CONSENT), _NOT_ASKED)
    paper = next((paper for paper in _papers(desk, pupil_id) if not (verdict.in_force and paper.set_aside_on)), None)
    return PhotographHeld(paper, verdict, is_kept=paper is not None and bool(over(pupil_id, holds.everything(desk))))


def ended_photographs(desk: Desk) -> dict[str, str]:
    """The photographs that must go, since nobody's yes to them stands any more, of leavers too, and those set aside: which paper, by pupil.

    The program hides each at once. That it goes for good a person is asked: nothing brings it back, and a no or a last day may be a slip.
    One that a hold keeps is not among them until that is lifted.
    """
    desk.require(Action.READ_RECORD)
    on_file = dict(store.of_kind(desk.vault, PORTRAIT, Media.JPEG))
    if not on_file:
        return {}
    is_asked = any(consent_type.consent_type == PORTRAIT_CONSENT for consent_type in types.types(desk))
    rows = standings.of_type(desk, PORTRAIT_CONSENT, among=on_file, leavers_too=True) if is_asked else ()
    standing, all_holds = {row.pupil.id for row in rows if row.verdict.in_force}, holds.everything(desk)
    return {pupil_id: paper_id for pupil_id, paper_id in on_file.items() if pupil_id not in standing and not over(pupil_id, all_holds)}


def ended_of(desk: Desk) -> list[Pupil]:
    """The pupils of whom a photograph must go, by name."""
    papers = ended_photographs(desk)
    return pupils.some(desk.vault, papers) if papers else []


def picture(desk: Desk, photograph: PhotographHeld) -> bytes | None:
    """The picture as JPEG, while the consent stands; None otherwise, and where what is on file is not what was kept."""
    if photograph.paper is None or photograph.has_ended:
        return None
    return attachments.bytes_of(desk, photograph.paper)


def look_at(path: Path) -> bytes:
    """Read a picture file and make it small; nothing is kept. Touches no unit: for the worker. Raises NotKept, WrongUse."""
    from pupil_desk.documents.reading.portrait import portrait

    return portrait(attachments.read_file(path, MOST_BYTES))


def keep(desk: Desk, pupil_id: str, data: bytes) -> Changed:
    """Keep a photograph in the place of the one before, in one act. Raises WrongUse where nobody has said yes to it."""
    photograph = held(desk, pupil_id)
    if not photograph.verdict.in_force:
        raise WrongUse(
            _("Nobody has said yes to a photograph on the record. Record that under Consents first. {reason}").format(
                reason=photograph.verdict.reason
            )
        )
    if photograph.paper is not None:
        holds.refuse_if_held(desk, pupil_id)
    file = PreparedFile(_("Photograph"), Media.JPEG, data, 1, cleaned=True)
    paper = Attachment(pupil_id=pupil_id, title=file.title, kind=PORTRAIT)
    with desk.act(Action.EDIT_RECORD, "pupil", pupil_id, "photograph kept") as work:
        if photograph.paper is not None:
            _take(work, photograph.paper, _("Another photograph took its place"))
        attachments.keep(work, paper, file)
    return Changed.of("pupil", KIND, ids=(pupil_id,))


def remove(desk: Desk, pupil_id: str) -> Changed:
    """Take the photograph off the record for good: that there was one stays on file. Raises WrongUse where there is none, or a hold stands.

    Where the consent has ended, each goes that is on file.
    """
    photograph = held(desk, pupil_id)
    if photograph.paper is None:
        raise WrongUse(_("There is no photograph on the record."))
    holds.refuse_if_held(desk, pupil_id)
    with desk.act(Action.EDIT_RECORD, "pupil", pupil_id, "photograph removed") as work:
        for paper in _papers(desk, pupil_id) if photograph.has_ended else (photograph.paper,):
            _take(work, paper, _("The photograph was taken off the record"))
    return Changed.of("pupil", KIND, ids=(pupil_id,))


def _papers(desk: Desk, pupil_id: str) -> list[Attachment]:
    """The photographs on file, those set aside last."""
    papers = (paper for paper in several.of_pupil(desk.vault, Attachment, pupil_id) if paper.is_portrait)
    return sorted(papers, key=lambda paper: paper.set_aside_on is not None)


def _take(work: Work, paper: Attachment, because: str) -> None:
    """Within a transaction: the picture goes, its bytes too; the file lets no paper go that is not set aside, with the reason."""
    vault = work.desk.vault
    aside = dataclasses.replace(paper, set_aside_on=work.desk.today, set_aside_because=because)
    records.change(work, paper, aside, source="form")
    store.remove(vault, paper.id)
    amendments.taken_away(vault, [aside], **work.provenance("form"))
