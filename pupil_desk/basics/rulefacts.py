"""What each file of rules states of its rules: its source, the day it was checked, how sure we are, and when to look again.

A file of TOML has the four facts at its head. A table in it that has some of its own is a rule of its own, and has the others from what it
stands in; ``facts`` at the head names other such rules by their keys, and ``words`` what a person calls them. Plain text has its facts in ``resources/facts.toml``.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefiles import FACTS, RuleSet, apart, by_rules, in_force, rule_data, rule_text
from pupil_desk.basics.ruleshapes import by_name, is_tables, is_toml
from pupil_desk.basics.rulewords import RuleWords
from pupil_desk.basics.words import _, count_of

SURE = ("high", "medium", "low")
_SURE: Mapping[str, str] = {"high": _("Sure"), "medium": _("Fairly sure"), "low": _("Not sure")}
_DESIGN = "design"  # a proposal of our own where no law says anything: nobody else says so
_TOLD = 10  # files with rules to look at again that are told each; of more the others are counted
TEXTS = "facts.toml"
"""Where the facts of plain text stand."""

NOT_RULES: Mapping[str, str] = {
    "facts.toml": "the facts themselves",
    "fonts/": "letters to print with",
    "icons/": "pictures of the program",
    "help/": "tells of the program; what it says of rules is made from them or held against them",
    "labels/": "sizes of paper that is sold",
    "receipts/": "the page that checks receipts without the program",
    "whole_unit/": "what the tables of the program’s own file are",
    "codes/school_year.toml": "a school year that each unit replaces by its own",
    "words/ar/": "translations of what the English words state",
    "words/en/letters/": "letters of everyday life, and each unit’s own",
    "words/en/progress_report.md": "the same",
    "words/en/progress_report_own.md": "the same",
    "words/en/governance/risks.toml": "risks for each unit to judge",
    "words/passphrase.txt": "words for passwords",
    "words/name_or_word.txt": "words that are names too",
    "words/short_names.txt": "what people of a name are called for short",
}
"""What of the resources states no law and no form that others have fixed, and why. Everything else is a file of rules."""

TITLES: Mapping[str, str] = {
    "attendance/leave.toml": _("Leave of absence in term time"),
    "attendance/penalty.toml": _("Penalty notices"),
    "census/collection.toml": _("School census, days and rules"),
    "census/columns.toml": _("School census, columns"),
    "codes/channel.toml": _("How a choice came"),
    "codes/consent_basis.toml": _("What a consent is in law"),
    "codes/consent_lapse.toml": _("How long the yes of a consent holds"),
    "codes/consent_sure.toml": _("How sure we are of a type of consent"),
    "codes/delivery_way.toml": _("How a copy was delivered"),
    "codes/disclosure_basis.toml": _("On what basis something was told"),
    "codes/disclosure_way.toml": _("How something was told"),
    "codes/ethnicity_source.toml": _("Who said the ethnic group"),
    "codes/health_kind.toml": _("What is known of health"),
    "codes/language.toml": _("First language"),
    "codes/notice_channel.toml": _("How the notice was given"),
    "codes/notice_language.toml": _("Languages of the notice"),
    "codes/redaction.toml": _("Whose name stands in a copy"),
    "codes/redaction_reason.toml": _("Why a name is withheld, or given"),
    "codes/request_answer.toml": _("What a check of a request came to"),
    "codes/request_kind.toml": _("What is asked for in a request"),
    "codes/request_outcome.toml": _("What was decided on a request"),
    "codes/results/allowed.toml": _("Results that an assessment may have"),
    "codes/settlement.toml": _("How a difference between parents was settled"),
    "codes/severity.toml": _("How severe a condition is"),
    "ctf/sending.toml": _("Common Transfer File, when and where it is sent"),
    "lrs/answer.toml": _("Learning Records Service, its answer"),
    "lrs/batch.toml": _("Learning Records Service, batch file"),
    "notice/checklist.toml": _("What the law asks of the privacy notice"),
    "quality/limits.toml": _("Numbers by which records are checked"),
    "recipients/recipients.toml": _("Whom pupils’ data may be told to"),
    "retention/classes.toml": _("How long records are kept"),
    "returns/authority.toml": _("Returns to the authority"),
    "unit/kinds.toml": _("What follows from the kind of unit"),
}
"""What a file is called that has no name of its own at its head, or one that says too little beside others."""


FOLDERS: Mapping[str, str] = {
    "unit/": _("The kind of unit"),
    "recipients/": _("Whom is told"),
    "notice/": _("The privacy notice"),
    "retention/": _("Keeping"),
    "incidents/": _("Incidents"),
    "accidents/": _("Accidents"),
    "plans/": _("Plans"),
    "safeguarding/": _("Safeguarding"),
    "consents/": _("Consents"),
    "attendance/": _("Attendance"),
    "returns/": _("Returns to the authority"),
    "census/": _("School census"),
    "ctf/": _("Common Transfer File"),
    "lrs/": _("Learning Records Service"),
    "quality/": _("Checks of the records"),
    "figures/": _("Figures"),
    "words/": _("Letters and papers that state law"),
    "codes/": _("Code lists"),
}
"""The folders of files of rules, in the order in which they are told, and what they are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """The four facts of one rule, or of all rules of a file that have none of their own. ``unsure`` says more of how sure we are, «» where there is no more.

    ``name`` is the file's path and, behind a colon, the keys of the rule; ``title`` is what a person calls the file, ``part`` the rule in it.
    """

    name: str
    title: str
    part: str
    source: str
    checked: date
    sure: str
    look_again: date
    unsure: str = ""

    @property
    def path(self) -> str:
        """The file."""
        return self.name.partition(":")[0]

    @property
    def label(self) -> str:
        """What a person calls the rule."""
        return f"{self.title}: {self.part}" if self.part else self.title

    @property
    def account(self) -> str:
        """Who says so, how sure we are, and of what we are less sure, in sentences."""
        source, sure = _("Source: {source}.").format(source=self.source.rstrip(".")), _SURE[self.sure]
        unsure = _("{sure}: {unsure}.").format(sure=sure, unsure=self.unsure) if self.unsure else _("{sure}.").format(sure=sure)
        return f"{source} {unsure}"

    def is_old(self, day: date) -> bool:
        """Whether the day to look again has come."""
        return self.look_again <= day


def overdue(rules: Sequence[RuleFacts]) -> str:
    """What is said of the rules whose day to look again has come: how many they are, and a line for each of the first files with such rules."""
    if not rules:
        return _("Every rule is within its day. The help says where each rule comes from.")
    by_file: dict[str, list[RuleFacts]] = {}
    for rule in rules:
        by_file.setdefault(rule.path, []).append(rule)
    lines = [_of_overdue_file(found) for found in list(by_file.values())[:_TOLD]]
    if (more := len(by_file) - _TOLD) > 0:
        lines.append(_("And {files} more: see Settings, Rules.").format(files=count_of(more, _("file of rules"), _("files of rules"))))
    first = (
        _("1 rule is past the day on which it was to be looked at again:")
        if len(rules) == 1
        else _("{number} rules are past the day on which they were to be looked at again:").format(number=len(rules))
    )
    return "\n".join((first, *lines, _("Ask whoever looks after Pupil Desk for newer ones.")))


def _of_overdue_file(rules: Sequence[RuleFacts]) -> str:
    first = rules[0]
    words = _("{rule}, checked on {day}") if len(rules) == 1 else _("{rule}: {number} rules, the first checked on {day}")
    what = first.label if len(rules) == 1 else first.title
    return words.format(rule=what, number=len(rules), day=show_date(min(rule.checked for rule in rules)))


class FactsMissing(ValueError):
    """A file of rules, or a rule of it, lacks one of the four facts, or has one of the wrong kind."""


def is_rules(path: str) -> bool:
    """Whether a file under ``resources`` is one of rules."""
    return not any(path.startswith(other) if other.endswith("/") else path == other for other in NOT_RULES)


@cache
def rule_files() -> tuple[str, ...]:
    """The paths of all files of rules, in order."""
    root = resource()
    paths = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return tuple(sorted(path for path in paths if is_rules(path)))


@by_rules
def facts_of(path: str) -> tuple[RuleFacts, ...]:
    """The facts of a file's rules: those of the file first, if it has all four at its head. Raises FactsMissing."""
    if not is_toml(path):
        return (_of_text(path),)
    data = tomllib.loads(rule_text(*path.split("/")))
    return tuple(_of_file(path, data))


_read_by: set[RuleSet] = set()


def are_read() -> bool:
    """Whether all facts are read, by the rules in force: then nobody waits for them."""
    return in_force() in _read_by


def all_facts() -> list[RuleFacts]:
    """The facts of every rule, file by file."""
    rules = in_force()
    with apart(rules):
        found = [facts for path in rule_files() for facts in facts_of(path)]
    _read_by.add(rules)
    return found


def head_of(path: str) -> RuleFacts:
    """The facts at the head of a file; where it has not all of them there, those of its first rule."""
    return facts_of(path)[0]


def _of_text(path: str) -> RuleFacts:
    with open(resource(TEXTS), "rb") as file:
        entries = [entry for entry in tomllib.load(file)["files"] if path in entry["files"]]
    if len(entries) != 1:
        raise FactsMissing(path)
    return _complete(path, entries[0]["label"], "", _own(entries[0], {}), entries[0].get("unsure", ""))


def _of_file(path: str, data: Mapping[str, Any]) -> Iterator[RuleFacts]:
    sources = data.get("sources", {})
    head, title = _own(data, sources), TITLES.get(path) or str(data.get("name") or data.get("label") or "")
    if all(fact in head for fact in FACTS):
        yield _complete(path, title, "", head, str(data.get("unsure", "")))
    apart = {tuple(keys.split(".")): _own(facts, sources) for keys, facts in data.get("facts", {}).items()}
    rules = {name: value for name, value in rule_data(*path.split("/")).items() if name not in FACTS}
    words = RuleWords(path.partition("/")[0], data)
    found = set()
    for keys, facts, is_own in _walk((), rules, head, sources):
        whole = _complete(_named(path, keys), title, words.of(keys), {**facts, **apart.get(keys, {})})
        if keys in apart or is_own:
            found.add(keys)
            yield whole
    if missing := apart.keys() - found:
        raise FactsMissing(_named(path, min(missing)))


def _walk(
    keys: tuple[str, ...], value: Any, facts: Mapping[str, Any], sources: Mapping[str, str]
) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any], bool]]:
    """Each rule in a value, with its keys and its facts, and whether some of them are its own; what holds no table is a rule too."""
    if isinstance(value, Mapping):
        own = _own(value, sources)
        facts = {**facts, **own}
        if own:
            yield keys, facts, True
        for name, part in value.items():
            if name not in FACTS:
                yield from _walk((*keys, name), part, facts, sources)
    elif is_tables(value):
        for name, part in by_name(value).items():
            yield from _walk((*keys, name), part, facts, sources)
    else:
        yield keys, facts, False


def _own(table: Mapping[str, Any], sources: Mapping[str, str]) -> dict[str, Any]:
    facts = {fact: table[fact] for fact in FACTS if fact in table}
    if facts.get("sure") == _DESIGN:
        facts["sure"] = SURE[-1]
    if facts.get("source") in sources:
        facts["source"] = sources[facts["source"]]
    return facts


def _named(path: str, keys: tuple[str, ...]) -> str:
    return f"{path}: {'.'.join(keys)}"


def _complete(name: str, title: str, part: str, facts: Mapping[str, Any], unsure: str = "") -> RuleFacts:
    source, checked, sure, look_again = (facts.get(fact) for fact in FACTS)
    if not (isinstance(source, str) and source.strip() and sure in SURE and type(checked) is date and type(look_again) is date):
        raise FactsMissing(name)
    return RuleFacts(
        name=name, title=title, part=part, source=source, checked=checked, sure=str(sure), look_again=look_again, unsure=unsure
    )
