"""Forms with their numbers: each is given some by chance, is shown and printed, and stands on file from then on."""

import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import CodedPages, texts_of
from pupil_desk.documents.pdf.coded_pages import CODES_HINT, PageLayout, Square, TooLong, WrittenRow, layout
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.paper_form import FormStep, PaperForm, is_out
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import households
from pupil_desk.services.desk import Desk, Progress, Work, unwatched
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.guard import NOBODY, Guard, guard
from pupil_desk.services.households import LeftOut
from pupil_desk.services.office_sheet import with_office_sheet
from pupil_desk.services.paper_forms import kinds
from pupil_desk.services.paper_forms.kind import FormAnswer, FormQuestion, FormToPrint, PrintedForm, Variant
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import paper_forms as store
from pupil_desk.store.tables import scans

if TYPE_CHECKING:
    from pupil_desk.documents.pdf.page import Document

KIND = "paper_form"
DIGITS = 24
"""Of a number: 79 bits by chance, and small enough for the largest modules a code can have."""
_MOST_PAGES = 16
_AT_ONCE = 20  # pupils whose forms are made between two looks at whether to stop
_BASES: Mapping[Variant, tuple[float, ...]] = {
    Variant.STANDARD: (12.0, 11.5, 11.0, 10.5),
    Variant.LARGE: (18.0,),
    Variant.EASY: (14.0, 13.0, 12.5, 12.0, 11.5),
}
"""The size of the text, in points, the first with which all is on one page, else the first: 12 is RNIB's clear print, 18 its large print. A form that
is a little too long for one side is better read on one in smaller type than parted from its signature: what its boxes do is in that size too, which is more than small print has."""


@dataclass(frozen=True, slots=True)
class NumberedForm:
    """A form with its identity and its numbers. ``page`` is what is printed: the last block of a story, or the only one."""

    form: FormToPrint
    form_id: str
    page: CodedPages


@dataclass(frozen=True, slots=True)
class FormBatch:
    """Forms ready to be printed, and who gets none, with the reason."""

    forms: tuple[NumberedForm, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def in_english(self) -> list[LeftOut]:
        """Who gets one in English alone though somebody would like it in another language, with the reason."""
        papers = [form.form for form in self.forms]
        return [LeftOut(paper.pupil, paper.letter.addressee, paper.in_english_because) for paper in papers if paper.in_english_because]


def numbered(form: FormToPrint) -> NumberedForm:
    """Give a form its numbers. It is on file only once ``keep_printed`` has kept it."""
    return NumberedForm(form, new_id(), _page(form, tuple(f"{secrets.randbelow(10**DIGITS):0{DIGITS}}" for _number in range(_MOST_PAGES))))


def reprint(desk: Desk, form_id: str, form: FormToPrint) -> NumberedForm | None:
    """A form on file as it was printed, with its numbers; None where it would look otherwise today."""
    rows = store.pages_of(desk.vault, form_id)
    page = _page(form, tuple(row["code"] for row in rows))
    try:
        is_same = [as_text(sheet) for sheet in layout(page)] == [row["layout"] for row in rows]
    except TooLong:
        return None
    return NumberedForm(form, form_id, page) if is_same else None


def _page(form: FormToPrint, codes: tuple[str, ...]) -> CodedPages:
    page_title = _("{title}: {pupil}").format(title=form.title, pupil=form.pupil.legal_name)
    story, bases = [*form.story, CODES_HINT], _BASES[form.variant]
    first, *smaller = [CodedPages(codes, story, base, page_title) for base in bases]
    if (
        not smaller or households.against(texts_of(story)) or len(layout(first)) != 2
    ):  # what takes three pages takes two in any of these sizes
        return first  # a form that cannot be printed is left out by whoever asked for it
    return next((candidate for candidate in smaller if len(layout(candidate)) == 1), first)


def make_forms(
    desk: Desk,
    name: str,
    pupils: Collection[Pupil],
    day: date | None = None,
    *,
    variant: Variant = Variant.STANDARD,
    progress: Progress = unwatched,
) -> FormBatch:
    """The forms of one name for these pupils; one with a letter that no font has is left out. ``progress`` may raise to stop. Raises WrongUse (no such form), NotAllowed."""
    desk.require(Action.PRINT_FORM)
    named_form = kinds.form_named(desk, name)
    forms: list[NumberedForm] = []
    left_out: list[LeftOut] = []
    people = list(pupils)
    for start in range(0, len(people), _AT_ONCE):
        progress(start, len(people), _("Making the forms"))
        asking = named_form.kind.ask(desk, named_form.subject, people[start : start + _AT_ONCE], day or desk.today, variant)
        left_out += asking.left_out
        for form in asking.forms:
            if unprintable := households.left_out(form.letter, (form.pupil.legal_name, *texts_of((*form.leaf, *form.story)))):
                left_out.append(unprintable)
            else:
                forms.append(numbered(form))
    return FormBatch(tuple(forms), tuple(left_out))


def together(parts: Iterable[FormBatch]) -> FormBatch:
    """Forms of several names as one, in that order."""
    batches = list(parts)
    return FormBatch(tuple(form for batch in batches for form in batch.forms), tuple(left for batch in batches for left in batch.left_out))


def unanswered(desk: Desk, name: str, day: date | None = None) -> list[Pupil]:
    """The pupils on roll of whom the answer to a form is missing."""
    named_form = kinds.form_named(desk, name)
    return named_form.kind.unanswered(desk, named_form.subject, day or desk.today)


def guard_of(desk: Desk, forms: Sequence[NumberedForm]) -> Guard:
    """Who of those whom the forms are about is protected."""
    return guard(desk, {numbered.form.pupil.id for numbered in forms}, "form", for_family=True)


def print_file(forms: Sequence[NumberedForm], guard: Guard = NOBODY) -> bytes:
    """All in one file to print, each beginning on a sheet of its own, led by the office's sheet. Raises CannotPrint, TooLong."""
    from pupil_desk.documents.pdf.page import build_print_file

    papers = [(form.form.pupil.id, document) for form in forms for document in documents_of(form, guard.stamp_for(form.form.pupil.id))]
    return build_print_file(with_office_sheet(papers, guard), title=_("Forms"))


def own_file(form: NumberedForm, guard: Guard = NOBODY) -> bytes:
    """One as a file of its own, with the stamp of its guard. Raises CannotPrint, TooLong."""
    from pupil_desk.documents.pdf.page import build_pdf, build_print_file

    stamp = guard.stamp_for(form.form.pupil.id)
    if form.form.leaf:
        return build_print_file(documents_of(form, stamp), title=form.form.title)
    return build_pdf([form.page], title=form.form.title, stamp=stamp)


def documents_of(form: NumberedForm, stamp: str) -> "list[Document]":
    """The form, as it is read back; before it, on a sheet of its own, the same in the language of the household."""
    from pupil_desk.documents.pdf.page import Document

    page = Document([form.page], form.form.title, stamp=stamp)
    if not form.form.leaf:
        return [page]
    leaf = Document(
        form.form.leaf, form.form.title, lang=form.form.lang, stamp=stamp, base_size=_BASES[form.form.variant][0], is_marked=True
    )
    return [leaf, page]


def record_printed(desk: Desk, forms: Sequence[NumberedForm]) -> Changed:
    """Keep that forms were printed: from now on they can come back. One row of the log a pupil."""
    if not forms:
        return Changed.of()
    languages = grouped((numbered.form.pupil.id, numbered.form.language) for numbered in forms)
    first_id, *other_ids = languages
    log_words = {pupil_id: on_paper.in_languages(forms[0].form.kind, of_pupil) for pupil_id, of_pupil in languages.items()}
    with desk.act(Action.PRINT_FORM, "pupil", first_id, log_words[first_id]) as work:
        for pupil_id in other_ids:
            work.note(Action.PRINT_FORM, "pupil", pupil_id, log_words[pupil_id])
        changed = keep_printed(work, forms)
    return Changed.of(*changed, ids=tuple(languages))


def keep_printed(work: Work, forms: Iterable[NumberedForm]) -> frozenset[str]:
    """Within the transaction that prints: keep the forms with their numbers, tell their kinds, and the log of disclosures.

    An earlier form of the same kind to the same people that is still out is replaced; should it come back, it is read all the same.
    What is on file already, and was printed once more, stays as it is.
    """
    vault = work.desk.vault
    forms = [numbered for numbered in forms if store.get(vault, numbered.form_id) is None]
    out = _still_out(work.desk)
    records = [_paper_form(numbered, work) for numbered in forms]
    store.add(vault, records, moment=work.stamp, actor=work.actor)
    for numbered, form in zip(forms, records, strict=True):
        for earlier in out.get(_to_whom(form.form_kind, form.subject, form.pupil_id, numbered.form.contact_ids), ()):
            store.add_step(vault, earlier, FormStep.REPLACED, moment=work.stamp, actor=work.actor)
    store.add_asked(
        vault,
        [
            {"form_id": numbered.form_id, "pupil_id": numbered.form.pupil.id, "contact_id": contact}
            for numbered in forms
            for contact in numbered.form.contact_ids
        ],
    )
    store.add_pages(
        vault, [_page_row(numbered, number, page) for numbered in forms for number, page in enumerate(layout(numbered.page), 1)]
    )
    for numbered in forms:
        on_paper.keep(work, numbered.form.tells, [numbered.form.letter])
    changed = {KIND}
    for name, batch in groupby(forms, key=lambda numbered: numbered.form.kind):
        kind = kinds.kind_named(name)
        if kind is not None:
            changed |= kind.keep_asked(
                work, [PrintedForm(form=numbered.form, form_id=numbered.form_id, day=work.desk.today) for numbered in batch]
            )
    return frozenset(changed)


def _paper_form(numbered: NumberedForm, work: Work) -> PaperForm:
    form = numbered.form
    return PaperForm(
        id=numbered.form_id,
        pupil_id=form.pupil.id,
        printing=work.act,
        form_kind=form.kind,
        subject=form.subject,
        title=form.title,
        asked=form.letter.addressee[:255],
        wording=form.wording,
        questions=json.dumps([asdict(question) for question in form.questions]),
        language=form.language,
        translation=form.translation,
        variant=form.variant.value,
        on=work.desk.today,
    )


def _page_row(numbered: NumberedForm, number: int, page: PageLayout) -> dict[str, object]:
    return {"code": page.code, "form_id": numbered.form_id, "pupil_id": numbered.form.pupil.id, "page": number, "layout": as_text(page)}


def as_text(page: PageLayout) -> str:
    """Where all stands on a page, as the file keeps it."""
    places = {"above": asdict(page.above), "below": asdict(page.below), "boxes": {key: asdict(box) for key, box in page.boxes.items()}}
    rows = {key: asdict(row) for key, row in page.rows.items()}
    return json.dumps({**places, "rows": rows} if rows else places)


def page_of(code: str, text: str) -> PageLayout:
    """The same read again."""
    saved_layout = json.loads(text)
    return PageLayout(
        code,
        Square(**saved_layout["above"]),
        Square(**saved_layout["below"]),
        {key: Square(**box) for key, box in saved_layout["boxes"].items()},
        {key: WrittenRow(**row) for key, row in saved_layout.get("rows", {}).items()},
    )


def questions_of(form: PaperForm) -> tuple[FormQuestion, ...]:
    """The questions of a form on file, with their boxes."""
    return tuple(
        FormQuestion(
            question["key"], question["words"], tuple(FormAnswer(**answer) for answer in question["answers"]), question.get("hint", "")
        )
        for question in json.loads(form.questions)
    )


type _Whom = tuple[str, str, str, frozenset[str]]


def _to_whom(kind: str, subject: str, pupil_id: str, contacts: Iterable[str]) -> _Whom:
    return (kind, subject, pupil_id, frozenset(contacts))


def _still_out(desk: Desk) -> dict[_Whom, list[PaperForm]]:
    """Forms that are waited for, by what they ask of whom; one of which a page waits to be confirmed is not replaced."""
    steps, addressees = store.steps(desk.vault), store.addressees(desk.vault)
    returned_ids = {form_id for form_id, _page in scans.filed(desk.vault)}
    forms_by_addressee: dict[_Whom, list[PaperForm]] = {}
    for form in store.everything(desk.vault):
        if form.id not in returned_ids and is_out(steps.get(form.id, ())):
            addressee_key = _to_whom(
                form.form_kind, form.subject, form.pupil_id, (contact for contact, _name in addressees.get(form.id, ()))
            )
            forms_by_addressee.setdefault(addressee_key, []).append(form)
    return forms_by_addressee
