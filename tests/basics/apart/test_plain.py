"""Values through plain data and back, and what is not of its type refused."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from pupil_desk.basics.apart.plain import NotPlain, shape_of
from pupil_desk.documents.reading.table import TableLine, TableRead, WorkbookSheet
from tests.readers_apart import Colour, Found


def through(hint: Any, value: Any) -> Any:
    blobs: list[bytes] = []
    plain = json.loads(json.dumps(shape_of(hint).pack(value, blobs)))
    return shape_of(hint).unpack(plain, blobs)


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (str, "Zoë \ud800"),
        (bytes, b"\0\xff"),
        (float, 0.1),
        (str | None, None),
        (bytes | None, b"x"),
        (tuple[int, bytes, str], (1, b"x", "y")),
        (tuple[int, ...], (1, 2)),
        (list[tuple[str, bool]], [("a", True)] * 300),
        (dict[str, list[int]], {"a": [1, 2]}),
        (Mapping[str, None], {"a": None}),
        (Found, Found(("a",), Colour.RED, b"p", {"n": 1})),
        (TableRead, TableRead([TableLine(n, ["a", "b"]) for n in range(1000)], (WorkbookSheet("S", 2, False, True),), 5, ("é",))),
    ],
)
def test_a_value_is_the_same_afterwards(hint: Any, value: Any) -> None:
    again = through(hint, value)
    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize(
    ("hint", "plain"),
    [
        (str, 5),
        (int, True),
        (int, "5"),
        (bytes, 7),
        (bytes, "x"),
        (list[str], ["a", 5]),
        (list[str], "ab"),
        (list[int], [1, None]),
        (list[Found], [99]),
        (dict[str, int], [1]),
        (tuple[int, str], [1]),
        (Colour, "blue"),
        (Found, {"names": []}),
        (Found, [["a"], "red", None, {"n": "1"}]),
    ],
)
def test_what_is_of_another_type_is_refused(hint: Any, plain: Any) -> None:
    with pytest.raises(NotPlain):
        shape_of(hint).unpack(plain, [])


@pytest.mark.parametrize("hint", [object, set[str], dict[int, str], str | int, complex])
def test_a_type_that_has_no_plain_form_is_told_at_once(hint: Any) -> None:
    with pytest.raises(TypeError):
        shape_of(hint)
