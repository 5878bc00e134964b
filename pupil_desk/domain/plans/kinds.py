"""Kinds of plan: the parts of each, what may be recorded of it, and by which rule it is reviewed (``resources/plans/kinds.toml``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pupil_desk.basics.rulefiles import by_rules, rule_data


class ReviewRule(StrEnum):
    """How the day of the next review is worked out."""

    ANNUAL_REVIEW = "annual-review"
    MONTHS = "months"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One part of a plan: the attribute in which it is kept, and what it is called in a plan of the kind."""

    item: str
    label: str


@dataclass(frozen=True, slots=True)
class PlanKind:
    """One kind. ``months`` is None unless the rule counts months. ``provision`` is the code of the SEN provision that goes with it, «» for none.

    ``told_to`` says who has it; ``printed_with`` what stands on its paper of the record: needs, health. ``most_lines`` is how many lines
    of print fit on the one page that it is to be; None where it may be longer. ``days_after`` is within how many days of a restrictive
    intervention it is reviewed; None where that is no reason. One that ``is_guarded`` is shown to those alone whose role
    includes it, wherever plans are shown. ``invitees`` are codes of who is invited to its review; none where a review has no meeting.
    One that goes ``on_trips`` stands behind the list of a trip.
    """

    code: str
    rule: ReviewRule
    months: int | None
    provision: str
    told_to: str
    printed_with: tuple[str, ...]
    most_lines: int | None
    days_after: int | None
    is_guarded: bool
    steps: tuple[str, ...]
    parts: tuple[PlanPart, ...]
    invitees: tuple[str, ...]
    on_trips: bool


@by_rules
def plan_kinds() -> Mapping[str, PlanKind]:
    """Every kind by its code, in the order of the file. Raises ValueError where one has a rule that needs months, and none."""
    return {code: _kind(code, table) for code, table in rule_data("plans", "kinds.toml")["kinds"].items()}


def plan_kind(code: str) -> PlanKind | None:
    """The kind with that code; None for one that is in use no longer."""
    return plan_kinds().get(code)


def is_guarded(code: str) -> bool:
    """Whether plans of that kind are shown to some roles alone."""
    kind = plan_kind(code)
    return kind is not None and kind.is_guarded


def _kind(code: str, table: Mapping[str, object]) -> PlanKind:
    rule, months = ReviewRule(str(table["rule"])), table.get("months")
    most_lines, days_after = table.get("most_lines"), table.get("days_after")
    if (rule is ReviewRule.MONTHS) != isinstance(months, int) or (isinstance(months, int) and months < 1):
        raise ValueError(f"{code}: months go with the rule «months» alone")
    if table.get("guarded") and table.get("provision"):
        raise ValueError(f"{code}: that there is one is said by the SEN provision, which everybody sees, so it cannot be guarded")
    return PlanKind(
        code=code,
        rule=rule,
        months=months if isinstance(months, int) else None,
        provision=str(table.get("provision", "")),
        told_to=str(table["told_to"]),
        printed_with=_texts(table.get("printed_with", ())),
        most_lines=most_lines if isinstance(most_lines, int) else None,
        days_after=days_after if isinstance(days_after, int) else None,
        is_guarded=table.get("guarded") is True,
        steps=_texts(table["steps"]),
        parts=_parts(table["parts"]),
        invitees=_texts(table.get("invitees", ())),
        on_trips=table.get("on_trips") is True,
    )


def _texts(values: object) -> tuple[str, ...]:
    assert isinstance(values, list | tuple)
    return tuple(str(value) for value in values)


def _parts(tables: object) -> tuple[PlanPart, ...]:
    assert isinstance(tables, list)
    return tuple(PlanPart(table["item"], table["label"]) for table in tables)
