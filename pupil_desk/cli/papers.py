"""notice, form: papers for families."""

import dataclasses
from collections.abc import Sequence

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, count_of, listed
from pupil_desk.cli.call import Call
from pupil_desk.cli.looking import named
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.domain.notice import Letter
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services import forms, notices
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.pupils import by_number
from pupil_desk.services.saving import Saving, save_forms, save_notices


@dataclasses.dataclass(frozen=True, slots=True)
class _Wanted:
    """The letters to write, and everyone who gets none: pupil and reason."""

    letters: Sequence[Letter]
    without: list[tuple[Pupil, str]]


def notice(call: Call) -> int:
    """Write the notices; with ``--issue`` record that they were given. 1 if a pupil asked for by name gets none at all."""
    args = call.args
    if args.channel and not args.issue:
        raise WrongUse(_("--channel says how a notice was given: add --issue, or leave it out."))
    with signed_in(call) as desk:
        if args.issue:
            notices.day_given(desk, args.on)  # refused before anything is written or logged
        wanted = _of_pupils(desk, call) if args.pupils else _of_everyone(desk, call)
        edition, missing = notices.current_edition(desk), notices.missing_details(desk)
        with Saving(args.to) as saving:
            save_notices(saving, desk, wanted.letters, args.format, call.speaker.progress)
            if args.issue:
                notices.issue(desk, wanted.letters, args.channel or "by-hand", args.on)
        held = guard(desk, {letter.pupil.id for letter in wanted.letters}, "notice", out=True)
    _tell_protected(call, held)
    if missing:
        call.speaker.aside(
            _("Neutral words stand for details of the unit that are not entered yet: {details}.").format(
                details=listed(missing)
            )
        )
    document = {
        "files": [dataclasses.asdict(file) for file in saving.files], "edition": edition.name, "issued": args.issue,
        "left_out": [named(pupil, reason) for pupil, reason in wanted.without], "missing_details": list(missing),
        "protected": _refs(held),
    }  # fmt: skip
    count = count_of(len(saving.files), _("notice"), _("notices"))
    done = (
        _("{count} written and recorded as given, edition {edition}.")
        if args.issue
        else _("{count} written, edition {edition}.")
    )
    call.speaker.result(
        document, *_names(saving), *_left_out(wanted.without), done.format(count=count, edition=edition.name)
    )
    return _status(call, {letter.pupil.id for letter in wanted.letters}, wanted.without)


def _of_pupils(desk: Desk, call: Call) -> _Wanted:
    letters: list[Letter] = []
    without: list[tuple[Pupil, str]] = []
    for pupil in _named_pupils(desk, call):
        found = notices.letters_of(desk, pupil.id, call.day)
        letters += found.letters
        without += [(pupil, f"{name}: {reason}") for name, reason in found.left_out]
        if found.nobody:
            without.append((pupil, _("nobody to give it to")))
    return _Wanted(letters, without)


def _of_everyone(desk: Desk, call: Call) -> _Wanted:
    found = notices.due(desk, call.day) if call.args.due else notices.everyone(desk, call.day)
    without = [(pupil, f"{name}: {reason}") for pupil, name, reason in found.left_out]
    return _Wanted(found.letters, without + [(pupil, _("nobody to give it to")) for pupil in found.nobody])


def form(call: Call) -> int:
    """Write the forms; 1 if there is nobody to ask of a pupil who was named."""
    args = call.args
    forms.check_name(args.form)
    with signed_in(call) as desk:
        wanted = _named_pupils(desk, call) if args.pupils else forms.all_of(desk, args.form, call.day)
        with Saving(args.to) as saving:
            nobody = save_forms(saving, desk, args.form, wanted, call.day, call.speaker.progress)
        held = guard(desk, {pupil.id for pupil in wanted} - {pupil.id for pupil in nobody}, "form", out=True)
    _tell_protected(call, held)
    without = [(pupil, _("nobody to ask")) for pupil in nobody]
    document = {
        "files": [dataclasses.asdict(file) for file in saving.files],
        "left_out": [named(pupil, reason) for pupil, reason in without],
        "protected": _refs(held),
    }
    count = count_of(len(saving.files), _("form"), _("forms"))
    call.speaker.result(document, *_names(saving), *_left_out(without), _("{count} written.").format(count=count))
    return _status(call, {pupil.id for pupil in wanted} - {pupil.id for pupil in nobody}, without)


def _refs(held: Guard) -> list[str]:
    return [one.pupil.ref for one in held.guarded]


def _tell_protected(call: Call, held: Guard) -> None:
    """Whoever is named by --for, or asked for by --due, --all and --all-unasked, is meant: the papers are made, stamped, and told of."""
    if held:
        words = _("Something must be kept from someone about: {refs}. Their papers bear a stamp: check name and address before they are sent.")
        call.speaker.aside(words.format(refs=listed(_refs(held))))


def _named_pupils(desk: Desk, call: Call) -> list[Pupil]:
    found = [by_number(desk, number) for number in call.args.pupils]
    return list({pupil.id: pupil for pupil in found}.values())


def _names(saving: Saving) -> list[str]:
    return [file.name for file in saving.files]


def _left_out(without: Sequence[tuple[Pupil, str]]) -> list[str]:
    if not without:
        return []
    return [_("Who gets none:"), *(f"  {pupil.ref}  {reason}" for pupil, reason in without)]


def _status(call: Call, served: set[str], without: Sequence[tuple[Pupil, str]]) -> int:
    """Done in part when somebody was named for whom there is no paper at all; those left out by a rule are only listed."""
    return int(bool(call.args.pupils) and any(pupil.id not in served for pupil, _reason in without))
