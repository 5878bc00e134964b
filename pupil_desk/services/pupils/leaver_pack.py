"""Everything that a leaver needs, in one action: the Common Transfer File, the letter to each household, the summary for our own file with
the wishes, the consents that end and how long the record is kept, the receipt that the next school signs and sends back, and the plans that ran.

The transfer file is an export, with its own receipt and its own row in the log. The papers are one locked PDF to print from. What
cannot be made is named, with the reason, and the rest is made all the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import Known, WrongUse
from pupil_desk.basics.text import begun_small, tidy
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import leaver_pack as layout
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.incidents.incident import is_ordinary
from pupil_desk.domain.learning.next_steps import Destination as NextStep
from pupil_desk.domain.learning.next_steps import last_confirmed
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.authority_returns import DELETION, was_returned
from pupil_desk.domain.sharing.recipients import NEXT_SCHOOL
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services import guard
from pupil_desk.services.consents import standings
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.erasure import due_for_erasure
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.ctf import CTF
from pupil_desk.services.exports.ctf.sending import OUTSIDE, UNKNOWN, Destination, school_named_in, sending_rules
from pupil_desk.services.exports.export import Lock
from pupil_desk.services.exports.locking import new_passphrase
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.letters import merging_letters
from pupil_desk.services.pupils import leaver_letter, leaver_plans
from pupil_desk.services.pupils.leaver_plans import LeaverPlans
from pupil_desk.services.roles import Action
from pupil_desk.services.saving import Saving
from pupil_desk.services.sharing import wishes
from pupil_desk.services.unit import clock_doubt
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.rows import several
from pupil_desk.store.tables import enrolments, incidents, pupils, returned
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
    progress(
        1, _STEPS, _("Making the Common Transfer File and the papers")
    )  # the last: once it counts as sent, nothing stops short of its words
    transfer = _transfer_file(desk, pupil, stay, folder, options, left=left)
    files, secrets = (
        list(transfer.files if transfer else ()),
        [(_("Common Transfer File"), transfer.password)] if transfer and transfer.password else [],
    )
    guarded = guard.guard(desk, [pupil.id], "leaver pack", for_family=True)
    password, changed = new_passphrase(Lock.PDF), Changed.of("export", ids=(pupil.id,))
    try:
        plans = leaver_plans.of_leaver(desk, pupil, stay.end_date, _receiver(desk, stay), confirmed=options.confirmed)
        receipt, stamp = _receipt(desk, pupil, stay, transfer, (*plans.names, *options.papers)), guarded.stamp_for(pupil.id)
        documents = [
            *_documents(_summary(desk, pupil, stay, plans), letters, receipt, stamp=stamp),
            *leaver_plans.documents(desk, pupil, plans, stamp=stamp),
        ]
        locked = leaver_plans.locked(desk, _pdf(documents), _("Leaver pack"), plans, password)
        with Saving(folder) as saving:
            saving.keep(f"{pupil.ref}-leaver-{desk.today.isoformat()}", ".pdf", locked)
            changed = _keep(desk, pupil, letters, _told(desk, stay, options), plans)
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


def _documents(summary: layout.Summary, letters: merging_letters.Merge | None, receipt: list[Block], *, stamp: str) -> "Iterator[Document]":
    from pupil_desk.documents.pdf.page import Document

    for paper in letters.papers if letters else ():
        yield from paper.documents(stamp=stamp)
    yield Document(layout.summary_story(summary), _("Leaver: summary for our file"), stamp=stamp)
    yield Document(receipt, _("Receipt for a pupil’s records"), stamp=stamp)


def _pdf(documents: "Sequence[Document]") -> bytes:
    from pupil_desk.documents.pdf.page import build_print_file

    return build_print_file(documents, title=_("Leaver pack"))


def _summary(desk: Desk, pupil: Pupil, stay: Enrolment, plans: LeaverPlans) -> layout.Summary:
    assert stay.end_date is not None
    calendar = law_calendar(desk.vault)
    reaches = bool(calendar.terms) and calendar.terms[0].start <= stay.end_date
    due_day = calendar.school_days_after(stay.end_date, sending_rules().school_days) if reaches else None
    was_told = was_returned(stay, DELETION, returned.everything(desk.vault, DELETION))
    facts = [
        (_("Date of birth"), show_date(pupil.dob)),
        (
            _("At the unit"),
            _("{first} to {last}").format(
                first=show_date(stay.start_date) if stay.start_date else _("not known"), last=show_date(stay.end_date)
            ),
        ),
        (_("Ground"), codelist("deletion_ground").label_of(stay.deletion_ground)),
        (_("Next school"), _next_school(desk, stay)),
        (_("Confirmed destination"), _destination(desk, pupil)),
        (
            _("Common Transfer File due by"),
            show_date(due_day) if due_day else _("15 school days after leaving, for which no confirmed terms are on file"),
        ),
        (_("Return to the authority"), _("made") if was_told else _("not made yet: see Exports, Leavers")),
        (_("Incidents"), _incidents(desk, pupil)),
        *([(_("Plans"), words)] if (words := leaver_plans.words_of(plans)) else []),
    ]
    if desk.settings.keeps_safeguarding:  # said of everybody: not even whether there is one is for all to know
        facts.append(
            (_("Safeguarding file"), _("If there is one, the safeguarding lead sends it on to the lead there, apart from this pack."))
        )
    return layout.Summary(
        pupil=_("{name}, {ref}").format(name=pupil.legal_name, ref=pupil.ref),
        stay=facts,
        wishes=[*_wishes(desk, pupil)],
        consents=_consents(desk, pupil, stay),
        retention=_kept_items(desk, pupil),
        imprint=_("Made on {day} by {user}.").format(day=show_date(desk.today), user=desk.user.name),
    )


def _incidents(desk: Desk, pupil: Pupil) -> str:
    """How many are on file, and that no file of the pack has them.

    What a school holds of a pupil is the educational record (SI 2005/1437, regulation 3), which goes to the next school (regulation 9); a restrictive
    intervention is part of the child’s file (toolkit of IRMS). Sure: medium.
    """
    cases = [case for case in incidents.of_pupil(desk.vault, pupil.id) if not case.struck and not is_ordinary(case.now.kind)]
    if not cases:
        return _("none on file")
    number = count_of(len(cases), _("incident"), _("incidents"))
    restrictive = count_of(sum(case.now.restrictive for case in cases), _("restrictive intervention"), _("restrictive interventions"))
    words = _(
        "{number}, {restrictive}. They belong to the record that goes on, and no file of this pack has them. A copy made under Requests has them without the names of other pupils: put it in, and name it among what goes along."
    )
    return words.format(number=number, restrictive=restrictive)


def _next_school(desk: Desk, stay: Enrolment) -> str:
    school, day = _receiver(desk, stay), stay.next_school_start
    return _("{school}, from {day}").format(school=school, day=show_date(day)) if school and stay.next_school and day else school


def _destination(desk: Desk, pupil: Pupil) -> str:
    """The latest destination that was confirmed, by which the transfer file knows whether there is a school to send it to."""
    destination = last_confirmed(several.of_pupil(desk.vault, NextStep, pupil.id))
    return (
        ", ".join(filter(None, (destination.provider, begun_small(codelist("activity").label_of(destination.activity)))))
        if destination
        else ""
    )


def _receiver(desk: Desk, stay: Enrolment) -> str:
    return school_named(school_named_in(stay), desk.settings.told_schools)


def _wishes(desk: Desk, pupil: Pupil) -> Iterator[tuple[str, str]]:
    """The last word of each person about each recipient; those that count no more are marked so."""
    for name, wish in wishes.wishes_of(desk, pupil.id).items():
        choices = [giver.said for giver in wish.givers if giver.said is not None] + list(wish.strangers)
        words = [_choice_words(choice.choice, choice.giver, choice.by, show_date(choice.on)) for choice in choices]
        words += [
            _("{words} (counts no more)").format(words=_choice_words(choice.choice, choice.giver, choice.by, show_date(choice.on)))
            for choice in wish.inactive
        ]
        none = _("Asked, no reply") if any(giver.asked for giver in wish.givers) else _("Nothing was said")
        yield (codelist("choice_recipient").label_of(name), "\n".join(words) or none)


def _choice_words(choice: str, giver: str | None, capacity: str, day: str) -> str:
    person = giver or codelist("capacity").label_of(capacity)
    return _("{choice}: {who}, {day}").format(choice=codelist("choice").label_of(choice), who=person, day=day)


def _consents(desk: Desk, pupil: Pupil, stay: Enrolment) -> list[tuple[str, str]]:
    in_force = [standing for standing in standings.of_pupil(desk, pupil.id, stay.end_date) if standing.verdict.in_force]
    return [(standing.title, _("yes, until the pupil left")) for standing in in_force]


def _kept_items(desk: Desk, pupil: Pupil) -> list[tuple[str, str]]:
    kept_items = [held_item for held_item in due_for_erasure.held_items(desk, [pupil.id]) if held_item.part in due_for_erasure.OF_PUPIL]
    days = [
        (
            held_item.retention_class.label,
            _("until {day}").format(day=show_date(held_item.due)) if held_item.due else held_item.retention_class.running,
        )
        for held_item in kept_items
    ]
    sooner = _(
        "The last school keeps the record. With the signed receipt on file, ours may be proposed for erasure earlier; each entry of the registers stays {least}."
    )
    return [*days, (_("Sooner"), sooner.format(least=desk.schedule.register_law))]


def _receipt(desk: Desk, pupil: Pupil, stay: Enrolment, transfer: ExportMade | None, papers: Sequence[str]) -> list[Block]:
    settings = desk.settings
    back = (*settings.name_and_address, *filter(None, (settings.email, settings.phone)))
    arrives = transfer is not None and not {Destination(code).words for code in (UNKNOWN, OUTSIDE)}.intersection(transfer.recipients)
    files = [_transferred(desk, pupil, transfer)] if transfer and arrives else []
    facts = [
        (_("Pupil"), pupil.legal_name),
        (_("UPN"), pupil.upn or ""),
        (_("Left us on"), show_date(stay.end_date) if stay.end_date else ""),
        (_("Our reference"), pupil.ref),
    ]
    return layout.receipt_story(layout.OnwardReceipt(_receiver(desk, stay), facts, [*files, *papers], back))


def _transferred(desk: Desk, pupil: Pupil, transfer: ExportMade) -> str:
    """The transfer file by its name, and the categories of data that stand in it, by the log of what was told."""
    disclosure = next(row for row in told_rows.of_pupil(desk.vault, pupil.id) if row["what"] == CTF.name)
    items = every_item()
    categories = dict.fromkeys(items[field].facts.category.value for field in disclosure["fields"].split(", ") if field in items)
    return _("Common Transfer File: {name}. In it: {categories}").format(
        name=", ".join(transfer.names), categories=join_words(list(categories))
    )


def _keep(desk: Desk, pupil: Pupil, letters: merging_letters.Merge | None, receipt: disclosures.Disclosure, plans: LeaverPlans) -> Changed:
    """Log it, the letters as those that were printed, and what the next school is told by the receipt and by what goes with it."""
    if letters is not None:
        merging_letters.record_printed(desk, letters)
    with desk.act(Action.EXPORT, "pupil", pupil.id, "leaver pack made") as work:
        if plans.goes:
            work.note(Action.READ_RECORD, "pupil", pupil.id, "plan printed")
        disclosures.keep(work, disclosures.Way.PRINT, [receipt, *leaver_plans.told(plans, receipt)])
    return Changed.of("pupil", "letter", "export", ids=(pupil.id,))


def _told(desk: Desk, stay: Enrolment, options: LeaverPackOptions) -> disclosures.Disclosure:
    of_receipt = ("pupil.surname", "pupil.forename", "pupil.upn", "enrolment.end_date")
    return disclosures.Disclosure(
        pupil_id=stay.pupil_id,
        what=_("Receipt for a pupil’s records"),
        to=NEXT_SCHOOL,
        recipient=_receiver(desk, stay) or _("The next school"),
        law=_("Education (Pupil Information) (England) Regulations 2005, regulation 9"),
        purpose=options.reason,
        fields=", ".join((*of_receipt, *options.papers)),
        reason=_("To be signed when the records have arrived."),
    )
