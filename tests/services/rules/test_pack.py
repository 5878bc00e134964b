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
from pupil_desk.services.rules.pack import MOST_BYTES, RulePack, bytes_of, read_pack
from tests.services.exports.made import Unit
from tests.services.rules.made import CENSUS, KEY, REGULATOR, a_pack, changed, corrections, shipped

pytestmark = pytest.mark.usefixtures("ours")


def test_a_pack_is_read_as_it_was_made() -> None:
    pack = read_pack(a_pack(corrections(), 3))
    assert (pack.name, pack.number, pack.day, pack.texts) == ("Corrections", 3, date(2027, 1, 10), corrections())
    assert pack.title == "Corrections (pack of rules 3, 10 January 2027)"


def test_the_key_of_the_program_is_a_key_and_not_that_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert [len(bytes.fromhex(key)) for key in module.PUBLIC_KEYS] == [32]
    with pytest.raises(WrongUse, match="is not signed by the makers of Pupil Desk"):
        read_pack(a_pack(corrections()))


def test_another_key_signs_for_nobody() -> None:
    with pytest.raises(WrongUse, match="is not signed by the makers"):
        read_pack(a_pack(corrections(), key=Ed25519PrivateKey.from_private_bytes(bytes(32))))


@pytest.mark.parametrize(
    ("put", "words"),
    [
        (lambda d: {**d, "signature": ""}, "is not signed"),
        (lambda d: {name: part for name, part in d.items() if name != "signature"}, "is no pack of rules"),
        (lambda d: {**d, "manifest": {**d["manifest"], "number": 99}}, "is not signed"),
        (lambda d: {**d, "manifest": {**d["manifest"], "day": "2099-01-01"}}, "is not signed"),
        (lambda d: {**d, "manifest": {**d["manifest"], "name": "Another"}}, "is not signed"),
        (lambda d: {**d, "files": {**d["files"], REGULATOR: shipped(REGULATOR)}}, "was changed after it was signed"),
        (lambda d: {**d, "files": {**d["files"], "codes/sex.toml": shipped("codes/sex.toml")}}, "was changed after it was signed"),
        (lambda d: {**d, "files": {}}, "was changed after it was signed"),
        (lambda d: {**d, "more": 1}, "was changed after it was signed"),
        (lambda d: [d], "is no pack of rules"),
    ],
)
def test_one_that_was_altered_is_refused(put: object, words: str) -> None:
    document = put(json.loads(a_pack(corrections())))  # type: ignore[operator]
    data = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    with pytest.raises(WrongUse, match=words):
        read_pack(data)


def test_a_blank_between_is_a_change() -> None:
    data = a_pack(corrections())
    for other in (data + b"\n", b" " + data, data.replace(b'":', b'": ', 1), json.dumps(json.loads(data), sort_keys=True).encode()):
        with pytest.raises(WrongUse, match="was changed after it was signed"):
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
    with pytest.raises(WrongUse, match=re.escape(f"would change {path}, which is no file of rules here")):
        read_pack(a_pack({path: "x"}))


@pytest.mark.parametrize("data", [b"", b"{}", b"[", b"\xff\xfe", b"[" * 100_000, b"9" * 10_000, b'"\\ud800"'])
def test_what_is_no_pack_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(WrongUse, match="is no pack of rules"):
        read_pack(data)


def test_what_is_larger_than_any_pack_is_refused_unread() -> None:
    with pytest.raises(WrongUse, match="is no pack of rules"):
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
            data = pack.data(bytes(pick.randrange(256) for _byte in range(64)))
        if data != good:
            with pytest.raises(WrongUse) as refused:
                packs.take(unit.desk, data)
            assert refused.value.message.endswith(("It is not read.", "Ask for it again."))
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
    with pytest.raises(WrongUse, match="is not signed"):
        read_pack(pack.data(KEY.sign(bare)))
