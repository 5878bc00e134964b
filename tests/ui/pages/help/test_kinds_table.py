"""The help's table of the kinds of unit says what the table says by which the program acts."""

from pupil_desk.basics.places import resource
from pupil_desk.domain.unit.kind import Owed, unit_kinds

_COLUMNS = ("pru", "ap-academy", "independent-ap")
_OWED = {
    Owed.AUTHORITY: "The authority that maintains the unit",
    Owed.UNIT: "The academy trust",
    Owed.HOME_AUTHORITY: "The authority where the pupil lives",
    Owed.NOBODY: "No law names anybody",
}


def test_the_table_of_the_help_is_that_of_the_kinds() -> None:
    text = resource("help", "12-settings.md").read_text(encoding="utf-8").partition("## What follows from the kind of unit")[2]
    rows = {
        cells[0]: cells[1:]
        for line in text.splitlines()
        if line.startswith("| ")
        for cells in [[one.strip() for one in line.strip("|").split("|")]]
    }
    kinds = [unit_kinds()[code] for code in _COLUMNS]
    assert rows["Education from day six of a suspension"] == [_OWED[kind.day_six_suspension] for kind in kinds]
    assert rows["Education from day six of a permanent exclusion"] == [_OWED[kind.day_six_permanent] for kind in kinds]
    assert [one.lower() for one in rows["Who considers it"]] == [kind.board for kind in kinds]
    assert [one.split(" (")[0].split(".")[0] in f"{kind.census}." for one, kind in zip(rows["Census"], kinds, strict=True)] == [True] * 3
    assert [
        ("fairly sure" in one) == (kind.controller_sure == "medium")
        for one, kind in zip(rows["Who answers for the data"], kinds, strict=True)
    ] == [True] * 3
    free, academy = unit_kinds()["ap-free-school"], unit_kinds()["ap-academy"]
    assert (free.day_six_suspension, free.day_six_permanent, free.board) == (
        academy.day_six_suspension,
        academy.day_six_permanent,
        academy.board,
    )
