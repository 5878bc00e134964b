"""What is kept of an export beside its receipt: digests that go with a pupil's erasure, and files for who asked for them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import holds, sheet
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.kept import frozen
from pupil_desk.services.exports.listing import one_made
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.tables import frozen as store
from tests.services import erased_at_once
from tests.services.exports.made import DAY, Unit

UNTIL = DAY + timedelta(days=90)


@pytest.fixture
def pair(unit: Unit) -> tuple[Pupil, Pupil]:
    """One who is told, and one who is left out."""
    told = unit.pupil("Quillfeather", "Ottoline", date(2012, 1, 5))
    return told, unit.pupil("Youngling", "Una", date(2014, 6, 6))


def made(unit: Unit, stick: Path, until: date | None = UNTIL) -> str:
    return run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", keep_content=until)).export_id


def test_the_files_are_read_again_by_a_data_officer_and_go_by_a_word(unit: Unit, stick: Path, pair: tuple[Pupil, Pupil]) -> None:
    export_id = made(unit, stick)
    (file,) = frozen.content(unit.desk, export_id)
    assert file.name.endswith(".csv")  # as it was before it was locked: the password is kept nowhere
    assert b"Quillfeather,Ottoline" in file.data
    assert unit.log()[-1] == ("keep-export-files", export_id, "files written again: 1")
    for act in (lambda desk: frozen.content(desk, export_id), lambda desk: frozen.delete_content(desk, export_id, "Due")):
        with pytest.raises(NotAllowed):
            act(unit.as_role(Role.ASSISTANT_HEAD))
    (kept,) = frozen.contents(unit.desk)
    assert (kept.export_id, kept.until, kept.files, kept.bytes) == (export_id, UNTIL, 1, len(file.data))
    assert frozen.content_due(unit.desk, UNTIL - timedelta(days=1)) == []
    assert frozen.content_due(unit.desk, UNTIL) == [kept]
    assert one_made(unit.desk, export_id).content_until == UNTIL
    with pytest.raises(WrongUse, match="Enter why"):
        frozen.delete_content(unit.desk, export_id, " ")
    with pytest.raises(StoreFault, match="append-only: export_content"), unit.desk.vault.transaction():
        unit.desk.vault.execute("DELETE FROM export_content")
    frozen.delete_content(unit.desk, export_id, "Its day has come")
    assert unit.count("export_content") == 0
    assert one_made(unit.desk, export_id).content_until is None
    event = store.events(unit.desk.vault)[-1]
    assert (event["what"], event["note"], event["by_name"], event["on"]) == (
        store.CONTENT_DELETED,
        "Its day has come",
        "Ann Officer",
        DAY.isoformat(),
    )
    for again in (lambda: frozen.content(unit.desk, export_id), lambda: frozen.delete_content(unit.desk, export_id, "Again")):
        with pytest.raises(WrongUse, match="not kept here"):
            again()


def test_what_cannot_be_kept_is_refused_before_anything_is_written(
    unit: Unit, stick: Path, pair: tuple[Pupil, Pupil], monkeypatch: pytest.MonkeyPatch
) -> None:
    for until in (DAY, DAY - timedelta(days=1), DAY.replace(year=DAY.year + 6) + timedelta(days=1)):
        with pytest.raises(WrongUse, match="Keep the files until"):
            made(unit, stick, until)
    monkeypatch.setattr(frozen, "MOST_KEPT", 10)
    with pytest.raises(WrongUse, match="too big"):
        made(unit, stick)
    assert list(stick.iterdir()) == []
    made(unit, stick, None)
    assert unit.count("export_content") == 0


def test_while_a_hold_stands_over_anybody_in_them_the_files_stay(unit: Unit, stick: Path, pair: tuple[Pupil, Pupil]) -> None:
    export_id = made(unit, stick)
    holds.set_hold(unit.desk, LegalHold(pupil_id=pair[1].id, step="set", reason="A claim", review_on=UNTIL))
    with pytest.raises(WrongUse, match="hold"):
        frozen.delete_content(unit.desk, export_id, "Due")
    assert unit.count("export_content") == 1


def test_an_erasure_takes_the_digests_of_the_pupil_and_the_files_whole(unit: Unit, stick: Path, pair: tuple[Pupil, Pupil]) -> None:
    gone, stays = pair
    export_id, other = made(unit, stick), made(unit, stick, None)
    before = one_made(unit.desk, export_id)
    other_pupil = unit.pupil("Later", "Lee", date(2012, 1, 5))  # who is in none of them
    assert "export_content" not in erased_at_once.erase_pupil(unit.desk, other_pupil.id, authority="A court").counts
    assert unit.count("export_content") == 1
    done = erased_at_once.erase_pupil(unit.desk, gone.id, authority="A court")
    assert (done.counts["export_row"], done.counts["export_content"]) == (2, 1)
    rows = unit.desk.vault.rows("SELECT f.export_id, r.pupil_id FROM export_row r JOIN export_frozen f ON f.number = r.frozen")
    assert {tuple(row) for row in rows} == {(export_id, stays.id), (other, stays.id)}
    past = one_made(unit.desk, export_id)
    assert (past.receipt, past.rows, past.left_out) == (before.receipt, 1, 1)
    assert past.content_until is None


def test_the_access_request_says_in_which_exports_a_pupil_was(unit: Unit, stick: Path, pair: tuple[Pupil, Pupil]) -> None:
    made(unit, stick)
    told, left = ({section.name: section for section in sheet.everything(unit.desk, pupil.id)}["frozen"] for pupil in pair)
    (entry,) = told.entries
    words = {name: said for name, _label, _value, said in entry.facts}
    assert words["in_export"] == "Told"
    assert words["recipient"] == "Youth support service"
    assert words["name"] == "Pupils for the youth support service"
    assert words["cells"] == "3"  # surname, forename and date of birth: the empty cells of one at minimum tell nothing
    assert words["kept_until"] == "22 February 2027"
    (entry,) = left.entries
    assert {name: said for name, _label, _value, said in entry.facts}["in_export"] == "Left out"
