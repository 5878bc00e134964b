"""Values as plain data and back, by their types: what goes through the pipe is JSON and bytes, and nothing that could be run.

What comes back is held to its type, so that a child that was taken over can say nothing but what a reader may say.
"""

import dataclasses
import json
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from itertools import batched
from types import NoneType, UnionType
from typing import Any

type Plain = Any
"""Data as JSON has it."""
type Blobs = list[bytes]
"""The bytes in a value, which stand beside its JSON, each by its number."""

_TOGETHER = 64  # records of a list that are unpacked at one go, in which no other thread of the program has its turn
_SCALARS = (str, int, float, bool, NoneType)


class NotPlain(Exception):
    """What came through the pipe is not of its type."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the values of a type are packed and unpacked. ``is_plain``: they are JSON as they stand."""

    pack: Callable[[Any, Blobs], Any]
    unpack: Callable[[Any, Blobs], Any]
    is_plain: bool = False


@cache
def shape_of(hint: Any) -> Shape:
    """The shape of a type: scalars, bytes, a day, an enumeration, a record, a list, a tuple, a mapping by text, one of these or None. Raises TypeError."""
    if hint in (None, *_SCALARS):
        return _scalar(NoneType if hint is None else hint)
    if hint is bytes:
        return Shape(_put_aside, _taken_up)
    if hint is date:
        return Shape(lambda value, _blobs: value.isoformat(), lambda plain, _blobs: _of_date(plain))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Shape(lambda value, _blobs: value.value, lambda plain, _blobs: _of_enum(hint, plain))
    if dataclasses.is_dataclass(hint):
        return _record(hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, UnionType) and len(arguments) == 2 and NoneType in arguments:
        return _or_none(next(argument for argument in arguments if argument is not NoneType))
    if origin is tuple and arguments[-1:] != (...,):
        return _row(tuple(shape_of(argument) for argument in arguments), tuple)
    if origin in (list, tuple):
        return _list(shape_of(arguments[0]), arguments[0], origin)
    if origin in (dict, Mapping) and arguments[0] is str:
        return _mapping(shape_of(arguments[1]))
    raise TypeError(f"no shape for {hint!r}")


def _as_it_is(value: Any, _blobs: Blobs) -> Any:
    return value


def _scalar(kind: type) -> Shape:
    def unpack(plain: Any, _blobs: Blobs) -> Any:
        if type(plain) is not kind:
            raise NotPlain
        return plain

    return Shape(_as_it_is, unpack, is_plain=True)


def _put_aside(value: bytes, blobs: Blobs) -> int:
    blobs.append(value)
    return len(blobs) - 1


def _taken_up(place: Any, blobs: Blobs) -> bytes:
    if type(place) is not int or not 0 <= place < len(blobs):
        raise NotPlain
    return blobs[place]


def _of_enum(kind: type[Enum], plain: Any) -> Enum:
    try:
        return kind(plain)
    except ValueError as error:
        raise NotPlain from error


def _of_date(plain: Any) -> date:
    try:
        return date.fromisoformat(plain)
    except (TypeError, ValueError) as error:
        raise NotPlain from error


def _record(kind: Any) -> Shape:
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    row = _row(tuple(shape_of(hints[name]) for name in names), lambda values: kind(**dict(zip(names, values, strict=True))))
    return dataclasses.replace(row, pack=lambda value, blobs: row.pack([getattr(value, name) for name in names], blobs))


def _or_none(hint: Any) -> Shape:
    shape = shape_of(hint)
    return Shape(
        lambda value, blobs: None if value is None else shape.pack(value, blobs),
        lambda plain, blobs: None if plain is None else shape.unpack(plain, blobs),
        is_plain=shape.is_plain,
    )


def _row(shapes: tuple[Shape, ...], make: Callable[[Any], Any]) -> Shape:
    """Values of which each has a type of its own."""

    def unpack(plain: Any, blobs: Blobs) -> Any:
        if type(plain) is not list or len(plain) != len(shapes):
            raise NotPlain
        return make([shape.unpack(part, blobs) for shape, part in zip(shapes, plain, strict=True)])

    return Shape(lambda value, blobs: [shape.pack(part, blobs) for shape, part in zip(shapes, value, strict=True)], unpack)


def _list(shape: Shape, hint: Any, kind: type) -> Shape:
    def pack(value: Any, blobs: Blobs) -> Any:
        if shape.is_plain:
            return value
        batches = []
        for batch in batched(value, _TOGETHER):
            blobs.append(json.dumps([shape.pack(part, blobs) for part in batch], separators=(",", ":")).encode("ascii"))
            batches.append(len(blobs) - 1)
        return batches

    def unpack(plain: Any, blobs: Blobs) -> Any:
        if type(plain) is not list:
            raise NotPlain
        if not shape.is_plain:
            return kind(shape.unpack(part, blobs) for place in plain for part in _batch(place, blobs))
        if hint is str:  # the cells of a table: there may be millions
            if not all(type(part) is str for part in plain):
                raise NotPlain
            return kind(plain)
        return kind(shape.unpack(part, blobs) for part in plain)

    return Shape(pack, unpack, is_plain=shape.is_plain)


def _batch(place: Any, blobs: Blobs) -> list[Any]:
    batch = json.loads(_taken_up(place, blobs))
    if type(batch) is not list:
        raise NotPlain
    return batch


def _mapping(shape: Shape) -> Shape:
    def unpack(plain: Any, blobs: Blobs) -> Any:
        if type(plain) is not dict:
            raise NotPlain
        return {name: shape.unpack(part, blobs) for name, part in plain.items()}

    return Shape(lambda value, blobs: {name: shape.pack(part, blobs) for name, part in value.items()}, unpack)
