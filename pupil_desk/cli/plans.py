"""plans: the plans that run, and their reviews."""

from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.cli.call import Call, in_columns
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.services.plans import plans_due, unit_plans
from pupil_desk.services.plans.unit_plans import RunningPlan


def plans(call: Call) -> int:
    """List the plans that run with the next review of each; with ``--due-by`` those alone of which something is due by that day."""
    day: date | None = call.args.due_by
    with signed_in(call) as desk:
        rows = unit_plans.running(desk, day)
    header = [_("Ref"), _("Name"), _("Plan"), _("Version"), _("Review due"), _("To be done")]
    cells = [
        [
            row.pupil.ref,
            row.pupil.legal_name,
            codelist("plan_kind").label_of(row.case.now.kind),
            str(len(row.case.wordings)),
            short_date(row.review_due) if row.review_due else "",
            "; ".join(plans_due.duty_words(duty) for duty in row.duties),
        ]
        for row in rows
    ]
    count = count_of(len(rows), _("plan"), _("plans"))
    due = _("{plans} with something due by {day}.").format(plans=count, day=show_date(day)) if day else f"{count}."
    call.speaker.result([_row(row) for row in rows], *in_columns(header, cells), due)
    return 0


def _row(row: RunningPlan) -> dict[str, Any]:
    """As the contract has it. Of a step that was taken ``on`` is the day, of one still to come ``due`` the last day for it."""
    steps = [{"kind": step.kind, "on": step.on.isoformat(), "due": None} for step in row.case.steps]
    to_come = [{"kind": duty.step.value, "on": None, "due": duty.due.isoformat()} for duty in row.duties]
    return {
        "ref": row.pupil.ref,
        "kind": row.case.now.kind,
        "version": len(row.case.wordings),
        "review_due": row.review_due.isoformat() if row.review_due else None,
        "steps": [*steps, *to_come],
    }
