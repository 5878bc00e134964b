"""Exports that the unit makes for itself: drafted, approved by a data officer, changed only by a new version, taken out of use and never deleted.

A version that was not approved cannot be made: what is changed waits for a new approval. The notice keeps naming what was approved
last until then, so that it never says less than what may leave.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, gathered, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.exports.own_export import OwnExport, check_own_export, name_for, tidied_export
from pupil_desk.services.consents import resting
from pupil_desk.services.consents.resting import ConsentChoice
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.exports.export import Ask, Export, Selection
from pupil_desk.services.exports.own.rows import export_of
from pupil_desk.services.pupils import lists
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import own_exports as store

_KIND = "own-export"


@dataclass(frozen=True, slots=True)
class OwnExportState:
    """An export in its last version. ``approved``: that version may be made; ``approved_before``: an earlier one was approved, and the notice names it."""

    own_export: OwnExport
    approved: bool
    approved_before: bool

    @property
    def id(self) -> str:
        return self.own_export.own_export


@dataclass(frozen=True, slots=True)
class VersionMade:
    """Who made a version, and who approved it; None where nobody has."""

    version: int
    retired: bool
    made_at: datetime
    made_by: str
    approved: tuple[datetime, str] | None


def own_exports(desk: Desk, *, retired: bool = False) -> list[OwnExportState]:
    """Every export in its last version, by name; ``retired`` adds those out of use."""
    desk.require(Action.LIST_EXPORTS)
    approved = store.approved(desk.vault)
    latest: dict[str, OwnExportState] = {}
    for own_export in store.versions(desk.vault):
        before = latest.get(own_export.own_export)
        latest[own_export.own_export] = OwnExportState(
            own_export, own_export.id in approved, before is not None and (before.approved or before.approved_before)
        )
    return sorted(
        (state for state in latest.values() if retired or not state.own_export.retired),
        key=lambda state: (state.own_export.retired, fold(state.own_export.title)),
    )


def version_named(desk: Desk, name: str) -> OwnExport | None:
    """The last version of the export of that name, in use or not; None where there is none."""
    return next((own_export for own_export in reversed(store.versions(desk.vault)) if own_export.own_export == name), None)


def usable(desk: Desk) -> list[Export]:
    """Those that can be made: in use, and approved as they are."""
    approved, latest = store.approved(desk.vault), {own_export.own_export: own_export for own_export in store.versions(desk.vault)}
    return [export_of(own_export) for own_export in latest.values() if own_export.id in approved and not own_export.retired]


def promised(desk: Desk) -> list[Export]:
    """What the notice names: of each in use the version that was approved last, though a later one may be waiting."""
    return [export_of(own_export) for own_export in store.promised(desk.vault)]


def titles(desk: Desk) -> dict[str, str]:
    """What each is called, by name, those out of use too."""
    return {own_export.own_export: own_export.title for own_export in store.versions(desk.vault)}


def history(desk: Desk, name: str) -> list[VersionMade]:
    """The versions of one export, the latest first."""
    desk.require(Action.LIST_EXPORTS)
    return [
        VersionMade(
            row["version"],
            bool(row["retired"]),
            local_time(row["at"]),
            row["made_by"],
            (local_time(row["approved_at"]), row["approved_by"]) if row["approved_at"] else None,
        )
        for row in store.history(desk.vault, name)
    ]


# -- what it can rest on


def consents(desk: Desk) -> list[ConsentChoice]:
    """Every consent that an export can rest on."""
    desk.require(Action.LIST_EXPORTS)
    return resting.choices(desk)


@gathered
def problems(desk: Desk, own_export: OwnExport) -> Iterator[Problem]:
    """What stands against keeping a version, item by item; ``columns``, ``consent``, ``conditions`` and ``order`` are asked outside its items."""
    own_export = tidied_export(tidied(own_export, desk.today))
    yield from (*problems_of(own_export, desk.today), *check_own_export(own_export))
    if any(fold(state.own_export.title) == fold(own_export.title) for state in own_exports(desk) if state.id != own_export.own_export):
        yield Problem("title", "taken", _("Another export has this name. Enter a different one."))
    if fold(own_export.recipient) in map(fold, disclosures.labels_not_named(desk)):
        yield Problem(
            "recipient", "not_named", _("The privacy notice does not name them. {what_to_do}").format(what_to_do=disclosures.WHAT_TO_DO)
        )
    if own_export.by_consent and own_export.consent and own_export.consent not in {choice.key for choice in consents(desk)}:
        yield Problem("consent", "gone", _("That consent is no longer in use, or is over. Choose another."))
    if wrong := lists.check_conditions(desk, own_export.conditions):
        yield Problem("conditions", "bad_condition", wrong)


# -- drafting, approving, taking out of use


def save(desk: Desk, own_export: OwnExport) -> OwnExport:
    """Keep a new version, which nobody has approved yet; without ``own_export`` a new export. Nothing is kept where nothing has changed.

    The version as it is kept. Raises Refused, NotAllowed; WrongUse where a colleague has changed it since it was shown.
    """
    desk.require(Action.DRAFT_OWN_EXPORT)
    refuse(problems(desk, own_export))
    own_export = _settled(desk, own_export)
    current = _current_version(desk, own_export) if own_export.own_export else None
    if current is not None and dataclasses.replace(own_export, id=current.id, version=current.version, retired=False) == current:
        return current
    name = own_export.own_export or name_for(own_export.title, list(titles(desk)))
    return _keep(desk, Action.DRAFT_OWN_EXPORT, dataclasses.replace(own_export, own_export=name, retired=False), current, "drafted")


def _settled(desk: Desk, own_export: OwnExport) -> OwnExport:
    """Tidied, and where it rests on a consent with that in words in place of a law."""
    own_export = tidied_export(tidied(own_export, desk.today))
    if not own_export.by_consent:
        return own_export
    return dataclasses.replace(
        own_export, law=next((choice.words for choice in consents(desk) if choice.key == own_export.consent), own_export.law)
    )


def approve(desk: Desk, version_id: str) -> Changed:
    """A data officer's word that this version may be made. Raises NotAllowed; WrongUse for one that was changed since; Refused for one that no longer stands."""
    desk.require(Action.APPROVE_OWN_EXPORT)
    own_export = required(
        next((state.own_export for state in own_exports(desk) if state.own_export.id == version_id), None),
        _("It was changed or taken out of use since you looked. Look at it again."),
    )
    if version_id in store.approved(desk.vault):
        raise WrongUse(_("It is approved already."))
    refuse(problems(desk, own_export))
    with desk.act(Action.APPROVE_OWN_EXPORT, _KIND, own_export.own_export, f"version {own_export.version} approved") as work:
        store.approve(desk.vault, version_id, moment=work.stamp, actor=work.actor)
    return Changed.of(_KIND, "settings", "notice")


def retire(desk: Desk, own_export: OwnExport) -> Changed:
    """Take one out of use: what it made stays on record. A draft that was never approved anybody who drafts may take out.

    Raises NotAllowed, WrongUse.
    """
    state = next((candidate for candidate in own_exports(desk) if candidate.id == own_export.own_export), None)
    action = Action.APPROVE_OWN_EXPORT if state is not None and (state.approved or state.approved_before) else Action.DRAFT_OWN_EXPORT
    desk.require(action)
    current = _current_version(desk, own_export)
    _keep(desk, action, dataclasses.replace(current, retired=True), current, "taken out of use")
    return Changed.of(_KIND, "settings", "notice")


def _current_version(desk: Desk, own_export: OwnExport) -> OwnExport:
    current = version_named(desk, own_export.own_export)
    if current is None or current.retired or current.id != own_export.id:
        raise WrongUse(_("It was changed or taken out of use since you looked. Look at it again."))
    return current


def _keep(desk: Desk, action: Action, own_export: OwnExport, current: OwnExport | None, step: str) -> OwnExport:
    following = dataclasses.replace(own_export, id=new_id(), version=current.version + 1 if current else 1)
    with desk.act(action, _KIND, own_export.own_export, f"version {following.version} {step}") as work:
        store.add(desk.vault, following, moment=work.stamp, actor=work.actor)
    return following


def preview(desk: Desk, own_export: OwnExport) -> Selection:
    """Who would go today with a version as it stands, saved or not. Raises Refused where it cannot be told."""
    desk.require(Action.PREVIEW_SHARING)
    refuse(problem for problem in problems(desk, own_export) if problem.column in _TO_PREVIEW)
    return export_of(_settled(desk, own_export)).select(desk, Ask(day=desk.today))


_TO_PREVIEW = frozenset({"basis", "columns", "conditions", "consent", "order"})
