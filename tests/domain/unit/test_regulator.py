"""Whom a complaint goes to after the unit: the name changes on the day that the unit sets, on every paper at once."""

import dataclasses
import re
from datetime import date, timedelta

from pupil_desk.basics.places import resource
from pupil_desk.domain.unit.regulator import PHONE, regulator_on
from pupil_desk.domain.unit.settings import UnitSettings

UNIT = UnitSettings(name="Larkfield", la="919", estab="1100")
DAY = date(2027, 1, 4)


def test_the_commissioner_is_named_until_the_day_that_the_unit_sets() -> None:
    changed = dataclasses.replace(UNIT, commission_since=DAY)
    assert regulator_on(UNIT, DAY).name == "Information Commissioner’s Office (ICO)"
    assert regulator_on(changed, DAY - timedelta(days=1)).name == "Information Commissioner’s Office (ICO)"
    assert (regulator_on(changed, DAY).name, regulator_on(changed, DAY).short) == ("Information Commission", "Information Commission")


def test_no_prose_names_the_regulator_by_itself() -> None:
    """A literal name in the words of a paper would stay when the setting changes. The page's name is filled in too."""
    for path in sorted(resource("words", "en").rglob("*.md")):
        text = path.read_text("utf-8")
        found = re.findall(rf"Information Commission\w*|\bICO\b|ico\.org\.uk|{PHONE}", text)
        assert not found, f"{path.name}: {found}"
