"""Rows to records: what filling them column by column must not miss."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import pytest

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows import amendments
from pupil_desk.store.rows.rows import records_of
from pupil_desk.store.tables import pupils
from tests.store.made import Unit


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


@pytest.mark.parametrize("count", [15, 16, 37])
def test_of_many_added_at_once_each_is_there_whole_and_found(unit: Unit, count: int) -> None:
    added = [
        Pupil(id=f"p-{number:02d}", ref=f"P{number:04d}", surname=f"Reed{number}", forename="Ann", dob=date(2012, 1, 1 + number % 28))
        for number in range(count)
    ]
    with unit.unlock() as vault:
        with vault.transaction():
            pupils.add_all(vault, added)
            provenance = {"moment": "2026-11-24", "actor": "u", "source": "import", "act": "a"}
            amendments.record_added(vault, added, **provenance)
        assert sorted(pupils.all_pupils(vault), key=lambda one: one.id) == added
        found = [
            vault.rows("SELECT w.pupil_id FROM find f JOIN findable w ON w.n = f.rowid WHERE find MATCH ?", (one.surname,)) for one in added
        ]
        assert [[row["pupil_id"] for row in rows] for rows in found] == [[one.id] for one in added]
        assert [amendments.addition(vault, "pupil", one.id)["at"] for one in added] == ["2026-11-24"] * count  # type: ignore[index]
        assert [row["pupil_id"] for row in vault.rows("SELECT pupil_id FROM amendment ORDER BY seq")] == [one.id for one in added]
