"""What every recipient would get of one pupil is what each export would tell of them among all, due or not."""

from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import all_exports, previewing
from pupil_desk.services.exports.making import ExportOrder
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
