"""What a school is called that a stay knows by its DfE number: by the unit's own list of main and commissioning schools (``told_schools``).

The program has no list of all schools, and goes to none: the name stands where the unit has written it beside the number.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _

_NUMBER = re.compile(r"(?<!\d)([2-9]\d{2})\s*/?\s*(\d{4})(?!\d)")


def without_number(line: str) -> str:
    """A line of the list as it is named to families: «Wyming Vale School, 919/4001» without the number."""
    return tidy(_NUMBER.sub("", line)).strip(" ,;:–-()") or tidy(line)


@lru_cache(maxsize=1)  # asked for each pupil of a list
def schools_by_number(lines: str | None) -> Mapping[str, str]:
    """The names in the list that have a number beside them, by the number as «919/4001»."""
    names = {}
    for line in (lines or "").replace(";", "\n").splitlines():
        if (number := _NUMBER.search(line)) is not None and (name := without_number(line)) != tidy(line):
            names[f"{number[1]}/{number[2]}"] = name
    return names


def school_named(text: str | None, lines: str | None) -> str:
    """A school as a paper names it. A number alone has the name from the list before it, «Wyming Vale School (919/4001)», or is said to be a number; words stay as they are."""
    tidied = tidy(text or "")
    if (number := _NUMBER.fullmatch(tidied)) is None:
        return tidied
    key = f"{number[1]}/{number[2]}"
    name = schools_by_number(lines).get(key)
    return _("{name} ({number})").format(name=name, number=key) if name else _("The school with the DfE number {number}").format(number=key)


def number_of(text: str | None, lines: str | None) -> str:
    """The DfE number, as «919/4001», of a school named by it or by just the name that the list gives it and no other; empty for any other text."""
    tidied = tidy(text or "")
    if (number := _NUMBER.fullmatch(tidied)) is not None:
        return f"{number[1]}/{number[2]}"
    numbers = [number for number, name in schools_by_number(lines).items() if fold(name) == fold(tidied)] if tidied else []
    return numbers[0] if len(numbers) == 1 else ""  # of two with one name nobody knows which is meant


def one_name(text: str | None, lines: str | None) -> str:
    """A school of the list as families know it, whether a text has its number, its name or both; any other text as it is. Of two with one name each has its number too."""
    numbered = _NUMBER.search(text or "")
    number = f"{numbered[1]}/{numbered[2]}" if numbered is not None else number_of(text, lines)
    name = schools_by_number(lines).get(number)
    if name is None:
        return tidy(text or "")
    return name if number_of(name, lines) == number else school_named(number, lines)
