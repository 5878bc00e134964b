"""One item changed for several pupils: first what would become of each, then all of it in one act that can be undone.

Only what several pupils have in common is offered: never a name, a number, a day of birth or an address. A leaver's record, and what a
check refuses, stays as it is and is told.
"""

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, entered_items_of, item_named
from pupil_desk.domain.catalogue.own_values import is_own
from pupil_desk.domain.catalogue.validation import Problem, check_enrolment, check_pupil, problems_of, read, show
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import records
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import keep_pupil
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import enrolments
from pupil_desk.store.tables import pupils as store


@dataclass(frozen=True, slots=True)
class BulkChange:
    """One thing that can be changed for several: an item of the pupil or of the stay of today. ``moves`` takes each on by one instead."""

    key: str
    label: str
    item: Item
    of_stay: bool = False
    moves: bool = False


YEAR_UP = "year-up"
_OF_PUPIL = ("year_group", "tutor_group", "site", "subject_sets", "first_language", "service_child", "young_carer")
_OF_STAY = ("review_day", "commissioned_by", "days_agreed", "transport", "school_contact", "school_phone", "school_email")


@by_rules
def offered_changes() -> Mapping[str, BulkChange]:
    """Everything that can be changed for several, in the order in which it is offered; the fields of the unit's own last."""
    year = item_named(Pupil, "year_group")
    changes = [BulkChange(name, item.label, item) for name in _OF_PUPIL for item in (item_named(Pupil, name),)]
    changes[1:1] = [BulkChange(YEAR_UP, _("Year group: each up by one"), year, moves=True)]
    changes += [BulkChange(name, item.label, item, of_stay=True) for name in _OF_STAY for item in (item_named(Enrolment, name),)]
    changes += [BulkChange(item.name, item.label, item) for item in entered_items_of(Pupil) if is_own(item.name)]
    return {change.key: change for change in changes}


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """What would become of one pupil. ``why_not`` says why nothing would; ``old`` and ``new`` are the records otherwise."""

    pupil: Pupil
    now: str
    will_be: str
    why_not: str = ""
    old: Pupil | Enrolment | None = None
    new: Pupil | Enrolment | None = None

    @property
    def id(self) -> str:
        return self.pupil.id


@dataclass(frozen=True, slots=True)
class Done:
    """What was changed: for how many pupils, and by which act."""

    pupils: int
    act: str
    changed: Changed


def problem_with(desk: Desk, key: str, text: str) -> str:
    """What is wrong with a new value as it was typed; an empty text if it can be used. Nothing typed takes the value away."""
    change = offered_changes()[key]
    if change.moves:
        return ""
    return next((problem.message for problem in read(change.item, text, desk.today).problems if problem.stops), "")


def preview(desk: Desk, ids: Collection[str], key: str, text: str = "") -> list[PlannedChange]:
    """What would become of each of these pupils, by name. Raises WrongUse for a value that cannot be used."""
    desk.require(Action.EDIT_RECORD)
    if wrong := problem_with(desk, key, text):
        raise WrongUse(wrong)
    change = offered_changes()[key]
    value_of = _next_year if change.moves else _set_to(read(change.item, text, desk.today).value)
    stays = enrolments.by_pupil(desk.vault, ids)
    return [_line(desk, change, pupil, stays[pupil.id], value_of) for pupil in store.some(desk.vault, ids)]


def _set_to(value: Any) -> Callable[[Any], tuple[Any, str]]:
    return lambda _now: (value, "")


def _next_year(now: str | None) -> tuple[str | None, str]:
    """The year group after another, of those that follow each other; else the reason why there is none."""
    if now is None:
        return None, _("No year group is entered")
    codes = list(codelist("year_group").codes)
    numbered = codes[: codes.index("14") + 1]
    if now not in numbered or now == numbered[-1]:
        return now, _("No year group follows this one")
    return numbered[numbered.index(now) + 1], ""


def _line(
    desk: Desk, change: BulkChange, pupil: Pupil, stays: Sequence[Enrolment], value_of: Callable[[Any], tuple[Any, str]]
) -> PlannedChange:
    stay = _stay_of(desk, stays)
    old: Pupil | Enrolment | None = stay if change.of_stay else pupil
    if stay is None or old is None:
        value_words = "" if change.of_stay else show(change.item, getattr(pupil, change.item.name))
        return PlannedChange(pupil, value_words, "", _("Not here today: change the record by itself"))
    now = getattr(old, change.item.name)
    value, why_not = value_of(now)
    if not why_not and value == now:
        why_not = _("Is so already")
    if why_not:
        return PlannedChange(pupil, show(change.item, now), "", why_not)
    new: Pupil | Enrolment = dataclasses.replace(old, **{change.item.name: value})
    refusal = _refusal(desk, new, change.item.name)
    return PlannedChange(pupil, show(change.item, now), show(change.item, value) if not refusal else "", refusal, old, new=new)


def _stay_of(desk: Desk, stays: Sequence[Enrolment]) -> Enrolment | None:
    """The stay of today, the one on the roll before another."""
    today = desk.today
    present = [stay for stay in stays if stay.spans(today, today)]
    return next((stay for stay in present if stay.on_roll(today)), present[0] if present else None)


def _refusal(desk: Desk, new: Pupil | Enrolment, name: str) -> str:
    rule_problems: Sequence[Problem] = check_pupil(new) if isinstance(new, Pupil) else check_enrolment(new)
    return next((problem.message for problem in (*problems_of(new, desk.today, [name]), *rule_problems) if problem.stops), "")


def change_all(desk: Desk, ids: Collection[str], key: str, text: str = "") -> Done:
    """Change it for all of whom it can be: one act, with a log row for each. Raises WrongUse where it can be for nobody."""
    lines = [line for line in preview(desk, ids, key, text) if not line.why_not]
    if not lines:
        raise WrongUse(_("There is nothing to change. Choose another value, or other pupils."))
    reason = f"several at once: {offered_changes()[key].item.name}"
    with desk.act(Action.EDIT_RECORD, "pupil", lines[0].pupil.id, reason) as work:
        for line in lines:
            if isinstance(line.old, Pupil) and isinstance(line.new, Pupil):
                keep_pupil(work, line.old, line.new, source="bulk")
            else:
                records.change(work, line.old, line.new, source="bulk")
        for line in lines[1:]:
            work.note(Action.EDIT_RECORD, "pupil", line.pupil.id, reason)
    return Done(len(lines), work.act, Changed.of("pupil", ids=tuple(line.pupil.id for line in lines)))
