"""Words shown to people. ``_`` marks them and looks up their translation."""

import gettext
from collections.abc import Sequence

from pupil_desk.basics.places import resource

_catalogue = gettext.translation("pupil_desk", resource("words"), languages=["en"], fallback=True)


def _(text: str) -> str:
    """The text in the language of the program."""
    return _catalogue.gettext(text)


def count_of(number: int, one: str, many: str) -> str:
    """'1 pupil' or '3 pupils'."""
    return f"{number:,} {_catalogue.ngettext(one, many, number)}"


def listed(words: list[str] | tuple[str, ...]) -> str:
    """'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return _("{all} and {last}").format(all=", ".join(words[:-1]), last=words[-1])


def some_of(words: Sequence[str], most: int = 8) -> str:
    """'a, b and c', or of many the first ones: 'a, b and 12 more'."""
    if len(words) <= most:
        return listed(list(words))
    return listed([*words[:most], _("{number} more").format(number=f"{len(words) - most:,}")])
