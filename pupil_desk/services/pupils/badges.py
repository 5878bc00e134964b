"""The badges of pupils: of one from the record that is open, of many from what can give a badge, read at once for all of them.

A plan of a kind that is not shown to who is at the desk gives none.
"""

import dataclasses
from collections.abc import Collection, Mapping

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.care.needs import CarePeriod, SenPeriod
from pupil_desk.domain.pupils.badges import BadgeRecord, PupilBadge, badges_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import seeing
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.tables import badges as store
from pupil_desk.store.tables import plans, suspensions

type Badges = Mapping[PupilBadge, str]


def of_record(desk: Desk, record: PupilRecord) -> Badges:
    """The badges of the pupil whose record is open. Raises NotAllowed."""
    vault, pupil = desk.vault, record.pupil
    desk.require(Action.READ_RECORD, "pupil", pupil.id)
    held = BadgeRecord(
        health=several.of_pupil(vault, HealthItem, pupil.id),
        periods=several.of_pupil(vault, SenPeriod, pupil.id),
        care=several.of_pupil(vault, CarePeriod, pupil.id),
        protections=record.protections,
        suspensions=suspensions.of_pupil(vault, pupil.id),
        looked_after=bool(pupil.looked_after),
        plans=seeing.kinds_seen(desk, plans.kinds_running(vault, desk.today, [pupil.id]).get(pupil.id, ())),
    )
    return badges_of(held, desk.today)


def of_many(desk: Desk, ids: Collection[str] | None = None) -> dict[str, Badges]:
    """Of everybody, or of these, who has any badge: each with its words. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    held = store.what_gives_badges(desk.vault, desk.today, ids)
    records_shown = {
        pupil_id: dataclasses.replace(record, plans=seeing.kinds_seen(desk, record.plans)) if record.plans else record
        for pupil_id, record in held.items()
    }
    return {pupil_id: badges for pupil_id, record in records_shown.items() if (badges := badges_of(record, desk.today))}
