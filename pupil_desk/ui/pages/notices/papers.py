"""Papers for families as one file to look at and to print, made in memory. No widget is touched here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notice import Letter
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services import forms, notices
from pupil_desk.services.desk import Desk
from pupil_desk.services.forms import FormPaper
from pupil_desk.services.notice_papers import AS_USUAL, PDF, Version, in_print_file
from pupil_desk.services.saving import Saving, save_notices
from pupil_desk.ui.pages.notices.model import id_of

type Step = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Sheets:
    """A print file, whose notices are in it, and the pupils whose reply forms are."""

    data: bytes
    letters: tuple[Letter, ...]
    asked: tuple[Pupil, ...]


def forms_with(desk: Desk, letters: Iterable[Letter]) -> dict[tuple[str, ...], FormPaper]:
    """The reply forms that go with letters, by letter: from 16 only the pupil's own letter has one."""
    pupils = {letter.pupil.id: letter.pupil for letter in letters}
    return {id_of(form.letter): form for form in forms.sharing_forms(desk, pupils.values())}


def notice_sheets(desk: Desk, letters: Sequence[Letter], *, with_forms: bool, step: Step, version: Version = AS_USUAL) -> Sheets:
    """The notices for letters, each followed by its reply form if asked for. Raises CannotPrint, WrongUse."""
    from pupil_desk.documents.page import Document, build_print_file

    step(0, len(letters), _("Making the notices"))
    reply = forms_with(desk, letters) if with_forms else {}
    documents, asked = [], []
    for number, paper in enumerate(notices.papers(desk, letters, version)):
        step(number, len(letters), _("Making the notices"))
        documents += in_print_file(paper.sheet)
        form = reply.get(id_of(paper.letter))
        if form is not None:
            documents.append(Document(form.story, form.title))
            asked.append(form.pupil)
    data = build_print_file(documents, title=_("Privacy notices"))
    return Sheets(data, tuple(letters), tuple(asked))


def save_papers(
    desk: Desk, letters: Sequence[Letter], folder: Path, *, form: str, with_forms: bool, version: Version, step: Step
) -> Saving:
    """Write notices as files of their own, whole or not at all; a PDF with its reply form if asked for, and log both. Raises Known."""
    from pupil_desk.documents.page import build_pdf

    with Saving(folder) as saving:
        wanted = set(letters)
        replies = [paper for paper in forms_with(desk, letters).values() if paper.letter in wanted] if with_forms else []
        for paper in replies:
            saving.keep(paper.file_stem, ".pdf", build_pdf(paper.story, title=paper.title))
        save_notices(saving, desk, letters, form, step, version)
        if replies:
            forms.printed(desk, [paper.pupil for paper in replies], letters=[paper.letter for paper in replies])
    return saving


def give(
    desk: Desk, letters: Sequence[Letter], channel: str, day: date, *, version: Version, folder: Path | None, step: Step
) -> tuple[Changed, int]:
    """Record that notices were given, and keep their bytes; with a folder they are written there first, whole or not at all.

    Returns what changed, and how many files were written. Raises WrongUse, CannotWrite, CannotPrint.
    """
    if folder is None:
        return notices.issue(desk, letters, channel, day, version=version, progress=step), 0
    with Saving(folder) as saving:
        copies = save_notices(saving, desk, letters, PDF, step, version)
        return notices.issue(desk, letters, channel, day, version=version, copies=copies), len(saving.files)


def form_sheets(desk: Desk, step: Step) -> Sheets:
    """The reply forms of everyone who has not been asked. Raises Known when there is none, CannotPrint."""
    from pupil_desk.documents.page import Document, build_print_file

    pupils = forms.all_unasked(desk)
    step(0, len(pupils), _("Making the reply forms"))
    made = list(forms.sharing_forms(desk, pupils))
    if not made:
        raise Known(_("There is no reply form to make: everybody on roll who can be asked has answered."))
    data = build_print_file([Document(form.story, form.title) for form in made], title=_("Reply forms"))
    return Sheets(data, (), tuple({form.pupil.id: form.pupil for form in made}.values()))


def log_printed(desk: Desk, sheets: Sheets) -> None:
    """Log what went to the printer."""
    notices.printed(desk, sheets.letters)
    forms.printed(desk, sheets.asked)
