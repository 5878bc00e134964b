"""Prose, a small, safe part of Markdown, read into blocks; and what all who read words into blocks share.

``blocks_of`` reads what is kept in ``resources/words``: headings (#, ##), paragraphs, lists (-), **bold**, and ``{names}`` that are filled from data. What is filled
in is text and stays text: no name of a person becomes markup, and only a web page or an e-mail address becomes a
link. A name may be filled with a list, which is read as «a, b and c», or, where it is a paragraph of its own, with a table by its rows,
the heads first. What is filled in keeps its own direction, so that an
English name or a telephone number stands right in an Arabic sentence.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import Block, Bullets, Heading, Keep, Para, Run, Table, linked, runs_of, safe_href
from pupil_desk.documents.isolates import ISOLATE

_WIDTHS = (0.66, 0.34)  # of a table of two columns: what, and its short reason

type Say = Callable[[str], str]
"""Says a sentence of a paper, with its places, in the language of the paper."""
AND = _("{all} and {last}")
"""Joins what is named one after another; a sentence of each paper that does so."""
type Filling = str | Sequence[str] | Sequence[Sequence[str]]

NAME = re.compile(r"\{([a-z0-9_]+)\}")
"""What is filled in."""
_OPEN_PLACE = re.compile(r"\{([^{}]*)\}")
_MARKS = re.compile(rf"\*\*|{NAME.pattern}")


def marked(text: str, marks: re.Pattern[str], insertion: Callable[[re.Match[str], Run], Iterable[Run]]) -> list[Run]:
    """The runs of a line: of its ``marks``, ** turns bold on and off and * italic; what any other stands for comes from ``insertion``,
    which is given the mark and an empty run in the manner of its place."""
    runs, manner, position = [], Run(""), 0
    for match in marks.finditer(text):
        runs.append(replace(manner, text=text[position : match.start()]))
        position = match.end()
        match match[0]:
            case "**":
                manner = replace(manner, bold=not manner.bold)
            case "*":
                manner = replace(manner, italic=not manner.italic)
            case _:
                runs += insertion(match, manner)
    return [run for run in (*runs, replace(manner, text=text[position:])) if run.text]


def kept_together(blocks: Iterable[Block], leads_to: Callable[[Block, Block], bool]) -> list[Block]:
    """Blocks in which one that leads to the next stays on its page."""
    grouped: list[Block] = []
    for block in blocks:
        if grouped and leads_to(grouped[-1], block):
            grouped[-1] = Keep([grouped[-1], block])
        else:
            grouped.append(block)
    return grouped


def paragraphs(text: str) -> list[str]:
    """What stands between empty lines in a letter that the office wrote; its lines stay apart."""
    return [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]


def listed(paragraph: str) -> list[str]:
    """The items of a paragraph that is a list; none of any other."""
    lines = paragraph.split("\n")
    return [line.removeprefix("- ") for line in lines] if all(line.startswith("- ") for line in lines) else []


def blocks_of(prose: str, filling: Mapping[str, Filling]) -> list[Block]:
    """The prose as blocks. Raises KeyError for a name that nothing fills, which is a bug in the prose."""
    return [
        _block(part, filling) for part in map(str.strip, re.split(r"\n\s*\n", prose.strip())) if not _filled_with_nothing(part, filling)
    ]


def _filled_with_nothing(part: str, filling: Mapping[str, Filling]) -> bool:
    """Whether it is one name that is filled with nothing: then there is no such paragraph."""
    match = NAME.fullmatch(part)
    return match is not None and not filling[match[1]]


def _block(part: str, filling: Mapping[str, Filling]) -> Block:
    if part.startswith("#"):
        marks, text = part.split(" ", 1)
        return Heading(len(marks), _runs(text, filling))
    if part.startswith("- "):
        return Bullets([_runs(line.removeprefix("- "), filling) for line in part.split("\n")])
    rows = _rows(part, filling)
    return (
        Table("", rows[0], rows[1:], widths=_WIDTHS if len(rows[0]) == 2 else None)
        if rows
        else Para(_runs(" ".join(part.split("\n")), filling), leads=part.endswith(":"))
    )


def _rows(part: str, filling: Mapping[str, Filling]) -> list[Sequence[str]]:
    """The rows of the table that fills a paragraph of one name; none where something else does."""
    match = NAME.fullmatch(part)
    value = filling[match[1]] if match else ""
    return [] if isinstance(value, str) else [row for row in value if not isinstance(row, str)]


def _runs(text: str, filling: Mapping[str, Filling]) -> list[Run]:
    return marked(text, _MARKS, lambda match, manner: _inserted(filling[match[1]], manner))


def _inserted(value: Filling, manner: Run) -> list[Run]:
    """What is filled in: an address of a page is a link, and so is each address of a page or for e-mail among other words."""
    words = value if isinstance(value, str) else join_words([part if isinstance(part, str) else ": ".join(part) for part in value])
    runs = [Run(words, href=words)] if safe_href(words) else runs_of(linked(words))
    return [replace(run, bold=manner.bold, is_apart=run.is_apart or ISOLATE not in words) for run in runs]


def filled_apart(words: str, places: Mapping[str, str], own_words: Mapping[str, str]) -> list[str | Run]:
    """Words with their open places filled. ``places`` find their own direction among words of another script; ``own_words`` are in the
    language of the words themselves. What is filled in is data, and no place of its own; a place that nothing fills is left out."""
    filled: list[str | Run] = []
    for number, part in enumerate(_OPEN_PLACE.split(words)):
        if number % 2 == 0 or part in own_words:
            text = own_words[part] if number % 2 else part
            filled += [text] if text else []
        elif places.get(part):
            filled.append(Run(places[part], is_apart=ISOLATE not in places[part]))
    return filled


def runs_in_bold(text: str) -> list[str | Run]:
    """A text in which ** turns bold on and off."""
    return list(marked(text, re.compile(r"\*\*"), lambda _match, manner: [manner]))


def as_it_is(words: str) -> str:
    """A sentence as it is written: a paper in English."""
    return words


def said_together(parts: Sequence[str], say: Say) -> str:
    """What is named one after another, «a, b and c», in the language of the paper."""
    *first, last = parts or ("",)
    return say(AND).format(all=", ".join(first), last=last) if first else last
