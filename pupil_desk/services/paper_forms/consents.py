"""Forms for consents: one subject a type, or an occasion of it. What comes back is kept as what that person said, use by use."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.consents.consent import ASKED, GIVEN, OF_MEDICINE, REFUSED, REQUEST
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.sharing import PUPIL
from pupil_desk.services.consents import asking, recording, wrong_medicines
from pupil_desk.services.consents.asking import NO, OBJECTION, YES, ConsentPaper, Subject
from pupil_desk.services.consents.recording import Ready, Said
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.paper_forms.kind import Answer, Asking, Printed, Question, Returned, ToPrint, Variant
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import consents as store

_CHANNEL = "form"


class Consents:
    """Every type of consent in use, and every trip, person or body that is still to come."""

    name = "consent"
    title = _("Consents")
    action = Action.RECORD_FORM_CONSENT

    def subjects(self, desk: Desk) -> Mapping[str, str]:
        """By key in words: «photographs», «trip/…»."""
        return {key: subject.words for key, subject in asking.subjects(desk).items()}

    def printed_as(self, desk: Desk, subject: str) -> str:
        """Its own."""
        return subject

    def unanswered(self, desk: Desk, subject: str, day: date) -> list[Pupil]:
        """The pupils of whom somebody has still to speak."""
        return asking.unanswered(desk, asking.subject_of(desk, subject), day)

    def ask(self, desk: Desk, subject: str, pupils: Collection[Pupil], day: date, variant: Variant) -> Asking:
        """The forms for these pupils, and who gets none."""
        made, left_out = asking.papers(desk, asking.subject_of(desk, subject), pupils, easy=variant is Variant.EASY)
        return Asking(tuple(self._form(paper, variant) for paper in made), tuple(left_out))

    def _form(self, paper: ConsentPaper, variant: Variant) -> ToPrint:
        questions = tuple(Question(one.key, one.words, tuple(Answer(key, words) for key, words in one.boxes)) for one in paper.questions)
        return ToPrint(kind=self.name, subject=paper.subject.key, letter=paper.letter, questions=questions, story=paper.story,
                       title=paper.title, file_stem=paper.file_stem, variant=variant,
                       tells=on_paper.consent_form(paper.title, medicines=paper.subject.type.per == OF_MEDICINE, items=paper.told))  # fmt: skip

    def asked(self, work: Work, printed: Sequence[Printed]) -> frozenset[str]:
        """Within a transaction: that everyone whom a form names was asked, once a day."""
        for one in printed:
            subject = asking.subject_of(work.desk, one.form.subject)
            asking.keep_asked(work, subject, one.form.letter, [question.key for question in one.form.questions], one.on, one.form.language)
        return frozenset({"consent"}) if printed else frozenset()

    def problems(self, desk: Desk, returned: Returned) -> tuple[Problem, ...]:
        """Who signed may not say it, no box is ticked at all, or it is on file already. A question without an answer stays as it was: the form says so."""
        subject = asking.subject_of(desk, returned.subject)
        found = [] if returned.answers else [Problem("answers", "missing", _("No box is ticked. Tick what the family meant, or set the page aside and ask them."))]
        every = _ready(desk, subject, returned)
        if returned.answers and not every and not returned.signed:
            found.append(returned.unsigned_problem)
        for checked in every:
            found += checked.problems
            if recording.on_file(desk, checked):
                found.append(Problem("answers", "on_file", _("This answer is on file already.")))
        return tuple({problem.message: problem for problem in found}.values())

    def keep(self, work: Work, returned: Returned) -> frozenset[str]:
        """Within a transaction: what the form says, use by use, and the pupil's own no if it was ticked."""
        subject = asking.subject_of(work.desk, returned.subject)
        for checked in _ready(work.desk, subject, returned):
            recording.keep(work, checked)
            work.note(self.action, "pupil", returned.pupil_id, recording.logged(checked))
        medicines = subject.type.per == OF_MEDICINE or any(map(wrong_medicines.is_wrong_box, returned.answers))
        return frozenset({"consent", "medicine", "pupil"} if medicines else {"consent"})


KIND = Consents()


def _ready(desk: Desk, subject: Subject, returned: Returned) -> list[Ready]:
    wrong = wrong_medicines.ready(desk, returned.answers, pupil_id=returned.pupil_id, giver_id=returned.giver_id, on=returned.signed_on, evidence=returned.evidence, language=returned.language)
    return [*(recording.ready(desk, said) for said in _said(desk, subject, returned)), *wrong]


def _said(desk: Desk, subject: Subject, returned: Returned) -> list[Said]:
    """What the form says: the uses with a yes together, those with a no together, each medicine for itself, and the pupil's own no.

    Where nobody signed, what leaves a pupil out or forbids something is said all the same, line by line, and the rest is not said.
    """
    made, giver = subject.type, asking.giver_of(returned.giver_id)
    wording = _wording_of(desk, returned, giver)
    medical = made.per == OF_MEDICINE
    found: list[Said] = []

    def say(what: str, who: str, *, uses: tuple[str, ...] = ("",), medicine_id: str | None = None) -> None:
        found.append(Said(pupil_id=returned.pupil_id, consent_type=made.consent_type, what=what, giver=who, on=returned.signed_on, channel=_CHANNEL, uses=uses,
                          occasion_id=subject.occasion.occasion_id if subject.occasion else None, medicine_id=medicine_id,
                          evidence=returned.evidence, language=returned.language, wording_id=wording))  # fmt: skip

    needs_signature = NO if made.basis == REQUEST else YES
    for answer, what in ((YES, GIVEN), (NO, REFUSED)):
        if answer == needs_signature and not returned.signed:
            continue
        keys = [key for key, ticked in returned.answers.items() if ticked == answer and key != OBJECTION and not wrong_medicines.is_wrong_box(key)]
        if medical:
            for key in keys:
                say(what, giver, medicine_id=key)
        elif keys:
            say(what, giver, uses=tuple(asking.use_of(made, key) for key in keys))
    if returned.answers.get(OBJECTION) == NO and giver != PUPIL:
        medicines = [key for key in returned.answers if key != OBJECTION] if medical else [None]
        for medicine in medicines:
            say(REFUSED, PUPIL, medicine_id=medicine)
    return found


def _wording_of(desk: Desk, returned: Returned, giver: str) -> str | None:
    """The edition that was shown when that person was asked, as it was kept then; None where nobody kept it."""
    type_key = returned.subject.partition("/")[0]
    asked = [
        event for event in store.of_pupil(desk.vault, returned.pupil_id)
        if event.consent_type == type_key and event.what == ASKED and event.giver_key == giver and event.on <= returned.signed_on
    ]  # fmt: skip
    return asked[-1].wording_id if asked else None
