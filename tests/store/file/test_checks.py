"""A closed file is read once to be opened, if it is the one that was found whole as it was closed; any other is looked at."""

import contextlib
from collections.abc import Callable

import pytest

from pupil_desk import __version__
from pupil_desk.basics.errors import Damaged, Doubtful
from pupil_desk.store.file import anchor, checks, engine
from pupil_desk.store.file.vault import Vault
from tests.store.file.test_looking import folder_of
from tests.store.made import Unit, write_log


def checks_made(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> dict[str, int]:
    """How often a file is read from end to end during an act, and how often each page is judged."""
    made = {"_digest": 0, "_has_bad_page": 0}
    with monkeypatch.context() as patch:
        for name in made:
            real = getattr(checks, name)
            patch.setattr(checks, name, lambda *asked, real=real, name=name: made.update({name: made[name] + 1}) or real(*asked))
        act()
    return made


def test_a_file_as_it_was_found_whole_is_read_once_to_be_opened(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    vaults: list[Vault] = []
    unit.unlock().close()
    assert checks_made(monkeypatch, lambda: vaults.append(unit.unlock())) == {"_digest": 1, "_has_bad_page": 0}
    write_log(vaults[0])
    assert checks_made(monkeypatch, vaults[0].close) == {"_digest": 1, "_has_bad_page": 1}
    assert anchor.left(unit.path)["whole"] == __version__  # type: ignore[index]


def test_a_file_that_an_earlier_version_digested_by_another_algorithm_is_as_it_was_left(
    unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = unit.unlock()
    with monkeypatch.context() as patch:
        patch.setattr(checks, "_DIGEST", "blake2b")
        vault.close()
    assert len(anchor.left(unit.path)["digest"]) == 128  # type: ignore[index]
    assert checks_made(monkeypatch, lambda: unit.unlock().close()) == {"_digest": 2, "_has_bad_page": 1}, "judged as it is closed alone"
    assert len(anchor.left(unit.path)["digest"]) == 64  # type: ignore[index]


def _by_another_version(unit: Unit, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(checks, "__version__", "0.0.1")


def _altered_and_said_to_be_as_left(unit: Unit, _patch: pytest.MonkeyPatch) -> None:
    """Whoever puts the digest of what they altered into the note has not the key to seal it."""
    unit.path.write_bytes(unit.path.read_bytes()[:-5] + b"other")
    note = anchor.place(unit.path)
    note.write_text(note.read_text("ascii").replace(anchor.left(unit.path)["digest"], checks._digest(unit.path)), "ascii")  # type: ignore[index]


def _without_the_note(unit: Unit, _patch: pytest.MonkeyPatch) -> None:
    anchor.place(unit.path).unlink()


@pytest.mark.parametrize("how", [_by_another_version, _altered_and_said_to_be_as_left, _without_the_note])
def test_any_other_file_has_its_pages_judged_before_it_is_opened(
    unit: Unit, monkeypatch: pytest.MonkeyPatch, how: Callable[[Unit, pytest.MonkeyPatch], None]
) -> None:
    unit.unlock().close()
    how(unit, monkeypatch)
    judged: list[object] = []
    real = checks._has_bad_page
    monkeypatch.setattr(checks, "_has_bad_page", lambda *asked: judged.append(asked) or real(*asked))
    with contextlib.suppress(Damaged):
        unit.unlock().close()
    assert judged


def test_what_is_damaged_while_the_file_is_open_is_not_found_whole_as_it_is_closed(unit: Unit) -> None:
    """The digest is of the damaged file then, and alone would say that all is well."""
    with unit.unlock():
        size = unit.path.stat().st_size
        with unit.path.open("r+b", buffering=0) as file:
            file.seek(size - 100)
            file.write(b"other")
    assert anchor.left(unit.path)["whole"] == ""  # type: ignore[index]
    before = folder_of(unit)
    with pytest.raises(Doubtful, match=r"has been damaged\. Nothing has been written"):
        unit.unlock()
    assert folder_of(unit) == before


@pytest.mark.acceptance(13)
def test_a_flipped_byte_of_a_free_page_is_seen_too(unit: Unit) -> None:
    """The structure's check does not read them."""
    with unit.unlock() as vault, vault.transaction():
        vault.execute_many(
            "INSERT INTO pupil (id, ref, surname, forename, dob, sort_key) VALUES (?, ?, ?, 'Ada', '2011-03-04', 'x')",
            [(f"pupil-{number}", f"R{number}", "Marker-Zeta" * 300) for number in range(40)],
        )
    with unit.unlock() as vault:
        used = vault.first_row("SELECT 1")
        with vault.transaction():
            vault.execute("DELETE FROM pupil")
    assert used
    whole = unit.path.read_bytes()
    seen = 0
    for page in range(len(whole) // engine.PAGE - 20, len(whole) // engine.PAGE):
        at = page * engine.PAGE + 77
        unit.path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Doubtful, match="damaged"):
            unit.unlock()
        seen += 1
    assert seen == 20
