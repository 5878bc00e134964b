"""exports, export: what leaves the unit."""

import dataclasses
from collections import Counter
from typing import Any

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, count_of
from pupil_desk.cli.call import Call
from pupil_desk.cli.looking import left_out_entry
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.services.exports import export_named, run_export
from pupil_desk.services.exports.export import Export, Format, Lock, Period
from pupil_desk.services.exports.made import NO_FILE, ExportMade
from pupil_desk.services.exports.making import AskedFirst, ExportOrder
from pupil_desk.services.pupils.pupils import by_number
from pupil_desk.services.receipts import noted
from pupil_desk.services.sharing import sharing


def exports(call: Call) -> int:
    """List the exports there are."""
    from pupil_desk.services.exports import listing

    with signed_in(call) as desk:
        offers = listing.exports(desk)
    lines = []
    for offer in offers:
        lines += [
            f"{offer.name}: {offer.title}",
            _("  for {recipient}").format(recipient=offer.recipient),
            _("  law: {law}").format(law=offer.law),
            _("  made by: {who}").format(who=offer.who),
        ]
    call.speaker.result([dataclasses.asdict(offer) for offer in offers], *lines)
    return 0


def export(call: Call) -> int:
    """Write an export and its receipt; the password of a locked one is shown this once."""
    args = call.args
    with signed_in(call) as desk:
        definition = export_named(desk, args.name)
        pupils = frozenset(by_number(desk, number).id for number in args.pupils) if args.pupils else None
        order = ExportOrder(
            reason=args.reason,
            day=args.on,
            plain=args.plain,
            confirm=frozenset(by_number(desk, number).id for number in args.confirm),
            period=_period(definition, call),
            pupils=pupils,
            provider=args.provider,
            format=Format(args.format) if args.format else None,
            lock=Lock(args.lock) if args.lock else None,
            holder=args.holder or "",
            one_password=True,  # the answer has room for one
            as_it_stands=args.as_it_stands,
        )
        if definition.question is not None:
            call.speaker.aside(definition.question(desk))
        try:
            export_made = run_export(desk, args.name, args.to, order, progress=call.speaker.progress)
        except AskedFirst as error:
            return refused(call, error)
        noted.note(desk)
        restricted = sharing.restricted_since(desk, args.name, args.on, export_made.pupil_ids) if args.on else 0
    document = {
        "files": [dataclasses.asdict(file) for file in export_made.files],
        "receipt": str(export_made.receipt_path.resolve()),
        "rows": export_made.rows,
        "left_out": [left_out_entry(pupil, reason) for pupil, reason in export_made.left_out],
        "password": export_made.password,
    }
    if definition.agreed is not None:  # of each file its own
        document |= {"password": export_made.password if len(export_made.files) == 1 else None, "passwords": dict(export_made.secrets)}
    if restricted:
        words = _("Of {pupils} it was restricted after {day} what may be told. Make it without --on, and hand that over.")
        call.speaker.aside(words.format(pupils=count_of(restricted, _("pupil"), _("pupils")), day=show_date(args.on)))
    for line in _to_check(export_made):
        call.speaker.aside(line)
    call.speaker.result(document, *_report_lines(export_made, is_agreed=definition.agreed is not None))
    return 0


def refused(call: Call, error: AskedFirst, **further: Any) -> int:
    """Say which words a person is to look at first, of whom; nothing was made. ``further`` is what the document of the command has beside."""
    asked = [{"pupil": problem.pupil.ref, "item": problem.item, "message": problem.words} for problem in error.problems]
    document = {"files": [], "receipt": None, "rows": 0, "left_out": [], "password": None, "passwords": {}, **further, "asked": asked}
    call.speaker.aside(_("{why} Change them in the records, or make it with --as-it-stands.").format(why=error.message))
    call.speaker.result(document, *(f"{problem.pupil.ref}  {problem.words}" for problem in error.problems))
    return error.status


def _to_check(export_made: ExportMade) -> list[str]:
    """What the rules of the export find in the records of those who go: counts by field, which name nobody."""
    from pupil_desk.domain.catalogue.catalogue import every_item, label_of

    if not export_made.to_check:
        return []
    labels = Counter[str]()
    for item, number in export_made.to_check.items():
        labels[label_of(item) if item in every_item() else _("Something else")] += number
    lines = [f"  {count_of(number, _('pupil'), _('pupils'))}: {label}" for label, number in labels.most_common()]
    return [
        _("Please check, before it is handed over. The preview on the page Exports names the pupils, and says what is missing or odd:"),
        *lines,
    ]


def _period(export: Export, call: Call) -> Period | None:
    """The days asked for; one that is not given is that of the period the export has without them."""
    since, until = call.args.since, call.args.until
    if since is None and until is None:
        return None
    if export.usual is None:
        raise WrongUse(_("This export tells of a day, not of a period. Leave out the two days."))
    until = until or call.day
    return Period(since or export.usual(until).since, until)


def agreed_lines(export_made: ExportMade) -> list[str]:
    """The files of an export whose recipients each have one password for good: those made now, and how many go under one that is known."""
    secrets, lines = dict(export_made.secrets), [] if export_made.files else [NO_FILE]
    for file in export_made.files:
        lines.append(_file_line(file))
        if file.name in secrets:
            lines.append(_("  Password: {password}").format(password=secrets[file.name]))
    if export_made.agreed:
        files = count_of(len(export_made.agreed), _("file"), _("files"))
        lines.append(_("Under the password that the school has already: {files}.").format(files=files))
    if secrets:
        lines.append(
            _(
                "Tell each school its own by another way than the file. Every later file of the school goes under the same, until you agree another."
            )
        )
    return [*lines, *_counts_lines(export_made)]


def _file_line(file: FileMade) -> str:
    return f"{file.name}: {count_of(file.bytes, _('byte'), _('bytes'))}, SHA-256 {file.sha256}"


def _counts_lines(export_made: ExportMade) -> list[str]:
    return [
        _("Receipt: {name}").format(name=export_made.receipt_path.name),
        _("{rows}, {left_out} left out.").format(rows=export_made.counts.in_short, left_out=len(export_made.left_out)),
        *(f"  {pupil.ref}  {reason}" for pupil, reason in export_made.left_out),
    ]


def _report_lines(export_made: ExportMade, *, is_agreed: bool) -> list[str]:
    if is_agreed:
        return agreed_lines(export_made)
    lines = [*(map(_file_line, export_made.files) if export_made.files else [NO_FILE]), *_counts_lines(export_made)]
    if export_made.password:
        lines.append(_("Password: {password}").format(password=export_made.password))
        lines.append(_("Tell it to the recipient by another way than the file. It is not kept, and not shown again."))
    return lines
