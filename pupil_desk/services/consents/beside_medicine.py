"""What «Agreed to by» and «Agreed on» of a medicine show of what was said: the last yes that was recorded and counts."""

import dataclasses

from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.case import shown_with, shows
from pupil_desk.domain.consents.consent import OF_MEDICINE, ConsentEvent, ConsentType
from pupil_desk.services import records
from pupil_desk.services.consents import types
from pupil_desk.services.desk import Work
from pupil_desk.store.rows import several
from pupil_desk.store.tables import consents as store


def show(work: Work, consent_type: ConsentType, event: ConsentEvent) -> None:
    """Within a transaction: show a yes to a medicine that was just kept, where it counts."""
    if consent_type.per == OF_MEDICINE and shows(consent_type, event):
        medicine = several.get(work.desk.vault, Medicine, event.use_key)
        if medicine is not None:
            records.change(work, medicine, dataclasses.replace(medicine, consented_by=event.giver, consented_on=event.on), source="form")


def show_no_longer(work: Work, event: ConsentEvent) -> None:
    """Within a transaction: of a yes that was just taken back show the one before it, or what was typed or imported with the medicine before."""
    vault = work.desk.vault
    medicine = several.get(vault, Medicine, event.use_key)
    if medicine is None or not shown_with(medicine, event):
        return
    consent_type = types.type_named(work.desk, event.consent_type)
    left = [other for other in store.of_pupil(vault, event.pupil_id) if other.use_key == medicine.id and shows(consent_type, other)]
    by, on = (left[-1].giver, left[-1].on) if left else store.typed_before(vault, event, (medicine.consented_by, medicine.consented_on))
    records.change(work, medicine, dataclasses.replace(medicine, consented_by=by, consented_on=on), source="form")
