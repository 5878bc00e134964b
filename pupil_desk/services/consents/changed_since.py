"""What a consent form asks about that changed after it was printed: a yes on the form is none to what is so now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.domain.care.health import Medicine
from pupil_desk.services.consents.form_parts import ONE
from pupil_desk.services.desk import Desk
from pupil_desk.store.rows import amendments, several
from pupil_desk.store.tables import consents as store
from pupil_desk.store.tables import paper_forms

_AGREED_TO = frozenset({"name", "dose", "taken"})


@dataclass(frozen=True, slots=True)
class ChangedSubject:
    """A trip, a person or body, or a medicine, and the day on which it last changed."""

    name: str
    day: date


def changed_since(desk: Desk, form_id: str, subject: str, pupil_id: str) -> Mapping[str, ChangedSubject]:
    """What changed since a form on a subject was printed, so that families are asked again: by the key of its question. Nothing of a form not on file."""
    printed_at, occasion_id = paper_forms.moment_of(desk.vault, form_id), subject.partition("/")[2]
    if not printed_at:
        return {}
    if occasion_id:
        anew = store.asked_anew_after(desk.vault, occasion_id, printed_at)
        return {ONE: ChangedSubject(anew.name, anew.made_on)} if anew is not None and anew.made_on is not None else {}
    names = {medicine.id: medicine.name for medicine in several.of_pupil(desk.vault, Medicine, pupil_id)}
    return {
        row["record_id"]: ChangedSubject(names[row["record_id"]], local_time(row["at"]).date())
        for row in amendments.of_pupil(desk.vault, pupil_id)
        if row["record_id"] in names and row["item"] in _AGREED_TO and row["old"] is not None and row["at"] > printed_at
    }
