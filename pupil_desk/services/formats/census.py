"""The sheets and columns of the school census as data: ``resources/census``. The export writes by them, and the help lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.domain.register.census import CensusTerm

UNIT, ON_ROLL, LEFT, BOTH = "unit", "on-roll", "left", "both"
"""Whom a sheet tells of."""
YSSA = "yssa"


@dataclass(frozen=True, slots=True)
class CensusColumn:
    """One column under DfE's item name. ``rule`` works the value out of ``items``; without one the single item stands in it as it is.

    ``year`` is the newest specification in which we have seen it; ``since`` and ``until`` are calendar years of the reference day.
    ``allowed`` is what alone may be written, as the list ``codes`` has it or as told here; empty where anything may. One not ``is_on_file`` is listed, not written.
    """

    name: str
    items: tuple[str, ...]
    rule: str
    codes: str
    allowed: tuple[str, ...]
    terms: tuple[str, ...]
    since: int | None
    until: int | None
    year: int
    sure: str
    source: str
    is_on_file: bool

    def is_asked(self, term: str, year: int) -> bool:
        """Whether the census of that term and calendar year asks for it."""
        return (not self.terms or term in self.terms) and (self.since or year) <= year <= (self.until or year)

    def takes(self, code: str, day: date) -> bool:
        """Whether that value may be written on a day."""
        if self.codes:
            code_entry = codelist(self.codes).get(code)
            return code_entry is not None and code_entry.valid_on(day)
        return not self.allowed or code in self.allowed


@dataclass(frozen=True, slots=True)
class CensusSheet:
    """A table under DfE's name. ``covers`` is whom it tells of, ``rows`` what each row is of: «» one of each pupil."""

    name: str
    label: str
    covers: str
    rows: str
    columns: tuple[CensusColumn, ...]

    @property
    def written_columns(self) -> tuple[CensusColumn, ...]:
        """The columns that are written."""
        return tuple(column for column in self.columns if column.is_on_file)


@dataclass(frozen=True, slots=True)
class CensusRules:
    """The single rules of ``collection.toml``, each with its source there."""

    yssa_age: int
    suspensions_told: frozenset[str]
    attainment_years: frozenset[str]
    grades: tuple[str, ...]
    english: frozenset[str]
    maths: frozenset[str]
    gcse: frozenset[str]
    exceptional: frozenset[str]
    collection: str
    phase: str
    country: str


@by_rules
def terms() -> tuple[CensusTerm, ...]:
    """The terms and the rules of their days."""
    return tuple(CensusTerm(**facts) for facts in rule_data("census", "collection.toml")["terms"])


@by_rules
def census_rules() -> CensusRules:
    facts = rule_data("census", "collection.toml")["rules"]
    sets = {name: frozenset(facts[name]) for name in ("suspensions_told", "attainment_years", "english", "maths", "gcse", "exceptional")}
    return CensusRules(**{**facts, **sets, "grades": tuple(facts["grades"])})


@by_rules
def all_sheets() -> tuple[CensusSheet, ...]:
    """Every sheet with every column there is or was."""
    return tuple(
        CensusSheet(
            sheet["name"], sheet["label"], sheet["of"], sheet.get("rows", ""), tuple(_column(facts, sheet) for facts in sheet["columns"])
        )
        for sheet in rule_data("census", "columns.toml")["sheets"]
    )


def sheets(term: str, year: int, *, yssa: bool = True) -> tuple[CensusSheet, ...]:
    """The sheets of the census of a term and calendar year, with the columns that it asks for; ``yssa`` False leaves that one out."""
    selected = []
    for sheet in all_sheets():
        columns = tuple(column for column in sheet.columns if column.is_asked(term, year) and (yssa or column.name != YSSA))
        if columns:
            selected.append(CensusSheet(sheet.name, sheet.label, sheet.covers, sheet.rows, columns))
    return tuple(selected)


def items_told() -> tuple[str, ...]:
    """Every item that the export can ever carry."""
    return tuple(dict.fromkeys(item for sheet in all_sheets() for column in sheet.written_columns for item in column.items))


def _column(facts: Mapping[str, Any], sheet: Mapping[str, Any]) -> CensusColumn:
    def fact(name: str) -> Any:
        return facts.get(name, sheet.get(name))

    items: Sequence[str] = facts.get("of", (facts["item"],) if "item" in facts else ())
    return CensusColumn(
        name=facts["name"],
        items=tuple(items),
        rule=facts.get("rule", ""),
        codes=facts.get("codes", ""),
        allowed=tuple(facts.get("allowed", ())),
        terms=tuple(fact("terms") or ()),
        since=facts.get("since"),
        until=facts.get("until"),
        year=fact("year"),
        sure=fact("sure"),
        source=fact("source"),
        is_on_file=facts.get("held", True),
    )
