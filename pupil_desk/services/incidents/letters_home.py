"""The letter home after an incident, which no law asks for: to whose child was hurt or wronged by it, or was searched, or held where no
law asks for a report of it.

Where there was a restrictive intervention of the pupil it is the report that the law asks for (``report``), from the same account.
"""

from collections.abc import Collection, Iterable

from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import IncidentCase, is_ordinary
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import report, standing
from pupil_desk.store.tables import pupils


def is_due(desk: Desk, case: IncidentCase) -> bool:
    """Whether a letter home is made of an entry."""
    return not _why_none(desk, case)


def why_none(desk: Desk, cases: Iterable[IncidentCase], written_ids: Collection[str]) -> dict[str, str]:
    """Why no letter was made of those entries that are not among those ``written_ids``, in a sentence, by our reference of the pupil."""
    left = [case for case in cases if case.now.entry_id not in written_ids]
    refs = {pupil.id: pupil.ref for pupil in pupils.some(desk.vault, {case.now.pupil_id for case in left})}
    return {refs[case.now.pupil_id]: _why_none(desk, case) or report.why_nobody(desk, case) for case in left if case.now.pupil_id in refs}


def _why_none(desk: Desk, case: IncidentCase) -> str:
    incident = case.now
    if is_ordinary(incident.kind):
        return _("No letter is made of a reward or of ordinary behaviour.")
    if standing.must_report(desk, case):
        if not report.addressed(desk, case):
            return standing.why_no_report(desk, case)
        return _("The law asks for a report of this pupil’s part: write it with “incident FILE report”.")
    if not report.is_cause_of_letter(incident):
        return _("The pupil was not hurt, searched or held.")
    return standing.why_of_age(desk, incident)
