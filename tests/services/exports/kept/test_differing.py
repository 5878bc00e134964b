"""Digests of what an export said: two values have one digest just where a file has the same in both places."""

from datetime import date
from decimal import Decimal

from pupil_desk.services.exports.kept.differing import Digests


def test_each_value_has_a_digest_of_its_own_and_the_same_value_the_same() -> None:
    of = Digests(b"salt" * 4).digest_of
    apart = ("", "85.4", Decimal("85.9"), Decimal("0.854"), 85, 100, Decimal("-85.4"), "Y", True, date(2026, 11, 24))
    assert len({of(value) for value in apart}) == len(apart)
    for value, same in (
        (Decimal("85.4"), "85.4"),
        (Decimal("85.0"), 85),
        (Decimal("1E+2"), 100),
        (None, ""),
        (True, 1),
        (date(2026, 11, 24), "2026-11-24"),
    ):
        assert of(value) == of(same) == Digests(b"salt" * 4).digest_of(same)
