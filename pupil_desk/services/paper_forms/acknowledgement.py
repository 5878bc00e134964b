"""The slip with which a family says that it has the privacy notice: it goes with the notice, and comes back as any form does."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import notice_slip
from pupil_desk.documents.prose import Say, as_it_is
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.notices.addressees import Edition, Letter, NoticeAcknowledgement
from pupil_desk.domain.papers.paper_form import is_out
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.households import LeftOut
from pupil_desk.services.notices import families, notices
from pupil_desk.services.paper_forms import form_pages, kind
from pupil_desk.services.paper_forms.beside import with_page
from pupil_desk.services.paper_forms.kind import Asking, FormAnswer, FormKind, FormQuestion, FormReply, FormToPrint, Variant
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, paper_forms, pupils
from pupil_desk.store.tables import notice_editions as store
from pupil_desk.store.tables import notices as issues

QUESTION, HAVE = "notice", "have"


class AcknowledgementSlip(FormKind):
    """A form of one box: «I have the privacy notice.» It is the word of whoever signs. A printed slip has for its subject the edition that it goes with.

    Asked for with the empty subject, it is of the current edition.
    """

    name = "notice-slip"
    title = _("Slip: we have the privacy notice")
    action = Action.ISSUE_NOTICE

    def subjects(self, desk: Desk) -> Mapping[str, str]:
        """One: the current edition, whichever that is."""
        return {"": _("Slip for the privacy notice, edition {edition}").format(edition=notices.current_edition(desk).name)}

    def printed_as(self, desk: Desk, subject: str) -> str:
        """A slip of the current edition, as that of whichever is current; one of an older edition is printed no more: the newer notice goes instead."""
        return "" if subject == notices.current_edition(desk).id else subject

    def _edition_id(self, desk: Desk, subject: str) -> str:
        return subject or notices.current_edition(desk).id

    def unanswered(self, desk: Desk, subject: str, day: date) -> list[Pupil]:
        """The pupils on roll of whose people somebody was given this edition, or a slip of it, and has not said so.

        Of an older edition: those whose slip is out, as long as none of those it asks was given a newer one. The newer notice is the one to
        say «we have it» of; who has only the old still owes that slip.
        """
        edition_id = self._edition_id(desk, subject)
        ids = {row.issue.pupil_id for row in families.not_acknowledged(desk) if row.issue.edition_id == edition_id and row.issue.on <= day}
        ids |= self._not_back(desk, edition_id)
        return [
            pupil
            for pupil in {letter.pupil.id: letter.pupil for letter in notices.letters_of_everyone(desk, day).letters}.values()
            if pupil.id in ids
        ]

    def _not_back(self, desk: Desk, edition_id: str) -> set[str]:
        """The pupils with a slip of an edition that is out, and of which nobody whom it asks has said so in another way, or was given a newer one."""
        steps, addressees = paper_forms.steps(desk.vault), paper_forms.addressees(desk.vault)
        acknowledged_by_pupil = {
            pupil_id: {acknowledgement.contact_id for acknowledgement in acknowledgements if acknowledgement.edition_id == edition_id}
            for pupil_id, acknowledgements in store.acknowledgements_by_pupil(desk.vault).items()
        }
        newer = self._given_newer(desk, edition_id)
        return {
            form.pupil_id
            for form in paper_forms.everything(desk.vault)
            if (form.form_kind, form.subject) == (self.name, edition_id)
            and is_out(steps.get(form.id, ()))
            and (acknowledged_by_pupil.get(form.pupil_id, set()) | newer.get(form.pupil_id, set())).isdisjoint(
                [contact_id for contact_id, _name in addressees.get(form.id, ())] or [None]
            )
        }

    def _given_newer(self, desk: Desk, edition_id: str) -> dict[str, set[str | None]]:
        """By pupil, the people who were given an edition later than this one; nobody for the current edition."""
        numbers = {edition.id: edition.number for edition in (notices.current_edition(desk), *store.editions(desk.vault))}
        number = numbers.get(edition_id)
        if number is None or edition_id == notices.current_edition(desk).id:
            return {}
        return {
            pupil_id: {issue.contact_id for issue in pupil_issues if issue.whole and numbers.get(issue.edition_id, number) > number}
            for pupil_id, pupil_issues in issues.issues_by_pupil(desk.vault).items()
        }

    def ask(self, desk: Desk, subject: str, pupils: Collection[Pupil], day: date, variant: Variant) -> Asking:
        """A slip for each household to which the notice goes, and for the pupil from 16."""
        desk.require(Action.PRINT_FORM)
        forms, left_out, edition_id = [], [], self._edition_id(desk, subject)
        for pupil in pupils:
            notice_letters = notices.letters_of(desk, pupil.id, day)
            forms += [
                with_page(
                    desk,
                    self.slip(desk, edition_id, letter, number, variant),
                    form_pages.acknowledgement(),
                    partial(self._page, desk, edition_id, letter),
                )
                for number, letter in enumerate(notice_letters.letters, start=1)
            ]
            left_out += [LeftOut(pupil, contact.full_name, reason) for contact, reason in notice_letters.left_out]
            if notice_letters.nobody:
                left_out.append(LeftOut(pupil, "", _("nobody with parental responsibility is on file")))
        return Asking(tuple(forms), tuple(left_out))

    def slip(self, desk: Desk, edition_id: str, letter: Letter, number: int = 1, variant: Variant = Variant.STANDARD) -> FormToPrint:
        """The slip that goes with one letter."""
        question = FormQuestion(QUESTION, notice_slip.ASKS, (FormAnswer(HAVE, notice_slip.I_HAVE),))
        return FormToPrint(
            kind=self.name,
            subject=edition_id,
            letter=letter,
            questions=(question,),
            story=notice_slip.story(self._said(desk, edition_id, letter)),
            title=notice_slip.TITLE,
            file_stem=f"{self.name}-{letter.pupil.ref}-{number}",
            variant=variant,
            tells=on_paper.NOTICE_SLIP,
        )

    def _page(self, desk: Desk, edition_id: str, letter: Letter, say: Say) -> list[Block]:
        return notice_slip.story(self._said(desk, edition_id, letter, say), say)

    def _said(self, desk: Desk, edition_id: str, letter: Letter, say: Say = as_it_is) -> notice_slip.NoticeSlip:
        """What a slip says. That which goes with the notice has no page beside it."""
        return notice_slip.NoticeSlip(
            unit=desk.settings.name,
            pupil=letter.pupil.legal_name,
            pupil_born=show_date(letter.pupil.dob),
            parents=letter.people,
            pupil_asked=not letter.contacts,
            edition=_edition(desk, edition_id),
            asks=notice_slip.ASKS,
            box=notice_slip.I_HAVE,
            key=f"{QUESTION}/{HAVE}",
            return_to=kind.return_to(desk, "copy_contact", say),
            reply_by=show_date(kind.reply_by(desk)),
            whom_to_tell=kind.whom_to_tell(desk, "copy_contact", say),
        )

    def problems(self, desk: Desk, reply: FormReply) -> tuple[Problem, ...]:
        """A box that is not ticked says nothing; who signed must have been given that edition."""
        if reply.answers.get(QUESTION) != HAVE:
            return (Problem(QUESTION, "missing", _("The box is not ticked, so the slip does not say that they have it.")),)
        if not reply.is_signed:
            return (reply.unsigned_problem,)
        signer = self._signed_by(desk, reply)
        if reply.giver_id is not None and signer is None:
            return (Problem("giver", "no_such_contact", _("Whoever signed is no contact of this pupil. Choose who it was.")),)
        return families.problems(desk, self._acknowledgement(desk, reply))

    def keep(self, work: Work, reply: FormReply) -> frozenset[str]:
        """Keep it, with the paper that shows it."""
        work.note(Action.ISSUE_NOTICE, "pupil", reply.pupil_id, "acknowledged on a slip")
        families.keep_acknowledgement(work, self._acknowledgement(work.desk, reply))
        return frozenset({"notice"})

    def _signed_by(self, desk: Desk, reply: FormReply) -> Contact | None:
        return next((contact for contact in contacts.of_pupil(desk.vault, reply.pupil_id) if contact.id == reply.giver_id), None)

    def _acknowledgement(self, desk: Desk, reply: FormReply) -> NoticeAcknowledgement:
        signer, pupil = self._signed_by(desk, reply), pupils.get(desk.vault, reply.pupil_id)
        name = signer.full_name if signer else pupil.legal_name if pupil else ""
        return NoticeAcknowledgement(
            pupil_id=reply.pupil_id,
            edition_id=reply.subject,
            contact_id=reply.giver_id,
            acknowledged_by=name,
            on=reply.signed_on,
            channel="form",
            form_id=reply.form_id,
            evidence=reply.evidence,
        )


def _edition(desk: Desk, edition_id: str) -> Edition:
    """The edition that a slip is of; the current one where it is not on file."""
    now = notices.current_edition(desk)
    return next((edition for edition in (now, *store.editions(desk.vault)) if edition.id == edition_id), now)


KIND = AcknowledgementSlip()
