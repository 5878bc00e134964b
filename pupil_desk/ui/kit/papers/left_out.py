"""Who gets none of the papers that were asked for, in words for the person at the screen. No widget."""

from collections.abc import Sequence

from pupil_desk.basics.words import _, join_words
from pupil_desk.services.households import LeftOut

_MOST_NAMED = 5


def none_for(left_out: Sequence[LeftOut]) -> str:
    """Each with the reason; the first few by name."""
    first = [_reason_line(left) for left in left_out[:_MOST_NAMED]]
    if further_count := len(left_out) - len(first):
        first.append(_("{count} more").format(count=further_count))
    return join_words(first)


def _reason_line(left: LeftOut) -> str:
    pupil_name = left.pupil.full_name
    name = _("{who}, for {pupil}").format(who=left.name, pupil=pupil_name) if left.name and left.name != pupil_name else pupil_name
    return _("{name} ({why})").format(name=name, why=left.reason)
