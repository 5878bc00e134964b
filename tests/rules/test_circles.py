"""The house has no circle between files, and no folder in which nobody finds anything.

An import within a function, or for a type alone, counts as any other: two files that need each other are one file.
"""

import ast
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

import pytest

from tests.rules.trees import walked

MOST_MODULES = 25
LARGER = {
    "pupil_desk/store/tables": "a file a table: whoever looks for one knows its name",
    "pupil_desk/documents/papers": "a file a paper: whoever looks for one knows its name",
}
"""The folders that may hold more modules, each with its reason."""

type Graph = Mapping[str, Collection[str]]


def dotted(path: str) -> str:
    """The name of a module by its path; that of a package by its ``__init__``."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(tree: ast.Module, names: Collection[str]) -> Iterator[str]:
    """The modules among ``names`` that a module imports, anywhere in it. What a package re-exports is imported from the package."""
    for node in walked(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, "a relative import, which this rule does not read"
            assert not node.level, f"a relative import of {node.module}, which this rule does not read"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in names or node.module in names:
                    yield inner if inner in names else node.module


def graph_of(modules: Mapping[str, ast.Module]) -> Graph:
    """Of each module the others that it imports."""
    trees = {dotted(path): tree for path, tree in modules.items()}
    return {name: sorted({*imported(tree, trees)} - {name}) for name, tree in trees.items()}


def circle_in(graph: Graph) -> list[str]:
    """A circle, from a module back to itself; none found is an empty list."""
    done: set[str] = set()
    for start in graph:
        way, branches = (
            [start],
            [iter(graph[start])],
        )  # the way to where the search is, and what is still to be tried from each module on it
        while way and start not in done:
            step = next((name for name in branches[-1] if name not in done), None)
            if step is None:
                done.add(way.pop())
                branches.pop()
            elif step in way:
                return [*way[way.index(step) :], step]
            else:
                way.append(step)
                branches.append(iter(graph[step]))
    return []


def crowded(paths: Collection[str]) -> dict[str, int]:
    """The folders that hold more modules than one looks through, with how many; a package's ``__init__`` is one of them."""
    counted = Counter(str(PurePosixPath(path).parent) for path in paths)
    return {folder: count for folder, count in counted.items() if count > MOST_MODULES}


def test_no_file_needs_one_that_needs_it(modules: dict[str, ast.Module]) -> None:
    graph = graph_of(modules)
    assert sum(map(len, graph.values())) > len(graph) > 800, "the sources were not found, or their imports were not read"
    circle = circle_in(graph)
    assert not circle, "a circle: " + " -> ".join(circle)


AT_THE_TOP = "from pupil_desk.planted import second"
PLANTED = {
    "at the top": AT_THE_TOP,
    "the name of what is in it": "from pupil_desk.planted.second import something",
    "the module by its dotted name": "import pupil_desk.planted.second as other",
    "within a function": "def f() -> None:\n    from pupil_desk.planted import second\n    second.g()",
    "for its types alone": "if TYPE_CHECKING:\n    from pupil_desk.planted.second import Something",
}


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_a_planted_circle_is_found_and_said(text: str) -> None:
    sources = {
        "first": text,
        "second": "from pupil_desk.planted import third",
        "third": "from pupil_desk.planted.first import f",
        "other": "import pupil_desk.planted.first",
    }
    modules = {f"pupil_desk/planted/{name}.py": ast.parse(source) for name, source in sources.items()}
    first, second, third = (f"pupil_desk.planted.{name}" for name in ("first", "second", "third"))
    assert circle_in(graph_of(modules)) == [first, second, third, first]
    modules["pupil_desk/planted/third.py"] = ast.parse("")
    assert circle_in(graph_of(modules)) == []


def test_a_package_and_its_part_that_need_each_other_are_a_circle() -> None:
    modules = {
        "pupil_desk/planted/__init__.py": ast.parse("from pupil_desk.planted.part import f"),
        "pupil_desk/planted/part.py": ast.parse("def f() -> None:\n    from pupil_desk.planted import g"),
    }
    assert circle_in(graph_of(modules)) == ["pupil_desk.planted", "pupil_desk.planted.part", "pupil_desk.planted"]


def test_a_folder_holds_no_more_modules_than_one_looks_through(modules: dict[str, ast.Module]) -> None:
    assert set(crowded(modules)) == set(LARGER), crowded(modules)


def test_one_module_too_many_is_found() -> None:
    folder = [f"pupil_desk/planted/{number}.py" for number in range(MOST_MODULES)]
    assert crowded(folder) == {}
    assert crowded([*folder, "pupil_desk/planted/__init__.py"]) == {"pupil_desk/planted": MOST_MODULES + 1}
