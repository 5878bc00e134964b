"""Words shown to people. ``_`` marks them and looks up their translation."""

import gettext
from collections.abc import Sequence

from pupil_desk.basics.places import resource

_catalogue = gettext.translation("pupil_desk", resource("words"), languages=["en"], fallback=True)


def _(text: str) -> str:
    return _catalogue.gettext(text)


def count_of(number: int, singular: str, plural: str) -> str:
    """'1 pupil' or '3 pupils'."""
    return f"{number:,} {_catalogue.ngettext(singular, plural, number)}"


def join_words(words: list[str] | tuple[str, ...]) -> str:
    """'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return _("{all} and {last}").format(all=", ".join(words[:-1]), last=words[-1])


def any_of(words: list[str] | tuple[str, ...]) -> str:
    """'a, b or c'."""
    if len(words) < 2:
        return "".join(words)
    return _("{all} or {last}").format(all=", ".join(words[:-1]), last=words[-1])


def some_of(words: Sequence[str], limit: int = 8) -> str:
    """'a, b and c', or of many the first ones: 'a, b and 12 more'."""
    if len(words) <= limit:
        return join_words(list(words))
    return join_words([*words[:limit], _("{number} more").format(number=f"{len(words) - limit:,}")])
