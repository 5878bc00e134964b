"""The law as data: every file of rules states where each rule comes from, and is read in one place, when it is asked and not before."""

import ast
import itertools
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics import rulefacts
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefacts import FOLDERS, NOT_RULES, TITLES, FactsMissing, RuleFacts, all_facts, facts_of, is_rules, rule_files
from pupil_desk.basics.rulefiles import RuleSet, apart, rule_text
from pupil_desk.basics.ruleshapes import is_toml, values_in
from pupil_desk.basics.rulewords import RuleWords
from pupil_desk.services.program.guides import text_of
from tests.rules.trees import walked

_READERS = {"pupil_desk/basics/rulefiles.py", "pupil_desk/basics/rulefacts.py", "pupil_desk/basics/ruleshapes.py"}
_NAMES_ALONE = {
    "pupil_desk/services/consents/types.py": "which types of consent there are",
    "pupil_desk/services/selftest/stands_on.py": "which code lists there are",
    "pupil_desk/services/notices/notice_words.py": "which layouts the program brings",
    "pupil_desk/basics/words.py": "which translations of the window there are",
}
"""Who looks which files of rules there are, and reads none."""


def test_no_file_of_rules_lacks_the_four_facts() -> None:
    assert len(rule_files()) > 100
    for path in rule_files():
        rules = facts_of(path)
        assert rules, path
        for facts in rules:
            assert facts.label.strip(" :"), path
            assert "|" not in facts.label + facts.source + facts.unsure, f"{path}: it stands in a table of the help"
            assert date(2026, 1, 1) <= facts.checked < facts.look_again, path


def test_each_rule_is_told_in_words_and_not_by_its_key() -> None:
    """A key without words needs some: a ``label`` beside it, or an entry in ``words`` at the head of the file."""
    paths = [path for path in rule_files() if is_toml(path)]
    assert len(paths) > 100
    for path in paths:
        data = tomllib.loads(rule_text(*path.split("/")))
        words = RuleWords(path.partition("/")[0], data)
        rules = [(*keys[1].split("."), *keys[2:]) if keys[0] == "facts" else keys for keys, _value in values_in(data) if keys[0] != "words"]
        assert {key for keys in rules for key in words.wordless(keys)} == set(), path
        assert not any(words.of(keys)[:1].islower() for keys in rules), path
        used = {part for keys in rules for number in range(len(keys)) for part in (keys[number], ".".join(keys[: number + 1]))}
        assert data.get("words", {}).keys() <= used | data.keys(), f"{path}: words for what is not there"


def test_a_key_without_words_is_missed() -> None:
    words = RuleWords("quality", {"new_days": {"number": 3}, "words": {"other": "Another"}})
    assert words.wordless(("new_days", "number")) == ["new_days"]
    assert words.of(("new_days", "number")) == "New days, number"


def test_every_file_stands_in_a_folder_with_a_name_and_under_a_name_of_its_own() -> None:
    assert [path for path in rule_files() if not path.startswith(tuple(FOLDERS))] == []
    assert [path for path in TITLES if path not in rule_files()] == []
    assert len({facts.name for facts in all_facts()}) == len(all_facts())


def test_what_is_no_rule_is_there_and_is_found_by_nothing_else() -> None:
    root = resource()
    assert [path for path in NOT_RULES if not (root / path).exists()] == []
    assert {path.suffix for path in root.rglob("*") if path.is_file() and is_rules(path.relative_to(root).as_posix())} == {
        ".toml",
        ".md",
        ".txt",
    }


@pytest.mark.parametrize("lost", ["source", "checked", "sure", "look_again"])
def test_a_fact_that_is_lost_is_missed(lost: str) -> None:
    kept = [line for line in resource("codes", "sex.toml").read_text("utf-8").splitlines() if not line.startswith(lost)]
    with apart(RuleSet({"codes/sex.toml": "\n".join(kept)})), pytest.raises(FactsMissing, match=r"codes/sex\.toml"):
        facts_of("codes/sex.toml")


def test_a_rule_has_what_it_does_not_say_from_what_it_stands_in() -> None:
    text = 'label = "L"\nsource = "Law"\nchecked = 2026-11-24\nsure = "high"\nlook_again = 2027-01-01\n[codes]\nA = { label = "First", sure = "low" }\n'
    with apart(RuleSet({"codes/sex.toml": text})):
        whole, first = facts_of("codes/sex.toml")
    assert (first.name, first.label, first.source, first.sure) == ("codes/sex.toml: codes.A", "L: First", "Law", "low")
    assert not whole.is_old(date(2026, 12, 31))
    assert whole.is_old(date(2027, 1, 1))


def test_the_help_says_each_rules_source_and_how_sure_it_is() -> None:
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in text_of("rules").splitlines() if row.startswith("| ")]
    for above, row in itertools.pairwise(rows):
        row[1] = above[1] if row[1] == "The same" else row[1]
    for facts in all_facts():
        rule = [rule for rule, source, checked, sure, _again in rows if (source, sure.partition(":")[0].lower(), checked) == _said(facts)]
        assert any((facts.part and facts.part in cell) or facts.title in cell for cell in rule), facts.name
    assert len([row for row in rows if row[1] != "Source"]) == len(all_facts()), "each rule has a row of its own"


def _said(facts: RuleFacts) -> tuple[str, str, str]:
    return facts.source, facts.sure, show_date(facts.checked)


def test_no_file_of_rules_is_read_while_the_program_is_imported(root: Path) -> None:
    """What is read then would stay as it ships, whatever a pack of rules says."""
    look = (
        "import importlib, pkgutil, pupil_desk\n"
        "from pupil_desk.basics import rulefiles\n"
        "def refuse(*parts): raise AssertionError('read: ' + '/'.join(parts))\n"
        "rulefiles.rule_text = refuse\n"
        "for found in pkgutil.walk_packages(pupil_desk.__path__, 'pupil_desk.'):\n"
        "    if not found.name.endswith('__main__'): importlib.import_module(found.name)\n"
    )
    done = subprocess.run([sys.executable, "-c", look], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_files_of_rules_are_read_in_one_place(modules: Mapping[str, ast.Module]) -> None:
    found = {name for name, tree in modules.items() for parts in _resources(tree) if _reaches_rules(parts)}
    assert found - _READERS - _NAMES_ALONE.keys() == set()
    assert _NAMES_ALONE.keys() <= found


def _resources(tree: ast.Module) -> Iterator[tuple[str, ...]]:
    """The parts of each place that ``resource(…)`` is asked for; «*» for one that is worked out, none at all where all of them are."""
    for node in walked(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "resource":
            is_known = not any(isinstance(part, ast.Starred) for part in node.args)
            yield tuple(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.args) if is_known else ()


def _reaches_rules(parts: tuple[str, ...]) -> bool:
    """Whether a place is, or may be, a file of rules or a folder with some."""
    return any(
        len(parts) <= len(names) and all(part in ("*", name) for part, name in zip(parts, names, strict=False))
        for names in (path.split("/") for path in rule_files())
        if len(parts) == len(names) or "*" not in parts
    )


def test_what_comes_from_a_file_of_rules_is_remembered_for_the_rules_in_force(modules: Mapping[str, ast.Module]) -> None:
    """``functools.cache`` on the way from a file of rules would keep what it gave before a pack of rules came into force, or of another unit's own fields."""
    calls: dict[Named, set[Named]] = {}
    cached = set()
    for path, tree in modules.items():
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        meant = _meant(tree, module)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                calls[module, node.name] = {meant[call] for call in _called(node) if call in meant}
                if any(_remembers_for_good(mark) for mark in node.decorator_list):
                    cached.add((module, node.name))
    reading, more = set[Named](), {("pupil_desk.basics.rulefiles", name) for name in ("rule_data", "rule_text", "unit_text", "in_force")}
    while more:
        reading |= more
        more = {function for function, called in calls.items() if called & reading} - reading
    assert ("pupil_desk.basics.codelists", "codelist") in reading
    assert ("pupil_desk.services.erasure.periods", "proposal") in reading
    catalogue = "pupil_desk.domain.catalogue"
    assert {(f"{catalogue}.items", "items_of"), (f"{catalogue}.catalogue", "label_of"), (f"{catalogue}.catalogue", "every_item")} <= reading
    assert cached & reading == _KEPT.keys()


def _remembers_for_good(mark: ast.expr) -> bool:
    """Whether a mark of a function is one of ``cache``, ``lru_cache`` and ``lru_cache(…)``, by whatever name of the module."""
    return _written(mark.func if isinstance(mark, ast.Call) else mark).rpartition(".")[2] in ("cache", "lru_cache")


type Named = tuple[str, str]
"""A function by its module and its name."""
_KEPT = {("pupil_desk.services.notices.notice_digests", "_first_regulator"): "it is asked of the rules as they ship"}


def _called(tree: ast.AST) -> set[str]:
    """The functions that a function or a module calls, as it names them: ``limits``, ``retention.schedule``."""
    return {_written(node.func) for node in walked(tree) if isinstance(node, ast.Call)}


def _written(function: ast.expr) -> str:
    """As ``ast.unparse`` writes it, which takes long for a name."""
    match function:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            return f"{module}.{name}"
    return ast.unparse(function)


def _meant(tree: ast.Module, module: str) -> dict[str, Named]:
    """What a module calls functions, its own and others', and which are meant."""
    meant = {node.name: (module, node.name) for node in tree.body if isinstance(node, ast.FunctionDef)}
    others = {name for name in _called(tree) if "." in name}
    for node in walked(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pupil_desk"):
            for alias in node.names:
                name = alias.asname or alias.name
                meant[name] = (node.module, alias.name)
                meant |= {
                    other: (f"{node.module}.{alias.name}", other.partition(".")[2]) for other in others if other.startswith(f"{name}.")
                }
    return meant


def test_facts_of_plain_text_name_files_that_are_there() -> None:
    with open(resource(rulefacts.TEXTS), "rb") as file:
        named = [path for entry in tomllib.load(file)["files"] for path in entry["files"]]
    assert sorted(named) == sorted(path for path in rule_files() if not path.endswith(".toml"))
