"""The index of words follows the row."""

import dataclasses
from datetime import date

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import pupils

DAY = date(2026, 11, 24)


def found(vault: Vault, words: str) -> list[object]:
    """The ids of those whom these words find."""
    return [row[0] for row in pupils.rows_for_list(vault, DAY, find=words)]


def test_a_corrected_name_is_found_by_the_new_word_and_no_more_by_the_old(vault: Vault) -> None:
    ada = Pupil(id="a", ref="P0001", surname="Larch", forename="Ada", dob=date(2012, 3, 1))
    other = Pupil(id="b", ref="P0002", surname="Larch", forename="Ben", dob=date(2012, 3, 2), middle_names="P0001")
    with vault.transaction():
        pupils.add_all(vault, [ada, other])
        pupils.save(vault, dataclasses.replace(ada, surname="Rowan"))
    assert found(vault, "rowan") == ["a"]
    assert found(vault, "larch") == ["b"]
    assert found(vault, "p0001") == ["b", "a"]
