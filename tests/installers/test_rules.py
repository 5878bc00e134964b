"""A pack of rules made by the developer's command, and read by the program that knows its key."""

from pathlib import Path

import pytest

from installers.rules import main
from pupil_desk.services.rules import pack as module
from pupil_desk.services.rules.pack import bytes_of, read_pack
from tests.services.rules.made import REGULATOR, changed


def test_a_key_and_a_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    key, out, folder = tmp_path / "secret", tmp_path / "out.pupildesk-rules", tmp_path / "newer"
    assert main(["key", str(key)]) == 0
    public = capsys.readouterr().out.strip()
    assert key.stat().st_mode & 0o077 == 0
    assert public not in key.read_text("ascii")
    assert main(["key", str(key)]) == 1, "a key is not written over"
    (folder / "codes").mkdir(parents=True)
    (folder / REGULATOR).write_text(changed(REGULATOR, "Commissioner’s Office (ICO)", "Commission"), "utf-8")
    words = ["pack", str(out), "--key", str(key), "--name", "The regulator", "--number", "2", "--day", "2027-01-10", "--from", str(folder)]
    assert main([*words, REGULATOR]) == 1, "the program knows another key"
    assert not out.exists()
    monkeypatch.setattr(module, "PUBLIC_KEYS", (public,))
    assert main([*words, REGULATOR]) == 0
    pack = read_pack(bytes_of(out))
    assert (pack.number, list(pack.texts)) == (2, [REGULATOR])


def test_what_a_unit_would_refuse_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    key, out = tmp_path / "secret", tmp_path / "out"
    main(["key", str(key)])
    monkeypatch.setattr(module, "PUBLIC_KEYS", (capsys.readouterr().out.strip(),))
    (tmp_path / "codes").mkdir()
    (tmp_path / REGULATOR).write_text("x = 1", "utf-8")
    assert main(["pack", str(out), "--key", str(key), "--name", "x", "--number", "1", "--from", str(tmp_path), REGULATOR]) == 1
    assert "built otherwise than this program’s own" in capsys.readouterr().err
    assert not out.exists()
