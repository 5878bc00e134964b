"""verify-receipt."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pupil_desk.services.receipts.seals import seal_text
from tests.cli.ran import OFFICE, OFFICER, Ran
from tests.services.receipts.forgeries import STRANGER

Run = Callable[..., Ran]
UNIT = "Larkfield Training Unit (919/1100)"


@pytest.fixture(autouse=True)
def preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PC that knows no seal yet."""
    for name in ("LOCALAPPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "preferences"))
    return tmp_path / "preferences"


@pytest.fixture
def receipt(run: Run, unit: Path, out: Path) -> Path:
    """The receipt of an export of one file, which lies beside it."""
    made = run("export", unit, "youth-support", "--to", out, "--reason", "Yearly return", user=OFFICER, as_json=True)
    return Path(made.told["receipt"])


def file_of(receipt: Path) -> Path:
    (path,) = [path for path in receipt.parent.iterdir() if path.suffix == ".zip"]
    return path


@pytest.fixture
def seal(receipt: Path, preferences: Path, tmp_path: Path) -> Path:
    """The seal that this PC noted as the export was made, taken away from it."""
    (noted,) = preferences.rglob("seals/*.txt")
    return noted.rename(tmp_path / "seal.txt")


def test_on_the_pc_where_it_was_made_nothing_else_is_needed(run: Run, receipt: Path) -> None:
    for words in ((receipt,), (receipt, file_of(receipt))):
        checked = run("verify-receipt", *words, as_json=True)
        (groups,) = re.findall("^Unit’s seal:  (.*)$", receipt.read_text("utf-8"), re.MULTILINE)
        assert (checked.status, checked.told, checked.err) == (0, {"ok": True, "unit": UNIT, "seal": groups, "findings": []}, "")
    said = run("verify-receipt", receipt).out
    assert f"The unit that it names: {UNIT}. The seal that it bears: {groups}." in said
    assert "The receipt is the unit’s, word for word as it was made." in said
    assert f"{file_of(receipt).name}: the very file" in said


def test_where_this_pc_noted_several_units_it_is_said_whose(run: Run, receipt: Path, preferences: Path) -> None:
    (own,) = preferences.rglob("seals/*.txt")
    other = own.with_name("other.txt")
    other.write_text(seal_text("Another Unit", [STRANGER.seal]), "utf-8")
    checked = run("verify-receipt", receipt, as_json=True)
    assert (checked.status, checked.told["ok"], checked.told["unit"]) == (0, True, UNIT)
    (finding,) = checked.told["findings"]
    assert (finding["serious"], "noted as “The seal of Larkfield Training Unit”" in finding["message"]) == (False, True)
    assert "word for word" in run("verify-receipt", receipt).out
    assert run("verify-receipt", receipt, "--seal", own).status == 0
    refused = run("verify-receipt", receipt, "--seal", other, as_json=True)
    assert (refused.status, "none of those given" in refused.told["findings"][0]["message"]) == (1, True)
    own.unlink()
    assert run("verify-receipt", receipt).status == 1


@pytest.mark.parametrize("way", ["this PC", "seal", "unit", "both"])
def test_a_receipt_edited_beside_an_edited_file_is_refused(
    run: Run, unit: Path, receipt: Path, way: str, request: pytest.FixtureRequest
) -> None:
    words: list[object] = ["--seal", request.getfixturevalue("seal")] if way in ("seal", "both") else []
    words += ["--unit", unit, "--user", OFFICE] if way in ("unit", "both") else []
    assert run("verify-receipt", receipt, *words).status == 0
    file = file_of(receipt)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_bytes(b"edited")
    checked = run("verify-receipt", receipt, file, *words, as_json=True)
    assert (checked.status, [finding["where"] for finding in checked.told["findings"]]) == (1, [file.name])
    text = receipt.read_text("utf-8")
    receipt.write_text(text.replace(digest, hashlib.sha256(b"edited").hexdigest()), "utf-8", newline="")
    checked = run("verify-receipt", receipt, file, *words, as_json=True)
    assert (checked.status, checked.told["ok"]) == (1, False)
    assert {finding["where"] for finding in checked.told["findings"]} == {"receipt"}
    assert "not as it was when it was sealed" in run("verify-receipt", receipt, file, *words).out


def test_without_any_seal_nothing_is_proved(run: Run, receipt: Path, seal: Path) -> None:
    checked = run("verify-receipt", receipt, as_json=True)
    assert (checked.status, checked.told["ok"]) == (1, False)
    assert "anybody can make a seal" in checked.told["findings"][0]["message"]
    assert run("verify-receipt", receipt, "--seal", seal).status == 0


def test_what_is_not_looked_at_is_a_finding_that_refuses_nothing(run: Run, receipt: Path) -> None:
    name = file_of(receipt).name
    file_of(receipt).unlink()
    checked = run("verify-receipt", receipt, as_json=True)
    assert (checked.status, checked.told["ok"]) == (1, False)
    assert checked.told["findings"] == [{"where": name, "message": "The receipt names it, and it was not looked at.", "serious": False}]
    assert "The receipt is the unit’s, word for word as it was made." in run("verify-receipt", receipt).out


def test_wrong_use_is_told_in_one_sentence(run: Run, unit: Path, receipt: Path, tmp_path: Path) -> None:
    (tmp_path / "no-seal.txt").write_text("nothing")
    for words, told in (
        ((receipt, "--unit", unit), "--user"),
        ((receipt, "--seal", tmp_path / "no-seal.txt"), "holds no seal"),
        ((tmp_path / "absent.txt",), "could not be read"),
        ((receipt, tmp_path / "absent.csv"), "could not be read"),
    ):
        refused = run("verify-receipt", *words)
        assert refused.status == 2
        assert told in refused.sentence
