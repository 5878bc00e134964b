"""What the sheet tells of what a record said before."""

from datetime import UTC, datetime

from pupil_desk.basics.clock import stamp
from pupil_desk.services.sheet.entries import of_history


def test_the_history_tells_items_alone() -> None:
    """What is taken away leaves a row for each attribute: in which file a value stood is no item, and tells nothing of the pupil."""
    moment = stamp(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    row = {"kind": "not_taken", "old": "Blue", "new": None, "at": moment, "by": "Dee", "source": "undo"}
    told = of_history([row | {"item": "import_id"}, row | {"item": "value"}])
    assert [{name: words for name, _label, _value, words in entry.facts}["old"] for entry in told] == ["Blue"]
