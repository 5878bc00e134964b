"""The log: chained, and every way of changing it is seen."""

import random

import pytest

from pupil_desk import __version__
from pupil_desk.store.file import anchor, audit, checks, opening
from pupil_desk.store.file.audit import COLUMNS
from pupil_desk.store.file.vault import Vault
from tests.store.made import AT, NAME, PASSWORD, USER, Unit, from_outside, write_log

EVERYTHING = "at, tick, boot, user_id, role, action, kind, object_id, reason, app_version, mac"


def found(unit: Unit) -> list[tuple[str, int | None]]:
    """What the walk of the chain and this PC's anchor say of a file, which is only looked at."""
    with opening.unlock(unit.path, name=NAME, password=PASSWORD, read_only=True).vault as vault:
        return [(finding.message, finding.seq) for finding in checks.verify_log(vault)]


def test_a_row_says_who_did_what_and_when(vault: Vault) -> None:
    with vault.transaction():
        seq = audit.append(
            vault,
            moment=AT,
            user_id=USER,
            role="office",
            action="pupil-change",
            kind="pupil",
            object_id="p",
            reason="dob",
            app_version="0.1.0",
        )
    row = vault.first_row("SELECT * FROM log WHERE seq = ?", (seq,))
    assert row is not None
    assert row["at"] == "2026-11-24T09:12:00.000000Z"
    assert [row[name] for name in ("user_id", "role", "action", "kind", "object_id", "reason", "app_version")] == [
        USER,
        "office",
        "pupil-change",
        "pupil",
        "p",
        "dob",
        "0.1.0",
    ]
    assert audit.head(vault) == audit.Head(4, row["mac"])
    assert audit.head(vault).reference == f"4 / {row['mac'][:4]}-{row['mac'][4:8]}"
    assert checks.verify_log(vault) == []


def test_a_thousand_rows_are_shown_in_groups() -> None:
    assert audit.Head(18342, "7f3a91c2ff").reference == "18 342 / 7f3a-91c2"


@pytest.mark.parametrize("column", [name for name in COLUMNS.split(", ") if name != "seq"])
def test_an_edited_row_is_named(unit: Unit, column: str) -> None:
    value = "7" if column == "tick" else "'other'"
    from_outside(unit, f"UPDATE log SET {column} = {value} WHERE seq = 2")
    assert found(unit) == [("Log entry 2 was changed, moved or put in by other means than Pupil Desk.", 2)]


@pytest.mark.acceptance(34)
@pytest.mark.parametrize(
    ("statements", "seq", "words"),
    [
        (["DELETE FROM log WHERE seq = 2"], 2, "is missing"),
        (["DELETE FROM log WHERE seq = 1"], 1, "is missing"),
        (["DELETE FROM log WHERE seq = 2", "UPDATE log SET seq = 2 WHERE seq = 3"], 2, "was changed"),
        (
            ["UPDATE log SET seq = 9 WHERE seq = 2", "UPDATE log SET seq = 2 WHERE seq = 3", "UPDATE log SET seq = 3 WHERE seq = 9"],
            2,
            "was changed",
        ),
        ([f"INSERT INTO log (seq, {EVERYTHING}) SELECT 4, {EVERYTHING} FROM log WHERE seq = 2"], 4, "was changed"),
        (["UPDATE log SET mac = upper(mac) WHERE seq = 3"], 3, "was changed"),
        (["UPDATE log SET reason = 'a' || char(31) || app_version, app_version = 'b' WHERE seq = 2"], 2, "was changed"),
        (
            ["UPDATE log SET kind = kind || char(31) || object_id || char(31) || reason, object_id = '', reason = '' WHERE seq = 1"],
            1,
            "was changed",
        ),
    ],
)
def test_the_first_wrong_row_is_named(unit: Unit, statements: list[str], seq: int, words: str) -> None:
    from_outside(unit, *statements)
    [(message, where)] = found(unit)
    assert where == seq
    assert f"Log entry {seq} {words}" in message


_ROWS = 40
_EDITED = "UPDATE log SET {column} = {column} || 'x' WHERE seq = {seq}"
_TAKEN_OUT = "DELETE FROM log WHERE seq = {seq}"
_TURNED = "UPDATE log SET seq = -seq WHERE seq < 0"
_MOVED = f"UPDATE log SET seq = CASE seq WHEN {{seq}} THEN -{{later}} ELSE -{{seq}} END WHERE seq IN ({{seq}}, {{later}});{_TURNED}"
_COPIED = f"INSERT INTO log (seq, {EVERYTHING}) SELECT {{seq}}, {EVERYTHING} FROM log WHERE seq = {{later}} + 1"
_PUT_IN = f"UPDATE log SET seq = -seq - 1 WHERE seq >= {{seq}};{_TURNED};{_COPIED}"
_DONE_TO_IT = (_EDITED, _TAKEN_OUT, _MOVED, _PUT_IN)


@pytest.mark.acceptance(34, short=8, full=500)
def test_whichever_row_is_edited_taken_out_moved_or_put_in_the_first_wrong_one_is_named(unit: Unit, times: int) -> None:
    with unit.unlock() as vault:
        write_log(vault, _ROWS - 3)
    whole = {file: file.read_bytes() for file in unit.path.parent.iterdir() if file.is_file()}
    columns = [name for name in COLUMNS.split(", ") if name not in ("seq", "tick")]
    draw = random.Random(times)
    for number in range(times):
        seq = draw.randrange(1, _ROWS)
        done = _DONE_TO_IT[number % 4].format(seq=seq, later=draw.randrange(seq + 1, _ROWS + 1), column=draw.choice(columns))
        from_outside(unit, *done.split(";"))
        assert [where for _message, where in found(unit)] == [seq], done
        for file, data in whole.items():
            file.write_bytes(data)


def test_text_cannot_be_shifted_from_one_column_to_the_next(vault: Vault) -> None:
    """The sign between two columns never stands inside one; a row with one inside has one too many for its MAC."""
    with vault.transaction():
        audit.append(vault, moment=AT, user_id="u", role="r", action="a", reason="x\x1fy", app_version=__version__)
    row = vault.first_row("SELECT reason FROM log ORDER BY seq DESC")
    assert row is not None
    assert row[0] == "x y"
    assert checks.verify_log(vault) == []


@pytest.mark.acceptance(35)
def test_a_cut_tail_is_seen_against_this_pcs_anchor(unit: Unit) -> None:
    with unit.unlock() as vault:
        write_log(vault, 50)
    from_outside(unit, "DELETE FROM log WHERE seq > 3")
    [(message, seq)] = found(unit)
    assert message.startswith("50 log entries missing since ")
    assert seq == 4
    assert found(unit) == [(message, 4)]  # closing it again does not forgive it


def test_an_older_copy_put_back_is_seen(unit: Unit) -> None:
    older = unit.path.read_bytes()
    with unit.unlock() as vault:
        write_log(vault, 1)
    unit.path.write_bytes(older)
    assert found(unit)[0][0].startswith("1 log entry missing since ")


def test_a_log_written_anew_is_seen(unit: Unit) -> None:
    """The data key's holder can make a whole new chain; the head kept outside shows it."""
    from_outside(unit, "DELETE FROM log")
    with opening.unlock(unit.path, name=NAME, password=PASSWORD, on_older=lambda *_asked: None).vault as vault:
        write_log(vault, 5, action="other")
        [finding] = checks.verify_log(vault)
    assert finding.message.startswith("The log is not the one this PC saw on ")
    assert finding.seq == 3


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b"[" * 4000, b'{"vault": 1, "seq": 2, "mac": 3, "at": 4, "seal": 5}'])
def test_a_spoiled_anchor_is_said(unit: Unit, text: bytes) -> None:
    anchor.place(unit.path).write_bytes(text)
    with unit.unlock() as vault:
        assert [finding.where for finding in checks.verify_log(vault)] == ["anchor"]
    assert found(unit) == []  # closing wrote it anew


def test_an_anchor_edited_by_hand_does_not_count(unit: Unit) -> None:
    place = anchor.place(unit.path)
    place.write_bytes(place.read_bytes().replace(b'"seq": 3', b'"seq": 2'))
    assert "cannot be read" in found(unit)[0][0]


def test_without_an_anchor_the_chain_alone_is_looked_at(unit: Unit) -> None:
    anchor.place(unit.path).unlink()
    assert found(unit) == []


def test_a_long_log_is_verified_by_one_query_and_one_mac_a_row(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    with vault.transaction():
        for _each in range(500):
            audit.append(
                vault, moment=AT, user_id=USER, role="office", action="view", kind="pupil", object_id=USER, app_version=__version__
            )
    anchor.place(vault.path).unlink()
    asked: list[str] = []
    made: list[str] = []
    rows, chained = Vault.rows, audit._chained
    monkeypatch.setattr(Vault, "rows", lambda self, sql, params=(): (asked.append(sql), rows(self, sql, params))[1])
    monkeypatch.setattr(audit, "_chained", lambda key, before, line: (made.append(line), chained(key, before, line))[1])
    assert checks.verify_log(vault) == []
    assert (len(asked), len(made)) == (1, audit.head(vault).seq)
