"""Manners that a reader would have to watch for: names of modules, broad excepts, things left for later."""

import ast
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath

import pytest

import dev
from tests.rules.trees import walked

DRAWERS = {"util", "utils", "misc", "common", "helper", "helpers", "base", "manager", "managers"}

# What may catch anything: where a bug is told to the person, where it leaves the worker's thread, and where each part
# of an installation is tried that may be broken in any way.
CATCH_ALL = {
    "pupil_desk/app.py",
    "pupil_desk/ui/kit/jobs.py",
    "pupil_desk/services/selftest/check.py",
    "pupil_desk/basics/apart/child.py",  # where a bug of a reader leaves the child, for the log
    "pupil_desk/documents/scans/scan_files.py",  # a file of any kind from outside, to a library that raises nearly anything
}

LONGEST_FILE, LONGEST_FUNCTION = 350, 50  # lines

# Rows of a table in the code, whose columns stand one under the other: the checks of the records, the shapes of the program's mark.
ROWS = {"QualityRule", "Block"}


def drawers(names: Iterable[str]) -> list[str]:
    """The modules and folders named after nothing in particular."""
    return [
        name
        for name in names
        if name.endswith(".py") and any(set(part.split("_")) & DRAWERS for part in PurePosixPath(name).with_suffix("").parts)
    ]


def swallows(tree: ast.Module) -> list[int]:
    """The lines that catch everything and do not pass it on."""
    lines = []
    for node in walked(tree):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type):
            if not _passes_on(node):
                lines.append(node.lineno)
        elif isinstance(node, ast.Call) and any(map(_is_broad, node.args)) and ast.unparse(node.func).endswith("suppress"):
            lines.append(node.lineno)
    return lines


def _passes_on(handler: ast.ExceptHandler) -> bool:
    """It ends by raising, and what it does not know it raises as it was."""
    as_it_was = any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
    return as_it_was and isinstance(handler.body[-1], ast.Raise)


def _is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(map(_is_broad, caught.elts))
    return caught is None or (isinstance(caught, ast.Name) and caught.id in ("Exception", "BaseException"))


def long_tuples(tree: ast.Module) -> list[str]:
    """The named tuples of more than five fields: what has so many is told apart by names alone, and is a frozen dataclass."""
    classes = (node for node in walked(tree) if isinstance(node, ast.ClassDef))
    tuples = (node for node in classes if any(ast.unparse(base).endswith("NamedTuple") for base in node.bases))
    return [node.name for node in tuples if sum(isinstance(line, ast.AnnAssign) for line in node.body) > 5]


def unnamed(tree: ast.Module, classes: Collection[str]) -> list[int]:
    """The lines that make one of these classes of more than five values without their names. Of a function ruff says so (PLR0917)."""
    calls = (node for node in walked(tree) if isinstance(node, ast.Call) and len(node.args) > 5)
    return [call.lineno for call in calls if ast.unparse(call.func).rpartition(".")[2] in classes]


def long_files(texts: Mapping[str, bytes]) -> dict[str, int]:
    """The modules of the program, its tests and its installers that have too many lines, and how many."""
    lengths = {name: text.count(b"\n") for name, text in texts.items() if re.fullmatch(r"(pupil_desk|tests|installers)/.*\.py", name)}
    return {name: length for name, length in lengths.items() if length > LONGEST_FILE}


def long_functions(tree: ast.Module) -> list[str]:
    """The functions of more than fifty lines, with those of their signature."""
    functions = (node for node in walked(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]


def left_for_later(text: bytes) -> list[bytes]:
    words = b"|".join([b"TO" + b"DO", b"FIX" + b"ME", b"XX" + b"X", b"HA" + b"CK"])
    return re.findall(rb"\b(?:" + words + rb")\b", text)


def programs_needed(tree: ast.Module) -> set[str]:
    """The programs that a test module's ``needs`` marks name."""
    calls = (node for node in walked(tree) if isinstance(node, ast.Call))
    marks = (call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "needs")
    return {arg.value for call in marks for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}


def test_no_module_is_a_drawer(committed: dict[str, bytes]) -> None:
    assert drawers(committed) == []


def test_nothing_catches_everything_and_carries_on(modules: dict[str, ast.Module]) -> None:
    assert {name: swallows(tree) for name, tree in modules.items() if name not in CATCH_ALL and swallows(tree)} == {}


def test_a_named_tuple_has_five_fields_at_most(modules: dict[str, ast.Module]) -> None:
    assert {name: long_tuples(tree) for name, tree in modules.items() if long_tuples(tree)} == {}


def test_a_class_is_made_of_five_values_without_a_name_at_most(modules: dict[str, ast.Module]) -> None:
    classes = {node.name for tree in modules.values() for node in walked(tree) if isinstance(node, ast.ClassDef)} - ROWS
    assert {name: unnamed(tree, classes) for name, tree in modules.items() if unnamed(tree, classes)} == {}


def test_a_file_is_read_at_one_sitting(committed: dict[str, bytes]) -> None:
    assert long_files(committed) == {}, "part it by subject, or say it shorter"


def test_a_function_is_seen_at_one_glance(modules: dict[str, ast.Module]) -> None:
    assert {name: long_functions(tree) for name, tree in modules.items() if long_functions(tree)} == {}


def test_nothing_is_left_for_later(committed: dict[str, bytes]) -> None:
    code = {name: text for name, text in committed.items() if name.endswith((".py", ".sql", ".toml"))}
    assert {name: left_for_later(text) for name, text in code.items() if left_for_later(text)} == {}


def test_dev_py_can_install_every_program_that_a_test_needs(committed: dict[str, bytes]) -> None:
    tests = {name: text for name, text in committed.items() if re.match(r"tests/.*\.py$", name) and b"needs" in text}
    assert len(tests) > 10
    unknown = {name: programs_needed(ast.parse(text)) - set(dev.PROGRAMS) for name, text in tests.items()}  # all their trees take 160 MB
    assert {name: programs for name, programs in unknown.items() if programs} == {}


@pytest.mark.parametrize("name", ["pupil_desk/utils.py", "pupil_desk/ui/common/form.py", "tests/store/db_helpers.py"])
def test_the_rule_sees_a_drawer(name: str) -> None:
    assert drawers([name]) == [name]


@pytest.mark.parametrize("name", ["pupil_desk/basics/text.py", "pupil_desk/store/baseline.py", "tests/conftest.py"])
def test_the_rule_lets_a_plain_name_be(name: str) -> None:
    assert drawers([name]) == []


@pytest.mark.parametrize(
    "handler",
    [
        "except Exception:\n pass",
        "except:\n pass",
        "except (OSError, Exception) as e:\n raise ValueError",
        "except BaseException:\n log()",
        "except BaseException:\n if odd:\n  raise\n log()",
    ],
)
def test_the_rule_sees_a_broad_except(handler: str) -> None:
    assert swallows(ast.parse("try:\n f()\n" + handler)) == [3]


def test_the_rule_sees_a_broad_suppress() -> None:
    assert swallows(ast.parse("with contextlib.suppress(Exception):\n f()")) == [1]


@pytest.mark.parametrize(
    "handler",
    [
        "except OSError:\n pass",
        "except BaseException:\n undo()\n raise",
        "except BaseException as e:\n if e:\n  raise\n raise Known() from e",
    ],
)
def test_the_rule_lets_a_narrow_or_passing_except_be(handler: str) -> None:
    assert swallows(ast.parse("try:\n f()\n" + handler)) == []


@pytest.mark.parametrize(("count", "seen"), [(5, []), (6, ["Place"])])
def test_the_rule_sees_a_long_tuple(count: int, seen: list[str]) -> None:
    fields = "".join(f" field_{number}: int\n" for number in range(count))
    assert long_tuples(ast.parse(f"class Place(NamedTuple):\n{fields} def area(self): ...")) == seen


@pytest.mark.parametrize(
    ("call", "lines"), [("Place(1, 2, 3, 4, 5, 6)", [1]), ("kit.Place(1, 2, 3, 4, 5, x=6)", []), ("go(1, 2, 3, 4, 5, 6)", [])]
)
def test_the_rule_sees_a_value_without_a_name(call: str, lines: list[int]) -> None:
    assert unnamed(ast.parse(call), {"Place"}) == lines


@pytest.mark.parametrize("folder", ["pupil_desk/ui", "tests/store", "installers"])
def test_the_rule_sees_a_long_file(folder: str) -> None:
    name = f"{folder}/page.py"
    assert long_files({name: b"\n" * 350}) == {}
    assert long_files({name: b"\n" * 351}) == {name: 351}


@pytest.mark.parametrize(("lines", "seen"), [(50, []), (51, ["go"])])
def test_the_rule_sees_a_long_function(lines: int, seen: list[str]) -> None:
    assert long_functions(ast.parse("def go():\n" + " step()\n" * (lines - 1))) == seen


def test_the_rule_sees_what_is_left_for_later() -> None:
    assert left_for_later(b"x = 1  # TO" + b"DO: more")
    assert not left_for_later(b"method")


def test_the_rule_sees_a_program_that_a_test_needs() -> None:
    assert programs_needed(ast.parse("@pytest.mark.needs('Xvfb', 'strace')\ndef test_a(): pass")) == {"Xvfb", "strace"}


def test_what_the_checks_are_told_to_pass_over_has_its_reason(committed: dict[str, bytes]) -> None:
    sources = {name: text.decode() for name, text in committed.items() if name.startswith("pupil_desk/") and name.endswith(".py")}
    assert {name: lines for name, text in sources.items() if (lines := passed_over(text))} == {}, "say why behind it"


def passed_over(source: str) -> list[int]:
    """The lines on which a check is silenced and nothing says why."""
    return [
        number
        for number, line in enumerate(source.splitlines(), 1)
        if re.search(r"# (type: ignore|noqa)[\w\[\], :-]*$", line) and not _WHY.search(line)
    ]


_WHY = re.compile(r"(type: ignore\[[^]]*\]|noqa: [A-Z]+\d+(, [A-Z]+\d+)*) +\S")


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("x = y  # type: ignore[index]", [1]),
        ("x = y  # type: ignore", [1]),
        ("def f():  # noqa: N802", [1]),
        ("x = y  # type: ignore[index]  # there is one", []),
        ("def f():  # noqa: N802 - Qt's name", []),
        ("def f():  # noqa: B039, S311 - Qt's name", []),
    ],
)
def test_the_rule_sees_a_check_passed_over_without_a_reason(line: str, seen: list[int]) -> None:
    assert passed_over(line) == seen
