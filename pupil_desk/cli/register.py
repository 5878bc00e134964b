"""attendance: each pupil's sessions and percentages over a period."""

from typing import Any

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.cli.call import Call
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.cli.speaking import in_columns
from pupil_desk.services.register.totals import PupilTotals, totals

_COUNTS = ("possible", "attended", "authorised", "unauthorised")
_PERCENTAGES = ("attendance_pct", "absence_pct", "unauthorised_pct")


def attendance(call: Call) -> int:
    """Tell each pupil's sessions from one day to another, and what they are of a hundred."""
    since, until = call.args.since, call.args.until
    with signed_in(call) as desk:
        found = totals(desk, since, until)
    header = [_("Ref"), _("Name"), _("Possible"), _("Attended"), _("Authorised"), _("Unauthorised"), _("Attendance %"), _("Absence %"), _("Unauthorised %")]
    cells = [[one.pupil.ref, one.pupil.legal_name, *(_shown(getattr(one, name)) for name in (*_COUNTS, *_PERCENTAGES))] for one in found]
    title = _("{since} to {until}: {count}.").format(
        since=show_date(since), until=show_date(until), count=count_of(len(found), _("pupil"), _("pupils"))
    )
    call.speaker.result([_told(one) for one in found], title, *in_columns(header, cells))
    return 0


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _told(one: PupilTotals) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in (*_COUNTS, *_PERCENTAGES)}
    return {"pupil": one.pupil.ref, "upn": one.pupil.upn or "", **told}
