"""notice, form, statement, read-forms: papers for families, and what came back."""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.cli.call import Call
from pupil_desk.cli.looking import left_out_entry
from pupil_desk.cli.protected import refs, tell_protected
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.domain.notices.addressees import ENGLISH, STANDARD, Edition, Letter
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import households
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import statements
from pupil_desk.services.disclosures.told import Days
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.households import LeftOut
from pupil_desk.services.many.slips import DATA_CHECK
from pupil_desk.services.notices import notice_copies, notice_slips, notices
from pupil_desk.services.notices.notice_papers import PDF, Version, prose_for
from pupil_desk.services.paper_forms import kinds, out, printing, reading, waiting
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.pupils import stays
from pupil_desk.services.pupils.pupils import by_number
from pupil_desk.services.saving import Saving, save_notices, save_numbered, save_slips, save_statements


@dataclasses.dataclass(frozen=True, slots=True)
class _ToWrite:
    """The letters to write, and everyone who gets none: pupil and reason."""

    letters: Sequence[Letter]
    omitted: list[tuple[Pupil, str]]
    unprintable: bool = False


def notice(call: Call) -> int:
    """Write the notices; with ``--issue`` record that they were given. 1 if a pupil asked for by name gets none at all."""
    args = call.args
    if args.tables:
        return _tables(call)
    if args.channel and not args.issue:
        raise WrongUse(_("--channel says how a notice was given: add --issue, or leave it out."))
    with signed_in(call) as desk:
        if args.issue:
            notices.day_given(desk, args.on)  # refused before anything is written or logged
        version = Version(args.language, args.variant)
        if args.slip and (args.format != PDF or not version.is_whole):
            raise WrongUse(_("A slip goes with the whole notice as PDF. Leave out --slip."))
        prose_for(desk, version)  # refused before anything is written, where it cannot be given so
        to_write = _of_pupils(desk, call) if args.pupils else _of_everyone(desk, call)
        to_write = _that_print(to_write) if args.format == PDF else to_write
        edition, missing = notices.current_edition(desk), notices.missing_details(desk)
        with Saving(args.to) as saving:
            slips = notice_slips.slips_for(desk, to_write.letters, version) if args.slip else {}
            copies, _changed = save_notices(
                saving,
                desk,
                to_write.letters,
                args.format,
                call.speaker.progress,
                version=version,
                slips=slips,
                pupil_side=not args.no_pupil_side,
            )
            if args.issue:
                notices.issue(desk, to_write.letters, args.channel or "by-hand", args.on, version=version, copies=copies)
        paper_guard = guard(desk, {letter.pupil.id for letter in to_write.letters}, "notice", for_family=True)
    tell_protected(call, paper_guard)
    if missing:
        call.speaker.aside(
            _("Neutral words stand for details of the unit that are not entered yet: {details}.").format(details=join_words(missing))
        )
    document = {
        "files": [dataclasses.asdict(file) for file in saving.files],
        "edition": _for_machines(edition),
        "issued": args.issue,
        "left_out": [left_out_entry(pupil, reason) for pupil, reason in to_write.omitted],
        "missing_details": list(missing),
        "protected": refs(paper_guard),
    }
    count = count_of(len(saving.files), _("notice"), _("notices"))
    sentence = _("{count} written and recorded as given, edition {edition}.") if args.issue else _("{count} written, edition {edition}.")
    call.speaker.result(document, *_names(saving), *_left_out(to_write.omitted), sentence.format(count=count, edition=edition.name))
    return _status(call, {letter.pupil.id for letter in to_write.letters}, to_write.omitted, in_part=to_write.unprintable)


def _tables(call: Call) -> int:
    """Write the tables of the current edition, addressed to nobody."""
    args = call.args
    if args.issue or args.channel or args.slip or args.language != ENGLISH or args.variant != STANDARD:
        raise WrongUse(
            _(
                "The tables alone are given to nobody, and are in English as usual. Leave out --issue, --channel, --slip, --language and --variant."
            )
        )
    with signed_in(call) as desk:
        edition = notices.current_edition(desk)
        with Saving(args.to) as saving:
            saving.keep("privacy-notice-tables", f".{args.format}", notice_copies.tables_file(desk, edition, args.format))
            notice_copies.tables_printed(desk, edition)
    document = {"files": [dataclasses.asdict(file) for file in saving.files], "edition": _for_machines(edition), "issued": False}
    call.speaker.result(document, *_names(saving), _("The tables written, edition {edition}.").format(edition=edition.name))
    return 0


def _that_print(to_write: _ToWrite) -> _ToWrite:
    """Those that can be printed; whose name or address has a letter that no font has is left out, and stops nobody else."""
    letters, left_out = households.sorted_out(to_write.letters)
    return _ToWrite(letters, to_write.omitted + [(left.pupil, _reason(left)) for left in left_out], unprintable=bool(left_out))


def _reason(left: LeftOut) -> str:
    return f"{left.name}: {left.reason}" if left.name else left.reason


def _of_pupils(desk: Desk, call: Call) -> _ToWrite:
    letters: list[Letter] = []
    omitted: list[tuple[Pupil, str]] = []
    for pupil in _named_pupils(desk, call):
        pupil_letters = notices.letters_of(desk, pupil.id, call.day)
        letters += pupil_letters.letters
        omitted += [(pupil, f"{contact.full_name}: {reason}") for contact, reason in pupil_letters.left_out]
        if pupil_letters.nobody:
            omitted.append((pupil, _("nobody to give it to")))
    return _ToWrite(letters, omitted)


def _of_everyone(desk: Desk, call: Call) -> _ToWrite:
    selection = notices.notices_due(desk, call.day) if call.args.due else notices.letters_of_everyone(desk, call.day)
    omitted = [(pupil, f"{name}: {reason}") for pupil, name, reason in selection.left_out]
    return _ToWrite(selection.letters, omitted + [(pupil, _("nobody to give it to")) for pupil in selection.without_addressee])


def form(call: Call) -> int:
    """Write the forms; 1 if there is nobody to ask of a pupil who was named."""
    args = call.args
    with signed_in(call) as desk:
        if args.form == DATA_CHECK:
            return _data_checks(call, desk)
        kinds.form_named(desk, args.form)
        pupils = _named_pupils(desk, call) if args.pupils else printing.unanswered(desk, args.form, call.day)
        forms_made = printing.make_forms(desk, args.form, pupils, call.day, variant=Variant(args.variant), progress=call.speaker.progress)
        with Saving(args.to) as saving:
            save_numbered(saving, desk, forms_made.forms, call.speaker.progress)
        paper_guard = guard(desk, {paper.form.pupil.id for paper in forms_made.forms}, "form", for_family=True)
    omitted = [(left.pupil, _reason(left)) for left in forms_made.left_out]
    languages = Counter(paper.form.language for paper in forms_made.forms if paper.form.leaf)
    in_english = [left_out_entry(left.pupil, left.reason) for left in forms_made.in_english]
    _say_written(call, saving, omitted, paper_guard, languages={"languages": dict(sorted(languages.items())), "in_english": in_english})
    return _status(
        call, {paper.form.pupil.id for paper in forms_made.forms}, omitted, in_part=any(left.unprintable for left in forms_made.left_out)
    )


def _data_checks(call: Call, desk: Desk) -> int:
    """The slips that ask whether what is held is right: of everyone on roll, unless pupils are named."""
    args = call.args
    if args.variant != Variant.STANDARD:
        raise WrongUse(_("The data-check slip has no variants. Leave out --variant."))
    pupils = _named_pupils(desk, call) if args.pupils else [row.pupil for row in stays.roll(desk, call.day)]
    with Saving(args.to) as saving:
        left_out = save_slips(saving, desk, pupils, call.day, call.speaker.progress)
    served = {pupil.id for pupil in pupils} - {left.pupil.id for left in left_out}
    paper_guard = guard(desk, served, "form", for_family=True)
    omitted = [(left.pupil, _reason(left)) for left in left_out]
    _say_written(call, saving, omitted, paper_guard)
    return _status(call, served, omitted, in_part=any(left.unprintable for left in left_out))


def _say_written(
    call: Call,
    saving: Saving,
    omitted: Sequence[tuple[Pupil, str]],
    paper_guard: Guard,
    *,
    languages: Mapping[str, object] = MappingProxyType({}),
) -> None:
    tell_protected(call, paper_guard)
    document = {
        "files": [dataclasses.asdict(file) for file in saving.files],
        "left_out": [left_out_entry(pupil, reason) for pupil, reason in omitted],
        "protected": refs(paper_guard),
        **languages,
    }
    count = count_of(len(saving.files), _("form"), _("forms"))
    call.speaker.result(document, *_names(saving), *_left_out(omitted, _("No form for:")), _("{count} written.").format(count=count))


def statement(call: Call) -> int:
    """Write who was told what of each pupil in some days; what is left out is told on standard error. 1 if somebody’s name cannot be printed."""
    args = call.args
    with signed_in(call) as desk:
        pupils = _named_pupils(desk, call)
        papers, left_out = statements.statements(
            desk, [pupil.id for pupil in pupils], Days(args.since, args.until), progress=call.speaker.progress
        )
        with Saving(args.to) as saving:
            save_statements(saving, desk, papers)
        paper_guard = guard(desk, {paper.pupil.id for paper in papers}, "statement", for_family=True)
    tell_protected(call, paper_guard)
    if left := statements.not_told(papers):
        call.speaker.aside(left)
    lines = sum(paper.found.rows for paper in papers)
    summary = _("{count} written, of {lines} of the log.").format(
        count=count_of(len(saving.files), _("statement"), _("statements")), lines=count_of(lines, _("line"), _("lines"))
    )
    omitted = [(entry.pupil, _reason(entry)) for entry in left_out]
    document: dict[str, object] = {"files": [dataclasses.asdict(file) for file in saving.files], "lines": lines}
    if omitted:  # the contract names the two above
        document["left_out"] = [left_out_entry(pupil, reason) for pupil, reason in omitted]
    call.speaker.result(document, *_names(saving), *_left_out(omitted, _("No statement for:")), summary)
    return int(bool(left_out))


def read_forms(call: Call) -> int:
    """Read scanned stacks into the list of what waits to be confirmed; 1 if a page was set aside."""
    with signed_in(call) as desk:
        came = reading.read_files(desk, call.args.scans, call.speaker.progress)
        waits, missing = waiting.waiting(desk), out.missing(desk)
    document = {
        "pages": came.pages,
        "filed": came.filed,
        "set_aside": {reason.value: count for reason, count in came.aside},
        "blank": came.blank,
        "other_language": came.marked,
        "unread": [{"file": file.name, "why": file.message} for file in came.unread],
        "waiting": len(waits),
        "missing": [{"pupil": paper.pupil.ref, "form": paper.form.title, "printed": paper.form.on.isoformat()} for paper in missing],
    }
    aside = [f"  {count}  {reason.words}" for reason, count in came.aside]
    still = [f"  {paper.pupil.ref}  {paper.form.title}" for paper in missing]
    call.speaker.result(
        document,
        _("{filed} of {pages} filed. What is filed waits in the window, on the page Forms, until somebody confirms it.").format(
            filed=came.filed, pages=count_of(came.pages, _("page"), _("pages"))
        ),
        *([_("Set aside, with their pictures:"), *aside] if aside else []),
        *([_("Files that cannot be read:"), *(f"  {file.name}  {file.message}" for file in came.unread)] if came.unread else []),
        *([_("Not back yet:"), *still] if still else []),
    )
    return int(came.set_aside > 0 or bool(came.unread))


def _named_pupils(desk: Desk, call: Call) -> list[Pupil]:
    pupils = [by_number(desk, number) for number in call.args.pupils]
    return list({pupil.id: pupil for pupil in pupils}.values())


def _for_machines(edition: Edition) -> str:
    """An edition as the contract of the command line has it: its day is ISO, whatever papers say."""
    return f"{edition.made_on.isoformat()}, number {edition.number}"


def _names(saving: Saving) -> list[str]:
    return [file.name for file in saving.files]


def _left_out(omitted: Sequence[tuple[Pupil, str]], heading: str = _("No notice for:")) -> list[str]:
    if not omitted:
        return []
    return [heading, *(f"  {pupil.ref}  {reason}" for pupil, reason in omitted)]


def _status(call: Call, served: set[str], omitted: Sequence[tuple[Pupil, str]], *, in_part: bool) -> int:
    """Done in part when somebody was named for whom there is no paper at all, or something could not be printed; those left out by a rule are only listed."""
    return int(in_part or (bool(call.args.pupils) and any(pupil.id not in served for pupil, _sentence in omitted)))
