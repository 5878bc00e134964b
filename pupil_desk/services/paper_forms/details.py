"""The data-check slip as a form that comes back: «what is printed is right» is kept with its day, corrections wait for a person to enter them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import data_check as layout
from pupil_desk.documents.prose import Say
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.details_check import RIGHT, WRONG, DetailsCheck
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents import recording, wrong_medicines
from pupil_desk.services.consents.recording import CheckedEntry
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.households import LeftOut
from pupil_desk.services.many.data_check import data_check, items_told
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms import corrections, form_pages
from pupil_desk.services.paper_forms.beside import with_page
from pupil_desk.services.paper_forms.form_pages import ALL_RIGHT, ASKS, CORRECTED
from pupil_desk.services.paper_forms.kind import Asking, FormAnswer, FormKind, FormQuestion, FormReply, FormToPrint, Variant
from pupil_desk.services.pupils import details_checks
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, pupils

QUESTION = "details"
_HINT = _(
    "Is anything written on any page? Then choose that something is wrong. If nothing is, and both boxes are ticked, neither or the second, set the page aside and ask the family."
)


class DataCheckSlip(FormKind):
    """What is held of a pupil, for each household and for the pupil from 16 to look at."""

    name = "data-check"
    title = layout.TITLE
    action = Action.EDIT_RECORD

    def unanswered(self, desk: Desk, subject: str, day: date) -> list[Pupil]:
        """The pupils on roll of whom nobody has looked at what is held for a year."""
        return details_checks.not_checked(desk, day)

    def ask(self, desk: Desk, subject: str, pupils: Collection[Pupil], day: date, variant: Variant) -> Asking:
        """A slip for each household to which the notice goes, and for the pupil from 16."""
        desk.require(Action.PRINT_FORM)
        forms, left_out = [], []
        for pupil in pupils:
            notice_letters = notices.letters_of(desk, pupil.id, day)
            forms += [self.asking(desk, letter, number, variant) for number, letter in enumerate(notice_letters.letters, start=1)]
            left_out += [LeftOut(pupil, contact.full_name, reason) for contact, reason in notice_letters.left_out]
            if notice_letters.nobody:
                left_out.append(LeftOut(pupil, "", _("nobody with parental responsibility is on file")))
        return Asking(tuple(forms), tuple(left_out))

    def asking(self, desk: Desk, letter: Letter, number: int = 1, variant: Variant = Variant.STANDARD) -> FormToPrint:
        """The slip with the page in the language of the household, on which nothing stands that is held."""
        boxes = [layout.CheckBox(RIGHT, ALL_RIGHT), layout.CheckBox(WRONG, CORRECTED)]
        wrong = [layout.CheckBox(box.question, box.words) for box in wrong_medicines.boxes(desk, letter)]

        def page(say: Say) -> list[Block]:
            return layout.story(replace(data_check(desk, letter, ASKS, boxes, wrong, say=say), parts=()), say=say)

        return with_page(desk, self.slip(desk, letter, number, variant), form_pages.details(), page)

    def slip(self, desk: Desk, letter: Letter, number: int = 1, variant: Variant = Variant.STANDARD) -> FormToPrint:
        """The slip of one letter, the so-manyth."""
        question = FormQuestion(QUESTION, ASKS, (FormAnswer(RIGHT, ALL_RIGHT), FormAnswer(WRONG, CORRECTED)), _HINT)
        boxes = [layout.CheckBox(f"{QUESTION}/{answer.key}", answer.words) for answer in question.answers]
        medicines = tuple(
            FormQuestion(box.question, wrong_medicines.ASKS, (FormAnswer(wrong_medicines.WRONG, box.words),), wrong_medicines.HINT)
            for box in wrong_medicines.boxes(desk, letter)
        )
        wrong = [layout.CheckBox(f"{question.key}/{answer.key}", answer.words) for question in medicines for answer in question.answers]
        return FormToPrint(
            kind=self.name,
            subject="",
            letter=letter,
            questions=(*medicines, question),
            story=layout.story(data_check(desk, letter, ASKS, boxes, wrong), large=variant is Variant.LARGE),
            title=self.title,
            file_stem=f"{self.name}-{letter.pupil.ref}-{number}",
            variant=variant,
            tells=on_paper.data_check(items_told(desk, letter)),
        )

    def problems(self, desk: Desk, reply: FormReply) -> tuple[Problem, ...]:
        """A slip without a tick says neither; whoever signed is a contact of the pupil's, or the pupil. Unsigned, what is wrong waits for a person all the same."""
        if QUESTION not in reply.answers:
            return (
                Problem(
                    QUESTION,
                    "missing",
                    _("No box is ticked. If anything is written on the slip, choose that something is wrong; else ask the family."),
                ),
            )
        if reply.giver_id is not None and all(contact.id != reply.giver_id for contact in contacts.of_pupil(desk.vault, reply.pupil_id)):
            return (Problem("giver", "no_such_contact", _("Whoever signed is no contact of this pupil. Choose who it was.")),)
        wrong = _wrong_medicines(desk, reply)
        if not reply.is_signed and reply.answers[QUESTION] == RIGHT and not wrong:
            return (reply.unsigned_problem,)
        return (
            *(problem for checked in wrong for problem in checked.problems),
            *corrections.problems(desk, reply, reply.answers[QUESTION]),
        )

    def keep(self, work: Work, reply: FormReply) -> frozenset[str]:
        """Keep what was said, on which day and by whom, each correction typed, and each medicine that is wrong as it is printed; the page itself is kept as a paper of the pupil's."""
        if reply.is_signed or reply.answers[QUESTION] == WRONG:  # that all is right is said by a signature alone
            work.note(self.action, "pupil", reply.pupil_id, f"details checked: {reply.answers[QUESTION]}")
            details_checks.keep(
                work,
                DetailsCheck(
                    pupil_id=reply.pupil_id,
                    checked_by=_signer_name(work.desk, reply),
                    on=reply.signed_on,
                    channel="form",
                    answer=reply.answers[QUESTION],
                    entered_on=work.desk.today if reply.handwriting.all_entered else None,
                ),
            )
        wrong = _wrong_medicines(work.desk, reply)
        for checked in wrong:
            recording.keep(work, checked)
            work.note(Action.RECORD_FORM_CONSENT, "pupil", reply.pupil_id, recording.logged(checked))
        return corrections.keep(work, reply) | frozenset({"details_check", "pupil"} | ({"consent", "medicine"} if wrong else set()))


def _wrong_medicines(desk: Desk, reply: FormReply) -> Sequence[CheckedEntry]:
    return wrong_medicines.ready(
        desk,
        reply.answers,
        pupil_id=reply.pupil_id,
        giver_id=reply.giver_id,
        day=reply.signed_on,
        evidence=reply.evidence,
        language=reply.language,
    )


def _signer_name(desk: Desk, reply: FormReply) -> str:
    signer = next((contact for contact in contacts.of_pupil(desk.vault, reply.pupil_id) if contact.id == reply.giver_id), None)
    if signer is not None:
        return f"{signer.full_name}, {codelist('relationship').label_of(signer.relationship).lower()}"
    pupil = pupils.get(desk.vault, reply.pupil_id)
    return pupil.legal_name if pupil else ""


KIND = DataCheckSlip()
