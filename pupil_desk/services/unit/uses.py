"""What a unit does not use: it is switched off by a yes or no of the settings, is offered nowhere, and takes in nothing new.

What is on file of it stays in the records, the copy and the notice. It cannot be switched off while the law asks for something about it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.accidents import accidents_due
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import incidents_due
from pupil_desk.services.plans import plans_due
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.several import any_of_pupil
from pupil_desk.store.tables import accidents as accident_store
from pupil_desk.store.tables import exams as exam_store
from pupil_desk.store.tables import incidents as incident_store
from pupil_desk.store.tables import plans as plan_store
from pupil_desk.store.tables import providers as provider_store
from pupil_desk.store.tables import safeguarding as safeguarding_store
from pupil_desk.store.tables import schools as school_store
from pupil_desk.store.tables import transport as transport_store


def require_use(desk: Desk, switch: str) -> None:
    """Raises WrongUse where what has this switch is switched off."""
    if words := off_words(desk, switch):
        raise WrongUse(words)


def off_words(desk: Desk, switch: str) -> str:
    """What is said where what has this switch is switched off; empty where it is used."""
    if desk.settings.uses(switch):
        return ""
    words = _("“{setting}” is switched off. A data officer can switch it on, in Settings under Unit.")
    return words.format(setting=item_named(UnitSettings, switch).label)


def switched_on(settings: UnitSettings) -> frozenset[str]:
    """The switches of what these settings use."""
    return frozenset(use.switch for use in _USES if settings.uses(use.switch))


def has_part(desk: Desk, part: str, pupil_id: str = "") -> bool:
    """Whether this part, by its key, is in a pupil's record: one that is switched off is there to be read, of whom anything stands in it."""
    use = next((use for use in _USES if use.part == part), None)
    return use is None or desk.settings.uses(use.switch) or (bool(pupil_id) and any_of_pupil(desk.vault, use.in_part, pupil_id))


def unnamed(desk: Desk) -> frozenset[str]:
    """The kinds of record that the notice need not name: of what is switched off, and of which nothing is on file any more."""
    return frozenset(
        kind for use in _USES if not desk.settings.uses(use.switch) and not use.any_on_file(desk.vault) for kind in use.records
    )


def still_needed(desk: Desk, new: UnitSettings) -> Iterator[Problem]:
    """Of what these settings would switch off, why it cannot be yet."""
    for use in _USES:
        if desk.settings.uses(use.switch) and not new.uses(use.switch) and (words := use.still_needed(desk)):
            yield Problem(use.switch, "still_needed", words)


def _open_incidents(desk: Desk) -> str:
    count = len({line.incident_id for line in incidents_due.open_incidents(desk)})
    if not count:
        return ""
    return _("Something is still to be done about {incidents}: Home lists them. Do that first.").format(
        incidents=count_of(count, _("incident"), _("incidents"))
    )


def _unreported_accidents(desk: Desk) -> str:
    """Of those alone that a law asks to be reported, or may."""
    count = sum(1 for line in accidents_due.open_accidents(desk) if line.by_law or line.undecided)
    if not count:
        return ""
    return _("A report to HSE is missing, or not decided, for {accidents}: Home lists them. Do that first.").format(
        accidents=count_of(count, _("accident"), _("accidents"))
    )


def _late_plans(desk: Desk) -> str:
    """Of the plans whose review a law asks for: those of EHC plans alone."""
    count = sum(1 for line in plans_due.open_plans(desk) if line.by_law)
    if not count:
        return ""
    return _("Something is still to be done about {plans}: Home lists them. Do that first, or end the plan.").format(
        plans=count_of(count, _("EHC plan"), _("EHC plans"))
    )


def _safeguarding_files(desk: Desk) -> str:
    if not safeguarding_store.any_on_file(desk.vault):
        return ""
    return _("There are safeguarding files here, and the lead and deputies could no longer open them. It stays on while there is one.")


@dataclass(frozen=True, slots=True)
class _Use:
    """What a unit may not use: the setting that switches it off, its kinds of record, whether any is on file, and why it cannot be switched off yet.

    ``part`` is the key of the part of the record in which those of ``in_part`` are shown.
    """

    switch: str
    records: tuple[str, ...]
    any_on_file: Callable[[Vault], bool]
    still_needed: Callable[[Desk], str]
    part: str = ""
    in_part: tuple[str, ...] = ()


_EXAMS = ("exam_entry", "exam_arrangement", "exam_collector")
_USES = (
    _Use(
        "records_incidents",
        ("incident", "incident_event"),
        incident_store.any_on_file,
        _open_incidents,
        part="incidents",
        in_part=("incident",),
    ),
    _Use("keeps_accidents", ("accident",), accident_store.any_on_file, _unreported_accidents, part="accidents", in_part=("accident",)),
    _Use("enters_exams", _EXAMS, exam_store.any_on_file, lambda _desk: "", part="exams", in_part=_EXAMS),
    _Use("keeps_plans", ("plan", "plan_step"), plan_store.any_on_file, _late_plans, part="plans", in_part=("plan",)),
    _Use(
        "records_schools",
        ("school_place", "school_place_review", "school_mark"),
        school_store.any_on_file,
        lambda _desk: "",
        part="school-places",
        in_part=("school_place", "school_place_review"),
    ),
    _Use(
        "buys_places",
        ("placement", "bought_place_review", "provider_return"),
        provider_store.any_on_file,
        lambda _desk: "",
        part="placements",
        in_part=("placement", "bought_place_review"),
    ),
    _Use("records_transport", ("journey",), transport_store.any_on_file, lambda _desk: "", part="transport", in_part=("journey",)),
    _Use("keeps_safeguarding", ("safeguarding_entry",), safeguarding_store.any_on_file, _safeguarding_files),
)
"""All that may be switched off. Pages, figures, imports, and what is added in a part of the record name the setting as their ``switch``."""
