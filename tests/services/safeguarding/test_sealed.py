"""Nothing of a safeguarding file is anywhere without its key: not by a data officer's password, in any table, page, backup, export, log or search."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.safeguarding import body_map
from pupil_desk.domain.safeguarding.body_map import BodyMark
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services import sheet
from pupil_desk.services.backup import backups
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.home import home
from pupil_desk.services.pupils import pupils
from pupil_desk.services.safeguarding import files, writing
from pupil_desk.services.unit import drafts, logbook, units
from tests.services.exports.made import DAY, OFFICER, PASSWORD, Unit
from tests.services.notes.scene import CLOCK, LEAD, LEADS, OFFICE, OFFICES, at
from tests.services.notes.test_second_key import dump, pages

WORDS = [f"Xq{number:03d}{hashlib.sha256(bytes([number % 256, number // 256])).hexdigest()[:8]}" for number in range(500)]


def planted(told: object) -> list[str]:
    text = told if isinstance(told, bytes) else repr(told).encode()
    return [word for word in WORDS if word.encode() in text]


def concern(pupil: Pupil, words: Iterator[str]) -> SafeguardingEntry:
    marks = body_map.lines_of((BodyMark("front", 27, 58, next(words)), BodyMark("back", 50, 54, next(words))))
    return SafeguardingEntry(
        pupil_id=pupil.id, kind=EntryKind.CONCERN, day=DAY, nature="physical", text=next(words), pupil_words=next(words), body_map=marks,
        place=next(words), people=next(words),
    )  # fmt: skip


def fill(unit: Unit, pupil: Pupil) -> None:
    """Every kind of entry, by everybody, amended and struck out, until all words but the last stand in it."""
    words = iter(WORDS[:-1])
    for _number in range(20):
        writing.write_concern(unit.desk, concern(pupil, words))
    desk = at(unit, OFFICE, OFFICES)
    for _number in range(20):
        writing.write_concern(desk, concern(pupil, words))
    drafts.keep(desk, "safeguarding", pupil.id, {"text": WORDS[-1]})
    desk = at(unit, LEAD, LEADS)
    (history, *_rest) = files.of_pupil(desk, pupil.id).histories
    writing.amend(desk, SafeguardingEntry(**{**_values(history.now), "decision": next(words), "outcome": next(words)}))
    writing.strike(desk, history.now, next(words))
    entry = SafeguardingEntry(
        pupil_id=pupil.id, kind=EntryKind.STATUS, day=DAY, status="child-protection", social_worker=next(words),
        social_worker_reached=next(words), authority=next(words),
    )  # fmt: skip
    writing.enter(desk, entry)
    for word in words:
        writing.enter(desk, SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.EVENT, day=DAY, text=word))


def _values(entry: SafeguardingEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in SafeguardingEntry.__dataclass_fields__}


def test_of_five_hundred_words_none_is_found_by_a_data_officers_password(
    unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember, tmp_path: Path
) -> None:
    fill(unit, pupil)
    desk = at(unit, OFFICER, PASSWORD)
    assert planted(dump(desk.vault)) == []
    for told in (
        sheet.everything(desk, pupil.id), sheet.paper(desk, pupil.id), pupils.record(desk, pupil.id), home.tasks(desk), logbook.rows(desk),
        drafts.own_drafts(desk), [line.ref for line in pupils.listing(desk, find=WORDS[3])],
    ):  # fmt: skip
        assert planted(told) == []
    assert not pupils.listing(desk, find=WORDS[3])
    stick = tmp_path / "stick"
    stick.mkdir()
    exported = run_export(desk, "whole-unit", stick, ExportOrder(reason="A new program"))
    for name, password in exported.secrets:
        assert planted(b"".join(unlocked((stick / name).read_bytes(), password).values())) == []
    backup, _changed = backups.make(desk, stick)
    copy = backups.open_to_look(backup.path, CLOCK, name=OFFICER, password=PASSWORD)
    assert planted(dump(copy.vault)) == []
    copy.vault.close()
    key = desk.vault.key("db")
    units.sign_out(desk)
    data = pages(unit.file, key)
    assert b"CREATE TABLE safeguarding_entry" in data, "the pages were decrypted"
    assert planted(data) == []
    for path in unit.file.parent.rglob("*"):
        assert not path.is_file() or planted(path.read_bytes()) == [], path.name
    desk = at(unit, LEAD, LEADS)
    read = files.of_pupil(desk, pupil.id)
    assert [word for word in WORDS if word not in repr(read)] == [WORDS[-1]], "all is there for the lead, but for a draft of another"
    assert (read.moved, read.sealed) == (0, 0)


@pytest.mark.parametrize("who", [(OFFICER, PASSWORD), (OFFICE, OFFICES)])
def test_the_switch_of_a_role_or_a_name_in_the_file_opens_nothing(
    unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember, who: tuple[str, str]
) -> None:
    """Somebody with skill writes into the file that they are lead: they are waited for, and read nothing."""
    writing.write_concern(unit.desk, concern(pupil, iter(WORDS)))
    desk = at(unit, *who)
    with desk.vault.transaction():
        desk.vault.execute(
            "INSERT INTO restricted_reader (user_id, may_read, reason, at, set_by, room) VALUES (?, 1, 'x', '2026-11-24T09:00:00Z', ?, 'safeguarding')",
            (desk.user.id, desk.user.id),
        )
    assert not files.may_open(desk)
    assert planted(dump(desk.vault)) == []
