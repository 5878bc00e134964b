"""Whether a receipt is the unit's, and whether files are the very files it names: with the unit's file, or with its seal alone.

A seal that somebody could make for himself proves nothing. So the receipt is held against a seal that came another way: from the unit's
file, from a seal that the unit gave, or from those that this PC noted as exports were made on it. Without any of these it is not proved.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.receipt import files_named, is_receipt, unit_named
from pupil_desk.services.desk import Desk
from pupil_desk.services.receipts import noted, seals
from pupil_desk.services.receipts.sealed import SealedReceipt, read
from pupil_desk.services.receipts.seals import Seal
from pupil_desk.services.roles import Action
from pupil_desk.store.file import audit
from pupil_desk.store.tables import ledger

MOST_BYTES = 50_000_000  # of a receipt: that of a whole unit names each of its papers
RECEIPT = "receipt"  # where a finding is that is not of a file
_UNSEALED = _(
    "It has no seal. It was made before receipts were sealed, or its seal was taken off or altered. Nothing in it proves whose it is: "
    "check it with the unit’s file."
)
_LINE_ENDS = _(
    "The ends of its lines were changed, such as by an editor or by e-mail, and so its seal cannot be checked as it is. Ask for the receipt as it "
    "was made, such as on a stick or in a ZIP file."
)
_OLD = _("It was made before receipts were sealed. It is word for word the receipt that the unit’s file keeps.")
_NOT_KEPT = _(
    "The unit’s file keeps no receipt of these words. It was altered, it is not the unit’s, or the file is an older copy, from before it was made."
)
_OLDER = _(
    "It bears an older seal of the unit. Who kept the key of that time could have made it since: if in doubt, check it with the unit’s file."
)
_SEVERAL = _(
    "On this PC its seal was noted as “{title}”, and those of other units were noted too. See that this is the unit whose receipt it must be."
)
_ALTERED = _("Something in it is not as it was when it was sealed. It is not the unit’s receipt as it was made.")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say of a receipt or a file: ``where`` is «receipt», or the file's name; one that is not ``serious`` refuses nothing."""

    where: str
    message: str
    serious: bool = True


def read_file(path: Path) -> bytes:
    """The bytes of a receipt. Raises WrongUse."""
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise WrongUse(_("{name} could not be read. Look whether it is there.").format(name=path.name)) from error
    if len(data) > MOST_BYTES:
        raise WrongUse(_("{name} is too big to be a receipt.").format(name=path.name))
    return data


def unit_and_seal(data: bytes) -> tuple[str, str]:
    """The unit that a receipt names and the seal that it bears, in groups, proved or not; «» for what it has not."""
    receipt = read(data)
    return unit_named(data.decode("utf-8", "replace")), "" if receipt is None else receipt.fingerprint


def whose(data: bytes) -> str:
    """The same as a sentence."""
    unit, groups = unit_and_seal(data)
    return _("The unit that it names: {unit}. The seal that it bears: {groups}.").format(unit=unit or _("none"), groups=groups or _("none"))


def by_this_pc(data: bytes) -> list[Finding]:
    """What is to be said of a receipt by the seals that this PC noted. Where they are of several units, it is said whose seal it bears."""
    units, receipt = noted.noted(), read(data)
    own = next((unit for unit in units if receipt is not None and receipt.fingerprint in {seal.fingerprint for seal in unit.seals}), None)
    findings = by_seals(data, own.seals if own else [*chain(*(unit.seals for unit in units))])
    if own and len(units) > 1:
        findings.append(Finding(RECEIPT, _SEVERAL.format(title=own.title), serious=False))
    return findings


def by_seals(data: bytes, known: Sequence[Seal]) -> list[Finding]:
    """What is to be said of a receipt by whoever has only a unit's seals, of one epoch or of several."""
    receipt = read(data)
    if receipt is None:
        return [Finding(RECEIPT, _why_unread(data))]
    own = next((seal for seal in known if (seal.epoch, seal.fingerprint) == (receipt.epoch, receipt.fingerprint)), None)
    if own is None:
        return [Finding(RECEIPT, _another_seal(receipt, known))]
    if not own.proves(receipt.signed, receipt.signature):
        return [Finding(RECEIPT, _ALTERED)]
    return [Finding(RECEIPT, _OLDER, serious=False)] if any(seal.epoch > receipt.epoch for seal in known) else []


def by_file(desk: Desk, data: bytes) -> list[Finding]:
    """What the unit's file says of a receipt: its seals, the entry of the log that it was made at, and the words that are kept of it."""
    desk.require(Action.LIST_EXPORTS)
    receipt = read(data)
    is_kept = any(row["receipt"].encode() == data for row in ledger.exports(desk.vault))
    if receipt is None:
        if is_kept:
            return [Finding(RECEIPT, _OLD, serious=False)]
        words = _why_unread(data)
        return [Finding(RECEIPT, each) for each in ([words, _NOT_KEPT] if words == _UNSEALED else [words])]
    if defects := list(_defects(desk, receipt)):
        return [Finding(RECEIPT, words) for words in defects]
    return [] if is_kept else [Finding(RECEIPT, _NOT_KEPT)]


def _defects(desk: Desk, receipt: SealedReceipt) -> Iterator[str]:
    """What in its seal does not fit the unit's file."""
    key = next((key for key in seals.keys(desk.vault) if key.epoch == receipt.epoch), None)
    if key is None or key.seal.fingerprint != receipt.fingerprint:
        yield _another_seal(receipt, seals.seals(desk.vault))
    elif not hmac.compare_digest(key.mac(receipt.text), receipt.mac) or not key.seal.proves(receipt.signed, receipt.signature):
        yield _ALTERED
    elif audit.mac_of(desk.vault, receipt.head.seq) != receipt.head.mac_hex:
        yield _(
            "The unit’s log has no such entry {seq}. The file is an older copy, or was put back to an earlier day, or somebody who holds an old "
            "key of it made this receipt."
        ).format(seq=receipt.head.seq)


def of_files(data: bytes, paths: Sequence[Path]) -> list[Finding]:
    """What is to be said of each file: nothing if the receipt names those very bytes, under whatever name they lie now; and of each file that it names
    and that is none of them."""
    named = _files_of(data)
    digests = {path: _digest(path) for path in paths}
    missing = [(name, sha256) for name, sha256 in named if sha256 not in digests.values()]
    findings = []
    for path in [path for path, digest in digests.items() if digest not in {sha256 for _name, sha256 in named}]:
        if any(Path(name).name == path.name for name, _sha256 in named):
            findings.append(Finding(path.name, _("It is not the file of the receipt: what is in it is something else.")))
        else:
            findings.append(Finding(path.name, _("The receipt names no such file.")))
        instead = next((each for each in missing if Path(each[0]).name == path.name), None)
        missing = [each for each in missing if each != instead]
    return [*findings, *(Finding(name, _("The receipt names it, and it was not looked at."), serious=False) for name, _sha256 in missing)]


def in_folder(desk: Desk, kept: str, folder: Path) -> list[Finding]:
    """What is to be said of a receipt that the unit's file keeps, and of each receipt of the same files that lies in a folder."""
    data = kept.encode()
    findings = by_file(desk, data)
    names = {name for name, _sha256 in _files_of(data)}
    for path in sorted(folder.glob("*-receipt.txt")):
        there = read_file(path)
        if there == data:
            findings.append(Finding(path.name, _("the receipt, word for word as it was made"), serious=False))
        elif _with_our_line_ends(there) == data:
            findings.append(Finding(path.name, _LINE_ENDS))
        elif names & {name for name, _sha256 in _files_of(there)}:
            findings.append(Finding(path.name, _("not the receipt as it was made: something in it was altered")))
    return findings


def beside(data: bytes, folder: Path) -> list[Path]:
    """The files that a receipt names, as far as they lie in a folder."""
    return [folder / name for name, _sha256 in _files_of(data) if (folder / name).is_file()]


def _files_of(data: bytes) -> list[tuple[str, str]]:
    return files_named(data.decode("utf-8", "replace"))


def _digest(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise WrongUse(_("{name} could not be read. Look whether it is there.").format(name=path.name)) from error


def _why_unread(data: bytes) -> str:
    """Why no seal could be read."""
    if read(_with_our_line_ends(data)) is not None:
        return _LINE_ENDS
    text = data.decode("utf-8", "replace")
    if is_receipt(text) or files_named(text):
        return _UNSEALED
    return _("This is not a receipt of Pupil Desk. Choose the file that ends in -receipt.txt.")


def _with_our_line_ends(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _another_seal(receipt: SealedReceipt, known: Sequence[Seal]) -> str:
    if not known:
        return _(
            "It bears the seal {groups}. Nobody gave the unit’s seal, and this PC has noted none, so that it is not proved: anybody can make a seal."
        ).format(groups=receipt.fingerprint)
    return _(
        "It bears the seal {groups}, which is none of those given. Another unit or a forger made it, or the unit has a newer seal: ask the unit, "
        "by another way than whoever brought the receipt."
    ).format(groups=receipt.fingerprint)
