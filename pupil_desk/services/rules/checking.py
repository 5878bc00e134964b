"""Whether the files of a pack can take the place of those in force: each is read by what reads the program's own, before it counts for anybody."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import PurePosixPath

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import Known
from pupil_desk.basics.rulefacts import FactsMissing, facts_of
from pupil_desk.basics.rulefiles import RuleSet, apart, rule_text
from pupil_desk.basics.ruleshapes import BuiltOtherwise, require_built_alike
from pupil_desk.basics.valuesets import valuesets
from pupil_desk.basics.words import _
from pupil_desk.documents.prose import NAME, blocks_of
from pupil_desk.domain.accidents.riddor import riddor_rules
from pupil_desk.domain.care.health_words import vocabulary
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.catalogue.validation import problems_of
from pupil_desk.domain.consents.checks import check_type
from pupil_desk.domain.figures.disclosure_control import practices_of_others
from pupil_desk.domain.governance.retention import check_class, proposed_schedule
from pupil_desk.domain.incidents import duties
from pupil_desk.domain.leave.leave_request import leave_codes, longest_leave
from pupil_desk.domain.plans.annual_review import review_rules
from pupil_desk.domain.plans.kinds import plan_kinds
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.sending import sending_rules
from pupil_desk.domain.register import authority_returns
from pupil_desk.domain.register.attendance import CODES, UNAUTHORISED, codes_of
from pupil_desk.domain.register.census import census_on
from pupil_desk.domain.register.penalty import penalty_rule
from pupil_desk.domain.safeguarding.body_map import figure
from pupil_desk.domain.safeguarding.transfer import transfer_days
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.domain.unit.kind import unit_kinds
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.consents import types
from pupil_desk.services.erasure.periods import events_of
from pupil_desk.services.formats import census, ctf, lrs
from pupil_desk.services.imports.lrs_answer.kind import LRS_ANSWER
from pupil_desk.services.notices import checklist
from pupil_desk.services.packs import people
from pupil_desk.services.quality import rule as quality
from pupil_desk.services.rules.pack import PackRefused

_YEARS = range(2020, 2041)  # in which the days of a census must be days
_LAST_DAY = date(2026, 8, 31)  # of a school year: any will do


def require_readable(paths: Iterable[str], rules: RuleSet) -> None:
    """Whether these files, as the rules have them, are built as the program's own and taken by their readers. Raises PackRefused, saying what is wrong."""
    for path in paths:
        with apart(rules):
            try:
                require_built_alike(path, rule_text(*path.split("/")))
                facts_of(path)
                _reader_of(path)()
            except FactsMissing as error:
                why = _("{name} does not say its source, the day checked, how sure we are and when to look again").format(name=error)
                raise _refused(path, why) from error
            except (BuiltOtherwise, Known) as error:
                raise _refused(path, str(error)) from error
            except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
                raise _refused(path, _("what reads it does not take it: {why}").format(why=str(error) or type(error).__name__)) from error


def _refused(path: str, why: str) -> PackRefused:
    words = _("is a pack of rules that is built otherwise than this program’s own: in {path} {why}")
    return PackRefused(words.format(path=path, why=why.rstrip(".")), _("Ask whoever sent it for another."))


def _reader_of(path: str) -> Callable[[], object]:
    folder = path.partition("/")[0]
    by_path: Mapping[str, Callable[[], object]] = {
        "codes/redaction.toml": _redaction,
        "codes/results/allowed.toml": lambda: valuesets("results", "allowed.toml"),
        "attendance/leave.toml": _leave,
        "attendance/penalty.toml": _penalty,
        "census/collection.toml": _census_days,
        "census/columns.toml": _census_columns,
        "ctf/sending.toml": sending_rules,
        "ctf/elements.txt": _elements,
        "lrs/batch.toml": _batch,
        "lrs/answer.toml": lambda: (lrs.answer(), LRS_ANSWER.columns),
        "recipients/recipients.toml": _recipients,
        "retention/classes.toml": _retention,
        "returns/authority.toml": lambda: _positive(limit.value for limit in authority_returns.limits().values()),
        "unit/kinds.toml": lambda: [kind.follows() for kind in unit_kinds().values()],
        "incidents/duties.toml": _incident_days,
        "accidents/riddor.toml": _riddor,
        "plans/kinds.toml": _plan_kinds,
        "safeguarding/body.toml": figure,
        "safeguarding/transfer.toml": lambda: _positive(dataclasses.astuple(transfer_days())),
        "plans/annual_review.toml": _review_days,
        "quality/health_words.toml": vocabulary,
        "figures/disclosure_control.toml": lambda: _positive(practice.smallest for practice in practices_of_others()),
        "quality/limits.toml": lambda: _positive(quality.limits().values()),
        "notice/checklist.toml": _checklist,
    }
    by_folder: Mapping[str, Callable[[], object]] = {
        "codes": partial(_codes, PurePosixPath(path).stem),
        "consents": partial(_consent, PurePosixPath(path).stem.partition("-")[2]),
        "words": partial(_prose, path),
    }
    return by_path[path] if path in by_path else by_folder[folder]


def _require(is_so: bool, why: str) -> None:
    if not is_so:
        raise ValueError(why)


def _positive(numbers: Iterable[int]) -> None:
    for number in numbers:
        _require(number > 0, _("{number} is no such number").format(number=number))


def _plan_kinds() -> None:
    """Each is in the list of kinds, and has parts and steps that can be kept."""
    parts, kinds = {plan_item.name for plan_item in items_of(PupilPlan)}, plan_kinds()
    unknown = [*(kinds.keys() - codelist("plan_kind").codes.keys())]
    for kind in kinds.values():
        unknown += [part.item for part in kind.parts if part.item not in parts]
        unknown += [step for step in kind.steps if step not in codelist("plan_step").codes]
        unknown += [invitee for invitee in kind.invitees if invitee not in codelist("plan_invitee").codes]
    if unknown:
        raise ValueError(f"there is no {unknown[0]}")


def _review_days() -> None:
    by_rule = review_rules()
    _positive(
        (by_rule.months, by_rule.invited, by_rule.asked, by_rule.advice, by_rule.report, by_rule.decision, by_rule.comments, by_rule.final)
    )
    _positive((by_rule.final_of_meeting, by_rule.between_months))
    for month, day in by_rule.before.values():
        date(2025, month, day)


def _incident_days() -> None:
    limits = duties.limits()
    _positive((limits.adult, limits.debrief, limits.signed + 1, limits.reported + 1))  # 0: the same day


def _riddor() -> None:
    by_rule = riddor_rules()
    _positive((by_rule.parent + 1, by_rule.letter + 1, by_rule.answers + 1, by_rule.followed))  # 0: the same day
    _positive(rule.days for rule in by_rule.rules if rule.days is not None)


def _leave() -> None:
    """Each purpose of the list has codes of the register."""
    _positive((longest_leave(),))
    for purpose in codelist("leave_purpose").codes:
        codes = leave_codes(purpose)
        for code in (codes.given, codes.not_given):
            _require(code in codelist(CODES).codes, _("there is no code {code}").format(code=code))


def _penalty() -> None:
    rule = penalty_rule()
    _positive((rule.sessions, rule.weeks, rule.most_notices, rule.years, rule.looked_back - rule.weeks + 1))
    for code in rule.codes - codes_of(UNAUTHORISED):
        _require(False, _("{code} is no code of an absence without leave").format(code=code))
    for kind in rule.outside - unit_kinds().keys():
        _require(False, _("there is no kind of unit {kind}").format(kind=kind))


def _items(paths: Iterable[str]) -> None:
    for path in paths:
        _require(path in every_item(), _("there is no item {path} on file").format(path=path))


def _codes(name: str) -> None:
    """A new code is of a category that the list has: the program goes by them."""
    with apart():
        known = {code.category for code in codelist(name).codes.values()}
    for code in codelist(name).codes.values():
        _require(bool(code.label.strip()), _("a code has no words"))
        _require(code.category in known, _("no code is of the category {category}").format(category=code.category))
        _require(code.since is None or code.until is None or code.since <= code.until, _("a code ends before it begins"))


def _redaction() -> None:
    _codes("redaction")
    people.rules()
    people.professionals()


def _census_days() -> None:
    census.census_rules()
    for year in _YEARS:
        for term in census.terms():
            told = census_on(census.terms(), term.reference_day(year))
            for since, until in (*told.blocks, told.suspensions):
                _require(since <= until, _("a span of days ends before it begins"))


def _census_columns() -> None:
    with apart():
        known_rules = {column.rule for sheet in census.all_sheets() for column in sheet.columns}
        known_rows = {(sheet.covers, sheet.rows) for sheet in census.all_sheets()}
    for sheet in census.all_sheets():
        _require((sheet.covers, sheet.rows) in known_rows, _("nothing makes the rows of {name}").format(name=sheet.name))
        for column in sheet.columns:
            _items(column.items)
            _require(column.rule in known_rules, _("nothing works out {name}").format(name=column.rule))
            _require(not column.codes or bool(codelist(column.codes).codes), column.codes)


def _elements() -> None:
    with apart():
        shipped = {element.path for top in ctf.elements() for element in top.walk()}
    found = {element.path: element for top in ctf.elements() for element in top.walk()}
    _require(shipped <= found.keys(), _("{name} is missing").format(name=min(shipped - found.keys(), default="")))
    _items(item for element in found.values() for item in element.items)


def _batch() -> None:
    batch = lrs.batch()
    with apart():
        known = {column.header for column in lrs.batch().columns}
    _require({column.header for column in batch.columns} <= known, _("nothing fills its second row"))
    batch.file_name("10000000", datetime(2026, 11, 28, 9, 0))  # noqa: DTZ001 - of no place
    _items(item for column in batch.columns for item in column.items)
    _positive((batch.from_age, *(column.longest for column in batch.columns)))


def _recipients() -> None:
    for recipient in register().values():
        _items((*recipient.minimum, *recipient.full, *recipient.parent_items))
        _require(
            not recipient.setting or hasattr(UnitSettings, recipient.setting),
            _("there is no setting {name}").format(name=recipient.setting),
        )
        _require(
            not recipient.consent or recipient.consent in types.shipped(), _("there is no consent {name}").format(name=recipient.consent)
        )


def _retention() -> None:
    schedule = proposed_schedule()
    for name, retention_class in schedule.classes.items():
        for problem in check_class(retention_class, schedule):
            raise ValueError(f"{retention_class.label}: {problem.message}")
        known_events = events_of(name) or tuple(part.event for part in retention_class.parts)
        _require(
            bool(retention_class.parts) and all(part.event in known_events or part.if_hurt for part in retention_class.parts),
            _("{class_} counts from what is not known of it").format(class_=retention_class.label),
        )


def _checklist() -> None:
    checklist.checklist()
    checklist.stands_for()
    _positive((checklist.limit("timing", "days"), checklist.limit("length", "sides")))


def _consent(key: str) -> None:
    consent_type = types.shipped()[key].type
    for problem in (*problems_of(consent_type, _LAST_DAY), *check_type(consent_type)):
        raise ValueError(problem.message)


def _prose(path: str) -> None:
    text = rule_text(*path.split("/"))
    blocks_of(text, dict.fromkeys(NAME.findall(text), "x"))
