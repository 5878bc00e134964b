"""What an export left, and who is told by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.receipt import Counts, FileMade
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.exports.export import Ask, Export, ExportedPupil, NewFile

NO_FILE = _("Nobody is in it, so there is no file: the receipt says so.")


@dataclass(frozen=True, slots=True)
class ExportMade:
    """What an export left: its files, the receipt, how much it tells, who was left out and why, and the passwords, shown this once.

    ``secrets`` are the name of each locked file and its password, none of a plain one. They are kept nowhere, save where a recipient has one for good, and do not show in a
    printed ExportMade. ``recipients`` are those who are told, ``names`` the files' names before any lock. ``to_check`` is of how many pupils who
    go there is something to look at, by the item; ``unsent`` says what is held of them and is not in the file. ``agreed`` are the names of locked files
    whose receiver has the password already, ``receivers`` who is told by each file, by its name, where each of several has a file of its own,
    and ``contacts`` whom to ask there, by who is told, as far as it is entered. ``pupil_ids`` are those who are in it.
    """

    export_id: str
    files: tuple[FileMade, ...]
    receipt_path: Path
    receipt_text: str
    counts: Counts
    left_out: tuple[tuple[Pupil, str], ...]
    secrets: tuple[tuple[str, str], ...] = field(repr=False)
    recipients: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    to_check: Mapping[str, int] = field(default_factory=dict)
    unsent: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    receivers: Mapping[str, str] = field(default_factory=dict)
    contacts: Mapping[str, str] = field(default_factory=dict)
    pupil_ids: frozenset[str] = frozenset()

    @property
    def rows(self) -> int:
        return self.counts.rows

    @property
    def password(self) -> str | None:
        """The password of the file, the first where each of several has its own; None for a plain one."""
        return next((words for _name, words in self.secrets), None)


def recipient_of(export: Export, ask: Ask) -> str:
    """The export's own recipient, and by name where it was asked who will hold it."""
    if not ask.holder:
        return export.recipient
    return _("{holder} ({recipient})").format(holder=ask.holder, recipient=begun_small(export.recipient))


def recipients_of(export: Export, ask: Ask, exported_pupils: Iterable[ExportedPupil]) -> list[str]:
    """Who is told: those named with the pupils, else the export's own recipient."""
    return list(dict.fromkeys(exported.recipient for exported in exported_pupils if exported.recipient)) or [recipient_of(export, ask)]


def receivers_of(files: Iterable[NewFile], exported_pupils: Iterable[ExportedPupil]) -> dict[str, str]:
    """Who is told by each file, by its name, where the told stand in parts with a receiver of their own."""
    by_part = {exported.part: exported.recipient for exported in exported_pupils if exported.part and exported.recipient}
    return {file.name: by_part[file.part] for file in files if file.part in by_part}
