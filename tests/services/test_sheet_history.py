"""What the sheet tells of what a record said before, and by what names."""

import dataclasses
from datetime import UTC, datetime

from pupil_desk.basics.clock import stamp
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.services.sheet.entries import LABELS, of_history, of_rows


def test_the_history_tells_items_alone() -> None:
    """What is taken away leaves a row for each attribute: in which file a value stood is no item, and tells nothing of the pupil."""
    moment = stamp(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    row = {"kind": "not_taken", "old": "Blue", "new": None, "at": moment, "by": "Dee", "source": "undo"}
    told = of_history([row | {"item": "import_id"}, row | {"item": "value"}])
    assert [{name: words for name, _label, _value, words in entry.facts}["old"] for entry in told] == ["Blue"]


def test_no_column_of_any_record_stands_on_the_sheet_by_the_name_of_our_own() -> None:
    """What points from one row to another is no item, and means nothing to a family: each thing told has a label in words."""
    for kind, record in RECORDS.items():
        columns = {field.name: None for field in dataclasses.fields(record)} | dict.fromkeys(LABELS) | {"record_id": None}
        labels = [label for entry in of_rows([columns], kind) for _name, label, _value, _words in entry.facts]
        assert not [label for label in labels if "_" in label or label == label.lower()], kind
