"""What the law asks the words of the privacy notice to say, and whether they do: each element met, to be completed, or missing.

The elements are data (``resources/notice/checklist.toml``). A text in another language than English is asked only for the names that
must be filled and for its parts: what it says, the person who checked it vouches for.
"""

import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.notices.change import names_in


class ElementStanding(Enum):
    """How an element stands. What is missing keeps a draft from being made current; what is to be completed does not."""

    MET = "met"
    TO_COMPLETE = "to-complete"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeElement:
    """One thing that the law asks for, how we see it in the words, and what to do where it is not there. See the head of the data.

    ``may_lack``: words without it may be used, since the program makes up for it.
    """

    key: str
    label: str
    article: str
    sure: str
    todo: str = ""
    fills: tuple[str, ...] = ()
    says: tuple[tuple[str, ...], ...] = ()
    order: tuple[tuple[str, ...], ...] = ()
    settings: tuple[str, ...] = ()
    tables: bool = False
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class CheckedElement:
    """An element, how it stands, and what to do in words; nothing to do where it is met."""

    element: NoticeElement
    standing: ElementStanding
    todo: str = ""


def check_words(
    elements: Iterable[NoticeElement],
    front: str,
    more_text: str,
    *,
    lacking: Mapping[str, str],
    is_english: bool = True,
    in_words: Collection[str] = (),
    stands_for: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[CheckedElement, ...]:
    """Each element as it stands in these words. ``lacking`` are the unit's details that are not entered, name to label.

    ``in_words`` are names that a translation may say in its own words: what fills them is in English. ``stands_for`` are names that a
    name says as well.
    """
    text = f"{front}\n{more_text}"
    names, folded = names_in(text), fold(text) if is_english else None
    names |= frozenset(name for stand_in in names for name in stands_for.get(stand_in, ()))
    if not is_english:
        names |= frozenset(in_words)
    return tuple(_checked(element, names, folded, lacking) for element in elements)


def _checked(element: NoticeElement, names: Collection[str], text: str | None, lacking: Mapping[str, str]) -> CheckedElement:
    """``text`` is folded; None where it is in a language in which what it says cannot be looked for."""
    absent = [f"{{{name}}}" for name in element.fills if name not in names]
    unsaid = _unsaid(element, text) if text is not None else []
    if absent or unsaid:
        looked_for = _("Not found: {what}.").format(what=join_words([*absent, *unsaid]))
        return CheckedElement(
            element, ElementStanding.TO_COMPLETE if element.may_lack else ElementStanding.MISSING, f"{element.todo} {looked_for}"
        )
    if text is not None and not _in_order(element, text):
        return CheckedElement(element, ElementStanding.MISSING, element.todo)
    neutral = [lacking[name] for name in element.settings if name in lacking]
    if neutral:
        return CheckedElement(
            element,
            ElementStanding.TO_COMPLETE,
            _("Enter in Settings: {details}. Until then neutral words are printed.").format(details=join_words(neutral)),
        )
    return CheckedElement(element, ElementStanding.MET)


def _unsaid(element: NoticeElement, text: str) -> list[str]:
    return [_(" or ").join(f"“{words}”" for words in group) for group in element.says if not any(fold(words) in text for words in group)]


def _in_order(element: NoticeElement, text: str) -> bool:
    """Whether something of each group stands before all of the next."""
    firsts = [min((position for words in group if (position := text.find(fold(words))) >= 0), default=-1) for group in element.order]
    return all(0 <= first < second for first, second in itertools.pairwise(firsts))


_BOLD = "**"


def problems_of(front: str, more_text: str, known_names: Iterable[str], *, with_more: bool = True) -> tuple[Problem, ...]:
    """What keeps words from being printed at all: no title, a heading too deep, an odd bold mark, a name that nothing fills.

    ``with_more`` is whether there is a second text, that closes the tables; it begins with a heading of the second level.
    """
    problems = [*_of_text("front", front, known_names, first="#")]
    if with_more:
        problems += _of_text("more", more_text, known_names, first="##")
    return tuple(problems)


def _of_text(column: str, text: str, known_names: Iterable[str], *, first: str) -> list[Problem]:
    if not text.strip():
        return [Problem(column, "missing", _("There are no words. Enter them."))]
    problems = []
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.strip())]
    if not re.match(rf"{first} \S", blocks[0]):
        words = _("Begin with the title: a line of its own that begins with “{mark} ”.")
        problems.append(Problem(column, "no_title", words.format(mark=first)))
    problems += [problem for block in blocks[1:] for problem in _of_block(column, block)]
    if any(block.count(_BOLD) % 2 for block in blocks):
        problems.append(Problem(column, "odd_bold", _("Bold words stand between two marks “**”. One of them is missing.")))
    unknown = sorted(names_in(text) - set(known_names))
    if unknown:
        names = join_words([f"{{{name}}}" for name in unknown])
        problems.append(Problem(column, "unknown_name", _("Nothing fills {names}. Choose a field from the list.").format(names=names)))
    return problems


def _of_block(column: str, block: str) -> Sequence[Problem]:
    if not block.startswith("#"):
        return ()
    marks, _blank, heading = block.partition(" ")
    if "\n" in block or not heading.strip() or set(marks) != {"#"} or len(marks) not in (2, 3):
        words = _("A heading is a line of its own, with an empty line after it, that begins with “## ”. Look at: {heading}")
        return (Problem(column, "bad_heading", words.format(heading=block.split("\n", maxsplit=1)[0][:60])),)
    return ()
