"""Exports that the unit makes for itself: drafted, approved by a data officer, changed only by a new version, taken out of use and never deleted.

A version that was not approved cannot be made: what is changed waits for a new approval. The notice keeps naming what was approved
last until then, so that it never says less than what may leave.
"""

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.exports.own_export import OwnExport, check_own_export, name_for, tidied_export
from pupil_desk.services.consents import resting
from pupil_desk.services.consents.resting import ConsentChoice
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import recipients
from pupil_desk.services.exports.export import Ask, Export, Selection
from pupil_desk.services.exports.own.rows import export_of
from pupil_desk.services.pupils import lists
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import own_exports as store

_KIND = "own-export"


@dataclass(frozen=True, slots=True)
class Kept:
    """An export in its last version. ``approved``: that version may be made; ``before``: an earlier one was approved, and the notice names it."""

    made: OwnExport
    approved: bool
    before: bool

    @property
    def id(self) -> str:
        """Its name."""
        return self.made.own_export


@dataclass(frozen=True, slots=True)
class VersionMade:
    """Who made a version, and who approved it; None where nobody has."""

    version: int
    retired: bool
    at: datetime
    by: str
    approved: tuple[datetime, str] | None


def kept(desk: Desk, *, retired: bool = False) -> list[Kept]:
    """Every export in its last version, by name; ``retired`` adds those out of use."""
    desk.require(Action.LIST_EXPORTS)
    approved = store.approved(desk.vault)
    found: dict[str, Kept] = {}
    for made in store.versions(desk.vault):
        before = found.get(made.own_export)
        found[made.own_export] = Kept(made, made.id in approved, before is not None and (before.approved or before.before))
    return sorted((one for one in found.values() if retired or not one.made.retired), key=lambda one: (one.made.retired, fold(one.made.title)))


def version_named(desk: Desk, name: str) -> OwnExport | None:
    """The last version of the export of that name, in use or not; None where there is none."""
    return next((made for made in reversed(store.versions(desk.vault)) if made.own_export == name), None)


def usable(desk: Desk) -> list[Export]:
    """Those that can be made: in use, and approved as they are."""
    approved, latest = store.approved(desk.vault), {made.own_export: made for made in store.versions(desk.vault)}
    return [export_of(made) for made in latest.values() if made.id in approved and not made.retired]


def promised(desk: Desk) -> list[Export]:
    """What the notice names: of each in use the version that was approved last, though a later one may be waiting."""
    return [export_of(made) for made in store.promised(desk.vault)]


def titles(desk: Desk) -> dict[str, str]:
    """What each is called, by name, those out of use too."""
    return {made.own_export: made.title for made in store.versions(desk.vault)}


def history(desk: Desk, name: str) -> list[VersionMade]:
    """The versions of one export, the latest first."""
    desk.require(Action.LIST_EXPORTS)
    return [
        VersionMade(row["version"], bool(row["retired"]), local_time(row["at"]), row["made_by"],
                    (local_time(row["approved_at"]), row["approved_by"]) if row["approved_at"] else None)
        for row in store.history(desk.vault, name)
    ]  # fmt: skip


# -- what it can rest on


def consents(desk: Desk) -> list[ConsentChoice]:
    """Every consent that an export can rest on."""
    desk.require(Action.LIST_EXPORTS)
    return resting.choices(desk)


def problems(desk: Desk, made: OwnExport) -> tuple[Problem, ...]:
    """What stands against keeping a version, item by item; ``columns``, ``consent``, ``conditions`` and ``order`` are asked outside its items."""
    made = tidied_export(tidied(made, desk.today))
    found = [*problems_of(made, desk.today), *check_own_export(made)]
    if any(fold(one.made.title) == fold(made.title) for one in kept(desk) if one.id != made.own_export):
        found.append(Problem("title", "taken", _("Another export has this name. Enter a different one.")))
    if fold(made.recipient) in map(fold, recipients.labels_not_named(desk)):
        found.append(Problem("recipient", "not_named", _("The privacy notice does not name them. {what_to_do}").format(what_to_do=recipients.WHAT_TO_DO)))
    if made.by_consent and made.consent and made.consent not in {one.key for one in consents(desk)}:
        found.append(Problem("consent", "gone", _("That consent is no longer in use, or is over. Choose another.")))
    if wrong := lists.check_conditions(desk, made.conditions):
        found.append(Problem("conditions", "bad_condition", wrong))
    return tuple(found)


# -- drafting, approving, taking out of use


def save(desk: Desk, made: OwnExport) -> OwnExport:
    """Keep a new version, which nobody has approved yet; without ``own_export`` a new export. Nothing is kept where nothing has changed.

    The version as it is kept. Raises Refused, NotAllowed; WrongUse where a colleague has changed it since it was shown.
    """
    desk.require(Action.DRAFT_OWN_EXPORT)
    refuse(problems(desk, made))
    made = _settled(desk, made)
    held = _held(desk, made) if made.own_export else None
    if held is not None and dataclasses.replace(made, id=held.id, version=held.version, retired=False) == held:
        return held
    name = made.own_export or name_for(made.title, list(titles(desk)))
    return _keep(desk, Action.DRAFT_OWN_EXPORT, dataclasses.replace(made, own_export=name, retired=False), held, "drafted")


def _settled(desk: Desk, made: OwnExport) -> OwnExport:
    """Tidied, and where it rests on a consent with that in words in place of a law."""
    made = tidied_export(tidied(made, desk.today))
    if not made.by_consent:
        return made
    return dataclasses.replace(made, law=next((one.words for one in consents(desk) if one.key == made.consent), made.law))


def approve(desk: Desk, version_id: str) -> Changed:
    """A data officer's word that this version may be made. Raises NotAllowed; WrongUse for one that was changed since; Refused for one that no longer stands."""
    desk.require(Action.APPROVE_OWN_EXPORT)
    made = next((one.made for one in kept(desk) if one.made.id == version_id), None)
    if made is None:
        raise WrongUse(_("It was changed or taken out of use since you looked. Look at it again."))
    if version_id in store.approved(desk.vault):
        raise WrongUse(_("It is approved already."))
    refuse(problems(desk, made))
    with desk.act(Action.APPROVE_OWN_EXPORT, _KIND, made.own_export, f"version {made.version} approved") as work:
        store.approve(desk.vault, version_id, moment=work.stamp, actor=work.actor)
    return Changed.of(_KIND, "settings", "notice")


def retire(desk: Desk, made: OwnExport) -> Changed:
    """Take one out of use: what it made stays on record. A draft that was never approved anybody who drafts may take out.

    Raises NotAllowed, WrongUse.
    """
    one = next((one for one in kept(desk) if one.id == made.own_export), None)
    action = Action.APPROVE_OWN_EXPORT if one is not None and (one.approved or one.before) else Action.DRAFT_OWN_EXPORT
    desk.require(action)
    held = _held(desk, made)
    _keep(desk, action, dataclasses.replace(held, retired=True), held, "taken out of use")
    return Changed.of(_KIND, "settings", "notice")


def _held(desk: Desk, made: OwnExport) -> OwnExport:
    held = version_named(desk, made.own_export)
    if held is None or held.retired or held.id != made.id:
        raise WrongUse(_("It was changed or taken out of use since you looked. Look at it again."))
    return held


def _keep(desk: Desk, action: Action, made: OwnExport, held: OwnExport | None, what: str) -> OwnExport:
    following = dataclasses.replace(made, id=new_id(), version=held.version + 1 if held else 1)
    with desk.act(action, _KIND, made.own_export, f"version {following.version} {what}") as work:
        store.add(desk.vault, following, moment=work.stamp, actor=work.actor)
    return following


def preview(desk: Desk, made: OwnExport) -> Selection:
    """Who would go today with a version as it stands, saved or not. Raises Refused where it cannot be told."""
    desk.require(Action.PREVIEW_SHARING)
    refuse(problem for problem in problems(desk, made) if problem.column in _TO_PREVIEW)
    return export_of(_settled(desk, made)).select(desk, Ask(day=desk.today))


_TO_PREVIEW = frozenset({"basis", "columns", "conditions", "consent", "order"})
