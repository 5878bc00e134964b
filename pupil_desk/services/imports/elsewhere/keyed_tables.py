"""Kinds of import whose rows name no pupil: each is about a school, a provider or a route, found by its key, and no row takes anything away.

What a row says otherwise of one on file goes over it, as on its own page, and the import can be undone. A kind is data: the record, the column that
names it, and what other programs call its items.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, Kind, items_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.providers.provider import Provider, provider_key
from pupil_desk.domain.schools.school import School
from pupil_desk.domain.transport.route import Route, route_key
from pupil_desk.domain.unit.school_name import number_of
from pupil_desk.services.imports.kinds import Difference, Fate, ImportKind, Judging, Plan, ReadRow, Write, refused_plan, writes_over
from pupil_desk.services.keyed_records import KeyedKind
from pupil_desk.services.providers import providers
from pupil_desk.services.schools import schools
from pupil_desk.services.transport import routes
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import providers as provider_store
from pupil_desk.store.tables import schools as school_store
from pupil_desk.store.tables import settings
from pupil_desk.store.tables import transport as route_store


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedTable[R]:
    """What tells one from another: the type of record, in ``word`` too, and the way in which it is kept, ``column``, which names one in a file, ``key_of``
    the text there, and the headings of other programs by item, none fixed by anybody. ``read_all`` reads those on file."""

    record_type: type[R]
    word: str
    keyed: KeyedKind[R]
    column: str
    key_of: Callable[[str], str]
    read_all: Callable[[Vault], Sequence[R]]
    heads: Mapping[str, tuple[str, ...]]

    def items(self) -> dict[str, Item]:
        """Its items, by attribute, each under the name that it has in a file."""
        return {item.name: self._item(item) for item in items_of(self.record_type)}

    def _item(self, item: Item) -> Item:
        name = self.column if item.name == self.keyed.key_item else item.name
        return dataclasses.replace(item, name=name, heads=(*item.heads, *self.heads.get(item.name, ())))

    def on_file(self, vault: Vault) -> dict[str, R]:
        """Those on file, by key."""
        return {self.key_of(getattr(record, self.keyed.key_item)): record for record in self.read_all(vault)}


@dataclass(frozen=True, slots=True)
class ToldOfKey:
    """What a row tells of one: what would be kept, where it says otherwise, and what is wrong with it."""

    is_new: bool
    writes: tuple[Write, ...]
    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]

    @property
    def stops(self) -> bool:
        return bool(self.writes) and any(problem.stops for problem in self.problems)


def told_of[R](table: KeyedTable[R], on_file: Mapping[str, R], values: Mapping[str, Any], row: ReadRow, judging: Judging) -> ToldOfKey:
    """What a row tells of the record that it names; ``values`` are by attribute."""
    key_item = table.keyed.key_item
    old = on_file.get(table.key_of(values[key_item]))
    if old is None:
        new = cast(Any, table.record_type)(id=new_id(), **values)
        return ToldOfKey(True, (Write(None, new),), (), tuple(table.keyed.check(new)))
    row_told = {name: value for name, value in values.items() if name != key_item}
    differences = judging.told_apart(row.number, table.items(), old, row_told)
    writes = writes_over(old, differences)
    return ToldOfKey(False, writes, differences, tuple(problem for write in writes for problem in table.keyed.check(write.new)))


_CONTACTS = {
    "contact": ("attendance contact", "contact name", "main contact", "attendance officer", "attendance lead", "contact"),
    "contact_phone": ("attendance telephone", "attendance phone", "contact phone", "contact telephone", "telephone", "phone"),
    "contact_email": ("attendance email", "contact email", "email"),
    "lead": ("dsl", "dsl name", "safeguarding lead"),
    "lead_phone": ("dsl phone", "dsl telephone", "safeguarding phone"),
    "finance": ("finance contact", "invoice contact", "business manager"),
    "note": ("note", "notes", "comments"),
}
"""Who is spoken to there, of a school and of a provider alike: the words of their headings."""
SCHOOLS = KeyedTable(
    record_type=School,
    word=_("School"),
    keyed=schools.KIND,
    column="school",
    key_of=lambda number: number,
    read_all=school_store.all_schools,
    heads={
        "number": ("school number", "dfe number", "school name", "name of school", "establishment"),
        **_CONTACTS,
        "lead_email": ("dsl email", "safeguarding email"),
        "finance_email": ("finance email", "invoice email", "invoices to"),
    },
)
PROVIDERS = KeyedTable(
    record_type=Provider,
    word=_("Provider"),
    keyed=providers.KIND,
    column="provider",
    key_of=provider_key,
    read_all=provider_store.all_providers,
    heads={
        "name": ("provider name", "ap provider", "alternative provider", "name of provision", "setting"),
        "registration": ("registered", "registration status", "ofsted registered", "registered with dfe"),
        "why_unregistered": ("reason not registered", "why unregistered"),
        "urn": ("urn", "school urn"),
        "sites": ("address", "site address", "sites", "addresses"),
        **_CONTACTS,
    },
)
ROUTES = KeyedTable(
    record_type=Route,
    word=_("Route"),
    keyed=routes.KIND,
    column="route",
    key_of=route_key,
    read_all=route_store.all_routes,
    heads={
        "name": ("route name", "run", "route number"),
        "operator": ("taxi company", "taxi firm", "transport provider", "transport company", "contractor", "operator"),
        "operator_phone": ("taxi phone", "operator phone", "contractor phone", "company phone"),
        "vehicle": ("vehicle", "vehicle type", "vehicle registration"),
        "driver": ("driver", "driver name"),
        "escort": ("escort", "escort name", "passenger assistant", "pa"),
        "escort_phone": ("escort phone", "escort mobile", "passenger assistant phone", "pa phone"),
        "note": ("route note", "route notes"),
    },
)
KEYED_TABLES: tuple[KeyedTable[Any], ...] = (SCHOOLS, PROVIDERS, ROUTES)


@dataclass(frozen=True, slots=True)
class StoredByTable[R]:
    """Those on file, by key, and the unit's own list of schools, by which a name stands for a number."""

    on_file: Mapping[str, R]
    told_schools: str | None = None


def _hold[R](table: KeyedTable[R]) -> Callable[[Vault], StoredByTable[R]]:
    return lambda vault: StoredByTable(table.on_file(vault), settings.current(vault).told_schools)


def _import_of[R](
    name: str, label: str, table: KeyedTable[R], *, plan: Callable[[StoredByTable[R], ReadRow, Judging], Plan]
) -> ImportKind[Any]:
    # a list of pupils may have such a heading too: so a person says that it is this kind
    return ImportKind(
        name=name,
        label=label,
        columns=lambda: tuple(_columns_of(table).values()),
        hold=_hold(table),
        plan=plan,
        quiet=frozenset({"unknown_la"}),
        switch=table.keyed.switch,
        is_guessed=False,
    )


def _columns_of(table: KeyedTable[Any]) -> dict[str, Item]:
    """The columns; a school may be named in words."""
    items = table.items()
    if table is SCHOOLS:
        hint = _("DfE number, such as 919/4001, or the name that the settings give it")
        items["number"] = dataclasses.replace(items["number"], kind=Kind.TEXT, hint=hint)
    return items


def by_attribute(table: KeyedTable[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a row tells, by attribute of the record."""
    names = {item.name: attribute for attribute, item in table.items().items()}
    return {names[column]: value for column, value in values.items() if column in names}


def plan_of_key[R](table: KeyedTable[R], stored: StoredByTable[R], values: Mapping[str, Any], row: ReadRow, judging: Judging) -> Plan:
    """The plan of a row that is about nothing but the record that it names."""
    row_told = told_of(table, stored.on_file, values, row, judging)
    if row_told.stops:
        return refused_plan(*(_in_file(table, problem) for problem in row_told.problems))
    fate = Fate.ADDED if row_told.is_new else Fate.CHANGED if row_told.writes else Fate.UNCHANGED
    key = (table.keyed.name, table.key_of(values[table.keyed.key_item]))
    problems = tuple(_in_file(table, problem) for problem in row_told.problems)
    return Plan(fate, key=key, contents=dict(values), problems=problems, differences=row_told.differences, writes=row_told.writes)


def _in_file(table: KeyedTable[Any], problem: Problem) -> Problem:
    return dataclasses.replace(problem, column=table.column) if problem.column == table.keyed.key_item else problem


def _plan_of_school(stored: StoredByTable[School], row: ReadRow, judging: Judging) -> Plan:
    values = by_attribute(SCHOOLS, row.values)
    values["number"] = number_of(values["number"], stored.told_schools)
    if not values["number"]:
        words = _("The settings give no one school this name. Write its DfE number, such as 919/4001.")
        return refused_plan(Problem("school", "unknown_school", words))
    return plan_of_key(SCHOOLS, stored, values, row, judging)


SCHOOL_CONTACTS = _import_of("school-contacts", _("People at schools"), SCHOOLS, plan=_plan_of_school)
ROUTE_LIST = _import_of(
    "routes",
    _("Routes"),
    ROUTES,
    plan=lambda stored, row, judging: plan_of_key(ROUTES, stored, by_attribute(ROUTES, row.values), row, judging),
)
