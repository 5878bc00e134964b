"""The sections of the sheet about incidents, accidents and plans: every wording, and what was done about each."""

from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.services.sheet.entries import SheetSection, of_record, of_rows
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several
from pupil_desk.store.tables import incidents, plans


def sections(vault: Vault, pupil_id: str) -> list[SheetSection]:
    """Those of incidents, then those of accidents and of plans."""
    events = of_rows(incidents.events_of(vault, pupil_id), "incident_event", without=("wording",))
    return [
        SheetSection("incidents", _("Incidents"), of_rows(incidents.history(vault, pupil_id), "incident")),
        SheetSection("incident_events", _("What was done about incidents"), events),
        SheetSection("accidents", _("Accidents"), tuple(map(of_record, several.of_pupil(vault, Accident, pupil_id)))),
        SheetSection("plans", _("Plans"), of_rows(plans.history(vault, pupil_id), "plan")),
        SheetSection("plan_steps", _("What was done about plans"), of_rows(plans.steps_of(vault, pupil_id), "plan_step")),
    ]
