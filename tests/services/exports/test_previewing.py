"""What every recipient would get of one pupil is what each export would tell of them among all, due or not.

A protected pupil is held back until confirmed by name.
"""

from datetime import date

from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import all_exports, previewing
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.protected import held_back
from pupil_desk.store.tables import pupils


def test_of_one_pupil_it_shows_what_would_go_with_everybody_and_nothing_that_is_not_due(demonstration: Desk) -> None:
    exports = all_exports(demonstration)
    whole = {export.name: previewing.preview(demonstration, export.name, ExportOrder(reason="")).lines for export in exports}
    told = 0
    for pupil in pupils.all_pupils(demonstration.vault)[::2]:
        for receiver in previewing.of_pupil(demonstration, pupil.id):
            expected = tuple(line for line in whole[receiver.export.name] if line.pupil.id == pupil.id)
            assert receiver.lines == expected, (receiver.export.name, pupil.ref)
            told += len(expected)
    attends = {line.pupil.id for line in whole["la-attendance"]} ^ {line.pupil.id for line in whole["register"]}
    assert attends, "somebody is marked whose absence is not returned"
    assert told > len(exports)


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
