"""Locking the files of an export for the road.

A workbook alone is locked as Excel locks it, and a paper alone as readers of PDF do: the receiver needs no other program. Anything
else goes into a ZIP with AES-256, which Windows' own Explorer does not open: hence the opening sheet.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.files.locked_pdf import locked_pdf, unlocked_pdf
from pupil_desk.documents.files.locked_xlsx import locked_xlsx, unlocked_xlsx
from pupil_desk.documents.files.locked_zip import locked_zip, unlocked
from pupil_desk.services.exports.export import Format, Lock, NewFile
from pupil_desk.store.file.passwords import generate_passphrase

_OF_ITS_OWN: Mapping[Format, Lock] = {Format.XLSX: Lock.XLSX, Format.PDF: Lock.PDF}
# A workbook's lock costs a guesser 100,000 rounds, a paper's some 64, a ZIP's only 1,000 and it tells at once who guessed wrong:
# six words of ours are 69 bits, nine are 104.
_WORDS: Mapping[Lock, int] = {Lock.XLSX: 6, Lock.PDF: 6, Lock.ZIP: 9}
_LONGEST: Mapping[Lock, int] = {Lock.PDF: 32}  # characters: small readers of PDF look at no more


def lock_for(form: Format, files: int) -> Lock:
    """The lock that is proposed for so many files of a format: its own for one alone, else the ZIP."""
    return _OF_ITS_OWN.get(form, Lock.ZIP) if files == 1 else Lock.ZIP


def allowed_locks(form: Format, files: int) -> tuple[Lock, ...]:
    """The locks that so many files of a format can have, the proposed one first. Several files always go together in one ZIP."""
    return tuple(dict.fromkeys((lock_for(form, files), Lock.ZIP)))


def new_passphrase(lock: Lock) -> str:
    """Common words with hyphens, to be told by telephone: as many as that lock needs. Kept nowhere, save where a recipient has one for good."""
    while len(words := generate_passphrase(_WORDS[lock])) > _LONGEST.get(lock, 1000):
        pass
    return words


def locked(files: Sequence[NewFile], lock: Lock, password: str, stem: str) -> list[NewFile]:
    """The files under a lock, opened once with the password to prove it. No files stay no files.

    Raises WrongUse for a lock that these files cannot have.
    """
    if not files:
        return []
    if lock is Lock.ZIP:
        return [NewFile(f"{stem}.zip", locked_zip({file.name: file.data for file in files}, password))]
    if len(files) > 1 or PurePath(files[0].name).suffix != f".{lock.value}":
        raise WrongUse(_("These files cannot be locked so. Choose a locked ZIP."))
    lock_file = locked_xlsx if lock is Lock.XLSX else locked_pdf
    return [NewFile(files[0].name, lock_file(files[0].data, password))]


def under_lock(
    files: Sequence[NewFile], lock: Lock, stem: str, *, separately: bool, password: str = "", by_part: Mapping[str, str] | None = None
) -> list[tuple[NewFile, str]]:
    """What is written, each file with its password: all in one, or ``separately`` each by itself, so that no receiver knows another's password.

    Files that are ``apart`` have a lock of their own. With ``password`` all have these words, save those of a part that
    has words of its own, ``by_part``. Raises WrongUse for a lock that these files cannot have.
    """
    if separately:
        own_words = by_part or {}
        return [
            (replace(locked_file, part=file.part), words)
            for file in files
            for locked_file, words in under_lock(
                [file], lock, PurePath(file.name).stem, separately=False, password=own_words.get(file.part, password)
            )
        ]
    pairs = []
    for apart in dict.fromkeys(file.apart for file in files):
        words = password or new_passphrase(lock)
        some, name = [file for file in files if file.apart == apart], "-".join(filter(None, (stem, apart)))
        pairs += [(file, words) for file in locked(some, lock, words, name)]
    return pairs


def open_locked(name: str, data: bytes, password: str) -> dict[str, bytes]:
    """What is under the lock of a file of an export, by name. Raises ValueError for what has no lock, and what the lock raises for a wrong password."""
    ending = PurePath(name).suffix
    if ending == ".zip" and zipfile.is_zipfile(io.BytesIO(data)):
        return unlocked(data, password)
    if ending == ".xlsx":
        return {name: unlocked_xlsx(data, password)}
    if ending == ".pdf":
        return {name: unlocked_pdf(data, password)}
    raise ValueError("a file without a lock")
