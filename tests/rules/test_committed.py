"""What no committed file may hold: a package registry's host, or a path of the machine it was written on."""

import os
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

import pytest

# In two halves, so that this file keeps its own rule.
REGISTRIES = [
    (left + right).encode()
    for left, right in (
        ("py", "pi.org"),
        ("python", "hosted.org"),
        ("npm", "js.org"),
        ("npm", "js.com"),
        ("deb.", "debian.org"),
        ("security.", "debian.org"),
        ("conda.", "anaconda.org"),
        ("crates", ".io"),
    )
]
SETTINGS = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX")
A_PERSONS_PLACE = re.compile(rb"(?<![\w.~/-])/(?:root|work|home/\w+|Users/\w+)/|[A-Z]:\\+Users\\+\w")


def this_machines_registries() -> list[bytes]:
    """The hosts that pip or uv are told to use here."""
    addresses = " ".join(os.environ.get(name, "") for name in SETTINGS).split()
    return [host.encode() for host in (urlsplit(address).hostname for address in addresses) if host]


def registries_in(text: bytes) -> list[bytes]:
    return [host for host in [*REGISTRIES, *this_machines_registries()] if host in text]


def places_in(text: bytes) -> list[bytes]:
    return A_PERSONS_PLACE.findall(text)


def test_no_file_names_a_registry(committed: dict[str, bytes]) -> None:
    assert {name: registries_in(text) for name, text in committed.items() if registries_in(text)} == {}


def test_no_file_names_a_place_on_somebodys_machine(committed: dict[str, bytes]) -> None:
    assert {name: places_in(text) for name, text in committed.items() if places_in(text)} == {}


def test_the_rule_sees_a_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    assert registries_in(b"see https://py" + b"pi.org/project/x") == [b"py" + b"pi.org"]
    assert registries_in(b"index-url = mirror.example") == [b"mirror.example"]


@pytest.mark.parametrize("place", [b"/ro" + b"ot/.pyenv", b"cd /wo" + b"rk/main", b"'/ho" + b"me/ann/x'", b"C:\\Us" + b"ers\\ann"])
def test_the_rule_sees_a_place(place: bytes) -> None:
    assert places_in(place)


@pytest.mark.parametrize("text", [b"work/experience", b"~/.local/share", b"/usr/bin/python3", b"a/root/b"])
def test_the_rule_lets_other_paths_be(text: bytes) -> None:
    assert not places_in(text)


def passing_papers(names: Iterable[str], readme: str) -> list[str]:
    """The files at the top level that are meant to be read once and taken away, and that the README does not name."""
    return [name for name in names if "/" not in name and (name.startswith("REVIEW") or "DELETE" in name) and name not in readme]


def test_no_paper_to_be_deleted_stands_at_the_top_level(committed: dict[str, bytes]) -> None:
    assert passing_papers(committed, committed["README.md"].decode()) == []


def test_the_rule_sees_such_a_paper() -> None:
    names = ["README.md", "REVIEW.txt", "READ_THEN_DELETE.md", "REVIEWS.md", "tests/REVIEW.md"]
    assert passing_papers(names, "See REVIEWS.md") == ["REVIEW.txt", "READ_THEN_DELETE.md"]
