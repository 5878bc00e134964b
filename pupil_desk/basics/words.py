"""Words shown to people. ``_`` marks them and looks up their translation."""

import gettext

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
