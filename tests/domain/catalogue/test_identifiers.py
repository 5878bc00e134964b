"""UPN, ULN and postcode: every worked example."""

import tomllib
from pathlib import Path

import pytest

from pupil_desk.domain.catalogue.identifiers import (
    BadIdentifier,
    is_temporary,
    read_authority,
    read_postcode,
    read_school,
    read_uln,
    read_upn,
)

_EXAMPLES = tomllib.loads((Path(__file__).parents[1] / "worked_examples.toml").read_text(encoding="utf-8"))


def _named(kind: str) -> list[pytest.param]:
    return [pytest.param(example, id=example["typed"]) for example in _EXAMPLES[kind]]


@pytest.mark.parametrize("example", _named("upn"))
def test_upn(example: dict) -> None:
    if not example["good"]:
        with pytest.raises(BadIdentifier) as found:
            read_upn(example["typed"])
        assert (found.value.problem, found.value.right_letter) == (example["problem"], example.get("letter"))
        return
    upn = read_upn(example["typed"])
    assert (upn.text, is_temporary(upn.text)) == (example["tidy"], example["temporary"])
    assert upn.known_la is ("warning" not in example)


@pytest.mark.parametrize("example", _named("uln"))
def test_uln(example: dict) -> None:
    if "tidy" in example:
        assert read_uln(example["typed"]) == example["tidy"]
    else:
        with pytest.raises(BadIdentifier):
            read_uln(example["typed"])


@pytest.mark.parametrize("example", _named("postcode"))
def test_postcode(example: dict) -> None:
    if "tidy" in example:
        assert read_postcode(example["typed"]) == example["tidy"]
    else:
        with pytest.raises(BadIdentifier):
            read_postcode(example["typed"])


def test_a_number_never_issued() -> None:
    """A remainder of 0 has no tenth digit at all."""
    for digit in "0123456789":
        with pytest.raises(BadIdentifier):
            read_uln("100000006" + digit)


@pytest.mark.parametrize(("typed", "tidy"), [("919/4001", "919/4001"), ("9194001", "919/4001"), (" 919 / 4001 ", "919/4001")])
def test_dfe_number(typed: str, tidy: str) -> None:
    assert read_school(typed) == tidy


@pytest.mark.parametrize("typed", ["119/4001", "919/400", "school"])
def test_no_dfe_number(typed: str) -> None:
    with pytest.raises(BadIdentifier):
        read_school(typed)


def test_authority() -> None:
    assert read_authority(" 919") == "919"
    with pytest.raises(BadIdentifier):
        read_authority("91")
