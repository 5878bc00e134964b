"""A protected pupil is held back until confirmed by name."""

from datetime import date

from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.exports.judged import held_back

ANN = Pupil(id="p1", surname="Ash", forename="Ann", dob=date(2012, 1, 5))


def test_a_protected_pupil_stays_out_until_confirmed_by_name() -> None:
    held = [Protection(pupil_id="p1", kind=kind, reason="Court", since=date(2026, 9, 2)) for kind in (ORDER, ADDRESS_WITHHELD, ORDER)]
    left = held_back(ANN, held, frozenset({"p2"}))
    assert left is not None
    assert left.reason == "Protected (address withheld and order or restriction), and not confirmed by name."
    assert left.receipt_reason == "protected, and not confirmed by name"  # neither whom nor the kind
    assert left.protections == tuple(held)
    assert held_back(ANN, held, frozenset({"p1"})) is None
    assert held_back(ANN, [], frozenset()) is None
