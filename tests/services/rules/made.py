"""Packs of rules made by a test: signed by a key that is in no program, and taken by a program that is told of it."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installers.rules import signed
from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefiles import apart
from pupil_desk.services.rules import pack as module
from pupil_desk.services.rules.pack import RulePack

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw().hex()
CENSUS, PERIODS, REGULATOR = "census/collection.toml", "retention/classes.toml", "codes/regulator.toml"


def shipped(path: str) -> str:
    return resource(*path.split("/")).read_text("utf-8")


def changed(path: str, old: str, new: str) -> str:
    """A file of rules as it ships, with one thing otherwise."""
    assert shipped(path).count(old) == 1, (path, old)
    return shipped(path).replace(old, new)


def corrections() -> dict[str, str]:
    """A census window, a period and the regulator's name, each put right."""
    return {
        CENSUS: changed(CENSUS, 'attendance = ["easter-monday", ', 'attendance = ["04-20", '),
        PERIODS: changed(PERIODS, 'parts = [{ event = "closed", years = 6 }]', 'parts = [{ event = "closed", years = 7 }]').replace(
            'parts = [{ event = "birth", years = 31 }]\nsure = "low"', 'parts = [{ event = "birth", years = 26 }]\nsure = "low"'
        ),
        REGULATOR: changed(REGULATOR, "Information Commissioner’s Office (ICO)", "Information Commission of the United Kingdom"),
    }


def a_pack(texts: Mapping[str, str], number: int = 1, *, day: date = date(2027, 1, 10), key: Ed25519PrivateKey = KEY) -> bytes:
    return signed(RulePack("Corrections", number, day, texts), key)


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program takes what the test's key has signed; what is put in force goes with the test."""
    monkeypatch.setattr(module, "PUBLIC_KEYS", (PUBLIC,))
    with apart():
        yield
