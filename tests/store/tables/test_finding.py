"""The index of words follows every record that it finds, forgets what is erased, and folds as people compare."""

import re
import sqlite3

import pytest

from pupil_desk.basics.text import PLAIN, tokens
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.catalogue.items import Kind, items_of
from pupil_desk.store.file import migrate
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import finding

TEXT = (Kind.NAME, Kind.TEXT, Kind.POSTCODE, Kind.PHONE, Kind.EMAIL, Kind.SCHOOL, Kind.UPN, Kind.ULN)
CHANGED = ("pupil", "contact", "enrolment")
FILLED = {
    "pupil": "INSERT INTO pupil (id, ref, surname, forename, dob, sort_key, upn, postcode, phone, email, previous_school) VALUES "
    "(?, ?, 'O’Quilligan', 'Łucja', '2012-05-01', 'oquilligan', ?, 'LE2 1AB', '+44 (0)7700 900123', 'lu.q@example.org', '919/4001')",
    "contact": "INSERT INTO contact (id, pupil_id, surname, relationship, mobile, postcode) VALUES (?, ?, 'Zephyrine', 'PAM', '07700 900777', 'LE9 9ZZ')",
    "enrolment": "INSERT INTO enrolment (id, pupil_id, status, main_school, commissioned_by) VALUES (?, ?, 'C', '919/4321', 'Westbrook Academy')",
    "former_address": "INSERT INTO former_address (id, pupil_id, address_1, postcode, at, recorded_by) VALUES (?, ?, '1 Xanadu Row', 'BS1 1AA', '', '')",
    "amendment": "INSERT INTO amendment (kind, record_id, pupil_id, item, old, new, at, by, source) "
    "VALUES ('pupil', ?, ?, 'surname', 'Formerly', 'O’Quilligan', '', '', 'form')",
}


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """Two pupils, each with a row in every table that is found by."""
    with vault.transaction():
        for number in "12":
            vault.execute(FILLED["pupil"], (f"p{number}", f"P000{number}", f"Y91911002600{number}"))
            for table in FILLED:
                if table != "pupil":
                    vault.execute(FILLED[table], (f"{table}{number}", f"p{number}"))
    return vault


def agree(vault: Vault) -> None:
    """The rows say what the records say, and the index what the rows say."""
    said = {tuple(row) for row in vault.rows("SELECT kind, CAST(record_id AS TEXT), pupil_id, own, more FROM find_words")}
    assert {tuple(row) for row in vault.rows("SELECT kind, record_id, pupil_id, own, more FROM findable")} == said
    with vault.transaction():
        vault.execute("INSERT INTO find (find, rank) VALUES ('integrity-check', 1)")


def found(vault: Vault, text: str) -> list[tuple[str, str]]:
    rows = vault.rows(
        "SELECT w.kind, w.pupil_id FROM find f JOIN findable w ON w.n = f.rowid WHERE find MATCH ? ORDER BY w.pupil_id",
        (finding.match(text),),
    )
    return [(row["kind"], row["pupil_id"]) for row in rows]


def test_what_is_added_is_found(filled: Vault) -> None:
    agree(filled)
    assert found(filled, "zeph") == [("contact", "p1"), ("contact", "p2")]
    assert found(filled, "P0001") == [("pupil", "p1")]


@pytest.mark.parametrize("table", CHANGED)
def test_every_item_that_changes_is_followed(filled: Vault, table: str) -> None:
    """Each text of each record is set, changed and emptied: whichever of them is found by, none is found by what it was."""
    for item in (item for item in items_of(RECORDS[table]) if item.kind in TEXT):
        with filled.transaction():
            filled.execute(
                f'UPDATE "{table}" SET "{item.name}" = ? WHERE id = ?', (f"Wolverton{item.name}", f"{table if table != 'pupil' else 'p'}1")
            )
        agree(filled)
        if not item.required:
            with filled.transaction():
                filled.execute(f'UPDATE "{table}" SET "{item.name}" = NULL WHERE id = ?', (f"{table if table != 'pupil' else 'p'}1",))
            agree(filled)
            assert found(filled, f"Wolverton{item.name}") == []


def test_one_who_becomes_somebody_elses_contact_is_found_there(filled: Vault) -> None:
    with filled.transaction():
        filled.execute("UPDATE contact SET pupil_id = 'p2' WHERE id = 'contact1'")
    agree(filled)
    assert found(filled, "zephyrine") == [("contact", "p2"), ("contact", "p2")]


def test_a_replaced_row_is_found_once(filled: Vault) -> None:
    with filled.transaction():
        filled.execute(
            "INSERT OR REPLACE INTO contact (id, pupil_id, surname, relationship) VALUES ('contact1', 'p1', 'Vantongeren', 'PAF')"
        )
    agree(filled)
    assert found(filled, "vanton") == [("contact", "p1")]


def test_what_goes_leaves_no_word_behind(filled: Vault) -> None:
    with filled.transaction():
        filled.execute(
            "INSERT INTO erasure_order (id, pupil_id, opened_at, authority, opened_by) VALUES ('o1', 'p1', 'now', 'a court', 'me')"
        )
        filled.execute(
            "INSERT INTO erasure_order (id, pupil_id, opened_at, authority, opened_by) VALUES ('o2', 'p2', 'now', 'a court', 'me')"
        )
    for number in "12":
        for table in ("amendment", "former_address", "enrolment", "contact"):
            with filled.transaction():
                filled.execute(f'DELETE FROM "{table}" WHERE pupil_id = ?', (f"p{number}",))
            agree(filled)
        with filled.transaction():
            filled.execute("DELETE FROM pupil WHERE id = ?", (f"p{number}",))
        agree(filled)
    assert filled.rows("SELECT 1 FROM findable") == []
    kept = b"".join(bytes(row["block"]) for row in filled.rows("SELECT block FROM find_data"))
    for word in (b"quilligan", b"zephyrine", b"xanadu", b"westbrook", b"formerly", b"07700900123", b"le21ab", b"luqexample"):
        assert word not in kept, word


def test_a_file_with_rows_finds_them_once_it_is_brought_up() -> None:
    """An earlier file's records are found, and its old index is gone."""
    con = sqlite3.connect(":memory:")
    for script in migrate.scripts():
        if script.number == 14:
            for table, sql in FILLED.items():
                con.execute(sql, ("p1", "P0001", "Y919110026001") if table == "pupil" else ("x", "p1"))
        for statement in migrate.statements(script.text):
            con.execute(statement)
    for word in ("oquilli*", "lucja", "le21ab", "07700900123", "zephyrine", "westbrook", "4321", "xanadu", "formerly"):
        assert con.execute("SELECT count(*) FROM find WHERE find MATCH ?", (word,)).fetchone() == (1,), word
    assert con.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'pupil_find%'").fetchone() == (0,)
    con.close()


WRITTEN = ("le2 1ab", "LE21AB", "le2", "+44 7700 900 123", "07700900123", "lu.q@example.org", "lu.q", "919/4001", "4001", "OQuill", "o'quill",
           "O’Quilligan", "lucja", "Łucja", "LUCJA OQ", "y919110026001", "p0001")  # fmt: skip
NO_WORD = ("", " ", "-", '"', "'", "*", "()", "\x00")
SIGNS = ('a"b', "own : x", "own:", "NEAR(a b)", "a AND", "a* b*", "-x", "x^y", "a\x00b", "{more} : x", "é" * 300)


def test_it_is_found_however_it_is_written(filled: Vault) -> None:
    assert [typed for typed in WRITTEN if ("pupil", "p1") not in found(filled, typed)] == []


def test_what_is_no_word_finds_nobody_and_no_sign_is_a_command(filled: Vault) -> None:
    assert [typed for typed in NO_WORD if finding.match(typed)] == []
    for typed in SIGNS:
        found(filled, typed)


def test_script_and_program_fold_the_same_letters() -> None:
    """The view of script 0014 replaces what ``basics.text.PLAIN`` does, in both columns; the index folds the rest as we do."""
    text = next(script.text for script in migrate.scripts() if script.number == 14)
    chains = text[text.index("VIEW find_words") : text.index("FROM find_said;")]
    pairs = re.findall(r"'((?:''|[^'])+)', '([a-z]*)'\)", chains)
    plain = sorted((chr(letter), "" if other is None else str(other)) for letter, other in PLAIN.items())
    assert sorted((letter.replace("''", "'"), other) for letter, other in pairs) == sorted(plain * 2)


def test_every_latin_letter_is_found_by_its_plain_one(vault: Vault) -> None:
    letters = [chr(code) for code in [*range(0xC0, 0x180), *range(0x1E00, 0x1F00)] if chr(code).isalpha()]
    odd = set("ĲĳĿŀŉẚªº")  # signs that no keyboard has
    said = FILLED["pupil"].replace("'Łucja'", "?")
    with vault.transaction():
        vault.execute_many(said, [(f"p{number}", f"P{number}", f"q{letter}q", None) for number, letter in enumerate(letters)])
    for number, letter in enumerate(letters):
        if letter not in odd:
            plain = "".join(tokens(f"q{letter}q"))
            assert ("pupil", f"p{number}") in found(vault, plain), (letter, plain)
