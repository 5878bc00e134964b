"""The reply form about sharing as a kind of form: under 16 each household that may choose is asked, from 16 the pupil alone."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from pupil_desk.basics.dates import age_on, birthday, show_date
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _
from pupil_desk.documents.papers import sharing_form
from pupil_desk.documents.prose import Say, as_it_is
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.notices.addressees import ENGLISH, Letter
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import ALLOW, OWN_WORD_FROM, PARENT, PUPIL, RESTRICT, Choice, settled_on
from pupil_desk.domain.sharing.sharing import (
    YOUTH_SUPPORT_FROM,
    Decision,
    Level,
    SharingCase,
    decide,
    heard_recipients,
    youth_support_service,
)
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.households import LeftOut
from pupil_desk.services.notices import notices
from pupil_desk.services.notices.notice_text import NO_YOUTH_SERVICE, filling_of
from pupil_desk.services.paper_forms import form_pages, kind
from pupil_desk.services.paper_forms.beside import with_page
from pupil_desk.services.paper_forms.kind import Asking, FormAnswer, FormKind, FormQuestion, FormReply, FormToPrint, PrintedForm, Variant
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import sharing, wishes
from pupil_desk.services.sharing.unanswered import everything_told, never_told, unanswered_level
from pupil_desk.store.tables import cases, contacts


class SharingChoice(FormKind):
    """Two questions: the youth support service, and colleges and training providers."""

    name = "sharing-choice"
    title = _("Choice about sharing")
    action = Action.RECORD_FORM_CHOICE

    def unanswered(self, desk: Desk, subject: str, day: date) -> list[Pupil]:
        """The pupils on roll whose holder of the choice has not spoken."""
        return sharing.unasked(desk, day)

    def ask(self, desk: Desk, subject: str, pupils: Collection[Pupil], day: date, variant: Variant) -> Asking:
        """The forms for these pupils, and who gets none."""
        desk.require(Action.PRINT_FORM)
        forms: list[FormToPrint] = []
        left_out: list[LeftOut] = []
        for pupil in pupils:
            notice_letters = notices.letters_of(desk, pupil.id, day)
            letters = askable(notice_letters.letters, pupil, day)
            forms += [self._asking(desk, letter, number, variant) for number, letter in enumerate(letters, start=1)]
            if not letters:
                left_out += [LeftOut(pupil, contact.full_name, reason) for contact, reason in notice_letters.left_out]
                if not notice_letters.left_out:
                    left_out.append(LeftOut(pupil, "", _("nobody with parental responsibility is on file")))
        return Asking(tuple(forms), tuple(left_out))

    def _asking(self, desk: Desk, letter: Letter, number: int, variant: Variant) -> FormToPrint:
        """The form with the page in the language of the household."""
        form = self.form(desk, letter, number, variant)
        return with_page(desk, form, form_pages.sharing(), lambda say: sharing_form.story(form_of(desk, letter, say), say=say))

    def form(self, desk: Desk, letter: Letter, number: int = 1, variant: Variant = Variant.STANDARD) -> FormToPrint:
        """The form that goes with one letter, the so-manyth of its pupil."""
        form, easy = form_of(desk, letter), variant is Variant.EASY
        return FormToPrint(
            kind=self.name,
            subject="",
            letter=letter,
            questions=questions(form, easy=easy),
            story=sharing_form.story(form, easy=easy),
            title=sharing_form.TITLE,
            file_stem=f"{self.name}-{letter.pupil.ref}-{number}",
            variant=variant,
            tells=on_paper.SHARING_CHOICE,
        )

    def keep_asked(self, work: Work, printed_forms: Sequence[PrintedForm]) -> frozenset[str]:
        """Within a transaction: whoever a form names is asked by it, or reminded."""
        for printed_form in printed_forms:
            form = printed_form.form
            wishes.keep_asking(work, form.pupil.id, form.contact_ids, wording=form.wording, language=ENGLISH, form_id=printed_form.form_id)
        return frozenset({"choice"})

    def problems(self, desk: Desk, reply: FormReply) -> tuple[Problem, ...]:
        """Who signed may not choose, the day is not one on which they could, or no box is ticked at all."""
        if not reply.answers:
            return (Problem("answers", "missing", _("No box is ticked. Ask the family again, or set the page aside.")),)
        if not _choices(reply):
            return (reply.unsigned_problem,)
        record = sharing.SharingRecord.of(desk, reply.pupil_id)
        problems = list(wishes.check_giver(record, reply.giver_id, PARENT if reply.giver_id else PUPIL))
        for choice in _choices(reply):
            problems += sharing.check_choice(choice, record.pupil.dob, desk.today)
            if sharing.is_among(wishes.full(record, choice, reply.giver_id), record.choices):
                problems.append(Problem("answers", "on_file", _("This answer is on file already.")))
        return tuple({(problem.column, problem.message): problem for problem in problems}.values())

    def keep(self, work: Work, reply: FormReply) -> frozenset[str]:
        """Within a transaction: a choice for each question answered."""
        wording = wishes.keep_wording(work, reply.wording, reply.language)
        for choice in _choices(reply, wording):
            wishes.keep_answer(work, choice, contact_id=reply.giver_id, evidence_id=reply.evidence)
            work.note(Action.RECORD_FORM_CHOICE, "pupil", reply.pupil_id, f"{choice.recipient} {choice.by}")
        return frozenset({"choice"})


def askable(letters: Iterable[Letter], pupil: Pupil, day: date) -> list[Letter]:
    """Of a pupil's letters those to whoever may choose on the day: the households of parents, from 16 the pupil.

    A contact under an order or without an address gets none, as with the notice.
    """
    pupil_chooses = age_on(pupil.dob, day) >= OWN_WORD_FROM
    return [letter for letter in letters if bool(letter.contacts) != pupil_chooses]


def form_of(desk: Desk, letter: Letter, say: Say = as_it_is) -> sharing_form.SharingForm:
    """What the reply form for a letter says; ``say`` says in another language who, where nobody is named."""
    filling = filling_of(desk.settings, desk.today, desk.schedule)
    pupil, youth_service, rules, to_pupil = letter.pupil, str(filling["youth_service"]), desk.settings.rules, not letter.contacts
    first = birthday(pupil.dob, YOUTH_SUPPORT_FROM)
    case = cases.of_pupil(desk.vault, pupil.id, desk.today, desk.today)
    decided = _decided(desk, case, max(desk.today, first))
    settled = {name: settled_on(case.steps if case and not to_pupil else (), name, desk.today) for name in heard_recipients()}
    levels_chosen = {name: decision.level for name, decision in decided.items() if decision.decided_by in (PARENT, PUPIL)}
    silent = {
        recipient.name: levels_chosen.get(recipient.name) or unanswered_level(recipient, rules, by_pupil=to_pupil)
        for recipient in heard_recipients().values()
    }
    youth = decided.get(youth_support_service().name)
    return sharing_form.SharingForm(
        unit=desk.settings.name,
        pupil=pupil.legal_name,
        forename=pupil.preferred_forename or pupil.forename,
        pupil_born=show_date(pupil.dob),
        pupil_asked=to_pupil,
        parents=letter.people,
        youth_service=capital(say(youth_service) if youth_service == NO_YOUTH_SERVICE else youth_service),
        with_parent=desk.settings.with_parent,
        printed_on=show_date(desk.today),
        reply_by=show_date(kind.reply_by(desk)),
        late=kind.late(),
        whom_to_tell=kind.whom_to_tell(desk, say=say),
        return_to=kind.return_to(desk, say=say),
        everything={recipient.name: everything_told(recipient, rules) for recipient in heard_recipients().values()},
        never=never_told(heard_recipients().values(), rules),
        silent_yes=frozenset(name for name, level in silent.items() if level is Level.FULL),
        already_said=frozenset(levels_chosen),
        settled={name: show_date(step.on) for name, step in settled.items() if step is not None and step.choice == RESTRICT},
        not_before=show_date(first) if first > desk.today else "",
        ends=show_date(birthday(pupil.dob, OWN_WORD_FROM)),
        then_no=all(unanswered_level(recipient, rules, by_pupil=True) is not Level.FULL for recipient in heard_recipients().values()),
        no_notice=not to_pupil and youth is not None and youth.level is not silent[youth_support_service().name],
        several=not to_pupil and sum(bool(contact.parental_responsibility) for contact in contacts.of_pupil(desk.vault, pupil.id)) > 1,
    )


def _decided(desk: Desk, case: SharingCase | None, youth_day: date) -> dict[str, Decision]:
    """By recipient what may be told as things stand, and by whose word; of the youth support service on a day on which it may be told. Whoever is not on roll has none."""
    decisions = (
        {
            name: decide(case, recipient, youth_day if recipient is youth_support_service() else desk.today, desk.settings.rules)
            for name, recipient in heard_recipients().items()
        }
        if case
        else {}
    )
    return {name: decision for name, decision in decisions.items() if decision is not None}


def questions(form: sharing_form.SharingForm, *, easy: bool = False) -> tuple[FormQuestion, ...]:
    """The questions of a form, with the words shown."""
    return tuple(
        FormQuestion(asked_question.key, asked_question.words, tuple(FormAnswer(key, words) for key, words in asked_question.answers))
        for asked_question in sharing_form.questions_of(form, easy=easy)
    )


def _choices(reply: FormReply, wording_id: str | None = None) -> list[Choice]:
    """A choice for each question answered; where nobody signed, each no alone."""
    giver = PARENT if reply.giver_id else PUPIL
    return [
        Choice(
            pupil_id=reply.pupil_id,
            recipient=question,
            choice=answer,
            by=giver,
            on=reply.signed_on,
            channel="form",
            wording_id=wording_id,
            form_id=reply.form_id,
        )
        for question, answer in reply.answers.items()
        if reply.is_signed or answer != ALLOW
    ]


KIND = SharingChoice()
