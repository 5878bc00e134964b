"""Names say what a thing is: bare pronouns, prepositions and participles are rare, and a class has a name of its own.

``GLOSSARY.md`` has the words to use. What is counted is every binding: what a module, class or function defines, each parameter,
each variable, each attribute that is assigned.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.rules.trees import walked

PRONOUNS = """one each other others own ours mine theirs what which who whom whose why how it its this that these those them they both
every everyone everybody somebody anybody nobody something anything nothing another same such more most least rest here there whole"""
PREPOSITIONS = "at by of to on about around inside beside without within across apart again further"
PARTICIPLES = """found made held told said seen asked given kept shown known done named wanted chosen drawn counted written taken moved
opened ended begun sent used refused listed added edited printed heard offered gone needed returned turned typed meant judged lost
brought bound broken built called come cut dropped filled fitted gathered got handed hidden joined laid looked met noted owed paid picked
planned posted proposed put reached ruled saved signed spoken spent stopped thought tried understood worked"""
VAGUE = frozenset(f"{PRONOUNS} {PREPOSITIONS} {PARTICIPLES}".split())
MOST_VAGUE = 0.02  # of all bindings; it was 0.148
NO_CLASS_NAMES = frozenset({"Held", "Told", "Made", "Said", "Found", "Asked", "One", "Seen"})
MOST_MODULES = 2  # that may have a public class of one name
SHARED: dict[str, str] = {}
"""Names that more modules may give a class, each with its reason."""


def bindings(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Each name that is bound, and its line; without ``self``, ``cls``, ``_`` and Python's own ``__names__``."""
    for node in walked(tree):
        name = ""
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                pass
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                pass
            case ast.ExceptHandler(name=str(name)) | ast.alias(asname=str(name)):
                pass
            case _:
                continue
        if name not in ("self", "cls", "_") and not name.startswith("__"):
            yield name, node.lineno


def vague(trees: dict[str, ast.Module]) -> tuple[int, dict[str, list[str]]]:
    """How many bindings there are, and where those are whose name says nothing, by the name."""
    total, places = 0, defaultdict(list)
    for path, tree in trees.items():
        for name, line in bindings(tree):
            total += 1
            if name.strip("_") in VAGUE:
                places[name.strip("_")].append(f"{path}:{line}")
    return total, places


def classes(trees: dict[str, ast.Module]) -> dict[str, list[str]]:
    """The modules of each name of a public class."""
    modules = defaultdict(list)
    for path, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                modules[node.name].append(path)
    return modules


def test_names_say_what_a_thing_is(modules: dict[str, ast.Module]) -> None:
    total, places = vague(modules)
    number = sum(map(len, places.values()))
    listing = "\n".join(
        f"{len(where)} {name}: {', '.join(where[:20])}" for name, where in sorted(places.items(), key=lambda pair: -len(pair[1]))
    )
    assert number <= MOST_VAGUE * total, f"{number} of {total} bindings, {number / total:.1%}, say nothing:\n{listing}"


def test_a_class_has_a_name_of_its_own(modules: dict[str, ast.Module]) -> None:
    shared = {name: paths for name, paths in classes(modules).items() if len(paths) > MOST_MODULES and name not in SHARED}
    assert shared == {}, "say of what each is"


def test_no_class_is_named_by_a_participle_alone(modules: dict[str, ast.Module]) -> None:
    assert NO_CLASS_NAMES.isdisjoint(classes(modules))


def sentences(tree: ast.AST) -> Iterator[str]:
    """Words for people: what is handed to ``_()``."""
    for node in walked(tree):
        match node:
            case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(words))]):
                yield words


def test_no_class_of_ours_is_named_in_words_for_people(modules: dict[str, ast.Module]) -> None:
    """A name that is changed everywhere must not change what stands on a screen or on paper."""
    names = {name for name in classes(modules) if re.search("[a-z][A-Z]", name)}
    named = {words for tree in modules.values() for words in sentences(tree) if not names.isdisjoint(re.findall(r"\w+", words))}
    assert named == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("for one in rows: pass", ["one"]),
        ("found = [pupil for pupil in pupils]", ["found"]),
        ("def told(held, *, by): self.seen = held", ["told", "held", "by", "seen"]),
        ("with open(path) as said: pass", ["said"]),
        ("try: pass\nexcept OSError as what: pass", ["what"]),
        ("import json as made", ["made"]),
        ("print(f'{(kept := 1)}')", ["kept"]),
        ("def disclosures(pupil): self.today = pupil", []),
    ],
)
def test_the_counter_sees_each_kind_of_binding(text: str, names: list[str]) -> None:
    assert sorted(vague({"planted.py": ast.parse(text)})[1]) == sorted(names)
