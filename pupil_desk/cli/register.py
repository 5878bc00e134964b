"""attendance: each pupil's sessions and percentages over a period. evacuation: who is in, for the fire warden."""

import dataclasses
from typing import Any

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.cli.call import Call, in_columns
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.documents.papers.evacuation import counts_words
from pupil_desk.services.guard import confirmed
from pupil_desk.services.register import evacuation as roll_calls
from pupil_desk.services.register.totals import PupilTotals, totals
from pupil_desk.services.saving import Saving

_COUNTS = ("possible", "attended", "authorised", "unauthorised")
_PERCENTAGES = ("attendance_pct", "absence_pct", "unauthorised_pct")


def attendance(call: Call) -> int:
    """Tell each pupil's sessions from one day to another, and what they are of a hundred."""
    since, until = call.args.since, call.args.until
    with signed_in(call) as desk:
        rows = totals(desk, since, until)
    header = [
        _("Ref"),
        _("Name"),
        _("Possible"),
        _("Attended"),
        _("Authorised"),
        _("Unauthorised"),
        _("Attendance %"),
        _("Absence %"),
        _("Unauthorised %"),
    ]
    cells = [[row.pupil.ref, row.pupil.legal_name, *(_text(getattr(row, name)) for name in (*_COUNTS, *_PERCENTAGES))] for row in rows]
    title = _("{since} to {until}: {count}.").format(
        since=show_date(since), until=show_date(until), count=count_of(len(rows), _("pupil"), _("pupils"))
    )
    call.speaker.result([_totals_document(row) for row in rows], title, *in_columns(header, cells))
    return 0


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _totals_document(row: PupilTotals) -> dict[str, Any]:
    figures = {name: getattr(row, name) for name in (*_COUNTS, *_PERCENTAGES)}
    return {"pupil": row.pupil.ref, "upn": row.pupil.upn or "", **figures}


def evacuation(call: Call) -> int:
    """Write the sheet of who is in, by the register of the session of the moment."""
    from pupil_desk.documents.pdf.page import build_pdf

    with signed_in(call) as desk:
        story, title, paper_guard, roll_call = roll_calls.paper(desk, call.args.moment)
        with Saving(call.args.to) as saving:
            data = build_pdf(
                story, title=title, footer=roll_call.foot, base_size=roll_calls.BASE, stamp=paper_guard.stamp, box_unprintable=True
            )
            saving.keep(f"evacuation-{roll_call.moment:%Y-%m-%d-%H%M}", ".pdf", data)
            roll_calls.log_print(desk, roll_call)
            confirmed(desk, paper_guard)
    document = {
        "files": [dataclasses.asdict(file) for file in saving.files],
        "in": roll_call.number_in,
        "no_mark": len(roll_call.unmarked),
        "elsewhere": len(roll_call.elsewhere),
        "absent": len(roll_call.absent),
        "session": roll_call.session.value,
        "closed": roll_call.closed,
    }
    words = counts_words(roll_call.number_in, len(roll_call.unmarked), is_closed=bool(roll_call.closed))
    call.speaker.result(document, *(file.name for file in saving.files), " ".join(filter(None, (roll_call.closed, words))))
    return 0
