"""envelope: the week for each main and commissioning school, and where the registers of the two contradict each other."""

import dataclasses
from typing import Any

from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.cli.call import Call, in_columns
from pupil_desk.cli.exporting import agreed_lines, refused
from pupil_desk.cli.looking import left_out_entry
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.domain.catalogue.identifiers import BadIdentifier, read_school
from pupil_desk.domain.schools.week import week_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import run_export, school_week
from pupil_desk.services.exports.export import Period
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import AskedFirst, ExportOrder
from pupil_desk.services.pupils.pupils import by_number
from pupil_desk.services.receipts import noted
from pupil_desk.services.schools import clashes
from pupil_desk.services.schools.clashes import PupilClash
from pupil_desk.services.schools.refusals import not_named
from pupil_desk.services.unit.uses import require_use


def envelope(call: Call) -> int:
    """Write a file for each school, or for one, with the receipt. Who is left out, and so each school that the notice does not name, is listed.

    Where a note may name another pupil or family nothing is made, and the words are listed, unless they are to go as they stand."""
    args = call.args
    with signed_in(call) as desk:
        require_use(desk, "records_schools")
        school = _school(desk, args.school) if args.school else ""
        monday, sunday = week_of(args.week)
        if monday > desk.today:
            raise WrongUse(_("That week is still to come. Give a day of this week, or of an earlier one."))
        until = min(sunday, desk.today)
        order = ExportOrder(
            reason=args.reason or _("The week from {monday}").format(monday=show_date(monday)),
            plain=args.plain,
            confirm=frozenset(by_number(desk, number).id for number in args.confirm),
            period=Period(monday, until),
            provider=school_week.recipient_name(desk, school) if school else None,
            as_it_stands=args.as_it_stands,
        )
        register_clashes = clashes.clashes(desk, monday, until, school)
        try:
            export_made = run_export(desk, school_week.NAME, args.to, order, progress=call.speaker.progress)
        except AskedFirst as error:
            return refused(call, error, clashes=[_clash(clash) for clash in register_clashes])
        noted.note(desk)
    document = {
        "files": [dataclasses.asdict(file) for file in export_made.files],
        "receipt": str(export_made.receipt_path.resolve()),
        "rows": export_made.rows,
        "left_out": [left_out_entry(pupil, reason) for pupil, reason in export_made.left_out],
        "password": export_made.password if len(export_made.files) == 1 else None,
        "passwords": dict(export_made.secrets),
        "clashes": [_clash(clash) for clash in register_clashes],
    }
    call.speaker.result(document, *_lines(export_made, register_clashes))
    return 0


def _school(desk: Desk, text: str) -> str:
    """The number of a school as it is kept. Raises WrongUse for what is none, or for a school that the notice does not name."""
    try:
        number = read_school(text)
    except BadIdentifier as error:
        raise WrongUse(_("--school takes a DfE number: 3 digits, a stroke and 4 digits, such as 919/4001.")) from error
    if words := not_named(desk, number):
        raise WrongUse(words)
    return number


def _clash(pupil_clash: PupilClash) -> dict[str, Any]:
    return {
        "pupil": pupil_clash.pupil.ref,
        "upn": pupil_clash.pupil.upn or "",
        "school": pupil_clash.school,
        "date": pupil_clash.clash.day.isoformat(),
        "session": pupil_clash.clash.session.value,
        "kind": pupil_clash.clash.kind.value,
        "ours": pupil_clash.clash.our_code,
        "theirs": pupil_clash.clash.their_code,
    }


def _lines(export_made: ExportMade, register_clashes: list[PupilClash]) -> list[str]:
    lines = agreed_lines(export_made)
    if register_clashes:
        header = [_("Pupil"), _("School"), _("Day"), _("Session"), _("We say"), _("They say"), _("What is wrong")]
        rows = [
            [
                clash.pupil.ref,
                clash.school,
                short_date(clash.clash.day),
                clash.clash.session.value,
                clash.clash.our_code or "-",
                clash.clash.their_code or "-",
                clash.clash.label,
            ]
            for clash in register_clashes
        ]
        lines += [_("The registers contradict each other:"), *in_columns(header, rows)]
    return lines
