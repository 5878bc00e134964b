"""pupils, show, preview: what is held, and who would be told."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.cli.call import Call, in_columns
from pupil_desk.cli.signing_in import signed_in

if TYPE_CHECKING:
    from pupil_desk.domain.pupils.pupil import Pupil
    from pupil_desk.services.exports.export import ExportColumn
    from pupil_desk.services.pupils.stays import RollRow
    from pupil_desk.services.sharing.sharing import PreviewRow
    from pupil_desk.services.sheet.entries import SheetSection

_OF_PUPIL = (
    "ref",
    "upn",
    "surname",
    "forename",
    "dob",
    "preferred_surname",
    "preferred_forename",
    "middle_names",
    "former_upn",
    "uln",
    "sex",
    "year_group",
)
_OF_STAY = {"status": "enrolment_status", "start_date": "start_date", "end_date": "end_date", "main_school": "main_school"}


def pupils(call: Call) -> int:
    """List the pupils on roll; with ``--all`` everyone on file."""
    with signed_in(call) as desk:
        from pupil_desk.services.pupils.stays import roll  # with it comes most of the rest, which signing in reads beside the password

        rows = roll(desk, call.day, with_leavers=call.args.all)
    cells = [
        [
            row.pupil.ref,
            row.pupil.surname,
            row.pupil.forename,
            short_date(row.pupil.dob),
            row.pupil.year_group or "",
            row.pupil.upn or "",
            _state(row),
        ]
        for row in rows
    ]
    header = [_("Ref"), _("Surname"), _("Forename"), _("Born"), _("Year"), _("UPN"), _("Stay")]
    count = count_of(len(rows), _("pupil"), _("pupils"))
    call.speaker.result([_row(row) for row in rows], *in_columns(header, cells), f"{count}.")
    return 0


def _row(row: "RollRow") -> dict[str, Any]:
    facts = {name: _plain(getattr(row.pupil, name)) for name in _OF_PUPIL}
    facts |= {column: _plain(getattr(row.stay, name, None)) for name, column in _OF_STAY.items()}
    return {**facts, "upn": row.pupil.upn or "", "on_roll": row.on_roll}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _state(row: "RollRow") -> str:
    if row.stay is None:
        return ""
    if row.stay.end_date and not row.on_roll:
        return _("left {day}").format(day=short_date(row.stay.end_date))
    return row.stay.status


def show(call: Call) -> int:
    """Show all that is held on one pupil, every section."""
    from pupil_desk.services.pupils.pupils import by_number
    from pupil_desk.services.sheet import everything

    with signed_in(call) as desk:
        sections = _protections_first(everything(desk, by_number(desk, call.args.pupil).id))
    lines: list[str] = []
    for section in sections:
        lines += ["", section.title, "-" * len(section.title)]
        if not section.entries:
            lines.append(_("Nothing is held."))
        for number, entry in enumerate(section.entries):
            lines += [""] if number else []
            lines += [f"{label}: {words}" for _name, label, _value, words in entry.facts if words]
    document = {section.name: [_plain_facts(entry.as_kept()) for entry in section.entries] for section in sections}
    call.speaker.result(document, *lines[1:])
    return 0


def _protections_first(sections: "Iterable[SheetSection]") -> "list[SheetSection]":
    """Whom the record protects, and from whom, stands above any address: whoever reads on was warned."""
    return sorted(sections, key=lambda section: not (section.name == "protections" and section.entries))


def _plain_facts(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in facts.items()}


def preview(call: Call) -> int:
    """Show, of everyone on roll, who would be told what and why."""
    from pupil_desk.services.exports import columns_told
    from pupil_desk.services.sharing import sharing

    with signed_in(call) as desk:
        rows = sharing.preview(desk, call.args.recipient, call.day)
        columns = columns_told(desk, call.args.recipient)
        label = sharing.recipient_named(desk, call.args.recipient).label
    header = [_("Ref"), _("Name"), _("Born"), _("Level"), _("Decided by"), _("Protected"), _("Why")]
    cells = [
        [
            row.pupil.ref,
            row.pupil.legal_name,
            short_date(row.pupil.dob),
            row.decision.level.value,
            row.decision.decided_by,
            ", ".join(_protections(row)),
            row.decision.reason,
        ]
        for row in rows
    ]
    title = _("{recipient}, judged on {day}: {count}.").format(
        recipient=label, day=show_date(call.day), count=count_of(len(rows), _("pupil on roll"), _("pupils on roll"))
    )
    call.speaker.result([_previewed(row, columns) for row in rows], title, *in_columns(header, cells))
    return 0


def _previewed(row: "PreviewRow", columns: Iterable["ExportColumn"]) -> dict[str, Any]:
    """A row as the contract has it: what goes and what does not by the names of the export's columns."""
    protected, items = _protections(row), row.decision.items
    goes = [column.heading for column in columns if column.item in items]
    return {
        "pupil": row.pupil.ref,
        "upn": row.pupil.upn or "",
        "level": row.decision.level.value,
        "decided_by": row.decision.decided_by,
        "reason": row.decision.reason,
        "fields": goes,
        "withheld": [column.heading for column in columns if column.item not in items],
        **({"protected": protected} if protected else {}),
    }


def retention(call: Call) -> int:
    """List what is due by the day: of whom, what, by which sentence, and counted from when."""
    from pupil_desk.services.erasure.due_for_erasure import due_by

    with signed_in(call) as desk:
        rows = due_by(desk, call.day)
    header = [_("Ref"), _("Name"), _("What"), _("Counts from"), _("Due"), _("Kept")]
    cells = [[row.ref, row.name, row.retention_class.label, _short(row.counts_from), _short(row.due), row.sentence] for row in rows]
    document = [
        {
            "ref": row.ref,
            "class": row.retention_class.name,
            "sentence": row.sentence,
            "counts_from": _plain(row.counts_from),
            "due": _plain(row.due),
        }
        for row in rows
    ]
    count = _("{things} due by {day}.").format(things=count_of(len(rows), _("thing is"), _("things are")), day=show_date(call.day))
    call.speaker.result(document, *in_columns(header, cells), count)
    return 0


def _short(day: date | None) -> str:
    return short_date(day) if day else ""


def _protections(row: "PreviewRow") -> list[str]:
    return sorted({protection.kind for protection in row.protections})


def left_out_entry(pupil: "Pupil", reason: str) -> dict[str, Any]:
    """A pupil with a reason, as every command tells one who is left out."""
    return {"pupil": pupil.ref, "upn": pupil.upn or "", "reason": reason}
