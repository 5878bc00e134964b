"""The sections of the sheet about incidents, accidents and plans: every wording, and what was done about each."""

from collections.abc import Iterator

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import seeing
from pupil_desk.services.roles import Action, who_may
from pupil_desk.services.sheet.entries import SheetEntry, SheetSection, of_record, of_rows
from pupil_desk.store.rows import several
from pupil_desk.store.tables import incidents, plans


def sections(desk: Desk, pupil_id: str) -> list[SheetSection]:
    """Those of incidents, then those of accidents and of plans. Of plans that are not shown to who is at the desk it is said how many there are."""
    vault = desk.vault
    versions = [row for row in plans.history(vault, pupil_id) if seeing.may_see(desk, row["kind"])]
    steps = [row for row in plans.steps_of(vault, pupil_id) if seeing.may_see(desk, row["of_plan"])]
    return [
        SheetSection("incidents", _("Incidents"), of_rows(incidents.history(vault, pupil_id), "incident")),
        SheetSection(
            "incident_events", _("What was done about incidents"), of_rows(incidents.events_of(vault, pupil_id), "incident_event")
        ),
        SheetSection("accidents", _("Accidents"), tuple(map(of_record, several.of_pupil(vault, Accident, pupil_id)))),
        SheetSection("plans", _("Plans"), (*of_rows(versions, "plan"), *_not_shown(desk, pupil_id))),
        SheetSection("plan_steps", _("What was done about plans"), of_rows(steps, "plan_step")),
    ]


def _not_shown(desk: Desk, pupil_id: str) -> Iterator[SheetEntry]:
    number = sum(not seeing.may_see(desk, case.now.kind) for case in plans.of_pupil(desk.vault, pupil_id))
    if number:
        words = _("{plans}, shown to these roles alone: {who}").format(
            plans=count_of(number, _("plan"), _("plans")), who=who_may(Action.SEE_GUARDED_PLAN)
        )
        yield SheetEntry((("number", _("On file"), number, words),))
