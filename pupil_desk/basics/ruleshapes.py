"""How a file of rules is built: its values by their keys, and whether another text of it is built alike.

One built otherwise would break what reads it. What the values themselves may be, each reader knows.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _

_NAMES = ("code", "key", "name", "heading")  # by which of several tables one is told from the next
_MAY_LACK = frozenset({"unsure", "sources", "facts", "words"})  # what may stand at the head of a file, and need not
_BRACES = re.compile(r"\{(\w+)[^{}]*\}")
type Keys = tuple[str, ...]


class BuiltOtherwise(ValueError):
    """A text that is not built as the file that ships; its sentence says in what."""


def values_in(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """Every value that is no table, with its keys: those of the tables that it stands in, and its own."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from values_in(part, (*keys, name))
    elif is_tables(value):
        for name, part in by_name(value).items():
            yield from values_in(part, (*keys, name))
    else:
        yield keys, value


def is_tables(value: Any) -> bool:
    """Whether a value is a list of tables."""
    return isinstance(value, list) and bool(value) and all(isinstance(part, Mapping) for part in value)


def by_name(tables: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Tables of a list by the name that each has; by its number where one has none, or another has the same."""
    named: dict[str, Mapping[str, Any]] = {}
    for number, table in enumerate(tables, 1):
        name = next((str(table[key]) for key in _NAMES if isinstance(table.get(key), str)), str(number))
        named[name if name not in named else f"{name} {number}"] = table
    return named


def is_toml(path: str) -> bool:
    """Whether a file of rules is one of TOML; another is plain text."""
    return PurePosixPath(path).suffix == ".toml"


def require_built_alike(path: str, text: str) -> None:
    """Whether a text may stand for a file of rules. Raises BuiltOtherwise."""
    shipped = resource(*path.split("/")).read_text(encoding="utf-8")
    if not is_toml(path):
        _require_same_names(text, shipped)
        return
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BuiltOtherwise(_("it cannot be read")) from error
    words = data.pop("words", {})
    if not (isinstance(words, Mapping) and all(isinstance(word, str) for word in words.values())):
        raise BuiltOtherwise(_("{name} is of another kind").format(name="words"))
    _compare(data, tomllib.loads(shipped), "")
    kinds, names = _vocabulary(path.partition("/")[0])
    for keys, value in values_in(data):
        if keys[-1] in kinds and not _kind(value) & kinds[keys[-1]]:
            raise BuiltOtherwise(_("{name} is of another kind").format(name=".".join(keys)))
        if unknown := _names_in(value) - names[keys[-1]]:
            raise BuiltOtherwise(_("{name} asks for {unknown}, which nothing fills").format(name=".".join(keys), unknown=min(unknown)))


def _require_same_names(text: str, shipped: str) -> None:
    if not text.strip():
        raise BuiltOtherwise(_("it is empty"))
    if different := _names_in(text) ^ _names_in(shipped):
        raise BuiltOtherwise(_("it must have {name} as the program’s own has it").format(name=f"{{{min(different)}}}"))


def _compare(new: Any, shipped: Any, where: str) -> None:
    """Every table of the file that ships must be there, with what all such tables have."""
    if is_tables(shipped):
        if not is_tables(new):
            raise BuiltOtherwise(_("{name} is missing").format(name=where))
        new, shipped = by_name(new), by_name(shipped)
    if not isinstance(shipped, Mapping):
        return
    if not isinstance(new, Mapping):
        raise BuiltOtherwise(_("{name} is missing").format(name=where))
    is_map = bool(shipped) and all(isinstance(part, Mapping) for part in shipped.values())
    if missing := shipped.keys() - new.keys() - _MAY_LACK:
        raise BuiltOtherwise(_("{name} is missing").format(name=_under(where, min(missing))))
    needed = set.intersection(*(set(part) for part in shipped.values())) if is_map else set[str]()
    for name, part in new.items():
        if is_map:
            like = {key: value for key, value in shipped.get(name, {}).items() if key in needed or isinstance(value, Mapping)}
            _compare(part, like | {key: like.get(key) for key in needed}, _under(where, name))
        elif name in shipped:
            _compare(part, shipped[name], _under(where, name))


def _under(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


@cache
def _vocabulary(folder: str) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    """Of all files of a folder that ship: of which kinds the values of a key are, and which names in braces they have."""
    kinds, names = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for path in resource(folder).rglob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for keys, value in values_in({name: part for name, part in data.items() if name != "words"}):
            kinds[keys[-1]] |= _kind(value)
            names[keys[-1]] |= _names_in(value)
    return kinds, names


def _kind(value: Any) -> set[str]:
    if isinstance(value, list):
        return {f"list of {kind}" for part in value for kind in _kind(part)} or {"list of str", "list of int", "list"}
    return {type(value).__name__}


def _names_in(value: Any) -> set[str]:
    if isinstance(value, list):
        return {name for part in value for name in _names_in(part)}
    return set(_BRACES.findall(value)) if isinstance(value, str) else set()
