"""Everything that a leaver needs, in one action: the Common Transfer File, the letter to each household, the summary for our own file with
the wishes, the consents that end and how long the record is kept, the receipt that the next school signs and sends back, where there is one, and the plans that ran.

The transfer file is an export, with its own receipt and its own row in the log. The papers are one locked PDF to print from. What
cannot be made is named, with the reason, and the rest is made all the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import Known, WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import leaver_pack as layout
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.sending import OUTSIDE, UNKNOWN, Destination, TransferRouting
from pupil_desk.domain.sharing.recipients import NEXT_SCHOOL
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services import guard
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.ctf import CTF
from pupil_desk.services.exports.export import Lock
from pupil_desk.services.exports.locking import new_passphrase
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.letters import merging_letters
from pupil_desk.services.pupils import leaver_letter, leaver_plans, leaver_summary
from pupil_desk.services.pupils.leaver_plans import LeaverPlans
from pupil_desk.services.roles import Action
from pupil_desk.services.saving import Saving
from pupil_desk.services.unit import clock_doubt
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.tables import enrolments, pupils
from pupil_desk.store.tables import told as told_rows

if TYPE_CHECKING:
    from pupil_desk.documents.pdf.page import Document

_STEPS = 2
_COMMA = re.compile(r"[,;]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaverPackOptions:
    """How a pack is to be made. ``next_step`` is what the letter says comes next; without it there is no letter.

    ``papers`` are the other things that are put into the packet for the next school, by hand. ``confirmed``: a data officer has confirmed a protected pupil by name. ``plain``: the transfer file is not locked, for the upload.
    """

    reason: str
    next_step: str = ""
    papers: tuple[str, ...] = ()
    confirmed: bool = False
    plain: bool = False


def listed_papers(text: str) -> tuple[str, ...]:
    """What a person typed as one line, as the names of the papers, which commas or semicolons part."""
    return tuple(name for part in _COMMA.split(text) if (name := tidy(part)))


@dataclass(frozen=True, slots=True)
class LeaverPackMade:
    """What was made: its files, the password of each of them (kept nowhere), in sentences what was left out, and the export of the transfer file."""

    files: tuple[FileMade, ...]
    secrets: tuple[tuple[str, str], ...] = field(repr=False)
    left: tuple[str, ...] = ()
    changed: Changed = field(default_factory=Changed.of)
    transfer_id: str = ""


def can_make(desk: Desk, stay: Enrolment | None) -> bool:
    """Whether there is a pack for a stay, for the person at the desk: it has a leaving day."""
    return stay is not None and stay.end_date is not None and desk.may(Action.EXPORT)


def make_pack(
    desk: Desk, pupil_id: str, stay_id: str, folder: Path, options: LeaverPackOptions, *, progress: Progress = unwatched
) -> LeaverPackMade:
    """Make the pack of a leaver in a folder.

    If the papers cannot be made, a transfer file that was made before them stays with its receipt and its words, and the pack says so;
    without one that is raised (CannotWrite, CannotPrint). Raises NotAllowed, WrongUse (no such stay, or no leaving day).
    """
    desk.require(Action.EXPORT, "pupil", pupil_id)
    clock_doubt.require_possible_year(desk)
    clock_doubt.require_no_doubt(desk)
    pupil, stay = pupils.get(desk.vault, pupil_id), _stay(desk, pupil_id, stay_id)
    if pupil is None or stay is None or stay.end_date is None:
        raise WrongUse(_("A pack is made for a stay with a leaving day. Enter the day first, and save it."))
    left: list[str] = []
    progress(0, _STEPS, _("Making the letters"))
    letters = _letters(desk, pupil, options, left)
    # The last: once it counts as sent, nothing stops short of its words.
    progress(1, _STEPS, _("Making the Common Transfer File and the papers"))
    transfer = _transfer_file(desk, pupil, stay, folder, options, left=left)
    files, secrets = (
        list(transfer.files if transfer else ()),
        [(_("Common Transfer File"), transfer.password)] if transfer and transfer.password else [],
    )
    guarded = guard.guard(desk, [pupil.id], "leaver pack", for_family=True)
    password, changed = new_passphrase(Lock.PDF), Changed.of("export", ids=(pupil.id,))
    try:
        receiver = _receiver(desk, pupil, stay)
        plans = leaver_plans.of_leaver(desk, pupil, stay.end_date, receiver, confirmed=options.confirmed)
        summary = leaver_summary.summary(desk, pupil, stay, plans, receiver, is_transferred=transfer is not None)
        stamp, receipt, told = guarded.stamp_for(pupil.id), None, None
        if receiver is not None:
            papers = (*_transferred(desk, pupil, transfer), *plans.names, *options.papers)
            receipt, told = _receipt(desk, pupil, stay, receiver, papers), _told(stay, receiver, options)
        else:
            left.append(_("No receipt: {why}.").format(why=leaver_plans.NO_SCHOOL))
        documents = [*_documents(summary, letters, receipt, stamp=stamp), *leaver_plans.documents(plans, stamp=stamp)]
        locked = leaver_plans.locked(desk, _pdf(documents), _("Leaver pack"), plans, password)
        with Saving(folder) as saving:
            saving.keep(f"{pupil.ref}-leaver-{desk.today.isoformat()}", ".pdf", locked)
            changed = _keep(desk, pupil, letters, told, plans)
        files += saving.files
        secrets.insert(0, (_("Papers"), password))
        left += filter(None, [leaver_plans.lack_of(plans)])
        guard.confirmed(desk, guarded)
    except Known as error:
        if transfer is None:
            raise
        left.append(_("No papers: {why} The Common Transfer File was made, and counts as sent.").format(why=error))
    return LeaverPackMade(tuple(files), tuple(secrets), tuple(left), changed, transfer.export_id if transfer else "")


def _stay(desk: Desk, pupil_id: str, stay_id: str) -> Enrolment | None:
    return next((stay for stay in enrolments.of_pupil(desk.vault, pupil_id) if stay.id == stay_id), None)


def _letters(desk: Desk, pupil: Pupil, options: LeaverPackOptions, left: list[str]) -> merging_letters.Merge | None:
    """The letter about the end of the placement, to whoever can have one."""
    letters, lacks = leaver_letter.merged(desk, pupil, options.next_step)
    left += [lack.words for lack in lacks]
    return letters if letters is not None and letters.papers else None


def _transfer_file(
    desk: Desk, pupil: Pupil, stay: Enrolment, folder: Path, options: LeaverPackOptions, *, left: list[str]
) -> ExportMade | None:
    """Before the leaving day none: it would be a copy of somebody still registered, without the day."""
    if stay.end_date is not None and stay.end_date > desk.today:
        left.append(
            _("No Common Transfer File: the leaving day has not come. Make it on {day} or after.").format(day=show_date(stay.end_date))
        )
        return None
    confirm = frozenset({pupil.id}) if options.confirmed else frozenset()
    order = ExportOrder(reason=options.reason, plain=options.plain, pupils=frozenset({pupil.id}), confirm=confirm)
    export = run_export(desk, CTF.name, folder, order)
    left += [_("No Common Transfer File: {why}").format(why=reason) for _pupil, reason in export.left_out]
    left += export.unsent
    return export if export.files and export.rows else None


def _documents(
    summary: layout.Summary, letters: merging_letters.Merge | None, receipt: list[Block] | None, *, stamp: str
) -> "Iterator[Document]":
    from pupil_desk.documents.pdf.page import Document

    for paper in letters.papers if letters else ():
        yield from paper.documents(stamp=stamp)
    yield Document(layout.summary_story(summary), _("Leaver: summary for our file"), stamp=stamp)
    if receipt is not None:
        yield Document(receipt, _("Receipt for a pupil’s records"), stamp=stamp)


def _pdf(documents: "Sequence[Document]") -> bytes:
    from pupil_desk.documents.pdf.page import build_print_file

    return build_print_file(documents, title=_("Leaver pack"), two_sided=False)


def _receiver(desk: Desk, pupil: Pupil, stay: Enrolment) -> str | None:
    """The school that the papers go to, as it is called; «» where none is known, None where there is none."""
    step = leaver_summary.confirmed_step(desk, pupil)
    sending = TransferRouting(desk.settings.dfe_number, desk.today, school_calendar(desk.vault))
    told = sending.school_told(stay, step.activity if step is not None else "")
    return None if told is None else school_named(told, desk.settings.told_schools)


def _receipt(desk: Desk, pupil: Pupil, stay: Enrolment, receiver: str, papers: Sequence[str]) -> list[Block]:
    settings = desk.settings
    back = (*settings.name_and_address, *filter(None, (settings.email, settings.phone)))
    facts = [
        (_("Pupil"), pupil.legal_name),
        (_("UPN"), pupil.upn or ""),
        (_("Left us on"), show_date(stay.end_date) if stay.end_date else ""),
        (_("Our reference"), pupil.ref),
    ]
    return layout.receipt_story(layout.OnwardReceipt(receiver, facts, papers, back))


def _transferred(desk: Desk, pupil: Pupil, transfer: ExportMade | None) -> Iterator[str]:
    """The transfer file, where it goes to the next school: its name, and the categories of data that stand in it, by the log of what was told."""
    if transfer is None or {Destination(code).words for code in (UNKNOWN, OUTSIDE)}.intersection(transfer.recipients):
        return
    disclosure = next(row for row in told_rows.of_pupil(desk.vault, pupil.id) if row["what"] == CTF.name)
    items = every_item()
    categories = dict.fromkeys(items[field].facts.category.value for field in disclosure["fields"].split(", ") if field in items)
    words = _("Common Transfer File: {name}. In it: {categories}")
    yield words.format(name=", ".join(transfer.names), categories=join_words(list(categories)))


def _keep(
    desk: Desk, pupil: Pupil, letters: merging_letters.Merge | None, told: disclosures.Disclosure | None, plans: LeaverPlans
) -> Changed:
    """Log it, the letters as those that were printed, and what the next school, where there is one, is told by the receipt and by what goes with it."""
    if letters is not None:
        merging_letters.record_printed(desk, letters)
    with desk.act(Action.EXPORT, "pupil", pupil.id, "leaver pack made") as work:
        if plans.going:
            work.note(Action.READ_RECORD, "pupil", pupil.id, "plan made")
        if told is not None:
            disclosures.keep(work, disclosures.Way.PRINT, [told, *leaver_plans.told(plans, told)])
    return Changed.of("pupil", "letter", "export", ids=(pupil.id,))


def _told(stay: Enrolment, receiver: str, options: LeaverPackOptions) -> disclosures.Disclosure:
    of_receipt = ("pupil.surname", "pupil.forename", "pupil.upn", "enrolment.end_date")
    return disclosures.Disclosure(
        pupil_id=stay.pupil_id,
        what=_("Receipt for a pupil’s records"),
        to=NEXT_SCHOOL,
        recipient=receiver or _("The next school"),
        law=_("Education (Pupil Information) (England) Regulations 2005, regulation 9"),
        purpose=options.reason,
        fields=", ".join((*of_receipt, *options.papers)),
        reason=_("To be signed when the records have arrived."),
    )
