"""Papers for families as one file to look at and to print, made in memory. No widget is touched here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.services import households
from pupil_desk.services.desk import Desk, Progress
from pupil_desk.services.guard import NOBODY, Guard, confirmed, guard
from pupil_desk.services.households import LeftOut
from pupil_desk.services.notices import notice_slips, notices
from pupil_desk.services.notices.notice_papers import AS_USUAL, PDF, Version, in_print_file
from pupil_desk.services.office_sheet import with_office_sheet
from pupil_desk.services.paper_forms import printing, sharing_choice
from pupil_desk.services.paper_forms.printing import NumberedForm
from pupil_desk.services.saving import Saving, save_notices
from pupil_desk.ui.kit.papers.coded_forms import none_for
from pupil_desk.ui.pages.notices.model import LetterId, id_of


@dataclass(frozen=True, slots=True)
class Enclosures:
    """What goes with a notice: its language and layout, whether the pupil's own side, a slip to say that it came, the reply form about sharing."""

    version: Version = AS_USUAL
    pupil_side: bool = True
    with_slips: bool = False
    with_forms: bool = False


@dataclass(frozen=True, slots=True)
class NoticeSheets:
    """A print file, whose notices are in it, the slips that go with them, and the reply forms."""

    data: bytes
    letters: tuple[Letter, ...] = ()
    slips: tuple[NumberedForm, ...] = ()
    forms: tuple[NumberedForm, ...] = ()
    guard: Guard = NOBODY
    left_out: tuple[LeftOut, ...] = ()


def forms_with(desk: Desk, letters: Sequence[Letter]) -> dict[LetterId, NumberedForm]:
    """The reply forms that go with letters, by letter: from 16 only the pupil's own letter has one."""
    letter_ids = {id_of(letter) for letter in letters}
    batch = printing.make_forms(desk, sharing_choice.KIND.name, list({letter.pupil.id: letter.pupil for letter in letters}.values()))
    return {place: form for form in batch.forms if (place := id_of(form.form.letter)) in letter_ids}


def notice_sheets(desk: Desk, letters: Sequence[Letter], *, besides: Enclosures, progress: Progress) -> NoticeSheets:
    """The notices for letters, each followed by its slip and its reply form if asked for. Raises CannotPrint, WrongUse."""
    from pupil_desk.documents.pdf.page import Document, build_print_file

    progress(0, len(letters), _("Making the notices"))
    letters, left_out = _that_print(letters)
    slips = notice_slips.slips_for(desk, letters, besides.version) if besides.with_slips else {}
    reply = forms_with(desk, letters) if besides.with_forms else {}
    papers, pupil_guard = list[tuple[str, Document]](), guard(desk, {letter.pupil.id for letter in letters}, "notice", for_family=True)
    for number, paper in enumerate(
        notices.papers(desk, letters, besides.version, {letter: slip.page for letter, slip in slips.items()}, pupil_side=besides.pupil_side)
    ):
        progress(number, len(letters), _("Making the notices"))
        papers += [(paper.letter.pupil.id, document) for document in in_print_file(paper.sheet)]
        form = reply.get(id_of(paper.letter))
        if form is not None:
            pupil_id = form.form.pupil.id
            papers.append((pupil_id, Document([form.page], form.form.title, stamp=pupil_guard.stamp_for(pupil_id))))
    data = build_print_file(with_office_sheet(papers, pupil_guard), title=_("Privacy notices"))
    return NoticeSheets(data, tuple(letters), tuple(slips.values()), tuple(reply.values()), pupil_guard, left_out=tuple(left_out))


def _that_print(letters: Sequence[Letter]) -> tuple[list[Letter], list[LeftOut]]:
    """Those that can be printed, and who is left out. Raises Known where none can."""
    printable_letters, left_out = households.sorted_out(letters)
    if left_out and not printable_letters:
        raise Known(_("Nothing here can be printed. No notice for: {who}.").format(who=none_for(left_out)))
    return printable_letters, left_out


def save_papers(
    desk: Desk, letters: Sequence[Letter], folder: Path, *, form: str, besides: Enclosures, progress: Progress
) -> tuple[Saving, Changed, list[LeftOut]]:
    """Write notices as files of their own, whole or not at all; a PDF with its slip and its reply form if asked for, and log them.

    Who cannot be printed is left out of PDF files, and told. Raises Known.
    """
    letters, left_out = _that_print(letters) if form == PDF else (list(letters), [])
    with Saving(folder) as saving:
        replies = list(forms_with(desk, letters).values()) if besides.with_forms and form == PDF else []
        pupil_guard = printing.guard_of(desk, replies)
        for reply in replies:
            saving.keep(reply.form.file_stem, ".pdf", printing.own_file(reply, pupil_guard))
        slips = notice_slips.slips_for(desk, letters, besides.version) if besides.with_slips and form == PDF else {}
        saved = save_notices(saving, desk, letters, form, progress, version=besides.version, slips=slips, pupil_side=besides.pupil_side)
        changed = saved[1] | printing.record_printed(desk, replies)
    return saving, changed, left_out


def give(
    desk: Desk, letters: Sequence[Letter], channel: str, day: date, *, besides: Enclosures, folder: Path | None, progress: Progress
) -> tuple[Changed, int, list[LeftOut]]:
    """Record that notices were given, and keep their bytes; with a folder they are written there first, whole or not at all.

    What was printed earlier is kept with the very slip that went with it. Returns what changed, how many files were written, and whose could
    not be, who are then not recorded. Raises WrongUse, CannotWrite, Known.
    """
    version = besides.version
    if folder is None:
        earlier_slips = notice_slips.on_file(desk, letters, version) if besides.with_slips else {}
        return (
            notices.issue(
                desk, letters, channel, day, version=version, progress=progress, slips=earlier_slips, pupil_side=besides.pupil_side
            ),
            0,
            [],
        )
    letters, left_out = _that_print(letters)
    with Saving(folder) as saving:
        slips = notice_slips.slips_for(desk, letters, version) if besides.with_slips else {}
        copies, saved = save_notices(saving, desk, letters, PDF, progress, version=version, slips=slips, pupil_side=besides.pupil_side)
        issued = notices.issue(desk, letters, channel, day, version=version, copies=copies)
        return saved | issued, len(saving.files), left_out


def form_sheets(desk: Desk, progress: Progress) -> NoticeSheets:
    """The reply forms of everyone who has not been asked. Raises Known when there is none, CannotPrint."""
    name = sharing_choice.KIND.name
    batch = printing.make_forms(desk, name, printing.unanswered(desk, name), progress=progress)
    forms, left_out = batch.forms, tuple(left for left in batch.left_out if left.unprintable)
    if not forms and left_out:
        raise Known(_("No form can be printed: {who}.").format(who=none_for(left_out)))
    if not forms:
        raise Known(_("There is no reply form to make: everybody on roll who can be asked has answered."))
    pupil_guard = printing.guard_of(desk, forms)
    return NoticeSheets(printing.print_file(forms, pupil_guard), forms=forms, guard=pupil_guard, left_out=left_out)


def log_printed(desk: Desk, sheets: NoticeSheets) -> Changed:
    """Log what went to the printer; the slips and forms in it are on file, and can come back."""
    confirmed(desk, sheets.guard)
    return notice_slips.log_printed(desk, sheets.letters, sheets.slips) | printing.record_printed(desk, sheets.forms)
