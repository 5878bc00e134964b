"""Receipts forged in every way that we could think of, from a good one and a second one of the same unit."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterator

from pupil_desk.services.receipts.sealed import read
from pupil_desk.services.receipts.seals import SealingKey

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
STRANGER = SealingKey(1, b"the key of a stranger, of 32 by.", None)
_PLACES = 24  # of each kind of damage, spread over the whole receipt


def forgeries(good: bytes, other: bytes) -> Iterator[tuple[str, bytes]]:
    """What was done, and the receipt that came of it; none of them is ``good`` or ``other``."""
    for kind in (_bytes, _words, _numbers, _lines, _seals, _other_hands, _letters, _encodings):
        for name, forged in kind(good, other):
            assert forged not in (good, other), name
            yield name, forged


def _bytes(good: bytes, _other: bytes) -> Iterator[tuple[str, bytes]]:
    for place in range(0, len(good), len(good) // _PLACES):
        yield f"byte {place} changed", good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
        yield f"byte {place} taken out", good[:place] + good[place + 1 :]
        yield f"a blank put in at {place}", good[:place] + b" " + good[place:]
    yield "cut in the middle", good[: len(good) // 2]
    yield "nothing left", b""


def _words(good: bytes, _other: bytes) -> Iterator[tuple[str, bytes]]:
    digest = re.search(rb"SHA-256  ([0-9a-f]{64})", good)
    assert digest
    edited = hashlib.sha256(b"an edited file").hexdigest().encode()
    yield "an edited file with an edited receipt", good.replace(digest[1], edited)
    yield "the same, its MAC made anew by a stranger", _with_mac(good.replace(digest[1], edited), STRANGER.key)
    for name, was, now in (
        ("another recipient", b"Youth support service", b"Somebody else"),
        ("another day", b"24 November 2026", b"25 November 2026"),
        ("another person", b"Ann Officer", b"Bob Officer"),
        ("another unit", b"Larkfield Centre", b"Larkhill Centre"),
        ("another reason", b"Termly return", b"Yearly return"),
        ("plain for locked", b"locked, AES-256", b"plain, not locked"),
        ("another file's name", b".zip", b".csv"),
        ("another program", b"Pupil Desk 0", b"Pupil Desk 9"),
    ):
        assert was in good, name
        yield f"old signature on new text: {name}", good.replace(was, now)


def _with_mac(data: bytes, key: bytes) -> bytes:
    head, _mac, _tail = data.partition(b"\nMAC: ")
    return re.sub(rb"(?<=MAC:          )[0-9a-f]{64}", hmac.digest(key, head + b"\n", "sha256").hex().encode(), data)


def _numbers(good: bytes, _other: bytes) -> Iterator[tuple[str, bytes]]:
    receipt = read(good)
    assert receipt
    seq, epoch, mac = str(receipt.head.seq).encode(), str(receipt.epoch).encode(), receipt.head.mac_hex.encode()
    for now in (b"2" if epoch == b"1" else b"1", b"0", b"01", b"", b"-1", b"999999", b"1.0"):
        yield f"epoch {now!r}", good.replace(b"\nKey:          " + epoch, b"\nKey:          " + now)
    for now in (b"1", b"0" + seq, seq + b"0", b"+" + seq, b""):
        yield f"head at {now!r}", good.replace(b"Log entry:    " + seq, b"Log entry:    " + now)
    for now in (mac[::-1], mac[:-1], mac.upper(), b"0" * 64, mac[:8]):
        yield f"head {now[:8]!r} of {len(now)}", good.replace(mac, now)
    yield "another fingerprint", good.replace(receipt.fingerprint.encode(), STRANGER.seal.fingerprint.encode())


def _lines(good: bytes, _other: bytes) -> Iterator[tuple[str, bytes]]:
    lines = good.splitlines(keepends=True)
    for start in (b"Unit:", b"Why:", b"Log entry:", b"Key:", b"Unit\xe2\x80\x99s seal:", b"MAC:", b"Signature:"):
        (place,) = (number for number, line in enumerate(lines) if line.startswith(start))
        name = start.decode()
        yield f"without the line {name}", b"".join(lines[:place] + lines[place + 1 :])
        yield f"with the line {name} twice", b"".join(lines[: place + 1] + lines[place:])
        yield (
            f"with the line {name} and the next one exchanged",
            b"".join([*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]]),
        )
    for place in (0, 3, len(lines) // 2, len(lines) - 2, len(lines)):
        yield f"a line added at {place}", b"".join([*lines[:place], b"Agreed:       by the head\n", *lines[place:]])
    yield "an empty line at the end", good + b"\n"
    yield "a file added", good.replace(b"\nLog head:", b"  other.zip\n    SHA-256  " + b"0" * 64 + b"\n\nLog head:")
    yield "without the whole seal", good.partition(b"\nSeal\n----\n")[0] + b"\n"


def _seals(good: bytes, other: bytes) -> Iterator[tuple[str, bytes]]:
    receipt, second = read(good), read(other)
    assert receipt
    assert second
    r, s = receipt.signature[:64], receipt.signature[64:]
    turned = f"{ORDER - int(s, 16):064x}"
    for name, now_r, now_s in (
        ("its other form", r, turned),
        ("turned round", s, r),
        ("of noughts", "0" * 64, "0" * 64),
        ("of ones", f"{1:064x}", f"{1:064x}"),
        ("of the order", f"{ORDER:064x}", f"{ORDER:064x}"),
        ("in capitals", r.upper(), s.upper()),
        ("of another receipt", second.signature[:64], second.signature[64:]),
    ):
        yield f"the signature {name}", _signed(receipt.signed, now_r, now_s)
    yield "the signature on one line", receipt.signed + f"Signature:    {r}{s}\n".encode()
    yield "the seal of another receipt", good.partition(b"\nSeal\n----\n")[0] + b"\nSeal\n----\n" + other.partition(b"\nSeal\n----\n")[2]
    yield "the MAC of another receipt", good.replace(receipt.mac.encode(), second.mac.encode())
    yield "two receipts after each other", other + good
    yield "one receipt twice", good + good
    yield "words before it", b"Approved by the head.\n" + good


def _signed(signed: bytes, r: str, s: str) -> bytes:
    return signed + f"Signature:    {r}\n              {s}\n".encode()


def _other_hands(good: bytes, _other: bytes) -> Iterator[tuple[str, bytes]]:
    receipt = read(good)
    assert receipt
    own = receipt.fingerprint.encode(), STRANGER.seal.fingerprint.encode()
    for name, text in (("as its own", receipt.text.replace(*own)), ("as the unit's", receipt.text.replace(b"Termly", b"Yearly"))):
        signed = text + b"MAC:          " + STRANGER.mac(text).encode() + b"\n"
        signature = STRANGER.signature(signed)
        yield f"sealed by a stranger {name}", _signed(signed, signature[:64], signature[64:])
    signature = STRANGER.signature(receipt.signed)
    yield "signed by a stranger", _signed(receipt.signed, signature[:64], signature[64:])


def _letters(good: bytes, _other: bytes) -> Iterator[tuple[str, bytes]]:
    text = good.decode()
    for name, was, now in (
        ("a Cyrillic a", "a", "а"),
        ("a Greek o", "o", "ο"),
        ("a wide nought", "0", "０"),
        ("an Arabic one", "1", "١"),
        ("a straight apostrophe", "’", "'"),
        ("no-break blanks", " ", "\u00a0"),
        ("a soft hyphen", "Unit", "Un\u00adit"),
        ("a blank of no width", "SHA-256  ", "SHA-256  \u200b"),
        ("letters turned round", "Why:", "\u202eWhy:"),
        ("a minus for a hyphen", "-", "−"),
    ):
        yield f"{name}, once", text.replace(was, now, 1).encode()
        yield f"{name}, everywhere", text.replace(was, now).encode()
    yield "accents apart", unicodedata.normalize("NFD", text.replace("Larkfield", "Larkfiéld")).encode()


def _encodings(good: bytes, _other: bytes) -> Iterator[tuple[str, bytes]]:
    text = good.decode()
    yield "with a byte-order mark", b"\xef\xbb\xbf" + good
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
        yield encoding, text.encode(encoding)
    yield "lines ended as Windows does", good.replace(b"\n", b"\r\n")
    yield "lines ended as Macs did", good.replace(b"\n", b"\r")
    yield "its last line ended as Windows does", good[:-1] + b"\r\n"
    yield "without its last line feed", good[:-1]
    yield "a NUL at its end", good + b"\0"
    yield "letters of too many bytes", good.replace(b"Unit:", b"\xc1\x95nit:")
    yield "a byte that is no text", good.replace(b"Unit:", b"Un\xffit:")
