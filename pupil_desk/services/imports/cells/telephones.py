"""Where a telephone number of a list goes: a second one beside the first, and several out of one cell, each where the record has room."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.items import Item, Kind
from pupil_desk.domain.catalogue.validation import BAD_PHONE, Problem, Reading
from pupil_desk.domain.pupils.not_taken import NotTaken

CODE = "several_numbers"
_MOBILE = "mobile"  # the column
_OF_MOBILES = re.compile(r"(?:0|0?0?44)?7")
_BETWEEN = re.compile(r"\s*(?:[/;,|&\n]|\bor\b|\band\b)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\+?[\d ().+-]+")
_LEAST, _MOST = 9, 15  # digits of a whole number


def fits(name: str, text: str) -> bool:
    """Whether a number may stand in a column: what is no mobile’s is not called one."""
    return name != _MOBILE or _is_mobile(text)


def _is_mobile(text: str) -> bool:
    return _OF_MOBILES.match("".join(filter(str.isdigit, text))) is not None


@dataclass(frozen=True, slots=True)
class Parted:
    """The cells of a row with one number in each, what is said of those that held several, and the numbers for which there is no room."""

    texts: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()


def kept_as_written(item: Item, text: str, reading: Reading) -> Reading:
    """The reading with the text itself, where it is refused as no number: a list says more than the form takes, and nothing of it is lost."""
    if [problem.code for problem in reading.problems] != [BAD_PHONE]:
        return reading
    message = _("{label} “{text}” is not only a number. It is kept as it is: correct it in the record.")
    return Reading(tidy(text), (Problem.warning(item.name, BAD_PHONE, message.format(label=item.label, text=tidy(text))),))


def parted(items: Mapping[str, Item], texts: Mapping[str, str]) -> Parted:
    """The cells of a row, by their columns, with each number of a cell that holds several in a place of its own."""
    if not any(items[name].kind is Kind.PHONE and _BETWEEN.search(text) for name, text in texts.items()):
        return Parted(texts)
    columns = [name for name, item in items.items() if item.kind is Kind.PHONE]
    several = {name: numbers for name in columns if (numbers := _numbers_in(texts.get(name, "")))}
    if not several:
        return Parted(texts)
    new = {name: text for name, text in texts.items() if name not in several}
    problems: list[Problem] = []
    left: list[NotTaken] = []
    for name, numbers in several.items():
        places = []
        for number in numbers:
            place = _place(name, columns, new, number)
            if place:
                new[place] = number
                places.append(f"{items[place].label} {number}")
            else:
                left.append(NotTaken(path=items[name].label, value=number, reason=_("The record has room for one.")))
        words = _("{label} holds several numbers. Taken: {places}.") + (_(" There is no room for the others.") if left else "")
        problems.append(Problem.warning(name, CODE, words.format(label=items[name].label, places=join_words(places))))
    return Parted(new, tuple(problems), tuple(left))


def _place(name: str, columns: list[str], texts: Mapping[str, str], number: str) -> str:
    """The free column for a number: that of mobiles for a mobile, else its own, else any; «» where there is none."""
    order = [_MOBILE, name, *columns] if _is_mobile(number) and _MOBILE in columns else [name, *columns]
    return next((column for column in order if not texts.get(column, "").strip() and fits(column, number)), "")


def _numbers_in(text: str) -> list[str]:
    """The numbers of a cell that holds several and nothing else; else none."""
    pieces = [tidy(piece) for piece in _BETWEEN.split(text.strip())]
    are_numbers = all(_NUMBER.fullmatch(piece) and _LEAST <= sum(map(str.isdigit, piece)) <= _MOST for piece in pieces)
    return list(dict.fromkeys(pieces)) if len(pieces) > 1 and are_numbers else []
