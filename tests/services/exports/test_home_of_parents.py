"""A parent is told of at one address by every export: their own, or the pupil's if they live there and have none of their own."""

from datetime import date

import pytest

from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport
from pupil_desk.services.exports import export_named
from pupil_desk.services.exports.export import Ask
from pupil_desk.services.exports.own.rows import export_of
from tests.services.exports.made import DAY, Unit
from tests.services.exports.test_ctf import LEFT


@pytest.mark.parametrize(("own", "told"), [("9 Own Row", "9 Own Row"), (None, "1 Pupil Row")])
def test_of_a_parent_who_lives_with_the_pupil(unit: Unit, own: str | None, told: str) -> None:
    unit.with_parent()
    ada = unit.pupil("Ash", "Ada", date(2012, 5, 6), address_1="1 Pupil Row")
    gone = unit.pupil("Birch", "Bo", date(2012, 5, 6), LEFT, address_1="1 Pupil Row", upn="Y919110026001")
    for pupil in (ada, gone):
        unit.contact(pupil, "Ash", parental_responsibility=True, lives_with=True, address_1=own)
    columns = (OwnColumn("contact.address_1", "parent_address_1"),)
    ours = OwnExport(
        own_export="own-club", title="Club", recipient="Club", purpose="To play", basis="public-task", law="A law", columns=columns
    )
    for export in (export_named(unit.desk, "la-new-pupil"), export_named(unit.desk, "youth-support"), export_of(ours)):
        selection = export.select(unit.desk, Ask(day=DAY))
        (row,) = (one.rows[0] for one in selection.exported if one.pupil.id == ada.id)
        cells = dict(zip(selection.fields, row.cells, strict=True))
        assert (export.name, cells.get("parent_1_address_1") or cells["parent_address_1"]) == (export.name, told)
    (file,) = export_named(unit.desk, "ctf").select(unit.desk, Ask(day=DAY)).exported
    paths = {row.key.rpartition("/")[2] for row in file.rows if "/Address/" in row.key}
    assert paths == ({"AddressLine1"} if own else {"AddressAsPupil"})
