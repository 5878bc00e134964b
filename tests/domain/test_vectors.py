"""The reference's worked examples, where it lies beside the checkout: each kind of them is run by a test of ours, on our own copy."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

_TESTS = Path(__file__).resolve().parents[1]
VECTORS = _TESTS.parents[1] / "shared" / "reference" / "vectors.json"
RUN_BY = {
    "upn": "domain/catalogue/test_identifiers.py",
    "uln": "domain/catalogue/test_identifiers.py",
    "postcode": "domain/catalogue/test_identifiers.py",
    "attendance": "domain/register/test_attendance.py",
    "school_year": "domain/pupils/test_leaving.py",
    "sar_due": "domain/governance/test_deadlines.py",
    "sar_clarification": "domain/governance/test_deadlines.py",
    "complaint_ack": "domain/governance/test_deadlines.py",
    "breach": "domain/governance/test_deadlines.py",
    "school_days_15": "domain/suspensions/test_suspension.py",
    "suspension": "domain/suspensions/test_suspension.py",
    "calendar": "domain/suspensions/test_suspension.py",
    "suspension_limit": "domain/suspensions/test_suspension.py",
    "board_step": "domain/suspensions/test_suspension.py",
    "age_and_sharing": "domain/sharing/test_sharing.py",
    "ctf_name": "services/imports/test_ctf_safe.py",
}
NOT_EXAMPLES = {"about", "kinds", "calendar_used", "bank_holidays_used"}
_OWN = {"sar_due": "answer_due", "age_and_sharing": "sharing"}  # where our copy has another name
_EXAMPLES: dict[str, Any] = tomllib.loads((_TESTS / "domain" / "worked_examples.toml").read_text(encoding="utf-8"))
pytestmark = pytest.mark.skipif(not VECTORS.is_file(), reason="shared/reference does not lie beside the checkout")


def _vectors() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return found


def test_every_kind_of_example_is_run() -> None:
    assert set(_vectors()) - NOT_EXAMPLES == set(RUN_BY)


@pytest.mark.parametrize("kind", sorted(kind for kind in RUN_BY if _OWN.get(kind, kind) in _EXAMPLES))
def test_our_copy_has_as_many(kind: str) -> None:
    assert len(_EXAMPLES[_OWN.get(kind, kind)]) == len(_vectors()[kind])


@pytest.mark.parametrize("kind", sorted(kind for kind in RUN_BY if _OWN.get(kind, kind) not in _EXAMPLES))
def test_what_is_written_out_in_a_test_is_all_there(kind: str) -> None:
    text = (_TESTS / RUN_BY[kind]).read_text(encoding="utf-8")
    dates = {str(value) for example in _vectors()[kind] for key, value in example.items() if key != "hint" and isinstance(value, str)}
    missing = {date for date in dates if date not in text and not _as_code(date, text)}
    assert not missing


def _as_code(value: str, text: str) -> bool:
    """Whether a day or moment stands in the text as Python writes it: date(2026, 11, 24)."""
    numbers = value.replace("T", "-").replace(":", "-").split("-")
    return all(part.isdigit() for part in numbers) and ", ".join(str(int(part)) for part in numbers) in text
