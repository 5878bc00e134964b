"""What can give a pupil a badge, of everybody at once: only the rows that may count are read, and the rule judges them."""

from collections.abc import Collection
from datetime import date

from pupil_desk.domain.care.health import ALLERGY, LIFE_THREATENING, SEVERE, HealthItem
from pupil_desk.domain.care.needs import SOCIAL_WORK, CarePeriod, SenPeriod
from pupil_desk.domain.pupils.badges import EHC_PLAN, BadgeRecord
from pupil_desk.domain.suspensions.suspension import PERMANENT
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.same import PERSON, among, as_kept, id_list
from pupil_desk.store.rows.several import select
from pupil_desk.store.tables import plans, protections, suspensions

_HEALTH = f"(kind = '{ALLERGY}' AND severity IN ('{LIFE_THREATENING}', '{SEVERE}') OR coalesce(plan, '') <> '')"
_SOCIAL_WORK = f"kind IN ({', '.join(repr(kind) for kind in SOCIAL_WORK)})"
_SUSPENDED = f"""SELECT {as_kept("x.pupil_id")} AS pupil_id FROM suspension_session x WHERE x.day = ?1
UNION SELECT {as_kept("s.pupil_id")} FROM suspension s WHERE s.category = '{PERMANENT}' AND s."start" <= ?1"""


def what_gives_badges(vault: Vault, day: date, ids: Collection[str] | None = None) -> dict[str, BadgeRecord]:
    """Of everybody, or of these, of whom there is anything that may give a badge on a day."""
    some = (id_list(ids),)
    health = rows.by_pupil(vault, HealthItem, f"{select(HealthItem)} WHERE {_HEALTH} AND {among('pupil_id', 1)}", some)
    periods = rows.by_pupil(vault, SenPeriod, f"{select(SenPeriod)} WHERE provision = '{EHC_PLAN}' AND {among('pupil_id', 1)}", some)
    care = rows.by_pupil(vault, CarePeriod, f"{select(CarePeriod)} WHERE {_SOCIAL_WORK} AND {among('pupil_id', 1)}", some)
    protected = protections.by_pupil(vault, day)
    suspended = suspensions.of_some(vault, {row["pupil_id"] for row in vault.rows(_SUSPENDED, (day.isoformat(),))})
    looked_after = {row["id"] for row in vault.rows(f"SELECT id FROM pupil WHERE looked_after = 1 AND {PERSON}")}
    running = plans.kinds_running(vault, day, ids)
    pupil_ids = {*health, *running, *periods, *care, *protected, *suspended, *looked_after}
    return {
        pupil_id: BadgeRecord(
            health=health.get(pupil_id, ()),
            periods=periods.get(pupil_id, ()),
            care=care.get(pupil_id, ()),
            protections=protected.get(pupil_id, ()),
            suspensions=suspended.get(pupil_id, ()),
            looked_after=pupil_id in looked_after,
            plans=running.get(pupil_id, ()),
        )
        for pupil_id in (pupil_ids if ids is None else pupil_ids.intersection(ids))
    }
