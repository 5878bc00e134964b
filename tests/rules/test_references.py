"""What a docstring or a comment points to is there: ``module.name``, ``Class.name``, ``file.py``. A rename that forgets the prose fails here."""

import ast
import io
import re
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import PurePosixPath

import pytest

from tests.rules.trees import walked

REFERENCE = re.compile(r"``([A-Za-z_][\w/]*(?:\.\w+)*)(?:\(\))?``")
NO_MODULES = frozenset({"record", "self", "m"})  # ``record.attribute`` is the pattern of an item's name, ``m`` a table within a query
ENDINGS = frozenset({"csv", "html", "ini", "json", "log", "md", "part", "pdf", "sha256", "sql", "toml", "txt", "xml", "zip"})


def names_of(body: Iterable[ast.stmt]) -> Iterator[str]:
    """What the statements of a module or a class bind."""
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.TypeAlias(name=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.ImportFrom(names=aliases):
                yield from (alias.asname or alias.name for alias in aliases)


def links(trees: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """What may stand behind the dot of each folder, module and class. Two of one name are taken together."""
    behind: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees.items():
        parts = [part for part in PurePosixPath(path).with_suffix("").parts if part != "__init__"]
        for folder, part in pairwise(parts):
            behind[folder].add(part)
        behind[parts[-1]].update(names_of(tree.body))
        for node in walked(tree):
            if isinstance(node, ast.ClassDef):
                behind[node.name].update(names_of(node.body))
                behind[node.name].update(part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute))
    return behind


def prose(text: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Each line of a docstring and each comment, with its number."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in walked(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str(words))):
                yield from enumerate(words.splitlines(), node.lineno)


def is_there(reference: str, behind: Mapping[str, set[str]], paths: Iterable[str]) -> bool:
    """Whether a reference leads somewhere; one without a dot or a stroke is a plain name, and no concern of this."""
    ending = reference.rpartition(".")[2]
    if ending in ENDINGS:
        return True
    if ending == "py" or ("/" in reference and reference.partition("/")[0] in behind):
        return any(f"/{reference}/" in f"/{path}/" for path in paths)
    if "/" in reference:
        return True  # ``question/answer``: no path
    first, *rest = reference.split(".")
    if first in NO_MODULES or first in sys.stdlib_module_names:
        return True
    return all(name in behind.get(place, ()) for place, name in pairwise([first, *rest]))


def test_what_prose_points_to_is_there(modules: dict[str, ast.Module], committed: dict[str, bytes]) -> None:
    behind = links(modules)
    lost = [
        f"{path}:{line}: {reference}"
        for path, tree in modules.items()
        for line, words in prose(committed[path].decode(), tree)
        for reference in REFERENCE.findall(words)
        if not is_there(reference, behind, committed)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("notes.kept", True),
        ("rows.notes.kept", True),
        ("notes.found", False),
        ("told.notes", False),
        ("Note.day", True),
        ("Note.text", False),
        ("sys.excepthook", True),
        ("record.attribute", True),
        ("plain", True),
        ("notes.py", True),
        ("rows/notes.py", True),
        ("rows/note.py", False),
        ("house/rows", True),
        ("house/row", False),
        ("question/answer", True),
    ],
)
def test_a_reference_is_followed(reference: str, expected: bool) -> None:
    tree = ast.parse("class Note:\n    day: int\ndef kept(): pass")
    assert is_there(reference, links({"house/rows/notes.py": tree}), ["house/rows/notes.py"]) is expected


def test_prose_is_docstrings_and_comments() -> None:
    text = '"""One ``a.b``."""\nname = "``no.prose``"  # see ``c.d``\n'
    assert sorted(prose(text, ast.parse(text))) == [(1, "One ``a.b``."), (2, "# see ``c.d``")]
