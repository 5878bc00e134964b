"""Fields of the unit's own for the tests: one of each kind, and what is entered in them."""

from datetime import date

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.own_field import OwnField
from pupil_desk.store.tables import pupils as pupil_store
from tests.services.exports.made import Unit

KINDS = ("text", "date", "yes-no", "code", "number")
LABELS = {"text": "Bus pass number", "date": "Swimming badge on", "yes-no": "Has a locker", "code": "House", "number": "Shoe size"}
NAMES = {"text": "own_text_1", "date": "own_date_2", "yes-no": "own_flag_3", "code": "own_code_4", "number": "own_number_5"}
VALUES = {"own_text_1": "KX 4471 =1+1", "own_date_2": date(2026, 5, 20), "own_flag_3": True, "own_code_4": "Badger", "own_number_5": 38}
SAID = {"Bus pass number": "KX 4471 =1+1", "Swimming badge on": "20 May 2026", "Has a locker": "Yes", "House": "Badger", "Shoe size": "38"}


def field(kind: str, record: str = "pupil", **facts: str) -> OwnField:
    """A field as the data officer would type it."""
    stated = {
        "label": LABELS[kind],
        "values": "Badger\nOtter\nFox" if kind == "code" else None,
        "reason": "To know it at the door",
        "purpose": "CARE",
        "basis": "PUBLIC_TASK",
        "special": "NONE",
        "retention": "sen" if record == "plan" else "pupil-record",
    }
    return OwnField(record=record, kind=kind, **{**stated, **facts})  # type: ignore[arg-type]


def ada(unit: Unit, **more: object) -> Pupil:
    return unit.pupil("Quill", "Ada", date(2012, 3, 1), **{**VALUES, **more})


def stored(unit: Unit, pupil: Pupil) -> Pupil:
    kept = pupil_store.get(unit.desk.vault, pupil.id)
    assert kept is not None
    return kept
