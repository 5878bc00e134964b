"""What is told of the inside of a frozen program, on a site of two invented packages."""

import json
from pathlib import Path

import pytest

from installers import inside, packages, places
from installers.inside import Part


def _package(site: Path, name: str, *, about: str = "") -> None:
    (site / name).mkdir(parents=True)
    (site / name / "__init__.py").touch()
    folder = site / f"{name}-1.2.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.2\n{about}\n", encoding="utf-8")
    (folder / "RECORD").write_text(f"{name}/__init__.py,,\n{name}-1.2.dist-info/METADATA,,\n", encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "linux-123"
    _package(site, "wanted", about="License-Expression: MIT")
    _package(site, "idle", about="License: BSD")
    return site


@pytest.mark.parametrize("source", ["{site}/wanted/__init__.py", "Z:\\somewhere\\linux-123\\wanted\\__init__.py"])
def test_a_package_is_inside_when_a_file_of_it_is(site: Path, source: str) -> None:
    used = inside.distributions_used(site, [source.format(site=site), "/usr/lib/python3.13/os.py"])
    assert [package.metadata["Name"] for package in used] == ["wanted"]


def test_the_files_taken_are_read_from_what_pyinstaller_leaves(tmp_path: Path) -> None:
    account = tmp_path / "work" / "frozen"
    account.mkdir(parents=True)
    (account / "PYZ-00.toc").write_text("('out.pyz', [('a', '/site/a.py', 'PYMODULE'), ('n', '', 'PYMODULE')])", encoding="utf-8")
    (account / "COLLECT-00.toc").write_text("([('b.so', '/site/b.so', 'BINARY')],)", encoding="utf-8")
    assert inside.sources_of(tmp_path) == {"/site/a.py", "/site/b.so"}


def test_the_list_of_parts_bears_no_date_and_no_random_number(tmp_path: Path) -> None:
    parts = [Part("Some_Thing", "1.2", "MIT", package=True), Part("Qt", "6.12.0", "LGPL-3.0-only", "pyside6-essentials")]
    for name in ("first.json", "second.json"):
        inside.write_sbom(parts, "0.2.0", "abc", tmp_path / name)
    text = (tmp_path / "first.json").read_text(encoding="utf-8")
    assert text == (tmp_path / "second.json").read_text(encoding="utf-8")
    told = json.loads(text)
    assert "timestamp" not in text
    assert "serialNumber" not in text
    assert told["metadata"]["component"]["version"] == "0.2.0"
    assert [part.get("purl") for part in told["components"]] == ["pkg:pypi/some-thing@1.2", None]
    assert told["components"][1]["licenses"] == [{"license": {"name": "LGPL-3.0-only"}}]


def test_a_part_bears_the_digests_that_the_lock_lets_in(tmp_path: Path) -> None:
    digests = packages.locked_hashes(places.ROOT)
    assert all(len(digest) == 64 for of_package in digests.values() for digest in of_package)
    inside.write_sbom([Part("SQLCipher3", "0.6.4", "Zlib", package=True)], "0.2.0", "", tmp_path / "sbom.json", digests)
    (part,) = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))["components"]
    told = [reference["hashes"][0]["content"] for reference in part["externalReferences"]]
    assert told == list(digests["sqlcipher3"])
    assert f"--hash=sha256:{told[0]}" in (places.ROOT / "requirements.txt").read_text(encoding="utf-8")


def test_every_package_that_running_needs_has_digests_in_the_lock() -> None:
    digests = packages.locked_hashes(places.ROOT)
    lines = (places.ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    names = [packages.plain_name(line.split("==")[0]) for line in lines if "==" in line and not line.startswith((" ", "#"))]
    assert len(names) > 30
    assert [name for name in names if not digests.get(name)] == []


def test_a_package_in_the_programs_folder_and_not_in_the_list_is_named(site: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    for name in ("wanted", "idle"):
        (program / "_internal" / name).mkdir(parents=True)
        (program / "_internal" / name / "__init__.py").touch()
    assert inside.unlisted(program, site, [Part("Wanted", "1.2", "MIT", package=True)]) == ["idle"]
    assert inside.unlisted(program, site, [Part("wanted", "1.2", "MIT"), Part("idle", "1.2", "BSD")]) == []


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A tiny program with its list of parts, sealed."""
    program = tmp_path / "program"
    for name in ("pupil-desk", "Pupil Desk.exe", "_internal/python313.dll", "_internal/sqlcipher3/_sqlite3.so", "_internal/words.txt"):
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        (program / name).write_text(name, encoding="utf-8")
    by_hand = [Part(name, "1", "MIT", around) for name, around in inside.BY_HAND]
    inside.write_sbom(by_hand, "0.2.0", "", program / inside.SBOM)
    inside.add_files_to_sbom(program)
    return program


def test_each_program_and_library_is_in_the_list_by_its_digest_and_what_carries_openssl(program: Path) -> None:
    assert sorted(inside.listed_files(program / inside.SBOM)) == [
        "Pupil Desk.exe",
        "_internal/python313.dll",
        "_internal/sqlcipher3/_sqlite3.so",
        "pupil-desk",
    ]
    assert inside.sbom_faults(program) == []
    parts = json.loads((program / inside.SBOM).read_text(encoding="utf-8"))["components"]
    carried = {(part["name"], *(told["value"] for told in part["properties"])) for part in parts if part["name"] == "OpenSSL"}
    assert carried == {("OpenSSL", "sqlcipher3", "_internal/sqlcipher3/_sqlite3.so"), ("OpenSSL", "CPython")}


def test_what_the_list_lacks_or_has_otherwise_is_named(program: Path) -> None:
    (program / "_internal" / "late.so").touch()
    (program / "pupil-desk").write_text("signed since", encoding="utf-8")
    assert inside.sbom_faults(program) == ["late.so", "pupil-desk"]
    inside.add_files_to_sbom(program)  # as it is sealed again once it is signed
    assert inside.sbom_faults(program) == []
    whole = json.loads((program / inside.SBOM).read_text(encoding="utf-8"))
    whole["components"] = [part for part in whole["components"] if part["name"] != "OpenSSL"]
    (program / inside.SBOM).write_text(json.dumps(whole), encoding="utf-8")
    assert inside.sbom_faults(program) == ["OpenSSL in CPython", "OpenSSL in sqlcipher3"]


def test_the_manifest_names_every_other_file_with_its_digest(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "é.txt").write_bytes(b"")
    (tmp_path / "a.txt").write_bytes(b"abc")
    inside.write_manifest(tmp_path)
    assert (tmp_path / inside.MANIFEST).read_text(encoding="utf-8").splitlines() == [
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b/é.txt",
    ]


@pytest.mark.parametrize(
    ("name", "lasts"),
    [
        ("sqlcipher3/_sqlite3.cpython-313-x86_64-linux-gnu.so", "sqlcipher3/_sqlite3.so"),
        ("sqlcipher3/_sqlite3.cp313-win_amd64.pyd", "sqlcipher3/_sqlite3.pyd"),
        ("libXau-154567c4.so.6.0.0", "libXau.so"),
        ("libshiboken6.abi3.so.6.12", "libshiboken6.abi3.so"),
        ("libicudata.so.73", "libicudata.so"),
        ("libxcb-cursor.so.0", "libxcb-cursor.so"),
        ("libcrypto-3.dll", "libcrypto-3.dll"),
        ("PySide6/QtCore.abi3.so", "PySide6/QtCore.abi3.so"),
    ],
)
def test_a_library_is_listed_without_what_changes_from_release_to_release(name: str, lasts: str) -> None:
    assert inside.lasting(name) == lasts


def test_of_a_folder_only_libraries_are_listed(tmp_path: Path) -> None:
    for name in ("libz.so.1", "core.dll", "module.pyd", "words.txt", "program.exe"):
        (tmp_path / name).touch()
    assert inside.libraries_of(tmp_path) == ["core.dll", "libz.so", "module.pyd"]
