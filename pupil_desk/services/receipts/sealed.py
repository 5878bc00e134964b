"""The seal at the foot of a receipt: put there as it is made, and read again.

The MAC covers every byte before its line: all that the receipt says, the files' digests, the whole head of the log, the epoch. The
signature covers the MAC too. They are the last lines, written in one way only: a byte changed, added or taken out anywhere is found.
``resources/receipts/check-a-receipt.html`` reads the same lines, and its labels are therefore the same in every language.
"""

import re
import textwrap
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.papers.receipt import LABEL, WIDTH
from pupil_desk.services.receipts import seals
from pupil_desk.store.file.audit import Head
from pupil_desk.store.file.vault import Vault

_EXPLAINED = _(
    "Who has the unit’s seal, got from the unit at another time, can prove this receipt with the page “Check a receipt”, without Pupil "
    "Desk. A single letter changed above or below shows."
)
_SEALED = re.compile(
    r"""(?P<signed>(?P<text>.*\n
    Seal\n----\n
    Log\ entry:\ {4}(?P<seq>[1-9][0-9]{0,14})\ (?P<head>[0-9a-f]{64})\n
    Key:\ {10}(?P<epoch>[1-9][0-9]{0,5})\n
    Unit’s\ seal:\ {2}(?P<fingerprint>[0-9a-f]{4}(-[0-9a-f]{4}){7})\n)
    MAC:\ {10}(?P<mac>[0-9a-f]{64})\n)
    Signature:\ {4}(?P<r>[0-9a-f]{64})\n\ {14}(?P<s>[0-9a-f]{64})\n""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class SealedReceipt:
    """What stands in a sealed receipt: what its MAC covers and what its signature covers, both seals, and what they speak of."""

    text: bytes
    signed: bytes
    head: Head
    epoch: int
    fingerprint: str
    mac: str
    signature: str


def sealed(text: str, vault: Vault, head: Head) -> str:
    """A receipt with its seal, by the present key: ``text`` and the whole head of the log as it now is."""
    key = seals.keys(vault)[-1]
    lines = [
        *textwrap.wrap(_EXPLAINED, WIDTH),
        "",
        "Seal",
        "----",
        _line("Log entry", f"{head.seq} {head.mac_hex}"),
        _line("Key", str(key.epoch)),
        _line("Unit’s seal", key.seal.fingerprint),
        "",
    ]
    text = f"{text}\n{'\n'.join(lines)}"
    signed = f"{text}{_line('MAC', key.mac(text.encode()))}\n"
    signature = key.signature(signed.encode())
    return f"{signed}{_line('Signature', signature[:64])}\n{_line('', signature[64:])}\n"


def _line(label: str, words: str) -> str:
    return f"{label + ':' if label else '':<{LABEL}}{words}"


def read(data: bytes) -> SealedReceipt | None:
    """What stands in a sealed receipt; None for one without a seal, or with one that is not written as ours are."""
    try:
        found = _SEALED.fullmatch(data.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    if found is None:
        return None
    return SealedReceipt(
        text=found["text"].encode(),
        signed=found["signed"].encode(),
        head=Head(int(found["seq"]), found["head"]),
        epoch=int(found["epoch"]),
        fingerprint=found["fingerprint"],
        mac=found["mac"],
        signature=found["r"] + found["s"],
    )
