"""The names of files read in that may tell of a pupil: they go with the record."""

from pupil_desk.basics.text import tokens
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import erasing
from pupil_desk.store.tables import ledger, pupils

_NAMES_IN_FILES = ("surname", "forename", "preferred_surname", "preferred_forename", "upn")


def forget_file_names(vault: Vault, pupil_id: str) -> int:
    """Forget those with a word of the pupil's name, and of files that brought nobody else; with an empty ``pupil_id`` all. How many they were."""
    own_ids = set(erasing.records_of(vault, pupil_id)) if pupil_id else set()
    rows = [pupil for pupil in (pupils.own_row(vault, own_id) for own_id in own_ids) if pupil is not None]
    words = {word for pupil in rows for name in _NAMES_IN_FILES for word in tokens(getattr(pupil, name) or "")}
    pupils_by_file: dict[tuple[str, str], set[str]] = {}
    for row in ledger.import_files(vault):
        pupils_by_file.setdefault((row["import_id"], row["name"]), set()).update(filter(None, [row["pupil_id"]]))
    gone = [
        import_id
        for (import_id, name), ids in pupils_by_file.items()
        if not pupil_id or (ids and ids <= own_ids) or words & set(tokens(name))
    ]
    for import_id in gone:
        ledger.forget_import_file(vault, import_id)
    return len(gone)
