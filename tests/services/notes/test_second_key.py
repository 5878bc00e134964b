"""The second key of restricted notes: nothing of them is in the file without it, who has it, and how it comes to others."""

import hashlib
import hmac
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.notes import key_sheets, notes, readers, second_key
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.unit import data_key, drafts, staff, units
from pupil_desk.store.file import anchor, engine
from pupil_desk.store.file.vault import Vault
from tests.services.exports.made import DAY, OFFICER, PASSWORD, Unit
from tests.services.notes.scene import CLOCK, LEAD, LEADS, OFFICE, OFFICES, at, name_reader, texts, write

WORDS = [f"Zq{number:04d}{hashlib.sha256(bytes([number % 256, number // 256])).hexdigest()[:8]}" for number in range(1000)]


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Quill", "Bea", DAY.replace(year=2012))


def dump(vault: Vault) -> bytes:
    """Every cell of every table of the file, those that the index of words makes for itself too."""
    tables = [row["name"] for row in vault.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return b"".join(repr(tuple(row)).encode() for table in tables for row in vault.rows(f'SELECT * FROM "{table}"'))


def pages(path: Path, key: bytes) -> bytes:
    """The file's bytes as its key decrypts them, those of no table too: SQLCipher's pages have a nonce before their seal."""
    data, size, reserve = path.read_bytes(), 4096, 80
    plain = []
    for start in range(0, len(data), size):
        page = data[start : start + size]
        skip = 16 if start == 0 else 0
        nonce = page[size - reserve : size - reserve + 16]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(nonce)).decryptor()
        plain.append(decryptor.update(page[skip : size - reserve]) + decryptor.finalize())
    return b"".join(plain)


def planted(data: bytes) -> list[str]:
    return [word for word in WORDS if word.encode() in data]


@pytest.mark.acceptance(32)
def test_of_a_thousand_words_none_is_in_a_dump_by_an_office_password(
    unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember
) -> None:
    for word in WORDS[:20]:  # of before there was a key
        write(unit.desk, pupil, f"It says {word}.")
    assert len(planted(dump(unit.desk.vault))) == 20
    notes.add(unit.desk, Note(pupil_id=pupil.id, category="family", text=f"{WORDS[20]} rang", day=DAY))
    notes.restrict(unit.desk, notes.of_pupil(unit.desk, pupil.id)[0].now)
    name_reader(unit, lead)
    for start in range(21, 1000, 11):
        write(unit.desk, pupil, " ".join(WORDS[start : min(start + 11, 999)]))
    drafts.keep(unit.desk, "pupils", pupil.id, {"text": WORDS[999]})
    desk = at(unit, OFFICE, OFFICES)
    assert planted(dump(desk.vault)) == []
    key = desk.vault.key("db")
    units.sign_out(desk)
    data = pages(unit.file, key)
    assert b"CREATE TABLE restricted_note" in data, "the pages were decrypted"
    assert planted(data) == []
    read = "\n".join(texts(at(unit, LEAD, LEADS), pupil))
    assert [word for word in WORDS if word not in read] == [WORDS[999]], (
        "all is there, for who may read it; but for a draft, which is its author’s"
    )


def test_who_does_not_hold_it_can_write_and_read_back_what_they_wrote(
    unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember
) -> None:
    name_reader(unit, lead)
    write(unit.desk, pupil, "By the officer")
    desk = at(unit, OFFICE, OFFICES)
    write(desk, pupil, "By the office")
    assert texts(desk, pupil) == ["By the office"]
    assert notes.restricted(desk, pupil.id).unseen == 1
    assert texts(at(unit, OFFICER, PASSWORD), pupil) == ["By the officer"]
    assert texts(at(unit, LEAD, LEADS), pupil) == ["By the office", "By the officer"]


@pytest.mark.acceptance(32)
def test_the_number_is_the_same_for_everybody(unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember) -> None:
    name_reader(unit, lead)
    for text in ("One", "Two", "Three"):
        write(unit.desk, pupil, text)
    people = ((OFFICE, OFFICES), (LEAD, LEADS), (OFFICER, PASSWORD))
    assert [notes.count_restricted(at(unit, *who), pupil.id) for who in people] == [3, 3, 3]


def moved(unit: Unit, sql: str, trigger_name: str = "restricted_note_keep") -> None:
    """By another way than this program: a hand that has the file's key."""
    vault = unit.desk.vault
    path, key = vault.path, vault.key("db")
    units.sign_out(unit.desk)
    con = engine.connect(path, key)
    trigger = con.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger_name,)).fetchone()[0]
    con.execute(f"DROP TRIGGER {trigger_name}")
    con.execute(sql)
    con.execute(trigger)
    con.close()
    anchor.begin(path)  # the note of how the file was left


@pytest.mark.acceptance(33)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE restricted_note SET body = (SELECT body FROM restricted_note WHERE seq = 2) WHERE seq = 1",
        "UPDATE restricted_note SET body = (SELECT own_body FROM restricted_note WHERE seq = 1) WHERE seq = 1",
        "UPDATE restricted_note SET recorded_by = 'another' WHERE seq = 1",
        "UPDATE restricted_note SET at = '2026-01-01T10:00:00Z' WHERE seq = 1",
        "UPDATE restricted_note SET body = 'AAAA' WHERE seq = 1",
        "UPDATE restricted_note SET pupil_id = (SELECT id FROM pupil WHERE surname = 'Other') WHERE seq = 1",
    ],
)
def test_a_cell_that_was_moved_is_refused_and_logged(unit: Unit, pupil: Pupil, lead: StaffMember, sql: str) -> None:
    other = unit.pupil("Other", "Ann", DAY.replace(year=2011))
    name_reader(unit, lead)
    write(unit.desk, pupil, "First")
    write(unit.desk, pupil, "Second")
    moved(unit, sql)
    desk = at(unit, LEAD, LEADS)
    owner = other if "Other" in sql else pupil
    assert "First" not in texts(desk, owner)
    assert notes.restricted(desk, owner.id).moved == 1
    row = desk.vault.first_row("SELECT id FROM restricted_note WHERE seq = 1")
    assert row is not None
    assert ("cell-refused", row["id"]) in [(action, object_id) for action, object_id, _reason in unit.log()]
    assert "Second" in texts(desk, pupil)


def test_a_data_officer_who_names_herself_does_not_get_it(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    name_reader(unit, lead)
    write(unit.desk, pupil, "Told")
    desk = at(unit, LEAD, LEADS)
    write(desk, pupil, "By the lead")
    desk = at(unit, OFFICER, PASSWORD)
    name_reader(unit, desk.user)
    assert not readers.may_read(desk)
    assert texts(desk, pupil) == ["Told"], "what she wrote herself"
    with pytest.raises(WrongUse, match="Jo Lead"):
        second_key.hand_over(desk, desk.user)
    officer = desk.user
    desk = at(unit, LEAD, LEADS)
    assert any("waits for you" in remark for remark in desk.vault.remarks)
    second_key.hand_over(desk, officer)
    desk = at(unit, OFFICER, PASSWORD)
    assert texts(desk, pupil) == ["By the lead", "Told"]


def test_a_new_password_keeps_it_if_who_gives_it_holds_it(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    name_reader(unit, lead)
    with pytest.raises(WrongUse, match="only one who holds"):
        staff.set_password_anew(unit.desk, lead, OFFICES)
    desk = at(unit, LEAD, LEADS)
    write(desk, pupil, "Told")
    staff.change_own_password(desk, LEADS, OFFICES)
    desk = at(unit, LEAD, OFFICES)
    assert texts(desk, pupil) == ["Told"], "a password that she changed herself"
    officer = at(unit, OFFICER, PASSWORD).user
    name_reader(unit, officer)
    second_key.hand_over(at(unit, LEAD, OFFICES), officer)
    staff.set_password_anew(at(unit, OFFICER, PASSWORD), lead, LEADS)
    assert texts(at(unit, LEAD, LEADS), pupil) == ["Told"]


@pytest.mark.acceptance(28)
def test_the_last_who_holds_it_cannot_be_removed_or_lose_it(unit: Unit, lead: StaffMember) -> None:
    name_reader(unit, lead)
    with pytest.raises(WrongUse, match="only one who holds"):
        name_reader(unit, lead, may=False)
    with pytest.raises(WrongUse, match="only one who holds"):
        staff.disable(unit.desk, lead)


def test_who_loses_it_has_no_key_to_what_is_written_since(unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember) -> None:
    name_reader(unit, lead)
    name_reader(unit, office)
    write(at(unit, LEAD, LEADS), pupil, "Before")
    second_key.hand_over(unit.desk, office)
    first = dict(at(unit, OFFICE, OFFICES).vault.held.keys)
    desk = at(unit, OFFICER, PASSWORD)
    name_reader(unit, office, may=False)
    write(desk, pupil, "After")
    key = {row["key_id"] for row in desk.vault.rows("SELECT key_id FROM restricted_note")}
    assert len(key) == 2, "who takes it away does not hold it, so what is there stays under the old one for now"
    assert data_key.state(desk).due
    desk = at(unit, LEAD, LEADS)
    (key_id,) = {row["key_id"] for row in desk.vault.rows("SELECT key_id FROM restricted_note")}
    assert key_id not in first
    assert texts(desk, pupil) == ["After", "Before"]
    assert texts(at(unit, OFFICE, OFFICES), pupil) == []


def test_a_new_data_key_leaves_it_with_who_holds_it(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    name_reader(unit, lead)
    write(unit.desk, pupil, "Told")
    data_key.new_key(unit.desk)
    assert texts(at(unit, LEAD, LEADS), pupil) == ["Told"]


def test_the_recovery_code_gives_it_to_who_is_named(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    name_reader(unit, lead)
    write(unit.desk, pupil, "Told")
    at(unit, LEAD, LEADS)
    code = staff.new_recovery_code(unit_officer := at(unit, OFFICER, PASSWORD))
    code.put_in_force()
    assert unit_officer.user.name == OFFICER
    at(unit, LEAD, LEADS)  # who gives the new code the key, too
    units.sign_out(unit.desk)
    recovered = units.open_with_recovery_code(unit.file, code.secret, CLOCK)
    member = next(user for user in recovered.users() if user.name == LEAD)
    recovered.new_password(member, OFFICES).put_in_force().vault.close()
    assert texts(at(unit, LEAD, OFFICES), pupil) == ["Told"]


def test_a_code_that_does_not_hold_it_takes_it_from_nobody(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    """The data officer, who does not hold it, made the code, and the lead has not signed in since."""
    name_reader(unit, lead)
    readers.set_reader(unit.desk, lead, may=True, reason="Lead", room=SAFEGUARDING_FILES)
    write(unit.desk, pupil, "Told")
    at(unit, LEAD, LEADS)
    desk = at(unit, OFFICER, PASSWORD)
    assert second_key.lost_to_new_code(desk.vault) == (
        "The new code does not open the restricted notes or the safeguarding files until Jo Lead has signed in once."
    )
    code = staff.new_recovery_code(desk)
    code.put_in_force()
    with pytest.raises(WrongUse, match="the recovery code does not hold it"):
        staff.new_password(desk, lead)
    units.sign_out(desk)
    recovered = units.open_with_recovery_code(unit.file, code.secret, CLOCK)
    member = next(user for user in recovered.users() if user.name == LEAD)
    with pytest.raises(WrongUse, match=r"sign in once with the present password"):
        recovered.new_password(member, OFFICES)
    recovered.close()
    assert texts(at(unit, LEAD, LEADS), pupil) == ["Told"]


def test_the_recovery_code_gives_keys_of_before_too_and_sheets_take_none_from_it_that_is_not_on_them(
    unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember
) -> None:
    """The key is renewed by who does not hold the old one, under which the text stays; then the code is used for somebody else."""
    name_reader(unit, lead)
    write(unit.desk, pupil, "Before")
    name_reader(unit, office)
    second_key.hand_over(at(unit, LEAD, LEADS), office)
    code = staff.new_recovery_code(at(unit, OFFICER, PASSWORD))
    code.put_in_force()
    at(unit, LEAD, LEADS)  # who gives the code the key
    desk = at(unit, OFFICER, PASSWORD)
    staff.disable(desk, office)
    name_reader(unit, desk.user)
    units.sign_out(desk)
    recovered = units.open_with_recovery_code(unit.file, code.secret, CLOCK)
    member = next(user for user in recovered.users() if user.name == OFFICER)
    recovered.new_password(member, OFFICES).put_in_force().vault.close()
    desk = at(unit, OFFICER, OFFICES)
    assert texts(desk, pupil) == ["Before"]
    assert len({row["key_id"] for row in desk.vault.rows("SELECT key_id FROM restricted_note")}) == 1
    key_sheets.new_sheets(desk).put_in_force()
    assert texts(at(unit, OFFICER, OFFICES), pupil) == ["Before"]


def test_another_public_half_put_into_the_file_is_found(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    name_reader(unit, lead)
    vault = unit.desk.vault
    path, key = vault.path, vault.key("db")
    units.sign_out(unit.desk)
    con = engine.connect(path, key)
    trigger = con.execute("SELECT sql FROM sqlite_master WHERE name = 'second_key_keep'").fetchone()[0]
    con.execute("DROP TRIGGER second_key_keep")
    con.execute("UPDATE second_key SET public = ?", (hmac.digest(b"x", b"x", "sha256").hex(),))
    con.execute(trigger)
    con.close()
    anchor.begin(path)  # the note of how the file was left
    desk = at(unit, LEAD, LEADS)
    assert any("Somebody put another key" in remark for remark in desk.vault.remarks)
