"""Rows to records: what filling them column by column must not miss."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import pytest

from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows.rows import records_of


class AsRow(tuple[Any, ...]):
    __slots__ = ()

    def keys(self) -> list[str]:
        return ["further", "on", "yes", "name"]


ROWS = cast("list[Row]", [AsRow(("x", "2026-02-28", 1, "Ann")), AsRow(("x", None, None, "Bo")), AsRow(("x", "2024-02-29", 0, "Cy"))])


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    name: str
    on: date | None = None
    yes: bool | None = None


def test_each_record_has_its_own_values_with_their_types() -> None:
    records = records_of(Plain, ROWS)
    assert records == [
        Plain(name="Ann", on=date(2026, 2, 28), yes=True),
        Plain(name="Bo"),
        Plain(name="Cy", on=date(2024, 2, 29), yes=False),
    ]
    assert [type(one.yes) for one in records] == [bool, type(None), bool]


def test_a_record_that_works_something_out_as_it_is_made_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Busy:
        name: str
        loud: str = field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "loud", self.name.upper())

    with pytest.raises(TypeError, match="__post_init__"):
        records_of(Busy, ROWS)
