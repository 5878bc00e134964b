"""What is inside an installed copy, from the list beside it."""

import json
from pathlib import Path

import pytest

from pupil_desk.basics.pc import installed
from pupil_desk.services.program.inside import LIST, ProgramPart, parts

SBOM = {
    "bomFormat": "CycloneDX",
    "components": [
        {"name": "reportlab", "version": "5.1.0", "licenses": [{"license": {"id": "BSD-3-Clause"}}]},
        {"name": "PySide6", "version": "6.12.0", "licenses": [{"expression": "LGPL-3.0-only OR GPL-2.0-only"}]},
        {"name": "an odd one", "licenses": [{"license": {"name": "its own"}}, {"license": {"id": "MIT"}}]},
        {"name": "without"},
    ],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(installed, "program_folder", lambda: tmp_path)
    return tmp_path


def test_each_part_has_its_version_and_licence_in_the_order_of_names(folder: Path) -> None:
    (folder / LIST).write_text(json.dumps(SBOM), encoding="utf-8")
    assert parts() == [
        ProgramPart("an odd one", "", "its own, MIT"),
        ProgramPart("PySide6", "6.12.0", "LGPL-3.0-only OR GPL-2.0-only"),
        ProgramPart("reportlab", "5.1.0", "BSD-3-Clause"),
        ProgramPart("without", "", ""),
    ]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"components": 3}', '{"components": [{}]}', '{"components": ["x"]}'])
def test_a_list_that_cannot_be_read_is_none(folder: Path, text: str) -> None:
    (folder / LIST).write_text(text, encoding="utf-8")
    assert parts() is None


def test_no_list_is_none(folder: Path) -> None:
    assert parts() is None


def test_a_checkout_has_none() -> None:
    assert parts() is None
