"""The import of providers, as a unit's own directory of alternative provision lists them: one a row, with what was seen of it, a few columns a check.

Of each kind of check there is a day on which it was seen, by whom, until when it holds, and whether it was in order: without that word it was, for who
keeps such a list enters the day once it is. A check on file stays; a later one is entered beside it, and so is one of the same day of which the row says
otherwise: what the row does not tell stays as it was.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, items_of
from pupil_desk.domain.catalogue.validation import Problem, show
from pupil_desk.domain.providers.provider import Provider
from pupil_desk.domain.providers.provider_check import CODES, ProviderCheck, check_provider_check
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.imports.elsewhere.keyed_tables import PROVIDERS, StoredByTable, by_attribute, plan_of_key
from pupil_desk.services.imports.kinds import Fate, ImportKind, Judging, Plan, ReadRow, Write, refused_plan
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import providers as store

_HEADS: Mapping[str, tuple[str, ...]] = {
    "registration_seen_on": ("registration checked", "date registration checked", "ofsted checked"),
    "safeguarding_seen_on": ("safeguarding policy seen", "safeguarding checked", "safeguarding policy date", "safeguarding audit"),
    "staff_seen_on": ("dbs checked", "dbs confirmed", "staff checks confirmed", "dbs letter date", "safer recruitment checked"),
    "insurance_seen_on": ("insurance seen", "insurance checked", "date insurance seen"),
    "insurance_valid_until": (
        "insurance expiry",
        "insurance expiry date",
        "insurance expires",
        "public liability expiry",
        "insurance until",
    ),
    "health_safety_seen_on": ("risk assessment seen", "health and safety checked", "risk assessment date", "h&s checked"),
    "visit_seen_on": ("last visit", "date of visit", "date of last visit", "site visit", "qa visit", "quality assurance visit"),
    "visit_seen_by": ("visited by", "visit by"),
}
"""Headings of other lists, by our column; our own reading of what such directories are headed, none fixed by anybody."""
_OF_CHECK = {item.name: item for item in items_of(ProviderCheck) if item.name != "kind"}


def _columns() -> dict[str, tuple[str, Item]]:
    """Of each column of a check its kind, and the item under the name that it has in a file."""
    columns = {}
    for code in codelist(CODES).codes.values():
        for item in _OF_CHECK.values():
            name = f"{code.code.replace('-', '_')}_{item.name}"
            label = _("{check}: {item}").format(check=code.label, item=begun_small(item.label))
            columns[name] = (code.code, dataclasses.replace(item, name=name, label=label, required=False, heads=_HEADS.get(name, ())))
    return columns


@dataclasses.dataclass(frozen=True, slots=True)
class StoredProviders(StoredByTable[Provider]):
    """The providers, and what was seen of each, by its key."""

    checks: Mapping[str, Sequence[ProviderCheck]] = dataclasses.field(default_factory=dict)


def _hold(vault: Vault) -> StoredProviders:
    return StoredProviders(PROVIDERS.on_file(vault), checks=store.checks(vault))


def _plan(stored: StoredProviders, row: ReadRow, judging: Judging) -> Plan:
    values = by_attribute(PROVIDERS, row.values)
    plan = plan_of_key(PROVIDERS, stored, values, row, judging)
    if plan.fate is Fate.REFUSED:
        return plan
    checks_held = stored.checks.get(PROVIDERS.key_of(values["name"]), ())
    provider = stored.on_file.get(PROVIDERS.key_of(values["name"]))
    new_checks, problems, not_taken = [], [*plan.problems], []
    for code, told_values in _told_by_kind(row.values).items():
        if "seen_on" not in told_values:
            problems.append(_never_seen(code))
            not_taken += [
                NotTaken(path=_label(code, name), value=show(_OF_CHECK[name], told_values[name]), reason=problems[-1].message)
                for name in told_values
            ]
            continue
        last = _last_seen(checks_held, code)
        if last is not None and told_values["seen_on"] < last.seen_on:
            problems.append(_older(code, last))
            continue
        check = _as_told(last, told_values) or ProviderCheck(
            provider=provider.name if provider else values["name"], kind=code, **{"in_order": "yes", **told_values}
        )
        if check == last:
            continue
        problems += [
            dataclasses.replace(problem, column=_column(code, problem.column)) for problem in check_provider_check(check, judging.today)
        ]
        new_checks.append(dataclasses.replace(check, id=new_id()))
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    fate = Fate.CHANGED if new_checks and plan.fate is Fate.UNCHANGED else plan.fate
    return dataclasses.replace(
        plan,
        fate=fate,
        contents=dict(row.values),
        problems=tuple(problems),
        writes=(*plan.writes, *(Write(None, check) for check in new_checks)),
        further_records=tuple(_in_words(check) for check in new_checks),
        not_taken=tuple(not_taken),
    )


def _last_seen(checks: Sequence[ProviderCheck], code: str) -> ProviderCheck | None:
    """The check of a kind that counts."""
    return next((check for check in reversed(checks) if check.kind == code), None)


def _as_told(last: ProviderCheck | None, told_values: Mapping[str, Any]) -> ProviderCheck | None:
    """A check on file as a row has it of the same day: what the row does not tell of it stays. None where the row has another day."""
    return dataclasses.replace(last, **told_values) if last is not None and last.seen_on == told_values["seen_on"] else None


def _told_by_kind(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    told_values: dict[str, dict[str, Any]] = {}
    for column, (code, _item) in _columns().items():
        if column in values:
            told_values.setdefault(code, {})[column.removeprefix(_column(code, ""))] = values[column]
    return told_values


def _column(code: str, name: str) -> str:
    return f"{code.replace('-', '_')}_{name}"


def _label(code: str, name: str) -> str:
    return _columns()[_column(code, name)][1].label


def _in_words(check: ProviderCheck) -> str:
    return _("{check}: seen on {day}").format(check=codelist(CODES).label_of(check.kind), day=short_date(check.seen_on))


def _never_seen(code: str) -> Problem:
    words = _("{check}: the row does not say when it was seen, so nothing of it is entered.")
    return Problem.warning(_column(code, "seen_on"), "never_seen", words.format(check=codelist(CODES).label_of(code)))


def _older(code: str, last: ProviderCheck) -> Problem:
    words = _("{check}: it was seen since, on {day}, which stays.")
    return Problem.warning(
        _column(code, "seen_on"), "older_check", words.format(check=codelist(CODES).label_of(code), day=short_date(last.seen_on))
    )


PROVIDER_LIST = ImportKind(
    name="providers",
    label=_("Providers and their checks"),
    columns=lambda: (*PROVIDERS.items().values(), *(item for _code, item in _columns().values())),
    hold=_hold,
    plan=_plan,
    quiet=frozenset({"unknown_la"}),
    switch=PROVIDERS.keyed.switch,
    is_guessed=False,
)
