"""The name of a user."""

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.unit.staff import checked_name


def test_a_name_is_tidied() -> None:
    assert checked_name("  Ann \u00a0 Officer ") == "Ann Officer"


@pytest.mark.parametrize("name", ["", "  ", "Ann\x00", "Ann\x1b[2J", "An\nn", "x" * 101])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(WrongUse, match="Enter the user’s name"):
        checked_name(name)
