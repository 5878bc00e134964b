"""A file goes to the next lead in one locked pack; the clock is the lead's alone."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.domain.safeguarding.transfer import TransferStep
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.exports.export import Lock
from pupil_desk.services.exports.locking import new_passphrase
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding import files, pack, transfers, writing
from pupil_desk.services.safeguarding.due import safeguarding_due
from pupil_desk.store.tables import enrolments
from tests.services.exports.made import DAY, Unit
from tests.services.notes.scene import LEAD, LEADS, at
from tests.services.notes.test_second_key import moved as by_another_hand
from tests.services.packs.test_writing import text_of


def concern(pupil: Pupil) -> SafeguardingEntry:
    return SafeguardingEntry(
        pupil_id=pupil.id, kind=EntryKind.CONCERN, day=DAY, text="Came without a coat", body_map="front;27;58;round bruise, 2 cm"
    )


@pytest.mark.parametrize("others", [20, pytest.param(1000, marks=pytest.mark.torture)])
def test_the_pack_opens_with_its_password_and_with_none_of_others(
    unit: Unit, pupil: Pupil, lead: StaffMember, tmp_path: Path, others: int
) -> None:
    writing.write_concern(unit.desk, concern(pupil))
    with pytest.raises(NotAllowed):
        pack.write(unit.desk, pupil.id, tmp_path)
    assert list(tmp_path.glob("pack*")) == []
    desk = at(unit, LEAD, LEADS)
    (history,) = files.of_pupil(desk, pupil.id).histories
    writing.amend(desk, replace(history.now, decision="A coat was found"))
    made = pack.write(desk, pupil.id, tmp_path)
    data = (tmp_path / made.names[0]).read_bytes()
    text = " ".join(text_of(unlocked_pdf(data, made.password)).split())
    for words in (
        "Bea Quill",
        "Came without a coat",
        "Front, right upper arm: round bruise, 2 cm",
        "Front Right Left",
        "A coat was found",
        "What it said before",
        f"reference {pupil.ref}, born {show_date(pupil.dob)}",
    ):
        assert words in text
    for _number in range(others):
        with pytest.raises(PermissionError, match="invalid password"):
            unlocked_pdf(data, new_passphrase(Lock.PDF))
    assert b"Quill" not in data
    assert b"Quill" not in made.names[0].encode()
    assert unit.count("disclosure") == 0


def test_the_head_of_the_pack_says_each_status_that_holds_with_its_social_worker(
    unit: Unit, pupil: Pupil, lead: StaffMember, tmp_path: Path
) -> None:
    desk = at(unit, LEAD, LEADS)
    for status, since, until, worker in (
        ("early-help", 300, 100, None),
        ("child-protection", 60, None, "Ade Cole"),
        ("prevent", 10, None, None),
    ):
        entry = SafeguardingEntry(
            pupil_id=pupil.id, kind=EntryKind.STATUS, day=DAY - timedelta(since), status=status, social_worker=worker,
            until=DAY - timedelta(until) if until else None,
        )  # fmt: skip
        writing.enter(desk, entry)
    made = pack.write(desk, pupil.id, tmp_path)
    text = " ".join(text_of(unlocked_pdf((tmp_path / made.names[0]).read_bytes(), made.password)).split())
    head = text.partition("Chronology")[0]
    assert "Child protection plan since 25 September 2026. Social worker: Ade Cole." in head
    assert "since 14 November 2026" in head
    assert "Early help" not in head


def test_of_a_struck_out_entry_the_pack_has_kind_day_and_reason_alone(unit: Unit, pupil: Pupil, lead: StaffMember, tmp_path: Path) -> None:
    writing.write_concern(unit.desk, concern(pupil))
    desk = at(unit, LEAD, LEADS)
    writing.strike(desk, files.of_pupil(desk, pupil.id).histories[0].now, "Of another pupil")
    made = pack.write(desk, pupil.id, tmp_path)
    text = " ".join(text_of(unlocked_pdf((tmp_path / made.names[0]).read_bytes(), made.password)).split())
    assert "Concern, 24 November 2026" in text
    assert "Of another pupil" in text
    for words in ("without a coat", "bruise", "Written by"):
        assert words not in text
    assert unit.log()[-1] == (Action.KEEP_SAFEGUARDING.value, pupil.id, ""), "the log does not say that a pack was made"


def test_no_pack_is_made_that_would_not_be_whole(unit: Unit, pupil: Pupil, lead: StaffMember, tmp_path: Path) -> None:
    writing.write_concern(unit.desk, concern(pupil))
    by_another_hand(unit, "UPDATE safeguarding_entry SET body = substr(body, 1, 20) || body", "safeguarding_entry_keep")
    with pytest.raises(WrongUse, match=r"1 entry stands where they were not written, or were altered.*No pack is made"):
        pack.write(at(unit, LEAD, LEADS), pupil.id, tmp_path)
    assert list(tmp_path.glob("pack*")) == []


def test_the_clock_begins_when_the_pupil_has_left_and_counts_on_the_leads_home(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    writing.write_concern(unit.desk, concern(pupil))
    assert safeguarding_due(unit.desk).transfers == {}
    desk = at(unit, LEAD, LEADS)
    assert transfers.transfers_due(desk) == {}
    (stay,) = enrolments.of_pupil(desk.vault, pupil.id)
    pupils.add_stay(
        unit.desk, Enrolment(pupil_id=pupil.id, status="P", start_date=date(2020, 9, 2))
    )  # from which day on the pupil was elsewhere, nobody knows
    left = DAY - timedelta(1)
    with desk.vault.transaction():
        desk.vault.execute("UPDATE enrolment SET end_date = ? WHERE id = ?", (left.isoformat(), stay.id))
    due = transfers.transfers_due(desk)[pupil.id]
    assert due.step is TransferStep.SEND
    assert due.due > DAY
    assert safeguarding_due(desk).transfers == {TransferStep.SEND: (1, due.due)}
    sent = SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.SENT, day=DAY, school="Brook School", way="locked")
    writing.enter(desk, sent)
    assert transfers.transfers_due(desk)[pupil.id].step is TransferStep.CONFIRM
    writing.enter(desk, SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.CONFIRMED, day=DAY, school_lead="Pat Brook"))
    assert transfers.transfers_due(desk) == {}
