"""What came back and waits: each form with what its boxes propose. A person confirms it, and only then is anything kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.words import _
from pupil_desk.documents.scans import reading
from pupil_desk.documents.scans.geometry import Lie
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import ENGLISH
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.papers.paper_form import AnswerProposal, BoxReading, FormStep, PaperForm, propose_answer
from pupil_desk.domain.pupils.details_check import WrittenBeside
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.paper_forms import corrections, kinds
from pupil_desk.services.paper_forms.corrections import SlipPart
from pupil_desk.services.paper_forms.kind import FormKind, FormQuestion, FormReply
from pupil_desk.services.paper_forms.printing import KIND, page_of, questions_of
from pupil_desk.services.paper_forms.reading import KIND as SCAN
from pupil_desk.services.paper_forms.since_printed import SincePrinted
from pupil_desk.services.paper_forms.undoing import KeptForms
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import contacts, paper_forms, pupils, scans


@dataclass(frozen=True, slots=True)
class WaitingForm:
    """One form that came back: its pages that were read, which are missing, and what each question's boxes propose.

    ``addressees`` are whom it asks, by identity and name; empty for the pupil. ``read_on`` is the day on which its first page was read.
    ``since_printed`` is what became otherwise since it was printed, a sentence each: with any of them it is looked at by itself.
    ``parts`` are those of a data-check slip, with the records that it shows as they are on file.
    """

    form: PaperForm
    pupil: Pupil
    questions: tuple[FormQuestion, ...]
    proposals: Mapping[str, AnswerProposal]
    scan_ids: tuple[str, ...]
    missing_pages: tuple[int, ...]
    addressees: tuple[tuple[str, str], ...]
    read_on: date
    since_printed: tuple[str, ...] = ()
    parts: tuple[SlipPart, ...] = ()

    @property
    def id(self) -> str:
        return self.form.id

    @property
    def sure(self) -> bool:
        """Whether nothing is left to be decided: every question is clear, something is ticked, all pages are there, nothing became otherwise, and one person was asked."""
        ticked = any(proposal.read is BoxReading.TICKED for proposal in self.proposals.values())
        is_whole = ticked and not self.missing_pages and not self.since_printed
        return is_whole and len(self.addressees) <= 1 and all(self.clear(question) for question in self.questions)

    def clear(self, question: FormQuestion) -> bool:
        """Whether the boxes of a question say one thing."""
        read = self.proposals[question.key].read
        return read is BoxReading.TICKED or (read is BoxReading.EMPTY and question.may_be_empty)


@dataclass(frozen=True, slots=True)
class ConfirmedForm:
    """What a person says stands on a form. ``giver_id`` is the contact who signed, None for the pupil; who was asked where nobody signed (``is_signed`` false).

    ``handwriting`` is what is typed of what stands on a data-check slip by hand.
    """

    form_id: str
    answers: Mapping[str, str]
    giver_id: str | None
    signed_on: date
    is_signed: bool = True
    handwriting: WrittenBeside = WrittenBeside()


def waiting(desk: Desk) -> list[WaitingForm]:
    """Every form of which pages wait, in the order in which they were read."""
    desk.require(Action.READ_RECORD)
    rows: dict[str, list[Row]] = {}
    for row in scans.waiting(desk.vault):
        if row["form_id"] and not row["aside"]:
            rows.setdefault(row["form_id"], []).append(row)
    addressees, counts = paper_forms.addressees(desk.vault), paper_forms.page_counts(desk.vault)
    forms = {form_id: form for form_id in rows if (form := paper_forms.get(desk.vault, form_id)) is not None}
    people = pupils.some_by_id(desk.vault, {form.pupil_id for form in forms.values()})
    waiting_forms = [
        _waiting(forms[form_id], people[forms[form_id].pupil_id], pages, addressees.get(form_id, []), counts[form_id])
        for form_id, pages in rows.items()
        if form_id in forms and forms[form_id].pupil_id in people
    ]
    since = SincePrinted(desk, people)
    return [
        replace(
            waiting_form,
            since_printed=since.sentences(waiting_form.form, waiting_form.pupil, waiting_form.addressees),
            parts=corrections.parts(
                waiting_form.form, waiting_form.pupil, waiting_form.addressees, since.contacts_by_pupil[waiting_form.pupil.id]
            ),
        )
        for waiting_form in waiting_forms
    ]


def _waiting(form: PaperForm, pupil: Pupil, pages: Sequence[Row], addressees: Sequence[tuple[str, str]], count: int) -> WaitingForm:
    inked: dict[str, float | None] = {}
    for page in pages:
        inked |= json.loads(page["ink"]) if page["ink"] else {}
    questions = questions_of(form)
    proposals = {
        question.key: propose_answer(
            [answer.key for answer in question.answers],
            {answer.key: inked.get(f"{question.key}/{answer.key}") for answer in question.answers},
        )
        for question in questions
    }
    pages_read = {page["page"] for page in pages}
    return WaitingForm(
        form=form,
        pupil=pupil,
        questions=questions,
        proposals=proposals,
        scan_ids=tuple(page["id"] for page in sorted(pages, key=lambda page: page["page"])),
        missing_pages=tuple(number for number in range(1, count + 1) if number not in pages_read),
        addressees=tuple(addressees),
        read_on=local_time(pages[0]["at"]).date(),
    )


def picture(desk: Desk, scan_id: str) -> bytes:
    """The picture of a page, a JPEG; empty where the page could not be drawn. Raises WrongUse when it is gone."""
    desk.require(Action.READ_RECORD)
    return required(
        scans.picture(desk.vault, scan_id), _("That page is no longer there: somebody has dealt with it. Look at the list again.")
    )


def cuttings(desk: Desk, form_id: str) -> dict[str, bytes]:
    """The boxes of a form that waits, cut out of its pictures: each a small PNG, by ``question/answer``."""
    desk.require(Action.READ_RECORD)
    layouts = {row["page"]: page_of(row["code"], row["layout"]) for row in paper_forms.pages_of(desk.vault, form_id)}
    pictures: dict[str, bytes] = {}
    for page in scans.of_form(desk.vault, form_id):
        data = scans.picture(desk.vault, page["id"]) if page["lie"] else None
        if data:
            pictures |= reading.cuttings(data, Lie(tuple(json.loads(page["lie"]))), layouts[page["page"]].boxes)
    return pictures


def row_pictures(desk: Desk, form_id: str) -> dict[str, bytes]:
    """The rows of a form that waits in which somebody may have written, cut out of its pictures: each a PNG, by its key; of one printed before rows were kept, none."""
    desk.require(Action.READ_RECORD)
    layouts = {row["page"]: page_of(row["code"], row["layout"]) for row in paper_forms.pages_of(desk.vault, form_id)}
    pictures: dict[str, bytes] = {}
    for page in scans.of_form(desk.vault, form_id):
        places = layouts[page["page"]].rows
        data = scans.picture(desk.vault, page["id"]) if page["lie"] and places else None
        if data:
            pictures |= reading.rows(data, Lie(tuple(json.loads(page["lie"]))), places)
    return pictures


def signature_part(desk: Desk, form_id: str) -> bytes:
    """Where a form that waits is signed, cut out of its last page: all between its last box and its lower code, a PNG; empty where that cannot be seen."""
    desk.require(Action.READ_RECORD)
    last_page = max(paper_forms.pages_of(desk.vault, form_id), key=lambda row: row["page"], default=None)
    page = next((page for page in scans.of_form(desk.vault, form_id) if last_page and page["page"] == last_page["page"]), None)
    data = scans.picture(desk.vault, page["id"]) if page and page["lie"] else None
    if last_page is None or page is None or not data:
        return b""
    place = page_of(last_page["code"], last_page["layout"]).under_boxes
    return reading.rows(data, Lie(tuple(json.loads(page["lie"]))), {form_id: place})[form_id]


def givers(desk: Desk, waiting_form: WaitingForm) -> list[tuple[str | None, str]]:
    """Who may have signed: those who were asked, then others with parental responsibility; the pupil, where nobody else was asked."""
    if not waiting_form.addressees:
        return [(None, waiting_form.pupil.full_name)]
    asked_names = dict(waiting_form.addressees)
    other_holders = [
        contact
        for contact in contacts.of_pupil(desk.vault, waiting_form.pupil.id)
        if contact.parental_responsibility and contact.id not in asked_names
    ]
    return [*waiting_form.addressees, *((contact.id, contact.full_name) for contact in other_holders)]


def _checked(desk: Desk, form: PaperForm, kind: FormKind, confirmed: ConfirmedForm) -> tuple[Problem, ...]:
    if confirmed.signed_on > desk.today:
        return (Problem("signed_on", "future_date", _("The day lies in the future. Enter the day on which the form was signed.")),)
    answers_by_question = {question.key: {answer.key for answer in question.answers} for question in questions_of(form)}
    if any(answer not in answers_by_question.get(question, ()) for question, answer in confirmed.answers.items()):
        return (Problem("answers", "unknown_code", _("That answer is not on this form.")),)
    return kind.problems(desk, _reply(desk, form, confirmed, None))


def _reply(desk: Desk, form: PaperForm, confirmed: ConfirmedForm, evidence: str | None) -> FormReply:
    addressees = paper_forms.addressees(desk.vault).get(form.id, [])
    return FormReply(
        form_id=form.id,
        kind=form.form_kind,
        subject=form.subject,
        pupil_id=form.pupil_id,
        contact_ids=tuple(contact for contact, _name in addressees),
        wording=form.wording,
        language=ENGLISH if form.translation else form.language,  # a translation stands on a page beside the form
        translation=form.translation,
        answers=dict(confirmed.answers),
        giver_id=confirmed.giver_id,
        signed_on=confirmed.signed_on,
        is_signed=confirmed.is_signed,
        evidence=evidence,
        handwriting=confirmed.handwriting,
    )


def confirm(desk: Desk, *confirmed: ConfirmedForm) -> KeptForms:
    """Keep what a person says stands on a form: the answer, the page as a paper of the pupil's, and that the form is back.

    Several forms that were looked at together are kept together. All or nothing, and undone at once by ``undoing``. Raises Refused, NotAllowed, WrongUse.
    """
    ready = [_ready(desk, entry) for entry in confirmed]
    first = ready[0]
    kinds_changed: frozenset[str] = frozenset()
    papers: dict[str, str | None] = {}
    page_ids = [page["id"] for ready_form in ready for page in ready_form.pages]
    pages = [page for page_id in page_ids if (page := scans.page_and_batch(desk.vault, page_id)) is not None]
    with desk.act(first.kind.action, "pupil", first.form.pupil_id, first.reason) as work:
        for ready_form in ready[1:]:
            work.note(ready_form.kind.action, "pupil", ready_form.form.pupil_id, ready_form.reason)
        for ready_form in ready:
            changed_kinds, papers[ready_form.form.id] = _keep(work, ready_form)
            kinds_changed |= changed_kinds
    changed = Changed.of(*kinds_changed, "pupil", "attachment", KIND, SCAN, ids=tuple(ready_form.form.pupil_id for ready_form in ready))
    return KeptForms(changed, work.act, papers, tuple(pages))


@dataclass(frozen=True, slots=True)
class _ReadyForm:
    """What a person says of one form, checked, with its pages as a paper to be kept."""

    confirmed: ConfirmedForm
    form: PaperForm
    kind: FormKind
    pages: tuple[Row, ...]
    paper: Attachment
    checked_file: attachments.PreparedFile | None

    @property
    def reason(self) -> str:
        """What the log says of it."""
        return f"{self.form.form_kind} {self.form.subject}".strip()


def _ready(desk: Desk, confirmed: ConfirmedForm) -> _ReadyForm:
    form = _form(desk, confirmed.form_id)
    kind = _kind(form)
    desk.require(kind.action, "pupil", form.pupil_id)
    pages = scans.of_form(desk.vault, form.id)
    if not pages:
        raise WrongUse(_("That form no longer waits: somebody has confirmed it, or set it aside. Look at the list again."))
    refuse(_checked(desk, form, kind, confirmed))
    giver = next((contact.full_name for contact in contacts.of_pupil(desk.vault, form.pupil_id) if contact.id == confirmed.giver_id), None)
    paper = Attachment(pupil_id=form.pupil_id, title=form.title[:120], kind="form", paper_day=confirmed.signed_on, received_from=giver)
    return _ReadyForm(confirmed, form, kind, tuple(pages), paper, checked_file=_evidence(desk, form, pages))


def _keep(work: Work, ready_form: _ReadyForm) -> tuple[frozenset[str], str | None]:
    """The kinds of record changed, and the paper kept."""
    desk = work.desk
    evidence = attachments.keep(work, ready_form.paper, ready_form.checked_file) if ready_form.checked_file is not None else None
    changed = ready_form.kind.keep(work, _reply(desk, ready_form.form, ready_form.confirmed, evidence))
    paper_forms.add_step(desk.vault, ready_form.form, FormStep.BACK, moment=work.stamp, actor=work.actor, attachment_id=evidence)
    scans.remove(desk.vault, [page["id"] for page in ready_form.pages])
    return changed, evidence


def _evidence(desk: Desk, form: PaperForm, pages: Sequence[Row]) -> attachments.PreparedFile | None:
    """The pages as one paper: a picture, or a PDF of several."""
    from pupil_desk.documents.pdf.picture_page import jpeg_pages

    pictures = [data for page in pages if (data := scans.picture(desk.vault, page["id"]))]
    if not pictures:
        return None
    return attachments.look_into(pictures[0] if len(pictures) == 1 else jpeg_pages(pictures), form.title)


def _form(desk: Desk, form_id: str) -> PaperForm:
    return required(paper_forms.get(desk.vault, form_id), _("That form is no longer on file. Look at the list again."))


def _kind(form: PaperForm) -> FormKind:
    return required(
        kinds.kind_named(form.form_kind), _("This program has no such form any more. Enter the answer by hand, and throw the page away.")
    )
