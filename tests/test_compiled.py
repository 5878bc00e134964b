"""Several processes of a run share the compiling of the tests, and pytest takes what any of them left."""

from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path

import pytest
from _pytest.assertion import rewrite

from tests.compiled import PROGRAM, TESTS, compiled, share


def test_pytest_takes_what_was_compiled_until_the_file_is_another(
    tmp_path: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "test_told.py"
    for number in (2, 3):
        file.write_text(f"def told():\n    held = 1\n    assert held == {number}\n", encoding="utf-8")
        place = compiled(file, pytestconfig)
        spec = ModuleSpec("test_told", pytestconfig.stash[rewrite.assertstate_key].hook, origin=str(file))
        module = module_from_spec(spec)
        with monkeypatch.context() as patch:
            patch.delattr(rewrite, "_rewrite_test")
            spec.loader.exec_module(module)  # type: ignore[union-attr]
        with pytest.raises(AssertionError, match=f"assert 1 == {number}"):
            module.told()
    assert place.is_relative_to(tmp_path)


def test_each_file_falls_to_one_process() -> None:
    files = [file for process in range(3) for file in share(process, 3)]
    assert len(files) == len(set(files))
    assert {Path(__file__), TESTS / "conftest.py", TESTS / "ui" / "test_still.py", PROGRAM / "app.py"} <= set(files)
