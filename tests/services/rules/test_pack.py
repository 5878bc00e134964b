"""A pack of rules as a file: whatever is changed in it, or not signed, is refused with a sentence."""

import json
import random
import re
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.rulefiles import in_force
from pupil_desk.services.rules import pack as module
from pupil_desk.services.rules import packs
from pupil_desk.services.rules.pack import MOST_BYTES, PackRefused, RulePack, bytes_of, read_pack
from tests.services.exports.made import Unit
from tests.services.rules.made import CENSUS, KEY, REGULATOR, a_pack, changed, corrections, shipped

pytestmark = pytest.mark.usefixtures("ours")
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def test_a_pack_is_read_as_it_was_made() -> None:
    pack = read_pack(a_pack(corrections(), 3))
    assert (pack.name, pack.number, pack.day, pack.texts) == ("Corrections", 3, date(2027, 1, 10), corrections())
    assert pack.title == "Corrections (pack of rules 3, 10 January 2027)"


ALTERED, UNSIGNED = "was altered after it was signed, or is damaged", "nobody has signed"
SMALL_FILES = {
    b"": "is empty.",
    b" \r\n": "is empty.",
    b"MZ\x90\x00\x03\x00": "it looks like a program.",
    b"%PDF-1.7\n": "it looks like a PDF.",
    b"PK\x03\x04\x14\x00\x00\x00\x08\x00 codes/sex.toml": "it looks like a ZIP.",
    b"PK\x03\x04\x14\x00\x00\x00\x08\x00 [Content_Types].xml": "it looks like a document or a workbook.",
    b"\x89PNG\r\n\x1a\n": "it looks like a picture (PNG).",
    b"<?xml version='1.0'?><x/>": "it looks like a web page, or another file of XML.",
    b"# The rules, and where each comes from": "it looks like a plain text.",
    b"MZ is a text that begins so": "it looks like a plain text.",
    b"{}": "it looks like another file of JSON.",
    b"[" * 100_000: "it looks like a plain text.",
    b"\xff\xfe\x00\x01": "it looks like nothing that is known here.",
}


@pytest.mark.parametrize(("data", "words"), SMALL_FILES.items(), ids=list(SMALL_FILES.values()))
def test_what_is_no_pack_is_told_by_what_it_looks_like(unit: Unit, data: bytes, words: str) -> None:
    with pytest.raises(PackRefused) as refused:
        packs.preview(unit.desk, data, name="stick.pupildesk-rules")
    assert refused.value.message.startswith("stick.pupildesk-rules is ")
    assert f"{words} Nothing was changed. " in refused.value.message


def test_an_unsigned_one_is_told_from_one_that_was_signed_by_another_key(unit: Unit) -> None:
    unsigned = json.dumps({"name": "Census windows", "number": 3, "files": {}}).encode()
    with pytest.raises(PackRefused) as refused:
        packs.take(unit.desk, unsigned, name="census.pupildesk-rules")
    assert refused.value.message == (
        "census.pupildesk-rules is a pack of rules that nobody has signed. Nothing was changed."
        " Only a pack that the makers of Pupil Desk have signed is taken: ask whoever sent it for that one."
    )
    with pytest.raises(PackRefused) as refused:
        packs.take(unit.desk, a_pack(corrections(), key=OTHER), name="census.pupildesk-rules")
    assert refused.value.message == (
        "census.pupildesk-rules is a pack of rules signed by another key, which is none of the makers of Pupil Desk. Nothing was changed."
        " Ask whoever sent it where it comes from."
    )


def test_one_kept_before_packs_named_their_key_is_read_as_it_was() -> None:
    document = json.loads(a_pack(corrections(), 3))
    del document["key"]
    assert RulePack.kept(json.dumps(document).encode()) == read_pack(a_pack(corrections(), 3))


def test_the_key_of_the_program_is_a_key_and_not_that_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert [len(bytes.fromhex(key)) for key in module.PUBLIC_KEYS] == [32]
    with pytest.raises(PackRefused, match="signed by another key"):
        read_pack(a_pack(corrections()))


@pytest.mark.parametrize(
    ("put", "words"),
    [
        (lambda d: {**d, "signature": ""}, UNSIGNED),
        (lambda d: {name: part for name, part in d.items() if name != "signature"}, UNSIGNED),
        (lambda d: {**d, "signature": OTHER.sign(b"x").hex()}, ALTERED),
        (lambda d: {**d, "key": OTHER.public_key().public_bytes_raw().hex()}, ALTERED),
        (lambda d: {name: part for name, part in d.items() if name != "key"}, ALTERED),
        (lambda d: {**d, "manifest": {**d["manifest"], "number": 99}}, ALTERED),
        (lambda d: {**d, "manifest": {**d["manifest"], "day": "2099-01-01"}}, ALTERED),
        (lambda d: {**d, "manifest": {**d["manifest"], "name": "Another"}}, ALTERED),
        (lambda d: {**d, "files": {**d["files"], REGULATOR: shipped(REGULATOR)}}, ALTERED),
        (lambda d: {**d, "files": {**d["files"], "codes/sex.toml": shipped("codes/sex.toml")}}, ALTERED),
        (lambda d: {**d, "files": {}}, ALTERED),
        (lambda d: {**d, "more": 1}, ALTERED),
        (lambda d: [d], "it looks like another file of JSON"),
    ],
)
def test_one_that_was_altered_is_refused(put: object, words: str) -> None:
    document = put(json.loads(a_pack(corrections())))  # type: ignore[operator]
    data = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    with pytest.raises(PackRefused, match=words):
        read_pack(data)


def test_a_blank_between_is_a_change() -> None:
    data = a_pack(corrections())
    half = data[: len(data) // 2]
    for other in (data + b"\n", b" " + data, data.replace(b'":', b'": ', 1), json.dumps(json.loads(data), sort_keys=True).encode(), half):
        with pytest.raises(PackRefused, match=ALTERED):
            read_pack(other)


@pytest.mark.parametrize(
    "path",
    [
        "help/01-home.md",
        "words/passphrase.txt",
        "codes/school_year.toml",
        "facts.toml",
        "codes/none.toml",
        "../pupil_desk/app.py",
        "/etc/passwd",
        "fonts/x.ttf",
    ],
)
def test_what_is_no_rule_cannot_be_put_in_a_pack(path: str) -> None:
    with pytest.raises(PackRefused, match=re.escape(f"would change {path}, which is no file of rules here")):
        read_pack(a_pack({path: "x"}))


def test_what_is_larger_than_any_pack_is_refused_unread() -> None:
    with pytest.raises(PackRefused, match=r"is larger than any pack of rules\. Nothing was changed\."):
        read_pack(b"x" * (MOST_BYTES + 1))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(WrongUse, match="is not a file that can be read"):
            bytes_of(path)
    (tmp_path / "big").write_bytes(b"x" * (MOST_BYTES + 10))
    assert len(bytes_of(tmp_path / "big")) == MOST_BYTES + 1


def mutated(data: bytes, pick: random.Random) -> bytes:
    """A pack with some of its bytes otherwise, gone, doubled or from elsewhere in it."""
    for _time in range(pick.randint(1, 4)):
        place, width = pick.randrange(len(data)), pick.randint(1, 40)
        piece = data[place : place + width]
        other = pick.choice(
            [
                b"",
                bytes(pick.randrange(256) for _byte in piece),
                piece * 2,
                data[pick.randrange(len(data)) :][:width],
                bytes([piece[0] ^ 1 << pick.randrange(8)]) + piece[1:],
                piece.swapcase(),
            ]
        )
        data = data[:place] + other + data[place + width :]
    return data


def _refused(unit: Unit, seeds: range) -> None:
    good = a_pack(corrections())
    unsigned = json.loads(good)
    before = in_force()
    for seed in seeds:
        pick = random.Random(seed)
        if seed % 10:
            data = mutated(good, pick)
        else:  # whole, by somebody else's key
            pack = RulePack(unsigned["manifest"]["name"], pick.randint(1, 99), date(2027, 1, 10), corrections())
            data = pack.data(bytes(pick.randrange(256) for _byte in range(64)), OTHER.public_key().public_bytes_raw())
        if data != good:
            with pytest.raises(PackRefused, match=r"Nothing was changed\."):
                packs.take(unit.desk, data)
    assert in_force() is before
    assert unit.count("rule_pack") == 0


def test_altered_packs_change_nothing(unit: Unit) -> None:
    _refused(unit, range(100))


@pytest.mark.torture
def test_a_thousand_altered_packs_change_nothing(unit: Unit) -> None:
    _refused(unit, range(1000, 2100))


def test_the_signature_is_of_a_pack_and_of_nothing_else() -> None:
    """One who signs the bare manifest has signed no pack."""
    pack = RulePack("Corrections", 1, date(2027, 1, 10), {CENSUS: changed(CENSUS, "yssa_age = 12", "yssa_age = 13")})
    bare = json.dumps(pack.manifest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    with pytest.raises(PackRefused, match=ALTERED):
        read_pack(pack.data(KEY.sign(bare), KEY.public_key().public_bytes_raw()))
