"""What is told of the inside of a frozen program, on a site of two invented packages."""

import json
from pathlib import Path

import pytest

from installers import inside
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
