"""Assessments: entered, corrected, withdrawn. Every one of these is a further row; what stood before is read beside it."""

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from pupil_desk.basics.errors import required
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import Problem, Refused, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.learning.assessment import Assessment, Scale, Scales, check_assessment, current_of, scales_by_name, settled
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows import amendments
from pupil_desk.store.rows.rows import differences, new_id, records_of
from pupil_desk.store.tables import assessments as store


class AssessmentStanding(Enum):
    """What an entry is today."""

    CURRENT = _("Current")
    EARLIER = _("Earlier")
    CORRECTED = _("Corrected since")
    WITHDRAWN = _("Withdrawn")


@dataclass(frozen=True, slots=True)
class AssessmentEntry:
    """One entry with how it stands: recorded when and by whom; if withdrawn, why."""

    record: Assessment
    standing: AssessmentStanding
    recorded_at: str
    recorded_by: str
    withdrawal_reason: str = ""

    @property
    def current(self) -> bool:
        """Whether it counts now."""
        return self.standing is AssessmentStanding.CURRENT


def history(desk: Desk, pupil_id: str) -> list[AssessmentEntry]:
    """Every entry of a pupil, in the order of recording. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return _entries(store.history(desk.vault, pupil_id))


def histories(desk: Desk, ids: Collection[str]) -> dict[str, list[AssessmentEntry]]:
    """The same of several pupils, by pupil. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    rows_by_pupil = grouped((row["pupil_id"], row) for row in store.histories(desk.vault, ids))
    return {pupil_id: _entries(rows) for pupil_id, rows in rows_by_pupil.items()}


def _entries(rows: Sequence[Row]) -> list[AssessmentEntry]:
    records = records_of(Assessment, rows)
    superseded_ids = {row["id"] for row in rows if row["corrected_by"] or row["withdrawn_because"] is not None}
    now = {entry.id for entry in current_of(record for record in records if record.id not in superseded_ids)}
    entries = []
    for row, record in zip(rows, records, strict=True):
        if row["withdrawn_because"] is not None:
            standing = AssessmentStanding.WITHDRAWN
        elif row["corrected_by"]:
            standing = AssessmentStanding.CORRECTED
        else:
            standing = AssessmentStanding.CURRENT if record.id in now else AssessmentStanding.EARLIER
        entries.append(AssessmentEntry(record, standing, row["at"], row["recorded_by"] or "", row["withdrawn_because"] or ""))
    return entries


def current(desk: Desk, pupil_id: str) -> list[Assessment]:
    """The entries that count now: one for each stage, subject, method, component and kind of entry."""
    return [entry.record for entry in history(desk, pupil_id) if entry.current]


def scales(desk: Desk) -> list[Scale]:
    """The unit's own scales, by name."""
    return store.scales(desk.vault)


def problems(desk: Desk, entry: Assessment) -> tuple[Problem, ...]:
    """What is wrong with an entry as typed, warnings too: what the form asks."""
    pupil = pupil_of(desk.vault, entry.pupil_id)
    own_scales = scales_by_name(store.scales(desk.vault))
    return check_assessment(settled(entry, own_scales), pupil.dob, desk.today, own_scales)


def add(desk: Desk, entry: Assessment) -> Changed:
    """Keep a new entry. Raises Refused."""
    entry = _checked(desk, entry)
    with desk.act(Action.EDIT_RECORD, "pupil", entry.pupil_id, "assessment added") as work:
        keep_new(work, [dataclasses.replace(entry, id=new_id(), corrects=None)])
    return Changed.of("assessment", ids=(entry.pupil_id,))


def correct(desk: Desk, entry: Assessment) -> Changed:
    """Put an entry right: ``entry`` bears the identity of the one that was wrong, which stays readable. Raises Refused, WrongUse."""
    old = _standing(desk, entry.id)
    entry = dataclasses.replace(_checked(desk, dataclasses.replace(entry, pupil_id=old.pupil_id)), corrects=old.corrects)
    names = differences(old, entry)
    if not names:
        return Changed.of()
    with desk.act(Action.EDIT_RECORD, "pupil", old.pupil_id, ", ".join(names)) as work:
        keep_correction(work, old, entry, source="form")
    return Changed.of("assessment", ids=(old.pupil_id,))


def withdraw(desk: Desk, entry_id: str, reason: str) -> Changed:
    """Say that an entry should never have been made, and why; it stays readable and counts no more. Raises Refused, WrongUse."""
    old = _standing(desk, entry_id)
    if not tidy(reason):
        raise Refused((Problem("reason", "missing", _("Enter why the entry is withdrawn.")),))
    with desk.act(Action.EDIT_RECORD, "pupil", old.pupil_id, "assessment withdrawn") as work:
        store.withdraw(desk.vault, old, reason=tidy(reason), moment=work.stamp, actor=work.actor)
    return Changed.of("assessment", ids=(old.pupil_id,))


def keep_new(work: Work, entries: Sequence[Assessment]) -> None:
    """Within a transaction: keep checked entries."""
    store.add_all(work.desk.vault, entries, moment=work.stamp, actor=work.actor, act=work.act)


def keep_correction(work: Work, old: Assessment, new: Assessment, *, source: str) -> None:
    """Within a transaction: keep a checked entry that puts another right, and what was changed."""
    changes = {name: old_and_new for name, old_and_new in differences(old, new).items() if name not in ("id", "corrects")}
    keep_new(work, [dataclasses.replace(new, id=new_id(), corrects=old.id)])
    amendments.add(work.desk.vault, kind="assessment", record_id=old.id, pupil_id=old.pupil_id, changes=changes, **work.provenance(source))


def set_scale(desk: Desk, name: str, values: Iterable[str]) -> Changed:
    """Keep a scale of the unit's own under its name, in place of one it has; without values it is in use no longer.

    What was recorded with it stays as it is. Raises Refused, NotAllowed.
    """
    name, distinct_values = tidy(name), tuple(dict.fromkeys(value for value in map(tidy, values) if value))
    longest = item_named(Assessment, "result").longest
    if not name or len(name) > item_named(Assessment, "component").longest:
        raise Refused((Problem("name", "missing", _("Give the scale a name of at most 60 characters.")),))
    if len({fold(value) for value in distinct_values}) < len(distinct_values) or any(len(value) > longest for value in distinct_values):
        raise Refused((Problem("values", "bad_text", _("Each value must be different, and have at most 20 characters.")),))
    with desk.act(Action.EDIT_SETTINGS, "settings", "", "scale") as work:
        store.add_scale(desk.vault, Scale(name=name, values=distinct_values), moment=work.stamp, actor=work.actor)
    return Changed.of("settings")


def _checked(desk: Desk, entry: Assessment) -> Assessment:
    entry = tidied(entry, desk.today)
    pupil = pupil_of(desk.vault, entry.pupil_id)
    own_scales: Scales = scales_by_name(store.scales(desk.vault))
    refuse(problems_of(entry, desk.today))
    entry = settled(entry, own_scales)
    refuse(check_assessment(entry, pupil.dob, desk.today, own_scales))
    return entry


def _standing(desk: Desk, entry_id: str) -> Assessment:
    return required(store.get(desk.vault, entry_id), _("That entry has been corrected or withdrawn already. Open the pupil again."))
