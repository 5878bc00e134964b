"""Forms for consents: one subject a type, or an occasion of it. What comes back is kept as what that person said, use by use."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.consents.consent import ASKED, GIVEN, OF_MEDICINE, REFUSED, REQUEST
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.services.consents import asking, recording, wrong_medicines
from pupil_desk.services.consents.asking import OBJECTION, ConsentPaper, Subject
from pupil_desk.services.consents.changed_since import changed_since
from pupil_desk.services.consents.form_parts import NO, YES
from pupil_desk.services.consents.recording import CheckedEntry, ConsentEntry
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.paper_forms.kind import Asking, FormAnswer, FormKind, FormQuestion, FormReply, FormToPrint, PrintedForm, Variant
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import consents as store

_CHANNEL = "form"


class Consents(FormKind):
    """Every type of consent in use, and every trip, person or body that is still to come."""

    name = "consent"
    title = _("Consents")
    action = Action.RECORD_FORM_CONSENT

    def subjects(self, desk: Desk) -> Mapping[str, str]:
        """By key in words: «photographs», «trip/…»."""
        return {key: subject.words for key, subject in asking.subjects(desk).items()}

    def unanswered(self, desk: Desk, subject: str, day: date) -> list[Pupil]:
        """The pupils of whom somebody has still to speak."""
        return asking.unanswered(desk, asking.subject_of(desk, subject), day)

    def ask(self, desk: Desk, subject: str, pupils: Collection[Pupil], day: date, variant: Variant) -> Asking:
        """The forms for these pupils, and who gets none."""
        papers, left_out = asking.papers(desk, asking.subject_of(desk, subject), pupils, easy=variant is Variant.EASY)
        return Asking(tuple(self._form(paper, variant) for paper in papers), tuple(left_out))

    def _form(self, paper: ConsentPaper, variant: Variant) -> FormToPrint:
        questions = tuple(
            FormQuestion(question.key, question.words, tuple(FormAnswer(key, words) for key, words in question.boxes), question.hint)
            for question in paper.questions
        )
        return FormToPrint(
            kind=self.name,
            subject=paper.subject.key,
            letter=paper.letter,
            questions=questions,
            story=paper.story,
            title=paper.title,
            file_stem=paper.file_stem,
            variant=variant,
            language=paper.language,
            leaf=paper.leaf,
            translation=paper.translation,
            lang=paper.lang,
            in_english_because=paper.in_english_because,
            tells=on_paper.consent_form(paper.title, with_medicines=paper.subject.type.per == OF_MEDICINE, items=paper.disclosed_items),
        )

    def keep_asked(self, work: Work, printed_forms: Sequence[PrintedForm]) -> frozenset[str]:
        """Within a transaction: that everyone whom a form names was asked, once a day."""
        for printed_form in printed_forms:
            subject = asking.subject_of(work.desk, printed_form.form.subject)
            asking.keep_asked(
                work,
                subject,
                printed_form.form.letter,
                [question.key for question in printed_form.form.questions],
                printed_form.day,
                translation=printed_form.form.translation,
            )
        return frozenset({"consent"}) if printed_forms else frozenset()

    def problems(self, desk: Desk, reply: FormReply) -> tuple[Problem, ...]:
        """Who signed may not say it, no box is ticked at all, what it asks about changed since it was printed, or it is on file already. A question without an answer stays as it was: the form says so."""
        subject = asking.subject_of(desk, reply.subject)
        problems = (
            []
            if reply.answers
            else [Problem("answers", "missing", _("No box is ticked. Tick what the family meant, or set the page aside and ask them."))]
        )
        entries = _ready(desk, subject, reply)
        if reply.answers and not entries and not reply.is_signed:
            problems.append(reply.unsigned_problem)
        problems += _changed_since(desk, reply)
        for checked in entries:
            problems += checked.problems
            if recording.on_file(desk, checked):
                problems.append(Problem("answers", "on_file", _("This answer is on file already.")))
        return tuple({problem.message: problem for problem in problems}.values())

    def keep(self, work: Work, reply: FormReply) -> frozenset[str]:
        """Within a transaction: what the form says, use by use, and the pupil's own no if it was ticked."""
        subject = asking.subject_of(work.desk, reply.subject)
        for checked in _ready(work.desk, subject, reply):
            recording.keep(work, checked)
            work.note(self.action, "pupil", reply.pupil_id, recording.logged(checked))
        changes_medicines = subject.type.per == OF_MEDICINE or any(map(wrong_medicines.is_wrong_box, reply.answers))
        return frozenset({"consent", "medicine", "pupil"} if changes_medicines else {"consent"})


KIND: FormKind = Consents()


def _changed_since(desk: Desk, reply: FormReply) -> list[Problem]:
    """A yes is to what the form showed; a no counts all the same."""
    words = _(
        "{what} changed on {day}, after this form was printed: a yes on it does not count. Choose no answer there, or set the page aside, and print a new form."
    )
    return [
        Problem("answers", "changed_since", words.format(what=changed.name, day=show_date(changed.day)))
        for question, changed in changed_since(desk, reply.form_id, reply.subject, reply.pupil_id).items()
        if reply.answers.get(question) == YES
    ]


def _ready(desk: Desk, subject: Subject, reply: FormReply) -> list[CheckedEntry]:
    wrong = wrong_medicines.ready(
        desk,
        reply.answers,
        pupil_id=reply.pupil_id,
        giver_id=reply.giver_id,
        day=reply.signed_on,
        evidence=reply.evidence,
        language=reply.language,
    )
    return [*(recording.ready(desk, entry) for entry in _entries(desk, subject, reply)), *wrong]


def _entries(desk: Desk, subject: Subject, reply: FormReply) -> list[ConsentEntry]:
    """What the form says: the uses with a yes together, those with a no together, each medicine for itself, and the pupil's own no.

    Where nobody signed, what leaves a pupil out or forbids something is said all the same, line by line, and the rest is not said.
    """
    consent_type, giver = subject.type, reply.giver_id or PUPIL
    wording = _wording_of(desk, reply, giver)
    is_of_medicine = consent_type.per == OF_MEDICINE
    entries: list[ConsentEntry] = []

    def say(step: str, giver: str, *, uses: tuple[str, ...] = ("",), medicine_id: str | None = None) -> None:
        entries.append(
            ConsentEntry(
                pupil_id=reply.pupil_id,
                consent_type=consent_type.consent_type,
                step=step,
                giver=giver,
                day=reply.signed_on,
                channel=_CHANNEL,
                uses=uses,
                occasion_id=subject.occasion.occasion_id if subject.occasion else None,
                medicine_id=medicine_id,
                evidence=reply.evidence,
                language=reply.language,
                wording_id=wording,
                translation=reply.translation,
            )
        )

    needs_signature = NO if consent_type.basis == REQUEST else YES
    for answer, step in ((YES, GIVEN), (NO, REFUSED)):
        if answer == needs_signature and not reply.is_signed:
            continue
        keys = [
            key for key, ticked in reply.answers.items() if ticked == answer and key != OBJECTION and not wrong_medicines.is_wrong_box(key)
        ]
        if is_of_medicine:
            for key in keys:
                say(step, giver, medicine_id=key)
        elif keys:
            say(step, giver, uses=tuple(asking.use_of(key) for key in keys))
    if reply.answers.get(OBJECTION) == NO and giver != PUPIL:
        medicines = [key for key in reply.answers if key != OBJECTION] if is_of_medicine else [None]
        for medicine in medicines:
            say(REFUSED, PUPIL, medicine_id=medicine)
    return entries


def _wording_of(desk: Desk, reply: FormReply, giver: str) -> str | None:
    """The edition that was shown when that person was asked, as it was kept then; None where nobody kept it."""
    type_key = reply.subject.partition("/")[0]
    asked_events = [
        event
        for event in store.of_pupil(desk.vault, reply.pupil_id)
        if event.consent_type == type_key and event.what == ASKED and event.giver_key == giver and event.on <= reply.signed_on
    ]
    return asked_events[-1].wording_id if asked_events else None
