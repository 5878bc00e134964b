"""Reading a ``.pupilbackup``, which may be damaged or hostile: sizes are compared before they are believed."""

import contextlib
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pupil_desk.basics.errors import Damaged, Known, NotOurs, WrongUse
from pupil_desk.basics.files import cannot_write
from pupil_desk.basics.words import _
from pupil_desk.store.file import checks, engine, staging
from pupil_desk.store.file.audit import Defect
from pupil_desk.store.file.checks import FileFacts
from pupil_desk.store.file.errors import translated
from pupil_desk.store.file.keyslots import derive
from pupil_desk.store.file.portable import container, slots
from pupil_desk.store.file.portable.container import Member
from pupil_desk.store.file.portable.manifest import MOST_BYTES, Manifest
from pupil_desk.store.file.portable.slots import Slots

MANIFEST, SLOTS, DATA = NAMES = ("manifest.json", "slots.json", "data.db")
_START = b"PK\x03\x04"
_STEP = 1024 * 1024  # bytes read at a time


@dataclass(frozen=True, slots=True)
class BackupParts:
    """A backup whose every digest fits."""

    manifest: Manifest
    slots: Slots
    data: Member


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the outside of a backup shows. ``parts`` is None if there is any defect."""

    defects: tuple[Defect, ...]
    manifest: Manifest | None
    parts: BackupParts | None
    sha256: str


@contextlib.contextmanager
def open_backup(path: Path) -> Iterator[BinaryIO]:
    """The file, for reading. Raises WrongUse if it cannot be, NotOurs if it does not begin as a backup does."""
    try:
        with open(path, "rb") as file:
            start = file.read(len(_START))
            if not start:
                raise NotOurs(_("{file} is empty: it holds no backup. Use another one.").format(file=path.name))
            if sum(a != b for a, b in zip(start, _START, strict=False)) > 1:  # one byte hurt is damage, named later
                raise NotOurs(_("{file} is not a backup made by Pupil Desk.").format(file=path.name))
            yield file
    except FileNotFoundError:
        raise WrongUse(_("There is no backup {file}. Check the name and the folder.").format(file=path)) from None
    except OSError as error:
        raise WrongUse(_("{file} cannot be read. Check the stick or folder, and that you may open it.").format(file=path)) from error


def look(file: BinaryIO, path: Path) -> Inspection:
    """Compare every digest. Raises NewerVersion; NotOurs for a ZIP that is no backup."""
    layout = container.look(file, NAMES)
    sha256 = _digest_of_all(file)
    if not layout.members and not _names_us(file):
        raise NotOurs(_("{file} is not a backup made by Pupil Desk.").format(file=path.name))
    defects = [_hurt(part) for part in layout.hurt]
    if not layout.members:
        return Inspection(tuple(defects), None, None, sha256)
    by_name = {member.name: member for member in layout.members}
    manifest = _manifest(file, by_name[MANIFEST], defects)
    held_slots = _slots(file, by_name[SLOTS], defects)
    inner = (by_name[SLOTS], by_name[DATA])
    defects += [_hurt(member.name) for member in inner if _damaged(file, member, manifest)]
    defects = list(dict.fromkeys(defects))
    parts = BackupParts(manifest, held_slots, by_name[DATA]) if manifest and held_slots and not defects else None
    return Inspection(tuple(defects), manifest, parts, sha256)


def head_of(path: Path) -> Manifest | None:
    """What a backup says of itself, read from its head alone and not proved; None for what is none, is damaged there or is a newer version's."""
    with contextlib.suppress(Known, OSError), open_backup(path) as file:
        by_name = {member.name: member for member in container.look(file, NAMES).members}
        if MANIFEST in by_name:
            return _manifest(file, by_name[MANIFEST], [])
    return None


def copy_out(file: BinaryIO, data: Member, target: Path) -> None:
    """The encrypted database as a file of its own, readable by its owner only. Raises CannotWrite."""
    try:
        staging.new_file(target)
        with open(target, "wb") as out:
            for offset, length in container.pieces(file, data):
                file.seek(offset)
                out.write(file.read(length))
            staging.flush(out)
    except OSError as error:
        raise cannot_write(error, target.parent) from error


def look_inside(copy: Path, parts: BackupParts, data_key: bytes) -> tuple[tuple[Defect, ...], FileFacts | None]:
    """Open the copy with the key: all the checks, and whether number, form and head are as the manifest says; and what it holds, if so."""
    says = parts.manifest
    vault_id = parts.slots.vault_id
    if says.vault_id != vault_id or not says.sealed_by(derive(data_key, "manifest-mac", vault_id)):
        return (Defect(MANIFEST, _("manifest.json was not sealed by this unit: the backup has been altered.")),), None
    try:
        con = engine.connect(copy, derive(data_key, "db", vault_id), read_only=True)
        try:
            with translated(copy):
                messages = checks.engine_checks(con)
            facts, named = checks.facts(con, copy), checks.keys_in_force(con, copy)
        finally:
            con.close()
    except Damaged:
        return (_hurt(DATA),), None
    if messages:
        return (_hurt(DATA),), None
    keys = parts.slots.all(data_key)
    if keys is None or not keys.sealed_by(data_key) or (named and not named.names(keys)):
        return (Defect(SLOTS, _("slots.json is not the sign-in data that belongs to data.db.")),), None
    counted = dict(facts.rows if says.rows is None else says.rows)
    if (facts.vault_id, facts.schema, facts.rows, facts.log_head) != (vault_id, says.schema, counted, says.log_head):
        return (Defect(DATA, _("data.db does not hold what the backup says it holds.")),), None
    return (), facts


def _manifest(file: BinaryIO, member: Member, defects: list[Defect]) -> Manifest | None:
    if member.size <= MOST_BYTES and zlib.crc32(text := container.read(file, member)) == member.crc:
        with contextlib.suppress(ValueError):
            manifest = Manifest.from_bytes(text)
            if set(manifest.members) == {SLOTS, DATA}:
                return manifest
    defects.append(_hurt(MANIFEST))
    return None


def _slots(file: BinaryIO, member: Member, defects: list[Defect]) -> Slots | None:
    if member.size <= slots.MOST_BYTES:
        with contextlib.suppress(ValueError, TypeError):
            return slots.read(container.read(file, member))
    defects.append(_hurt(SLOTS))
    return None


def _damaged(file: BinaryIO, member: Member, manifest: Manifest | None) -> bool:
    """Whether a member is not what the manifest says; or, without a manifest, what the wrapping says."""
    digest, crc = hashlib.sha256(), 0
    for offset, length in container.pieces(file, member):
        file.seek(offset)
        piece = file.read(length)
        digest.update(piece)
        crc = zlib.crc32(piece, crc)
    return crc != member.crc or (manifest is not None and manifest.members[member.name] != (digest.hexdigest(), member.size))


def _digest_of_all(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(_STEP):
        digest.update(piece)
    return digest.hexdigest()


def _names_us(file: BinaryIO) -> bool:
    """Whether a file whose wrapping cannot be read was a backup once: its first member has our name."""
    file.seek(0)
    return MANIFEST.encode() in file.read(256)


def _hurt(part: str) -> Defect:
    return Defect(part, _("{part} is damaged: it is not as it was written.").format(part=part))
